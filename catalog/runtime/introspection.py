"""Introspection: the one thing that is left to graphql-core."""

from typing import Any

from graphql import DocumentNode, FieldNode, OperationDefinitionNode, SelectionSetNode
from graphql import execute as execute_core
from graphql.execution.execute import ExecutionResult

from catalog.runtime.operation import Operation


def introspect(operation: Operation, nodes: list[FieldNode], variables: dict[str, Any]) -> dict[str, Any]:
    """The data of the operation's `__schema` and `__type` fields."""
    only = OperationDefinitionNode(
        operation=operation.node.operation,
        variable_definitions=operation.node.variable_definitions,
        directives=(),
        selection_set=SelectionSetNode(selections=tuple(nodes)),
    )
    document = DocumentNode(definitions=(only, *operation.fragments.values()))
    result = execute_core(operation.schema, document, variable_values=variables)
    assert isinstance(result, ExecutionResult), "introspection awaits nothing"
    if result.errors:
        raise result.errors[0]
    return result.data or {}
