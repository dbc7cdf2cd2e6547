"""Time zones from the pinned tzdata package, never from the machine: British Columbia's rules changed in 2026."""

import importlib.resources
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AfterValidator


@cache
def zone(name: str) -> ZoneInfo:
    """Raises ValueError for a name that the pinned tzdata does not have."""
    parts = name.split("/")
    if not all(part.replace("_", "").replace("-", "").replace("+", "").isalnum() for part in parts):
        raise ValueError(f"{name[:60]!r} is not an IANA time zone")
    try:
        with importlib.resources.files("tzdata").joinpath("zoneinfo", *parts).open("rb") as file:
            return ZoneInfo.from_file(file, key=name)
    except (OSError, ValueError):
        raise ValueError(f"{name[:60]!r} is not an IANA time zone, such as America/Vancouver") from None


def _known(name: str) -> str:
    return zone(name).key


ZoneName = Annotated[str, AfterValidator(_known)]


def day_in(moment: datetime, name: str) -> date:
    """Which day it is there."""
    return moment.astimezone(zone(name)).date()


def start_of_day(day: date, name: str) -> datetime:
    """The first instant of a day in a zone."""
    return datetime.combine(day, time.min, tzinfo=zone(name))


def end_of_day(day: date, name: str) -> datetime:
    """The instant at which a day is over: the first of the next day."""
    return start_of_day(day + timedelta(days=1), name)
