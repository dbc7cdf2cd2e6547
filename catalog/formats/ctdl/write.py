"""Writes one credential's Document as CTDL nodes."""

from collections.abc import Iterator, Mapping
from typing import Any

from catalog.formats.ctdl.conditions import write_conditions
from catalog.formats.ctdl.costs import write_costs
from catalog.formats.ctdl.lengths import write_lengths, write_weeks
from catalog.formats.ctdl.mapping import (
    ALIGNED,
    COMPANION,
    COUNTED,
    CREDITS,
    FRAMEWORKS,
    LEARNING,
    MODES,
    NAMED_KINDS,
    OFFERING,
    STATUS_OF_CREDENTIAL,
    STATUS_OF_LEARNING,
    THEME_FRAMEWORK,
    UNKNOWN_LANGUAGE,
    Around,
)
from catalog.formats.ctdl.nodes import (
    alignment,
    class_of,
    concept,
    ctid,
    english,
    identifiers,
    reference,
    skill,
    stated,
    urn,
    words,
)
from catalog.model.identity import part_id

ORGANIZATION = "ceterms:CredentialOrganization"
Document = Mapping[str, Any]


def write_credential(document: Document, around: Around) -> list[dict[str, Any]]:
    """The listing's node, then its companion of learning, its offerings and its organisations; each has an `@id`.

    `around` holds Documents by id; what it lacks is left out, and said in words where a requirement names it. Several
    listings give the same organisation: whoever puts them into one file keeps one node of an `@id`.
    """
    is_learning = class_of(document) in LEARNING
    listing = _listing(document, around) | (_learning_terms(document) if is_learning else _credential_terms(document))
    taught = _taught(document, around)
    nodes = [listing | taught] if is_learning else [listing]
    if taught and not is_learning:
        nodes.append(_companion(document, listing, taught))
    runs = [_offering(one, around) for one in _runs(document)]
    return nodes + runs + list(_organizations(document, around))


def _listing(document: Document, around: Around) -> dict[str, Any]:
    usual = document["usual"] or {"places": [], "fees": []}
    owner, joint = _owner(document, around), _partners(document, around, "CO_PROVIDER")
    return stated(
        {
            "@id": urn(document["id"]),
            "@type": class_of(document),
            "ceterms:ctid": ctid(document),
            "ceterms:name": document["title"],
            "ceterms:description": document["description"] or document["summary"],
            "dct:abstract": [{"@language": key, "@value": text} for key, text in (document["summary"] or {}).items()],
            "ceterms:subjectWebpage": document["url"],
            "ceterms:availabilityListing": document["registerUrl"],
            "ceterms:inLanguage": document["languages"],
            "ceterms:identifier": identifiers(document),
            "ceterms:ownedBy": owner,
            "ceterms:offeredBy": owner + joint,
            "ceterms:recognizedBy": _partners(document, around, "RECOGNIZER"),
            "ceterms:supersedes": _references([document["supersedes"]], around),
            "ceterms:hasPart": _references(document["components"], around),
            "ceterms:estimatedDuration": write_lengths(document),
            "ceterms:estimatedCost": write_costs(usual["fees"]),
            "ceterms:availableAt": _places(usual, around),
            **_aligned(document, around),
            **write_conditions(document["requirements"], around),
        }
    )


def _credential_terms(document: Document) -> dict[str, Any]:
    kind = NAMED_KINDS.get(document["kind"])
    mode, told = _mode(document["usual"])
    return stated(
        {
            "ceterms:credentialType": kind and [{"@type": "ceterms:CredentialType", "ceterms:name": english(kind)}],
            "ceterms:credentialStatusType": concept(STATUS_OF_CREDENTIAL.get(document["lifecycle"])),
            "ceterms:learningDeliveryType": mode,
            "ceterms:learningDeliveryDescription": told,
        }
    )


def _learning_terms(document: Document) -> dict[str, Any]:
    status = concept(STATUS_OF_LEARNING.get(document["lifecycle"]))
    return stated({"ceterms:lifeCycleStatusType": status, **_delivery(document["usual"])})


def _delivery(run: Document | None) -> dict[str, Any]:
    mode, told = _mode(run)
    return {"ceterms:deliveryType": mode, "ceterms:deliveryTypeDescription": told}


def _mode(run: Document | None) -> tuple[list[dict[str, Any]], dict[str, str] | None]:
    target, told = MODES.get((run or {}).get("mode") or "", (None, None))
    found = concept(target)
    return [found] if found else [], english(told)


