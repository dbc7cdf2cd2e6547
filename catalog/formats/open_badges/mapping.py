"""Which words of Open Badges are which of ours."""

CONTEXT = ("https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json")
"""What a file begins with that carries what `write_achievement` gives; nothing here ever fetches it."""
BADGE_SCHEME = "open-badge"
"""The identifier that keeps a definition's own `id`, so that badges given earlier stay the same when it is written."""
HUMAN_CODE = "human-code"

DEFINITIONS = frozenset({"Achievement", "BadgeClass"})
ASSERTION = "Assertion"
CREDENTIALS = frozenset(
    {"VerifiableCredential", "OpenBadgeCredential", "AchievementCredential", "ClrCredential", "EndorsementCredential"}
)
ENDORSEMENT = "EndorsementCredential"
PRESENTATION = "VerifiablePresentation"
SUBJECTS = frozenset({"AchievementSubject", "ClrSubject", "EndorsementSubject"})
PROFILES = frozenset({"Profile", "Issuer", "Organization"})
OWN_TYPES = frozenset({"BadgeClass", "OpenBadgeCredential", "AchievementCredential", "ClrCredential", ENDORSEMENT})
"""Types that no other format has."""

FALLBACK_KIND = "OTHER"
KIND_OF_TYPE = {
    "Achievement": "OTHER",
    "ApprenticeshipCertificate": "APPRENTICESHIP",
    "Assessment": "OTHER",
    "Assignment": "OTHER",
    "AssociateDegree": "ASSOCIATE_DEGREE",
    "Award": "OTHER",
    "Badge": "OTHER",
    "BachelorDegree": "DEGREE",
    "Certificate": "CERTIFICATE",
    "CertificateOfCompletion": "STATEMENT",
    "Certification": "OTHER",
    "CoCurricular": "OTHER",
    "CommunityService": "OTHER",
    "Competency": "OTHER",
    "Course": "COURSE",
    "Degree": "DEGREE",
    "Diploma": "DIPLOMA",
    "DoctoralDegree": "DEGREE",
    "Fieldwork": "OTHER",
    "GeneralEducationDevelopment": "SECONDARY",
    "JourneymanCertificate": "APPRENTICESHIP",
    "LearningProgram": "SHORT_PROGRAM",
    "License": "LICENCE",
    "MasterCertificate": "OTHER",
    "MasterDegree": "DEGREE",
    "Membership": "OTHER",
    "MicroCredential": "MICRO_CREDENTIAL",
    "ProfessionalDoctorate": "DEGREE",
    "QualityAssuranceCredential": "OTHER",
    "ResearchDoctorate": "DEGREE",
    "SecondarySchoolDiploma": "SECONDARY",
}
"""achievementType, whose terms CTDL's classes share; the two formats agree on every one."""
TYPE_OF_KIND = {
    "MICRO_CREDENTIAL": "MicroCredential",
    "COURSE": "Course",
    "SHORT_PROGRAM": "LearningProgram",
    "STATEMENT": "CertificateOfCompletion",
    "CERTIFICATE": "Certificate",
    "ASSOCIATE_CERTIFICATE": "Certificate",
    "GRADUATE_CERTIFICATE": "Certificate",
    "DIPLOMA": "Diploma",
    "ASSOCIATE_DEGREE": "AssociateDegree",
    "DEGREE": "Degree",
    "LICENCE": "License",
    "APPRENTICESHIP": "ApprenticeshipCertificate",
    "SECONDARY": "SecondarySchoolDiploma",
    "OTHER": "Achievement",
}
PLAIN_TYPES = frozenset(TYPE_OF_KIND.values()) | {"Badge"}
"""Types that the kind says whole; the others are kept as the provider's term."""

SKILL_TARGETS = frozenset({None, "CFItem", "CTDL", "ceasn:Competency"})
"""Targets of an alignment that are something a person can do."""
PERSONAL_IDENTIFIERS = frozenset(
    {"userName", "accountId", "emailAddress", "nationalIdentityNumber", "ltiUserId", "phoneNumber"}
)
IDENTIFIER_TYPES = frozenset(
    {
        "name", "sourcedId", "systemId", "productId", "isbn", "issn", "identifier", "did",
        "lisSourcedId", "oneRosterSourcedId", "sisSourcedId",
    }
)  # fmt: skip
"""Of the specification's list, those that a thing can have; others are written with its prefix for extensions, `ext:`."""
