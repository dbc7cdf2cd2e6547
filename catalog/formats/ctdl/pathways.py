"""Reads a Pathway, or a component that stands for a credential and has conditions of its own, as a pathway record."""

from typing import Any

from catalog.formats.ctdl.components import Component, read_component, read_components
from catalog.formats.ctdl.constraints import read_constraints, read_number
from catalog.formats.ctdl.graph import Graph
from catalog.formats.ctdl.identity import find_slug, further_identifiers, own_names
from catalog.formats.ctdl.organizations import read_owners
from catalog.formats.ctdl.parts import MOST_ITEMS, Parts, limit_kind
from catalog.formats.ctdl.pathway_terms import CHILDREN, LIMIT_UNITS, LINKS, NOT_COUNTED, PARTS, PATHWAY, WHOLES
from catalog.formats.ctdl.reading import Node, Refused, language_map, some_text, types
from catalog.formats.ctdl.taking import NOTE_LENGTH, Taker
from catalog.model.reading.delivery import stated

_OF_COMPONENTS = (
    "ceterms:hasCondition",
    "ceterms:identifier",
    "ceterms:isDestinationComponentOf",
    "ceterms:isDestinationComponentFor",
    "ceterms:prerequisite",
    "ceasn:isChildOf",
    "ceterms:isChildOf",
    *CHILDREN,
    *LINKS,
    *WHOLES,
)


class Ways:
    """The pathways of a file: looked up by components, each of which may be part of several."""

    def __init__(self, graph: Graph) -> None:
        self.nodes: list[Node] = [one.node for one in graph.top if PATHWAY in types(one.node)]
        self.destinations: dict[str, Node] = {}
        for placed in graph.top:
            for name in ("ceterms:isDestinationComponentOf", "ceterms:isDestinationComponentFor"):
                for whole in graph.nodes(placed.node.get(name)):
                    self.destinations.setdefault(str(whole.get("@id")), placed.node)

    def around(self, component: Node, graph: Graph) -> list[Node]:
        """What the component is part of; in a file with one pathway that one, where it does not say."""
        named = [one for name in WHOLES for one in graph.nodes(component.get(name))]
        return named or (self.nodes if len(self.nodes) == 1 else [])


def read_pathway(node: Node, graph: Graph, ways: Ways) -> dict[str, Any]:
    """The value of a pathway record. Raises Refused for a node without an identity."""
    own, identifiers = own_names(node)
    taker = Taker(node, graph)
    destinations = read_components(taker.take("ceterms:hasDestinationComponent"), graph)
    if len(destinations) > 1:
        taker.refuse(
            "ceterms:hasDestinationComponent", Refused(f"names {len(destinations)} destinations; the first is taken")
        )
    told = ways.destinations.get(str(node.get("@id")))
    destination = destinations[0] if destinations else read_component(told, graph) if told else None
    value = {
        "type": "pathway",
        "ref": own,
        "slug": find_slug(node),
        "identifiers": [*identifiers, *further_identifiers(node)],
        "title": taker.title("ceterms:name"),
        "summary": taker.prose("ceterms:description"),
        "url": taker.address("ceterms:subjectWebpage"),
        "owner": read_owners(taker)[0],
        "validFrom": taker.day("ceterms:dateEffective"),
        "validTo": taker.day("ceterms:expirationDate"),
    }
    listed = taker.take(*PARTS)
    taker.end("ceterms:identifier")
    return stated(value | _inside(destination, listed, graph))


def read_stage(node: Node, graph: Graph, ways: Ways) -> dict[str, Any] | None:
    """The way to the credential that a component stands for, where it has conditions; None where it is only named.

    Its owner is that of the pathway it is part of. Raises Refused for a component without an identity.
    """
    component = read_component(node, graph)
    taker = Taker(node, graph)
    wholes = ways.around(node, graph)
    is_destination = any(_is_destination(component, one, graph) for one in wholes)
    if component.link is None or not component.conditions or is_destination:
        taker.end("ceterms:name", *_OF_COMPONENTS)
        return None
    own, identifiers = own_names(node)
    value: dict[str, Any] = {"type": "pathway", "ref": own, "identifiers": identifiers, "title": taker.title("ceterms:name")}
    value |= {"summary": taker.prose("ceterms:description"), "url": taker.address("ceterms:subjectWebpage")}
    value["owner"] = read_owners(Taker(wholes[0], graph))[0] if wholes else graph.reading.told.provider
    taker.end(*_OF_COMPONENTS)
    return stated(value | _inside(component, None, graph))


def _inside(destination: Component | None, listed: Any, graph: Graph) -> dict[str, Any]:
    """Award, parts and limits; says what is missing."""
    award = destination.link if destination else None
    if award is None:
        message = "ceterms:hasDestinationComponent points at no credential: the pathway has no award"
        graph.reading.warn("FIELD_MISSING", message, "ceterms:hasDestinationComponent", hint="name it with ceterms:proxyFor")
    parts = Parts(graph).of(destination) if destination else []
    if not parts and listed:
        parts = [_unsorted(listed, destination, graph)]
    kept = [one for one in (_without(part, award, graph) for part in parts) if {"items", "unlisted", "rule"} & one.keys()]
    if not kept:
        graph.reading.warn(
            "FIELD_MISSING", "ceterms:hasCondition is missing: the pathway has no parts", "ceterms:hasCondition"
        )
    limits = [
        _limit(one, graph) for one in map(graph.node, destination.conditions if destination else ()) if limit_kind(one)
    ]
    return {"award": award, "parts": kept, "limits": limits[:20]}


def _unsorted(listed: Any, destination: Component | None, graph: Graph) -> dict[str, Any]:
    """Components of which nobody says which are asked for."""
    found = [one for one in read_components(listed, graph) if destination is None or one.key != destination.key]
    links: list[Any] = []
    for one in found:
        if one.link is not None and one.link not in links:
            links.append(one.link)
    named = [one.name for one in found if one.link is None]
    return stated({"items": links[:MOST_ITEMS], "unlisted": "; ".join([*named, NOT_COUNTED])[:NOTE_LENGTH]})


def _without(part: dict[str, Any], award: Any, graph: Graph) -> dict[str, Any]:
    """The award is not on the way to itself."""
    if award is None or award not in part.get("items", ()):
        return part
    graph.refuse("ceterms:targetComponent", Refused("has the award itself among what it asks for; it is left out"))
    return stated({**part, "items": [one for one in part["items"] if one != award], "pick": None})


def _limit(condition: Node, graph: Graph) -> dict[str, Any]:
    units = {left: unit for unit, left in LIMIT_UNITS.items()}
    bounds = next(((left, one) for left, one in read_constraints(condition, graph).bounds.items() if left in units), None)
    numbers = {name: read_number(text) for name, text in bounds[1].items()} if bounds else {}
    spared = [one.link for one in read_components(condition.get("ceterms:targetComponent"), graph) if one.link is not None]
    found = {
        "kind": limit_kind(condition),
        "unit": units[bounds[0]] if bounds else None,
        **numbers,
        "except": spared,
        "text": (some_text(language_map(condition.get("ceterms:description"))) or "")[:NOTE_LENGTH],
    }
    return stated(found)


def _is_destination(component: Component, pathway: Node, graph: Graph) -> bool:
    named = read_components(pathway.get("ceterms:hasDestinationComponent"), graph)
    return component.key in (one.key for one in named[:1])
