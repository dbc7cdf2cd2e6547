"""Whether a learner can get into an offering now: a pure function of the offering, its confirmation, seats and the clock.

RECORD.md gives the order of the questions; the first that is answered decides. A day in a record is a whole day in the
offering's zone, and a claim about it holds only when it holds for all of it: a start "in August 2020" is past when August
is over, and in the future until August begins.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from catalog.model.durations import add_months
from catalog.model.records.offering import Moment, Offering, RegistrationWindow
from catalog.model.vocabulary import Intake, OfferingRun, OfferingStatus, OfferingWhen
from catalog.model.zones import end_of_day, start_of_day

CONFIRMATION_DAYS = 400
MONTHS_WITHOUT_END = 12
MOST_WEEKS = 2_000  # longer courses are typing errors, and dates end in the year 9999
CONFIRMATION_ZONE = "Etc/UTC"  # a confirmation is a date on which somebody looked; it has no place
SELF_PACED = (Intake.CONTINUOUS, Intake.ON_DEMAND)
CURRENT = frozenset(
    {
        OfferingStatus.UPCOMING,
        OfferingStatus.OPEN,
        OfferingStatus.WAITLIST,
        OfferingStatus.FULL,
        OfferingStatus.UNKNOWN,
    }
)
_OF_CREDENTIAL = tuple(
    OfferingStatus(s) for s in ["OPEN", "WAITLIST", "UPCOMING", "FULL", "UNKNOWN", "STARTED", "CLOSED", "ENDED", "CANCELLED"]
)


@dataclass(frozen=True, slots=True)
class Timeline:
    """What decides an offering's status, as instants. None: not stated."""

    cancelled: bool
    unscheduled: bool
    """Postponed without a new start."""
    self_paced: bool
    waitlist_open: bool
    ended_at: datetime | None
    started_at: datetime | None
    """The end of the latest possible first day; never stated for a self-paced intake."""
    future_until: datetime | None
    """The begin of the earliest possible first day."""
    windows: tuple[tuple[datetime | None, datetime | None], ...]

    @property
    def opens_at(self) -> datetime | None:
        return min((opens for opens, _ in self.windows if opens), default=None)

    @property
    def closes_at(self) -> datetime | None:
        """When the last window closes; None if any window does not say."""
        closes = [close for _, close in self.windows]
        return max((close for close in closes if close), default=None) if all(closes) else None

    def to_json(self) -> dict[str, Any]:
        return {
            "flags": [self.cancelled, self.unscheduled, self.self_paced, self.waitlist_open],
            "ended": _iso(self.ended_at),
            "started": _iso(self.started_at),
            "future": _iso(self.future_until),
            "windows": [[_iso(opens), _iso(closes)] for opens, closes in self.windows],
        }

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> "Timeline":
        windows = tuple((_moment(opens), _moment(closes)) for opens, closes in value["windows"])
        cancelled, unscheduled, self_paced, waitlist_open = value["flags"]
        flags = (cancelled, unscheduled, self_paced, waitlist_open)
        return cls(*flags, _moment(value["ended"]), _moment(value["started"]), _moment(value["future"]), windows)


def status(
    offering: Offering,
    confirmed_on: date | None,
    seats_left: int | None,
    now: datetime,
    *,
    zone: str = "America/Vancouver",
    confirmation_days: int = CONFIRMATION_DAYS,
) -> OfferingStatus:
    """`zone` holds where the offering itself states none; `now` carries its offset."""
    times = timeline(offering, offering.time_zone or zone)
    return status_at(times, confirmed_on, seats_left, now, confirmation_days)


def timeline(offering: Offering, zone: str) -> Timeline:
    start = offering.starts_on
    latest_start = start.latest if start else None
    self_paced = offering.intake in SELF_PACED
    return Timeline(
        cancelled=offering.run is OfferingRun.CANCELLED,
        unscheduled=offering.run is OfferingRun.POSTPONED and not (start and (start.earliest or start.latest)),
        self_paced=self_paced,
        waitlist_open=bool(offering.waitlist and offering.waitlist.open),
        ended_at=_ended_at(offering, latest_start, zone),
        started_at=end_of_day(latest_start, zone) if latest_start and not self_paced else None,
        future_until=start_of_day(start.earliest, zone) if start and start.earliest else None,
        windows=tuple((_opens(w.opens_at, zone), _closes(w.closes_at, zone)) for w in _public_windows(offering)),
    )


def _public_windows(offering: Offering) -> list[RegistrationWindow]:
    """What holds for everybody; windows for one audience speak only where there is no other."""
    windows = offering.registration_windows or []
    return [window for window in windows if window.audience is None] or windows


