"""Reads one course, program or award as the value of a credential record."""

from typing import Any

from catalog.formats.schema_org.givers import read_givers
from catalog.formats.schema_org.graph import Found
from catalog.formats.schema_org.identity import Identity
from catalog.formats.schema_org.kinds import read_kind
from catalog.formats.schema_org.nodes import Node, is_object, text_of
from catalog.formats.schema_org.offered import read_offered
from catalog.formats.schema_org.prerequisites import find_listing, read_requirements
from catalog.formats.schema_org.scope import Scope
from catalog.formats.schema_org.skills import read_occupations, read_skills
from catalog.formats.schema_org.tongues import read_languages
from catalog.formats.schema_org.vocabulary import LISTINGS
from catalog.formats.schema_org.write import UNITS
from catalog.model.reading.numbers import read_number
from catalog.model.shapes import LINE_LENGTH

MOST_PARTS = 100
_CREDIT_UNITS = {text: unit for unit, text in UNITS.items()}


def read_listing(found: Found, identity: Identity, scope: Scope) -> dict[str, Any]:
    """The value of a record; what is not stated is absent, None or empty."""
    node = found.node
    title = scope.title("title", node, "name")
    if title is None:
        scope.reading.fail("FIELD_MISSING", "the listing has no name", "title")
    value: dict[str, Any] = {
        "type": "credential",
        "ref": identity.ref,
        "identifiers": identity.identifiers[:20],
        "title": title,
        "description": scope.prose("description", node, "description"),
        "summary": scope.prose("summary", node, "abstract") or scope.prose("summary", node, "disambiguatingDescription"),
        "url": scope.address("url", node, "url"),
        **read_givers(node, found.owner, scope),
        **read_kind(node, title, scope),
        "languages": read_languages(node, scope),
        "skills": read_skills(node, scope),
        "occupations": read_occupations(node, scope),
        "audienceText": "; ".join(scope.lines("audienceText", node, "audience"))[:2_000],
        "credit": _credit(node, scope),
        **read_requirements(node, scope),
        "components": _components(node, scope),
    }
    value |= read_offered(node, value["languages"], title or {}, scope)
    for name in ("identifier", "courseCode", "conformsTo"):
        node.take(name)
    scope.leave(node)
    return value


def _credit(node: Node, scope: Scope) -> dict[str, Any] | None:
    """A number for the whole, with its unit if it is one of ours; other units, and words, stay text."""
    value = node.first("numberOfCredits")
    if value is None:
        return None
    stated = scope.node(value, node.names) if is_object(value) else None
    number = stated.first("value") if stated else value
    unit = text_of(stated.first("unitText")) if stated else None
    amount = scope.parse("credit", read_number, number)
    told = None if unit in _CREDIT_UNITS else unit
    words = told if amount is not None else " ".join(one for one in (text_of(number), unit) if one)
    per = None if amount is None else "CREDENTIAL"
    found = {
        "value": amount,
        "unit": _CREDIT_UNITS.get(unit or ""),
        "per": per,
        "text": words[:LINE_LENGTH] if words else None,
    }
    return {key: one for key, one in found.items() if one is not None}


def _components(node: Node, scope: Scope) -> list[dict[str, str]]:
    """Parts that the file describes as listings of their own; others could not be told apart from what is unknown."""
    found: list[dict[str, str]] = []
    for one in [*node.take("hasPart"), *node.take("hasCourse")]:
        part = scope.node(one, node.names)
        pointer = find_listing(one, node, scope)
        if pointer:
            found.append(pointer)
        elif not part.types or LISTINGS.intersection(part.types):
            message = "a part is named, but not described in this file; it is left out"
            hint = "describe it as a Course with a description, under the same @id"
            shown = scope.line("components", scope.label(one, node.names)) or part.id
            scope.reading.warn("COMPONENT_NOT_DESCRIBED", message, "components", shown, hint)
        else:
            scope.reading.drop("hasPart")
    return scope.capped("components", found, MOST_PARTS)