def _taught(document: Document, around: Around) -> dict[str, Any]:
    """What CTDL says of learning only."""
    credit = document["credit"] or {}
    methods = document["assessmentMethods"]
    return stated(
        {
            "ceterms:teaches": [skill(around[one]) for one in document["skills"] if one in around],
            "ceterms:assessmentMethodDescription": {UNKNOWN_LANGUAGE: methods} if methods else None,
            "ceterms:creditValue": _credit(credit),
            "ceterms:creditUnitTypeDescription": words(credit.get("text")),
            "ceterms:isNonCredit": {"CREDIT": False, "NON_CREDIT": True}.get(credit.get("status", "")),
            "ceterms:hasOffering": [urn(one["id"]) for one in _runs(document)],
        }
    )


def _credit(credit: Document) -> list[dict[str, Any]] | None:
    told = (CREDITS.get(credit.get("unit") or "", "") + COUNTED[credit.get("per")]).strip()
    value = stated({"schema:value": credit.get("value"), "schema:description": english(told)})
    return [{"@type": "ceterms:ValueProfile", **value}] if value else None


def _companion(document: Document, listing: Document, taught: Document) -> dict[str, Any]:
    identity = part_id(document["id"], "learning", "ctdl")
    shared = ("ceterms:name", "ceterms:description", "ceterms:subjectWebpage", "ceterms:ownedBy", "ceterms:offeredBy")
    return {
        "@id": urn(identity),
        "@type": COMPANION,
        "ceterms:ctid": f"ce-{identity}",
        **{name: listing[name] for name in shared if name in listing},
        "ceterms:resultsInCredential": [listing["@id"]],
        **taught,
    }


def _runs(document: Document) -> list[Document]:
    return [one for one in document["offerings"] if one["run"] != "CANCELLED"]


def _offering(run: Document, around: Around) -> dict[str, Any]:
    return stated(
        {
            "@id": urn(run["id"]),
            "@type": OFFERING,
            "ceterms:ctid": f"ce-{run['id']}",
            "ceterms:name": words(run["label"]),
            "ceterms:estimatedDuration": [one for one in [write_weeks(run["weeks"])] if one],
            "ceterms:estimatedCost": write_costs(run["fees"]),
            "ceterms:availableAt": _places(run, around),
            "ceterms:availabilityListing": run["registerUrl"],
            **_delivery(run),
        }
    )


def _places(run: Document, around: Around) -> list[dict[str, Any]]:
    campuses = {one["id"]: one for document in around.values() for one in document.get("campuses", ())}
    return [
        _place(campuses.get(one["campus"]), one["community"])
        for one in run["places"]
        if one["campus"] in campuses or one["community"]
    ]


def _place(campus: Document | None, community: str | None) -> dict[str, Any]:
    known = campus or {}
    return stated(
        {
            "@type": "ceterms:Place",
            "ceterms:name": words(known.get("name")),
            "ceterms:addressLocality": words(known.get("city") if campus else community),
            "ceterms:latitude": known.get("latitude"),
            "ceterms:longitude": known.get("longitude"),
        }
    )


def _aligned(document: Document, around: Around) -> dict[str, Any]:
    """Codes of frameworks: occupations, sectors, the program, and our own themes."""
    named = {
        "occupations": [
            alignment(one["code"], one["title"], FRAMEWORKS["occupations"])
            for one in _found(document, "occupations", around)
        ],
        "sectors": [
            alignment(one["code"], one["name"], FRAMEWORKS["sectors"]) for one in _found(document, "sectors", around)
        ],
        "cip": [alignment(document["cip"], None, FRAMEWORKS["cip"])] if document["cip"] else [],
    }
    themes = [alignment(one["code"], one["name"], THEME_FRAMEWORK) for one in _found(document, "themes", around)]
    return {ALIGNED[field]: entries for field, entries in named.items()} | {"ceterms:subject": themes}


def _found(document: Document, field: str, around: Around) -> list[Document]:
    return [around[one] for one in document[field] if one in around]


def _references(ids: list[str | None], around: Around) -> list[dict[str, Any]]:
    found = [around[one] for one in ids if one is not None and one in around]
    return [reference(one, class_of(one)) for one in found]


def _owner(document: Document, around: Around) -> list[str]:
    return [urn(document["provider"])] if document["provider"] in around else []


def _partners(document: Document, around: Around, role: str) -> list[str]:
    named = [one["institution"] for one in document["partnerships"] if one["role"] == role and one["institution"] in around]
    return [urn(one) for one in dict.fromkeys(named) if one != document["provider"]]


def _organizations(document: Document, around: Around) -> Iterator[dict[str, Any]]:
    roles = ("CO_PROVIDER", "RECOGNIZER")
    named = [one["institution"] for one in document["partnerships"] if one["role"] in roles]
    for one in dict.fromkeys([document["provider"], *named]):
        if one in around:
            yield reference(around[one], ORGANIZATION) | stated({"ceterms:subjectWebpage": around[one]["url"]})
