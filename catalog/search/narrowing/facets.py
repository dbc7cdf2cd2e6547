"""Counts of distinct credentials by value, exact at any size; what does not say is counted as unknown."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

import numpy as np

from catalog.model.filter import ONLINE as ONLINE_WORD
from catalog.model.vocabulary import Attendance, OfferingStatus
from catalog.search.columns.keys import UNKNOWN, key_of
from catalog.search.columns.layout import CAMPUS, ONLINE
from catalog.search.columns.ragged import Array, Mask, Rows
from catalog.search.narrowing.bands import HOUR_BANDS, HOURS, NO_BAND, PRICE_BANDS, PRICES, band_numbers
from catalog.search.narrowing.statuses import NUMBER, ORDER, statuses
from catalog.search.narrowing.view import View


class FacetField(StrEnum):
    """By what results can be counted."""

    KIND = "KIND"
    INSTITUTION = "INSTITUTION"
    REGION = "REGION"
    CITY = "CITY"
    MODE = "MODE"
    ATTENDANCE = "ATTENDANCE"
    SKILL = "SKILL"
    OCCUPATION = "OCCUPATION"
    SECTOR = "SECTOR"
    LANGUAGE = "LANGUAGE"
    CREDIT_STATUS = "CREDIT_STATUS"
    PRICE = "PRICE"
    HOURS = "HOURS"
    FUNDED = "FUNDED"
    STATUS = "STATUS"
    ELIGIBLE_NOW = "ELIGIBLE_NOW"


OWN_FILTER = {
    FacetField.KIND: "kinds",
    FacetField.INSTITUTION: "institutions",
    FacetField.REGION: "regions",
    FacetField.CITY: "cities",
    FacetField.MODE: "modes",
    FacetField.ATTENDANCE: "attendance",
    FacetField.SKILL: "skills",
    FacetField.OCCUPATION: "occupations",
    FacetField.SECTOR: "sectors",
    FacetField.LANGUAGE: "languages",
    FacetField.CREDIT_STATUS: "credit_status",
    FacetField.PRICE: "price",
    FacetField.HOURS: "hours",
    FacetField.STATUS: "status",
}
"""The condition that a facet's own choice makes, and that its counts leave out."""


@dataclass(frozen=True, slots=True)
class CampusPlace:
    """What facets ask of a campus: `region` is an id."""

    region: str | None
    city: str | None


@dataclass(frozen=True, slots=True)
class Counted:
    """Distinct credentials by value, and how many hold an unknown one."""

    values: Mapping[str, int]
    unknown: int


@dataclass(frozen=True, slots=True)
class Pairs:
    """Values as they were found, each with the place of its credential; a value may stand with one credential often."""

    values: Array
    owners: Rows
    names: Callable[[int], str | None]
    unknown: Rows
    """Places of credentials that hold an unknown value."""


@dataclass(frozen=True, slots=True)
class FacetContext:
    """Campuses by id, as the catalogue has them now."""

    campuses: Mapping[str, CampusPlace] = field(default_factory=dict)


Read: TypeAlias = Callable[[View, FacetContext], Pairs]


