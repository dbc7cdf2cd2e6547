"""Reads CTDL and CTDL-ASN: credentials, courses and programs, organisations, pathways, and competencies as skills."""

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

from catalog.formats.ctdl.competencies import COMPETENCY, FRAMEWORK, read_competency, skip_framework
from catalog.formats.ctdl.components import is_component
from catalog.formats.ctdl.envelopes import Placed, is_ctdl, placed_nodes
from catalog.formats.ctdl.graph import Graph
from catalog.formats.ctdl.identity import own_names
from catalog.formats.ctdl.learning import Companions, is_part
from catalog.formats.ctdl.listing import read_listing
from catalog.formats.ctdl.manifests import MANIFESTS, used_manifests
from catalog.formats.ctdl.mapping import COMPANION, KIND_OF_CLASS, LEARNING, ORGANIZATIONS
from catalog.formats.ctdl.organizations import read_organization
from catalog.formats.ctdl.pathway_terms import PATHWAY
from catalog.formats.ctdl.pathways import Ways, read_pathway, read_stage
from catalog.formats.ctdl.reading import Node, Refused, types
from catalog.formats.ctdl.terms import is_too_deep
from catalog.model.reading.content import Content, Kind
from catalog.model.reading.delivery import Delivery, Full, Reading, Told, refused
from catalog.model.vocabulary import RecordType

FORMAT = "ctdl"


def recognises(content: Content) -> bool:
    """Whether the JSON holds nodes, envelopes or requests of CTDL."""
    return content.kind is Kind.JSON and is_ctdl(content.value)


def read(content: Content, told: Told) -> Delivery:
    """Never raises, never fetches: whatever cannot be taken is an issue, a warning where the rest still holds."""
    if not recognises(content):
        return refused(
            FORMAT, "FORMAT_UNKNOWN", "the file is no CTDL: no node has a type of ceterms", "it begins with its @context"
        )
    if is_too_deep(content.value):
        return refused(FORMAT, "JSON_INVALID", "the file is nested deeper than any CTDL")
    reading = Reading(FORMAT, told)
    with suppress(Full):
        _Reader(Graph(placed_nodes(content.value), reading)).read()
    return reading.end()


class _Reader:
    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.reading = graph.reading
        self.companions = Companions(graph)
        self.manifests = used_manifests(graph)
        self.ways = Ways(graph)
        self.kept: dict[tuple[str, str], dict[str, Any]] = {}

    def read(self) -> None:
        for placed in self.graph.top:
            self.graph.enter(placed)
            try:
                self._read(placed)
            except Refused as error:
                if str(placed.node.get("@id", "")).startswith("_:"):
                    message = "@id is a name inside this file only: the node is read where another names it"
                    self.reading.warn("REF_MISSING", message, "@id", placed.node["@id"])
                    continue
                self.reading.fail("REF_MISSING", f"the node cannot be told apart: {error}", hint="give it a ceterms:ctid")

    def _read(self, placed: Placed) -> None:
        node, found = placed.node, types(placed.node)
        if placed.is_deleted:
            self._gone(node, found)
        elif placed.is_encoded:
            self.reading.fail(
                "FIELD_MISSING",
                "the envelope has no decoded_resource: its resource is there in code only",
                "decoded_resource",
            )
        elif ORGANIZATIONS.intersection(found):
            self._organization(node)
        elif FRAMEWORK in found:
            skip_framework(node, self.graph)
        elif MANIFESTS.intersection(found):
            self._manifest(node)
        elif reader := self._reader(node, found):
            self._keep(reader())
        elif not is_part(node):
            name = ", ".join(found)[:80] or "nothing"
            self.reading.warn("TYPE_UNKNOWN", f"@type: nodes of type {name} are not taken", "@type", name)

    def _reader(self, node: Node, found: list[str]) -> Callable[[], dict[str, Any] | None] | None:
        if COMPETENCY in found:
            return partial(read_competency, node, self.graph)
        if PATHWAY in found:
            return partial(read_pathway, node, self.graph, self.ways)
        if is_component(node):
            return partial(read_stage, node, self.graph, self.ways)
        if _is_listing(found) or self.companions.is_lone(node):
            return partial(read_listing, {**node, **self.companions.of(node)}, self.graph)
        return None

    def _organization(self, node: Node) -> None:
        """Those without an identity are read where something names them."""
        try:
            own_names(node)
        except Refused:
            return
        self._keep(read_organization(node, self.graph))

    def _manifest(self, node: Node) -> None:
        if node.get("@id") not in self.manifests:
            message = "costs or conditions that no listing of this file names; they are not taken"
            self.reading.warn("MANIFEST_UNUSED", message, "@type", hint="send it together with the listings that it is for")

    def _keep(self, value: dict[str, Any] | None) -> None:
        if value is None:
            return
        key = (value["type"], value["ref"])
        if key not in self.kept:
            self.kept[key] = value
            self.reading.keep(value)
        elif self.kept[key] != value:
            self.reading.fail("REF_DUPLICATE", f"the file has two different nodes {value['ref'][:80]}", "ref", value["ref"])

    def _gone(self, node: Node, found: list[str]) -> None:
        if ORGANIZATIONS.intersection(found):
            type_ = RecordType.INSTITUTION
        elif PATHWAY in found:
            type_ = RecordType.PATHWAY
        elif COMPETENCY in found:
            type_ = RecordType.SKILL
        elif _is_listing(found) or COMPANION in found:
            type_ = RecordType.CREDENTIAL
        else:
            self.reading.warn("TYPE_UNKNOWN", f"@type: nothing of type {', '.join(found)[:80]} is taken", "@type")
            return
        self.reading.gone(type_, own_names(node)[0])


def _is_listing(found: list[str]) -> bool:
    return any(one in KIND_OF_CLASS or one in LEARNING for one in found)
