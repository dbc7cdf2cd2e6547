"""Parts of a record are told apart by their refs."""

from collections import Counter
from collections.abc import Sequence
from typing import Protocol


class Part(Protocol):
    @property
    def ref(self) -> str | None: ...


def placed_refs(parts: Sequence[Part] | None) -> list[str]:
    """The ref of each part; one without is called by its place: 1, 2, 3."""
    return [part.ref or str(place) for place, part in enumerate(parts or (), start=1)]


def unique_refs(field: str, parts: Sequence[Part] | None) -> None:
    """Raises ValueError naming the first ref that two parts share."""
    _refuse_twins(field, [part.ref for part in parts or () if part.ref is not None])


def unique_placed_refs(field: str, parts: Sequence[Part] | None) -> None:
    """The same for parts that may go by their place."""
    _refuse_twins(field, placed_refs(parts))


def _refuse_twins(field: str, refs: list[str]) -> None:
    for ref, count in Counter(refs).items():
        if count > 1:
            raise ValueError(f"{field}: the ref {ref!r} is used {count} times")
