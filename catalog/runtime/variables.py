"""Which variables a part of a document reads."""

from collections.abc import Iterable
from typing import Any

from graphql import Node, VariableNode, Visitor, visit


def variables_in(nodes: Iterable[Node]) -> set[str]:
    found: set[str] = set()

    class Collector(Visitor):
        def enter_variable(self, variable: VariableNode, *_rest: Any) -> None:
            found.add(variable.name.value)

    for node in nodes:
        visit(node, Collector())
    return found
