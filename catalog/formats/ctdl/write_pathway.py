"""Writes one pathway's Document as CTDL nodes: a destination that stands for the award, and a condition for each part."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from catalog.formats.ctdl.constraints import write_bounds
from catalog.formats.ctdl.mapping import LEARNING, Around
from catalog.formats.ctdl.nodes import class_of, english, identifiers, reference, stated, urn, words
from catalog.formats.ctdl.pathway_terms import (
    BASIC_COMPONENT,
    CONDITION,
    COURSE_COMPONENT,
    CREDENTIAL_COMPONENT,
    HOURS,
    LIMIT_UNITS,
    LIMITS,
    ORDERS,
    PATHWAY,
    PICKS,
    SHARED,
    WITHIN,
)
from catalog.formats.ctdl.write import ORGANIZATION
from catalog.formats.ctdl.write_choices import write_choice
from catalog.model.identity import part_id
from catalog.model.render.rule import rule_of

Document = Mapping[str, Any]
Node = dict[str, Any]


def write_pathway(document: Document, around: Around) -> list[Node]:
    """The pathway's node, its destination, the components of its parts and its owner; each has an `@id`.

    `around` holds Documents by id; an award or item that it lacks is a component without a credential behind it.
    """
    maker = Components(document["id"], around)
    conditions = [_part(one, maker) for one in document["parts"]]
    conditions += [_limit(one, index, maker) for index, one in enumerate(document["limits"])]
    destination = maker.of_credential("award", document["award"], {"ceterms:hasCondition": conditions})
    pathway = {
        "@id": urn(document["id"]),
        "@type": PATHWAY,
        "ceterms:ctid": f"ce-{document['id']}",
        "ceterms:name": document["title"],
        "ceterms:description": document["summary"],
        "ceterms:subjectWebpage": document["url"],
        "ceterms:identifier": identifiers(document),
        "ceterms:ownedBy": [urn(document["owner"])] if document["owner"] in around else [],
        "ceterms:dateEffective": document["validFrom"],
        "ceterms:expirationDate": document["validTo"],
        "ceterms:hasDestinationComponent": [destination],
        "ceasn:hasPart": [one["@id"] for one in maker.made],
    }
    return [stated(pathway), *maker.made, *_owner(document, around)]


class Components:
    """Makes the components of one pathway; each has an id of its own, since one credential may stand in several parts."""

    def __init__(self, pathway: str, around: Around) -> None:
        self.made: list[Node] = []
        self.around = around
        self._pathway = pathway

    def of_credential(self, place: str, identity: str | None, more: Node | None = None) -> str:
        """The `@id` of a component that stands for the credential."""
        known = self.around.get(identity or "")
        if known is None:
            return self._make(place, {"@type": BASIC_COMPONENT, "ceterms:name": english("…"), **(more or {})})
        cls = class_of(known)
        kind = COURSE_COMPONENT if cls in LEARNING else CREDENTIAL_COMPONENT
        named = {"@type": kind, "ceterms:name": known["title"], "ceterms:proxyFor": reference(known, cls)}
        return self._make(place, {**named, **(more or {})})

    def of_words(self, place: str, text: str, more: Node | None = None, *, is_english: bool = False) -> str:
        """The `@id` of a component that is only named."""
        name = english(text) if is_english else words(text)
        return self._make(place, {"@type": BASIC_COMPONENT, "ceterms:name": name, **(more or {})})

    def _make(self, place: str, node: Node) -> str:
        identity = part_id(self._pathway, "component", place)
        made = {
            "@id": urn(identity),
            "@type": node["@type"],
            "ceterms:ctid": f"ce-{identity}",
            "ceasn:isPartOf": [urn(self._pathway)],
        }
        self.made.append(stated(made | node))
        return urn(identity)


def _part(part: Document, maker: Components) -> Node:
    pick, targets = part["pick"] or {}, _items(part, maker)
    if part["unlisted"]:
        targets.append(maker.of_words(f"{part['ref']}/unlisted", part["unlisted"]))
    told = ([ORDERS[part["order"]]] if part["order"] else []) + (
        [] if part["mayShare"] is None else [SHARED[part["mayShare"]]]
    )
    is_counted = pick.get("unit") == "COUNT" and pick["min"] is not None
    least = None if is_counted else pick.get("min")
    bounds = write_bounds(PICKS[pick["unit"]], _side(pick["unit"], least), _side(pick["unit"], pick["max"])) if pick else []
    bounds += write_bounds(WITHIN, None, part["within"])
    nested = [write_choice(rule_of(part["rule"]), f"{part['ref']}/rule", maker)] if part["rule"] else []
    condition = {
        "@type": CONDITION,
        "ceterms:name": words(part["title"]),
        "ceterms:description": english(" ".join(told)),
        "ceterms:targetComponent": targets,
        "ceterms:hasCondition": nested,
        "ceterms:hasConstraint": bounds,
    }
    number = {"ceterms:requiredNumber": int(pick["min"])} if is_counted else {}
    return stated(condition | number)


def _items(part: Document, maker: Components) -> list[str]:
    """In a fixed order each but the first has the one before it as its prerequisite."""
    found: list[str] = []
    for index, item in enumerate(part["items"]):
        before = {"ceterms:prerequisite": found[-1:]} if part["order"] == "FIXED" else {}
        found.append(maker.of_credential(f"{part['ref']}/{index}", item, before))
    return found


def _side(unit: str | None, number: float | None) -> str | None:
    if number is None:
        return None
    return f"PT{number:g}H" if unit is not None and PICKS.get(unit) == HOURS else f"{number:g}"


def _limit(limit: Document, index: int, maker: Components) -> Node:
    spared: Sequence[str] = [maker.of_credential(f"limit/{index}/{place}", one) for place, one in enumerate(limit["except"])]
    condition = {
        "@type": CONDITION,
        "ceterms:name": english(LIMITS[limit["kind"]]),
        "ceterms:description": words(limit["text"]),
        "ceterms:targetComponent": list(spared),
        "ceterms:hasConstraint": write_bounds(
            LIMIT_UNITS[limit["unit"]], _side(None, limit["min"]), _side(None, limit["max"])
        ),
    }
    return stated(condition)


def _owner(document: Document, around: Around) -> Iterator[Node]:
    if document["owner"] in around:
        known = around[document["owner"]]
        yield reference(known, ORGANIZATION) | stated({"ceterms:subjectWebpage": known["url"]})
