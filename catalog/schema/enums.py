"""Enumerations: those of the vocabulary as they are, and those that only the API uses."""

import graphene

from catalog.coverage import dimensions, gaps, oversupply, unmet, years
from catalog.model import vocabulary
from catalog.pathways import impact
from catalog.pathways.plans import problem
from catalog.search.narrowing import facets, order

UnmetKind = graphene.Enum.from_enum(unmet.UnmetKind)
TrendInterval = graphene.Enum.from_enum(years.TrendInterval)
MatchBasis = graphene.Enum.from_enum(gaps.MatchBasis)
Likeness = graphene.Enum.from_enum(oversupply.Likeness)
Basis = graphene.Enum.from_enum(vocabulary.Basis)
DatePrecision = graphene.Enum.from_enum(vocabulary.DatePrecision)
CredentialKind = graphene.Enum.from_enum(vocabulary.CredentialKind)
Lifecycle = graphene.Enum.from_enum(vocabulary.Lifecycle)
Stated = graphene.Enum.from_enum(vocabulary.Stated)
CreditStatus = graphene.Enum.from_enum(vocabulary.CreditStatus)
DeliveryMode = graphene.Enum.from_enum(vocabulary.DeliveryMode)
Attendance = graphene.Enum.from_enum(vocabulary.Attendance)
Intake = graphene.Enum.from_enum(vocabulary.Intake)
OfferingStatus = graphene.Enum.from_enum(vocabulary.OfferingStatus)
OfferingWhen = graphene.Enum.from_enum(vocabulary.OfferingWhen)
PartnershipRole = graphene.Enum.from_enum(vocabulary.PartnershipRole)
RequirementKind = graphene.Enum.from_enum(vocabulary.RequirementKind)
RequirementsStated = graphene.Enum.from_enum(vocabulary.RequirementsStated)
Outcome = graphene.Enum.from_enum(vocabulary.Outcome)
ConditionKind = graphene.Enum.from_enum(vocabulary.ConditionKind)
RequirementMoment = graphene.Enum.from_enum(vocabulary.RequirementMoment)
Audience = graphene.Enum.from_enum(vocabulary.Audience)
InstitutionKind = graphene.Enum.from_enum(vocabulary.InstitutionKind)
CreditUnit = graphene.Enum.from_enum(vocabulary.CreditUnit)
MeetingKind = graphene.Enum.from_enum(vocabulary.MeetingKind)
Weekday = graphene.Enum.from_enum(vocabulary.Weekday)
FeePer = graphene.Enum.from_enum(vocabulary.FeePer)
Residency = graphene.Enum.from_enum(vocabulary.Residency)
FeeKind = graphene.Enum.from_enum(vocabulary.FeeKind)
OutcomeMeasure = graphene.Enum.from_enum(vocabulary.OutcomeMeasure)
ChangeKind = graphene.Enum.from_enum(vocabulary.ChangeKind)
SourceKind = graphene.Enum.from_enum(vocabulary.SourceKind)
AwardPurpose = graphene.Enum.from_enum(vocabulary.AwardPurpose)
Allocation = graphene.Enum.from_enum(vocabulary.Allocation)
CapPeriod = graphene.Enum.from_enum(vocabulary.CapPeriod)
EquivalenceBasis = graphene.Enum.from_enum(vocabulary.EquivalenceBasis)
FundedCost = graphene.Enum.from_enum(vocabulary.FundedCost)
FundingDecision = graphene.Enum.from_enum(vocabulary.FundingDecision)
LimitKind = graphene.Enum.from_enum(vocabulary.LimitKind)
LimitUnit = graphene.Enum.from_enum(vocabulary.LimitUnit)
PartOrder = graphene.Enum.from_enum(vocabulary.PartOrder)
PaysTo = graphene.Enum.from_enum(vocabulary.PaysTo)
PickUnit = graphene.Enum.from_enum(vocabulary.PickUnit)
RecognitionKind = graphene.Enum.from_enum(vocabulary.RecognitionKind)
SourceQuality = graphene.Enum.from_enum(vocabulary.SourceQuality)
WindowStatus = graphene.Enum.from_enum(vocabulary.WindowStatus)
Reuse = graphene.Enum.from_enum(vocabulary.Reuse)
RecordOfLearning = graphene.Enum.from_enum(vocabulary.RecordOfLearning)
Restriction = graphene.Enum.from_enum(vocabulary.Restriction)
ComponentRegistration = graphene.Enum.from_enum(vocabulary.ComponentRegistration)
EarnBy = graphene.Enum.from_enum(vocabulary.EarnBy)
PlaceRole = graphene.Enum.from_enum(vocabulary.PlaceRole)
StudyLoad = graphene.Enum.from_enum(vocabulary.StudyLoad)
OpenTo = graphene.Enum.from_enum(vocabulary.OpenTo)
Selection = graphene.Enum.from_enum(vocabulary.Selection)
SeatPoolFor = graphene.Enum.from_enum(vocabulary.SeatPoolFor)
FeeDue = graphene.Enum.from_enum(vocabulary.FeeDue)
Tax = graphene.Enum.from_enum(vocabulary.Tax)
Effect = graphene.Enum.from_enum(impact.Effect)
PlanObjective = graphene.Enum.from_enum(problem.PlanObjective)
PlanStatus = graphene.Enum.from_enum(problem.PlanStatus)
CoverageDimension = graphene.Enum.from_enum(dimensions.CoverageDimension)
FacetField = graphene.Enum.from_enum(facets.FacetField)
SearchSort = graphene.Enum.from_enum(order.SearchSort)


class Citizenship(graphene.Enum):
    """A learner's standing in Canada."""

    CITIZEN = "CITIZEN"
    PERMANENT_RESIDENT = "PERMANENT_RESIDENT"
    PROTECTED_PERSON = "PROTECTED_PERSON"
    OTHER = "OTHER"


class Education(graphene.Enum):
    """The highest education a learner has finished."""

    SECONDARY = "SECONDARY"
    SOME_POST_SECONDARY = "SOME_POST_SECONDARY"
    CERTIFICATE = "CERTIFICATE"
    DIPLOMA = "DIPLOMA"
    BACHELOR = "BACHELOR"
    GRADUATE = "GRADUATE"
    NONE = "NONE"


class Employment(graphene.Enum):
    """A learner's work."""

    EMPLOYED = "EMPLOYED"
    UNEMPLOYED = "UNEMPLOYED"
    UNDEREMPLOYED = "UNDEREMPLOYED"
    SELF_EMPLOYED = "SELF_EMPLOYED"
