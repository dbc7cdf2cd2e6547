"""Arguments that tell something about a person: they travel as variables, and never in an address."""

from collections.abc import Collection, Mapping
from typing import Any

from graphql import ArgumentNode, NullValueNode, ObjectFieldNode, VariableNode, Visitor, visit

from catalog.errors import ArgumentInvalid
from catalog.runtime.operation import Operation


def check_private(operation: Operation, names: Collection[str], variables: Mapping[str, Any], *, in_address: bool) -> None:
    """Raises ArgumentInvalid: PROFILE_MUST_BE_VARIABLE for a literal, PROFILE_NEEDS_POST for one sent by GET."""
    stated = _stated(operation, names)
    for name, value in stated:
        if not isinstance(value, VariableNode):
            raise _refused(name, "PROFILE_MUST_BE_VARIABLE", "send it whole as a variable")
    if not in_address:
        return
    filled = [name for name, value in stated if variables.get(value.name.value) is not None]
    for name in (*filled, *_inside(variables, names)):
        raise _refused(name, "PROFILE_NEEDS_POST", "send it by POST")


def _refused(name: str, code: str, remedy: str) -> ArgumentInvalid:
    return ArgumentInvalid(f"{name} tells something about a person: {remedy}", code=code, argument=name)


def _stated(operation: Operation, names: Collection[str]) -> list[tuple[str, Any]]:
    """Every private argument or input field of the document with what stands there, unless that is null."""
    found: list[tuple[str, Any]] = []

    class Collector(Visitor):
        def enter_argument(self, node: ArgumentNode, *_rest: Any) -> None:
            self._note(node)

        def enter_object_field(self, node: ObjectFieldNode, *_rest: Any) -> None:
            self._note(node)

        def _note(self, node: ArgumentNode | ObjectFieldNode) -> None:
            if node.name.value in names and not isinstance(node.value, NullValueNode):
                found.append((node.name.value, node.value))

    for node in (operation.node, *operation.fragments.values()):
        visit(node, Collector())
    return found


def _inside(value: Any, names: Collection[str]) -> list[str]:
    """The private names that stand inside the values of variables."""
    if isinstance(value, Mapping):
        own = [name for name, item in value.items() if name in names and item is not None]
        return own + [found for item in value.values() for found in _inside(item, names)]
    return [found for item in value for found in _inside(item, names)] if isinstance(value, list) else []
