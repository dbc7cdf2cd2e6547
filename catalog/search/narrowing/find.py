"""Finds: the rows that hold the words, narrowed, grouped by credential, counted and put in order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from catalog.model.filter_sql import CredentialQuery
from catalog.search.columns.ragged import Array, Mask, Rows
from catalog.search.narrowing.conditions import masks
from catalog.search.narrowing.facets import OWN_FILTER, Counted, FacetContext, FacetField, count
from catalog.search.narrowing.order import Measured, Sorting, distances, ranked, sort_values
from catalog.search.narrowing.view import View


@dataclass
class Found:
    """Results of one search; `view` holds all rows with the words, `kept` those that also fit every condition."""

    view: View
    kept: Mask
    own: Mapping[str, Mask]
    """What each condition keeps."""
    sorting: Sorting
    _misses: Array = field(init=False)

    def __post_init__(self) -> None:
        self._misses = np.zeros(len(self.view.rows), dtype=np.int16)
        for mask in self.own.values():
            self._misses += ~mask

    @cached_property
    def results(self) -> View:
        return self.view.narrow(self.kept)

    @property
    def total(self) -> int:
        return len(self.results.credentials)

    @cached_property
    def values(self) -> Array:
        """By which each of the results' credentials is sorted."""
        return sort_values(self.results, self._sorting)

    @cached_property
    def order(self) -> Array:
        """Places among the results' credentials, first to last."""
        return ranked(self.values, self.results.credential("id"))

    @cached_property
    def _sorting(self) -> Sorting:
        return replace(self.sorting, scores=self.sorting.scores[self.kept])

    @property
    def measured(self) -> Measured:
        return self._sorting.measured

    @cached_property
    def distances(self) -> Array:
        return distances(self.results, self._sorting)

    def offerings(self, place: int) -> list[str]:
        """Ids of the offerings of a result that fit every condition."""
        begin, end = np.searchsorted(self._owners, [place, place + 1])
        rows = self._by_owner[begin:end]
        ids = self.results.columns.take("delivery.id", self.results.rows[rows])
        return [one.decode() for one in ids if one]

    @cached_property
    def _by_owner(self) -> Rows:
        return np.argsort(self.results.owner, kind="stable")

    @cached_property
    def _owners(self) -> Rows:
        return self.results.owner[self._by_owner]

    def facets(self, fields: Sequence[FacetField], context: FacetContext) -> dict[FacetField, Counted]:
        """Each without its own condition."""
        return {one: count(self._without(one), one, context) for one in fields}

    def _without(self, one: FacetField) -> View:
        own = self.own.get(OWN_FILTER.get(one, ""))
        return self.results if own is None else self.view.narrow(self._misses - ~own == 0)


def find(view: View, query: CredentialQuery, sorting: Sorting) -> Found:
    """`view` and the scores of `sorting` are of the rows that hold the words."""
    own = masks(view, query)
    kept = np.ones(len(view.rows), dtype=np.bool_)
    for mask in own.values():
        kept &= mask
    return Found(view, kept, own, sorting)
