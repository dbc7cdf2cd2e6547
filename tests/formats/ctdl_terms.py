"""Which class of CTDL has which of the properties that we write: domains of https://credreg.net/ctdl/schema/encoding/json (2026-08-06)."""

_SHARED = """advancedStandingFrom availabilityListing availableAt corequisite ctid description estimatedCost estimatedDuration hasPart
identifier inLanguage industryType instructionalProgramType name occupationType offeredBy ownedBy recognizedBy recommends requires
subject subjectWebpage supersedes"""
CREDENTIAL = f"{_SHARED} credentialStatusType credentialType learningDeliveryDescription learningDeliveryType"
LEARNING = f"""{_SHARED} assessmentMethodDescription creditUnitTypeDescription creditValue deliveryType deliveryTypeDescription
hasOffering isNonCredit lifeCycleStatusType resultsInCredential teaches"""
CREDENTIALS = """MicroCredential CertificateOfCompletion Certificate PostBaccalaureateCertificate Diploma AssociateDegree Degree
License ApprenticeshipCertificate Credential"""
_TERMS = {
    **dict.fromkeys(CREDENTIALS.split(), CREDENTIAL),
    **dict.fromkeys(["Course", "LearningProgram", "LearningOpportunityProfile"], LEARNING),
    "ConditionProfile": """alternativeCondition condition description experience minimumAge name targetCompetency
    targetCredential targetLearningOpportunity yearsOfExperience""",
    "CostProfile": "condition currency description directCostType endDate paymentPattern price residencyType startDate",
    "CredentialAlignmentObject": "codedNotation frameworkName targetNode targetNodeName",
    "CredentialOrganization": "ctid description identifier name subjectWebpage",
    "CredentialType": "name",
    "DurationProfile": "description exactDuration maximumDuration minimumDuration timeRequired",
    "IdentifierValue": "identifierTypeName identifierValueCode",
    "Place": "addressLocality latitude longitude name",
    "ScheduledOffering": "availabilityListing availableAt ctid deliveryType deliveryTypeDescription estimatedCost estimatedDuration name",
}
TERMS = {f"ceterms:{cls}": {f"ceterms:{name}" for name in names.split()} for cls, names in _TERMS.items()}
TERMS["ceterms:ValueProfile"] = {"schema:value", "schema:description"}
CONCEPTS = {
    *(f"deliveryType:{one}" for one in ("InPerson", "OnlineOnly", "BlendedDelivery")),
    *(f"credentialStat:{one}" for one in ("Active", "Ceasing", "Deprecated")),
    *(f"lifeCycle:{one}" for one in ("Active", "Ceasing", "Ceased")),
    *(f"residency:{one}" for one in ("InState", "OutOfState", "International")),
    *(
        f"costType:{one}"
        for one in (
            "Tuition",
            "MixedFees",
            "Application",
            "LearningResource",
            "StandaloneAssessment",
            "Equipment",
            "RoomOrResidency",
            "OptionalCharges",
        )
    ),
}

_COMPONENT = "ctid hasCondition name prerequisite proxyFor"
_PATHWAY_TERMS = {
    "Pathway": "ctid description hasDestinationComponent identifier name ownedBy subjectWebpage dateEffective expirationDate",
    **dict.fromkeys(["BasicComponent", "CourseComponent", "CredentialComponent"], _COMPONENT),
    "ComponentCondition": "description hasCondition hasConstraint logicalOperator name requiredNumber targetComponent",
    "Constraint": "comparator leftSource rightSource",
}
PATHWAY_TERMS = {f"ceterms:{cls}": {f"ceterms:{name}" for name in names.split()} for cls, names in _PATHWAY_TERMS.items()}
"""The same for pathways, as the Registry's publishing API has them, which lists neither identifier nor the two dates there."""
