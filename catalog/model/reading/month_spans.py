"""How many days months in a row can have: the calendar itself is asked, so that leap years are where they are."""

from datetime import date
from functools import cache

from catalog.model.reading.unreadable import Unreadable
from catalog.model.shapes import FIRST_YEAR, LAST_YEAR

DAYS_IN_A_WEEK, MONTHS_IN_A_YEAR = 7, 12
SHORTEST_MONTH, LONGEST_MONTH = 28, 31
MOST_MONTHS = 1_200
"""A hundred years: nothing that is taught takes longer."""


def weeks_of_months(months: float) -> tuple[float, float]:
    """The fewest and the most weeks that so many months in a row can have. Raises Unreadable beyond a hundred years.

    Part of a month is that part of a short month, at least, and of a long one, at most.
    """
    if months > MOST_MONTHS:
        raise Unreadable("is longer than any course")
    whole, part = divmod(months, 1)
    least, most = days_of_months(int(whole))
    return (least + part * SHORTEST_MONTH) / DAYS_IN_A_WEEK, (most + part * LONGEST_MONTH) / DAYS_IN_A_WEEK


@cache
def days_of_months(months: int) -> tuple[int, int]:
    """The fewest and the most days of so many whole months in a row, wherever they begin in the years of a Record."""
    firsts = _first_days()
    spans = [end - start for start, end in zip(firsts, firsts[months:], strict=False)]
    return min(spans), max(spans)


@cache
def _first_days() -> list[int]:
    """The first day of each month, counted as `date` counts days."""
    years = range(FIRST_YEAR, LAST_YEAR + 1)
    return [date(year, month, 1).toordinal() for year in years for month in range(1, MONTHS_IN_A_YEAR + 1)]
