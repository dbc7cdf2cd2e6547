"""What is asked of Meilisearch for one word, and how the rows of several words are put together."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import log1p
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from catalog.search.meilisearch.client import ROWS
from catalog.search.meilisearch.settings import FOLDED, FRENCH, MOST_HITS, STEMS, TIERS, attribute
from catalog.search.meilisearch.shelf import Row
from catalog.search.text import ranking
from catalog.search.text.plain_words import only_looks_common
from catalog.search.text.query import Clause, TextQuery
from catalog.search.text.relaxing import least_found
from catalog.search.text.stems import stem

Scores: TypeAlias = dict[Row, float]


@dataclass(frozen=True, slots=True)
class Asking:
    """One query of a multi-search: `weight` is what a row counts that it finds."""

    text: str
    attribute: str
    weight: float

    def to_json(self) -> dict[str, Any]:
        return {
            "indexUid": ROWS,
            "q": self.text,
            "attributesToSearchOn": [self.attribute],
            "attributesToRetrieve": ["id", "stamp"],
            "matchingStrategy": "all",
            "limit": MOST_HITS,
        }


@dataclass(slots=True)
class FoundRows:
    """Rows that hold a word, each with the weight of the best place."""

    hits: Scores = field(default_factory=dict)

    def take(self, asking: Asking, hits: Sequence[Mapping[str, Any]]) -> None:
        for one in hits:
            row = (one["id"], one["stamp"])
            self.hits[row] = max(self.hits.get(row, 0.0), asking.weight)


@dataclass(frozen=True, slots=True)
class Word:
    """A folded word, or words in a row where `is_phrase`."""

    text: str
    is_unfinished: bool = False
    is_phrase: bool = False

    def queries(self) -> Iterator[Asking]:
        """Quotes keep the engine from guessing: the word itself, nothing that begins with it."""
        for tier in TIERS:
            boost = ranking.BOOSTS[tier]
            yield Asking(f'"{self.text}"', attribute(FOLDED, tier), self._exact(tier))
            if self.is_phrase:
                continue
            if not only_looks_common(self.text):
                yield Asking(f'"{stem(self.text, "en")}"', attribute(STEMS, tier), boost)
            if self.is_unfinished:
                yield Asking(self.text, attribute(FOLDED, tier), boost * ranking.UNFINISHED)
        if not self.is_phrase and not only_looks_common(self.text):
            yield Asking(f'"{stem(self.text, "fr")}"', FRENCH, ranking.FRENCH_BOOST)

    @staticmethod
    def _exact(tier: str) -> float:
        return ranking.EXACT_TITLE if tier == "title" else ranking.BOOSTS[tier] + ranking.EXACT_BOOST


@dataclass(frozen=True, slots=True)
class Asked:
    """The words of a query, each once; `query` is loosened where most of it is enough."""

    query: TextQuery

    @property
    def words(self) -> list[Word]:
        clauses = (*self.query.clauses, *self.query.excluded)
        return list(dict.fromkeys(word for clause in clauses for way in clause.ways for word in words_of_way(clause, way)))

    @property
    def typed(self) -> list[Word]:
        """What may be mistyped."""
        clauses = [one for one in self.query.clauses if not one.is_phrase]
        return list(dict.fromkeys(word for clause in clauses for word in words_of_way(clause, clause.typed)))

    @staticmethod
    def with_meant(found: Mapping[Word, FoundRows], meant: Mapping[Word, Sequence[str]]) -> dict[Word, FoundRows]:
        """Mistyped words find what they may have meant."""
        better = dict(found)
        for word, ones in meant.items():
            scores: Scores = {}
            for one in ones:
                for row, score in found[Word(one)].hits.items():
                    scores[row] = max(scores.get(row, 0.0), score * ranking.MISTYPED)
            better[word] = FoundRows(scores)
        return better


def words_of_way(clause: Clause, way: Sequence[str]) -> list[Word]:
    """A phrase counts as much as its words, where they stand in a row."""
    if clause.is_phrase:
        return [Word(" ".join(way), is_phrase=True), *(Word(one) for one in way if len(way) > 1)]
    return [Word(one, is_unfinished=clause.is_unfinished and way == clause.typed) for one in way]


def combine(
    query: TextQuery, found: Mapping[Word, FoundRows], everything: Sequence[Row], *, is_strict: bool
) -> tuple[list[Row], NDArray[Any]]:
    """Rows with their scores: rare words count more, as in any ranking by words."""
    required = [_clause(one, found) for one in query.required]
    if query.clauses:
        least = len(required) if is_strict else least_found(len(required))
        counts: dict[Row, int] = {}
        scores: Scores = {}
        for own in required:
            for row, score in own.items():
                counts[row] = counts.get(row, 0) + 1
                scores[row] = scores.get(row, 0.0) + score
        rows = [row for row, count in counts.items() if count >= least]
        for helpful in (_clause(one, found) for one in query.clauses if not one.is_required):
            for row in rows:
                scores[row] += ranking.HELPFUL * helpful.get(row, 0.0)
    else:
        rows, scores = list(everything), {}
    for excluded in (_clause(one, found) for one in query.excluded):
        rows = [row for row in rows if row not in excluded]
    return rows, np.array([scores.get(row, 0.0) for row in rows], dtype=np.float32)


def _clause(clause: Clause, found: Mapping[Word, FoundRows]) -> Scores:
    best: Scores = {}
    for number, way in enumerate(clause.ways):
        share = ranking.SYNONYM if number else 1.0
        for row, score in _way([found[word].hits for word in words_of_way(clause, way)]).items():
            best[row] = max(best.get(row, 0.0), share * score)
    return best


def _way(words: Sequence[Scores]) -> Scores:
    """Rows that hold all of them."""
    if not words:
        return {}
    rows = set(words[0]).intersection(*words[1:])
    rarity = [1.0 / (1.0 + log1p(len(one))) for one in words]
    return {row: sum(own[row] * rare for own, rare in zip(words, rarity, strict=True)) for row in rows}
