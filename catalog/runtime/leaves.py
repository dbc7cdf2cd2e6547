"""Leaves: whole columns that are what they should be pass at once; all else is looked at value by value."""

from collections.abc import Callable
from math import isfinite
from types import NoneType
from typing import TYPE_CHECKING, Any

from graphql import (
    GraphQLBoolean,
    GraphQLEnumType,
    GraphQLFloat,
    GraphQLID,
    GraphQLInt,
    GraphQLLeafType,
    GraphQLString,
)

from catalog.runtime.completion import NONE, Completed, Completer
from catalog.runtime.trail import Trail

if TYPE_CHECKING:
    from catalog.runtime.executor import Execution
    from catalog.runtime.plan import PlannedField

SHOWN_AS_IS = "shown_as_is"
"""Under this name a scalar's `extensions` may hold the kinds of value that its `serialize` returns unchanged."""
LEAST_INT, GREATEST_INT = -(2**31), 2**31 - 1
NO_KINDS: frozenset[type] = frozenset()
MOST_REMEMBERED = 200  # names of one enum's values


class LeafCompleter(Completer):
    """Custom scalars, and the way for everything that a quicker one does not take.

    `clean` are the kinds of value that are shown as they are.
    """

    def __init__(self, leaf: GraphQLLeafType, *, nullable: bool, clean: frozenset[type]) -> None:
        super().__init__(nullable=nullable)
        self.clean = clean | {NoneType} if nullable else clean
        self.leaf = leaf
        self.serialize: Callable[[Any], Any] = leaf.serialize

    def complete(self, run: "Execution", field: "PlannedField", values: list[Any], trail: Trail) -> Completed:
        kinds = {*map(type, values)}
        if kinds == {NoneType} and self.nullable:
            return values, NONE
        if kinds <= self.clean and self.passes(values, kinds):
            return self.shown(values, kinds), NONE
        return self.sift(run, field, values, trail)

    def passes(self, values: list[Any], kinds: set[type]) -> bool:  # noqa: ARG002 - for those that look closer
        """Whether every value of a clean column can be shown as it is."""
        return True

    def shown(self, values: list[Any], kinds: set[type]) -> list[Any]:  # noqa: ARG002 - for those that change kinds
        return values

    def present(self, run: "Execution", field: "PlannedField", values: list[Any], trail: Trail) -> Completed:
        column: list[Any] = []
        lost: set[int] = set()
        for row, value in enumerate(values):
            try:
                shown = self._show(value)
            except Exception as error:  # noqa: BLE001 - a scalar may refuse a value in any way
                run.fail(field, error, trail, row)
                lost.add(row)
                shown = None
            column.append(shown)
        return column, NONE if self.nullable else lost

    def _show(self, value: Any) -> Any:
        shown = self.serialize(value)
        if shown is None:
            refused = f"Expected `{self.leaf}.serialize({value!r})`"
            raise TypeError(f"{refused} to return non-nullable value, returned: None")
        return shown


class IntCompleter(LeafCompleter):
    def passes(self, values: list[Any], kinds: set[type]) -> bool:
        whole = [one for one in values if one is not None] if NoneType in kinds else values
        return not whole or (min(whole) >= LEAST_INT and max(whole) <= GREATEST_INT)


class FloatCompleter(LeafCompleter):
    def passes(self, values: list[Any], kinds: set[type]) -> bool:  # noqa: ARG002 - None is no float either way
        return all(one is None or isfinite(one) for one in values)

    def shown(self, values: list[Any], kinds: set[type]) -> list[Any]:
        return [one if one is None else float(one) for one in values] if int in kinds else values


class EnumCompleter(LeafCompleter):
    """Remembers the name of each value that it has seen."""

    def __init__(self, leaf: GraphQLEnumType, *, nullable: bool) -> None:
        super().__init__(leaf, nullable=nullable, clean=NO_KINDS)
        self._names: dict[Any, str | None] = {None: None} if nullable else {}

    def complete(self, run: "Execution", field: "PlannedField", values: list[Any], trail: Trail) -> Completed:
        names = self._names
        try:
            return [names[value] for value in values], NONE
        except (KeyError, TypeError):  # not seen yet, or nothing that can be looked up
            return self.sift(run, field, values, trail)

    def present(self, run: "Execution", field: "PlannedField", values: list[Any], trail: Trail) -> Completed:
        column, lost = super().present(run, field, values, trail)
        for value, name in zip(values, column, strict=True):
            if isinstance(value, str) and isinstance(name, str) and len(self._names) < MOST_REMEMBERED:
                self._names[value] = name
        return column, lost


def leaf_completer(leaf: GraphQLLeafType, *, nullable: bool) -> LeafCompleter:
    if isinstance(leaf, GraphQLEnumType):
        return EnumCompleter(leaf, nullable=nullable)
    if leaf is GraphQLInt:
        return IntCompleter(leaf, nullable=nullable, clean=frozenset({int}))
    if leaf is GraphQLFloat:
        return FloatCompleter(leaf, nullable=nullable, clean=frozenset({float, int}))
    if leaf is GraphQLBoolean:
        return LeafCompleter(leaf, nullable=nullable, clean=frozenset({bool}))
    if leaf in {GraphQLString, GraphQLID}:
        return LeafCompleter(leaf, nullable=nullable, clean=frozenset({str}))
    return LeafCompleter(leaf, nullable=nullable, clean=leaf.extensions.get(SHOWN_AS_IS, NO_KINDS))
