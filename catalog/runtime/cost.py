"""How much an operation can return at most: fields of all objects, and items of all lists.

Lists are as long as their fields say (`ListBound` in the field's extensions), so the estimate follows from the document
and its variables alone, whatever the catalogue holds; the executor refuses a longer list.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from graphql import GraphQLError, GraphQLObjectType, is_abstract_type, is_leaf_type

from catalog.runtime.plan import BOUND, Compiler, PlannedField, Selection

PAGE_OF = "page_of"
STARTS = "starts"
WORK = "work"
"""Under this name a field's extensions may say what its arguments cost, in values, before anything is returned."""
MOST_COUNTED = 10**12  # beyond that it makes no difference, and JSON knows no such numbers
UNBOUNDED = 100  # taken for a list that says nothing
Totals: TypeAlias = tuple[tuple[str, int], ...]
"""How many items of each group there can be so far, for one of whatever the group belongs to."""


@dataclass(frozen=True, slots=True)
class ListBound:
    """At most `most` items; over nested lists of one `group` at most `total` for each owner of the group.

    `by_page`: as many as the page asked for above. An object type that owns groups names them in its extension STARTS.
    """

    most: int
    group: str | None = None
    total: int = 0
    by_page: bool = False


def estimate(compiler: Compiler) -> int:
    """Without introspection. Raises GraphQLError where a variable of @skip or @include is null."""
    plan = compiler.root()
    if plan.fixed_cost is not None:
        return plan.fixed_cost
    estimator = _Estimator(compiler)
    found = min(estimator.selection(plan, 0, ()), MOST_COUNTED)
    if not estimator.read_variables:
        plan.fixed_cost = found
    return found


class _Estimator:
    def __init__(self, compiler: Compiler) -> None:
        self._compiler = compiler
        self.read_variables = False
        """Whether the size of any page hangs on a variable."""

    def selection(self, selection: Selection, page: int, totals: Totals) -> int:
        starts = selection.type.extensions.get(STARTS, ())
        totals = tuple(one for one in totals if one[0] not in starts) if starts else totals
        return len(selection.fields) + sum(self._value(one, page, totals) for one in selection.branches)

    def _value(self, field: PlannedField, page: int, totals: Totals) -> int:
        definition = field.definition
        assert definition is not None, "__typename is a leaf"
        size = 1
        if field.lists:
            bound: ListBound = definition.extensions.get(BOUND, ListBound(UNBOUNDED))
            size = min(page, bound.most) if bound.by_page else bound.most
            if bound.group:
                before = dict(totals).get(bound.group, 1)
                size = min(size, -(-bound.total // before))
                totals = (*(one for one in totals if one[0] != bound.group), (bound.group, before * size))
            size *= UNBOUNDED ** (field.lists - 1)
        if page_of := definition.extensions.get(PAGE_OF):
            page = self._read_arguments(field, page_of)
            size = page if field.lists else size
        if work_of := definition.extensions.get(WORK):
            return self._read_arguments(field, work_of) + self._items(field, size, page, totals)
        return self._items(field, size, page, totals)

    def _items(self, field: PlannedField, size: int, page: int, totals: Totals) -> int:
        items = size * field.lists  # an inner list is an item of the outer one
        named = field.named
        return items if is_leaf_type(named) else items + size * self._object(field, named, page, totals)

    def _object(self, field: PlannedField, named: Any, page: int, totals: Totals) -> int:
        schema = self._compiler.operation.schema
        concrete: list[GraphQLObjectType] = list(schema.get_possible_types(named)) if is_abstract_type(named) else [named]
        return max(self._of_type(field, one, page, totals) for one in concrete)

    def _of_type(self, field: PlannedField, concrete: GraphQLObjectType, page: int, totals: Totals) -> int:
        try:
            selection = self._compiler.child(field, concrete)
        except GraphQLError:  # a variable of @skip or @include is null: the object will be null
            return 0
        return self.selection(selection, page, totals)

    def _read_arguments(self, field: PlannedField, of: Callable[[Mapping[str, Any]], int]) -> int:
        self.read_variables |= field.arguments is None
        try:
            return max(0, of(field.argument_values(dict(self._compiler.variables))))
        except GraphQLError:  # execution says what is wrong with the argument; nothing will be returned
            return 0


def count_values(value: Any) -> int:
    """What an answer costs indeed, in the same unit."""
    if isinstance(value, dict):
        return sum(1 + count_values(one) for one in value.values())
    return sum(1 + count_values(one) for one in value) if isinstance(value, list) else 0
