"""Which of our words is which term of CTDL.

Terms, domains and ranges are those of https://credreg.net/ctdl/terms, whose schema is
https://credreg.net/ctdl/schema/encoding/json (as of 2026-08-06). A pair that is one to one stands in one table; what only
reading accepts stands in a second one.
"""

from collections.abc import Mapping
from typing import Any

CONTEXT = "https://credreg.net/ctdl/schema/context/json"
Around = Mapping[str, Mapping[str, Any]]
"""Documents by id, of what a Document names."""

UNKNOWN_LANGUAGE = "und"
"""BCP 47 for words whose language the record does not say."""
SLUG_SCHEME = "catalogue-slug"
"""The identifier by which our own references come back as slugs."""
THEME_FRAMEWORK = "catalogue theme"

CLASS_OF_KIND = {
    "MICRO_CREDENTIAL": "ceterms:MicroCredential",
    "COURSE": "ceterms:Course",
    "SHORT_PROGRAM": "ceterms:LearningProgram",
    "STATEMENT": "ceterms:CertificateOfCompletion",
    "CERTIFICATE": "ceterms:Certificate",
    "ASSOCIATE_CERTIFICATE": "ceterms:Certificate",
    "GRADUATE_CERTIFICATE": "ceterms:PostBaccalaureateCertificate",
    "DIPLOMA": "ceterms:Diploma",
    "ASSOCIATE_DEGREE": "ceterms:AssociateDegree",
    "DEGREE": "ceterms:Degree",
    "LICENCE": "ceterms:License",
    "APPRENTICESHIP": "ceterms:ApprenticeshipCertificate",
    "SECONDARY": "ceterms:Credential",
    "OTHER": "ceterms:Credential",
}
FALLBACK_CLASS = "ceterms:Credential"
NAMED_KINDS = {"ASSOCIATE_CERTIFICATE": "Associate certificate", "SECONDARY": "Secondary school credential"}
"""Kinds without a class of their own: the node names them by a ceterms:CredentialType."""
KIND_OF_CLASS = {cls: kind for kind, cls in CLASS_OF_KIND.items() if kind not in NAMED_KINDS} | {
    "ceterms:AcademicCertificate": "CERTIFICATE",
    "ceterms:Certification": "OTHER",
    "ceterms:CertificateOfParticipation": "STATEMENT",
    "ceterms:ProfessionalCertificate": "CERTIFICATE",
    "ceterms:ProficiencyCertificate": "CERTIFICATE",
    "ceterms:JourneymanCertificate": "APPRENTICESHIP",
    "ceterms:WorkBasedLearningCertificate": "CERTIFICATE",
    "ceterms:BachelorDegree": "DEGREE",
    "ceterms:MasterDegree": "DEGREE",
    "ceterms:DoctoralDegree": "DEGREE",
    "ceterms:ProfessionalDoctorate": "DEGREE",
    "ceterms:ResearchDoctorate": "DEGREE",
    "ceterms:SecondarySchoolDiploma": "SECONDARY",
    "ceterms:GeneralEducationDevelopment": "SECONDARY",
    **dict.fromkeys(
        [
            "ceterms:BachelorOfArtsDegree",
            "ceterms:BachelorOfScienceDegree",
            "ceterms:MasterOfArtsDegree",
            "ceterms:MasterOfScienceDegree",
            "ceterms:SpecialistDegree",
        ],
        "DEGREE",
    ),
    **dict.fromkeys(
        [
            "ceterms:AssociateOfArtsDegree",
            "ceterms:AssociateOfScienceDegree",
            "ceterms:AssociateOfAppliedArtsDegree",
            "ceterms:AssociateOfAppliedScienceDegree",
        ],
        "ASSOCIATE_DEGREE",
    ),
    **dict.fromkeys(
        [
            "ceterms:BasicTechnicalCertificate",
            "ceterms:TechnicalLevel1Certificate",
            "ceterms:TechnicalLevel2Certificate",
            "ceterms:TechnicalLevel3Certificate",
            "ceterms:HigherEducationLevel1Certificate",
            "ceterms:HigherEducationLevel2Certificate",
        ],
        "CERTIFICATE",
    ),
    **dict.fromkeys(
        [
            "ceterms:SecondaryEducationCertificate",
            "ceterms:GeneralEducationLevel1Certificate",
            "ceterms:GeneralEducationLevel2Certificate",
        ],
        "SECONDARY",
    ),
    "ceterms:PostMasterCertificate": "GRADUATE_CERTIFICATE",
    "ceterms:MasterCertificate": "APPRENTICESHIP",
    "ceterms:PreApprenticeshipCertificate": "CERTIFICATE",
    "ceterms:QualityAssuranceCredential": "OTHER",
    "ceterms:Badge": "OTHER",
    "ceterms:DigitalBadge": "OTHER",
    "ceterms:OpenBadge": "OTHER",
}
BADGES = frozenset({"ceterms:Badge", "ceterms:DigitalBadge", "ceterms:OpenBadge"})
LEARNING = frozenset({"ceterms:Course", "ceterms:LearningProgram"})
"""Kinds that CTDL takes for learning, not for a credential."""
COMPANION = "ceterms:LearningOpportunityProfile"
ORGANIZATIONS = frozenset({"ceterms:CredentialOrganization", "ceterms:Organization", "ceterms:QACredentialOrganization"})
OFFERING = "ceterms:ScheduledOffering"

