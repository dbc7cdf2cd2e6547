"""Marks in a shown text what a query found there, as HTML that is safe to insert: everything but the marks is escaped."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from html import escape

from catalog.search.text.edits import edits_allowed, is_within
from catalog.search.text.folding import APOSTROPHES, words_of
from catalog.search.text.query import Clause, TextQuery
from catalog.search.text.stems import LANGUAGES, stem

OPEN, CLOSE, CUT = "<mark>", "</mark>", "…"
FRAGMENT_LENGTH = 200
MOST_FRAGMENTS = 3
MOST_CHARACTERS = 5_000
"""Of one text that are looked through."""
_TOKEN = re.compile(rf"[^\W_](?:[^\W_]|[{re.escape(APOSTROPHES)}\u0300-\u036f])*")
"""A word with the apostrophes and marks inside it; linear, whatever the text."""


@dataclass(frozen=True, slots=True)
class _Token:
    begin: int
    end: int
    words: tuple[str, ...]


@dataclass
class _Text:
    """A text in tokens, with the places of each of its folded words; each word is stemmed once."""

    tokens: list[_Token]
    marked: set[int] = field(default_factory=set)

    @cached_property
    def places(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for place, token in enumerate(self.tokens):
            for word in token.words:
                found.setdefault(word, []).append(place)
        return found

    @cached_property
    def stemmed(self) -> dict[tuple[str, str], list[int]]:
        found: dict[tuple[str, str], list[int]] = {}
        for word, places in self.places.items():
            for language in LANGUAGES:
                found.setdefault((language, stem(word, language)), []).extend(places)
        return found

    def find(self, word: str) -> set[int]:
        """Places of the word, or of one with its stem."""
        own = (self.stemmed.get((language, stem(word, language)), ()) for language in LANGUAGES)
        return set(self.places.get(word, ())).union(*own)

    def find_where(self, holds: Callable[[str], bool]) -> set[int]:
        return {place for word, places in self.places.items() if holds(word) for place in places}

    def find_row(self, way: Sequence[str]) -> set[int]:
        """Places of the words where they stand in a row."""
        first, *rest = [self.find(word) for word in way]
        begins = [place for place in first if all(place + n in own for n, own in enumerate(rest, start=1))]
        return {place + n for place in begins for n in range(len(way))}


def mark(texts: Sequence[str], query: TextQuery) -> list[list[str]]:
    """For each text its fragments with marks, at most three of some 200 characters; none where nothing was found.

    A typing error is looked for only where the word as typed is in none of the texts.
    """
    found = [_Text(list(_tokens(text[:MOST_CHARACTERS]))) for text in texts]
    for clause in query.clauses:
        for one in found:
            one.marked |= _find(one, clause)
    for word in _missed(query, found):
        edits = edits_allowed(word)
        for one in found:
            one.marked |= one.find_where(partial(_is_meant, word, edits))
    return [_fragments(text, one.tokens, one.marked) for text, one in zip(texts, found, strict=True)]


def _tokens(text: str) -> Iterator[_Token]:
    for one in _TOKEN.finditer(text):
        shown = one.group().rstrip(APOSTROPHES)
        if words := words_of(shown):
            yield _Token(one.start(), one.start() + len(shown), tuple(words))


def _find(text: _Text, clause: Clause) -> set[int]:
    """In any of its ways; another way of saying it is marked only where its words stand in a row."""
    found: set[int] = set()
    for way in clause.ways:
        is_typed = way == clause.typed
        if len(way) > 1 and (clause.is_phrase or not is_typed):
            found |= text.find_row(way)
            continue
        for word in way:
            found |= set(text.places.get(word, ())) if clause.is_phrase else text.find(word)
            if clause.is_unfinished and is_typed:
                found |= text.find_where(partial(_begins, word))
    return found


def _begins(word: str, known: str) -> bool:
    return known.startswith(word)


def _is_meant(word: str, edits: int, known: str) -> bool:
    return is_within(word, known, edits)


def _missed(query: TextQuery, texts: Sequence[_Text]) -> list[str]:
    words = [word for clause in query.clauses if not clause.is_phrase for word in clause.typed]
    return [word for word in words if edits_allowed(word) and not any(_holds(one, word) for one in texts)]


def _holds(text: _Text, word: str) -> bool:
    return bool(text.find(word) or any(known.startswith(word) for known in text.places))


def _fragments(text: str, tokens: Sequence[_Token], marked: set[int]) -> list[str]:
    if not marked:
        return []
    shown = [tokens[place] for place in sorted(marked)]
    if len(text) <= FRAGMENT_LENGTH:
        return [_marked(text, 0, len(text), shown)]
    fragments: list[str] = []
    reached = 0
    for token in shown:
        if token.begin < reached:
            continue
        if len(fragments) == MOST_FRAGMENTS:
            break
        begin, end = _around(text, token, reached)
        fragments.append(_marked(text, begin, end, shown))
        reached = end
    return fragments


def _around(text: str, token: _Token, reached: int) -> tuple[int, int]:
    """Some 200 characters with the token in their first third, cut between words."""
    begin = max(reached, token.begin - FRAGMENT_LENGTH // 3)
    if begin > reached:
        space = text.find(" ", begin, token.begin)
        begin = token.begin if space < 0 else space + 1
    end = min(len(text), max(token.end, begin + FRAGMENT_LENGTH))
    if end < len(text):
        space = text.rfind(" ", token.end, end)
        end = token.end if space < 0 else space
    return begin, end


def _marked(text: str, begin: int, end: int, tokens: Sequence[_Token]) -> str:
    parts = [CUT if begin > 0 else ""]
    at = begin
    for token in tokens:
        if token.begin >= at and token.end <= end:
            parts += [escape(text[at : token.begin]), OPEN, escape(text[token.begin : token.end]), CLOSE]
            at = token.end
    return "".join([*parts, escape(text[at:end]), CUT if end < len(text) else ""])
