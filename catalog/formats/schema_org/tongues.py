"""Languages of teaching, as tags."""

from catalog.formats.schema_org.nodes import Node, is_object, text_of
from catalog.formats.schema_org.scope import Scope
from catalog.model.reading.words import read_language

MOST_LANGUAGES = 10


def read_languages(node: Node, scope: Scope) -> list[str]:
    """Of a Language object its tag, else its name."""
    found: list[str] = []
    for name in ("inLanguage", "availableLanguage"):
        for one in node.take(name):
            if is_object(one):
                language = scope.node(one, node.names)
                stated = [*language.peek("alternateName"), *language.peek("name")]
                value = next((each for each in stated if text_of(each)), None)
            else:
                value = one
            tag = scope.parse("languages", read_language, value)
            if tag and tag not in found:
                found.append(tag)
    return scope.capped("languages", found, MOST_LANGUAGES)
