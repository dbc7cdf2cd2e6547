"""Which of our words for pathways is which term of CTDL, or which English sentence where CTDL has no term."""

PATHWAY = "ceterms:Pathway"
CONDITION = "ceterms:ComponentCondition"
CONSTRAINT = "ceterms:Constraint"
CREDENTIAL_COMPONENT = "ceterms:CredentialComponent"
COURSE_COMPONENT = "ceterms:CourseComponent"
BASIC_COMPONENT = "ceterms:BasicComponent"
COMPONENTS = frozenset(
    f"ceterms:{name}Component"
    for name in (
        "Assessment",
        "Basic",
        "Cocurricular",
        "Collection",
        "Competency",
        "Course",
        "Credential",
        "Extracurricular",
        "Job",
        "Multi",
        "Pathway",
        "Selection",
        "WorkExperience",
    )
)
NO_CREDENTIAL = frozenset({"ceterms:AssessmentComponent", "ceterms:CompetencyComponent", "ceterms:JobComponent"})
"""Components that stand for something that nobody is awarded here."""
LINKS = ("ceterms:proxyFor", "ceterms:proxyForList", "ceterms:sourceItem", "ceterms:sourceData")
"""What a component stands for; the first that is stated counts."""
CHILDREN = ("ceasn:hasChild", "ceterms:hasChild")
PARTS = ("ceasn:hasPart", "ceterms:hasPart")
WHOLES = ("ceasn:isPartOf", "ceterms:isPartOf")

CREDITS, HOURS, COUNT = "ceterms:creditValue", "ceterms:timeRequired", "ceterms:requiredNumber"
WITHIN = "ceterms:estimatedDuration"
PICKS = {"CREDITS": CREDITS, "HOURS": HOURS, "COUNT": COUNT}
"""What a pick is counted in, as the left side of a constraint."""
SHARE = "Share of the award"
LIMIT_UNITS = {"FRACTION": SHARE, "CREDITS": CREDITS, "COUNT": COUNT, None: "Value"}
AT_LEAST, AT_MOST = "compare:GTEQ", "compare:LTEQ"
BOUNDS = {
    "gteq": ("min",),
    "gte": ("min",),
    "greaterthanorequal": ("min",),
    "greaterthanorequalto": ("min",),
    "lteq": ("max",),
    "lte": ("max",),
    "lessthanorequal": ("max",),
    "lessthanorequalto": ("max",),
    "eq": ("min", "max"),
    "equal": ("min", "max"),
    "equals": ("min", "max"),
    "equalto": ("min", "max"),
}
"""Comparators, without prefix and in small letters, and which bounds they state."""
AND, OR = "logic:And", "logic:Or"

LIMITS = {
    "NEW": "Limit: new work",
    "RESIDENCY": "Limit: work done here",
    "PRIOR_LEARNING": "Limit: prior learning",
    "TRANSFER": "Limit: transfer",
}
"""The names by which a limit is told from a part."""
ORDERS = {"ANY": "Its components may be taken in any order.", "FIXED": "Its components are taken in this order."}
SHARED = {True: "Its components may count elsewhere too.", False: "Its components may not count elsewhere."}
NOT_COUNTED = "the source does not say how many of these are asked for"
