"""All columns of an index in memory. Rows are only ever added, so that whoever reads meanwhile sees what he saw before."""

from collections.abc import Iterable, Mapping

import numpy as np

from catalog.search.columns.batch import OFFSETS, Batch
from catalog.search.columns.layout import TABLES
from catalog.search.columns.ragged import Array, Owned, Rows, take

SPARE = 0.25
"""Room left behind a column that grows, so that most batches are only appended."""


class _Growing:
    """An array with room behind it; the view given out keeps its length."""

    def __init__(self, array: Array) -> None:
        self._room = array
        self._length = len(array)

    @property
    def view(self) -> Array:
        return self._room[: self._length]

    def extend(self, more: Array) -> None:
        wanted = self._length + len(more)
        if wanted == self._length:
            return  # the first array is a mapped file, which cannot be written to
        if wanted > len(self._room):
            room = np.empty(int(wanted * (1 + SPARE)) + 1, dtype=self._room.dtype)
            room[: self._length] = self._room[: self._length]
            self._room = room
        self._room[self._length : wanted] = more
        self._length = wanted


class Columns:
    """Columns by `table.column`, of credentials by their number and of deliveries by their row."""

    def __init__(self, first: Batch) -> None:
        self._growing = {name: _Growing(array) for name, array in first.arrays.items()}
        self.texts: dict[int, str] = dict(first.texts)
        self._credentials, self.rows = first.credentials, first.deliveries
        self._views: Mapping[str, Array] = first.arrays

    def append(self, batch: Batch) -> None:
        for table, (plain, lists) in TABLES.items():
            for name in plain:
                more = batch.arrays[f"{table}.{name}"]
                is_number = (table, name) == ("delivery", "credential")
                self._growing[f"{table}.{name}"].extend(more + self._credentials if is_number else more)
            for name in lists:
                values = self._growing[f"{table}.{name}"]
                offsets = batch.arrays[f"{table}.{name}{OFFSETS}"][1:] + len(values.view)
                values.extend(batch.arrays[f"{table}.{name}"])
                self._growing[f"{table}.{name}{OFFSETS}"].extend(offsets)
        self.texts.update(batch.texts)
        self._credentials += batch.credentials
        self.rows += batch.deliveries
        self._views = {name: one.view for name, one in self._growing.items()}

    def to_batch(self) -> Batch:
        """Everything as one batch, as if all entries had come together."""
        return Batch(self._views, self.texts)

    def take(self, name: str, rows: Rows) -> Array:
        return self._views[name][rows]

    def take_lists(self, name: str, rows: Rows) -> Owned:
        return take(self._views[f"{name}{OFFSETS}"], self._views[name], rows)

    def with_more(self, batch: Batch) -> "Columns":
        """Columns of their own that hold these rows and then those of the batch."""
        made = Columns(self.to_batch())
        made.append(batch)
        return made


def columns_of(batches: Iterable[Batch]) -> Columns:
    """At least one batch."""
    first, *more = batches
    made = Columns(first)
    for batch in more:
        made.append(batch)
    return made
