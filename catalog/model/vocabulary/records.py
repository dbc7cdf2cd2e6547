"""Words about records, their sources and their changes."""

from enum import StrEnum


class RecordType(StrEnum):
    """The types of records."""

    INSTITUTION = "institution"
    CREDENTIAL = "credential"
    SKILL = "skill"
    OCCUPATION = "occupation"
    SECTOR = "sector"
    REGION = "region"
    THEME = "theme"
    FUNDING_AWARD = "fundingAward"
    PATHWAY = "pathway"
    MENU = "menu"
    FUNDING_PROGRAM = "fundingProgram"
    EQUIVALENCE = "equivalence"
    RECOGNITION = "recognition"
    DEMAND = "demand"


class Basis(StrEnum):
    """Stated by a source, derived from what it states, or classified by the catalogue."""

    STATED = "STATED"
    DERIVED = "DERIVED"
    CLASSIFIED = "CLASSIFIED"


class DatePrecision(StrEnum):
    """How exactly a date is known."""

    DAY = "DAY"
    MONTH = "MONTH"
    SEASON = "SEASON"
    TERM = "TERM"
    YEAR = "YEAR"
    RANGE = "RANGE"
    UNKNOWN = "UNKNOWN"


class Visibility(StrEnum):
    """Who may see it."""

    PUBLIC = "PUBLIC"
    UNLISTED = "UNLISTED"
    BY_REFERRAL = "BY_REFERRAL"


class Reuse(StrEnum):
    """What others may do with it."""

    OPEN = "OPEN"
    DISPLAY_ONLY = "DISPLAY_ONLY"
    NO_EXPORT = "NO_EXPORT"


class SourceKind(StrEnum):
    """What sort of source it is."""

    PROVIDER = "PROVIDER"
    PARTNER = "PARTNER"
    GOVERNMENT = "GOVERNMENT"
    NEWS = "NEWS"
    MIRROR = "MIRROR"
    CATALOGUE = "CATALOGUE"
    DEMO = "DEMO"


class SourceQuality(StrEnum):
    """What speaks against a page that was read: a copy elsewhere, its age, somebody's collection, or a working copy."""

    MIRROR = "MIRROR"
    OLD = "OLD"
    AGGREGATOR = "AGGREGATOR"
    STAGING = "STAGING"


class ChangeKind(StrEnum):
    """What happened to a thing."""

    CREATED = "CREATED"
    UPDATED = "UPDATED"
    WITHDRAWN = "WITHDRAWN"
    RESTORED = "RESTORED"
    ERASED = "ERASED"
    LIVE = "LIVE"


class AwardPurpose(StrEnum):
    """What an award was given for."""

    DEVELOPMENT = "DEVELOPMENT"
    EQUIPMENT = "EQUIPMENT"
    DELIVERY = "DELIVERY"
    SEATS = "SEATS"
    LEARNER_AID = "LEARNER_AID"
    RECOGNITION = "RECOGNITION"


class Allocation(StrEnum):
    """Whether an award is one recipient's, or shared and not split."""

    EXACT = "EXACT"
    SHARED_NOT_SPLIT = "SHARED_NOT_SPLIT"
