"""What is counted of cells: distinct things, and sums of what is stated, with how much is not."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from math import isnan

import numpy as np

from catalog.coverage.awards import Award
from catalog.coverage.together import Elsewhere, Together
from catalog.coverage.values import values_for
from catalog.model.vocabulary import OfferingStatus
from catalog.search.columns.ragged import Array, Mask, Rows
from catalog.search.narrowing.statuses import NUMBER, seats_left, statuses
from catalog.search.narrowing.view import View

CENTS = Decimal(100)
MOST_MARKED = 100_000_000
"""Bytes of marks for pairs, which are faster than sorting them."""
NOT_KNOWN = float("nan")


@dataclass(frozen=True, slots=True)
class Measures:
    """Of one cell. `seats`, `seats_left` and `hours` are sums over what is stated; None where nothing is.

    The counts `..._unknown` say how many offerings, or credentials, are not in the sum. Money is in Canadian dollars.
    `price_stated` and `hours_stated` are shares of credentials, from 0 to 1; None where there is none.
    """

    credentials: int = 0
    offerings: int = 0
    open_offerings: int = 0
    institutions: int = 0
    seats: int | None = None
    seats_unknown: int = 0
    seats_left: int | None = None
    seats_left_unknown: int = 0
    hours: float | None = None
    hours_unknown: int = 0
    price: tuple[Decimal, Decimal] | None = None
    median_price: Decimal | None = None
    price_unknown: int = 0
    awards: tuple[Award, ...] = ()
    shared_outside: tuple[Award, ...] = ()
    """Of totals: awards that also pay for what is not counted here, and that nobody has split."""

    @property
    def price_stated(self) -> float | None:
        return _share(self.credentials, self.price_unknown)

    @property
    def hours_stated(self) -> float | None:
        return _share(self.credentials, self.hours_unknown)

    @property
    def funded_amount(self) -> Decimal | None:
        """Of distinct awards that state one."""
        return _sum(one.amount for one in self.awards)

    @property
    def shared_amount(self) -> Decimal | None:
        return _sum(one.amount for one in self.shared_outside)

    @property
    def awards_unknown(self) -> int:
        return sum(one.amount is None for one in self.awards)

    @property
    def amount_per_seat(self) -> Decimal | None:
        """Only where every award bought seats and says how many, and for how much."""
        seats = [one.seats for one in self.awards]
        amounts = [one.amount for one in self.awards]
        if not seats or None in seats or None in amounts or not sum(one or 0 for one in seats):
            return None
        return sum((one for one in amounts if one is not None), Decimal(0)) / sum(one or 0 for one in seats)


def _share(whole: int, unknown: int) -> float | None:
    return round((whole - unknown) / whole, 4) if whole else None


def _sum(amounts: Iterator[Decimal | None]) -> Decimal | None:
    known = [one for one in amounts if one is not None]
    return sum(known, Decimal(0)) if known else None


@dataclass
class Counting:
    """Rows of a view with the number of a cell for each; a row may stand in several cells, in each of them once."""

    view: View
    rows: Rows
    cells: Array
    count: int
    awards: Mapping[int, tuple[Award, ...]] = field(default_factory=dict)
    """By the number of the cell."""
    together: Together | None = None
    """Of the view, where it is counted more than once."""

    def measures(self) -> list[Measures]:
        credentials, offerings = self._distinct_credentials, self._is_offering
        seats, left = self.view.delivery("seats"), _left(self.view)
        seat_sums, unknown_seats = self._sums(seats[self.rows], offerings & self._counts_seats, offerings)
        for cell, again in self._elsewhere.again.items():
            seat_sums[cell] -= again
        left_sums, unknown_left = self._sums(left[self.rows], offerings & self._counts_seats, offerings)
        hours, unknown_hours = self._hours()
        (prices, medians), unpriced = self._prices(), self._unpriced()
        of_credentials = np.bincount(credentials[:, 0], minlength=self.count)
        of_offerings = np.bincount(self.cells[offerings], minlength=self.count)
        is_open = offerings & (statuses(self.view)[self.rows] == NUMBER[OfferingStatus.OPEN])
        of_open = np.bincount(self.cells[is_open], minlength=self.count)
        of_institutions = self._institutions()
        return [
            Measures(
                int(of_credentials[cell]),
                int(of_offerings[cell]),
                int(of_open[cell]),
                int(of_institutions[cell]),
                _whole(seat_sums[cell]),
                int(unknown_seats[cell]),
                _whole(left_sums[cell]),
                int(unknown_left[cell]),
                None if isnan(hours[cell]) else float(hours[cell]),
                int(unknown_hours[cell]),
                prices.get(cell),
                medians.get(cell),
                int(unpriced[cell]),
                self.awards.get(cell, ()),
            )
            for cell in range(self.count)
        ]

    @cached_property
    def _is_offering(self) -> Mask:
        is_offering: Mask = self.view.delivery("is_offering")[self.rows]
        return is_offering

    @cached_property
    def _distinct_credentials(self) -> Array:
        """Cell and credential, each pair once."""
        return _distinct(self.cells, self.view.owner[self.rows])

    @cached_property
    def _elsewhere(self) -> Elsewhere:
        return (self.together or Together(self.view)).elsewhere(self.rows, self.cells)

    @cached_property
    def _counts_seats(self) -> Mask:
        """A cancelled offering has no seats; nor has one whose seats another row of the cell brings."""
        cancelled: Mask = self.view.delivery("cancelled")[self.rows]
        return ~cancelled & ~self._among(self._elsewhere.seats)

    @cached_property
    def _counts_hours(self) -> Mask:
        return ~self._among(self._elsewhere.hours)

    def _among(self, pairs: Collection[tuple[int, int]]) -> Mask:
        if not pairs:
            return np.zeros(len(self.rows), dtype=np.bool_)
        own = zip(self.cells.tolist(), self.rows.tolist(), strict=True)
        return np.array([one in pairs for one in own], dtype=np.bool_)

    def _sums(self, values: Array, taken: Mask, of: Mask) -> tuple[Array, Array]:
        """Sums over what is stated, NaN where nothing is; and how many of those asked for do not state it."""
        known = taken & ~np.isnan(values)
        silent = of & taken & np.isnan(values)
        return self._sum_by_cell(self.cells[known], values[known]), np.bincount(self.cells[silent], minlength=self.count)

    def _hours(self) -> tuple[Array, Array]:
        """Of each credential once, where it states one number."""
        taken = _distinct(self.cells[self._counts_hours], self.view.owner[self.rows][self._counts_hours])
        least, most = self.view.credential("hours_min"), self.view.credential("hours_max")
        exact = np.where(least == most, least, NOT_KNOWN)
        values, known = exact[taken[:, 1]], ~np.isnan(exact[taken[:, 1]])
        everybody = self._distinct_credentials
        silent = np.isnan(exact[everybody[:, 1]])
        return self._sum_by_cell(taken[known, 0], values[known]), np.bincount(everybody[silent, 0], minlength=self.count)

    def _sum_by_cell(self, cells: Array, values: Array) -> Array:
        """NaN where nothing is."""
        sums = np.bincount(cells, weights=values, minlength=self.count).astype(np.float64)
        sums[np.bincount(cells, minlength=self.count) == 0] = NOT_KNOWN
        return sums

    def _institutions(self) -> Array:
        owned = self.view.credential_lists("institutions")
        _, numbers = np.unique(owned.values, return_inverse=True)
        cells, credentials = self._distinct_credentials[:, 0], self._distinct_credentials[:, 1]
        again, own = values_for(replace(owned, values=numbers), credentials)
        return np.bincount(_distinct(cells[again], own)[:, 0], minlength=self.count)

    def _prices(self) -> tuple[dict[int, tuple[Decimal, Decimal]], dict[int, Decimal]]:
        """The least and the greatest of what offerings cost, or `usual` where there is none; and the median."""
        values = self.view.delivery("price")[self.rows]
        known = ~np.isnan(values)
        order = np.lexsort((values[known], self.cells[known]))
        cells, cents = self.cells[known][order], values[known][order]
        begins = np.searchsorted(cells, np.arange(self.count + 1))
        own = {cell: cents[begins[cell] : begins[cell + 1]] for cell in np.unique(cells).tolist()}
        medians = {cell: _dollars(float(np.median(found))) for cell, found in own.items()}
        return {cell: (_dollars(found[0]), _dollars(found[-1])) for cell, found in own.items()}, medians

    def _unpriced(self) -> Array:
        """Credentials of which no row says what it costs."""
        priced = ~np.isnan(self.view.delivery("price")[self.rows])
        with_price = _distinct(self.cells[priced], self.view.owner[self.rows][priced])
        everybody = np.bincount(self._distinct_credentials[:, 0], minlength=self.count)
        return everybody - np.bincount(with_price[:, 0], minlength=self.count)


def _left(view: View) -> Array:
    """Seats left, NaN where nobody has counted."""
    left, known = seats_left(view)
    return np.where(known, left, NOT_KNOWN)


def _distinct(cells: Array, others: Array) -> Array:
    """Pairs, each once, in order."""
    if not len(cells):
        return np.empty((0, 2), dtype=np.int64)
    width = int(others.max()) + 1
    combined = cells.astype(np.int64) * width + others
    size = (int(cells.max()) + 1) * width
    if size <= MOST_MARKED:
        marked = np.zeros(size, dtype=np.bool_)
        marked[combined] = True
        pairs = np.flatnonzero(marked)
    else:
        pairs = np.unique(combined)
    return np.stack([pairs // width, pairs % width], axis=1)


def _whole(value: float) -> int | None:
    return None if isnan(value) else int(value)


def _dollars(cents: float) -> Decimal:
    return (Decimal(str(cents)) / CENTS).quantize(Decimal("0.01"))
