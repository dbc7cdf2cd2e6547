"""Turns columns of resolved values into columns of the answer: what is null, what fails, and what that takes along.

A column holds one value for each parent. A completed column comes with the rows that are lost: null where null must not
stand, so that whatever holds them is null too.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, TypeAlias

from graphql import GraphQLError, GraphQLObjectType, GraphQLSchema

from catalog.errors import LimitExceeded
from catalog.runtime.batch import read_plain
from catalog.runtime.trail import InLists, OfRows, Trail

if TYPE_CHECKING:
    from catalog.runtime.executor import Execution
    from catalog.runtime.plan import PlannedField

Rows: TypeAlias = frozenset[int] | set[int]
Completed: TypeAlias = tuple[list[Any], Rows]
NONE: frozenset[int] = frozenset()
TYPENAME = "__typename"


class Completer(ABC):
    """Completes the values of one type."""

    def __init__(self, *, nullable: bool) -> None:
        self.nullable = nullable

    @abstractmethod
    def complete(self, run: "Execution", field: "PlannedField", values: list[Any], trail: Trail) -> Completed:
        """`values` may hold None and exceptions."""

    @abstractmethod
    def present(self, run: "Execution", field: "PlannedField", values: list[Any], trail: Trail) -> Completed:
        """`values` are neither None nor exceptions."""

    def sift(self, run: "Execution", field: "PlannedField", values: list[Any], trail: Trail) -> Completed:
        """Reports exceptions and nulls where none may stand, and completes the rest."""
        lost: set[int] = set()
        rows: list[int] = []
        for row, value in enumerate(values):
            if isinstance(value, Exception):
                run.fail(field, value, trail, row)
                lost.add(row)
            elif value is not None:
                rows.append(row)
            elif not self.nullable:
                run.fail(field, _null(field), trail, row)
                lost.add(row)
        column: list[Any] = [None] * len(values)
        if rows:
            done, gone = self.present(run, field, [values[row] for row in rows], OfRows(trail, rows))
            for row, value in zip(rows, done, strict=True):
                column[row] = value
            lost.update(rows[one] for one in gone)
        return column, NONE if self.nullable else lost


class ListCompleter(Completer):
    """Lists, completed as one column of all their items."""

    def __init__(self, inner: Completer, *, nullable: bool, most: int | None = None) -> None:
        super().__init__(nullable=nullable)
        self.inner = inner
        self.most = most

    def complete(self, run: "Execution", field: "PlannedField", values: list[Any], trail: Trail) -> Completed:
        if {*map(type, values)} <= {list, tuple} and (self.most is None or max(map(len, values), default=0) <= self.most):
            return self._split(run, field, values, trail)
        return self.sift(run, field, values, trail)

    def present(self, run: "Execution", field: "PlannedField", values: list[Any], trail: Trail) -> Completed:
        errors = {row: error for row, value in enumerate(values) if (error := self._refusal(field, value))}
        for row, error in errors.items():
            run.fail(field, error, trail, row)
        refused = errors.keys()
        lists = [() if row in refused else value for row, value in enumerate(values)] if refused else values
        column, lost = self._split(run, field, lists, trail)
        for row in refused:
            column[row] = None
        return column, lost if self.nullable else lost | refused

    def _refusal(self, field: "PlannedField", value: Any) -> Exception | None:
        place = f"{field.parent.name}.{field.name}"
        if not isinstance(value, list | tuple):
            return GraphQLError(f"Expected Iterable, but did not find one for field '{place}'.")
        if self.most is not None and len(value) > self.most:
            return LimitExceeded(f"{place} has more than {self.most} items", code="LIST_TOO_LONG")
        return None

    def _split(self, run: "Execution", field: "PlannedField", lists: Sequence[Any], trail: Trail) -> Completed:
        lengths = [len(one) for one in lists]
        inside = InLists(trail, lengths)
        items, lost = self.inner.complete(run, field, list(chain.from_iterable(lists)), inside)
        rest = iter(items)
        column: list[Any] = [list(islice(rest, length)) for length in lengths]
        owners = {inside.owner(item) for item in lost} if lost else NONE
        for row in owners:
            column[row] = None
        return column, NONE if self.nullable else owners


class ObjectCompleter(Completer):
    """Objects of one type, or of the types of an interface or union: each type's objects are answered together."""

    def __init__(self, schema: GraphQLSchema, output_type: Any, *, nullable: bool) -> None:
        super().__init__(nullable=nullable)
        self._schema = schema
        self._type = output_type
        self._concrete = output_type if isinstance(output_type, GraphQLObjectType) else None

    def complete(self, run: "Execution", field: "PlannedField", values: list[Any], trail: Trail) -> Completed:
        if {*map(type, values)} == {dict}:
            return self.present(run, field, values, trail)
        return self.sift(run, field, values, trail)

    def present(self, run: "Execution", field: "PlannedField", values: list[Any], trail: Trail) -> Completed:
        if self._concrete:
            column, lost = self._of_type(run, field, self._concrete, values, trail)
            return column, NONE if self.nullable else lost
        column = [None] * len(values)
        lost = set[int]()
        for concrete, rows in self._grouped(values).items():
            if isinstance(concrete, str):
                for row in rows:
                    run.fail(field, GraphQLError(concrete), trail, row)
                lost |= set(rows)
                continue
            done, gone = self._of_type(run, field, concrete, [values[row] for row in rows], OfRows(trail, rows))
            for row, value in zip(rows, done, strict=True):
                column[row] = value
            lost |= {rows[one] for one in gone}
        return column, NONE if self.nullable else lost

    def _of_type(
        self, run: "Execution", field: "PlannedField", concrete: GraphQLObjectType, values: list[Any], trail: Trail
    ) -> Completed:
        try:
            selection = run.compiler.child(field, concrete)
        except GraphQLError as error:  # a switch that is null although it must not be
            for row in range(len(values)):
                run.fail(field, error, trail, row)
            return [None] * len(values), set(range(len(values)))
        return run.answer(selection, values, trail)

    def _grouped(self, values: list[Any]) -> dict[GraphQLObjectType | str, list[int]]:
        """Rows by their type, or by why they have none."""
        groups: dict[GraphQLObjectType | str, list[int]] = {}
        for row, value in enumerate(values):
            groups.setdefault(self._type_of(value), []).append(row)
        return groups

    def _type_of(self, value: Any) -> GraphQLObjectType | str:
        name = read_plain(value, TYPENAME)
        concrete = self._schema.get_type(name) if isinstance(name, str) else None
        if isinstance(concrete, GraphQLObjectType) and self._schema.is_sub_type(self._type, concrete):
            return concrete
        abstract = f"Abstract type '{self._type.name}'"
        if isinstance(name, str) and concrete is None:
            return f"{abstract} was resolved to a type '{name}' that does not exist inside the schema."
        return f"{abstract} must resolve to an Object type; got {name!r}."


def _null(field: "PlannedField") -> GraphQLError:
    return GraphQLError(f"Cannot return null for non-nullable field {field.parent.name}.{field.name}.")
