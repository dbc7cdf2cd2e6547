"""A text query as tantivy's query: what each word may be found as, and how much that counts."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import tantivy

from catalog.search.tantivy.reader import Opened
from catalog.search.tantivy.schema import FRENCH, TITLE_WORDS, WORDS
from catalog.search.text import ranking
from catalog.search.text.edits import edits_allowed, words_within
from catalog.search.text.plain_words import only_looks_common
from catalog.search.text.query import Clause, TextQuery
from catalog.search.text.relaxing import least_found
from catalog.search.text.stems import stem

Query: TypeAlias = tantivy.Query
SURELY_HELD = 200
"""Rows, not all of which can have been replaced unnoticed."""
Must, Should, MustNot = tantivy.Occur.Must, tantivy.Occur.Should, tantivy.Occur.MustNot


@dataclass(slots=True)
class QueryBuilder:
    """For one opened index. Its vocabulary is asked for only when somebody has mistyped."""

    opened: Opened
    _known: dict[str, bool] = field(default_factory=dict)

    def build(self, query: TextQuery, *, is_strict: bool) -> Query:
        """Not strict: all but one of up to three words, half of more."""
        parts = [(MustNot, self._clause(one, is_exact=True)) for one in query.excluded]
        if not query.clauses:
            return tantivy.Query.boolean_query([(Must, _live()), *parts])
        asked = query if is_strict else query.loosened()
        required = [self._clause(one) for one in asked.required]
        helpful = [(Should, boosted(self._clause(one), ranking.HELPFUL)) for one in asked.clauses if not one.is_required]
        if is_strict or len(required) == 1:
            return tantivy.Query.boolean_query([*((Must, one) for one in required), *helpful, *parts])
        most = tantivy.Query.boolean_query([(Should, one) for one in required], least_found(len(required)))
        return tantivy.Query.boolean_query([(Must, most), *helpful, *parts])

    @property
    def schema(self) -> tantivy.Schema:
        return self.opened.index.schema

    @property
    def searcher(self) -> tantivy.Searcher:
        return self.opened.searcher

    def is_known(self, word: str) -> bool:
        """Whether any row that is there holds the word or its stem."""
        if word not in self._known:
            self._known[word] = self._is_held(word)
        return self._known[word]

    def _is_held(self, word: str) -> bool:
        """Frequencies also count rows that were replaced, so that a small one must be looked into."""
        terms = [(WORDS, word), (FRENCH, stem(word, "fr")), *((name, stem(word, "en")) for name in ranking.BOOSTS)]
        counts = {term: self.searcher.doc_freq(*term) for term in terms}
        if max(counts.values()) > SURELY_HELD:
            return True
        held = [(Should, self._term(*term)) for term, count in counts.items() if count]
        return bool(held) and self.opened.count(tantivy.Query.boolean_query(held)) > 0

    def meant(self, word: str) -> list[str]:
        """Known words that a mistyped one may stand for: nearest first, and only the nearest."""
        near = words_within(word, self.opened.vocabulary(), edits_allowed(word))
        found = [(one, distance) for one, distance in near if self.is_known(one)]
        return [one for one, distance in found if distance == found[0][1]]

    def _clause(self, clause: Clause, *, is_exact: bool = False) -> Query:
        """`is_exact`: nothing is taken for mistyped."""
        ways = [
            boosted(self._way(way, clause, is_exact=is_exact), ranking.SYNONYM if n else 1.0)
            for n, way in enumerate(clause.ways)
        ]
        return ways[0] if len(ways) == 1 else tantivy.Query.disjunction_max_query(ways, 0.0)

    def _way(self, words: Sequence[str], clause: Clause, *, is_exact: bool) -> Query:
        """A phrase counts as much as its words, where they stand in a row."""
        typed = words == clause.typed
        if clause.is_phrase and len(words) == 1:
            return self._term(WORDS, words[0])
        unfinished = typed and clause.is_unfinished
        own = [self._word(word, is_unfinished=unfinished, is_exact=is_exact or clause.is_phrase) for word in words]
        if clause.is_phrase:
            own.append(tantivy.Query.const_score_query(tantivy.Query.phrase_query(self.schema, WORDS, list(words)), 0.0))
        return own[0] if len(own) == 1 else tantivy.Query.boolean_query([(Must, one) for one in own])

    def _word(self, word: str, *, is_unfinished: bool, is_exact: bool) -> Query:
        ways = [self._found_as(word)]
        endings = self._endings(word) if is_unfinished else []
        if endings:
            ways += [boosted(self._found_as(one), ranking.UNFINISHED) for one in endings[: ranking.MOST_ENDINGS]]
            if rest := endings[ranking.MOST_ENDINGS :]:
                ways.append(tantivy.Query.const_score_query(tantivy.Query.term_set_query(self.schema, WORDS, rest), 0.1))
        if not endings and not is_exact and not self.is_known(word):
            ways += [boosted(self._found_as(one), ranking.MISTYPED) for one in self.meant(word)]
        return ways[0] if len(ways) == 1 else tantivy.Query.disjunction_max_query(ways, 0.0)

    def _endings(self, word: str) -> list[str]:
        found = self.searcher.terms_with_prefix(WORDS, word)
        return [one for one, _ in sorted(found, key=lambda pair: -pair[1]) if one != word]

    def _found_as(self, word: str) -> Query:
        """The word itself, its English stem in each field, its French stem in French texts."""
        fields = [self._boosted_term(TITLE_WORDS, word, ranking.EXACT_TITLE)]
        if only_looks_common(word):
            fields.append(self._boosted_term(WORDS, word, ranking.BOOSTS["skills"]))
        else:
            english, french = stem(word, "en"), stem(word, "fr")
            fields += [self._boosted_term(name, english, boost) for name, boost in ranking.BOOSTS.items()]
            fields.append(self._boosted_term(FRENCH, french, ranking.FRENCH_BOOST))
            fields.append(self._boosted_term(WORDS, word, ranking.EXACT_BOOST))
        known = [one for one in fields if one is not None]
        return tantivy.Query.disjunction_max_query(known, ranking.OTHER_FIELDS) if known else tantivy.Query.empty_query()

    def _boosted_term(self, name: str, word: str, boost: float) -> Query | None:
        """None where the field does not hold the word: most fields hold few words, and what is not asked costs nothing."""
        return boosted(self._term(name, word), boost) if self.searcher.doc_freq(name, word) else None

    def _term(self, name: str, word: str) -> Query:
        return tantivy.Query.term_query(self.schema, name, word, "freq")


def boosted(query: Query, boost: float) -> Query:
    return query if boost == 1.0 else tantivy.Query.boost_query(query, boost)


def _live() -> Query:
    return tantivy.Query.const_score_query(tantivy.Query.exists_query("row"), 0.0)
