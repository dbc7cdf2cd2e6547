"""Holds our executor to graphql-core: the data is the same, no error is missing, and each extra error is under a null.

And the estimate to the answer: it is never below what came back.
"""

from typing import Any

from graphql import execute_sync, parse, validate
from graphql.execution.values import get_variable_values

from catalog.runtime.cost import count_values
from catalog.runtime.executor import Execution
from catalog.runtime.operation import Document


def prepare(schema, text, variables=None, name=None):
    document = parse(text)
    assert validate(schema, document) == []
    operation = Document(schema, document).find_operation(name)
    coerced = get_variable_values(schema, operation.node.variable_definitions, variables or {})
    assert isinstance(coerced, dict), coerced
    return Execution(operation, coerced, variables or {})


def run_ours(schema, text, variables=None, context=None, name=None):
    execution = prepare(schema, text, variables, name)
    result = execution.run(context, lambda: None)
    assert execution.cost >= count_values(result.data), (execution.cost, count_values(result.data))
    return result


def run_core(schema, text, variables=None, context=None, name=None):
    return execute_sync(schema, parse(text), context_value=context, variable_values=variables, operation_name=name)


def assert_same(schema, text, variables=None, context=None, name=None):
    """`context` makes a new one for each of the two."""
    make = context or (lambda: None)
    ours, core = run_ours(schema, text, variables, make(), name), run_core(schema, text, variables, make(), name)
    assert ours.data == core.data, text
    assert _ordered(ours.data) == _ordered(core.data), text
    mine = {_place(error) for error in ours.errors or ()}
    theirs = {_place(error) for error in core.errors or ()}
    assert theirs <= mine, text
    for path, _message in mine - theirs:
        assert _is_null(core.data, path), (text, path)
    return ours


def _ordered(value: Any) -> Any:
    if isinstance(value, dict):
        return [(key, _ordered(one)) for key, one in value.items()]
    return [_ordered(one) for one in value] if isinstance(value, list) else value


def _place(error):
    return tuple(error.path or ()), error.message


def _is_null(data, path):
    for key in path:
        if data is None:
            return True
        data = data[key]
    return data is None
