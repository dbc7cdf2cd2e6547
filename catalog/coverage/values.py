"""Values of rows: each row stands with every value that it has, or once with none."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from catalog.search.columns.ragged import Array, Owned, Rows

NO_VALUE = 0
"""The code of Unknown."""


@dataclass(frozen=True, slots=True)
class Values:
    """`rows`, rising, with the code of a value in `names`; the first name is None: not known."""

    rows: Rows
    codes: Array
    names: Sequence[str | None]


def of_rows(values: Array, unknown: int, name: Callable[[int], str | None]) -> Values:
    """One value for each row."""
    distinct, places = np.unique(values, return_inverse=True)
    named = [None if one == unknown else name(one) for one in distinct.tolist()]
    return _coded(np.arange(len(values)), places, named)


def of_lists(owned: Owned, owner: Rows, name: Callable[[int], str | None]) -> Values:
    """Values of credentials; `owner` says for each row which credential it belongs to."""
    rows, values = values_for(owned, owner)
    return of_pairs(rows, values, len(owner), name)


def values_for(owned: Owned, asked: Rows) -> tuple[Rows, Array]:
    """All values of each owner that is asked for, each with the place of the owner in `asked`."""
    order = np.argsort(owned.owners, kind="stable")
    counts = np.bincount(owned.owners, minlength=owned.count)
    rows, places = spread(counts[asked], begins_of(counts)[asked])
    return rows, owned.values[order][places]


def begins_of(counts: Array) -> Rows:
    """Where each begins, of things that stand one after the other, so many of each."""
    begins: Rows = np.cumsum(counts) - counts
    return begins


def of_pairs(
    rows: Rows, values: Array, count: int, name: Callable[[int], str | None], unknown: Rows | None = None
) -> Values:
    """Rows that stand with no value are unknown, and so are those of `unknown`, whatever else they stand with."""
    distinct, places = np.unique(values, return_inverse=True)
    named = _coded(rows, places, [name(one) for one in distinct.tolist()])
    silent = np.ones(count, dtype=np.bool_)
    silent[named.rows[named.codes != NO_VALUE]] = False
    if unknown is not None:
        silent[unknown] = True
    without = np.flatnonzero(silent)
    known = named.codes != NO_VALUE
    whose, codes = np.concatenate([named.rows[known], without]), np.concatenate([named.codes[known], np.zeros_like(without)])
    width = len(named.names)
    pairs = np.unique(whose * width + codes)
    return Values(pairs // width, pairs % width, named.names)


def spread(counts: Array, begins: Array) -> tuple[Rows, Rows]:
    """For each row as many places as it counts: the row again and again, and the places from where its own begin."""
    rows = np.repeat(np.arange(len(counts)), counts)
    ends = np.cumsum(counts)
    within = np.arange(len(rows)) - np.repeat(ends - counts, counts)
    return rows, np.repeat(begins, counts) + within


def _coded(rows: Rows, places: Array, names: Sequence[str | None]) -> Values:
    """Values of the same name are one, and what has none is unknown."""
    known = list(dict.fromkeys(one for one in names if one is not None))
    code = {name: number for number, name in enumerate(known, start=1)}
    codes = np.array([NO_VALUE if one is None else code[one] for one in names], dtype=np.int64)
    return Values(rows, codes[places] if len(codes) else np.zeros(0, dtype=np.int64), [None, *known])
