"""Words about pathways, menus, money for learners, recognition and equivalence."""

from enum import StrEnum


class PartOrder(StrEnum):
    """Whether the items of a part have an order."""

    FIXED = "FIXED"
    ANY = "ANY"


class PickUnit(StrEnum):
    """What a pick is counted in."""

    COUNT = "COUNT"
    CREDITS = "CREDITS"
    HOURS = "HOURS"


class LimitKind(StrEnum):
    """Which share of an award a limit speaks of: new work, work done here, prior learning, or transfer."""

    NEW = "NEW"
    RESIDENCY = "RESIDENCY"
    PRIOR_LEARNING = "PRIOR_LEARNING"
    TRANSFER = "TRANSFER"


class LimitUnit(StrEnum):
    """What a limit is counted in; fractions are shares from 0 to 1."""

    FRACTION = "FRACTION"
    CREDITS = "CREDITS"
    COUNT = "COUNT"


class EquivalenceBasis(StrEnum):
    """Why credentials count as the same; what is only PROPOSED counts nowhere."""

    SHARED_CURRICULUM = "SHARED_CURRICULUM"
    REVIEWED = "REVIEWED"
    PROPOSED = "PROPOSED"


class FundingDecision(StrEnum):
    """How funding is granted."""

    ENTITLED = "ENTITLED"
    FIRST_COME = "FIRST_COME"
    DISCRETIONARY = "DISCRETIONARY"


class WindowStatus(StrEnum):
    """Whether funding takes applications."""

    OPEN = "OPEN"
    CLOSED = "CLOSED"
    WAITLIST = "WAITLIST"
    EXHAUSTED = "EXHAUSTED"
    NOT_ANNOUNCED = "NOT_ANNOUNCED"


class CapPeriod(StrEnum):
    """What the cap of a funding program holds for."""

    LIFETIME = "LIFETIME"
    YEAR = "YEAR"
    INTAKE = "INTAKE"
    OFFERING = "OFFERING"


class PaysTo(StrEnum):
    """Who receives the money, and when."""

    PROVIDER = "PROVIDER"
    REIMBURSED = "REIMBURSED"
    ADVANCE = "ADVANCE"


class FundedCost(StrEnum):
    """What funding pays for: the kinds of fees, and costs of living."""

    TUITION = "TUITION"
    MANDATORY = "MANDATORY"
    APPLICATION = "APPLICATION"
    MATERIALS = "MATERIALS"
    EXAM = "EXAM"
    EQUIPMENT = "EQUIPMENT"
    TRAVEL_LODGING = "TRAVEL_LODGING"
    DEPOSIT = "DEPOSIT"
    OTHER = "OTHER"
    LIVING = "LIVING"
    DEPENDENT_CARE = "DEPENDENT_CARE"
    TRANSPORT = "TRANSPORT"
    DISABILITY = "DISABILITY"


class RecognitionKind(StrEnum):
    """What is given for earlier learning; a WAIVER opens a door and gives no credit."""

    COURSE = "COURSE"
    UNASSIGNED = "UNASSIGNED"
    BLOCK = "BLOCK"
    EXEMPTION = "EXEMPTION"
    CASE_BY_CASE = "CASE_BY_CASE"
    WAIVER = "WAIVER"
    NONE = "NONE"
