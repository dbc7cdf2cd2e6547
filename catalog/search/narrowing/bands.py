"""Bands of prices and hours, written as the bounds that a filter takes: `250-499.99`, `5000-`."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

import numpy as np

from catalog.model.filter import Bounds
from catalog.search.columns.ragged import Array

PRICES = (0, 1, 25_000, 50_000, 100_000, 250_000, 500_000)
"""Where bands begin, in cents; what is free is a band of its own."""
HOURS = (0, 10, 20, 40, 80, 150, 300)
STEP = Decimal("0.01")
NO_BAND = -1


@dataclass(frozen=True, slots=True)
class Band:
    """Both bounds lie inside."""

    least: Decimal
    greatest: Decimal | None

    @property
    def value(self) -> str:
        return f"{_plain(self.least)}-{'' if self.greatest is None else _plain(self.greatest)}"

    def is_wanted(self, bounds: Bounds | None) -> bool:
        if bounds is None:
            return False
        least, greatest = (None if one is None else Decimal(str(one)) for one in bounds)
        return (least or Decimal(0)) == self.least and greatest == self.greatest


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


def _bands(begins: Sequence[Decimal]) -> tuple[Band, ...]:
    return (*(Band(least, after - STEP) for least, after in pairwise(begins)), Band(begins[-1], None))


PRICE_BANDS = _bands([Decimal(one) / 100 for one in PRICES])
HOUR_BANDS = _bands([Decimal(one) for one in HOURS])


def band_numbers(low: Array, high: Array, begins: Sequence[int]) -> Array:
    """The band in which everything between low and high lies; NO_BAND where it may lie in several, or is not stated.

    The last band has no end: what begins in it lies in it.
    """
    last_band = len(begins) - 1
    first = np.searchsorted(begins, low, side="right") - 1
    last = np.where(np.isnan(high), last_band, np.searchsorted(begins, high, side="right") - 1)
    known = ~np.isnan(low) & (~np.isnan(high) | (first == last_band)) & (first == last)
    return np.where(known, first, NO_BAND)
