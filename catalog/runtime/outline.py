"""The size of a document with its fragments written out, worked out without writing them out."""

from dataclasses import dataclass, field

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    OperationDefinitionNode,
    SelectionSetNode,
)

Definition = OperationDefinitionNode | FragmentDefinitionNode


@dataclass(slots=True)
class Outline:
    """Counts of one definition; `spreads` are the fragments in it and how deep each stands."""

    fields: int = 0
    aliases: int = 0
    directives: int = 0
    depth: int = 0
    spreads: list[tuple[str, int]] = field(default_factory=list)

    def add(self, other: "Outline", below: int) -> None:
        self.fields += other.fields
        self.aliases += other.aliases
        self.directives += other.directives
        self.depth = max(self.depth, below + other.depth)


def outline(selections: SelectionSetNode, directives: int = 0) -> Outline:
    """What stands in a selection itself."""
    found = Outline(directives=directives)
    _read(selections, 1, found)
    return found


def _read(selections: SelectionSetNode, depth: int, found: Outline) -> None:
    for node in selections.selections:
        found.directives += len(node.directives)
        if isinstance(node, FragmentSpreadNode):
            found.fields += 1
            found.spreads.append((node.name.value, depth - 1))
            continue
        inner = depth
        if isinstance(node, FieldNode):
            found.fields += 1
            found.aliases += node.alias is not None
            found.depth = max(found.depth, depth)
            inner = depth + 1
        if node.selection_set:  # type: ignore[attr-defined] # fields and inline fragments have one, spreads are gone
            _read(node.selection_set, inner, found)  # type: ignore[attr-defined] # see above


class Fragments:
    """The fragments of a document, each measured once.

    Raises GraphQLError for one that spreads itself, and for the first spread of one that is not there: validation would
    compare every unknown one with every other.
    """

    def __init__(self, document: DocumentNode) -> None:
        self.nodes = {one.name.value: one for one in document.definitions if isinstance(one, FragmentDefinitionNode)}
        self._own = {name: outline(node.selection_set, len(node.directives)) for name, node in self.nodes.items()}
        self._whole: dict[str, Outline] = {}
        for one in document.definitions:
            if isinstance(one, Definition):
                self._require_known(one)
        for name in self.nodes:
            self._measure(name)

    def _require_known(self, definition: Definition) -> None:
        own = self._own.get(definition.name.value) if isinstance(definition, FragmentDefinitionNode) else None
        for name, _ in (own or outline(definition.selection_set)).spreads:
            if name not in self.nodes:
                raise GraphQLError(f"Unknown fragment '{name}'.", [definition])

    def spread(self) -> set[str]:
        """Those that another one spreads."""
        return {name for one in self._own.values() for name, _ in one.spreads}

    def whole(self, own: Outline) -> Outline:
        """`own` with everything that its fragments bring."""
        total = Outline(own.fields, own.aliases, own.directives, own.depth)
        for name, below in own.spreads:
            total.add(self._whole[name], below)
        return total

    def _measure(self, start: str) -> None:
        """Innermost first and without recursion: a chain of fragments can be long."""
        path = [start]
        under_way = {start}
        while path:
            name = path[-1]
            needed = [one for one, _ in self._own[name].spreads if one not in self._whole]
            if name in self._whole or not needed:
                self._whole.setdefault(name, self.whole(self._own[name]))
                under_way.discard(path.pop())
            elif needed[0] in under_way:
                raise GraphQLError(f"Cannot spread fragment '{needed[0]}' within itself.", [self.nodes[needed[0]]])
            else:
                path.append(needed[0])
                under_way.add(needed[0])
