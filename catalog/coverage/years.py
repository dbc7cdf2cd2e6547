"""Years as public money and schools count them, and what starts in one."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

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


@dataclass(frozen=True, slots=True)
class Starts:
    """Rows that surely start within a time, and those that may or may not."""

    surely: Mask
    perhaps: Mask


def starts_between(view: View, first: date, last: date) -> Starts:
    """Where nothing is said of the start, it may be any day."""
    earliest, latest = view.delivery("starts_earliest"), view.delivery("starts_latest")
    begin, end = first.toordinal(), last.toordinal()
    surely = (earliest >= begin) & (latest <= end)
    never = (latest < begin) | (earliest > end)
    return Starts(surely, ~surely & ~never)