STATUS_OF_CREDENTIAL = {
    "ACTIVE": "credentialStat:Active",
    "EXPIRING": "credentialStat:Ceasing",
    "DISCONTINUED": "credentialStat:Deprecated",
}
STATUS_OF_LEARNING = {"ACTIVE": "lifeCycle:Active", "EXPIRING": "lifeCycle:Ceasing", "DISCONTINUED": "lifeCycle:Ceased"}
LIFECYCLES = {
    **{target: lifecycle for lifecycle, target in STATUS_OF_CREDENTIAL.items()},
    **{target: lifecycle for lifecycle, target in STATUS_OF_LEARNING.items()},
    "credentialStat:TeachOut": "EXPIRING",
    "lifeCycle:TeachOut": "EXPIRING",
}

MODES: dict[str, tuple[str, str | None]] = {
    "IN_PERSON": ("deliveryType:InPerson", None),
    "ONLINE": ("deliveryType:OnlineOnly", None),
    "BLENDED": ("deliveryType:BlendedDelivery", None),
    "ONLINE_LIVE": ("deliveryType:OnlineOnly", "Online, live"),
    "ONLINE_ANYTIME": ("deliveryType:OnlineOnly", "Online, at any time"),
    "HYFLEX": ("deliveryType:BlendedDelivery", "In person or online, as the learner likes"),
    "WORKPLACE": ("deliveryType:InPerson", "At the workplace"),
}
"""The delivery type, and the words that tell modes of one type apart."""

FEES = {
    "TUITION": "costType:Tuition",
    "MANDATORY": "costType:MixedFees",
    "APPLICATION": "costType:Application",
    "MATERIALS": "costType:LearningResource",
    "EXAM": "costType:StandaloneAssessment",
    "EQUIPMENT": "costType:Equipment",
    "TRAVEL_LODGING": "costType:RoomOrResidency",
}
MORE_FEES = {
    "costType:EnrollmentFee": "MANDATORY",
    "costType:ProgramSpecificFee": "MANDATORY",
    "costType:StudentServicesFee": "MANDATORY",
    "costType:TechnologyFee": "MANDATORY",
    "costType:Consumables": "MATERIALS",
}
OPTIONAL = "costType:OptionalCharges"
UNCOUNTED_FEES = frozenset({"DEPOSIT"})
"""A deposit is part of the tuition; CTDL would add it."""
RESIDENCIES = {
    "BC": ("residency:InState",),
    "OUT_OF_PROVINCE": ("residency:OutOfState",),
    "INTERNATIONAL": ("residency:International",),
    "DOMESTIC": ("residency:InState", "residency:OutOfState"),
    "ALL": ("residency:InState", "residency:OutOfState", "residency:International"),
}
CURRENCIES = {
    "canadian dollar": "CAD",
    "us dollar": "USD",
    "united states dollar": "USD",
    "euro": "EUR",
    "pound sterling": "GBP",
}
"""What others write in words."""
PATTERNS = {"TOTAL": "In total", "COURSE": "Per course", "CREDIT": "Per credit", "TERM": "Per term", "WEEK": "Per week"}

HOURS = {
    "statedHours": "Hours",
    "instructionalHours": "Instructional hours",
    "independentHours": "Independent hours",
    "placementHours": "Placement hours",
    "totalHours": "Total hours",
}
CREDITS = {"CREDIT": "credits", "UVIC_UNIT": "UVic units", "LOCAL": "local units"}
COUNTED = {None: "", "COURSE": " for each course", "CREDENTIAL": " for the whole"}

CONDITIONS = {
    "PREREQUISITE": "ceterms:requires",
    "ADMISSION": "ceterms:requires",
    "COREQUISITE": "ceterms:corequisite",
    "RECOMMENDED": "ceterms:recommends",
    "ADVANCED_STANDING": "ceterms:advancedStandingFrom",
}
KINDS_OF_CONDITION = {
    "ceterms:requires": "PREREQUISITE",
    "ceterms:entryCondition": "ADMISSION",
    "ceterms:corequisite": "COREQUISITE",
    "ceterms:coPrerequisite": "COREQUISITE",
    "ceterms:recommends": "RECOMMENDED",
    "ceterms:advancedStandingFrom": "ADVANCED_STANDING",
}
CONDITION_NAMES = {
    "PREREQUISITE": "Prerequisite",
    "ADMISSION": "Admission requirement",
    "COREQUISITE": "Corequisite",
    "RECOMMENDED": "Recommended",
    "ADVANCED_STANDING": "Advanced standing",
}
MOMENTS = {None: "", "APPLICATION": ", at application", "START": ", at the start", "COMPLETION": ", by completion"}

FRAMEWORKS = {
    "occupations": "National Occupational Classification 2021",
    "sectors": "North American Industry Classification System",
    "cip": "Classification of Instructional Programs",
}
FRAMEWORK_WORDS = {
    "occupations": ("noc", "national-occupational"),
    "sectors": ("naics", "north-american"),
    "cip": ("cip", "classification-of-ins"),
}
"""By which a framework's name is recognised, made into a slug."""
ALIGNED = {
    "occupations": "ceterms:occupationType",
    "sectors": "ceterms:industryType",
    "cip": "ceterms:instructionalProgramType",
}
