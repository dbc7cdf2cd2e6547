"""Reads Meilisearch: each word is asked for by itself, so that words are put together as the embedded engine does."""

from collections.abc import Iterable, Mapping, Sequence
from threading import Lock, Thread
from time import monotonic
from typing import Any
from uuid import uuid4

import numpy as np

from catalog.errors import SearchUnavailable
from catalog.search.columns.layout import FORMAT
from catalog.search.meilisearch.client import LABELS, META, ROWS, WORDS, Connection
from catalog.search.meilisearch.matching import Asked, FoundRows, Word, combine
from catalog.search.meilisearch.settings import MOST_HITS
from catalog.search.meilisearch.shelf import Row, Shelf
from catalog.search.port import IndexPosition, Matches, Suggested
from catalog.search.text.correcting import correct
from catalog.search.text.edits import edits_allowed, words_within
from catalog.search.text.query import TextQuery
from catalog.search.text.suggesting import CANDIDATES, Candidate, best

STATE_SECONDS, OLD_SECONDS = 0.2, 1.0
"""How old what is known of the index's state may be; from when on it is waited for."""
NOTHING = ""


class MeilisearchEngine:
    """Several threads may ask at once. Its key needs no more than to search."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._shelf = Shelf(self._fetch)
        self._lock = Lock()
        self._known: tuple[IndexPosition, str] | None = None
        self._looked_at = 0.0
        self._looking = False
        self._is_away = False
        self._vocabulary: tuple[str, list[str]] = (NOTHING, [])
        self._live: tuple[str, list[Row]] = (NOTHING, [])

    def position(self) -> IndexPosition | None:
        self._look_again()
        return self._known[0] if self._known else None

    def state(self) -> str | None:
        """Looked at anew beside, since an engine that is away must not hold anybody up; waited for after a long silence."""
        self._look_again()
        return self._known[1] if self._known else None

    def look(self) -> str:
        return self._look()[1]

    def match(self, query: TextQuery, *, is_strict: bool = True) -> Matches:
        position, state = self._look()
        if query.is_empty:
            rows, scores = self._live_rows(state), None
        else:
            asked = query if is_strict else query.loosened()
            words = Asked(asked)
            found = self._ask(words.words)
            if unknown := [word for word in words.typed if not found[word].hits]:
                meant = {word: self._meant(word, state) for word in unknown}
                found |= self._ask(Word(one) for ones in meant.values() for one in ones)
                found = words.with_meant(found, meant)
            everything = self._live_rows(state) if not query.clauses else []
            rows, scores = combine(asked, found, everything, is_strict=is_strict)
        columns, numbers, places = self._shelf.rows(rows)
        kept = np.zeros(len(numbers), dtype=np.float32) if scores is None else scores[places]
        order = np.argsort(numbers)
        return Matches(columns, numbers[order], kept[order], position, state)

    def correct(self, query: TextQuery) -> str | None:
        _, state = self._look()
        words = [Word(word) for clause in query.clauses for word in clause.typed]
        found = self._ask(words)
        vocabulary = self._words(state)
        known = {word.text for word in words if found[word].hits}
        parts = set(vocabulary) - {word.text for word in words}  # a typed word that finds nothing is not known
        return correct(query, lambda word: word in known or word in parts, lambda: vocabulary)

    def suggest(self, words: Sequence[str], limit: int) -> list[Suggested]:
        if not words:
            return []
        asked = {"indexUid": LABELS, "q": " ".join(words), "limit": CANDIDATES, "matchingStrategy": "all"}
        (answer,) = self._connection.multi_search([asked])
        shown = [Suggested(one["thing"], one["kind"], one["shown"]) for one in answer["hits"]]
        uses = self._uses([one.id for one in shown if one.kind != "CREDENTIAL"])
        return best((Candidate(one, uses.get(one.id, 1)) for one in shown), words, limit)

    def _uses(self, things: Sequence[str]) -> dict[str, int]:
        wanted = list(dict.fromkeys(things))
        if not wanted:
            return {}
        queries = [{"indexUid": ROWS, "q": "", "filter": f"link = {one!r}", "limit": 0} for one in wanted]
        answers = self._connection.multi_search(queries)
        return {one: answer["estimatedTotalHits"] for one, answer in zip(wanted, answers, strict=True)}

    def _ask(self, words: Iterable[Word]) -> dict[Word, FoundRows]:
        """For each word its hits in each tier, in one request."""
        asked = [(word, query) for word in dict.fromkeys(words) for query in word.queries()]
        if not asked:
            return {}
        answers = self._connection.multi_search([query.to_json() for _, query in asked])
        found: dict[Word, FoundRows] = {}
        for (word, query), answer in zip(asked, answers, strict=True):
            found.setdefault(word, FoundRows()).take(query, answer["hits"])
        return found

    def _meant(self, word: Word, state: str) -> list[str]:
        near = words_within(word.text, self._words(state), edits_allowed(word.text))
        return [one for one, distance in near if distance == near[0][1]]

    def _words(self, state: str) -> list[str]:
        if self._vocabulary[0] != state:
            (answer,) = self._connection.multi_search([{"indexUid": WORDS, "q": "", "limit": MOST_HITS}])
            self._vocabulary = (state, [one["id"] for one in answer["hits"]])
        return self._vocabulary[1]

    def _live_rows(self, state: str) -> list[Row]:
        if self._live[0] != state:
            asked = {"indexUid": ROWS, "q": "", "limit": MOST_HITS, "attributesToRetrieve": ["id", "stamp"]}
            (answer,) = self._connection.multi_search([asked])
            self._live = (state, [(one["id"], one["stamp"]) for one in answer["hits"]])
        return self._live[1]

    def _fetch(self, credentials: Sequence[str]) -> list[Mapping[str, Any]]:
        condition = f"credential IN {list(credentials)!r}"
        (answer,) = self._connection.multi_search([{"indexUid": ROWS, "q": "", "filter": condition, "limit": MOST_HITS}])
        return list(answer["hits"])

    def _look(self) -> tuple[IndexPosition, str]:
        """Before anything else is asked, so that what is found is never older than what is said of it."""
        try:
            answer = self._connection.look({"indexUid": META, "q": "", "limit": 1})
        except SearchUnavailable:
            self._is_away = True
            raise
        found = answer["hits"][0] if answer["hits"] else None
        if found is None or found["format"] != FORMAT:
            raise SearchUnavailable("the search index is of another release; run `catalog reindex`")
        position = IndexPosition(found["epoch"], found["revision"], found["confirmations"])
        opened = f" {uuid4().hex[:8]}" if found["pending"] else ""  # rows are being written: like nothing else
        self._known, self._looked_at, self._is_away = (position, found["generation"] + opened), monotonic(), False
        return self._known

    def _look_again(self) -> None:
        age = monotonic() - self._looked_at
        if age < STATE_SECONDS:
            return
        if age > OLD_SECONDS and not self._is_away:
            self._look_quietly()
            return
        with self._lock:
            if self._looking:
                return
            self._looking = True
        Thread(target=self._look_quietly, daemon=True).start()

    def _look_quietly(self) -> None:
        try:
            self._look()
        except SearchUnavailable:
            self._looked_at = monotonic()  # whoever searches is told; what is kept hangs on what was last seen
        finally:
            self._looking = False
