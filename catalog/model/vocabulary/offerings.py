"""Words about offerings: when, where, for how much."""

from enum import StrEnum


class DeliveryMode(StrEnum):
    """How it is taught; ONLINE where live or anytime is not said."""

    IN_PERSON = "IN_PERSON"
    ONLINE_LIVE = "ONLINE_LIVE"
    ONLINE_ANYTIME = "ONLINE_ANYTIME"
    ONLINE = "ONLINE"
    BLENDED = "BLENDED"
    HYFLEX = "HYFLEX"
    WORKPLACE = "WORKPLACE"


class Attendance(StrEnum):
    """When one must be there."""

    DAYTIME = "DAYTIME"
    EVENING = "EVENING"
    WEEKEND = "WEEKEND"
    DAY_BLOCK = "DAY_BLOCK"
    ANYTIME = "ANYTIME"


class Intake(StrEnum):
    """How learners come in."""

    SCHEDULED = "SCHEDULED"
    CONTINUOUS = "CONTINUOUS"
    ON_DEMAND = "ON_DEMAND"
    TO_BE_ANNOUNCED = "TO_BE_ANNOUNCED"
    NOT_STATED = "NOT_STATED"


class OfferingRun(StrEnum):
    """Whether the provider means to run it."""

    PLANNED = "PLANNED"
    CONFIRMED = "CONFIRMED"
    POSTPONED = "POSTPONED"
    CANCELLED = "CANCELLED"


class OfferingStatus(StrEnum):
    """Whether a learner can get in now."""

    UPCOMING = "UPCOMING"
    OPEN = "OPEN"
    WAITLIST = "WAITLIST"
    FULL = "FULL"
    CLOSED = "CLOSED"
    STARTED = "STARTED"
    ENDED = "ENDED"
    CANCELLED = "CANCELLED"
    UNKNOWN = "UNKNOWN"


class OfferingWhen(StrEnum):
    """Which offerings: CURRENT is UPCOMING, OPEN, WAITLIST, FULL and UNKNOWN."""

    CURRENT = "CURRENT"
    OPEN = "OPEN"
    PAST = "PAST"
    ALL = "ALL"


class StudyLoad(StrEnum):
    """How much of a week it takes."""

    FULL_TIME = "FULL_TIME"
    PART_TIME = "PART_TIME"


class OpenTo(StrEnum):
    """From where learners may come."""

    ANYWHERE = "ANYWHERE"
    CANADA = "CANADA"
    BC = "BC"
    REGIONS = "REGIONS"
    COMMUNITIES = "COMMUNITIES"


class PlaceRole(StrEnum):
    """What happens at a place."""

    CLASS = "CLASS"
    LAB = "LAB"
    FIELD = "FIELD"
    EXAM = "EXAM"
    PLACEMENT = "PLACEMENT"


class MeetingKind(StrEnum):
    """What sort of meeting it is."""

    CLASS = "CLASS"
    LAB = "LAB"
    FIELD = "FIELD"
    EXAM = "EXAM"
    RESIDENCY = "RESIDENCY"
    PRACTICUM = "PRACTICUM"


class Weekday(StrEnum):
    """A day of the week."""

    MON = "MON"
    TUE = "TUE"
    WED = "WED"
    THU = "THU"
    FRI = "FRI"
    SAT = "SAT"
    SUN = "SUN"


class FeeKind(StrEnum):
    """What a fee is for."""

    TUITION = "TUITION"
    MANDATORY = "MANDATORY"
    APPLICATION = "APPLICATION"
    MATERIALS = "MATERIALS"
    EXAM = "EXAM"
    EQUIPMENT = "EQUIPMENT"
    TRAVEL_LODGING = "TRAVEL_LODGING"
    DEPOSIT = "DEPOSIT"
    OTHER = "OTHER"


class FeePer(StrEnum):
    """What a fee is counted by."""

    TOTAL = "TOTAL"
    COURSE = "COURSE"
    CREDIT = "CREDIT"
    TERM = "TERM"
    WEEK = "WEEK"


class Residency(StrEnum):
    """Whose fee it is."""

    DOMESTIC = "DOMESTIC"
    INTERNATIONAL = "INTERNATIONAL"
    BC = "BC"
    OUT_OF_PROVINCE = "OUT_OF_PROVINCE"
    ALL = "ALL"


class FeeDue(StrEnum):
    """When a fee is due."""

    APPLICATION = "APPLICATION"
    REGISTRATION = "REGISTRATION"
    DATE = "DATE"
    INSTALMENT = "INSTALMENT"


class Tax(StrEnum):
    """Whether tax is in the amount."""

    INCLUDED = "INCLUDED"
    EXTRA = "EXTRA"
    EXEMPT = "EXEMPT"
    UNKNOWN = "UNKNOWN"


class SeatPoolFor(StrEnum):
    """For whom seats are kept."""

    PUBLIC = "PUBLIC"
    EMPLOYER = "EMPLOYER"
    FUNDED = "FUNDED"
    COMMUNITY = "COMMUNITY"
    DUAL_CREDIT = "DUAL_CREDIT"
    CONTRACT = "CONTRACT"


class Selection(StrEnum):
    """How seats are given."""

    FIRST_COME = "FIRST_COME"
    APPLICATION = "APPLICATION"
    REFERRAL = "REFERRAL"


class OutcomeMeasure(StrEnum):
    """What an outcome counts."""

    ENROLLED = "ENROLLED"
    COMPLETED = "COMPLETED"
    PLACED = "PLACED"
    SATISFIED = "SATISFIED"
    OTHER = "OTHER"
