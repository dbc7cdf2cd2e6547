"""Plans as iCalendar: meetings with their rules and zones, other steps as whole days."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from icalendar import Calendar, Event, Timezone
from icalendar.prop import vRecur

from catalog.model.vocabulary import OfferingRun, Weekday
from catalog.model.zones import zone
from catalog.pathways.plans.candidates import WEEKDAYS, is_timed
from catalog.pathways.plans.links import LinkedStep

PRODUCT = "-//Micro-credential catalogue//Plan//EN"
FALLBACK_ZONE = "America/Vancouver"
DAYS = {"MON": "MO", "TUE": "TU", "WED": "WE", "THU": "TH", "FRI": "FR", "SAT": "SA", "SUN": "SU"}
MOST_EVENTS = 1_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One step with what is shown of it now."""

    step: LinkedStep
    title: str
    provider: str
    url: str | None
    offering: dict[str, Any] | None
    changed: str | None = None
    """What has become of it since it was planned, or what it rests on."""

    @property
    def is_cancelled(self) -> bool:
        return self.offering is not None and self.offering["run"] == OfferingRun.CANCELLED


def write_calendar(entries: Iterable[Entry], now: datetime) -> bytes:
    """`now` is when it was asked for. Time zones are written out from the pinned tzdata."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Micro-credential plan")
    listed = list(entries)
    events = list(islice((event for one in listed for event in _events(one)), MOST_EVENTS))
    zones = {name for one in listed if (name := _zone(one)) is not None and _timed(one)}
    for name in sorted(zones):
        first, last = min(one.step.starts for one in listed), max(one.step.ends for one in listed)
        span = (date.fromordinal(first) - timedelta(days=366), date.fromordinal(last) + timedelta(days=366))
        calendar.add_component(Timezone.from_tzinfo(zone(name), name, *span))
    for event in events:
        event.add("dtstamp", now)
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _events(one: Entry) -> Iterator[Event]:
    timed = _timed(one)
    for place, meeting in enumerate(timed):
        yield from _meeting(one, meeting, place)
    if not timed:
        yield _whole_days(one)
    if one.offering and one.offering["registrationClosesAt"] and not one.is_cancelled:
        closes = datetime.fromisoformat(one.offering["registrationClosesAt"]).astimezone(zone(_zone(one) or FALLBACK_ZONE))
        event = _event(one, "registration", f"Registration closes: {one.title}")
        event.add("dtstart", closes.date())
        event.add("dtend", closes.date() + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
        yield event


def _timed(one: Entry) -> list[dict[str, Any]]:
    meetings = one.offering["meetings"] if one.offering else ()
    return [own for own in meetings if is_timed(own) and own["required"] is not False]


def _zone(one: Entry) -> str | None:
    return (one.offering["timeZone"] or FALLBACK_ZONE) if one.offering else None


def _meeting(one: Entry, meeting: dict[str, Any], place: int) -> Iterator[Event]:
    """Every so many weeks on its days; the first one says at what time and in which zone."""
    own_zone = zone(_zone(one) or FALLBACK_ZONE)
    first, last = _days_of(one, meeting)
    begins, ends = time.fromisoformat(meeting["startTime"]), time.fromisoformat(meeting["endTime"])
    over = timedelta(days=1 if ends <= begins else 0)  # over midnight
    without = {date.fromisoformat(day) for day in meeting["except"]}
    for day in meeting["days"] or [tuple(Weekday)[first.weekday()]]:
        on = first + timedelta(days=(WEEKDAYS[Weekday(day)] - first.weekday()) % 7)
        if on > last:
            continue
        event = _event(one, f"meeting-{place}-{day}", one.title)
        event.add("dtstart", datetime.combine(on, begins, own_zone))
        event.add("dtend", datetime.combine(on + over, ends, own_zone))
        if meeting["days"]:
            until = datetime.combine(last, time(23, 59, 59), own_zone).astimezone(zone("Etc/UTC"))
            event.add("rrule", vRecur(FREQ="WEEKLY", INTERVAL=meeting["everyWeeks"] or 1, BYDAY=DAYS[day], UNTIL=until))
        for left_out in sorted(without):
            if on <= left_out <= last and (left_out - on).days % (7 * (meeting["everyWeeks"] or 1)) == 0:
                event.add("exdate", datetime.combine(left_out, begins, own_zone))
        yield event


def _days_of(one: Entry, meeting: dict[str, Any]) -> tuple[date, date]:
    """Its own days inside those of the step; what states no days of the week is on one day."""
    starts, ends = date.fromordinal(one.step.starts), date.fromordinal(one.step.ends)
    first = max(date.fromisoformat(meeting["startsOn"]) if meeting["startsOn"] else starts, starts)
    if not meeting["days"]:
        return first, first
    return first, min(date.fromisoformat(meeting["endsOn"]) if meeting["endsOn"] else ends, ends)


def _whole_days(one: Entry) -> Event:
    event = _event(one, "days", one.title)
    event.add("dtstart", date.fromordinal(one.step.starts))
    event.add("dtend", date.fromordinal(one.step.ends) + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    return event


def _event(one: Entry, kind: str, summary: str) -> Event:
    event = Event()
    named = f"{one.step.credential}/{one.step.offering}/{one.step.starts}/{kind}"
    event.add("uid", f"{uuid5(NAMESPACE_URL, named)}@micro-credential-catalogue")
    event.add("summary", summary)
    event.add("description", "\n".join(filter(None, [one.provider, one.changed])))
    if one.url:
        event.add("url", one.url)
    if one.is_cancelled:
        event.add("status", "CANCELLED")
    return event
