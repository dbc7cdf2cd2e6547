"""Holds a parsed document to the limits, before validation spends time on it."""

from collections.abc import Iterator
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentSpreadNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
)

from catalog.errors import LimitExceeded
from catalog.runtime.limits import TIMES_OVER, DocumentLimits
from catalog.runtime.outline import Definition, Fragments, Outline, outline

INTROSPECTION = frozenset({"__schema", "__type"})


def check_shape(document: DocumentNode, limits: DocumentLimits, tokens: int = 0) -> int:
    """How many fields it has, its fragments written out.

    Raises LimitExceeded, and GraphQLError for a fragment that spreads itself or is not there.
    """
    fragments = Fragments(document)
    roots = list(_roots(document, fragments))
    operations = [one for one in roots if isinstance(one, OperationDefinitionNode)]
    if len(operations) > limits.operations or len(operations) * tokens > TIMES_OVER * limits.tokens:
        message = f"the document has {len(operations)} operations, too many for its length; at most {limits.operations}"
        raise LimitExceeded(message, code="TOO_MANY_OPERATIONS")
    total = Outline()
    for root in roots:
        total.add(fragments.whole(outline(root.selection_set, len(root.directives))), 0)
    _hold(total.fields, limits.fields, "fields", "DOCUMENT_TOO_WIDE")
    _hold(total.aliases, limits.aliases, "aliases", "TOO_MANY_ALIASES")
    _hold(total.directives, limits.directives, "directives", "TOO_MANY_DIRECTIVES")
    if total.depth > limits.depth:
        raise LimitExceeded(f"the document is deeper than {limits.depth} levels", code="DOCUMENT_TOO_DEEP")
    repeats = 0
    for root in roots:
        repeats += _repeats(root, fragments)
        _hold(repeats, limits.repeats, "pairs of fields with one name in one place", "DOCUMENT_TOO_REPETITIVE")
        _check_root(root, fragments, limits)
    return total.fields


def _hold(found: int, most: int, noun: str, code: str) -> None:
    if found > most:
        raise LimitExceeded(f"the document has more than {most} {noun}, its fragments written out", code=code)


def _roots(document: DocumentNode, fragments: Fragments) -> Iterator[Definition]:
    """Operations, and fragments that no other one spreads: together they reach every definition."""
    spread = fragments.spread()
    operations = [one for one in document.definitions if isinstance(one, OperationDefinitionNode)]
    for operation in operations:
        spread |= {name for name, _ in outline(operation.selection_set).spreads}
        yield operation
    yield from (node for name, node in fragments.nodes.items() if name not in spread)


def _check_root(root: Definition, fragments: Fragments, limits: DocumentLimits) -> None:
    if not isinstance(root, OperationDefinitionNode):
        return
    fields = list(_fields([root.selection_set], fragments))
    _hold(len({_key(one) for one in fields}), limits.root_fields, "root fields", "TOO_MANY_ROOT_FIELDS")
    found = Outline()
    for one in fields:
        if one.name.value in INTROSPECTION and one.selection_set:
            found.aliases += one.alias is not None
            found.add(fragments.whole(outline(one.selection_set)), 1)
    if found.depth > limits.introspection_depth:
        raise LimitExceeded(
            f"introspection goes deeper than {limits.introspection_depth} levels", code="INTROSPECTION_TOO_DEEP"
        )
    _hold(found.fields, limits.introspection_fields, "fields of introspection", "INTROSPECTION_TOO_WIDE")
    _hold(found.aliases, limits.introspection_aliases, "aliases in introspection", "INTROSPECTION_TOO_WIDE")


def _repeats(root: Definition, fragments: Fragments) -> int:
    """Pairs of fields that share a response key at one place of the answer."""
    pairs = 0
    levels = [[root.selection_set]]
    while levels:
        keyed: dict[str, list[SelectionSetNode]] = {}
        counts: dict[str, int] = {}
        for one in _fields(levels.pop(), fragments):
            key = _key(one)
            pairs += counts.get(key, 0)
            counts[key] = counts.get(key, 0) + 1
            if one.selection_set:
                keyed.setdefault(key, []).append(one.selection_set)
        levels += keyed.values()
    return pairs


def _fields(sets: list[SelectionSetNode], fragments: Fragments) -> Iterator[FieldNode]:
    """The fields of selections, those of their fragments among them."""
    waiting: list[SelectionNode] = [node for one in reversed(sets) for node in reversed(one.selections)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, FieldNode):
            yield node
            continue
        found: Any = fragments.nodes[node.name.value] if isinstance(node, FragmentSpreadNode) else node
        waiting += reversed(found.selection_set.selections)


def _key(node: FieldNode) -> str:
    return node.alias.value if node.alias else node.name.value
