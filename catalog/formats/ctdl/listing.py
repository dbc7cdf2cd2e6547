"""Reads one CTDL credential, course or program as the value of a record."""

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from catalog.formats.ctdl import mapping
from catalog.formats.ctdl.costs import read_cost
from catalog.formats.ctdl.graph import Graph, find_ctid, find_slug, identifier_pairs
from catalog.formats.ctdl.lengths import read_length
from catalog.formats.ctdl.nodes import CTID_SCHEME, stated
from catalog.formats.ctdl.reading import Node, Refused, all_texts, language_map, several, some_text, targets, types
from catalog.formats.ctdl.requirements import read_requirement
from catalog.formats.ctdl.skills import read_code, read_skill
from catalog.model.identity import slugify

_MODES = {told: mode for mode, (_, told) in mapping.MODES.items() if told}
_DELIVERED = {target: mode for mode, (target, told) in mapping.MODES.items() if told is None}
_NAMED_KINDS = {name: kind for kind, name in mapping.NAMED_KINDS.items()}
_COUNTED = {
    (told + how).strip(): (unit, per)
    for unit, told in [*mapping.CREDITS.items(), (None, "")]
    for per, how in mapping.COUNTED.items()
}
_FIELDS = {name: field for field, name in mapping.ALIGNED.items()}
_SCHEME = re.compile(r"[a-z0-9][a-z0-9._-]{0,49}")
Refuse = Callable[[str, str], None]
"""Told the property and why its value is not taken."""


