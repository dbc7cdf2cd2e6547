"""Whether two runs meet at the same time. Only stated meetings clash; where none are stated nobody is said to be free."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

DAYS_OF_WEEK = 7


@dataclass(frozen=True, slots=True)
class Meeting:
    """Every so many weeks on a weekday (0 is Monday), from one day to another, between two minutes of the week's day.

    Days are ordinals; `starts` is the first day on which it meets.
    """

    weekday: int
    begins: int
    ends: int
    starts: int
    last: int
    every_weeks: int = 1
    except_on: frozenset[int] = frozenset()

    def days(self) -> range:
        return range(self.starts, self.last + 1, DAYS_OF_WEEK * self.every_weeks)


def meeting(
    weekday: int, begins: int, ends: int, first: int, last: int, every_weeks: int = 1, except_on: Iterable[date] = ()
) -> Meeting:
    """`first` is any day from which on it holds: the first meeting is on the next such weekday."""
    offset = (weekday - date.fromordinal(first).weekday()) % DAYS_OF_WEEK
    without = frozenset(day.toordinal() for day in except_on)
    return Meeting(weekday, begins, ends, first + offset, last, max(every_weeks, 1), without)


def clash(left: Iterable[Meeting], right: Iterable[Meeting]) -> bool:
    others = list(right)
    return any(_clash(one, other) for one in left for other in others)


def _clash(left: Meeting, right: Meeting) -> bool:
    if left.weekday != right.weekday or left.begins >= right.ends or right.begins >= left.ends:
        return False
    if left.last < right.starts or right.last < left.starts:
        return False
    shared = set(left.days()).intersection(right.days()) - left.except_on - right.except_on
    return bool(shared)
