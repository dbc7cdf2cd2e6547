"""Lengths of time as the calendar counts them: ISO 8601 durations in whole days or more, such as P2Y or P6M."""

from datetime import MAXYEAR, MINYEAR, date, timedelta
from functools import lru_cache

from catalog.model.rule import DURATION

MONTHS_IN_A_YEAR = 12
MOST_DIGITS = 6  # anything longer is for ever, whatever its digits


def add_months(day: date, months: int) -> date:
    """The same day of another month, or that month's last day. Beyond the calendar it is the calendar's end."""
    years, month = divmod(day.month - 1 + months, MONTHS_IN_A_YEAR)
    year = day.year + years
    if not MINYEAR <= year <= MAXYEAR:
        return date.max if months > 0 else date.min
    last = [31, 29 if _is_leap(year) else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month]
    return date(year, month + 1, min(day.day, last))


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


@lru_cache(1_000)
def _parts(duration: str) -> tuple[int, int]:
    """(months, days). Raises ValueError for what is no duration of ours."""
    found = DURATION.fullmatch(duration)
    if found is None:
        raise ValueError(f"{duration[:40]!r} is no ISO 8601 duration in whole days or more")
    years, months, weeks, days = (int(one[:-1][:MOST_DIGITS]) if one else 0 for one in found.groups())
    return years * MONTHS_IN_A_YEAR + months, weeks * 7 + days


def later(day: date, duration: str) -> date:
    months, days = _parts(duration)
    return _shift(add_months(day, months), days)


def _shift(day: date, days: int) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min
