"""How the indexes are set. Words are cut, folded and stemmed before they get there, so the engine's own guesses are off."""

from typing import Any

from catalog.search.meilisearch.client import LABELS, META, ROWS, WORDS

TIERS: dict[str, tuple[str, ...]] = {
    "title": ("title",),
    "skills": ("skills", "provider", "topics"),
    "body": ("composition", "partners", "place", "body"),
}
"""Fields of an entry that are asked together; each counts as the first."""
STEMS, FOLDED, FRENCH = "stems", "words", "french"
MOST_HITS = 1_000_000
NO_TYPOS = {"enabled": False}
"""Typing errors are looked up in our own vocabulary, and only for words that nobody knows."""


def attribute(kind: str, tier: str) -> str:
    return f"{kind}_{tier}"


SEARCHABLE = [attribute(kind, tier) for tier in TIERS for kind in (FOLDED, STEMS)] + [FRENCH]
SETTINGS: dict[str, dict[str, Any]] = {
    ROWS: {
        "searchableAttributes": SEARCHABLE,
        "filterableAttributes": ["credential", "stamp", "link"],
        "displayedAttributes": ["id", "credential", "stamp", "facts"],
        "rankingRules": ["words", "exactness"],
        "typoTolerance": NO_TYPOS,
        "pagination": {"maxTotalHits": MOST_HITS},
        "facetSearch": False,
    },
    LABELS: {
        "searchableAttributes": ["label"],
        "filterableAttributes": ["thing", "stamp"],
        "displayedAttributes": ["thing", "kind", "shown"],
        "rankingRules": ["words", "typo", "exactness"],
        "typoTolerance": {"enabled": True, "minWordSizeForTypos": {"oneTypo": 5, "twoTypos": 9}},
        "facetSearch": False,
    },
    WORDS: {
        "searchableAttributes": ["id"],
        "displayedAttributes": ["id"],
        "pagination": {"maxTotalHits": MOST_HITS},
        "typoTolerance": NO_TYPOS,
        "facetSearch": False,
    },
    META: {"searchableAttributes": ["id"], "displayedAttributes": ["*"], "facetSearch": False},
}


ORDERED = {"searchableAttributes", "rankingRules"}


def differences(name: str, found: dict[str, Any]) -> list[str]:
    """Settings of an index that are not as they should be, in words; orders that mean nothing are not compared."""
    return [
        f"{name}.{setting} is {found.get(setting)!r}, should be {wanted!r}"
        for setting, wanted in SETTINGS[name].items()
        if not _is_as_wanted(setting, wanted, found.get(setting))
    ]


def _is_as_wanted(setting: str, wanted: Any, known: Any) -> bool:
    """The engine adds what we leave to it."""
    if isinstance(wanted, dict) and isinstance(known, dict):
        return all(known.get(key) == value for key, value in wanted.items())
    if isinstance(wanted, list) and isinstance(known, list) and setting not in ORDERED:
        return sorted(map(str, known)) == sorted(wanted)
    return bool(known == wanted)
