"""Offerings: one run of a credential, and what holds for every run."""

from datetime import date, datetime
from typing import Annotated, Any, Self

from pydantic import AwareDatetime, BeforeValidator, Field, StringConstraints, ValidationInfo, model_validator

from catalog.model.records.fee import Fee
from catalog.model.records.record_fields import Partnership
from catalog.model.shapes import (
    FIRST_YEAR,
    LAST_YEAR,
    Count,
    Day,
    Duration,
    Identifier,
    LanguageTag,
    Line,
    Note,
    PartialDate,
    PartRef,
    Range,
    Reference,
    Shape,
    Share,
    Url,
)
from catalog.model.vocabulary import (
    Attendance,
    Audience,
    DeliveryMode,
    Intake,
    MeetingKind,
    OfferingRun,
    OpenTo,
    OutcomeMeasure,
    PlaceRole,
    SeatPoolFor,
    Selection,
    StudyLoad,
    Weekday,
)
from catalog.model.zones import ZoneName

ClockTime = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]


def _moment(value: Any) -> Any:
    """A day stays a day (its zone is the offering's); a time needs its offset."""
    if isinstance(value, str) and len(value) > len("2020-07-31"):
        moment = datetime.fromisoformat(value)
        if moment.tzinfo is None:
            raise ValueError("has a time but no offset: write 2020-07-31T23:59-07:00, or only the day")
        if not FIRST_YEAR <= moment.year <= LAST_YEAR:
            raise ValueError(f"is outside the years {FIRST_YEAR} to {LAST_YEAR}")
        return moment
    return value


Moment = Annotated[AwareDatetime | Day, BeforeValidator(_moment)]


def _day(moment: Moment) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


class RegistrationWindow(Shape):
    """When registration is open; a close that is only a day is the end of that day."""

    audience: Audience | None = None
    opens_at: Moment | None = None
    closes_at: Moment | None = None

    @model_validator(mode="after")
    def states_something(self) -> Self:
        if self.opens_at is None and self.closes_at is None:
            raise ValueError("states neither opensAt nor closesAt")
        if self.opens_at and self.closes_at and _day(self.closes_at) < _day(self.opens_at):
            raise ValueError(f"closes ({self.closes_at}) before it opens ({self.opens_at})")
        return self


class Meeting(Shape):
    kind: MeetingKind | None = None
    days: Annotated[list[Weekday], Field(max_length=7)] | None = None
    start_time: ClockTime | None = None
    end_time: ClockTime | None = None
    starts_on: Day | None = None
    ends_on: Day | None = None
    every_weeks: Annotated[int, Field(ge=1, le=52)] | None = None
    except_: list[Day] | None = Field(None, alias="except", max_length=100)
    campus: Reference | None = None
    required: bool | None = None


class Place(Shape):
    """Where it is taught: a campus, or a community that has none."""

    role: PlaceRole | None = None
    campus: Reference | None = None
    community: Line | None = None


class SeatPool(Shape):
    for_: SeatPoolFor = Field(alias="for")
    sponsor: Reference | None = None
    seats: Count | None = None
    shared_with: Annotated[list[Reference], Field(max_length=20)] | None = None


class CountRange(Shape):
    min: Count | None = None
    max: Count | None = None
    text: Line | None = None


class Waitlist(Shape):
    open: bool | None = None
    length: Count | None = None


class Refund(Shape):
    full_until: Day | None = None
    url: Url | None = None


class Outcome(Shape):
    """What became of those who took it; rates are shares from 0 to 1."""

    measure: OutcomeMeasure
    value: Share | None = None
    count: Count | None = None
    basis: Line | None = None
    period: Line | None = None
    source: Url | None = None


class OfferingShape(Shape):
    """What an offering and the usual run both can state."""

    study_load: StudyLoad | None = None
    intake: Intake | None = None
    weeks: Range | None = None
    complete_within: Duration | None = None
    mode: DeliveryMode | None = None
    attendance: Annotated[list[Attendance], Field(max_length=5)] | None = None
    meetings: Annotated[list[Meeting], Field(max_length=50)] | None = None
    places: Annotated[list[Place], Field(max_length=20)] | None = None
    open_to: OpenTo | None = None
    languages: Annotated[list[LanguageTag], Field(max_length=10)] | None = None
    fees: Annotated[list[Fee], Field(max_length=40)] | None = None
    selection: Selection | None = None
    refund: Refund | None = None
    partnerships: Annotated[list[Partnership], Field(max_length=20)] | None = None
    outcomes: Annotated[list[Outcome], Field(max_length=20)] | None = None
    register_url: Url | None = None
    apply_url: Url | None = None
    contact: Line | None = None


class Usual(OfferingShape):
    """What holds for every run; not an offering, never counted."""


class Offering(OfferingShape):
    """One run. The same ref with a new date is a postponement; a new ref is a new offering."""

    ref: PartRef | None = None
    label: Line | None = None
    identifiers: Annotated[list[Identifier], Field(max_length=20)] | None = None
    run: OfferingRun | None = None
    starts_on: PartialDate | None = None
    ends_on: PartialDate | None = None
    decision_on: PartialDate | None = None
    registration_windows: Annotated[list[RegistrationWindow], Field(max_length=10)] | None = None
    time_zone: ZoneName | None = None
    seats: Count | None = None
    seat_pools: Annotated[list[SeatPool], Field(max_length=20)] | None = None
    enrolment: CountRange | None = None
    min_enrolment: Count | None = None
    waitlist: Waitlist | None = None
    includes: Annotated[list[Reference], Field(max_length=50)] | None = None
    note: Note | None = None

    @model_validator(mode="after")
    def ends_after_it_starts(self, info: ValidationInfo) -> Self:
        if (info.context or {}).get("merged"):
            return self
        begins = self.starts_on.earliest if self.starts_on else None
        ends = self.ends_on.latest if self.ends_on else None
        if begins and ends and ends < begins:
            raise ValueError(f"states an end ({ends}) before its start ({begins})")
        return self
