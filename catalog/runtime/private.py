"""Arguments that tell something about a person: they travel as variables, and never in an address."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from graphql import ArgumentNode, Node, NullValueNode, ObjectFieldNode, OperationDefinitionNode, VariableNode, Visitor, visit

from catalog.errors import ArgumentInvalid
from catalog.runtime.operation import Operation

NOTE = "private"


@dataclass(frozen=True, slots=True)
class PrivateUse:
    """Where an operation takes private arguments; worked out once."""

    names: Collection[str]
    refused: ArgumentInvalid | None
    """What is wrong with the document, whatever the variables are."""
    read: tuple[tuple[str, str], ...]
    """The private arguments of the operation, with the variables that fill them."""

    def check(self, variables: Mapping[str, Any], *, in_address: bool) -> bool:
        """Whether the variables hold anything private.

        Raises ArgumentInvalid: PROFILE_MUST_BE_VARIABLE for a literal, PROFILE_NEEDS_POST for one sent by GET.
        """
        if self.refused:
            raise ArgumentInvalid(self.refused.message, code=self.refused.code, **self.refused.details)
        own = [name for name, variable in self.read if variables.get(variable) is not None]
        found = own + [name for value in variables.values() for name in _inside(value, self.names)]
        if found and in_address:
            raise _refusal(found[0], "PROFILE_NEEDS_POST", "send it by POST")
        return bool(found)


def private_use(operation: Operation, names: Collection[str]) -> PrivateUse:
    """Remembered by the operation, which it does not hold: what is forgotten is freed at once."""
    known: PrivateUse | None = operation.notes.get(NOTE)
    if known is None:
        refused = _literal(operation, names)
        stated = () if refused else _stated(operation.reachable, names)
        known = operation.notes[NOTE] = PrivateUse(names, refused, tuple((name, one.name.value) for name, one in stated))
    return known


def _literal(operation: Operation, names: Collection[str]) -> ArgumentInvalid | None:
    filled = _with_default(operation)
    for name, value in _stated(operation.document, names):
        if not isinstance(value, VariableNode):
            return _refusal(name, "PROFILE_MUST_BE_VARIABLE", "send it whole as a variable")
        if value.name.value in filled:
            return _refusal(name, "PROFILE_MUST_BE_VARIABLE", "its variable can have no default in the document")
    return None


def refuse_in_address(variables: Mapping[str, Any], names: Collection[str]) -> None:
    """Before the document is known: a client that names it by its hash hears of it at once.

    Raises ArgumentInvalid (PROFILE_NEEDS_POST).
    """
    objects = {name: value for name, value in variables.items() if isinstance(value, Mapping | list)}
    for name in _inside(objects, names):
        raise _refusal(name, "PROFILE_NEEDS_POST", "send it by POST")


def holds_private(variables: Mapping[str, Any], names: Collection[str]) -> bool:
    """Whether anything private was sent, also under a name that the document does not ask for."""
    return bool(_inside(variables, names))


def _with_default(operation: Operation) -> set[str]:
    """The variables that have a default in the document, in any of its operations."""
    operations = [node for node in operation.document if isinstance(node, OperationDefinitionNode)]
    declared = [one for node in operations for one in node.variable_definitions]
    filled = [one for one in declared if one.default_value and not isinstance(one.default_value, NullValueNode)]
    return {one.variable.name.value for one in filled}


def _refusal(name: str, code: str, remedy: str) -> ArgumentInvalid:
    return ArgumentInvalid(f"{name} tells something about a person: {remedy}", code=code, argument=name)


def _stated(nodes: Iterable[Node], names: Collection[str]) -> list[tuple[str, Any]]:
    """Every private argument or input field with what stands there, unless that is null."""
    found: list[tuple[str, Any]] = []

    class Collector(Visitor):
        def enter_argument(self, node: ArgumentNode, *_rest: Any) -> None:
            self._note(node)

        def enter_object_field(self, node: ObjectFieldNode, *_rest: Any) -> None:
            self._note(node)

        def _note(self, node: ArgumentNode | ObjectFieldNode) -> None:
            if node.name.value in names and not isinstance(node.value, NullValueNode):
                found.append((node.name.value, node.value))

    for node in nodes:
        visit(node, Collector())
    return found


def _inside(value: Any, names: Collection[str]) -> list[str]:
    """The private names that stand inside the values of variables."""
    if isinstance(value, Mapping):
        own = [name for name, item in value.items() if name in names and item is not None]
        return own + [found for item in value.values() for found in _inside(item, names)]
    return [found for item in value for found in _inside(item, names)] if isinstance(value, list) else []
