"""Words about offerings: when, where, for how much."""

from enum import StrEnum


class DeliveryMode(StrEnum):
    IN_PERSON = "IN_PERSON"
    ONLINE_LIVE = "ONLINE_LIVE"
    ONLINE_ANYTIME = "ONLINE_ANYTIME"
    ONLINE = "ONLINE"
    BLENDED = "BLENDED"
    HYFLEX = "HYFLEX"
    WORKPLACE = "WORKPLACE"


class Attendance(StrEnum):
    DAYTIME = "DAYTIME"
    EVENING = "EVENING"
    WEEKEND = "WEEKEND"
    DAY_BLOCK = "DAY_BLOCK"
    ANYTIME = "ANYTIME"


class Intake(StrEnum):
    SCHEDULED = "SCHEDULED"
    CONTINUOUS = "CONTINUOUS"
    ON_DEMAND = "ON_DEMAND"
    TO_BE_ANNOUNCED = "TO_BE_ANNOUNCED"
    NOT_STATED = "NOT_STATED"


class OfferingRun(StrEnum):
    PLANNED = "PLANNED"
    CONFIRMED = "CONFIRMED"
    POSTPONED = "POSTPONED"
    CANCELLED = "CANCELLED"


class OfferingStatus(StrEnum):
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
    CURRENT = "CURRENT"
    OPEN = "OPEN"
    PAST = "PAST"
    ALL = "ALL"


class StudyLoad(StrEnum):
    FULL_TIME = "FULL_TIME"
    PART_TIME = "PART_TIME"


class OpenTo(StrEnum):
    ANYWHERE = "ANYWHERE"
    CANADA = "CANADA"
    BC = "BC"
    REGIONS = "REGIONS"
    COMMUNITIES = "COMMUNITIES"


class PlaceRole(StrEnum):
    CLASS = "CLASS"
    LAB = "LAB"
    FIELD = "FIELD"
    EXAM = "EXAM"
    PLACEMENT = "PLACEMENT"


class MeetingKind(StrEnum):
    CLASS = "CLASS"
    LAB = "LAB"
    FIELD = "FIELD"
    EXAM = "EXAM"
    RESIDENCY = "RESIDENCY"
    PRACTICUM = "PRACTICUM"


class Weekday(StrEnum):
    MON = "MON"
    TUE = "TUE"
    WED = "WED"
    THU = "THU"
    FRI = "FRI"
    SAT = "SAT"
    SUN = "SUN"


class FeeKind(StrEnum):
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
    TOTAL = "TOTAL"
    COURSE = "COURSE"
    CREDIT = "CREDIT"
    TERM = "TERM"
    WEEK = "WEEK"


class Residency(StrEnum):
    DOMESTIC = "DOMESTIC"
    INTERNATIONAL = "INTERNATIONAL"
    BC = "BC"
    OUT_OF_PROVINCE = "OUT_OF_PROVINCE"
    ALL = "ALL"


class FeeDue(StrEnum):
    APPLICATION = "APPLICATION"
    REGISTRATION = "REGISTRATION"
    DATE = "DATE"
    INSTALMENT = "INSTALMENT"


class Tax(StrEnum):
    INCLUDED = "INCLUDED"
    EXTRA = "EXTRA"
    EXEMPT = "EXEMPT"
    UNKNOWN = "UNKNOWN"


class SeatPoolFor(StrEnum):
    PUBLIC = "PUBLIC"
    EMPLOYER = "EMPLOYER"
    FUNDED = "FUNDED"
    COMMUNITY = "COMMUNITY"
    DUAL_CREDIT = "DUAL_CREDIT"
    CONTRACT = "CONTRACT"


class Selection(StrEnum):
    FIRST_COME = "FIRST_COME"
    APPLICATION = "APPLICATION"
    REFERRAL = "REFERRAL"


class OutcomeMeasure(StrEnum):
    ENROLLED = "ENROLLED"
    COMPLETED = "COMPLETED"
    PLACED = "PLACED"
    SATISFIED = "SATISFIED"
    OTHER = "OTHER"
