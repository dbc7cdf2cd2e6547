"""What a listing is: by its type, and by the award that it says it leads to."""

import re
from collections.abc import Mapping
from typing import Any

from catalog.formats.schema_org.graph import is_course
from catalog.formats.schema_org.nodes import Node, is_object, text_of
from catalog.formats.schema_org.scope import Scope
from catalog.formats.schema_org.vocabulary import AWARDS
from catalog.formats.schema_org.write import AWARDED
from catalog.model.shapes import LINE_LENGTH

_VALID_FOR = re.compile(r"P[0-9]+[YMWD]")
_MORE_WORDS = {
    "microcredential": "MICRO_CREDENTIAL",
    "certificateofcompletion": "STATEMENT",
    "license": "LICENCE",
    "bachelordegree": "DEGREE",
    "bachelorsdegree": "DEGREE",
    "masterdegree": "DEGREE",
    "mastersdegree": "DEGREE",
    "graduatediploma": "DIPLOMA",
}
_BADGES = frozenset({"badge", "digitalbadge", "openbadge"})


def _plain(text: str) -> str:
    return re.sub(r"[^a-z]", "", text.rpartition("/")[2].lower() if "://" in text else text.lower())


_KINDS = {_plain(words): kind for kind, words in AWARDED.items()} | _MORE_WORDS
"""Whole words only: what says more, or something else, stays the provider's own term."""


def read_kind(node: Node, title: Mapping[str, str] | None, scope: Scope) -> dict[str, Any]:
    """kind, providerTerm, records and validFor. Never a micro-credential unless it is called so."""
    own = AWARDS.intersection(node.types)
    award = node if own else _award(node, scope)
    category = next(iter(scope.lines("credentialCategory", award, "credentialCategory")), None) if award else None
    term = category or (_named(award, title, scope) if award and not own else None)
    word = _plain(term) if term else ""
    kind = _KINDS.get(word)
    return {
        "kind": kind or ("COURSE" if is_course(node) else "OTHER"),
        "providerTerm": None if kind or word in _BADGES else term,
        "records": ["BADGE"] if word in _BADGES else None,
        "validFor": _valid_for(award, scope) if award else None,
    }


def _award(node: Node, scope: Scope) -> Node | None:
    values = node.take("educationalCredentialAwarded")
    if len(values) > 1:
        message = f"there are {len(values)} awards; the first is taken"
        scope.reading.warn("TOO_MANY", message, "educationalCredentialAwarded")
    if not values:
        return None
    first = values[0]
    return scope.node(first, node.names) if is_object(first) else Node({"credentialCategory": first}, node.names)


def _named(award: Node, title: Mapping[str, str] | None, scope: Scope) -> str | None:
    """The award's name where it has no category; not where it is only the title once more."""
    name = scope.line("educationalCredentialAwarded", scope.label(award.first("name"), award.names))
    return None if name is None or name in (title or {}).values() else name[:LINE_LENGTH]


def _valid_for(award: Node, scope: Scope) -> str | None:
    value = award.first("validFor")
    stated = scope.label(value, award.names)
    text = text_of(stated)
    if text and _VALID_FOR.fullmatch(text):
        return text
    if value is not None:
        scope.reading.warn("VALUE_UNREADABLE", "validFor is no span such as P3Y", "validFor", text)
    return None
