"""Words about requirements and their evaluation."""

from enum import StrEnum


class RequirementKind(StrEnum):
    """What sort of requirement it is."""

    PREREQUISITE = "PREREQUISITE"
    COREQUISITE = "COREQUISITE"
    ADMISSION = "ADMISSION"
    RECOMMENDED = "RECOMMENDED"
    ADVANCED_STANDING = "ADVANCED_STANDING"


class RequirementsStated(StrEnum):
    """How much the source says: silence is not none."""

    NONE = "NONE"
    LISTED = "LISTED"
    PARTLY = "PARTLY"
    NOT_STATED = "NOT_STATED"


class RequirementMoment(StrEnum):
    """When it must be met."""

    APPLICATION = "APPLICATION"
    START = "START"
    COMPLETION = "COMPLETION"


class Outcome(StrEnum):
    """The three values of a rule."""

    MET = "MET"
    NOT_MET = "NOT_MET"
    UNKNOWN = "UNKNOWN"


class ConditionKind(StrEnum):
    """Which fact about a learner is asked for."""

    AGE = "AGE"
    RESIDENCY = "RESIDENCY"
    EDUCATION = "EDUCATION"
    LICENCE = "LICENCE"
    EXPERIENCE = "EXPERIENCE"
    EMPLOYMENT = "EMPLOYMENT"
    CITIZENSHIP = "CITIZENSHIP"
    LANGUAGE = "LANGUAGE"
    BENEFIT = "BENEFIT"
    GRADE_AVERAGE = "GRADE_AVERAGE"
    FUNDING_NOT_RECEIVED = "FUNDING_NOT_RECEIVED"