def count(view: View, field_: FacetField, context: FacetContext, kept: Mask) -> Counted:
    """Over the rows that are kept."""
    pairs = READERS[field_](_narrowed(view, kept), context)
    codes, places = np.unique(pairs.values, return_inverse=True)
    width = int(pairs.owners.max(initial=0)) + 1
    distinct = np.unique(places.astype(np.int64) * width + pairs.owners)
    counts = np.bincount(distinct // width, minlength=len(codes)) if len(codes) else np.zeros(0, dtype=np.int64)
    named = [(pairs.names(int(code)), int(number)) for code, number in zip(codes, counts, strict=True)]
    return Counted({name: number for name, number in named if name is not None}, len(np.unique(pairs.unknown)))


def _narrowed(view: View, kept: Mask) -> View:
    return view if kept.all() else View(view.columns, view.rows[kept], view.moment)


def _text(view: View) -> Callable[[int], str | None]:
    return view.columns.texts.get


def _of_credentials(column: str) -> Read:
    """A value that credentials have one of."""

    def read(view: View, _context: FacetContext) -> Pairs:
        values = view.credential(column)
        places = np.arange(len(values))
        known = values != UNKNOWN
        return Pairs(values[known], places[known], _text(view), places[~known])

    return read


def _of_credential_lists(column: str) -> Read:
    def read(view: View, _context: FacetContext) -> Pairs:
        owned = view.credential_lists(column)
        return Pairs(owned.values, owned.owners, _text(view), np.flatnonzero(~owned.present))

    return read


def _modes(view: View, _context: FacetContext) -> Pairs:
    values = view.delivery("mode")
    known = values != UNKNOWN
    return Pairs(values[known], view.owner[known], _text(view), view.owner[~known])


def _attendance(view: View, _context: FacetContext) -> Pairs:
    known = view.delivery("attendance")
    words = tuple(Attendance)
    rows, numbers = np.nonzero(known[:, None] & (1 << np.arange(len(words), dtype=np.uint8))[None, :])
    return Pairs(numbers, view.owner[rows], lambda number: str(words[number]), view.owner[known == 0])


def _languages(view: View, _context: FacetContext) -> Pairs:
    """By primary language: columns hold every prefix of a tag."""
    owned = view.delivery_lists("languages")
    primary = {key for key in np.unique(owned.values).tolist() if "-" not in view.columns.texts[key]}
    kept = np.isin(owned.values, np.array(sorted(primary), dtype=np.uint64))
    return Pairs(owned.values[kept], view.owner[owned.owners[kept]], _text(view), view.owner[~owned.present])


def _placed(name: Callable[[CampusPlace], str | None]) -> Read:
    """By a property of the campus; taught online is a place of its own, and what names no campus is unknown."""

    def read(view: View, context: FacetContext) -> Pairs:
        places, kinds = view.delivery_lists("places"), view.delivery_lists("place_kinds")
        owners = view.owner[places.owners]
        named = {key_of(one): name(place) for one, place in context.campuses.items()}
        codes = sorted({one for one in named.values() if one} | {ONLINE_WORD})
        number = {one: place for place, one in enumerate(codes)}
        keys = np.array(sorted(key for key, one in named.items() if one), dtype=np.uint64)
        numbers = np.array([number[str(named[int(key)])] for key in keys], dtype=np.int64)
        at_campus = (kinds.values == CAMPUS) & np.isin(places.values, keys)
        values = np.full(len(places.values), number[ONLINE_WORD])
        if len(keys):
            values[at_campus] = numbers[np.searchsorted(keys, places.values[at_campus])]
        known = at_campus | (kinds.values == ONLINE)
        unknown = np.concatenate([owners[~known], view.owner[~places.present]])
        return Pairs(values[known], owners[known], lambda code: codes[code], unknown)

    return read


def _prices(view: View, _context: FacetContext) -> Pairs:
    numbers = band_numbers(view.delivery("price_min"), view.delivery("price_max"), PRICES)
    known = numbers != NO_BAND
    return Pairs(numbers[known], view.owner[known], lambda number: PRICE_BANDS[number].value, view.owner[~known])


def _hours(view: View, _context: FacetContext) -> Pairs:
    numbers = band_numbers(view.credential("hours_min"), view.credential("hours_max"), HOURS)
    known, places = numbers != NO_BAND, np.arange(len(numbers))
    return Pairs(numbers[known], places[known], lambda number: HOUR_BANDS[number].value, places[~known])


def _funded(view: View, _context: FacetContext) -> Pairs:
    """That nobody says who pays does not mean that nobody does: unknown."""
    known = view.credential("is_funded")
    places = np.arange(len(known))
    return Pairs(known[known].astype(np.int64), places[known], lambda _: "true", places[~known])


def _statuses(view: View, _context: FacetContext) -> Pairs:
    numbers = statuses(view)
    known = numbers != NUMBER[OfferingStatus.UNKNOWN]
    return Pairs(numbers[known], view.owner[known], lambda number: str(ORDER[number]), view.owner[~known])


READERS: dict[FacetField, Read] = {
    FacetField.KIND: _of_credentials("kind"),
    FacetField.INSTITUTION: _of_credential_lists("institutions"),
    FacetField.REGION: _placed(lambda campus: campus.region),
    FacetField.CITY: _placed(lambda campus: campus.city),
    FacetField.MODE: _modes,
    FacetField.ATTENDANCE: _attendance,
    FacetField.SKILL: _of_credential_lists("skills"),
    FacetField.OCCUPATION: _of_credential_lists("occupations"),
    FacetField.SECTOR: _of_credential_lists("own_sectors"),
    FacetField.LANGUAGE: _languages,
    FacetField.CREDIT_STATUS: _of_credentials("credit_status"),
    FacetField.PRICE: _prices,
    FacetField.HOURS: _hours,
    FacetField.FUNDED: _funded,
    FacetField.STATUS: _statuses,
}
