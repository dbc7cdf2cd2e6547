"""Marks in a shown text what a query found there, as HTML that is safe to insert: everything but the marks is escaped."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from catalog.search.text.edits import edits_allowed, is_within
from catalog.search.text.folding import APOSTROPHES, words_of
from catalog.search.text.query import TextQuery
from catalog.search.text.stems import same_stem

OPEN, CLOSE, CUT = "<mark>", "</mark>", "…"
FRAGMENT_LENGTH = 200
MOST_FRAGMENTS = 3
MOST_CHARACTERS = 20_000
"""Of one text that are looked through."""
_INSIDE = rf"[{re.escape(APOSTROPHES)}\u0300-\u036f]"
_TOKEN = re.compile(rf"[^\W_](?:{_INSIDE}*[^\W_]|{_INSIDE})*")


@dataclass(frozen=True, slots=True)
class _Token:
    begin: int
    end: int
    words: tuple[str, ...]


def mark(texts: Sequence[str], query: TextQuery) -> list[list[str]]:
    """For each text its fragments with marks, at most three of some 200 characters; none where nothing was found.

    A typing error is looked for only where the word as typed is in none of the texts.
    """
    tokens = [list(_tokens(text[:MOST_CHARACTERS])) for text in texts]
    found = [_found(own, query) for own in tokens]
    missed = _missed(query, tokens, found)
    for own, marked in zip(tokens, found, strict=True):
        marked |= {n for n, token in enumerate(own) for word in missed if _is_meant(word, token)}
    return [_fragments(text, own, marked) for text, own, marked in zip(texts, tokens, found, strict=True)]


def _tokens(text: str) -> Iterator[_Token]:
    for one in _TOKEN.finditer(text):
        if words := words_of(one.group()):
            yield _Token(one.start(), one.end(), tuple(words))


def _found(tokens: Sequence[_Token], query: TextQuery) -> set[int]:
    """Places of the tokens that a clause is found at, in any of its ways."""
    found: set[int] = set()
    for clause in query.clauses:
        for way in clause.ways:
            in_a_row = len(way) > 1 and (clause.is_phrase or way != clause.typed)
            unfinished = clause.is_unfinished and way == clause.typed
            if in_a_row:
                found |= _sequences(tokens, way)
                continue
            for word in way:
                exact = clause.is_phrase
                found |= {n for n, token in enumerate(tokens) if _is(word, token, unfinished=unfinished, exact=exact)}
    return found


def _sequences(tokens: Sequence[_Token], way: Sequence[str]) -> set[int]:
    found: set[int] = set()
    for begin in range(len(tokens) - len(way) + 1):
        if all(_is(word, tokens[begin + n]) for n, word in enumerate(way)):
            found |= set(range(begin, begin + len(way)))
    return found


def _is(word: str, token: _Token, *, unfinished: bool = False, exact: bool = False) -> bool:
    if unfinished and any(one.startswith(word) for one in token.words):
        return True
    return any(one == word or (not exact and same_stem(one, word)) for one in token.words)


def _missed(query: TextQuery, tokens: Sequence[Sequence[_Token]], found: Sequence[set[int]]) -> list[str]:
    marked = [own[n] for own, places in zip(tokens, found, strict=True) for n in places]
    words = [word for clause in query.clauses if not clause.is_phrase for word in clause.typed]
    return [word for word in words if edits_allowed(word) and not any(_is(word, token, unfinished=True) for token in marked)]


def _is_meant(word: str, token: _Token) -> bool:
    return any(is_within(word, one, edits_allowed(word)) for one in token.words)


def _fragments(text: str, tokens: Sequence[_Token], marked: set[int]) -> list[str]:
    if not marked:
        return []
    if len(text) <= FRAGMENT_LENGTH:
        return [_marked(text, 0, len(text), [tokens[n] for n in sorted(marked)])]
    fragments: list[str] = []
    reached = 0
    for n in sorted(marked):
        if tokens[n].begin < reached:
            continue
        if len(fragments) == MOST_FRAGMENTS:
            break
        begin, end = _around(text, tokens[n], reached)
        fragments.append(_marked(text, begin, end, [tokens[one] for one in sorted(marked)]))
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
