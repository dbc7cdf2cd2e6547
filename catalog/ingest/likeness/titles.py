"""How alike two titles in the same language are."""

from collections.abc import Sequence

from rapidfuzz import fuzz

from catalog.ingest.likeness.title_words import TitleWords

SLIP = 90.0
"""Of 100 (rapidfuzz): from here two long words are one, written differently or wrongly."""
SHORTEST_SLIP = 7
"""Letters: in shorter words one letter makes another word."""
SLIPPED = 0.9
"""What such a pair counts."""
ONE_WORD = 0.9
"""Most that titles with a single word of their subject are alike: `Leadership` alone says too little."""
TIER_UNSAID = 0.9
"""Times this, where only one of them says that it is introductory."""


def title_likeness(one: TitleWords, other: TitleWords) -> float:
    """0 to 1: twice the words in common by the words of both; their order does not matter."""
    left, right = expanded(one, other), expanded(other, one)
    if not left or not right:
        return 0.0
    alike = 2 * _in_common(left, right) / (len(left) + len(right))
    if max(len(left), len(right)) == 1:
        alike = min(alike, ONE_WORD)
    return round(alike * (TIER_UNSAID if one.tiers != other.tiers else 1.0), 4)


def expanded(one: TitleWords, other: TitleWords) -> tuple[str, ...]:
    """The words of a title, what is in capitals written out as the other title does: EV as electric vehicle."""
    found: list[str] = []
    for word in one.words:
        meant = _meant(word, other.words) if word in one.acronyms and word not in other.words else None
        found += meant or (word,)
    return tuple(dict.fromkeys(found))


def _meant(letters: str, words: Sequence[str]) -> tuple[str, ...] | None:
    size = len(letters)
    runs = (tuple(words[start : start + size]) for start in range(len(words) - size + 1))
    return next((run for run in runs if "".join(word[0] for word in run) == letters), None)


def _in_common(left: Sequence[str], right: Sequence[str]) -> float:
    same = set(left) & set(right)
    rest = [word for word in right if word not in same]
    found = float(len(same))
    for word in left:
        if word in same:
            continue
        match = next((one for one in rest if _is_slip(word, one)), None)
        if match is not None:
            rest.remove(match)
            found += SLIPPED
    return found


def _is_slip(one: str, other: str) -> bool:
    """The same first and last letter besides: migration is not immigration."""
    if min(len(one), len(other)) < SHORTEST_SLIP or one[0] != other[0] or one[-1] != other[-1]:
        return False
    return fuzz.ratio(one, other, score_cutoff=SLIP) > 0
