"""Reads the embedded index."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import tantivy
from numpy.typing import NDArray

from catalog.search.columns.ragged import Rows
from catalog.search.port import IndexPosition, Matches, Suggested
from catalog.search.tantivy.folder import IndexFolder
from catalog.search.tantivy.query import QueryBuilder
from catalog.search.tantivy.reader import IndexReader, Opened, panics_are_unavailable
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

    def look(self) -> str:
        return self._reader.open().state

    def match(self, query: TextQuery, *, is_strict: bool = True) -> Matches:
        with panics_are_unavailable():
            opened = self._reader.open()
            if query.is_empty:
                rows = opened.live_rows()
                scores = np.zeros(len(rows), dtype=np.float32)
            else:
                rows, scores = _find(opened, QueryBuilder(opened).build(query, is_strict=is_strict))
            return Matches(opened.columns, rows, scores, opened.pointer.position, opened.state)

    def correct(self, query: TextQuery) -> str | None:
        with panics_are_unavailable():
            opened = self._reader.open()
            return correct(query, QueryBuilder(opened).is_known, opened.vocabulary)

    def suggest(self, words: Sequence[str], limit: int) -> list[Suggested]:
        with panics_are_unavailable():
            return suggest(self._reader.open(), words, limit)


def _find(opened: Opened, query: tantivy.Query) -> tuple[Rows, NDArray[Any]]:
    hits = opened.searcher.search(query, limit=opened.limit, count=False).hits
    scored, addresses = zip(*hits, strict=True) if hits else ((), ())
    rows, scores = opened.rows_of(list(addresses)), np.array(scored, dtype=np.float32)
    order = np.argsort(rows)
    return rows[order], scores[order]
