"""Whether two runs meet at the same time. Only stated meetings clash; where none are stated nobody is said to be free."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from math import gcd, lcm

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
    first, last = max(left.starts, right.starts), min(left.last, right.last)
    if first > last:
        return False
    return any(True for _ in _shared(left, right, first, last))


def _shared(left: Meeting, right: Meeting, first: int, last: int) -> Iterator[int]:
    """The days on which both meet: they lie as far apart as both rhythms together."""
    one, other = left.every_weeks * DAYS_OF_WEEK, right.every_weeks * DAYS_OF_WEEK
    if (left.starts - right.starts) % gcd(one, other):
        return
    day = left.starts + -(-(first - left.starts) // one) * one
    while (day - right.starts) % other:
        day += one
    for shared in range(day, last + 1, lcm(one, other)):
        if shared not in left.except_on and shared not in right.except_on:
            yield shared
