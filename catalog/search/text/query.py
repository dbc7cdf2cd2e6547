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
SHORTEST_UNFINISHED = 2
"""A single letter begins too much."""
_PART = re.compile(r'(?P<minus>(?<!\S)-)?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing to be found, in any of its ways of being said; each way is a row of words that must all be there."""

    ways: tuple[tuple[str, ...], ...]
    is_phrase: bool = False
    """The words of a way must stand in this order, next to each other."""
    is_required: bool = True
    is_unfinished: bool = False
    """The last word, which may go on: `manag` finds management."""

    @property
    def typed(self) -> tuple[str, ...]:
        return self.ways[0]

    def loosened(self) -> "list[Clause]":
        """Its words one by one; another way of saying the whole stands for each of them. What was quoted stays whole."""
        is_quoted = self.is_phrase and len(self.ways) == 1
        if is_quoted or len(self.typed) == 1:
            return [self]
        return [Clause(((word,), *self.ways[1:]), is_required=self.is_required) for word in self.typed]


@dataclass(frozen=True, slots=True)
class TextQuery:
    """`folded`: the whole query as it is compared with titles and names."""

    clauses: tuple[Clause, ...] = ()
    excluded: tuple[Clause, ...] = ()
    folded: str = ""
    text: str = field(default="", compare=False)

    @property
    def is_empty(self) -> bool:
        """Nothing is asked for or ruled out, no letter and no digit: everything matches."""
        return not self.clauses and not self.excluded

    @property
    def required(self) -> tuple[Clause, ...]:
        return tuple(one for one in self.clauses if one.is_required)

    def loosened(self) -> "TextQuery":
        """For where few results hold everything: most of its words are enough."""
        clauses = tuple(word for one in self.clauses for word in one.loosened())
        return TextQuery(clauses, self.excluded, self.folded, self.text)


def parse_query(text: str | None, synonyms: Synonyms) -> TextQuery:
    """Never fails: what cannot be a word is left out. At most 500 characters and 20 words are looked at."""
    shown = (text or "")[:LONGEST_QUERY]
    phrases: list[Clause] = []
    excluded: list[Clause] = []
    words: list[str] = []
    left, ends_in_word = MOST_WORDS, False
    for part in _PART.finditer(shown):
        is_quoted = part["phrase"] is not None
        own = tuple(word[:LONGEST_WORD] for word in words_of(part["phrase"] if is_quoted else part["word"]))[:left]
        if not own:
            continue
        left -= len(own)
        ends_in_word = not is_quoted and not part["minus"] and part.end() == len(shown)
        if part["minus"]:
            excluded.append(Clause((own,), is_phrase=len(own) > 1))
        elif is_quoted:
            phrases.append(Clause((own,), is_phrase=True))
        elif len(own) > 1 and not ends_in_word and not synonyms.of(own):
            phrases.append(Clause((own, ("".join(own)[:LONGEST_WORD],)), is_phrase=True))  # part-time, parttime
        else:
            words += own
    found = [*_word_clauses(words, synonyms, ends_in_word=ends_in_word), *phrases]
    folded = " ".join(words_of(shown))[:LONGEST_QUERY]
    return TextQuery(tuple(dict.fromkeys(found)), tuple(dict.fromkeys(excluded)), folded, shown)


def _word_clauses(words: list[str], synonyms: Synonyms, *, ends_in_word: bool) -> list[Clause]:
    found: list[Clause] = []
    position = 0
    while position < len(words):
        length, others = _longest_synonym(words, position, synonyms)
        own = tuple(words[position : position + length])
        is_last = ends_in_word and position + length == len(words)
        is_unfinished = is_last and length == 1 and len(own[0]) >= SHORTEST_UNFINISHED
        found.append(Clause((own, *others), is_unfinished=is_unfinished))
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
