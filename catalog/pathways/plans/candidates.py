"""Makes candidates of offerings as they are rendered; what they do not say is named, never taken to be well."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from catalog.model.places import CampusFacts
from catalog.model.render.offering import FALLBACK_ZONE
from catalog.model.status import MOST_WEEKS, SELF_PACED
from catalog.model.vocabulary import Attendance, DeliveryMode, OfferingStatus, Weekday
from catalog.model.zones import zone
from catalog.pathways.money.fees import Bill, bill
from catalog.pathways.money.net import Purchase, payable
from catalog.pathways.money.programs import Help
from catalog.pathways.plans.clashes import Meeting, meeting
from catalog.pathways.plans.problem import Candidate
from catalog.pathways.plans.wishes import Wishes, answers, kilometres
from catalog.pathways.profile import Profile

OPEN = frozenset({OfferingStatus.OPEN, OfferingStatus.UPCOMING, OfferingStatus.UNKNOWN})
"""What may still be got into. A full one, or one with a waitlist, is not planned with."""
WEEK = 7
MIDNIGHT = 24 * 60
NO_LENGTH = "how long it takes is not stated: what follows may have to wait"
NO_END = "when it ends is not stated: what follows may have to wait"
MOST_STARTS = 30
"""Days on which a step without dates is tried: at first, and after each end of what might come before it."""
WEEKDAYS = {one: number for number, one in enumerate(Weekday)}


@dataclass(frozen=True, slots=True)
class Found:
    """A candidate, the wishes that it fails, and whether it has dates of its own."""

    candidate: Candidate
    fails: frozenset[str] = frozenset()
    is_dated: bool = True


@dataclass(frozen=True, slots=True)
class Market:
    """All that candidates are made with."""

    wishes: Wishes
    profile: Profile | None
    campuses: Mapping[str, CampusFacts]
    helps: Mapping[str, Help]
    designated: Mapping[str, set[str]]
    statuses: Mapping[str, OfferingStatus]
    first: date

    def of_credential(self, document: Mapping[str, Any]) -> list[Found]:
        """Its dated offerings; where none can be got into, one step of typical length, beginning on the first day."""
        open_ones = [one for one in document["offerings"] if self.statuses[one["id"]] in OPEN]
        dated = [one for one in open_ones if one["intake"] not in SELF_PACED and _days(one, document) is not None]
        found = [self._dated(one, document) for one in dated]
        if found or not document["catalogued"]:
            return [one for one in found if one.candidate.ends >= self.first.toordinal()]
        undated = next((one for one in open_ones), document["usual"])
        return [self._typical(undated or NOTHING_STATED, document)]

    def _why_typical(self, run: Mapping[str, Any], document: Mapping[str, Any]) -> str:
        if run.get("intake") in SELF_PACED and "id" in run:
            return "it can be begun at any time: planned by its typical length"
        past = sorted({str(self.statuses[one["id"]]).lower() for one in document["offerings"]})
        listed = f" (its offerings are: {', '.join(past)})" if past else ""
        return f"no dated offering can be got into{listed}: planned by its typical length"

    def _dated(self, run: Mapping[str, Any], document: Mapping[str, Any]) -> Found:
        starts, ends, unknowns = _days(run, document) or (self.first, self.first, ())
        if self.statuses[run["id"]] is OfferingStatus.UNKNOWN:
            unknowns = (*unknowns, "whether it can still be got into is not known")
        if starts < self.first and (run["startsOn"] or {}).get("latest", "") >= self.first.isoformat():
            starts = self.first  # on which day of the span it begins is not stated
        fails = {"startAfter"} if starts < self.first else set()
        if self.wishes.finish_before and ends > self.wishes.finish_before:
            fails.add("finishBefore")
        return self._found(run, document, (starts, ends), run["id"], unknowns, fails)

    def _typical(self, run: Mapping[str, Any], document: Mapping[str, Any]) -> Found:
        weeks = _weeks(run, document)
        unknowns = [self._why_typical(run, document)]
        if weeks is None:
            unknowns.append(NO_LENGTH)
        ends = self.first + timedelta(weeks=min(weeks or 0, MOST_WEEKS)) - timedelta(days=1 if weeks else 0)
        return replace(self._found(run, document, (self.first, ends), run.get("id"), tuple(unknowns), set()), is_dated=False)

    def _found(
        self,
        run: Mapping[str, Any],
        document: Mapping[str, Any],
        days: tuple[date, date],
        offering: str | None,
        unknowns: tuple[str, ...],
        fails: set[str],
    ) -> Found:
        own = answers(run, document, self.wishes, self.campuses)
        cost = bill(run, self.profile)
        purchase = Purchase(cost, frozenset(self.designated.get(document["id"], ())))
        sure = {key: payable(key, one, purchase) for key, one in self.helps.items() if one.is_sure}
        funded = {key: float(amount) for key, amount in sure.items() if amount}
        meets = tuple(_meetings(run, days))
        candidate = Candidate(
            offering or document["id"],
            document["id"],
            offering,
            days[0].toordinal(),
            days[1].toordinal(),
            None if cost.total is None else float(cost.total),
            funded,
            _fees(cost),
            _hours(run, document, days),
            kilometres(run, self.wishes.near, self.campuses),
            document["provider"] in self.wishes.prefer_institutions,
            meets,
            (*unknowns, *_unknowns(run, document, own, self.wishes, days, is_priced=cost.total is not None), *cost.unknowns),
        )
        return Found(candidate, frozenset(fails | {name for name, answer in own.items() if answer is False}))


def _fees(cost: Bill) -> dict[str, float]:
    found: dict[str, float] = {}
    for one in cost.fees:
        found[str(one.kind)] = found.get(str(one.kind), 0.0) + float(one.amount or 0)
    return found


NOTHING_STATED: dict[str, Any] = {
    "mode": None,
    "weeks": None,
    "price": None,
    "places": [],
    "attendance": [],
    "languages": [],
    "fees": [],
    "meetings": [],
}


def spread(found: Iterable[Found], most: int = MOST_STARTS) -> list[Found]:
    """Steps without dates at every day on which they could begin: the first, or the day after something else has ended.

    A plan in which nothing waits without need has no other beginnings.
    """
    listed = list(found)
    undated = [one for one in listed if not one.is_dated]
    dated = [one for one in listed if one.is_dated]
    if not undated:
        return dated
    starts = {one.candidate.starts for one in undated} | {one.candidate.ends + 1 for one in dated}
    lengths = sorted({one.candidate.ends - one.candidate.starts for one in undated})
    for _ in undated:
        starts |= {day + length + 1 for day in sorted(starts)[:most] for length in lengths}
    return [*dated, *(_moved(one, day) for one in undated for day in sorted(starts)[:most])]


def _moved(one: Found, day: int) -> Found:
    moved, own = day - one.candidate.starts, one.candidate
    key = f"{own.key}@{day}"
    return replace(one, candidate=replace(own, key=key, starts=day, ends=own.ends + moved, meetings=()))


def _days(run: Mapping[str, Any], document: Mapping[str, Any]) -> tuple[date, date, tuple[str, ...]] | None:
    """The first day that it may begin and the last that it may end; None where no day of its start is stated."""
    starts, ends = run["startsOn"] or {}, run["endsOn"] or {}
    if not (starts.get("earliest") and starts.get("latest")):
        return None
    first, latest = date.fromisoformat(starts["earliest"]), date.fromisoformat(starts["latest"])
    unknowns = [] if first == latest else ["on which day exactly it begins is not stated"]
    if ends.get("latest"):
        return first, max(date.fromisoformat(ends["latest"]), first), tuple(unknowns)
    weeks = _weeks(run, document)
    if weeks:
        return first, latest + timedelta(weeks=min(weeks, MOST_WEEKS)) - timedelta(days=1), tuple(unknowns)
    return first, latest, (*unknowns, NO_END)


def _weeks(run: Mapping[str, Any], document: Mapping[str, Any]) -> float | None:
    stated = run["weeks"] or document["weeks"] or {}
    return stated.get("max") or None


def _hours(run: Mapping[str, Any], document: Mapping[str, Any], days: tuple[date, date]) -> float | None:
    """A week: as stated, else all hours over its weeks, or over the weeks between its days."""
    if weekly := (document["weeklyHours"] or {}).get("max"):
        return float(weekly)
    stated = document["totalHours"] or document["instructionalHours"] or document["statedHours"] or {}
    weeks = _weeks(run, document) or ((days[1] - days[0]).days + 1) / WEEK
    return float(stated["max"]) / max(weeks, 1.0) if stated.get("max") and weeks > 1 else None


def _meetings(run: Mapping[str, Any], days: tuple[date, date]) -> Iterator[Meeting]:
    """Those that must be attended and say on which days and at what time."""
    for one in run.get("meetings", ()):
        if not is_timed(one) or one["required"] is False:
            continue
        first, last = one["startsOn"] or days[0].isoformat(), one["endsOn"] or one["startsOn"] or days[1].isoformat()
        last = one["endsOn"] or (last if not one["days"] else days[1].isoformat())
        without = [date.fromisoformat(day) for day in one["except"]]
        shift = _minutes_behind(run.get("timeZone"), date.fromisoformat(first))
        for day in one["days"] or [tuple(Weekday)[date.fromisoformat(first).weekday()]]:
            begins, ends = _minutes(one["startTime"]) + shift, _minutes(one["endTime"]) + shift
            number, every = WEEKDAYS[Weekday(day)], one["everyWeeks"] or 1
            from_day, to_day = date.fromisoformat(first).toordinal(), date.fromisoformat(last).toordinal()
            if ends > begins:
                yield meeting(number, begins, ends, from_day, to_day, every, without)
            else:  # over midnight: what is left of it is on the day after
                yield meeting(number, begins, MIDNIGHT, from_day, to_day, every, without)
                after = [own + timedelta(days=1) for own in without]
                yield meeting((number + 1) % WEEK, 0, ends, from_day + 1, to_day + 1, every, after)


def is_timed(meeting_: Mapping[str, Any]) -> bool:
    """Whether it says when it is: on days of the week, or on one day."""
    return bool(meeting_["startTime"] and meeting_["endTime"] and (meeting_["days"] or meeting_["startsOn"]))


def _minutes_behind(name: str | None, day: date) -> int:
    """How far the clocks of most of the province are behind those of a zone: meetings are compared on one clock."""
    noon = datetime.combine(day, time(12), zone(name or FALLBACK_ZONE))
    there, here = noon.utcoffset(), noon.astimezone(zone(FALLBACK_ZONE)).utcoffset()
    assert there is not None
    assert here is not None
    return int((here - there).total_seconds()) // 60


def _minutes(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


WISHED = {
    "regions": "whether it is taught in the wanted regions is not stated",
    "near": "how far away it is taught is not stated",
    "modes": "whether it is taught in the wanted way is not stated",
    "attendance": "at what time of day it is taught is not stated",
    "languages": "in which language it is taught is not stated",
}
ANY_TIME = frozenset({DeliveryMode.ONLINE_ANYTIME})


def _unknowns(
    run: Mapping[str, Any],
    document: Mapping[str, Any],
    own: Mapping[str, Any],
    wishes: Wishes,
    days: tuple[date, date],
    *,
    is_priced: bool,
) -> Iterator[str]:
    meetings = run.get("meetings", ())
    timed = [one for one in meetings if is_timed(one)]
    is_free = run["mode"] in ANY_TIME or Attendance.ANYTIME in run["attendance"]
    if not is_free and len(timed) < max(len(meetings), 1):
        yield "when it meets is not stated: it may clash"
    yield from (WISHED[name] for name, answer in own.items() if answer is None)
    if wishes.hours_per_week is not None and _hours(run, document, days) is None:
        yield "hours a week are not stated: they count as none"
    if wishes.budget is not None and not is_priced:
        yield "its price is not stated: the budget could not be checked"


def kept(found: Sequence[Found], dropped: Iterable[str] = ()) -> list[Candidate]:
    """Candidates that fail no wish but those that are dropped."""
    allowed = frozenset(dropped)
    return [one.candidate for one in found if one.fails <= allowed]
