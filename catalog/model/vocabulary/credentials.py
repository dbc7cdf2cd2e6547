"""Words about credentials and who stands behind them."""

from enum import StrEnum


class CredentialKind(StrEnum):
    """What is awarded."""

    MICRO_CREDENTIAL = "MICRO_CREDENTIAL"
    COURSE = "COURSE"
    SHORT_PROGRAM = "SHORT_PROGRAM"
    STATEMENT = "STATEMENT"
    CERTIFICATE = "CERTIFICATE"
    ASSOCIATE_CERTIFICATE = "ASSOCIATE_CERTIFICATE"
    GRADUATE_CERTIFICATE = "GRADUATE_CERTIFICATE"
    DIPLOMA = "DIPLOMA"
    ASSOCIATE_DEGREE = "ASSOCIATE_DEGREE"
    DEGREE = "DEGREE"
    LICENCE = "LICENCE"
    APPRENTICESHIP = "APPRENTICESHIP"
    SECONDARY = "SECONDARY"
    OTHER = "OTHER"


class Lifecycle(StrEnum):
    """Whether a credential is still given."""

    ACTIVE = "ACTIVE"
    EXPIRING = "EXPIRING"
    DISCONTINUED = "DISCONTINUED"
    UNKNOWN = "UNKNOWN"


class Stated(StrEnum):
    """Yes, no, or not said."""

    YES = "YES"
    NO = "NO"
    NOT_STATED = "NOT_STATED"


class CreditStatus(StrEnum):
    """Whether it carries academic credit."""

    CREDIT = "CREDIT"
    NON_CREDIT = "NON_CREDIT"
    EITHER = "EITHER"
    EMBEDDED = "EMBEDDED"
    NOT_STATED = "NOT_STATED"


class CreditUnit(StrEnum):
    """What credit is counted in."""

    CREDIT = "CREDIT"
    UVIC_UNIT = "UVIC_UNIT"
    LOCAL = "LOCAL"


class CreditBasis(StrEnum):
    """Whether credit is stated for the whole or for each course."""

    CREDENTIAL = "CREDENTIAL"
    COURSE = "COURSE"


class Audience(StrEnum):
    """Whom it is meant for."""

    UNEMPLOYED = "UNEMPLOYED"
    UNDEREMPLOYED = "UNDEREMPLOYED"
    EMPLOYED = "EMPLOYED"
    SMALL_BUSINESS = "SMALL_BUSINESS"
    JOURNEYPERSON = "JOURNEYPERSON"
    APPRENTICE = "APPRENTICE"
    NEWCOMER = "NEWCOMER"
    INDIGENOUS = "INDIGENOUS"
    WOMEN = "WOMEN"
    YOUTH = "YOUTH"
    DUAL_CREDIT = "DUAL_CREDIT"
    FORMER_YOUTH_IN_CARE = "FORMER_YOUTH_IN_CARE"
    EDUCATOR = "EDUCATOR"
    LOCAL_GOVERNMENT = "LOCAL_GOVERNMENT"
    INTERNATIONAL = "INTERNATIONAL"
    OTHER = "OTHER"


class Restriction(StrEnum):
    """Whether only some may take it."""

    NONE = "NONE"
    PRIORITY = "PRIORITY"
    ONLY = "ONLY"
    NOT_STATED = "NOT_STATED"


class RecordOfLearning(StrEnum):
    """What a learner receives as a record."""

    TRANSCRIPT = "TRANSCRIPT"
    BADGE = "BADGE"
    CERTIFICATE = "CERTIFICATE"
    LETTER = "LETTER"


class ComponentRegistration(StrEnum):
    """Whether components are taken together or singly."""

    TOGETHER = "TOGETHER"
    EACH = "EACH"
    EITHER = "EITHER"


class EarnBy(StrEnum):
    """How it can be earned."""

    COURSES = "COURSES"
    EXAM = "EXAM"
    PORTFOLIO = "PORTFOLIO"
    CHALLENGE = "CHALLENGE"


class PartnershipRole(StrEnum):
    """What somebody does beside the provider; PARTNER where the role is not stated."""

    PROVIDER = "PROVIDER"
    CO_PROVIDER = "CO_PROVIDER"
    DEVELOPER = "DEVELOPER"
    FUNDER = "FUNDER"
    COMMUNITY_PARTNER = "COMMUNITY_PARTNER"
    INDUSTRY_PARTNER = "INDUSTRY_PARTNER"
    ASSESSOR = "ASSESSOR"
    RECOGNIZER = "RECOGNIZER"
    PARTNER = "PARTNER"


class InstitutionKind(StrEnum):
    """What sort of body an institution is."""

    PUBLIC_UNIVERSITY = "PUBLIC_UNIVERSITY"
    PUBLIC_COLLEGE = "PUBLIC_COLLEGE"
    PUBLIC_INSTITUTE = "PUBLIC_INSTITUTE"
    INDIGENOUS_INSTITUTE = "INDIGENOUS_INSTITUTE"
    PRIVATE_DEGREE = "PRIVATE_DEGREE"
    PRIVATE_TRAINING = "PRIVATE_TRAINING"
    NON_PROFIT = "NON_PROFIT"
    COMPANY = "COMPANY"
    UNION = "UNION"
    PUBLIC_BODY = "PUBLIC_BODY"
    FIRST_NATION = "FIRST_NATION"
    CONSORTIUM = "CONSORTIUM"
    OTHER = "OTHER"
    NOT_STATED = "NOT_STATED"
