"""Reads definitions of badges as credentials."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from catalog.formats.open_badges.definition import read_definition
from catalog.formats.open_badges.finding import Finder, top_nodes
from catalog.formats.open_badges.items import sent_back
from catalog.formats.open_badges.mapping import ASSERTION, CREDENTIALS, OWN_TYPES, PRESENTATION
from catalog.formats.open_badges.values import Node, several, types_of
from catalog.model.reading.content import Content, Kind
from catalog.model.reading.delivery import Delivery, Full, Reading, Told, refused, stated

FORMAT = "open-badges"
_LOOKED_AT = 20
_CONTEXTS = ("openbadges", "/spec/ob/", "/spec/clr/")


def recognises(content: Content) -> bool:
    """By types that only badges have, or by context and shape."""
    return content.kind is Kind.JSON and any(_is_badges(one) for one in top_nodes(content.value)[:_LOOKED_AT])


def _is_badges(node: Any) -> bool:
    if not isinstance(node, Mapping):
        return False
    types = types_of(node)
    if types & OWN_TYPES or _has_context(node):
        return True
    if "Achievement" in types:
        return "criteria" in node or "achievementType" in node
    if ASSERTION in types:
        return "badge" in node
    if PRESENTATION in types:
        inner = several(node.get("verifiableCredential"))[:_LOOKED_AT]
        return any(isinstance(one, Mapping) and bool(types_of(one) & CREDENTIALS) for one in inner)
    subjects = several(node.get("credentialSubject")) if types & CREDENTIALS else []
    return any(isinstance(one, Mapping) and "achievement" in one for one in subjects)


def _has_context(node: Node) -> bool:
    for one in several(node.get("@context")):
        if isinstance(one, str) and any(part in one for part in _CONTEXTS):
            return True
        if isinstance(one, Mapping) and "openbadges" in str(one.get("obi", ""))[:100]:
            return True
    return False


def read(content: Content, told: Told) -> Delivery:
    """Each definition once. Never raises; nothing of a person gets into records, items or issues."""
    if content.kind is not Kind.JSON:
        return refused(FORMAT, "FORMAT_UNKNOWN", "the file is no Open Badges: it is not JSON")
    reading = Reading(FORMAT, told)
    with suppress(Full):
        _read(reading, content.value)
    return reading.end()


def _read(reading: Reading, value: Any) -> None:
    seen: dict[str, dict[str, Any]] = {}
    for found in Finder(reading, value).find():
        reading.begin(found.place, sent_back(found))
        record = read_definition(reading, found)
        if record is None:
            continue
        record = stated(record)
        known = seen.setdefault(record["ref"], record)
        if known is record:
            reading.keep(record)
        elif known != record:
            message = "two definitions have this id and differ; the first was read"
            reading.fail("REF_DUPLICATE", message, "id", record["ref"])
