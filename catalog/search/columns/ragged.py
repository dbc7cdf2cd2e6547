"""A column of lists: all values in one array, and where each row's begin."""

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[Any]
Rows: TypeAlias = NDArray[np.int64]
Mask: TypeAlias = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Owned:
    """The values of some rows, each with the position of its row among those asked for."""

    values: Array
    owners: Rows
    count: int
    """How many rows were asked for."""

    def any(self, holds: Mask) -> Mask:
        """For each row, whether it holds for one of its values."""
        found = np.zeros(self.count, dtype=np.bool_)
        found[self.owners[holds]] = True
        return found

    @property
    def present(self) -> Mask:
        """For each row, whether it has a value at all."""
        found = np.zeros(self.count, dtype=np.bool_)
        found[self.owners] = True
        return found


def take(offsets: Array, values: Array, rows: Rows) -> Owned:
    """`offsets` has one more entry than there are rows."""
    begins = offsets[rows]
    lengths = offsets[rows + 1] - begins
    owners = np.repeat(np.arange(len(rows), dtype=np.int64), lengths)
    within = np.arange(len(owners), dtype=np.int64) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    return Owned(values[np.repeat(begins, lengths) + within], owners, len(rows))


def is_among(values: Array, wanted: Array) -> Mask:
    """Few wanted values are compared one by one, which is faster than sorting."""
    if len(wanted) > 8:  # noqa: PLR2004 - measured: np.isin wins from about ten on
        return np.isin(values, wanted)
    found = np.zeros(len(values), dtype=np.bool_)
    for one in wanted:
        found |= values == one
    return found
