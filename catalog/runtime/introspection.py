"""Introspection: the one thing that is left to graphql-core."""

from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    OperationDefinitionNode,
    SelectionSetNode,
)
from graphql import execute as execute_core
from graphql.execution.execute import ExecutionResult

from catalog.runtime.operation import Operation
from catalog.runtime.variables import variables_in


def introspect(operation: Operation, nodes: list[FieldNode], raw_variables: dict[str, Any]) -> ExecutionResult:
    """The operation's `__schema` and `__type` fields, with the variables that they read as the client sent them."""
    own = DocumentNode(definitions=tuple(operation.fragments.values()))
    used = variables_in(nodes) | variables_in([own])
    only = OperationDefinitionNode(
        operation=operation.node.operation,
        variable_definitions=tuple(one for one in operation.node.variable_definitions if one.variable.name.value in used),
        directives=(),
        selection_set=SelectionSetNode(selections=tuple(nodes)),
    )
    document = DocumentNode(definitions=(only, *operation.fragments.values()))
    given = {name: value for name, value in raw_variables.items() if name in used}
    result = execute_core(operation.schema, document, variable_values=given)
    assert isinstance(result, ExecutionResult), "introspection awaits nothing"
    return result
