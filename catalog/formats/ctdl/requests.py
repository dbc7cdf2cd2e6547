"""Requests to the Registry's publishing API as nodes: names in capitals, values without types, lengths as objects."""

from collections.abc import Mapping
from typing import Any

REQUESTS = {
    "Credential": "ceterms:Credential",
    "LearningOpportunity": "ceterms:LearningOpportunityProfile",
    "Course": "ceterms:Course",
    "LearningProgram": "ceterms:LearningProgram",
    "Assessment": "ceterms:AssessmentProfile",
    "Organization": "ceterms:CredentialOrganization",
    "CostManifest": "ceterms:CostManifest",
    "ConditionManifest": "ceterms:ConditionManifest",
    "Pathway": "ceterms:Pathway",
    "PathwayComponents": "ceterms:PathwayComponent",
    "CompetencyFramework": "ceasn:CompetencyFramework",
    "Competencies": "ceasn:Competency",
}
"""What a request is called, and the class of what it publishes."""
_TYPES = ("Type", "CredentialType", "LearningOpportunityType", "PathwayComponentType", "@type")
_CONDITIONS = (
    "Requires",
    "Recommends",
    "EntryCondition",
    "Corequisite",
    "CoPrerequisite",
    "AdvancedStandingFrom",
    "AlternativeCondition",
)
_ASN = frozenset(
    {"HasChild", "IsChildOf", "CompetencyText", "CompetencyLabel", "HasTopChild", "IsTopChildOf", "CompetencyCategory"}
)
_CLASS_OF = {
    **dict.fromkeys(_CONDITIONS, "ceterms:ConditionProfile"),
    "EstimatedCost": "ceterms:CostProfile",
    "EstimatedDuration": "ceterms:DurationProfile",
    "HasCondition": "ceterms:ComponentCondition",
    "HasConstraint": "ceterms:Constraint",
}
_LETTERS = (("Years", "Y"), ("Months", "M"), ("Weeks", "W"), ("Days", "D"))
_WORK = (("Hours", "H"), ("Minutes", "M"))
_CONCEPTS = {
    "DeliveryType": "deliveryType",
    "LearningDeliveryType": "deliveryType",
    "DirectCostType": "costType",
    "ResidencyType": "residency",
}


def to_node(request: Mapping[str, Any], cls: str) -> dict[str, Any]:
    """The node; what has a name of CTDL keeps its meaning, all else becomes a property that nobody takes."""
    named = next((request[one] for one in _TYPES if isinstance(request.get(one), str)), None)
    node: dict[str, Any] = {"@type": _prefixed(named, "ceterms") if named else cls}
    prefix = "ceasn" if node["@type"].startswith("ceasn:") else "ceterms"
    for key, value in request.items():
        if key in _TYPES or value in (None, "", [], {}):
            continue
        plain = key.removesuffix("_Map")
        if plain.upper() == "ID":
            node["@id"] = value
        elif plain.upper() == "CTID":
            node["ceterms:ctid"] = value
        else:
            own = "ceasn" if plain in _ASN else prefix
            node[f"{own}:{plain[:1].lower()}{plain[1:]}"] = _value(plain, value)
    return node


def _prefixed(name: str, prefix: str) -> str:
    return name if ":" in name else f"{prefix}:{name[:1].upper()}{name[1:]}"


def _value(name: str, value: Any) -> Any:
    if isinstance(value, list):
        return [_value(name, one) for one in value]
    if name in _CONCEPTS and isinstance(value, str) and ":" not in value:
        return {"ceterms:targetNode": f"{_CONCEPTS[name]}:{value}"}
    if not isinstance(value, dict):
        return value
    if name.endswith(("Duration", "TimeRequired")) and name != "EstimatedDuration":
        return _iso(value)
    if name in _CLASS_OF:
        return to_node(value, _CLASS_OF[name])
    is_object = any(one in value for one in ("Type", "CTID", "Id", "Name", "TargetNodeName", "Value", "IdentifierValueCode"))
    return to_node(value, "ceterms:CredentialAlignmentObject") if is_object else value


def _iso(value: Mapping[str, Any]) -> str | None:
    """The length as ISO 8601 text."""
    if isinstance(value.get("Duration_ISO8601"), str):
        return str(value["Duration_ISO8601"])
    span = "".join(f"{value[name]}{letter}" for name, letter in _LETTERS if value.get(name))
    work = "".join(f"{value[name]}{letter}" for name, letter in _WORK if value.get(name))
    return f"P{span}{'T' + work if work else ''}" if span or work else None
