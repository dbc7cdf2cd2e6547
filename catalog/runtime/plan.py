"""Plans: what to read of which type, compiled from an operation once for each setting of its switches."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from graphql import (
    FieldNode,
    GraphQLError,
    GraphQLField,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLSchema,
    GraphQLString,
    get_named_type,
    is_leaf_type,
)
from graphql.execution.collect_fields import collect_fields, collect_sub_fields
from graphql.execution.values import get_argument_values

from catalog.runtime.batch import Batch, Many
from catalog.runtime.completion import TYPENAME, Completer, ListCompleter, ObjectCompleter
from catalog.runtime.leaves import leaf_completer
from catalog.runtime.variables import variables_in

if TYPE_CHECKING:
    from catalog.runtime.operation import Operation

BOUND = "bound"
"""Under this name a list field's extensions say how long it can be (catalog/runtime/cost.py)."""
INTROSPECTION = frozenset({"__schema", "__type"})
TYPENAME_TYPE = GraphQLNonNull(GraphQLString)
MOST_PLANS = 2  # settings of switches kept for one operation; n switches have 2 to the n


@dataclass(slots=True)
class PlannedField:
    """One response key of a selection; `children` are compiled as concrete types turn up."""

    key: str
    name: str
    parent: GraphQLObjectType
    nodes: list[FieldNode]
    completer: Completer
    many: Many | None
    definition: GraphQLField | None
    arguments: dict[str, Any] | None
    """Their values where no variable is among them; None: computed for each execution."""
    lists: int = 0
    """How many lists lie around each other in its type."""
    named: Any = GraphQLString
    """Its type without lists and non-null."""
    children: dict[str, "Selection"] = field(default_factory=dict)

    def argument_values(self, variables: dict[str, Any]) -> dict[str, Any]:
        """Raises GraphQLError when a variable does not fit."""
        if self.arguments is not None:
            return self.arguments
        assert self.definition is not None, "only __typename has no definition, and it takes no arguments"
        return get_argument_values(self.definition, self.nodes[0], variables)


@dataclass(slots=True)
class Selection:
    """The fields to answer of one concrete type, in response order."""

    type: GraphQLObjectType
    fields: list[PlannedField]
    introspection: list[FieldNode]
    order: list[str]
    """All response keys, also those of introspection."""
    keys: list[str] = field(init=False)
    branches: list[PlannedField] = field(init=False)
    """The fields that are more than one leaf."""
    fixed_cost: int | None = None
    """Of a root whose cost hangs on no variable (catalog/runtime/cost.py)."""

    def __post_init__(self) -> None:
        self.keys = [one.key for one in self.fields]
        self.branches = [one for one in self.fields if one.lists or not is_leaf_type(one.named)]


@dataclass(frozen=True, slots=True)
class Compiler:
    """Compiles the selections of one operation under given variables."""

    operation: "Operation"
    variables: Mapping[str, Any]

    def root(self) -> Selection:
        key = frozenset((name, self.variables.get(name)) for name in self.operation.switches)
        plan = self.operation.plans.get(key)
        if plan is None:
            root_type = self.operation.schema.get_root_type(self.operation.node.operation)
            assert root_type is not None, "validation refuses an operation that the schema has no root type for"
            nodes = collect_fields(
                self.operation.schema,
                self.operation.fragments,
                dict(self.variables),
                root_type,
                self.operation.node.selection_set,
            )
            plan = _selection(self.operation.schema, root_type, nodes)
            if len(self.operation.plans) < MOST_PLANS:
                self.operation.plans[key] = plan
        return plan

    def child(self, planned: PlannedField, concrete: GraphQLObjectType) -> Selection:
        selection = planned.children.get(concrete.name)
        if selection is None:
            schema = self.operation.schema
            nodes = collect_sub_fields(schema, self.operation.fragments, dict(self.variables), concrete, planned.nodes)
            selection = planned.children[concrete.name] = _selection(schema, concrete, nodes)
        return selection


def _selection(schema: GraphQLSchema, concrete: GraphQLObjectType, nodes: dict[str, list[FieldNode]]) -> Selection:
    fields: list[PlannedField] = []
    introspection: list[FieldNode] = []
    for key, own in nodes.items():
        name = own[0].name.value
        if name in INTROSPECTION and concrete is schema.query_type:
            introspection += own
        else:
            fields.append(_field(schema, concrete, key, name, own))
    return Selection(concrete, fields, introspection, list(nodes))


def _field(schema: GraphQLSchema, parent: GraphQLObjectType, key: str, name: str, nodes: list[FieldNode]) -> PlannedField:
    if name == TYPENAME:
        return PlannedField(key, name, parent, nodes, _completer(schema, TYPENAME_TYPE), None, None, {})
    definition = parent.fields[name]
    many = definition.resolve.many if isinstance(definition.resolve, Batch) else None
    arguments = None if variables_in(nodes[0].arguments) else _constant_arguments(definition, nodes[0])
    bound = definition.extensions.get(BOUND)
    completer = _completer(schema, definition.type, bound.most if bound else None)
    lists, named = _count_lists(definition.type), get_named_type(definition.type)
    return PlannedField(key, name, parent, nodes, completer, many, definition, arguments, lists, named)


def _count_lists(output_type: Any) -> int:
    inner = getattr(output_type, "of_type", None)
    return 0 if inner is None else isinstance(output_type, GraphQLList) + _count_lists(inner)


def _completer(schema: GraphQLSchema, output_type: GraphQLOutputType, most: int | None = None) -> Completer:
    nullable = not isinstance(output_type, GraphQLNonNull)
    inner: Any = output_type if nullable else output_type.of_type  # type: ignore[union-attr] # only NonNull gets here
    if isinstance(inner, GraphQLList):
        return ListCompleter(_completer(schema, inner.of_type), nullable=nullable, most=most)
    if is_leaf_type(inner):
        return leaf_completer(inner, nullable=nullable)
    return ObjectCompleter(schema, inner, nullable=nullable)


def _constant_arguments(definition: GraphQLField, node: FieldNode) -> dict[str, Any] | None:
    try:
        return get_argument_values(definition, node, {})
    except GraphQLError:
        return None  # raised again, with its place, when the field is executed
