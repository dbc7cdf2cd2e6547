"""Answers an operation level by level: each relation is resolved once for all its parents.

The data equals graphql-core's. Errors may be more: a sibling of a failed non-null field is still looked at, so an error of
its own may be reported below a path that is null already.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from graphql import (
    ExecutionResult,
    GraphQLError,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLSchema,
    is_abstract_type,
    is_leaf_type,
)

from catalog.runtime.batch import read_plain
from catalog.runtime.introspection import introspect
from catalog.runtime.operation import Operation
from catalog.runtime.plan import TYPENAME, Compiler, PlannedField, Selection

Place: TypeAlias = tuple[Any, "str | int", bool, "Place | None"]
"""Where a value stands: container, key, whether null may stand there, and the place of the container."""
Position: TypeAlias = tuple[Any, Any, "str | int", "Place | None"]
"""A value on its way: itself, container, key, and the place of the container."""


@dataclass(slots=True)
class Frame:
    """Objects of one concrete type at one position of the query."""

    selection: Selection
    parents: list[Any]
    outputs: list[dict[str, Any]]
    places: list[Place | None]


@dataclass(slots=True)
class Execution:
    """One run of an operation. `check` is called between steps and may raise to end it."""

    operation: Operation
    variables: dict[str, Any]
    context: Any
    check: Callable[[], None]
    raw_variables: dict[str, Any]
    errors: list[GraphQLError] = field(default_factory=list)
    queue: deque[Frame] = field(default_factory=deque)
    root_is_null: bool = False

    def run(self, root: Any) -> ExecutionResult:
        compiler = Compiler(self.operation, self.variables)
        try:
            plan = compiler.root()
        except GraphQLError as error:  # a switch that is null although it must not be
            return ExecutionResult(None, [error])
        data: dict[str, Any] = {}
        steps = [Selection(plan.type, [one], [], [one.key]) for one in plan.fields] if self.operation.is_mutation else [plan]
        for step in steps:  # a mutation's root fields run one after the other, each to its end
            self.queue.append(Frame(step, [root], [data], [None]))
            while self.queue and not self.root_is_null:
                self._answer(self.queue.popleft(), compiler)
        if plan.introspection and not self.root_is_null:
            self._introspect(plan, data)
            data = {key: data[key] for key in plan.keys} if not self.root_is_null else data
        return ExecutionResult(None if self.root_is_null else data, self.errors or None)

    def _introspect(self, plan: Selection, data: dict[str, Any]) -> None:
        self.check()
        found = introspect(self.operation, plan.introspection, self.raw_variables)
        self.errors += found.errors or ()
        if found.data is None:
            self.root_is_null = True
        else:
            data |= found.data

    def _answer(self, frame: Frame, compiler: Compiler) -> None:
        for planned in frame.selection.fields:
            self.check()
            values = self._values(planned, frame)
            positions: list[Position] = [
                (value, output, planned.key, place)
                for value, output, place in zip(values, frame.outputs, frame.places, strict=True)
            ]
            self._complete(planned, planned.type, positions, compiler)

    def _values(self, planned: PlannedField, frame: Frame) -> list[Any]:
        if planned.name == TYPENAME:
            return [frame.selection.type.name] * len(frame.parents)
        try:
            arguments = planned.argument_values(self.variables)
            if planned.many is None:
                return [read_plain(parent, planned.name) for parent in frame.parents]
            values = list(planned.many(frame.parents, self.context, **arguments))
        except Exception as error:  # noqa: BLE001 - whatever a resolver raises belongs to its field; the edge logs it
            return [error] * len(frame.parents)
        if len(values) != len(frame.parents):
            message = f"{planned.parent.name}.{planned.name} answered {len(values)} of {len(frame.parents)} parents"
            return [AssertionError(message)] * len(frame.parents)
        return values

    def _complete(
        self,
        planned: PlannedField,
        output_type: GraphQLOutputType,
        positions: list[Position],
        compiler: Compiler,
    ) -> None:
        """Puts every value into its container, and queues the objects among them as frames."""
        nullable = not isinstance(output_type, GraphQLNonNull)
        inner = output_type if nullable else output_type.of_type  # type: ignore[union-attr] # only NonNull gets here
        present: list[tuple[Any, Place]] = []
        for value, container, key, up in positions:
            container[key] = None
            if isinstance(value, Exception):
                self._fail(planned, value, (container, key, nullable, up))
            elif value is not None:
                present.append((value, (container, key, nullable, up)))
            elif not nullable:
                message = f"Cannot return null for non-nullable field {planned.parent.name}.{planned.name}."
                self._fail(planned, GraphQLError(message), (container, key, nullable, up))
        if isinstance(inner, GraphQLList):
            self._complete_lists(planned, inner, present, compiler)
        elif is_leaf_type(inner):
            self._complete_leaves(planned, inner, present)
        else:
            self._complete_objects(planned, inner, present, compiler)

    def _complete_lists(
        self, planned: PlannedField, list_type: GraphQLList[Any], present: list[tuple[Any, Place]], compiler: Compiler
    ) -> None:
        positions: list[Position] = []
        for value, place in present:
            if not isinstance(value, list | tuple):
                message = f"Expected Iterable, but did not find one for field '{planned.parent.name}.{planned.name}'."
                self._fail(planned, GraphQLError(message), place)
                continue
            items: list[Any] = [None] * len(value)
            place[0][place[1]] = items
            positions += [(item, items, index, place) for index, item in enumerate(value)]
        if positions:
            self._complete(planned, list_type.of_type, positions, compiler)

    def _complete_leaves(self, planned: PlannedField, leaf: Any, present: list[tuple[Any, Place]]) -> None:
        serialize = leaf.serialize
        for value, place in present:
            try:
                shown = serialize(value)
            except Exception as error:  # noqa: BLE001 - a scalar may refuse a value in any way
                self._fail(planned, error, place)
                continue
            place[0][place[1]] = shown

    def _complete_objects(
        self, planned: PlannedField, output_type: Any, present: list[tuple[Any, Place]], compiler: Compiler
    ) -> None:
        frames: dict[str, Frame] = {}
        for value, place in present:
            concrete = _concrete(self.operation.schema, output_type, value)
            if isinstance(concrete, GraphQLError):
                self._fail(planned, concrete, place)
                continue
            frame = frames.get(concrete.name)
            if frame is None:
                try:
                    selection = compiler.child(planned, concrete)
                except GraphQLError as error:  # a switch that is null although it must not be
                    self._fail(planned, error, place)
                    continue
                frame = frames[concrete.name] = Frame(selection, [], [], [])
            output: dict[str, Any] = {}
            place[0][place[1]] = output
            frame.parents.append(value)
            frame.outputs.append(output)
            frame.places.append(place)
        self.queue.extend(frames.values())

    def _fail(self, planned: PlannedField, error: Exception, place: Place) -> None:
        original = error if not isinstance(error, GraphQLError) else error.original_error
        message = error.message if isinstance(error, GraphQLError) else str(error)
        self.errors.append(GraphQLError(message, planned.nodes, path=_path(place), original_error=original))
        spot: Place | None = place
        while spot is not None:
            container, key, nullable, up = spot
            if nullable:
                container[key] = None
                return
            spot = up
        self.root_is_null = True


def _concrete(schema: GraphQLSchema, output_type: Any, value: Any) -> GraphQLObjectType | GraphQLError:
    if not is_abstract_type(output_type):
        return output_type  # type: ignore[no-any-return] # composite and not abstract is an object type
    name = read_plain(value, TYPENAME)
    concrete = schema.get_type(name) if isinstance(name, str) else None
    if isinstance(concrete, GraphQLObjectType) and schema.is_sub_type(output_type, concrete):
        return concrete
    if isinstance(name, str) and concrete is None:
        message = (
            f"Abstract type '{output_type.name}' was resolved to a type '{name}' that does not exist inside the schema."
        )
        return GraphQLError(message)
    return GraphQLError(f"Abstract type '{output_type.name}' must resolve to an Object type; got {name!r}.")


def _path(place: Place) -> list[str | int]:
    keys: list[str | int] = []
    spot: Place | None = place
    while spot is not None:
        keys.append(spot[1])
        spot = spot[3]
    return keys[::-1]


def execute(
    operation: Operation,
    variables: dict[str, Any],
    context: Any,
    check: Callable[[], None],
    raw_variables: dict[str, Any] | None = None,
    root: Any = None,
) -> ExecutionResult:
    """`variables` are coerced, `raw_variables` as the client sent them. Raises only what `check` raises."""
    return Execution(operation, variables, context, check, raw_variables or {}).run(root)
