"""Finds the nodes of a file in whatever they come: a graph, a node, a list, an envelope of the Registry, a request."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from catalog.formats.ctdl.reading import read_tag, several, types
from catalog.formats.ctdl.requests import REQUESTS, to_node
from catalog.formats.ctdl.terms import normalised, own_prefixes

LOOKED_AT = 20
"""Nodes by which a file is recognised."""
MOST_WRAPPINGS = 8
_CONTEXT = re.compile(r"https?://(www\.)?credreg\.(net|com|org)/ctdl(asn)?/")
_TERMS = re.compile(r"https?://purl\.org/ctdl/terms/")
_INNER = ("decoded_resource", "decodedResource", "DecodedPayload", "decoded_payload", "GraphInput", "envelope")


@dataclass(frozen=True, slots=True)
class Placed:
    """A node, where it stands, and what its surroundings say: the language of plain texts, and whose it is."""

    place: str
    node: dict[str, Any]
    language: str | None = None
    owner: str | None = None
    is_deleted: bool = False
    is_encoded: bool = False


@dataclass(frozen=True, slots=True)
class _Around:
    place: str
    context: Any = None
    language: str | None = None
    owner: str | None = None
    depth: int = 0

    def at(self, place: str) -> "_Around":
        return replace(self, place=self.place + place, depth=self.depth + 1)


def is_ctdl(value: Any) -> bool:
    """By its contexts and the types of its first nodes; what names only contexts of others is none."""
    return any(_is_of_ctdl(one, around) for one, around in islice(_nodes(value, _Around("$")), LOOKED_AT))


def _is_of_ctdl(node: dict[str, Any], around: _Around) -> bool:
    named = [one for one in several(around.context) if isinstance(one, str)]
    declared = [one["ceterms"] for one in several(around.context) if isinstance(one, dict) and "ceterms" in one]
    if any(not isinstance(one, str) or not _TERMS.match(one) for one in declared):
        return False
    if named and not any(_CONTEXT.match(one) for one in named):
        return False
    found = [normalised(one, {}) for one in types(node)]
    is_ours = any(one.startswith(("ceterms:", "ceasn:")) for one in found)
    return is_ours or (bool(named) and bool(found)) or "envelope_ctdl_type" in node


def placed_nodes(value: Any) -> Iterator[Placed]:
    """Every node that stands by itself, with one spelling for each term."""
    for node, around in _nodes(value, _Around("$")):
        if "envelope_ctdl_type" in node:
            yield _sealed(node, around)
        else:
            made = normalised(node, own_prefixes(around.context))
            yield Placed(around.place, made, around.language, around.owner)


def _sealed(envelope: Mapping[str, Any], around: _Around) -> Placed:
    """An envelope that is only a mark: its resource was deleted, or is there in code alone."""
    node = {"@type": envelope.get("envelope_ctdl_type"), "ceterms:ctid": envelope.get("envelope_ceterms_ctid")}
    is_deleted = _is_deleted(envelope)
    return Placed(around.place, node, is_deleted=is_deleted, is_encoded=not is_deleted)


def _is_deleted(envelope: Mapping[str, Any]) -> bool:
    headers = envelope.get("node_headers")
    return isinstance(headers, dict) and bool(headers.get("deleted_at"))


def _nodes(value: Any, around: _Around) -> Iterator[tuple[dict[str, Any], _Around]]:
    """Raw nodes. What is no object is passed over: a list may hold anything."""
    if around.depth > MOST_WRAPPINGS:
        return
    if isinstance(value, list):
        for index, one in enumerate(value):
            yield from _nodes(one, around.at(f"[{index}]"))
    elif isinstance(value, dict):
        yield from _in_object(value, around)


def _in_object(value: dict[str, Any], around: _Around) -> Iterator[tuple[dict[str, Any], _Around]]:
    inner = next((name for name in _INNER if isinstance(value.get(name), dict | list)), None)
    if "envelope_ctdl_type" in value and (_is_deleted(value) or inner is None):
        yield value, around
    elif inner is not None:
        yield from _nodes(value[inner], _request(value, around).at(f".{inner}"))
    elif "@graph" in value:
        yield from _nodes(value["@graph"], _in_context(value, around).at(".@graph"))
    elif "@type" in value:
        yield value, _in_context(value, around)
    else:
        yield from _named(value, around)


def _named(value: dict[str, Any], around: _Around) -> Iterator[tuple[dict[str, Any], _Around]]:
    inside = _request(value, around)
    if isinstance(value.get("envelopes"), list):
        yield from _nodes(value["envelopes"], around.at(".envelopes"))
    for name, cls in REQUESTS.items():
        for one in several(value.get(name)):
            if isinstance(one, dict):
                yield to_node(one, cls), inside.at(f".{name}")


def _request(value: dict[str, Any], around: _Around) -> _Around:
    language, owner = read_tag(value.get("DefaultLanguage")), value.get("PublishForOrganizationIdentifier")
    return replace(around, language=language or around.language, owner=owner if isinstance(owner, str) else around.owner)


def _in_context(node: dict[str, Any], around: _Around) -> _Around:
    context = node.get("@context", around.context)
    spoken = [read_tag(one.get("@language")) for one in several(context) if isinstance(one, dict)]
    language = next((one for one in spoken if one), around.language)
    return replace(around, context=context, language=language)
