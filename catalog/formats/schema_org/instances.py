"""Offerings as CourseInstance."""

from collections.abc import Mapping
from typing import Any

from catalog.formats.schema_org.offers import offer
from catalog.formats.schema_org.organizations import location
from catalog.formats.schema_org.rules import CONFORMS_TO, INSTANCE_PROFILE, instance_minimum_problems
from catalog.formats.schema_org.values import exact_day, exactly, hours, plain_number, stated, urn, weeks

COURSE_MODE = {
    "IN_PERSON": "Onsite",
    "WORKPLACE": "Onsite",
    "ONLINE": "Online",
    "ONLINE_LIVE": "Online",
    "ONLINE_ANYTIME": "Online",
    "BLENDED": "Blended",
    "HYFLEX": "Blended",
}
"""Google knows these three words."""
_ATTENDANCE = {
    "Onsite": "OfflineEventAttendanceMode",
    "Online": "OnlineEventAttendanceMode",
    "Blended": "MixedEventAttendanceMode",
}
_STATUS = {
    "CANCELLED": "EventCancelled",
    "POSTPONED": "EventPostponed",
    "PLANNED": "EventScheduled",
    "CONFIRMED": "EventScheduled",
}


def course_instances(document: Mapping[str, Any], campuses: Mapping[str, Mapping[str, Any]]) -> list[dict[str, Any]]:
    """One for each offering; where there is none, one for what usually holds, if that says how it is taught."""
    runs = [_dated(one, document, campuses) for one in document["offerings"]]
    usual = document["usual"]
    if runs or not usual or not usual["mode"]:
        return runs
    return [_claiming(_run(usual, document, campuses) | {"@id": f"{urn(document['id'])}#usual"})]


def _dated(one: Mapping[str, Any], document: Mapping[str, Any], campuses: Mapping[str, Any]) -> dict[str, Any]:
    dates = {
        "@id": urn(one["id"]),
        "name": one["label"],
        "startDate": exact_day(one["startsOn"]),
        "endDate": exact_day(one["endsOn"]),
        "eventStatus": _STATUS.get(one["run"]) and f"https://schema.org/{_STATUS[one['run']]}",
        "maximumAttendeeCapacity": one["seats"],
    }
    return _claiming(stated(_run(one, document, campuses) | dates))


def _run(run: Mapping[str, Any], document: Mapping[str, Any], campuses: Mapping[str, Any]) -> dict[str, Any]:
    mode = COURSE_MODE.get(run["mode"])
    length = run["weeks"] or document["weeks"]
    return stated(
        {
            "@type": "CourseInstance",
            "courseMode": mode,
            "eventAttendanceMode": mode and f"https://schema.org/{_ATTENDANCE[mode]}",
            "courseWorkload": hours(document["totalHours"]) or hours(document["statedHours"]),
            "courseSchedule": _weekly(document["weeklyHours"], length),
            "duration": weeks(length),
            "location": location(run, campuses),
            "inLanguage": run["languages"] or document["languages"],
            "offers": offer(run),
            "url": run["registerUrl"],
        }
    )


def _weekly(weekly: Mapping[str, Any] | None, length: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """So many hours in each of so many weeks, where both are exact."""
    number, each = exactly(length), exactly(weekly)
    if not number or not each or not number.is_integer():
        return None
    pace = {"repeatFrequency": "Weekly", "repeatCount": int(number)}
    return {"@type": "Schedule", "duration": f"PT{plain_number(each)}H", **pace}


def _claiming(instance: dict[str, Any]) -> dict[str, Any]:
    """Names the Bioschemas profile, where it has all that the profile asks for."""
    if any(instance_minimum_problems(instance)):
        return instance
    return instance | {CONFORMS_TO: {"@id": INSTANCE_PROFILE}}
