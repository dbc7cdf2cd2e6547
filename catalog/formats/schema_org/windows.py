"""When a run begins and ends, and when one can register: as exactly as it is written, and no more."""

from typing import Any

from catalog.formats.schema_org.nodes import Node, is_object, text_of
from catalog.formats.schema_org.scope import Scope
from catalog.model.reading.days import read_date, read_moment
from catalog.model.shapes import LINE_LENGTH

Date = dict[str, Any]


def read_dates(node: Node, starts: str | None, ends: str | None, scope: Scope) -> dict[str, Date | None]:
    """StartsOn and endsOn; `starts` and `ends` are what the schedule says, for a run that does not."""
    begin = _date("startsOn", node.first("startDate") or starts, scope)
    end = _date("endsOn", node.first("endDate") or ends, scope)
    if begin and end and end.get("latest", "9") < begin.get("earliest", ""):
        message = f"endDate {end['latest']} is before startDate {begin['earliest']}; it is left out"
        scope.reading.warn("VALUE_UNREADABLE", message, "endsOn", end["latest"])
        end = None
    return {"startsOn": begin, "endsOn": end}


def _date(path: str, value: Any, scope: Scope) -> Date | None:
    """What cannot be read as a date keeps its words."""
    if value is None:
        return None
    found = scope.parse(path, read_date, value, scope.reading.told.time_zone)
    text = text_of(value)
    if found is None and text:
        return {"precision": "UNKNOWN", "text": text[:LINE_LENGTH]}
    return found


def read_windows(node: Node, scope: Scope) -> list[dict[str, str]]:
    """From the offers of a run, and the days for applying of a program."""
    offers = [scope.node(one, node.names) for one in node.peek("offers") if is_object(one)]
    windows = [_window(node, "applicationStartDate", "applicationDeadline", scope)]
    windows += [_window(one, "availabilityStarts", "availabilityEnds", scope) for one in offers]
    return scope.capped("registrationWindows", (one for one in windows if one), 10)


def _window(node: Node, opens: str, closes: str, scope: Scope) -> dict[str, str] | None:
    found = {}
    for key, name in (("opensAt", opens), ("closesAt", closes)):
        value = node.first(name)
        moment = scope.parse(name, read_moment, value, scope.reading.told.time_zone) if value is not None else None
        if moment:
            found[key] = moment
    if found.get("closesAt", "9")[:10] < found.get("opensAt", "")[:10]:
        scope.reading.warn("VALUE_UNREADABLE", f"{closes} is before {opens}; both are left out", "registrationWindows")
        return None
    return found or None
