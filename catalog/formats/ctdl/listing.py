"""Reads one CTDL credential, course or program as the value of a record."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from catalog.formats.ctdl import mapping
from catalog.formats.ctdl.graph import Graph
from catalog.formats.ctdl.identity import find_slug, further_identifiers, own_names
from catalog.formats.ctdl.measures import read_credit, read_fees, read_lengths
from catalog.formats.ctdl.organizations import read_owners, read_partners
from catalog.formats.ctdl.reading import (
    Node,
    Refused,
    all_texts,
    english_text,
    language_map,
    several,
    some_text,
    targets,
    types,
)
from catalog.formats.ctdl.requirements import read_requirements
from catalog.formats.ctdl.runs import read_mode, read_offering
from catalog.formats.ctdl.skills import is_code, read_code, read_skill
from catalog.formats.ctdl.taking import Taker
from catalog.model.reading.unreadable import Unreadable
from catalog.model.reading.words import read_language
from catalog.model.shapes import LINE_LENGTH

_NAMED_KINDS = {name: kind for kind, name in mapping.NAMED_KINDS.items()}
_FIELDS = {name: field for field, name in mapping.ALIGNED.items()}


def read_listing(node: Node, graph: Graph) -> dict[str, Any]:
    """The value of a credential record. Raises Refused for a node without an identity."""
    own, identifiers = own_names(node)
    taker = Taker(node, graph)
    value: dict[str, Any] = {"type": "credential", "ref": own, "slug": find_slug(node)}
    value |= {"identifiers": [*identifiers, *further_identifiers(node)], **_names(taker), **_kind(taker)}
    value |= _organizations(taker) | _links(taker) | read_lengths(taker) | {"credit": read_credit(taker)}
    value |= _codes(taker) | _taught(taker)
    value["usual"] = {"mode": read_mode(taker), "fees": read_fees(taker)}
    taker.end("ceterms:identifier", "ceterms:resultsInCredential")
    return value


def _names(taker: Taker) -> dict[str, Any]:
    summary, description = taker.prose("dct:abstract"), taker.prose("ceterms:description")
    return {
        "title": taker.title("ceterms:name"),
        "summary": summary,
        "description": None if description == summary else description,
        "url": taker.address("ceterms:subjectWebpage"),
        "registerUrl": taker.address("ceterms:availabilityListing"),
        "languages": taker.each("ceterms:inLanguage", _language, 10),
    }


def _language(value: Any) -> str:
    try:
        return read_language(value)
    except Unreadable as error:
        raise Refused(str(error), error.code, error.hint) from None


def _kind(taker: Taker) -> dict[str, Any]:
    found = types(taker.node)
    named = taker.each("ceterms:credentialType", partial(_named_kind, taker.graph), 10)
    kind = next((mapping.KIND_OF_CLASS[one] for one in found if one in mapping.KIND_OF_CLASS), "OTHER")
    records = ["BADGE"] if mapping.BADGES.intersection(found) else None
    status = targets(taker.take("ceterms:credentialStatusType")) + targets(taker.take("ceterms:lifeCycleStatusType"))
    lifecycle = next((mapping.LIFECYCLES[one] for one in status if one in mapping.LIFECYCLES), None)
    known = next((one for one, _ in named if one), None)
    term = next((term for one, term in named if term and not one), None)
    return {"kind": known or kind, "providerTerm": term, "records": records, "lifecycle": lifecycle}


def _named_kind(graph: Graph, value: Any) -> tuple[str | None, str | None]:
    """(kind, the publisher's own word) of a CredentialType. Raises Refused for one without a name."""
    node = graph.node(value)
    names = language_map(node.get("ceterms:name"))
    name = english_text(names) or some_text(names)
    if not name:
        raise Refused("names no type that the file describes")
    return _NAMED_KINDS.get(name), name[:LINE_LENGTH]


def _organizations(taker: Taker) -> dict[str, Any]:
    provider, joint = read_owners(taker)
    partners = [*joint, *read_partners(taker, "ceterms:recognizedBy", "RECOGNIZER")]
    return {"provider": provider, "partnerships": partners[:20]}


def _links(taker: Taker) -> dict[str, Any]:
    reference = taker.graph.reference
    return {
        "requirements": read_requirements(taker),
        "components": taker.each("ceterms:hasPart", reference),
        "supersedes": next(iter(taker.each("ceterms:supersedes", reference)), None),
    }


def _codes(taker: Taker) -> dict[str, Any]:
    found: dict[str, Any] = {field: taker.each(name, partial(read_code, field), 20) for name, field in _FIELDS.items()}
    found["cip"] = next(iter(found["cip"]), None)
    themes = [_theme(one) for one in several(taker.take("ceterms:subject"))]
    for _ in filter(lambda one: one is None, themes):
        taker.graph.skip("ceterms:subject")
    return found | {"themes": [one for one in themes if one is not None][:20]}


def _theme(value: Any) -> str | None:
    """The code of a theme of ours; None for a subject of others."""
    node = value if isinstance(value, Mapping) else {}
    code, framework = node.get("ceterms:codedNotation"), some_text(language_map(node.get("ceterms:frameworkName")))
    return code if isinstance(code, str) and framework == mapping.THEME_FRAMEWORK and is_code(code) else None


def _taught(taker: Taker) -> dict[str, Any]:
    graph = taker.graph
    told = all_texts(taker.take("ceterms:assessmentMethodDescription"))[:20]
    methods = [taker.fitted("ceterms:assessmentMethodDescription", one, LINE_LENGTH) for one in told]
    return {
        "skills": taker.each("ceterms:teaches", lambda one: read_skill(graph.node(one), graph), 50),
        "assessmentMethods": methods,
        "offerings": taker.each("ceterms:hasOffering", lambda one: read_offering(graph.node(one), graph), 200),
    }
