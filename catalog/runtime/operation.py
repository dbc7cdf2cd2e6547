"""Operations: parsed and validated once per document, kept in a bounded store."""

from collections import OrderedDict
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from threading import Lock
from typing import Any

from graphql import (
    DefinitionNode,
    DocumentNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
    Visitor,
    parse,
    validate,
    visit,
)

from catalog.runtime.limits import DocumentLimits, measure
from catalog.runtime.plan import MOST_PLANS, Selection
from catalog.runtime.shape import check_shape
from catalog.runtime.variables import variables_in

MOST_VALIDATION_ERRORS = 20
MOST_SUGGESTED = 3  # errors that say what may have been meant: each is compared with every name of the schema
MOST_BYTES = 48_000_000  # of all documents kept, with the plans that can be made of them
BYTES_OF_CHARACTER = 60  # a parsed document takes some 60 times its text
BYTES_OF_FIELD = 600  # of a plan
LONGEST_KEPT = 20_000


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
    hash: str = ""
    """SHA-256 of the document's text."""
    plans: dict[frozenset[tuple[str, Any]], Selection] = field(default_factory=dict)
    notes: dict[str, Any] = field(default_factory=dict)
    """What others have worked out of it, to be worked out once."""

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

    def __init__(self, schema: GraphQLSchema, node: DocumentNode, text: str = "", fields: int = 0) -> None:
        self.schema = schema
        self._node = node
        self._digest = hash_of(text)
        self.bytes = len(text) * BYTES_OF_CHARACTER + fields * BYTES_OF_FIELD * MOST_PLANS
        """About how much memory it takes, with all plans that are kept of it."""

    @cached_property
    def operations(self) -> dict[str | None, Operation]:
        fragments = {one.name.value: one for one in self._node.definitions if isinstance(one, FragmentDefinitionNode)}
        found = [one for one in self._node.definitions if isinstance(one, OperationDefinitionNode)]
        switches = _switches(self._node)
        return {
            one.name.value if one.name else None: Operation(
                self.schema, one, fragments, switches, tuple(self._node.definitions), self._digest
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
        self.schema = schema
        self._limits = limits
        self._size = size
        self._documents: OrderedDict[str, Document] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def get(self, text: str) -> Document | Invalid:
        """Raises LimitExceeded before anything is validated."""
        with self._lock:
            if found := self._documents.get(text):
                self._documents.move_to_end(text)
                return found
        made = read_document(self.schema, text, self._limits)
        if isinstance(made, Document) and len(text) <= LONGEST_KEPT:
            with self._lock:
                self._keep(text, made)
        return made

    def _keep(self, text: str, made: Document) -> None:
        if text not in self._documents:
            self._bytes += made.bytes
        self._documents[text] = made
        while len(self._documents) > self._size or self._bytes > MOST_BYTES:
            _, forgotten = self._documents.popitem(last=False)
            self._bytes -= forgotten.bytes


def hash_of(text: str) -> str:
    """What an operation is called by: the SHA-256 of its document's text, as 64 hexadecimal digits."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def read_document(schema: GraphQLSchema, text: str, limits: DocumentLimits) -> Document | Invalid:
    try:
        tokens = measure(text, limits)
        node = parse(text, max_lexical_tokens=limits.tokens)
        fields = check_shape(node, limits, tokens)
    except GraphQLError as error:
        return Invalid((error,))
    errors = validate(schema, node, max_errors=MOST_VALIDATION_ERRORS, hide_suggestions=True)
    if 0 < len(errors) <= MOST_SUGGESTED:
        errors = validate(schema, node, max_errors=MOST_VALIDATION_ERRORS)
    return Invalid(tuple(errors)) if errors else Document(schema, node, text, fields)


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
