"""The live generation, open: words, columns and what is worked out of them once for each state."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from uuid import uuid4

import numpy as np
import tantivy

from catalog.errors import SearchUnavailable
from catalog.search.columns.batch import tail_of
from catalog.search.columns.container import read_batch
from catalog.search.columns.ragged import Rows
from catalog.search.columns.table import Columns
from catalog.search.tantivy.folder import IndexFolder, Pointer
from catalog.search.tantivy.schema import WORDS, open_index
from catalog.search.text.edits import SHORTEST_KNOWN

OPEN_ATTEMPTS = 5
PANIC = "PanicException"


@dataclass(slots=True)
class Opened:
    """One state of the index; whoever holds it reads the same to the end."""

    pointer: Pointer
    index: tantivy.Index
    searcher: tantivy.Searcher
    columns: Columns
    opening: str = field(default_factory=lambda: uuid4().hex[:8])
    _live: Rows | None = None
    _vocabulary: list[str] | None = None

    def live_rows(self) -> Rows:
        """All rows that were not replaced."""
        if self._live is None:
            hits = self.searcher.search(tantivy.Query.exists_query("row"), limit=self.limit, count=False).hits
            self._live = np.sort(self.rows_of([address for _, address in hits]))
        return self._live

    def rows_of(self, addresses: list[tantivy.DocAddress]) -> Rows:
        return np.array(self.searcher.fast_field_values("row", addresses), dtype=np.int64)

    def vocabulary(self) -> list[str]:
        """Every known word without digits, the commonest first."""
        if self._vocabulary is None:
            found = sorted(self.searcher.terms_with_prefix(WORDS, ""), key=lambda pair: -pair[1])
            self._vocabulary = [one for one, _ in found if len(one) >= SHORTEST_KNOWN and one.isalpha()]
        return self._vocabulary

    @property
    def state(self) -> str:
        """What was opened while words were being written is like nothing else."""
        return f"{self.pointer.state} {self.opening}" if self.pointer.is_pending else self.pointer.state

    def count(self, query: tantivy.Query) -> int:
        """Documents that are there: frequencies of words also count what was replaced."""
        return int(self.searcher.search(query, limit=1, count=True).count or 0)  # type: ignore[attr-defined] # the stub lacks it

    @property
    def limit(self) -> int:
        return max(1, self.searcher.num_docs)


class IndexReader:
    """Follows the live generation: every search looks at the pointer first and reopens when it has moved."""

    def __init__(self, path: Path) -> None:
        self._folder = IndexFolder(path)
        self._lock = Lock()
        self._opened: Opened | None = None

    def open(self) -> Opened:
        """Raises SearchUnavailable. Tried again when the pointer moves on between reading it and opening what it names."""
        for attempt in range(OPEN_ATTEMPTS):
            pointer = self._folder.read()
            if pointer is None:
                raise SearchUnavailable("there is no search index yet; the worker makes one, or run `catalog reindex`")
            try:
                return self._open(pointer)
            except (ValueError, OSError) as error:
                self._opened = None  # what it held may be half of two states
                if attempt == OPEN_ATTEMPTS - 1:
                    raise SearchUnavailable("the search index cannot be opened; run `catalog reindex`") from error
        raise AssertionError("the last attempt returns or raises")

    def _open(self, pointer: Pointer) -> Opened:
        opened = self._opened
        if opened is not None and opened.pointer == pointer:
            return opened
        with self._lock:
            opened = self._opened
            if opened is not None and opened.pointer == pointer:
                return opened
            if opened is None or opened.pointer.generation != pointer.generation:
                index, columns = open_index(self._folder.generation_path(pointer.generation)), None
            else:
                index, columns = opened.index, opened.columns
                index.reload()
            searcher = index.searcher()
            self._opened = Opened(pointer, index, searcher, self._columns(pointer, columns))
            return self._opened

    def _columns(self, pointer: Pointer, columns: Columns | None) -> Columns:
        """Those of the files that are not in memory yet; they were written before the words that lead to them."""
        for one in self._folder.column_files(pointer.generation):
            if columns is None:
                columns = Columns(read_batch(one.path))
            elif one.first > columns.rows:
                raise ValueError("columns are missing")
            elif one.end > columns.rows:
                batch = read_batch(one.path)
                columns.append(tail_of(batch, columns.rows - one.first) if one.first < columns.rows else batch)
        if columns is None:
            raise ValueError("the index has no columns")
        return columns


@contextmanager
def panics_are_unavailable() -> Iterator[None]:
    """What tantivy panics at, as at a damaged file, is no Exception in Python. Raises SearchUnavailable."""
    try:
        yield
    except BaseException as error:
        if type(error).__name__ != PANIC:
            raise
        raise SearchUnavailable("the search index is damaged; run `catalog reindex`") from error
