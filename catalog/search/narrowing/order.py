"""The order of results. Every order is total: equal values are told apart by the credential's id."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from functools import cached_property

import numpy as np

from catalog.db.types import EPOCH, to_microseconds
from catalog.model.distance import distance_km
from catalog.model.filter import Near
from catalog.model.vocabulary import OfferingStatus
from catalog.search.columns.keys import key_of
from catalog.search.columns.layout import CAMPUS
from catalog.search.columns.ragged import Array
from catalog.search.narrowing.statuses import IS_CURRENT, NUMBER, statuses
from catalog.search.narrowing.view import View
from catalog.search.text import ranking
from catalog.search.text.query import TextQuery

_BY_STATUS = np.where(IS_CURRENT, ranking.CURRENT, ranking.PAST)
_BY_STATUS[NUMBER[OfferingStatus.UNKNOWN]] = ranking.NOT_KNOWN  # what is unknown speaks for nothing
LAST = np.inf
"""Where the value is not known."""
DAY = to_microseconds(EPOCH + timedelta(days=1))
BEHIND = 10_000_000.0
"""More days than any calendar has."""


class SearchSort(StrEnum):
    """Orders of results; what is unknown comes last in all of them."""

    RELEVANCE = "RELEVANCE"
    START_ASC = "START_ASC"
    PRICE_ASC = "PRICE_ASC"
    PRICE_DESC = "PRICE_DESC"
    HOURS_ASC = "HOURS_ASC"
    DISTANCE_ASC = "DISTANCE_ASC"
    TITLE_ASC = "TITLE_ASC"
    NEWEST = "NEWEST"


@dataclass(frozen=True, slots=True)
class Measured:
    """Keys of campuses, rising, each with its distance."""

    keys: Array
    km: Array


@dataclass(frozen=True)
class Sorting:
    """What an order may need to know: the score of each row, what was typed, and from where distances count."""

    sort: SearchSort
    query: TextQuery
    scores: Array
    near: Near | None = None
    coordinates: Mapping[str, tuple[float, float]] | None = None
    """Of campuses, by id."""

    @cached_property
    def measured(self) -> Measured:
        """From where the learner is; nothing where that was not asked."""
        if self.near is None:
            return Measured(np.zeros(0, dtype=np.uint64), np.zeros(0))
        here = (self.near.latitude, self.near.longitude)
        known = sorted((key_of(campus), distance_km(here, at)) for campus, at in (self.coordinates or {}).items())
        return Measured(np.array([key for key, _ in known], dtype=np.uint64), np.array([km for _, km in known]))


def sort_values(view: View, sorting: Sorting) -> Array:
    """For each of the view's credentials the value by which it is sorted, rising."""
    match sorting.sort:
        case SearchSort.RELEVANCE:
            return _falling(relevance(view, sorting))
        case SearchSort.START_ASC:
            return _least(view, _starts(view))
        case SearchSort.PRICE_ASC:
            return _least(view, _or_last(np.where(_can_be_taken(view), view.delivery("price_min"), np.nan)))
        case SearchSort.PRICE_DESC:
            return _least(view, _or_last(np.where(_can_be_taken(view), -view.delivery("price_max"), np.nan)))
        case SearchSort.HOURS_ASC:
            return _or_last(view.credential("hours_min"))
        case SearchSort.DISTANCE_ASC:
            return _or_last(distances(view, sorting))
        case SearchSort.TITLE_ASC:
            return view.credential("title")
        case SearchSort.NEWEST:
            return _falling(view.credential("updated_at").astype(np.float64))


def _falling(values: Array) -> Array:
    falling: Array = -values
    return falling


def relevance(view: View, sorting: Sorting) -> Array:
    """Of each credential: its best row, weighed by what is current, complete, and called as the query is."""
    current = _BY_STATUS[statuses(view)]
    base = sorting.scores if sorting.query.clauses else np.ones(len(view.rows))
    best = _greatest(view, base.astype(np.float64) * current)
    complete = ranking.THIN + (1 - ranking.THIN) * view.credential("completeness").astype(np.float64)
    called = np.uint64(key_of(sorting.query.folded))
    titles = view.credential_lists("titles")
    title = np.where(titles.any(titles.values == called), ranking.SAME_TITLE, 1.0)
    names = view.credential_lists("names")
    provider = np.where(names.any(names.values == called), ranking.SAME_PROVIDER, 1.0)
    weighed: Array = best * complete * title * provider
    return np.round(weighed, 6)  # so that a cursor finds its place again


def _can_be_taken(view: View) -> Array:
    """Whose price counts: offerings that are not past, and `usual`."""
    return IS_CURRENT[statuses(view)]


def _starts(view: View) -> Array:
    """The day of the earliest start that is not past; past ones behind all others, the latest first.

    A start is past when its first day is over where it is taught.
    """
    days, begins = view.delivery("starts_earliest"), view.delivery("future_until")
    past = np.isnan(days) | (begins <= view.now - DAY)
    return _or_last(np.where(past, BEHIND - days, days))


def distances(view: View, sorting: Sorting) -> Array:
    """Kilometres to the nearest campus where one of the rows is taught; NaN where none is known, and for online."""
    measured = sorting.measured
    if not len(measured.keys):
        return np.full(len(view.credentials), np.nan)
    places, kinds = view.delivery_lists("places"), view.delivery_lists("place_kinds")
    at = np.minimum(np.searchsorted(measured.keys, places.values), len(measured.keys) - 1)
    known = (kinds.values == CAMPUS) & (measured.keys[at] == places.values)
    found = np.full(len(view.credentials), LAST)
    np.minimum.at(found, view.owner[places.owners[known]], measured.km[at[known]])
    return np.where(found == LAST, np.nan, found)


def _or_last(values: Array) -> Array:
    known: Array = np.where(np.isnan(values), LAST, values)
    return known


def _least(view: View, values: Array) -> Array:
    found = np.full(len(view.credentials), LAST)
    np.minimum.at(found, view.owner, values)
    return found


def _greatest(view: View, values: Array) -> Array:
    found = np.full(len(view.credentials), -LAST)
    np.maximum.at(found, view.owner, values)
    return found


def ranked(values: Array, ids: Array) -> Array:
    """Places in rising order of value, then id."""
    return np.lexsort((ids, values))
