"""Manifests of costs and conditions, which many listings share by naming them."""

from catalog.formats.ctdl.graph import Graph

MANIFESTS = frozenset({"ceterms:CostManifest", "ceterms:ConditionManifest"})
_NAMED_BY = ("ceterms:commonCosts", "ceterms:commonConditions")


def used_manifests(graph: Graph) -> frozenset[str]:
    """The `@id`s of those that a listing of the file names."""
    named = [one for placed in graph.top for name in _NAMED_BY for one in graph.nodes(placed.node.get(name))]
    return frozenset(str(one["@id"]) for one in named if "@id" in one)