def _ended_at(offering: Offering, latest_start: date | None, zone: str) -> datetime | None:
    if offering.ends_on and offering.ends_on.latest:
        return end_of_day(offering.ends_on.latest, zone)
    if latest_start is None:
        return None
    weeks = offering.weeks
    if weeks and weeks.max:
        return end_of_day(latest_start + timedelta(weeks=min(weeks.max, MOST_WEEKS)), zone)
    # an end that is only half known still counts as far as it goes
    not_before = [add_months(latest_start, MONTHS_WITHOUT_END)]
    if weeks and weeks.min:
        not_before.append(latest_start + timedelta(weeks=min(weeks.min, MOST_WEEKS)))
    if offering.ends_on and offering.ends_on.earliest:
        not_before.append(offering.ends_on.earliest)
    return end_of_day(max(not_before), zone)


def _opens(value: Moment | None, zone: str) -> datetime | None:
    return value if isinstance(value, datetime) or value is None else start_of_day(value, zone)


def _closes(value: Moment | None, zone: str) -> datetime | None:
    return value if isinstance(value, datetime) or value is None else end_of_day(value, zone)


def status_at(
    times: Timeline,
    confirmed_on: date | None,
    seats_left: int | None,
    now: datetime,
    confirmation_days: int = CONFIRMATION_DAYS,
) -> OfferingStatus:
    """The first match of RECORD.md's list."""
    if times.cancelled:
        return OfferingStatus.CANCELLED
    if _is_past(times.ended_at, now):
        return OfferingStatus.ENDED
    if _is_past(times.closes_at, now):
        return OfferingStatus.CLOSED
    if times.unscheduled:
        return OfferingStatus.UNKNOWN
    if _is_past(times.started_at, now):
        return OfferingStatus.STARTED
    if seats_left is not None and seats_left <= 0:
        return OfferingStatus.WAITLIST if times.waitlist_open else OfferingStatus.FULL
    return _registration_status(times, confirmed_on, now, confirmation_days)


def _registration_status(times: Timeline, confirmed_on: date | None, now: datetime, days: int) -> OfferingStatus:
    fresh = _is_fresh(confirmed_on, now, days)
    if any(_is_inside(times, window, confirmed_on, now, fresh=fresh) for window in times.windows):
        return OfferingStatus.OPEN
    if any(opens and now < opens for opens, _ in times.windows):
        return OfferingStatus.UPCOMING
    if times.self_paced and not times.windows:
        return OfferingStatus.OPEN if fresh else OfferingStatus.UNKNOWN
    if times.future_until and now < times.future_until:
        return OfferingStatus.UPCOMING
    return OfferingStatus.UNKNOWN


def _is_inside(
    times: Timeline,
    window: tuple[datetime | None, datetime | None],
    confirmed_on: date | None,
    now: datetime,
    *,
    fresh: bool,
) -> bool:
    opens, closes = window
    if closes is None:  # states only its open: believed until the start, or while somebody has looked lately
        return opens is not None and opens <= now and (times.started_at is not None or fresh)
    since = opens or (start_of_day(confirmed_on, CONFIRMATION_ZONE) if confirmed_on else None)
    return since is not None and since <= now < closes


def _is_fresh(confirmed_on: date | None, now: datetime, days: int) -> bool:
    if confirmed_on is None:
        return False
    expires = end_of_day(confirmed_on + timedelta(days=days), CONFIRMATION_ZONE)
    return start_of_day(confirmed_on, CONFIRMATION_ZONE) <= now < expires


def _is_past(moment: datetime | None, now: datetime) -> bool:
    return moment is not None and moment <= now


def boundaries(times: Timeline) -> Iterator[datetime]:
    """Every instant at which the clock alone can change the status; those of a confirmation are its own."""
    if times.cancelled:
        return
    yield from (moment for moment in (times.ended_at, times.started_at, times.future_until) if moment)
    for opens, closes in times.windows:
        yield from (moment for moment in (opens, closes) if moment)


def confirmation_boundaries(confirmed_on: date, confirmation_days: int = CONFIRMATION_DAYS) -> tuple[datetime, datetime]:
    """When a confirmation begins to speak and when it grows old."""
    return (
        start_of_day(confirmed_on, CONFIRMATION_ZONE),
        end_of_day(confirmed_on + timedelta(days=confirmation_days), CONFIRMATION_ZONE),
    )


def credential_status(statuses: Iterable[OfferingStatus]) -> OfferingStatus:
    """The most useful of its offerings' statuses; without offerings UNKNOWN."""
    present = set(statuses)
    return next((one for one in _OF_CREDENTIAL if one in present), OfferingStatus.UNKNOWN)


def is_wanted(one: OfferingStatus, when: OfferingWhen) -> bool:
    match when:
        case OfferingWhen.ALL:
            return True
        case OfferingWhen.OPEN:
            return one is OfferingStatus.OPEN
        case OfferingWhen.CURRENT:
            return one in CURRENT
        case OfferingWhen.PAST:
            return one not in CURRENT


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
