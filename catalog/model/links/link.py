"""One reference of a record: its path, and the type of thing that it must lead to."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from catalog.model import rule
from catalog.model.records.record_fields import Partnership
from catalog.model.rule import Rule
from catalog.model.shapes import Identifier
from catalog.model.vocabulary import RecordType


@dataclass(frozen=True, slots=True)
class Link:
    """`written` is a slug, or `{scheme, value}` as scheme=value; `part` names the campus or offering after the #."""

    path: str
    target_type: RecordType
    written: str
    identifier: Identifier | None = None
    in_rule: bool = False

    @property
    def slug(self) -> str:
        return self.written.partition("#")[0].lower()

    @property
    def part(self) -> str | None:
        return None if self.identifier else self.written.partition("#")[2] or None

    @property
    def key(self) -> "LinkKey":
        return self.target_type, self.written


LinkKey: TypeAlias = tuple[RecordType, str]
Targets: TypeAlias = Mapping[LinkKey, str]
"""The id of the thing that each link leads to."""


def link_key(target_type: RecordType, reference: str | Identifier) -> LinkKey:
    return target_type, written(reference)


def written(reference: str | Identifier) -> str:
    return reference if isinstance(reference, str) else f"{reference.scheme}={reference.value}"


def link(path: str, target_type: RecordType, reference: str | Identifier | None, *, in_rule: bool = False) -> Iterator[Link]:
    if reference is not None:
        identifier = None if isinstance(reference, str) else reference
        yield Link(path, target_type, written(reference), identifier, in_rule)


def several(path: str, target_type: RecordType, references: Sequence[str | Identifier] | None) -> Iterator[Link]:
    for index, reference in enumerate(references or ()):
        yield from link(f"{path}[{index}]", target_type, reference)


def codes(path: str, target_type: RecordType, listed: Sequence[str] | None) -> Iterator[Link]:
    return several(path, target_type, [code.lower() for code in listed or ()])


def partners(path: str, partnerships: Sequence[Partnership] | None) -> Iterator[Link]:
    for index, partnership in enumerate(partnerships or ()):
        yield from link(f"{path}[{index}].institution", RecordType.INSTITUTION, partnership.institution)


def rule_links(path: str, stated: Rule | None) -> Iterator[Link]:
    for inner, target, reference in rule.references(stated) if stated else ():
        yield from link(f"{path}{inner}", RecordType(target), reference, in_rule=True)
