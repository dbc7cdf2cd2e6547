"""What a record points at: every reference with its path and the type of thing that it must lead to."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from catalog.model import rule
from catalog.model.identity import slugify
from catalog.model.record import Record
from catalog.model.records.credential import CredentialRecord, SkillMention
from catalog.model.records.funding_award import FundingAwardRecord
from catalog.model.records.institution import InstitutionRecord
from catalog.model.records.offering import OfferingShape
from catalog.model.records.record_fields import Partnership
from catalog.model.shapes import Identifier
from catalog.model.vocabulary import RecordType

LOCAL_SCHEME = "local"


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


def _link(
    path: str, target_type: RecordType, reference: str | Identifier | None, *, in_rule: bool = False
) -> Iterator[Link]:
    if reference is not None:
        identifier = None if isinstance(reference, str) else reference
        yield Link(path, target_type, written(reference), identifier, in_rule)


def links(record: Record) -> Iterator[Link]:
    match record:
        case InstitutionRecord():
            yield from _institution(record)
        case CredentialRecord():
            yield from _credential(record)
        case FundingAwardRecord():
            yield from _award(record)
        case _:
            return


def _institution(record: InstitutionRecord) -> Iterator[Link]:
    yield from _link("region", RecordType.REGION, record.region)
    for campus in record.campuses or ():
        yield from _link(f"campuses[{campus.ref}].region", RecordType.REGION, campus.region)


def _award(record: FundingAwardRecord) -> Iterator[Link]:
    yield from _link("funder", RecordType.INSTITUTION, record.funder)
    for index, recipient in enumerate(record.recipients or ()):
        yield from _link(f"recipients[{index}]", RecordType.INSTITUTION, recipient)
    for index, covered in enumerate(record.covers or ()):
        yield from _link(f"covers[{index}]", RecordType.CREDENTIAL, covered)


def _credential(record: CredentialRecord) -> Iterator[Link]:
    yield from _link("provider", RecordType.INSTITUTION, record.provider)
    yield from _link("supersedes", RecordType.CREDENTIAL, record.supersedes)
    for index, component in enumerate(record.components or ()):
        yield from _link(f"components[{index}]", RecordType.CREDENTIAL, component)
    for index, mention in enumerate(record.skills or ()):
        yield from _link(f"skills[{index}]", RecordType.SKILL, skill_slug(mention))
    yield from _codes("occupations", RecordType.OCCUPATION, record.occupations)
    yield from _codes("sectors", RecordType.SECTOR, record.sectors)
    yield from _codes("themes", RecordType.THEME, record.themes)
    yield from _partners("partnerships", record.partnerships)
    for index, requirement in enumerate(record.requirements or ()):
        for path, target, reference in rule.references(requirement.rule):
            yield from _link(f"requirements[{index}].rule{path}", RecordType(target), reference, in_rule=True)
    if record.usual:
        yield from _run("usual", record.usual)
    for offering in record.offerings or ():
        yield from _run(f"offerings[{offering.ref}]", offering)


def _run(path: str, run: OfferingShape) -> Iterator[Link]:
    for index, place in enumerate(run.places or ()):
        yield from _link(f"{path}.places[{index}].campus", RecordType.INSTITUTION, place.campus)
    for index, meeting in enumerate(run.meetings or ()):
        yield from _link(f"{path}.meetings[{index}].campus", RecordType.INSTITUTION, meeting.campus)
    for index, fee in enumerate(run.fees or ()):
        for number, cover in enumerate(fee.covered_for or ()):
            yield from _link(f"{path}.fees[{index}].coveredFor[{number}].by", RecordType.INSTITUTION, cover.by)
    for index, included in enumerate(getattr(run, "includes", None) or ()):
        yield from _link(f"{path}.includes[{index}]", RecordType.CREDENTIAL, included)
    yield from _pools(path, run)
    yield from _partners(f"{path}.partnerships", run.partnerships)


def _pools(path: str, run: OfferingShape) -> Iterator[Link]:
    for index, pool in enumerate(getattr(run, "seat_pools", None) or ()):
        yield from _link(f"{path}.seatPools[{index}].sponsor", RecordType.INSTITUTION, pool.sponsor)
        for number, shared in enumerate(pool.shared_with or ()):
            yield from _link(f"{path}.seatPools[{index}].sharedWith[{number}]", RecordType.CREDENTIAL, shared)


def _partners(path: str, partnerships: list[Partnership] | None) -> Iterator[Link]:
    for index, partnership in enumerate(partnerships or ()):
        yield from _link(f"{path}[{index}].institution", RecordType.INSTITUTION, partnership.institution)


def _codes(path: str, target: RecordType, codes: list[str] | None) -> Iterator[Link]:
    for index, code in enumerate(codes or ()):
        yield from _link(f"{path}[{index}]", target, code.lower())


def skill_slug(mention: SkillMention) -> str:
    """`scheme:code`; a skill that is only a label is `local:` and the slug of its label."""
    if mention.scheme and mention.code:
        return f"{mention.scheme}:{mention.code}".lower()
    label = mention.label or {}
    return (
        f"{mention.scheme or LOCAL_SCHEME}:{mention.code or slugify(label.get('en') or next(iter(label.values())))}".lower()
    )
