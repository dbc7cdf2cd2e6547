"""Parts of a record are told apart by their refs."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Protocol


class Part(Protocol):
    @property
    def ref(self) -> str | None: ...


def placed_refs(parts: Sequence[Part] | None) -> list[str]:
    """The ref of each part; one without is called by its place: 1, 2, 3."""
    return [part.ref or str(place) for place, part in enumerate(parts or (), start=1)]


def path_refs(parts: Sequence[Part] | None) -> list[str]:
    """How paths call each part: by its ref, else by its index, which begins at 0 as everywhere in JSON."""
    return [part.ref or str(index) for index, part in enumerate(parts or ())]


def unique_refs(field: str, parts: Sequence[Part] | None) -> None:
    """Raises ValueError naming the first ref that two parts share."""
    _refuse_twins(field, [part.ref for part in parts or () if part.ref is not None])


def unique_placed_refs(field: str, parts: Sequence[Part] | None) -> None:
    """The same for parts that may go by their place, in ids and in paths."""
    _refuse_twins(field, placed_refs(parts))
    _refuse_twins(field, path_refs(parts))


def distinct(field: str, references: Sequence[object] | None) -> None:
    """Raises ValueError naming the first reference that stands twice."""
    _refuse_twins(field, [str(one) for one in references or ()])


def in_order(first: date | None, last: date | None, names: str) -> None:
    """Raises ValueError where the second day is before the first."""
    if first and last and last < first:
        raise ValueError(f"{names}: {last} is before {first}")


def _refuse_twins(field: str, refs: list[str]) -> None:
    for ref, count in Counter(refs).items():
        if count > 1:
            raise ValueError(f"{field}: {ref!r} is used {count} times")
