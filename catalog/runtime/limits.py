"""How much a document may ask for. Each limit has a code of its own, and a setting."""

from dataclasses import dataclass

from graphql import Lexer, Source, TokenKind

from catalog.errors import LimitExceeded

OPENING = frozenset({TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L})
CLOSING = frozenset({TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R})
NUMBERS = frozenset({TokenKind.INT, TokenKind.FLOAT})
MOST_BRACKETS = 60  # open at once; parser and visitors recurse into them
TIMES_OVER = 5  # the tokens of the longest document, which all operations of one may look at: each sees all fragments
LONGEST_NUMBER = 400  # digits; Python refuses to read more than 4,300, and no Int or Float has so many


@dataclass(frozen=True, slots=True)
class DocumentLimits:
    """What a document may have.

    Fields (spreads among them), depth, aliases and directives are counted with its fragments written out.
    """

    characters: int = 32_000
    tokens: int = 2_500
    depth: int = 25
    fields: int = 2_000
    aliases: int = 100
    directives: int = 100
    operations: int = 10
    root_fields: int = 20
    introspection_depth: int = 16
    introspection_fields: int = 300
    introspection_aliases: int = 2
    """graphql-core takes a hundred times as long for a hundred aliases of one list of the schema."""
    repeats: int = 5_000
    """Pairs of fields under one response key, each of which validation compares."""


def measure(text: str, limits: DocumentLimits) -> int:
    """How many tokens there are, seen with the lexer alone, which does not recurse.

    Raises LimitExceeded, GraphQLSyntaxError.
    """
    if len(text) > limits.characters:
        raise LimitExceeded(f"the document has more than {limits.characters} characters", code="DOCUMENT_TOO_LARGE")
    lexer = Lexer(Source(text))
    tokens = brackets = 0
    while (token := lexer.advance()).kind is not TokenKind.EOF:
        tokens += 1
        brackets += (token.kind in OPENING) - (token.kind in CLOSING)
        if token.kind in NUMBERS and len(token.value or "") > LONGEST_NUMBER:
            raise LimitExceeded(f"a number has more than {LONGEST_NUMBER} digits", code="DOCUMENT_TOO_LONG")
        if tokens > limits.tokens:
            raise LimitExceeded(f"the document has more than {limits.tokens} tokens", code="DOCUMENT_TOO_LONG")
        if brackets > MOST_BRACKETS:
            raise LimitExceeded(
                f"the document has more than {MOST_BRACKETS} brackets open at once", code="DOCUMENT_TOO_DEEP"
            )
    return tokens
