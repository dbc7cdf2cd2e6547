"""What learning says for the credential that it leads to, and which nodes are only parts of others."""

from typing import Any

from catalog.formats.ctdl.graph import Graph
from catalog.formats.ctdl.mapping import COMPANION, OFFERING
from catalog.formats.ctdl.reading import Node, several, types

_KEPT = tuple(
    f"ceterms:{name}"
    for name in (
        "teaches",
        "creditValue",
        "creditUnitTypeDescription",
        "isNonCredit",
        "assessmentMethodDescription",
        "hasOffering",
    )
)
_PARTS = frozenset(
    {COMPANION, OFFERING}
    | {
        f"ceterms:{name}"
        for name in (
            "Address",
            "AggregateDataProfile",
            "ComponentCondition",
            "ConditionProfile",
            "Constraint",
            "CostProfile",
            "CredentialAlignmentObject",
            "CredentialType",
            "DurationProfile",
            "IdentifierValue",
            "Place",
            "ValueProfile",
        )
    }
)
"""Read where something names them."""


class Companions:
    """By the `@id` of a credential, what a companion of learning says of it."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._kept: dict[str, dict[str, Any]] = {}
        for placed in graph.top:
            if COMPANION in types(placed.node):
                kept = {name: placed.node[name] for name in _KEPT if name in placed.node}
                for one in several(placed.node.get("ceterms:resultsInCredential")):
                    self._kept[str(graph.node(one).get("@id"))] = kept

    def of(self, node: Node) -> dict[str, Any]:
        return self._kept.get(str(node.get("@id")), {})

    def is_lone(self, node: Node) -> bool:
        """Learning that leads to no credential of the file is a listing of its own."""
        results = self._graph.nodes(node.get("ceterms:resultsInCredential"))
        return COMPANION in types(node) and not any(types(one) for one in results)


def is_part(node: Node) -> bool:
    return bool(_PARTS.intersection(types(node)))
