"""Operations: parsed and validated once per document, kept in a bounded store."""

from collections import OrderedDict
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock
from typing import Any

from graphql import (
    DefinitionNode,
    DocumentNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLSchema,
    GraphQLSyntaxError,
    Lexer,
    OperationDefinitionNode,
    OperationType,
    Source,
    TokenKind,
    Visitor,
    parse,
    validate,
    visit,
)

from catalog.errors import LimitExceeded
from catalog.runtime.plan import Selection
from catalog.runtime.variables import variables_in

OPENING = frozenset({TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L})
NUMBERS = frozenset({TokenKind.INT, TokenKind.FLOAT})
CLOSING = frozenset({TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R})
MOST_VALIDATION_ERRORS = 20
MOST_CHARACTERS = 1_000_000  # of all documents kept; a parsed one takes some 60 times its text
LONGEST_KEPT = 20_000
LONGEST_NUMBER = 400  # digits; Python refuses to read more than 4,300, and no Int or Float has so many


@dataclass(frozen=True, slots=True)
class DocumentLimits:
    tokens: int = 5_000
    depth: int = 60


@dataclass(frozen=True, slots=True)
class Invalid:
    """Why a document cannot be executed."""

    errors: tuple[GraphQLError, ...]


@dataclass(slots=True, weakref_slot=True)
class Operation:
    """One executable operation of a valid document, with the plans compiled for it so far."""

    schema: GraphQLSchema
    node: OperationDefinitionNode
    fragments: dict[str, FragmentDefinitionNode]
    switches: frozenset[str]
    """Variables that @skip or @include read: one plan for each of their values."""
    document: tuple[DefinitionNode, ...] = ()
    """All definitions of the document, also those that this operation does not use."""
    plans: dict[frozenset[tuple[str, Any]], Selection] = field(default_factory=dict)

    @property
    def name(self) -> str | None:
        return self.node.name.value if self.node.name else None

    @property
    def reachable(self) -> list[DefinitionNode]:
        """The operation and the fragments that it spreads, however deep."""
        found: dict[str, FragmentDefinitionNode] = {}
        waiting: list[DefinitionNode] = [self.node]
        while waiting:
            names = _spread(waiting.pop()) - found.keys()
            new = {name: self.fragments[name] for name in names}
            found |= new
            waiting += new.values()
        return [self.node, *found.values()]

    @property
    def is_mutation(self) -> bool:
        return self.node.operation is OperationType.MUTATION


class Document:
    """A valid document."""

    def __init__(self, schema: GraphQLSchema, node: DocumentNode) -> None:
        self._schema = schema
        self._node = node

    @cached_property
    def operations(self) -> dict[str | None, Operation]:
        fragments = {one.name.value: one for one in self._node.definitions if isinstance(one, FragmentDefinitionNode)}
        found = [one for one in self._node.definitions if isinstance(one, OperationDefinitionNode)]
        switches = _switches(self._node)
        return {
            one.name.value if one.name else None: Operation(
                self._schema, one, fragments, switches, tuple(self._node.definitions)
            )
            for one in found
        }

    def find_operation(self, name: str | None) -> Operation | None:
        if name is not None:
            return self.operations.get(name)
        return next(iter(self.operations.values())) if len(self.operations) == 1 else None


class OperationStore:
    """Valid documents by text, the least recently used forgotten first."""

    def __init__(self, schema: GraphQLSchema, limits: DocumentLimits, size: int = 1_000) -> None:
        self._schema = schema
        self._limits = limits
        self._size = size
        self._documents: OrderedDict[str, Document] = OrderedDict()
        self._characters = 0
        self._lock = Lock()

    def get(self, text: str) -> Document | Invalid:
        """Raises LimitExceeded (DOCUMENT_TOO_LONG, DOCUMENT_TOO_DEEP) before anything is parsed."""
        with self._lock:
            if found := self._documents.get(text):
                self._documents.move_to_end(text)
                return found
        made = read_document(self._schema, text, self._limits)
        if isinstance(made, Document) and len(text) <= LONGEST_KEPT:
            with self._lock:
                self._keep(text, made)
        return made

    def _keep(self, text: str, made: Document) -> None:
        if text not in self._documents:
            self._characters += len(text)
        self._documents[text] = made
        while len(self._documents) > self._size or self._characters > MOST_CHARACTERS:
            forgotten, _ = self._documents.popitem(last=False)
            self._characters -= len(forgotten)


def read_document(schema: GraphQLSchema, text: str, limits: DocumentLimits) -> Document | Invalid:
    try:
        measure(text, limits)
        node = parse(text, max_tokens=limits.tokens)
    except GraphQLSyntaxError as error:
        return Invalid((error,))
    errors = validate(schema, node, max_errors=MOST_VALIDATION_ERRORS)
    return Invalid(tuple(errors)) if errors else Document(schema, node)


def measure(text: str, limits: DocumentLimits) -> None:
    """Counts tokens and brackets with the lexer alone, which does not recurse. Raises LimitExceeded, GraphQLSyntaxError."""
    lexer = Lexer(Source(text))
    tokens = depth = 0
    while (token := lexer.advance()).kind is not TokenKind.EOF:
        tokens += 1
        depth += (token.kind in OPENING) - (token.kind in CLOSING)
        if token.kind in NUMBERS and len(token.value or "") > LONGEST_NUMBER:
            raise LimitExceeded(f"a number has more than {LONGEST_NUMBER} digits", code="DOCUMENT_TOO_LONG")
        if tokens > limits.tokens:
            raise LimitExceeded(f"the document has more than {limits.tokens} tokens", code="DOCUMENT_TOO_LONG")
        if depth > limits.depth:
            raise LimitExceeded(f"the document is nested deeper than {limits.depth} levels", code="DOCUMENT_TOO_DEEP")


def _spread(node: DefinitionNode) -> set[str]:
    found: set[str] = set()

    class Collector(Visitor):
        def enter_fragment_spread(self, spread: FragmentSpreadNode, *_rest: Any) -> None:
            found.add(spread.name.value)

    visit(node, Collector())
    return found


def _switches(node: DocumentNode) -> frozenset[str]:
    found: set[str] = set()

    class Collector(Visitor):
        def enter_directive(self, directive: Any, *_rest: Any) -> None:
            found.update(variables_in(directive.arguments))

    visit(node, Collector())
    return frozenset(found)
