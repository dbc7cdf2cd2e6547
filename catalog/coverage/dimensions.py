"""By what coverage is counted: the values that each row of a view has, Unknown among them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeAlias

import numpy as np

from catalog.coverage.awards import Awards
from catalog.coverage.short_training import teer_of
from catalog.coverage.values import NO_VALUE, Values, of_lists, of_pairs, of_rows
from catalog.coverage.years import academic_year, fiscal_year
from catalog.model.places import CampusFacts
from catalog.model.vocabulary import Attendance
from catalog.search.columns.keys import UNKNOWN
from catalog.search.columns.ragged import Array, Rows, is_among
from catalog.search.narrowing.bands import HOUR_BANDS, HOURS, NO_BAND, PRICE_BANDS, PRICES, Band, band_numbers
from catalog.search.narrowing.facets import FacetContext, Placed, place_numbers
from catalog.search.narrowing.view import View


class CoverageDimension(StrEnum):
    """What coverage is counted by."""

    INSTITUTION = "INSTITUTION"
    INSTITUTION_KIND = "INSTITUTION_KIND"
    REGION = "REGION"
    DELIVERY_REGION = "DELIVERY_REGION"
    CITY = "CITY"
    SECTOR = "SECTOR"
    OCCUPATION = "OCCUPATION"
    TEER = "TEER"
    SKILL = "SKILL"
    KIND = "KIND"
    MODE = "MODE"
    ATTENDANCE = "ATTENDANCE"
    LANGUAGE = "LANGUAGE"
    CREDIT_STATUS = "CREDIT_STATUS"
    FUNDER = "FUNDER"
    FUNDING_PROGRAM = "FUNDING_PROGRAM"
    START_MONTH = "START_MONTH"
    FISCAL_YEAR = "FISCAL_YEAR"
    ACADEMIC_YEAR = "ACADEMIC_YEAR"
    PRICE_BAND = "PRICE_BAND"
    HOURS_BAND = "HOURS_BAND"
    AUDIENCE = "AUDIENCE"
    LIFECYCLE = "LIFECYCLE"
    THEME = "THEME"


@dataclass(frozen=True, slots=True)
class Provider:
    """What is asked of an institution; `region` is an id."""

    kind: str | None
    region: str | None


@dataclass(frozen=True)
class Around:
    """What rows are told apart by besides their columns: institutions and campuses, and the awards that pay for them."""

    providers: Mapping[str, Provider] = field(default_factory=dict)
    places: FacetContext = field(default_factory=FacetContext)
    campuses: Mapping[str, CampusFacts] = field(default_factory=dict)
    awards: Awards = field(default_factory=Awards)


Read: TypeAlias = Callable[[View, Around], Values]


def values_of(view: View, dimension: CoverageDimension, around: Around) -> Values:
    return READERS[dimension](view, around)


def _text(view: View) -> Callable[[int], str | None]:
    return view.columns.texts.get


def _credential(column: str) -> Read:
    return lambda view, _: of_rows(view.credential(column)[view.owner], UNKNOWN, _text(view))


def _delivery(column: str) -> Read:
    return lambda view, _: of_rows(view.delivery(column), UNKNOWN, _text(view))


def _credential_lists(column: str) -> Read:
    return lambda view, _: of_lists(view.credential_lists(column), view.owner, _text(view))


def _by_provider(name: Callable[[Provider], str | None]) -> Read:
    """A property of the provider alone: who provides together with it has other listings, or none."""

    def read(view: View, around: Around) -> Values:
        texts = _text(view)

        def named(key: int) -> str | None:
            provider = around.providers.get(texts(key) or "")
            return name(provider) if provider else None

        return of_rows(view.credential("provider")[view.owner], UNKNOWN, named)

    return read


def _placed(name: Callable[[FacetContext], Placed]) -> Read:
    def read(view: View, around: Around) -> Values:
        placed = name(around.places)
        found, rows, unknown = place_numbers(view, placed)
        return of_pairs(rows, found, len(view.rows), lambda number: placed.names[number], unknown)

    return read


def _attendance(view: View, _around: Around) -> Values:
    """Every time of day in which it meets."""
    known, words = view.delivery("attendance"), tuple(Attendance)
    pairs = [(np.flatnonzero(known & (1 << number)), number) for number in range(len(words))]
    rows = np.concatenate([found for found, _ in pairs])
    numbers = np.concatenate([np.full(len(found), number) for found, number in pairs])
    return of_pairs(rows, numbers, len(known), lambda number: str(words[number]))


def _languages(view: View, _around: Around) -> Values:
    """By primary language: columns hold every prefix of a tag."""
    owned = view.delivery_lists("languages")
    primary = [key for key in np.unique(owned.values).tolist() if "-" not in view.columns.texts[key]]
    kept = is_among(owned.values, np.array(primary, dtype=np.uint64))
    return of_pairs(owned.owners[kept], owned.values[kept], owned.count, _text(view))


def _teers(view: View, _around: Around) -> Values:
    texts = _text(view)
    return of_lists(view.credential_lists("occupations"), view.owner, lambda key: teer_of(texts(key) or ""))


def _funders(view: View, around: Around) -> Values:
    """Whoever gives an award that pays for it, and whom it, or its credential, names as a funder."""
    own = of_lists(view.credential_lists("funders"), view.owner, _text(view))
    runs = view.delivery_lists("funders")
    texts = _text(view)
    named = [
        *((rows, own.names[code]) for rows, code in _by_code(own.rows, own.codes) if code != NO_VALUE),
        *((rows, texts(key)) for rows, key in _by_code(runs.owners, runs.values)),
        *((paid, around.awards.by_id[award].funder) for award, paid in around.awards.rows_of(view).items()),
    ]
    names = sorted({name for _, name in named if name})
    code_of = {name: code for code, name in enumerate(names)}
    kept = [(rows, code_of[name]) for rows, name in named if name]
    rows = np.concatenate([np.zeros(0, dtype=np.int64), *(rows for rows, _ in kept)])
    codes = np.concatenate([np.zeros(0, dtype=np.int64), *(np.full(len(rows), code) for rows, code in kept)])
    return of_pairs(rows, codes, len(view.rows), lambda code: names[code])


def _by_code(rows: Rows, codes: Array) -> Iterator[tuple[Rows, int]]:
    for code in np.unique(codes).tolist():
        yield rows[codes == code], code


def _started(name: Callable[[date], str]) -> Read:
    """Where its first and its last possible day lie in the same."""

    def read(view: View, _around: Around) -> Values:
        first, last = view.delivery("starts_earliest"), view.delivery("starts_latest")
        known = np.flatnonzero(~np.isnan(first) & ~np.isnan(last))
        days = {day: name(date.fromordinal(int(day))) for day in np.unique(np.concatenate([first[known], last[known]]))}
        names = sorted(set(days.values()))
        number = {one: place for place, one in enumerate(names)}
        began = np.array([number[days[day]] for day in first[known]], dtype=np.int64)
        ended = np.array([number[days[day]] for day in last[known]], dtype=np.int64)
        sure = began == ended
        return of_pairs(known[sure], began[sure], len(view.rows), lambda code: names[code])

    return read


def _banded(numbers: Callable[[View], Array], bands: Sequence[Band]) -> Read:
    return lambda view, _: of_rows(numbers(view), NO_BAND, lambda number: bands[number].value)


def _prices(view: View) -> Array:
    return band_numbers(view.delivery("price_min"), view.delivery("price_max"), PRICES)


def _hours(view: View) -> Array:
    return band_numbers(view.credential("hours_min"), view.credential("hours_max"), HOURS)[view.owner]


READERS: dict[CoverageDimension, Read] = {
    CoverageDimension.INSTITUTION: _credential_lists("institutions"),
    CoverageDimension.INSTITUTION_KIND: _by_provider(lambda one: one.kind),
    CoverageDimension.REGION: _by_provider(lambda one: one.region),
    CoverageDimension.DELIVERY_REGION: _placed(lambda places: places.regions),
    CoverageDimension.CITY: _placed(lambda places: places.cities),
    CoverageDimension.SECTOR: _credential_lists("own_sectors"),
    CoverageDimension.OCCUPATION: _credential_lists("occupations"),
    CoverageDimension.TEER: _teers,
    CoverageDimension.SKILL: _credential_lists("skills"),
    CoverageDimension.KIND: _credential("kind"),
    CoverageDimension.MODE: _delivery("mode"),
    CoverageDimension.ATTENDANCE: _attendance,
    CoverageDimension.LANGUAGE: _languages,
    CoverageDimension.CREDIT_STATUS: _credential("credit_status"),
    CoverageDimension.FUNDER: _funders,
    CoverageDimension.FUNDING_PROGRAM: _credential_lists("programs"),
    CoverageDimension.START_MONTH: _started(lambda day: f"{day:%Y-%m}"),
    CoverageDimension.FISCAL_YEAR: _started(fiscal_year),
    CoverageDimension.ACADEMIC_YEAR: _started(academic_year),
    CoverageDimension.PRICE_BAND: _banded(_prices, PRICE_BANDS),
    CoverageDimension.HOURS_BAND: _banded(_hours, HOUR_BANDS),
    CoverageDimension.AUDIENCE: _credential_lists("audiences"),
    CoverageDimension.LIFECYCLE: _credential("lifecycle"),
    CoverageDimension.THEME: _credential_lists("themes"),
}
