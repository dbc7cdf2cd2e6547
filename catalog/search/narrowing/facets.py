"""Counts of distinct credentials by value, exact at any size; what does not say is counted as unknown."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TypeAlias

import numpy as np

from catalog.model.eligibility import Eligibility
from catalog.model.filter import ONLINE as ONLINE_WORD
from catalog.model.filter import city_key
from catalog.model.vocabulary import Attendance, OfferingStatus
from catalog.search.columns.keys import UNKNOWN, key_of
from catalog.search.columns.layout import ONLINE
from catalog.search.columns.ragged import Array, Mask, Rows, is_among
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
    FacetField.ELIGIBLE_NOW: "eligible_now",
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


@dataclass(frozen=True)
class FacetContext:
    """Campuses by id, as the catalogue has them now."""

    campuses: Mapping[str, CampusPlace] = field(default_factory=dict)
    eligibility: Eligibility | None = None
    """For whom ELIGIBLE_NOW is counted."""

    @cached_property
    def places(self) -> frozenset[tuple[str, CampusPlace]]:
        """To tell whether campuses have moved."""
        return frozenset(self.campuses.items())

    @cached_property
    def regions(self) -> "Placed":
        return _placed_by({one: place.region for one, place in self.campuses.items()})

    @cached_property
    def cities(self) -> "Placed":
        """Communities that are called as a city with a campus are in that city."""
        named = {one: place.city for one, place in self.campuses.items()}
        cities = {city_key(city): city for city in named.values() if city}
        return _placed_by(named, cities)


@dataclass(frozen=True, slots=True)
class Placed:
    """Keys of campuses, rising, each with the number of its name; names begin with ONLINE."""

    keys: Array
    numbers: Array
    names: Sequence[str]


def _placed_by(named: Mapping[str, str | None], communities: Mapping[str, str] | None = None) -> Placed:
    names = [ONLINE_WORD, *sorted({one for one in named.values() if one})]
    number = {name: place for place, name in enumerate(names)}
    known = sorted((key_of(one), number[name]) for one, name in {**named, **(communities or {})}.items() if name)
    keys, numbers = np.array([key for key, _ in known], dtype=np.uint64), np.array([n for _, n in known], dtype=np.int64)
    return Placed(keys, numbers, names)


Read: TypeAlias = Callable[[View, FacetContext], Pairs]


def count(view: View, field_: FacetField, context: FacetContext) -> Counted:
    """Over the rows of a view."""
    pairs = READERS[field_](view, context)
    order = np.lexsort((pairs.owners, pairs.values))
    values, owners = pairs.values[order], pairs.owners[order]
    is_new_value = _differs(values)
    is_new_pair = is_new_value | _differs(owners)
    begins = np.flatnonzero(is_new_value)
    counts = np.add.reduceat(is_new_pair, begins, dtype=np.int64) if len(begins) else begins
    named = zip(map(pairs.names, values[begins].tolist()), counts.tolist(), strict=True)
    unknown = np.zeros(len(view.credentials), dtype=np.bool_)
    unknown[pairs.unknown] = True
    return Counted({name: number for name, number in named if name is not None}, int(unknown.sum()))


def _differs(values: Array) -> Mask:
    """Whether a value is another one than that before it."""
    differs = np.empty(len(values), dtype=np.bool_)
    differs[:1] = True
    np.not_equal(values[1:], values[:-1], out=differs[1:])
    return differs


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
    """By the one time of day that choosing it alone would keep: the filter wants every meeting inside the wanted set."""
    known, words = view.delivery("attendance"), tuple(Attendance)
    only = (known != 0) & (known & (known - 1) == 0)
    numbers = np.log2(known[only]).astype(np.int64)
    return Pairs(numbers, view.owner[only], lambda number: str(words[number]), view.owner[known == 0])


def _languages(view: View, _context: FacetContext) -> Pairs:
    """By primary language: columns hold every prefix of a tag."""
    owned = view.delivery_lists("languages")
    primary = [key for key in np.unique(owned.values).tolist() if "-" not in view.columns.texts[key]]
    kept = is_among(owned.values, np.array(primary, dtype=np.uint64))
    return Pairs(owned.values[kept], view.owner[owned.owners[kept]], _text(view), view.owner[~owned.present])


def _placed(name: Callable[[FacetContext], Placed]) -> Read:
    """By a property of the campus; taught online is a place of its own, and what names no campus is unknown."""

    def read(view: View, context: FacetContext) -> Pairs:
        placed = name(context)
        found, rows, unknown = place_numbers(view, placed)
        return Pairs(found, view.owner[rows], lambda number: placed.names[number], view.owner[unknown])

    return read


def place_numbers(view: View, placed: Placed) -> tuple[Array, Rows, Rows]:
    """Numbers of names, each with the row that is taught there; and the rows of which a place is not known."""
    places, kinds = view.delivery_lists("places"), view.delivery_lists("place_kinds")
    found, at_campus = np.zeros(len(places.values), dtype=np.int64), kinds.values != ONLINE
    if len(placed.keys):
        at = np.minimum(np.searchsorted(placed.keys, places.values), len(placed.keys) - 1)
        at_campus &= placed.keys[at] == places.values
        found[at_campus] = placed.numbers[at[at_campus]]
    else:
        at_campus[:] = False
    known = at_campus | (kinds.values == ONLINE)
    unknown = np.concatenate([places.owners[~known], np.flatnonzero(~places.present)])
    return found[known], places.owners[known], unknown


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


def _eligible(view: View, context: FacetContext) -> Pairs:
    assert context.eligibility is not None, "whoever counts what may be taken says for whom"
    answers = [context.eligibility.answer(one.decode()) for one in view.credential("id")]
    known = np.array([one is not None for one in answers], dtype=np.bool_)
    values, places = np.array([bool(one) for one in answers], dtype=np.int64), np.arange(len(answers))
    return Pairs(values[known], places[known], lambda number: ELIGIBLE[number], places[~known])


ELIGIBLE = ("false", "true")
READERS: dict[FacetField, Read] = {
    FacetField.KIND: _of_credentials("kind"),
    FacetField.INSTITUTION: _of_credential_lists("institutions"),
    FacetField.REGION: _placed(lambda context: context.regions),
    FacetField.CITY: _placed(lambda context: context.cities),
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
    FacetField.ELIGIBLE_NOW: _eligible,
}
