"""Dates as exactly as they are written: a month stays a month, and no day, year or order of day and month is invented."""

import re
from datetime import date
from typing import Any

from catalog.model.reading.lines import one_line
from catalog.model.reading.moments import check_year, day_of, find_moment, placed_in
from catalog.model.reading.months import MONTH, WEEKDAY, falls_on, month_number, months_listed
from catalog.model.reading.periods import find_period, precision_of
from catalog.model.reading.unreadable import Unreadable

_YEAR = r"(?P<year>(?:19|20|21)[0-9]{2})"
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th|er)?"
_ON = rf"(?:{WEEKDAY},? )?(?:the |le )?"
_NAMED_DAYS = (
    re.compile(rf"{_ON}{MONTH} ?{_DAY}(?:, ?| ){_YEAR}"),
    re.compile(rf"{_ON}{_DAY}(?:[ -]| of ){MONTH}(?:,? |-){_YEAR}"),
    re.compile(rf"(?P<weekday>)?{_YEAR}[ -]{MONTH}[ -]{_DAY}"),
)
_YEAR_FIRST = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})(?:z|[+-][0-9]{2}:[0-9]{2})?")
_WITHOUT_SIGNS = re.compile(r"((?:19|20|21)[0-9]{2})()([0-9]{2})([0-9]{2})")
_YEAR_LAST = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4})")
_SHORT_YEAR = re.compile(rf"[0-9]{{1,2}}([-/.])[0-9]{{1,2}}\1[0-9]{{2}}|{_DAY}[ -]{MONTH}[ -]'?[0-9]{{2}}")
_CLOCK = re.compile(r",?(?: at)? (?:[0-9]{1,2}(?::[0-9]{2})? ?(?:[ap]m|[ap]\.m\.)|[0-9]{1,2}:[0-9]{2})$")
_ONLY_NUMBERS = re.compile(r"[0-9.,/ -]+")
HINT = "write days as 2026-09-08"


def read_day(text: str, time_zone: str | None = None) -> date:
    """One day. A moment with an offset is the day of `time_zone` then; without a zone, the day as it is written.

    Raises Unreadable (DATE_AMBIGUOUS for 03/04/2026) for anything less exact.
    """
    plain = one_line(text, "a day")
    day = _find_day(plain, time_zone)
    if day is None:
        raise Unreadable(f"is no day: {plain[:40]!r}", hint=HINT)
    return day


def read_date(text: str, time_zone: str | None = None) -> dict[str, Any]:
    """A partial date as a Record has it; words that name no date are kept as its text. A time beside a day is left out.

    Raises Unreadable for days that no calendar has, for those that can be two (DATE_AMBIGUOUS), and for other numbers.
    """
    plain = one_line(text, "a date")
    lower = plain.lower()
    if day := _find_day(plain, time_zone) or _find_day(_CLOCK.sub("", lower), time_zone):
        return {"earliest": day.isoformat(), "latest": day.isoformat(), "precision": "DAY"}
    if period := find_period(lower):
        return period | {"text": plain}
    if _ONLY_NUMBERS.fullmatch(plain):
        raise Unreadable(f"is a number that names no date: {plain[:40]!r}", hint=HINT)
    if months := months_listed(lower):
        return {"recurs": months, "text": plain}
    return {"precision": precision_of(lower), "text": plain}


def read_moment(text: str, time_zone: str | None = None) -> str:
    """A day, or a moment with its offset, as a Record has it. Raises Unreadable.

    A time without an offset is one of `time_zone`.
    """
    plain = one_line(text, "a day or a time")
    moment = find_moment(plain)
    if moment is None:
        return read_day(plain, time_zone).isoformat()
    if moment.tzinfo is None:
        if time_zone is None:
            message = f"has a time but no offset: {plain[:40]!r}"
            raise Unreadable(message, hint="write 2026-09-08T23:59-07:00, or only the day")
        moment = placed_in(moment, time_zone)
    return moment.isoformat(timespec="seconds" if moment.second else "minutes")


def _find_day(text: str, time_zone: str | None) -> date | None:
    """None where it is not written as one day. Raises Unreadable for a day that there is not, or that can be two."""
    if moment := find_moment(text):
        return day_of(moment, time_zone)
    lower = text.lower()
    if found := _YEAR_FIRST.fullmatch(lower) or _WITHOUT_SIGNS.fullmatch(lower):
        return _day(int(found[1]), int(found[3]), int(found[4]), text)
    if found := _YEAR_LAST.fullmatch(lower):
        return _in_either_order(int(found[1]), int(found[3]), int(found[4]), text)
    if _SHORT_YEAR.fullmatch(lower):
        raise Unreadable(f"has a year of two digits, or none: {text[:40]!r}", "DATE_AMBIGUOUS", HINT)
    for pattern in _NAMED_DAYS:
        if found := pattern.fullmatch(lower):
            return _named_day(found, text)
    return None


def _named_day(found: re.Match[str], text: str) -> date:
    day = _day(int(found["year"]), month_number(found["month"]), int(found["day"]), text)
    if found["weekday"] and not falls_on(day, found["weekday"]):
        raise Unreadable(f"is no {found['weekday']}: {text[:40]!r}", hint="correct the day, the year or the day of the week")
    return day


def _in_either_order(first: int, second: int, year: int, text: str) -> date:
    """The day, where only one of the two numbers can be the month, or both are alike."""
    days = {day for month, number in ((first, second), (second, first)) if (day := _possible_day(year, month, number))}
    if len(days) > 1:
        raise Unreadable(f"can be two days: {text[:40]!r}", "DATE_AMBIGUOUS", HINT)
    if not days:
        raise Unreadable(f"is no day of the calendar: {text[:40]!r}")
    day = days.pop()
    check_year(day, text)
    return day


def _day(year: int, month: int, number: int, text: str) -> date:
    day = _possible_day(year, month, number)
    if day is None:
        raise Unreadable(f"is no day of the calendar: {text[:40]!r}")
    check_year(day, text)
    return day


def _possible_day(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None
