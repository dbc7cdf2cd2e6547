"""How many typing errors a word may have, and which known words it may have meant."""

from collections.abc import Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

ONE_EDIT_FROM = 5
TWO_EDITS_FROM = 9
MOST_MEANT = 12
SHORTEST_KNOWN = 3
"""Shorter words are nothing that a mistyped one stands for."""


def edits_allowed(word: str) -> int:
    """Two neighbours typed in the wrong order are one edit."""
    if len(word) < ONE_EDIT_FROM:
        return 0
    return 1 if len(word) < TWO_EDITS_FROM else 2


def words_within(word: str, known: Sequence[str], edits: int) -> list[tuple[str, int]]:
    """Known words at most so many edits away, with their distance, nearest first."""
    if edits <= 0:
        return []
    found = process.extract(word, known, scorer=OSA.distance, score_cutoff=edits, limit=MOST_MEANT)
    return [(str(one), int(distance)) for one, distance, _ in found]


def is_within(word: str, other: str, edits: int) -> bool:
    return edits > 0 and abs(len(word) - len(other)) <= edits and OSA.distance(word, other, score_cutoff=edits) <= edits
