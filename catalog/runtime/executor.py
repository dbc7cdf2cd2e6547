"""Answers an operation column by column: each field is read, and each relation resolved, once for all its parents.

The data equals graphql-core's. Errors may be more: a sibling of a failed non-null field is still looked at, so an error of
its own may be reported below a path that is null already.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from operator import itemgetter
from typing import Any

from graphql import ExecutionResult, GraphQLError

from catalog.runtime.batch import read_plain
from catalog.runtime.completion import NONE, TYPENAME, Completed
from catalog.runtime.cost import count_values, estimate
from catalog.runtime.introspection import introspect
from catalog.runtime.operation import Operation
from catalog.runtime.plan import Compiler, PlannedField, Selection
from catalog.runtime.trail import InField, Root, Trail


@dataclass
class Execution:
    """One operation with its variables. `variables` are coerced, `raw_variables` as the client sent them."""

    operation: Operation
    variables: dict[str, Any]
    raw_variables: dict[str, Any] = field(default_factory=dict)
    context: Any = None
    check: Callable[[], None] = lambda: None
    errors: list[GraphQLError] = field(default_factory=list)

    @cached_property
    def compiler(self) -> Compiler:
        return Compiler(self.operation, self.variables)

    @cached_property
    def cost(self) -> int:
        """How many values the answer has at most; what introspection answers is counted."""
        try:
            own = estimate(self.compiler)
        except GraphQLError:  # a switch that is null although it must not be: nothing will be returned
            return 0
        return own + (count_values(self.introspected.data) if self.introspected else 0)

    @cached_property
    def introspected(self) -> ExecutionResult | None:
        nodes = self.compiler.root().introspection
        return introspect(self.operation, nodes, self.raw_variables) if nodes else None

    def run(self, context: Any, check: Callable[[], None], root: Any = None) -> ExecutionResult:
        """`check` is called before each field and may raise to end it; nothing else is raised."""
        self.context, self.check = context, check
        try:
            plan = self.compiler.root()
        except GraphQLError as error:
            return ExecutionResult(None, [error])
        data: dict[str, Any] = {}
        steps = [Selection(plan.type, [one], [], []) for one in plan.fields] if self.operation.is_mutation else [plan]
        for step in steps:  # a mutation's root fields run one after the other, each to its end
            (found,), _ = self.answer(step, [root], Root())
            if found is None:
                return ExecutionResult(None, self.errors)
            data |= found
        if self.introspected:
            self.errors += self.introspected.errors or ()
            if self.introspected.data is None:
                return ExecutionResult(None, self.errors)
            data |= self.introspected.data
            data = {key: data[key] for key in plan.order}
        return ExecutionResult(data, self.errors or None)

    def answer(self, selection: Selection, parents: list[Any], trail: Trail) -> Completed:
        """One object for each parent; None where a null within took the object along."""
        columns: list[list[Any]] = []
        lost: set[int] = set()
        for planned in selection.fields:
            self.check()
            place = InField(trail, planned.key)
            column, gone = planned.completer.complete(self, planned, self._values(planned, parents), place)
            columns.append(column)
            if gone:
                lost |= gone
        keys = selection.keys
        objects: list[Any] = [dict(zip(keys, row, strict=True)) for row in zip(*columns, strict=True)]
        if not columns:
            objects = [{} for _ in parents]
        for row in lost:
            objects[row] = None
        return objects, lost or NONE

    def _values(self, planned: PlannedField, parents: list[Any]) -> list[Any]:
        name = planned.name
        if name == TYPENAME:
            return [planned.parent.name] * len(parents)
        try:
            arguments = planned.argument_values(self.variables)
            if planned.many is None:
                return _read(parents, name)
            values = list(planned.many(parents, self.context, **arguments))
        except Exception as error:  # noqa: BLE001 - whatever a resolver raises belongs to its field; the edge logs it
            return [error] * len(parents)
        if len(values) != len(parents):
            message = f"{planned.parent.name}.{name} answered {len(values)} of {len(parents)} parents"
            return [AssertionError(message)] * len(parents)
        return values

    def fail(self, planned: PlannedField, error: Exception, trail: Trail, row: int) -> None:
        original = error if not isinstance(error, GraphQLError) else error.original_error
        message = error.message if isinstance(error, GraphQLError) else str(error)
        self.errors.append(GraphQLError(message, planned.nodes, path=trail.path(row), original_error=original))


def _read(parents: list[Any], name: str) -> list[Any]:
    """A plain field of all parents; the quickest way first: dictionaries that all have it."""
    try:
        return list(map(itemgetter(name), parents))
    except (KeyError, TypeError):
        return [read_plain(one, name) for one in parents]
