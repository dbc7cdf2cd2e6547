"""When a run meets: Schedule as weekly hours, weeks and meetings."""

import re
from dataclasses import dataclass, field
from typing import Any

from catalog.formats.schema_org.nodes import Node, is_object, text_of
from catalog.formats.schema_org.scope import Scope
from catalog.model.reading.days import read_day
from catalog.model.reading.lengths import read_length

_UNITS = {
    "daily": "D",
    "weekly": "W",
    "monthly": "M",
    "yearly": "Y",
    "p1d": "D",
    "p1w": "W",
    "p7d": "W",
    "p1m": "M",
    "p1y": "Y",
}
_DAYS = {
    word: name[:3].upper()
    for name in ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    for word in (name, name[:3], name[:2])
}
_CLOCK = re.compile(r"(?:.*T)?([01][0-9]|2[0-3]):([0-5][0-9])(?::.*)?")
MOST_MEETINGS, LONGEST_TIME = 50, 40


@dataclass(slots=True)
class Timetable:
    """`starts` and `ends` are as they are written."""

    weekly_hours: dict[str, Any] | None = None
    weeks: dict[str, Any] | None = None
    meetings: list[dict[str, Any]] = field(default_factory=list)
    starts: str | None = None
    ends: str | None = None


def read_timetable(node: Node, scope: Scope) -> Timetable:
    """Of several schedules each gives its meetings, and hours and weeks only where there is one."""
    found = Timetable()
    schedules = [scope.node(one, node.names) for one in node.take("courseSchedule") if is_object(one)]
    for one in schedules:
        _read(one, found, scope, is_only=len(schedules) == 1)
        scope.leave(one, "courseSchedule.")
    found.meetings = scope.capped("meetings", found.meetings, MOST_MEETINGS)
    return found


def _read(schedule: Node, found: Timetable, scope: Scope, *, is_only: bool) -> None:
    frequency = str(text_of(schedule.first("repeatFrequency"))).rpartition("/")[2].lower()
    unit, count = _UNITS.get(frequency), text_of(schedule.first("repeatCount"))
    each = text_of(schedule.first("duration"))
    length = scope.reading.take("courseSchedule", read_length, each) if each else None
    if is_only and unit and count:
        spans = scope.reading.take("courseSchedule", read_length, f"P{count.removesuffix('.0')}{unit}")
        found.weeks = spans.weeks if spans and "min" in (spans.weeks or {}) else None
    if is_only and unit == "W" and length:
        found.weekly_hours = length.hours or length.weekly_hours
    meeting = _meeting(schedule, scope)
    if meeting.keys() & {"days", "startTime"}:
        found.meetings.append(meeting | ({"everyWeeks": 1} if unit == "W" and "days" in meeting else {}))
    starts, ends = text_of(schedule.first("startDate")), text_of(schedule.first("endDate"))
    if is_only:
        found.starts, found.ends = starts, ends


def _meeting(schedule: Node, scope: Scope) -> dict[str, Any]:
    days = [_day(one, scope) for one in schedule.take("byDay")]
    meeting: dict[str, Any] = {"days": list(dict.fromkeys(one for one in days if one))}
    for name in ("startTime", "endTime"):
        text = text_of(schedule.first(name))
        clock = _CLOCK.fullmatch(text) if text and len(text) <= LONGEST_TIME else None
        if text and not clock:
            scope.reading.warn("VALUE_UNREADABLE", f"courseSchedule.{name} is no time such as 18:30", "meetings", text)
        meeting[name] = f"{clock[1]}:{clock[2]}" if clock else None
    for name, field_name in (("startDate", "startsOn"), ("endDate", "endsOn")):
        text = next((text_of(one) for one in schedule.peek(name)), None)
        day = scope.reading.take(f"courseSchedule.{name}", read_day, text, scope.reading.told.time_zone) if text else None
        meeting[field_name] = day.isoformat() if day else None
    return {key: value for key, value in meeting.items() if value}


def _day(value: Any, scope: Scope) -> str | None:
    text = str(text_of(value) or (value.get("@id") if is_object(value) else "")).rpartition("/")[2]
    found = _DAYS.get(text.lower())
    if found is None:
        scope.reading.warn("VALUE_UNREADABLE", "courseSchedule.byDay is no day of the week", "meetings", text)
    return found
