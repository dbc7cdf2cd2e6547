"""Organisations: those that a file describes become institutions, those that it only names are mentioned."""

from typing import Any

from catalog.formats.ctdl.graph import Graph
from catalog.formats.ctdl.identity import URL_SCHEME, find_address, find_ctid, find_slug, own_names
from catalog.formats.ctdl.nodes import CTID, CTID_SCHEME
from catalog.formats.ctdl.reading import Node, Refused, language_map, some_text, targets
from catalog.formats.ctdl.taking import Taker
from catalog.model.reading.delivery import stated
from catalog.model.shapes import LINE_LENGTH

Reference = str | dict[str, str]
OWNERS = ("ceterms:ownedBy", "ceterms:offeredBy")


def read_organization(node: Node, graph: Graph) -> dict[str, Any]:
    """The value of an institution. Raises Refused for a node without an identity. Addresses, mail and people stay out."""
    own, identifiers = own_names(node)
    taker = Taker(node, graph)
    value = {
        "type": "institution",
        "ref": own,
        "slug": find_slug(node),
        "identifiers": identifiers,
        "name": taker.title("ceterms:name"),
        "kind": "NOT_STATED",
        "url": taker.address("ceterms:subjectWebpage"),
    }
    taker.end("ceterms:identifier")
    return stated(value)


def read_owners(taker: Taker) -> tuple[Reference | None, list[dict[str, Any]]]:
    """(the provider, the others as partnerships). Who sends for one institution speaks of that one's listings."""
    graph = taker.graph
    found = [one for name in OWNERS for one in taker.each(name, lambda value: (value, _find(value, graph)))]
    told = graph.reading.told.provider
    if told is None and not found and graph.owner and (ctid := CTID.search(graph.owner)):
        return {"scheme": CTID_SCHEME, "value": ctid[0].lower()}, []
    provider = told or (_provider(*found[0], graph) if found else None)
    first = found[0][1] if found else None
    joint: list[dict[str, Any]] = []
    for value, reference in found[1:]:
        one = _partner("CO_PROVIDER", value, reference, graph)
        is_provider = _is_same(value, found[0][0], graph) if reference is None else reference in (first, provider)
        if not is_provider and one not in joint:
            joint.append(one)
    return provider, joint


def read_partners(taker: Taker, name: str, role: str) -> list[dict[str, Any]]:
    graph = taker.graph
    return taker.each(name, lambda value: _partner(role, value, _find(value, graph), graph), 10)


def _find(value: Any, graph: Graph) -> Reference | None:
    """Slug, CTID or address; None for one that the file only names. Raises Refused for an address that names nobody."""
    node = graph.node(value)
    if slug := find_slug(node):
        return slug
    try:
        return {"scheme": CTID_SCHEME, "value": find_ctid(node, value)}
    except Refused:
        if _name(node) is None:
            raise
        address = find_address(node, value)
        return {"scheme": URL_SCHEME, "value": address} if address else None


def _provider(value: Any, reference: Reference | None, graph: Graph) -> Reference | None:
    node = graph.node(value)
    return reference or graph.reading.provider(_name(node), next(iter(targets(node.get("ceterms:subjectWebpage"))), None))


def _partner(role: str, value: Any, reference: Reference | None, graph: Graph) -> dict[str, Any]:
    name = _name(graph.node(value))
    return stated({"role": role, "institution": reference, "text": None if reference or not name else name[:LINE_LENGTH]})


def _is_same(value: Any, other: Any, graph: Graph) -> bool:
    return _name(graph.node(value)) is not None and _name(graph.node(value)) == _name(graph.node(other))


def _name(node: Node) -> str | None:
    return some_text(language_map(node.get("ceterms:name")))
