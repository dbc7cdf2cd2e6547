"""Reads the embedded index."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from catalog.search.port import IndexPosition, Matches, Suggested
from catalog.search.tantivy.folder import IndexFolder
from catalog.search.tantivy.query import QueryBuilder
from catalog.search.tantivy.reader import IndexReader
from catalog.search.tantivy.suggesting import suggest
from catalog.search.text.correcting import correct
from catalog.search.text.query import TextQuery


class TantivyEngine:
    """Several threads may ask at once."""

    def __init__(self, path: Path) -> None:
        self._folder = IndexFolder(path)
        self._reader = IndexReader(path)
        self._known: tuple[tuple[int, int] | None, str | None] = (None, None)

    def position(self) -> IndexPosition | None:
        pointer = self._folder.read()
        return pointer.position if pointer else None

    def state(self) -> str | None:
        stamp = self._folder.stamp()
        known_stamp, known = self._known
        if stamp != known_stamp:
            pointer = self._folder.read()
            known = pointer.state if pointer else None
            self._known = (stamp, known)
        return known

    def match(self, query: TextQuery, *, is_strict: bool = True) -> Matches:
        opened = self._reader.open()
        if query.is_empty:
            rows = opened.live_rows()
            scores = np.zeros(len(rows), dtype=np.float32)
        else:
            builder = QueryBuilder(opened.index.schema, opened.searcher, opened.vocabulary)
            asked = builder.build(query, is_strict=is_strict)
            hits = opened.searcher.search(asked, limit=opened.limit, count=False).hits
            scored, addresses = zip(*hits, strict=True) if hits else ((), ())
            rows, scores = opened.rows_of(list(addresses)), np.array(scored, dtype=np.float32)
            order = np.argsort(rows)
            rows, scores = rows[order], scores[order]
        return Matches(opened.columns, rows, scores, opened.pointer.position, opened.pointer.state)

    def correct(self, query: TextQuery) -> str | None:
        opened = self._reader.open()
        builder = QueryBuilder(opened.index.schema, opened.searcher, opened.vocabulary)
        return correct(query, builder.is_known, opened.vocabulary)

    def suggest(self, words: Sequence[str], limit: int) -> list[Suggested]:
        return suggest(self._reader.open(), words, limit)
