"""Did you mean: each word that nobody knows, replaced by the nearest known one, or by the two it was run together of."""

from collections.abc import Callable, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

from catalog.search.text.query import TextQuery

SHORTEST = 4
"""Anything could be meant by a shorter word."""
SHORTEST_PART = 3
FURTHEST = ((3, 14), (2, 7), (1, 0))
"""Edits from so many letters; further away anything could be meant."""
MOST_UNKNOWN = 5
"""Of more unknown words nothing sensible comes, and each costs a look through the vocabulary."""


def correct(query: TextQuery, is_known: Callable[[str], bool], vocabulary: Callable[[], Sequence[str]]) -> str | None:
    """None where no word can be bettered. What was excluded stays excluded; phrases become words."""
    words = list(dict.fromkeys(word for clause in query.clauses for word in clause.typed))
    unknown = [word for word in words if not is_known(word)]
    if not unknown or len(unknown) > MOST_UNKNOWN:
        return None
    better = {word: nearest(word, is_known, vocabulary()) for word in unknown}
    if None in better.values():
        return None
    excluded = ["-" + (f'"{" ".join(one.typed)}"' if len(one.typed) > 1 else one.typed[0]) for one in query.excluded]
    return " ".join([*(str(better.get(word, word)) for word in words), *excluded])


def nearest(word: str, is_known: Callable[[str], bool], known: Sequence[str]) -> str | None:
    """The nearest known word, a little further away than what is found without asking."""
    if len(word) < SHORTEST:
        return None
    for place in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1):
        first, second = word[:place], word[place:]
        if is_known(first) and is_known(second):
            return f"{first} {second}"
    furthest = next(edits for edits, length in FURTHEST if len(word) >= length)
    found = process.extractOne(word, known, scorer=OSA.distance, score_cutoff=furthest)
    return None if found is None else str(found[0])