class Listing:
    """Takes the properties of a node one by one; what nobody took is left over."""

    def __init__(self, node: Node, graph: Graph, refuse: Refuse) -> None:
        self._left = dict(node)
        self._graph = graph
        self._refuse = refuse
        self._types = types(node)

    def read(self) -> dict[str, Any]:
        """The value of a credential record. Raises Refused for a node without a CTID."""
        own = find_ctid(self._left)
        value = {"type": "credential", "ref": own, **self._names(own), **self._kind()}
        value |= self._organizations() | self._links() | self._measures() | self._codes() | self._terms()
        value["usual"] = stated({"mode": self._mode(), "fees": self._each("ceterms:estimatedCost", self._cost)})
        for name in ("@id", "@type", "@context", "ceterms:ctid", "ceterms:resultsInCredential"):
            self._left.pop(name, None)
        for name in self._left:
            self._graph.skip(name)
        return stated(value)

    def _names(self, own: str) -> dict[str, Any]:
        slug, pairs = find_slug(self._left), identifier_pairs(self._left)
        self._take("ceterms:identifier")
        named = [{"scheme": _scheme(name), "value": value} for name, value in pairs if name != mapping.SLUG_SCHEME]
        summary = language_map(self._take("dct:abstract"))
        description = language_map(self._take("ceterms:description"))
        return {
            "slug": slug,
            "identifiers": [{"scheme": CTID_SCHEME, "value": own}, *named],
            "title": language_map(self._take("ceterms:name")),
            "summary": summary,
            "description": None if description == summary else description,
            "url": self._address("ceterms:subjectWebpage"),
            "registerUrl": self._address("ceterms:availabilityListing"),
            "languages": several(self._take("ceterms:inLanguage")),
        }

    def _kind(self) -> dict[str, Any]:
        named = self._each("ceterms:credentialType", lambda one: _NAMED_KINDS[language_map(one["ceterms:name"])["en"]])
        kind = next((mapping.KIND_OF_CLASS[one] for one in self._types if one in mapping.KIND_OF_CLASS), "OTHER")
        records = ["BADGE"] if mapping.BADGES.intersection(self._types) else None
        status = targets(self._take("ceterms:credentialStatusType")) + targets(self._take("ceterms:lifeCycleStatusType"))
        lifecycle = next((mapping.LIFECYCLES[one] for one in status if one in mapping.LIFECYCLES), None)
        return {"kind": named[0] if named else kind, "records": records, "lifecycle": lifecycle}

    def _organizations(self) -> dict[str, Any]:
        owners = self._each("ceterms:ownedBy", self._graph.reference)
        offering = self._each("ceterms:offeredBy", self._graph.reference)
        recognizing = self._each("ceterms:recognizedBy", self._graph.reference)
        provider = next(iter([*owners, *offering]), None)
        joint: list[Any] = []
        for one in [*owners, *offering]:
            if one != provider and one not in joint:
                joint.append(one)
        roles = [("CO_PROVIDER", one) for one in joint] + [("RECOGNIZER", one) for one in recognizing]
        return {"provider": provider, "partnerships": [{"role": role, "institution": one} for role, one in roles]}

    def _links(self) -> dict[str, Any]:
        required: list[dict[str, Any]] = []
        for name in mapping.KINDS_OF_CONDITION:
            required += self._each(name, partial(read_requirement, self._graph, name))
        return {
            "requirements": required,
            "components": self._each("ceterms:hasPart", self._graph.reference),
            "supersedes": next(iter(self._each("ceterms:supersedes", self._graph.reference)), None),
        }

    def _measures(self) -> dict[str, Any]:
        lengths = dict(reversed(self._each("ceterms:estimatedDuration", read_length)))
        value = next(iter(several(self._take("ceterms:creditValue"))), None)
        text = some_text(language_map(self._take("ceterms:creditUnitTypeDescription")))
        non_credit = self._take("ceterms:isNonCredit")
        status = ("NON_CREDIT" if non_credit else "CREDIT") if isinstance(non_credit, bool) else None
        return {**lengths, "credit": stated({**_credit(value), "status": status, "text": text})}

    def _codes(self) -> dict[str, Any]:
        found: dict[str, Any] = {field: self._each(name, partial(read_code, field)) for name, field in _FIELDS.items()}
        found["cip"] = next(iter(found["cip"]), None)
        return found | {"themes": self._each("ceterms:subject", _theme)}

    def _terms(self) -> dict[str, Any]:
        return {
            "skills": self._each("ceterms:teaches", lambda one: read_skill(self._graph.node(one))),
            "assessmentMethods": all_texts(self._take("ceterms:assessmentMethodDescription")),
            "offerings": self._each("ceterms:hasOffering", lambda one: self._offering(self._graph.node(one))),
        }

    def _offering(self, node: Node) -> dict[str, Any]:
        run = Listing(node, self._graph, self._refuse)
        lengths = dict(run._each("ceterms:estimatedDuration", read_length))
        found = {
            "ref": find_ctid(run._left),
            "label": some_text(language_map(run._take("ceterms:name"))),
            "mode": run._mode(),
            "weeks": lengths.pop("weeks", None),
            "fees": run._each("ceterms:estimatedCost", run._cost),
        }
        for name in [*run._left, *lengths]:
            if name not in ("@id", "@type", "ceterms:ctid"):
                self._graph.skip(name)
        return stated(found)

    def _mode(self) -> str | None:
        types_found: list[str] = []
        words: dict[str, str] = {}
        for name in ("learningDelivery", "delivery"):
            types_found += targets(self._take(f"ceterms:{name}Type"))
            words |= language_map(self._take(f"ceterms:{name}{'Type' if name == 'delivery' else ''}Description"))
        told = _MODES.get(words.get("en", ""))
        return told or next((_DELIVERED[one] for one in types_found if one in _DELIVERED), None)

    def _cost(self, value: Any) -> dict[str, Any]:
        return read_cost(self._graph.node(value))

    def _address(self, name: str) -> str | None:
        """The first of the web addresses; others are told."""
        found = targets(self._take(name))
        if len(found) > 1:
            self._refuse(name, f"has {len(found)} addresses; the first is taken")
        return found[0] if found else None

    def _take(self, name: str) -> Any:
        return self._left.pop(name, None)

    def _each(self, name: str, read: Callable[[Any], Any]) -> list[Any]:
        """What each value of a property reads as; what is refused is told and left out."""
        found = []
        for one in several(self._take(name)):
            try:
                found.append(read(one))
            except Refused as error:
                self._refuse(name, str(error))
            except (KeyError, TypeError, AttributeError):
                self._refuse(name, "has another shape than CTDL gives it")
        return found


def _scheme(name: str) -> str:
    return name if _SCHEME.fullmatch(name) else slugify(name)[:50].strip("-")


def _theme(value: Any) -> str:
    if some_text(language_map(value.get("ceterms:frameworkName"))) != mapping.THEME_FRAMEWORK:
        raise Refused("is no theme of ours")
    return str(value["ceterms:codedNotation"])


def _credit(value: Any) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        return {}
    told = language_map(value.get("schema:description")).get("en", "")
    unit, per = _COUNTED.get(told, (None, None))
    return {"value": value.get("schema:value"), "unit": unit, "per": per}
