"""Words about records, their sources and their changes."""

from enum import StrEnum


class RecordType(StrEnum):
    INSTITUTION = "institution"
    CREDENTIAL = "credential"
    SKILL = "skill"
    OCCUPATION = "occupation"
    SECTOR = "sector"
    REGION = "region"
    THEME = "theme"
    FUNDING_AWARD = "fundingAward"


class Basis(StrEnum):
    STATED = "STATED"
    DERIVED = "DERIVED"
    CLASSIFIED = "CLASSIFIED"


class DatePrecision(StrEnum):
    DAY = "DAY"
    MONTH = "MONTH"
    SEASON = "SEASON"
    TERM = "TERM"
    YEAR = "YEAR"
    RANGE = "RANGE"
    UNKNOWN = "UNKNOWN"


class Visibility(StrEnum):
    PUBLIC = "PUBLIC"
    UNLISTED = "UNLISTED"
    BY_REFERRAL = "BY_REFERRAL"


class Reuse(StrEnum):
    OPEN = "OPEN"
    DISPLAY_ONLY = "DISPLAY_ONLY"
    NO_EXPORT = "NO_EXPORT"


class SourceKind(StrEnum):
    PROVIDER = "PROVIDER"
    PARTNER = "PARTNER"
    GOVERNMENT = "GOVERNMENT"
    NEWS = "NEWS"
    MIRROR = "MIRROR"
    CATALOGUE = "CATALOGUE"
    DEMO = "DEMO"


class ChangeKind(StrEnum):
    CREATED = "CREATED"
    UPDATED = "UPDATED"
    WITHDRAWN = "WITHDRAWN"
    RESTORED = "RESTORED"
    ERASED = "ERASED"
    LIVE = "LIVE"


class AwardPurpose(StrEnum):
    DEVELOPMENT = "DEVELOPMENT"
    EQUIPMENT = "EQUIPMENT"
    DELIVERY = "DELIVERY"
    SEATS = "SEATS"
    LEARNER_AID = "LEARNER_AID"
    RECOGNITION = "RECOGNITION"


class Allocation(StrEnum):
    EXACT = "EXACT"
    SHARED_NOT_SPLIT = "SHARED_NOT_SPLIT"
