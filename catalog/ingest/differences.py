"""What a delivery changes of what its source said, thing by thing and field by field."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from catalog.ingest.before import Before
from catalog.model.record import Record, content
from catalog.publishing.manner import key_of

MOST_THINGS = 500
MOST_FIELDS = 40
VALUE_LENGTH = 120


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of one thing; `old` is None for what is new, `new` for what is no longer stated. Values are shortened."""

    type: str
    ref: str
    path: str
    old: str | None
    new: str | None

    def __str__(self) -> str:
        return f"{self.type} {self.ref} {self.path}: {self.old or 'not stated'} -> {self.new or 'not stated'}"


def differences(records: Sequence[Record], before: Before) -> list[Difference]:
    """Of at most 500 things; a new thing is one difference without a path."""
    found: list[Difference] = []
    things = 0
    for record in records:
        type_, ref = key_of(record)
        old = before.get((type_, ref))
        own = list(_of_one(str(type_), ref, old, record))
        things += bool(own)
        found += own[:MOST_FIELDS]
        if things >= MOST_THINGS:
            break
    return found


def _of_one(type_: str, ref: str, old: Mapping[str, Any] | None, record: Record) -> Iterator[Difference]:
    if old is None:
        yield Difference(type_, ref, "", None, "new")
        return
    new = content(record)
    if new == old:
        return
    before, after = dict(_leaves(old, "")), dict(_leaves(new, ""))
    for path in sorted(before.keys() | after.keys()):
        if before.get(path) != after.get(path):
            yield Difference(type_, ref, path, _shown(before.get(path)), _shown(after.get(path)))


def _leaves(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    """(path, plain value) of everything in a record; parts with a ref go by it."""
    if isinstance(value, Mapping):
        for name, one in value.items():
            yield from _leaves(one, f"{path}.{name}" if path else name)
    elif isinstance(value, list) and any(isinstance(one, Mapping) for one in value):
        for index, one in enumerate(value):
            name = one.get("ref", index) if isinstance(one, Mapping) else index
            yield from _leaves(one, f"{path}[{name}]")
    else:
        yield path, value


def _shown(value: Any) -> str | None:
    if value is None:
        return None
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return text if len(text) <= VALUE_LENGTH else text[: VALUE_LENGTH - 1] + "…"
