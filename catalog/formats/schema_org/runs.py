"""CourseInstance as offering, or as what usually holds where a course has one run and that has no dates."""

from dataclasses import dataclass, field
from typing import Any

from catalog.formats.schema_org.identity import part_ref, stated_identifiers
from catalog.formats.schema_org.modes import read_modes
from catalog.formats.schema_org.nodes import Node, is_object, text_of
from catalog.formats.schema_org.places import read_places
from catalog.formats.schema_org.prices import read_fees
from catalog.formats.schema_org.schedules import read_timetable
from catalog.formats.schema_org.scope import Scope
from catalog.formats.schema_org.spans import Span, read_span, read_workload
from catalog.formats.schema_org.tongues import read_languages
from catalog.formats.schema_org.windows import read_dates, read_windows
from catalog.model.reading.numbers import read_number

_CANCELLED = {"EventCancelled": "CANCELLED", "EventPostponed": "POSTPONED"}
_USUAL = "#usual"
MOST_SEATS = 1_000_000
_DATES = ("startsOn", "endsOn", "registrationWindows")


@dataclass(slots=True)
class Run:
    """One run, and what it says of the course: how much work it is."""

    value: dict[str, Any]
    hours: Span | None = None
    weekly_hours: Span | None = None
    is_usual: bool = field(default=False)


def read_run(node: Node, title: dict[str, str], scope: Scope, *, is_own: bool = True) -> Run:
    """`is_own` is false where a course or program says of itself when it runs: its name and address are not the run's."""
    timetable = read_timetable(node, scope)
    length, workload = read_span(node, "duration", scope), read_workload(node, scope)
    places, is_virtual = read_places(node, scope)
    taught = read_modes(node, scope)
    value: dict[str, Any] = {
        **taught,
        "mode": taught.get("mode") or ("ONLINE" if is_virtual and not places else None),
        "weeks": length.weeks or workload.weeks or timetable.weeks,
        "places": places,
        "meetings": timetable.meetings,
        "fees": read_fees(node, scope),
        "languages": read_languages(node, scope) if is_own else None,
        "registerUrl": _register_address(node, scope, is_own=is_own),
    }
    dates = {
        **read_dates(node, timetable.starts, timetable.ends, scope),
        "registrationWindows": read_windows(node, scope),
        "run": next((_CANCELLED.get(one) for one in _statuses(node)), None),
        "seats": _seats(node, scope),
    }
    names = _names(node, title, scope) if is_own else {}
    is_usual = bool(node.id and node.id.endswith(_USUAL)) or not (names or any(dates.get(one) for one in _DATES))
    if is_own:
        node.take("offers")
        scope.leave(node, "hasCourseInstance.")
    hours = workload.hours or length.hours
    weekly = workload.weekly_hours or length.weekly_hours or timetable.weekly_hours
    return Run(value if is_usual else {**names, **value, **dates}, hours, weekly, is_usual)


def _names(node: Node, title: dict[str, str], scope: Scope) -> dict[str, Any]:
    """What tells a run apart; its name only where it says more than the course's."""
    label = scope.line("label", scope.label(node.first("name"), node.names))
    node.take("url")
    found = {
        "ref": part_ref(node, scope),
        "label": None if label in title.values() else label,
        "identifiers": stated_identifiers(node, scope),
    }
    return {key: value for key, value in found.items() if value}


def _register_address(node: Node, scope: Scope, *, is_own: bool) -> str | None:
    """Where its offers lead, else its own page."""
    offers = [scope.node(one, node.names) for one in node.peek("offers") if is_object(one)]
    found = dict.fromkeys(address for one in offers if (address := scope.address("registerUrl", one, "url")))
    if is_own:
        return next(iter(found), None) or scope.address("registerUrl", node, "url")
    return next(iter(found)) if len(found) == 1 else None


def _statuses(node: Node) -> list[str]:
    return [str(text_of(one)).rpartition("/")[2] for one in node.take("eventStatus")]


def _seats(node: Node, scope: Scope) -> int | None:
    for name in ("maximumAttendeeCapacity", "maximumEnrollment"):
        for one in node.take(name):
            number = scope.parse("seats", read_number, one)
            if number is not None and number.is_integer() and number <= MOST_SEATS:
                return int(number)
            if number is not None:
                scope.reading.warn("VALUE_UNREADABLE", f"{name} is no number of seats", "seats", number)
    return None
