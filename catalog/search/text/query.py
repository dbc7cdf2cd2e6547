"""What a typed query asks for: words that must be found, words that help, phrases, exclusions, an unfinished last word."""

import re
from dataclasses import dataclass, field

from catalog.search.text.folding import words_of
from catalog.search.text.plain_words import COMMON_WORDS, EMPTY_WORDS
from catalog.search.text.synonyms import Synonyms

LONGEST_QUERY = 500
MOST_WORDS = 20
LONGEST_WORD = 40
LONGEST_SYNONYM = 4
"""Words of a synonym that are looked for in a row."""
_PART = re.compile(r'(?P<minus>(?<!\S)-)?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing to be found, in any of its ways of being said; each way is a row of words that must all be there."""

    ways: tuple[tuple[str, ...], ...]
    is_phrase: bool = False
    is_required: bool = True
    is_unfinished: bool = False
    """The last word, which may go on: `manag` finds management."""

    @property
    def typed(self) -> tuple[str, ...]:
        return self.ways[0]


@dataclass(frozen=True, slots=True)
class TextQuery:
    """`folded`: the whole query as it is compared with titles and names."""

    clauses: tuple[Clause, ...] = ()
    excluded: tuple[Clause, ...] = ()
    folded: str = ""
    text: str = field(default="", compare=False)

    @property
    def is_empty(self) -> bool:
        """Nothing is asked for or ruled out: everything matches."""
        return not self.clauses and not self.excluded

    @property
    def required(self) -> tuple[Clause, ...]:
        return tuple(one for one in self.clauses if one.is_required)


NOTHING_TO_FIND = Clause(ways=((),))
"""Stands for a query without any letter or digit, which nothing matches."""


def parse_query(text: str | None, synonyms: Synonyms) -> TextQuery:
    """Never fails: what cannot be a word is left out. At most 500 characters and 20 words are looked at."""
    shown = (text or "")[:LONGEST_QUERY]
    phrases: list[Clause] = []
    excluded: list[Clause] = []
    words: list[str] = []
    ends_in_word = False
    for part in _PART.finditer(shown):
        is_phrase = part["phrase"] is not None
        own = tuple(word[:LONGEST_WORD] for word in words_of(part["phrase"] if is_phrase else part["word"]))
        if not own:
            continue
        ends_in_word = not is_phrase and not part["minus"] and part.end() == len(shown)
        if part["minus"]:
            excluded.append(Clause((own,), is_phrase=is_phrase or len(own) > 1))
        elif is_phrase:
            phrases.append(Clause((own,), is_phrase=True))
        else:
            words += own
    clauses = [*_word_clauses(words[:MOST_WORDS], synonyms, ends_in_word=ends_in_word), *phrases[:MOST_WORDS]]
    if not clauses and not excluded and shown.strip():
        clauses = [NOTHING_TO_FIND]
    return TextQuery(tuple(clauses), tuple(excluded[:MOST_WORDS]), " ".join(words_of(shown)), shown)


def _word_clauses(words: list[str], synonyms: Synonyms, *, ends_in_word: bool) -> list[Clause]:
    found: list[Clause] = []
    position = 0
    while position < len(words):
        length, others = _longest_synonym(words, position, synonyms)
        own = tuple(words[position : position + length])
        is_last = ends_in_word and position + length == len(words)
        found.append(Clause((own, *others), is_unfinished=is_last and length == 1))
        position += length
    return _weighed(found)


def _longest_synonym(words: list[str], position: int, synonyms: Synonyms) -> tuple[int, tuple[tuple[str, ...], ...]]:
    for length in range(min(LONGEST_SYNONYM, len(words) - position), 0, -1):
        if others := synonyms.of(tuple(words[position : position + length])):
            return length, others
    return 1, ()


def _weighed(clauses: list[Clause]) -> list[Clause]:
    """Without empty words, and with common ones that only help; where nothing else is asked for, they must be found."""
    telling = [one for one in clauses if not _is_among(one, EMPTY_WORDS)]
    if not telling:
        return clauses
    if all(_is_among(one, COMMON_WORDS) for one in telling):
        return telling
    return [Clause(one.ways, one.is_phrase, not _is_among(one, COMMON_WORDS), one.is_unfinished) for one in telling]


def _is_among(clause: Clause, words: frozenset[str]) -> bool:
    return all(word in words for word in clause.typed)
