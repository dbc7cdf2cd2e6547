"""Components of pathways: what they stand for, what they are called, and what must come before what."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from catalog.formats.ctdl.graph import Graph
from catalog.formats.ctdl.mapping import KIND_OF_CLASS, LEARNING
from catalog.formats.ctdl.pathway_terms import CHILDREN, COMPONENTS, LINKS, NO_CREDENTIAL
from catalog.formats.ctdl.reading import Node, Refused, all_texts, several, types

Reference = str | dict[str, str]
NAME_LENGTH = 2_000
MOST_COMPONENTS = 150
"""Of one condition; many pathways may share a long list, so each looks at its beginning only."""


@dataclass(frozen=True, slots=True)
class Component:
    """`link` is the credential that it stands for; `key` tells components apart."""

    key: str
    node: Node
    name: str
    link: Reference | None

    @property
    def is_group(self) -> bool:
        """Whether it stands for nothing but what its own conditions ask for."""
        return self.link is None and bool(self.conditions or self.children)

    @property
    def conditions(self) -> list[Any]:
        return several(self.node.get("ceterms:hasCondition"))

    @property
    def children(self) -> list[Any]:
        return next((several(self.node[name]) for name in CHILDREN if self.node.get(name)), [])


def is_component(node: Node) -> bool:
    return bool(COMPONENTS.intersection(types(node)))


def read_component(value: Any, graph: Graph) -> Component:
    if not isinstance(value, str):
        return _component(value, graph)
    if value not in graph.kept:
        graph.kept[value] = _component(value, graph)
    found: Component = graph.kept[value]
    return found


def _component(value: Any, graph: Graph) -> Component:
    node = graph.node(value)
    identity = node.get("@id", value)
    named = all_texts(node.get("ceterms:name")) or all_texts(node.get("ceterms:description"))
    if isinstance(identity, str):
        return Component(identity, node, (named or [identity])[0][:NAME_LENGTH], _link(node, graph))
    return Component(str(id(value)), node, (named or ["a component without a name"])[0][:NAME_LENGTH], _link(node, graph))


def read_components(value: Any, graph: Graph) -> list[Component]:
    """Each once, in the order of the file; at most MOST_COMPONENTS."""
    found = [read_component(one, graph) for one in several(value)[:MOST_COMPONENTS]]
    return list({one.key: one for one in found}.values())


def count_beyond(value: Any) -> int:
    """How many components `read_components` does not look at."""
    return max(0, len(several(value)) - MOST_COMPONENTS)


def _link(node: Node, graph: Graph) -> Reference | None:
    """The credential; None for what stands for something else, or for nothing that can be told apart."""
    if NO_CREDENTIAL.intersection(types(node)):
        return None
    for name in LINKS:
        for one in several(node.get(name)):
            known = set(types(graph.node(one)))
            if known and not known.intersection({*KIND_OF_CLASS, *LEARNING, "ceterms:LearningOpportunityProfile"}):
                continue
            try:
                return graph.reference(one)
            except Refused:
                continue
    return None


def in_fixed_order(components: Sequence[Component], graph: Graph) -> list[Component] | None:
    """The components one after another, where each is the prerequisite of the next; None where they are in no such order."""
    before: dict[str, str] = {}
    keys = {one.key for one in components}
    for one in components:
        named = [other.key for other in read_components(one.node.get("ceterms:prerequisite"), graph) if other.key in keys]
        if len(named) > 1:
            return None
        before |= dict.fromkeys([one.key], *named) if named else {}
    after = {first: second for second, first in before.items()}
    starts = [one for one in components if one.key not in before]
    if len(starts) != 1 or len(after) != len(components) - 1 or not after:
        return None
    by_key, ordered, key = {one.key: one for one in components}, [starts[0]], starts[0].key
    while key in after and len(ordered) < len(components):
        key = after[key]
        ordered.append(by_key[key])
    return ordered if len(ordered) == len(components) else None
