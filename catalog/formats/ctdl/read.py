"""Reads CTDL as records: credentials, courses and programs, and the organisations they name."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from catalog.errors import Issue, Severity
from catalog.formats.ctdl.graph import Graph, find_ctid, find_slug, parse_graph
from catalog.formats.ctdl.listing import Listing
from catalog.formats.ctdl.mapping import COMPANION, KIND_OF_CLASS, ORGANIZATIONS
from catalog.formats.ctdl.nodes import CTID_SCHEME, stated
from catalog.formats.ctdl.reading import Node, Refused, language_map, several, targets, types
from catalog.model.record import Record, parse_record

MOST_ISSUES = 200
_COMPANION_KEPT = (
    "teaches",
    "creditValue",
    "creditUnitTypeDescription",
    "isNonCredit",
    "assessmentMethodDescription",
    "hasOffering",
)


@dataclass(frozen=True, slots=True)
class IngestFile:
    """What a file holds; who says it stands in no CTDL file. With issues of severity ERROR nothing may be published."""

    records: list[Record]
    issues: list[Issue]


def read_credentials(data: bytes) -> IngestFile:
    """Never raises, never fetches: whatever cannot be taken is an issue, a warning where the rest still holds."""
    graph = parse_graph(data)
    if isinstance(graph, Issue):
        return IngestFile([], [graph])
    return _Reader(graph).read()


class _Reader:
    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.records: list[Record] = []
        self.issues: list[Issue] = []
        self.row = 0
        self.companions = dict(_companions(graph))

    def read(self) -> IngestFile:
        for node in self.graph.top:
            if len(self.issues) >= MOST_ISSUES:
                self.issues.append(
                    Issue("TOO_MANY_ISSUES", f"reading stopped at node {self.row}, after {MOST_ISSUES} issues")
                )
                break
            self._read(node)
        counted = self.graph.skipped.most_common(MOST_ISSUES)
        self.issues += [
            _warning("FIELD_UNKNOWN", name, f"is not taken; it stands there {count} times") for name, count in counted
        ]
        return IngestFile(self.records, self.issues)

    def _read(self, node: Node) -> None:
        self.row += 1
        found = types(node)
        try:
            if ORGANIZATIONS.intersection(found):
                self._keep(_organization(node))
            elif any(one in KIND_OF_CLASS for one in found) or self._is_lone(node):
                whole = {**node, **self.companions.get(str(node.get("@id")), {})}
                self._keep(Listing(whole, self.graph, self._refuse).read())
            elif not _is_part(node):
                self._refuse("@type", f"nodes of type {', '.join(found)[:80] or 'nothing'} are not taken")
        except Refused as error:
            self.issues.append(Issue("REF_MISSING", f"the node cannot be told apart: {error}", row=self.row))

    def _is_lone(self, node: Node) -> bool:
        """Learning that leads to no credential of the file is a listing of its own."""
        results = [self.graph.node(one) for one in several(node.get("ceterms:resultsInCredential"))]
        return COMPANION in types(node) and not any(types(one) for one in results)

    def _keep(self, value: dict[str, Any]) -> None:
        parsed = parse_record(value, self.row)
        if isinstance(parsed, list):
            self.issues += parsed
        else:
            self.records.append(parsed)

    def _refuse(self, name: str, message: str) -> None:
        self.issues.append(_warning("VALUE_INVALID", name, message, self.row))


def _warning(code: str, name: str, message: str, row: int | None = None) -> Issue:
    return Issue(code, f"{name[:80]} {message}", name[:80], row, field=name[:80], severity=Severity.WARNING)


def _is_part(node: Node) -> bool:
    """What is read where something names it."""
    parts = {COMPANION, "ceterms:ScheduledOffering", "ceterms:ConditionProfile", "ceterms:CostProfile"}
    return bool(parts.intersection(types(node)))


def _companions(graph: Graph) -> Iterable[tuple[str, dict[str, Any]]]:
    """What learning says for the credential that it leads to, by that credential's @id."""
    for node in graph.top:
        if COMPANION in types(node):
            kept = {f"ceterms:{name}": node[f"ceterms:{name}"] for name in _COMPANION_KEPT if f"ceterms:{name}" in node}
            for one in several(node.get("ceterms:resultsInCredential")):
                yield str(graph.node(one).get("@id")), kept


def _organization(node: Node) -> dict[str, Any]:
    own = find_ctid(node)
    return stated(
        {
            "type": "institution",
            "ref": own,
            "slug": find_slug(node),
            "identifiers": [{"scheme": CTID_SCHEME, "value": own}],
            "name": language_map(node.get("ceterms:name")),
            "kind": "NOT_STATED",
            "url": next(iter(targets(node.get("ceterms:subjectWebpage"))), None),
        }
    )
