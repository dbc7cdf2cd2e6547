"""Days with a time, as ISO 8601 writes them, and what a clock that is put forward and back makes of them."""

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

from catalog.model.reading.unreadable import Unreadable
from catalog.model.shapes import FIRST_YEAR, LAST_YEAR
from catalog.model.zones import zone

_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,9})?)?"
    r" ?(?:Z|[+-](?P<hours>[0-9]{2}):?(?P<minutes>[0-9]{2}))?"
)
MOST_OFFSET_HOURS, MINUTES_IN_AN_HOUR = 14, 60


def find_moment(text: str) -> datetime | None:
    """None where the text is not written as one; it is aware where an offset is written.

    Raises Unreadable for a moment that no calendar or clock has.
    """
    found = _MOMENT.fullmatch(text.upper())
    if found is None:
        return None
    if found["hours"] and (int(found["hours"]) > MOST_OFFSET_HOURS or int(found["minutes"]) >= MINUTES_IN_AN_HOUR):
        raise Unreadable(f"has an offset that no clock has: {text[:40]!r}")
    try:
        moment = datetime.fromisoformat(found[0].replace(" ", "T", 1).replace(" ", ""))
    except ValueError:
        raise Unreadable(f"is no moment of the calendar: {text[:40]!r}") from None
    check_year(moment.date(), text)
    return moment


def day_of(moment: datetime, time_zone: str | None) -> date:
    """The day of `time_zone` then; without an offset or a zone, the day as it is written. Raises Unreadable."""
    if moment.tzinfo is None or time_zone is None:
        return moment.date()
    day = moment.astimezone(zone_named(time_zone)).date()
    check_year(day, moment.isoformat())
    return day


def placed_in(moment: datetime, time_zone: str) -> datetime:
    """A time without an offset as one of `time_zone`. Raises Unreadable where clocks show it twice there, or never."""
    first = moment.replace(tzinfo=zone_named(time_zone))
    if first.utcoffset() != first.replace(fold=1).utcoffset():
        raise Unreadable(
            f"is a time that clocks in {time_zone} skip or show twice: {moment.isoformat(timespec='minutes')}",
            hint="write its offset, such as 2026-09-08T23:59-07:00",
        )
    return first


def zone_named(name: str) -> ZoneInfo:
    try:
        return zone(name)
    except ValueError as error:
        raise Unreadable(f"cannot be placed: {error}") from None


def check_year(day: date, text: str) -> None:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise Unreadable(f"is outside the years {FIRST_YEAR} to {LAST_YEAR}: {text[:40]!r}")
