"""Dates as exactly as they are written: a month stays a month, and no day, year or order of day and month is invented."""

import re
from datetime import date, datetime
from typing import Any

from catalog.model.reading.unreadable import Unreadable
from catalog.model.shapes import FIRST_YEAR, LAST_YEAR, LINE_LENGTH
from catalog.model.zones import zone

_MONTHS = (
    "january janvier jan", "february f\u00e9vrier fevrier feb f\u00e9v", "march mars mar", "april avril apr avr", "may mai",
    "june juin jun", "july juillet jul juil", "august ao\u00fbt aout aug", "september septembre sep sept",
    "october octobre oct", "november novembre nov", "december d\u00e9cembre decembre dec d\u00e9c",
)  # fmt: skip
_NUMBER_OF = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names.split()}
_NAME = rf"(?P<month>{'|'.join(sorted(_NUMBER_OF, key=len, reverse=True))})\.?"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_YEAR = r"(?P<year>(?:19|20|21)\d\d)"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er)?"
_ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s?(?:Z|[+-]\d{2}:?\d{2})?")
_PHRASES = (
    re.compile(rf"{_WEEKDAY}{_NAME}\s+{_DAY},?\s+{_YEAR}", re.IGNORECASE),
    re.compile(rf"{_WEEKDAY}{_DAY}[\s-]+{_NAME},?[\s-]+{_YEAR}", re.IGNORECASE),
)
_MONTH_YEAR = re.compile(rf"{_NAME},?[\s-]+{_YEAR}", re.IGNORECASE)
_ISO_MONTH = re.compile(r"(\d{4})-(\d{2})")
_YEAR_ALONE = re.compile(r"(?:19|20|21)\d\d")
_NUMERIC = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})|(\d{4})/(\d{1,2})/(\d{1,2})")
_SEASON = re.compile(r"\b(?:spring|summer|fall|autumn|winter|printemps|\u00e9t\u00e9|automne|hiver)\b", re.IGNORECASE)
_TERM = re.compile(r"\b(?:term|semester|quarter|intake|session|academic year)\b", re.IGNORECASE)
_MONTH_LIST = re.compile(rf"{_NAME}(?:\s*(?:,|/|;|&|and|or)\s*)*", re.IGNORECASE)
LONGEST_LIST = 12


def read_day(text: str, time_zone: str | None = None) -> date:
    """One day. A moment with an offset is the day of `time_zone` then; without a zone, the day as it is written.

    Raises Unreadable (DATE_AMBIGUOUS for 03/04/2026) for anything less exact.
    """
    plain = " ".join(text.split())
    if found := _ISO_DAY.fullmatch(plain):
        return _day(int(found[1]), int(found[2]), int(found[3]), plain)
    if _MOMENT.fullmatch(plain):
        return _moment_day(plain, time_zone)
    for one in _PHRASES:
        if found := one.fullmatch(plain):
            return _day(int(found["year"]), _NUMBER_OF[found["month"].lower()], int(found["day"]), plain)
    if found := _NUMERIC.fullmatch(plain):
        return _numeric(found, plain)
    raise Unreadable(f"is no day: {plain[:40]!r}", hint="write days as 2026-09-08")


def read_date(text: str, time_zone: str | None = None) -> dict[str, Any]:
    """A partial date as a Record has it; words that name no date are kept as its text. Raises Unreadable."""
    plain = " ".join(text.split())
    if not plain or len(plain) > LINE_LENGTH:
        raise Unreadable("is empty" if not plain else f"has {len(plain)} characters where a date was expected")
    try:
        day = read_day(plain, time_zone).isoformat()
    except Unreadable as error:
        if error.code != "VALUE_UNREADABLE" or _ISO_DAY.fullmatch(plain) or _MOMENT.fullmatch(plain):
            raise
    else:
        return {"earliest": day, "latest": day, "precision": "DAY"}
    if found := _MONTH_YEAR.fullmatch(plain):
        return _month(int(found["year"]), _NUMBER_OF[found["month"].lower()], plain)
    if found := _ISO_MONTH.fullmatch(plain):
        return _month(int(found[1]), int(found[2]), plain)
    if _YEAR_ALONE.fullmatch(plain):
        return {"earliest": f"{plain}-01-01", "latest": f"{plain}-12-31", "precision": "YEAR", "text": plain}
    if months := _months(plain):
        return {"recurs": months, "text": plain}
    return {"precision": _precision(plain), "text": plain}


def read_moment(text: str, time_zone: str | None = None) -> str:
    """A day, or a moment with its offset, as a Record has it; a time without an offset is of `time_zone`. Raises Unreadable."""
    plain = " ".join(text.split())
    if not _MOMENT.fullmatch(plain):
        return read_day(plain, time_zone).isoformat()
    moment = _moment(plain)
    if moment.tzinfo is None:
        if time_zone is None:
            raise Unreadable(
                f"has a time but no offset: {plain[:40]!r}", hint="write 2026-09-08T23:59-07:00, or only the day"
            )
        moment = moment.replace(tzinfo=zone(time_zone))
    return moment.isoformat(timespec="minutes")


def _moment(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text.replace(" ", "T", 1).replace(" ", ""))
    except ValueError:
        raise Unreadable(f"is no moment of the calendar: {text[:40]!r}") from None
    _check_year(found.year, text)
    return found


def _moment_day(text: str, time_zone: str | None) -> date:
    moment = _moment(text)
    if moment.tzinfo is not None and time_zone is not None:
        moment = moment.astimezone(zone(time_zone))
    return moment.date()


def _numeric(found: re.Match[str], text: str) -> date:
    if found[4]:
        return _day(int(found[4]), int(found[5]), int(found[6]), text)
    first, second, year = int(found[1]), int(found[2]), int(found[3])
    if first > LONGEST_LIST >= second:
        return _day(year, second, first, text)
    if second > LONGEST_LIST >= first or first == second:
        return _day(year, first, second, text)
    message = f"can be two days: {text!r}"
    raise Unreadable(message, "DATE_AMBIGUOUS", "write days as 2026-09-08")


def _day(year: int, month: int, day: int, text: str) -> date:
    _check_year(year, text)
    try:
        return date(year, month, day)
    except ValueError:
        raise Unreadable(f"is no day of the calendar: {text[:40]!r}") from None


def _check_year(year: int, text: str) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Unreadable(f"is outside the years {FIRST_YEAR} to {LAST_YEAR}: {text[:40]!r}")


def _month(year: int, month: int, text: str) -> dict[str, Any]:
    first = _day(year, month, 1, text)
    after = date(year + month // 12, month % 12 + 1, 1)
    last = date.fromordinal(after.toordinal() - 1)
    return {"earliest": first.isoformat(), "latest": last.isoformat(), "precision": "MONTH", "text": text}


def _months(text: str) -> list[int]:
    """The months of a list such as "January, May and September"; empty where the text says anything else."""
    if _MONTH_LIST.sub("", text).strip():
        return []
    return sorted({_NUMBER_OF[one["month"].lower()] for one in _MONTH_LIST.finditer(text)})


def _precision(text: str) -> str:
    if _SEASON.search(text):
        return "SEASON"
    return "TERM" if _TERM.search(text) else "UNKNOWN"
