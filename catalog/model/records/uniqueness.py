"""Parts of a record are told apart by their refs."""

from collections import Counter
from collections.abc import Sequence
from typing import Protocol


class Part(Protocol):
    @property
    def ref(self) -> str | None: ...


def unique_refs(field: str, parts: Sequence[Part] | None) -> None:
    """Raises ValueError naming the first ref that two parts share."""
    counts = Counter(part.ref for part in parts or () if part.ref is not None)
    for ref, count in counts.items():
        if count > 1:
            raise ValueError(f"{field}: the ref {ref!r} is used {count} times")
