"""Years as public money and schools count them, and what starts in one."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from catalog.search.columns.ragged import Mask
from catalog.search.narrowing.view import View

APRIL, SEPTEMBER = 4, 9
_YEAR = re.compile(r"(20\d\d)/(\d\d)")


def fiscal_year(day: date) -> str:
    """Of the Province of British Columbia: April to March."""
    return _year_from(day, APRIL)


def academic_year(day: date) -> str:
    """September to August."""
    return _year_from(day, SEPTEMBER)


def _year_from(day: date, month: int) -> str:
    first = day.year if day.month >= month else day.year - 1
    return f"{first}/{(first + 1) % 100:02d}"


def read_fiscal_year(text: str) -> tuple[date, date]:
    """Its first and its last day, of `2026/27`. Raises ValueError."""
    found = _YEAR.fullmatch(text)
    if found is None or (int(found[1]) + 1) % 100 != int(found[2]):
        message = f"{text!r} is no fiscal year; write it as 2026/27"
        raise ValueError(message)
    first = int(found[1])
    return date(first, APRIL, 1), date(first + 1, APRIL, 1) - timedelta(days=1)


MOST_MOMENTS = 24
"""Of a trend: each is counted anew."""


class TrendInterval(StrEnum):
    """How far the moments of a trend lie apart."""

    DAY = "DAY"
    WEEK = "WEEK"
    MONTH = "MONTH"
    QUARTER = "QUARTER"
    YEAR = "YEAR"


DAYS = {TrendInterval.DAY: 1, TrendInterval.WEEK: 7}
MONTHS = {TrendInterval.MONTH: 1, TrendInterval.QUARTER: 3, TrendInterval.YEAR: 12}


def trend_moments(first: datetime, last: datetime, interval: TrendInterval) -> list[datetime]:
    """From the first to the last, both where they fall on one; of more than the most one more, which is too many."""
    found: list[datetime] = []
    while len(found) <= MOST_MOMENTS:
        number = len(found)
        step = number * DAYS[interval] if interval in DAYS else 0
        at = first + timedelta(days=step) if step else _months_later(first, number * MONTHS.get(interval, 0))
        if at > last:
            break
        found.append(at)
    return found


def _months_later(moment: datetime, months: int) -> datetime:
    """The same day of a later month, or its last day."""
    year, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    return moment.replace(year=year, month=month + 1, day=min(moment.day, monthrange(year, month + 1)[1]))


@dataclass(frozen=True, slots=True)
class Starts:
    """Rows that surely start within a time, and those that may or may not."""

    surely: Mask
    perhaps: Mask


def starts_between(view: View, first: date, last: date) -> Starts:
    """Where nothing is said of the start, it may be any day; so where it was put off without a new one. Cancelled: never."""
    earliest, latest = view.delivery("starts_earliest"), view.delivery("starts_latest")
    begin, end = first.toordinal(), last.toordinal()
    cancelled, put_off = view.delivery("cancelled"), view.delivery("unscheduled")
    surely = (earliest >= begin) & (latest <= end) & ~cancelled & ~put_off
    never = cancelled | (((latest < begin) | (earliest > end)) & ~put_off)
    return Starts(surely, ~surely & ~never)
