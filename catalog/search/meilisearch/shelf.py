"""Columns of the rows that this process has seen, fetched once each: a row goes by its id and the hash of its content."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from threading import Lock
from typing import Any, TypeAlias

import numpy as np

from catalog.search.columns.batch import make_batch
from catalog.search.columns.ragged import Rows
from catalog.search.columns.table import Columns
from catalog.search.meilisearch.documents import batch_of

Row: TypeAlias = tuple[str, str]
"""(id, stamp) of a row's document."""
MOST_ROWS = 500_000
"""Then everything is fetched anew: most of it was replaced long ago."""


class Shelf:
    def __init__(self, fetch: Callable[[Sequence[str]], Iterable[Mapping[str, Any]]]) -> None:
        """`fetch` gives the documents of all rows of some credentials."""
        self._fetch = fetch
        self._lock = Lock()
        self._columns = Columns(make_batch([]))
        self._numbers: dict[Row, int] = {}

    def rows(self, wanted: Sequence[Row]) -> tuple[Columns, Rows, Rows]:
        """The columns, the numbers of the rows in them, and the places among those wanted that these are of.

        A row that was replaced between being found and being fetched is left out.
        """
        with self._lock:
            if self._columns.rows > MOST_ROWS:
                self._columns, self._numbers = Columns(make_batch([])), {}
            missing = sorted({one.rpartition("_")[0] for one, stamp in wanted if (one, stamp) not in self._numbers})
            if missing:
                self._take_in(missing)
            numbers = [self._numbers.get(one, -1) for one in wanted]
            columns = self._columns
        found = np.array(numbers, dtype=np.int64)
        places = np.flatnonzero(found >= 0)
        return columns, found[places], places

    def _take_in(self, credentials: Sequence[str]) -> None:
        documents = list(self._fetch(credentials))
        stamps = {str(one["id"]): str(one["stamp"]) for one in documents}
        first = self._columns.rows
        batch, ids = batch_of(documents)
        self._columns.append(batch)
        self._numbers.update(((one, stamps[one]), first + n) for n, one in enumerate(ids))
