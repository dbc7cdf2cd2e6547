"""The order of suggestions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log1p

from catalog.search.port import Suggested
from catalog.search.text.folding import words_of

CANDIDATES = 100
MOST_ENDINGS = 50
KINDS = {"SKILL": 1.2, "OCCUPATION": 1.1, "INSTITUTION": 1.1, "CREDENTIAL": 1.0}
MOST_OF_A_KIND = 0.5
"""Share of the places that one kind may take while others have something to say."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """`uses`: how many rows it leads to."""

    suggested: Suggested
    uses: int


def best(candidates: Iterable[Candidate], words: Sequence[str], limit: int) -> list[Suggested]:
    """Beginning as typed before holding the words, short before long, much used first; no text twice, kinds mixed."""
    leading = [(one, words_of(one.suggested.text)) for one in candidates if one.uses]
    as_typed = [(one, own) for one, own in leading if _holds(own, words)]
    scored = [(-_score(one, own, words), one.suggested.text, one.suggested) for one, own in as_typed or leading]
    scored.sort(key=lambda row: row[:2])
    shown: dict[tuple[str, str], Suggested] = {}
    for _, text, one in scored:
        shown.setdefault((one.kind, text.casefold()), one)
    return _mixed(list(shown.values()), limit)


def _score(one: Candidate, own: Sequence[str], words: Sequence[str]) -> float:
    begins = 2.0 if " ".join(own).startswith(" ".join(words)) else 1.0
    return begins * KINDS[one.suggested.kind] * (1 + 0.1 * log1p(one.uses)) / (1 + 0.05 * len(own))


def _holds(own: Sequence[str], typed: Sequence[str]) -> bool:
    """The last word is another one than those before it: `film f` is not held by `Film sets`."""
    *whole, last = typed
    rest = list(own)
    for word in whole:
        if word not in rest:
            return False
        rest.remove(word)
    return any(word.startswith(last) for word in rest)


def _mixed(ordered: list[Suggested], limit: int) -> list[Suggested]:
    most = max(1, round(limit * MOST_OF_A_KIND))
    counts: dict[str, int] = {}
    first: list[Suggested] = []
    rest: list[Suggested] = []
    for one in ordered:
        counts[one.kind] = counts.get(one.kind, 0) + 1
        (first if counts[one.kind] <= most else rest).append(one)
    return (first + rest)[:limit]
