"""Months and years as partial dates: their first and last day, which the calendar knows and nobody need write."""

import re
from calendar import monthrange
from typing import Any

from catalog.model.reading.months import MONTH, month_number
from catalog.model.reading.unreadable import Unreadable
from catalog.model.shapes import FIRST_YEAR, LAST_YEAR

_PART = r"(?:(?:early|mid|late|beginning of|end of)[ -])?"
_YEAR = r"(?P<year>(?:19|20|21)[0-9]{2})"
_NAMED_MONTH = re.compile(rf"{_PART}{MONTH}(?:,? |-){_YEAR}")
_MONTH_NUMBERS = (
    re.compile(r"(?P<year>[0-9]{4})-(?P<number>0[1-9]|1[0-2])"),
    re.compile(r"(?P<number>0?[1-9]|1[0-2])/(?P<year>[0-9]{4})"),
)
_ONE_YEAR = re.compile(rf"{_PART}{_YEAR}")
_TWO_YEARS = re.compile(rf"{_YEAR} ?[-/\u2013] ?(?:[0-9]{{2}})?(?P<next>[0-9]{{2}})(?: (?:academic|school) year)?")
_SEASON = re.compile(r"\b(?:spring|summer|fall|autumn|winter|printemps|\u00e9t\u00e9|automne|hiver)\b")
_TERM = re.compile(r"\b(?:term|semester|quarter|intake|session|academic year)\b")
CENTURY = 100


def find_period(text: str) -> dict[str, Any] | None:
    """The bounds and precision of a month or a year, written in lower case; None where it is neither. Raises Unreadable.

    Where two years are named, as in 2025/26, their bounds stay open: an academic year begins when its institution says so.
    """
    if found := _NAMED_MONTH.fullmatch(text):
        return _month(int(found["year"]), month_number(found["month"]))
    for pattern in _MONTH_NUMBERS:
        if found := pattern.fullmatch(text):
            return _month(int(found["year"]), int(found["number"]))
    if found := _ONE_YEAR.fullmatch(text):
        year = found["year"]
        return {"earliest": f"{year}-01-01", "latest": f"{year}-12-31", "precision": "YEAR"}
    found = _TWO_YEARS.fullmatch(text)
    if found and (int(found["year"]) + 1) % CENTURY == int(found["next"]):
        return {"precision": "YEAR"}
    return None


def precision_of(text: str) -> str:
    """What words without a date, in lower case, speak of."""
    if _SEASON.search(text):
        return "SEASON"
    return "TERM" if _TERM.search(text) else "UNKNOWN"


def _month(year: int, month: int) -> dict[str, Any]:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Unreadable(f"is outside the years {FIRST_YEAR} to {LAST_YEAR}: {year}")
    last = monthrange(year, month)[1]
    return {"earliest": f"{year}-{month:02}-01", "latest": f"{year}-{month:02}-{last}", "precision": "MONTH"}
