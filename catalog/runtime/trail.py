"""Where the values of a column stand in the answer: worked out only for what fails."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Protocol, TypeAlias

Path: TypeAlias = list[str | int]


class Trail(Protocol):
    """Leads from the row of a column back to the root."""

    def path(self, row: int) -> Path: ...


@dataclass(frozen=True, slots=True)
class Root:
    def path(self, row: int) -> Path:  # noqa: ARG002 - there is one row
        return []


@dataclass(frozen=True, slots=True)
class InField:
    """The values of one field, a row for each parent."""

    up: Trail
    key: str

    def path(self, row: int) -> Path:
        return [*self.up.path(row), self.key]


@dataclass(frozen=True, slots=True)
class OfRows:
    """Some rows of a column: those that hold something."""

    up: Trail
    rows: Sequence[int]

    def path(self, row: int) -> Path:
        return self.up.path(self.rows[row])


@dataclass(frozen=True, slots=True)
class InLists:
    """The items of all lists of a column, one after the other."""

    up: Trail
    lengths: Sequence[int]

    def owner(self, item: int) -> int:
        """The row of the list that the item lies in."""
        return bisect_right(list(accumulate(self.lengths)), item)

    def path(self, row: int) -> Path:
        owner = self.owner(row)
        return [*self.up.path(owner), row - sum(self.lengths[:owner])]
