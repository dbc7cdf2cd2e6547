"""Columns of the rows that this process has seen, fetched once each: a row goes by its id and the hash of its content."""

from collections.abc import Callable, Mapping, Sequence
from threading import Lock
from typing import Any, TypeAlias

import numpy as np

from catalog.search.columns.batch import make_batch
from catalog.search.columns.ragged import Rows
from catalog.search.columns.table import Columns
from catalog.search.meilisearch.documents import batch_of

Row: TypeAlias = tuple[str, str]
"""(id, stamp) of a row's document."""
MOST_ROWS, SPARE = 500_000, 4
"""So many rows, or so many times what is wanted: then everything is fetched anew, since most of it was replaced long ago."""
MOST_FETCHED = 500
"""Credentials in one request."""


class Shelf:
    def __init__(self, fetch: Callable[[Sequence[str]], Sequence[Mapping[str, Any]]]) -> None:
        """`fetch` gives the documents of all rows of some credentials."""
        self._fetch = fetch
        self._lock = Lock()
        self._columns = Columns(make_batch([]))
        self._numbers: dict[Row, int] = {}

    def rows(self, wanted: Sequence[Row]) -> tuple[Columns, Rows, Rows]:
        """The columns, the numbers of the rows in them, and the places among those wanted that these are of.

        A row that was replaced between being found and being fetched is left out. What was fetched stays, also where
        the time for the rest runs out.
        """
        with self._lock:
            if self._columns.rows > max(MOST_ROWS, SPARE * len(wanted)):
                self._columns, self._numbers = Columns(make_batch([])), {}
            known = self._numbers
            missing = sorted({one.rpartition("_")[0] for one, stamp in wanted if (one, stamp) not in known})
        for begin in range(0, len(missing), MOST_FETCHED):
            self._take_in(self._fetch(missing[begin : begin + MOST_FETCHED]))
        with self._lock:
            found = np.array([self._numbers.get(one, -1) for one in wanted], dtype=np.int64)
            columns = self._columns
        places = np.flatnonzero(found >= 0)
        return columns, found[places], places

    def _take_in(self, documents: Sequence[Mapping[str, Any]]) -> None:
        stamps = {str(one["id"]): str(one["stamp"]) for one in documents}
        batch, ids = batch_of(documents)
        with self._lock:
            first = self._columns.rows
            self._columns.append(batch)
            self._numbers.update(((one, stamps[one]), first + n) for n, one in enumerate(ids))
