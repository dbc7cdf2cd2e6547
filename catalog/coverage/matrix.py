"""Rows counted by up to three dimensions at once, with totals over all of them."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from catalog.coverage.awards import Award
from catalog.coverage.dimensions import Around, CoverageDimension, values_of
from catalog.coverage.measures import Counting, Measures
from catalog.coverage.together import Together
from catalog.coverage.values import Values, begins_of, spread
from catalog.search.columns.ragged import Array, Rows
from catalog.search.narrowing.view import View

MOST_DIMENSIONS = 3
SHARED = "SHARED_NOT_SPLIT"
"""The value of a row of money that several cells share, and that nobody has split."""
Key = tuple[str | None, ...]


@dataclass
class Matrix:
    """`view` holds every row that is counted. Cells are those that anything lies in."""

    view: View
    by: Sequence[CoverageDimension]
    around: Around
    check: Callable[[], None] = lambda: None

    @cached_property
    def _values(self) -> list[Values]:
        found = []
        for one in self.by:
            self.check()
            found.append(values_of(self.view, one, self.around))
        return found

    @cached_property
    def _spread(self) -> tuple[Rows, list[Array]]:
        """Each row with each combination of its values."""
        rows: Rows = np.arange(len(self.view.rows))
        codes: list[Array] = []
        for values in self._values:
            counts = np.bincount(values.rows, minlength=len(self.view.rows))
            again, places = spread(counts[rows], begins_of(counts)[rows])
            rows, codes = rows[again], [one[again] for one in codes]
            codes.append(values.codes[places])
        return rows, codes

    @cached_property
    def _cells(self) -> tuple[list[Key], Array]:
        """Keys, and for each row of `_spread` the number of its cell."""
        rows, codes = self._spread
        combined = np.zeros(len(rows), dtype=np.int64)
        for values, own in zip(self._values, codes, strict=True):
            combined = combined * len(values.names) + own
        distinct, numbers = np.unique(combined, return_inverse=True)
        return [self._key(int(one)) for one in distinct], numbers

    def _key(self, combined: int) -> Key:
        found: list[str | None] = []
        for values in reversed(self._values):
            combined, code = divmod(combined, len(values.names))
            found.append(values.names[code])
        return tuple(reversed(found))

    @cached_property
    def cells(self) -> dict[Key, Measures]:
        """Without those that only share money."""
        keys, numbers = self._cells
        self.check()
        counting = Counting(self.view, self._spread[0], numbers, len(keys), self._own_awards, self._together)
        return dict(zip(keys, counting.measures(), strict=True))

    @cached_property
    def shared(self) -> dict[Key, Measures]:
        """Money that several cells share: a row of its own, with the values that all of them have."""
        keys, _ = self._cells
        found: dict[Key, list[Award]] = defaultdict(list)
        for award, cells in self._touched.items():
            own = self.around.awards.by_id[award]
            if not cells or not own.is_shared or self._is_own(own, cells):
                continue
            parts = zip(*(keys[cell] for cell in cells), strict=True)
            known = [set(part) if self._holds_all(own) else {SHARED} for part in parts]
            found[tuple(one.pop() if len(one) == 1 else SHARED for one in known)].append(own)
        return {key: Measures(awards=tuple(awards)) for key, awards in found.items()}

    @cached_property
    def totals(self) -> Measures:
        """Distinct over everything: cells overlap, so that this is not their sum."""
        everything = np.arange(len(self.view.rows))
        awards = [self.around.awards.by_id[one] for one in self._paid]
        own = tuple(one for one in awards if not one.is_shared or self._holds_all(one))
        (found,) = Counting(self.view, everything, np.zeros_like(everything), 1, {0: own}, self._together).measures()
        return replace(found, shared_outside=tuple(one for one in awards if one not in own))

    def credentials(self, key: Key) -> list[str]:
        """Ids of exactly those that the cell counts, in the order of their titles."""
        number = self._numbers.get(key)
        if number is None:
            return []
        order, begins = self._by_cell
        rows = self._spread[0][order[begins[number] : begins[number + 1]]]
        places = np.unique(self.view.owner[rows])
        titles, ids = self.view.credential("title")[places], self.view.credential("id")[places]
        return [ids[place].decode() for place in np.lexsort((ids, titles)).tolist()]

    @cached_property
    def _numbers(self) -> dict[Key, int]:
        return {key: number for number, key in enumerate(self._cells[0])}

    @cached_property
    def _by_cell(self) -> tuple[Rows, Rows]:
        """Places in `_spread` in the order of their cells, and where each cell's begin."""
        keys, numbers = self._cells
        order = np.argsort(numbers, kind="stable")
        return order, np.searchsorted(numbers[order], np.arange(len(keys) + 1))

    @cached_property
    def _together(self) -> Together:
        return Together(self.view)

    @cached_property
    def _paid(self) -> Mapping[str, Rows]:
        return self.around.awards.rows_of(self.view)

    @cached_property
    def _touched(self) -> dict[str, list[int]]:
        """The cells in which anything lies that an award pays for."""
        rows, (keys, numbers) = self._spread[0], self._cells
        begins = np.searchsorted(rows, np.arange(len(self.view.rows) + 1))
        counts = np.diff(begins)
        found = {
            award: np.unique(numbers[spread(counts[paid], begins[paid])[1]]).tolist() for award, paid in self._paid.items()
        }
        if CoverageDimension.FUNDER not in self.by:
            return found
        place = list(self.by).index(CoverageDimension.FUNDER)  # each funder's own money, and no other's
        funders = {award: self.around.awards.by_id[award].funder for award in found}
        return {award: [one for one in cells if keys[one][place] == funders[award]] for award, cells in found.items()}

    def _is_own(self, award: Award, cells: Sequence[int]) -> bool:
        """Whether all that an award pays for, counted or not, lies in one cell."""
        return len(cells) == 1 and self._holds_all(award)

    def _holds_all(self, award: Award) -> bool:
        """Whether all that it pays for is counted here: what a filter leaves out shares it, too."""
        return self._ids.issuperset(credential for credential, _ in award.covers)

    @cached_property
    def _ids(self) -> frozenset[str]:
        return frozenset(one.decode() for one in self.view.credential("id").tolist())

    @cached_property
    def _own_awards(self) -> dict[int, tuple[Award, ...]]:
        """Of each cell: what is not shared with another one, or need not be split."""
        found: dict[int, tuple[Award, ...]] = {}
        for award, cells in self._touched.items():
            own = self.around.awards.by_id[award]
            for cell in cells if not own.is_shared or self._is_own(own, cells) else ():
                found[cell] = (*found.get(cell, ()), own)
        return found
