"""Reads the embedded index."""

from pathlib import Path
from threading import Lock

import tantivy

from catalog.errors import RequestError, SearchUnavailable
from catalog.search.folder import IndexFolder, Pointer
from catalog.search.port import After, Hit, Hits, IndexPosition
from catalog.search.tantivy_index import BOOSTS, build_analyzer, open_index

WINDOW = 10_000
QUERY_LENGTH = 500
MOST_WORDS = 20
OPEN_ATTEMPTS = 5


class TantivyEngine:
    """Follows the live generation: every search looks at the pointer first and reopens when it has moved."""

    def __init__(self, path: Path) -> None:
        self._folder = IndexFolder(path)
        self._lock = Lock()
        self._analyzer = build_analyzer()
        self._known: tuple[tuple[int, int] | None, str | None] = (None, None)
        self._generation: str | None = None
        self._revision = -1
        self._index: tantivy.Index | None = None

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

    def search(self, query: str, limit: int, after: After | None = None) -> Hits:
        searcher, pointer = self._searcher()
        found = searcher.search(self._query(query), limit=WINDOW, count=True)
        total = int(found.count or 0)  # type: ignore[attr-defined] # the package's stub leaves it out
        ids = [(score, searcher.doc(address).get_first("id")) for score, address in found.hits]
        ordered = sorted((Hit(str(one), float(score)) for score, one in ids), key=lambda hit: (-hit.score, hit.id))
        if after is not None:
            ordered = [hit for hit in ordered if (-hit.score, hit.id) > (-after.score, after.id)]
        if len(ordered) < limit and total > WINDOW:
            message = f"search shows the best {WINDOW} results; narrow it, or read `credentials` from end to end"
            raise RequestError(message, code="PAGE_TOO_DEEP", argument="after")
        return Hits(ordered[:limit], total, pointer.position.revision, pointer.state)

    def _searcher(self) -> tuple[tantivy.Searcher, Pointer]:
        """Tried again when the pointer moves on between reading it and opening what it names."""
        for attempt in range(OPEN_ATTEMPTS):
            pointer = self._folder.read()
            if pointer is None:
                raise SearchUnavailable("there is no search index yet; the worker makes one, or run `catalog reindex`")
            try:
                return self._open(pointer), pointer
            except (ValueError, OSError) as error:
                if attempt == OPEN_ATTEMPTS - 1:
                    raise SearchUnavailable("the search index cannot be opened; run `catalog reindex`") from error
        raise AssertionError("the last attempt returns or raises")

    def _open(self, pointer: Pointer) -> tantivy.Searcher:
        with self._lock:
            if self._index is None or pointer.generation != self._generation:
                self._index = open_index(self._folder.generation_path(pointer.generation))
                self._generation = pointer.generation
                self._revision = -1
            if pointer.position.revision != self._revision:
                self._index.reload()
                self._revision = pointer.position.revision
            return self._index.searcher()

    def _query(self, text: str) -> tantivy.Query:
        """Every word must be found in one of the fields; without words everything matches."""
        words = self._analyzer.analyze(text[:QUERY_LENGTH])[:MOST_WORDS]
        if not words:
            return tantivy.Query.empty_query() if text.strip() else tantivy.Query.all_query()
        assert self._index is not None, "a searcher was opened before"
        schema = self._index.schema
        return tantivy.Query.boolean_query(
            [
                (
                    tantivy.Occur.Must,
                    tantivy.Query.disjunction_max_query(
                        [
                            tantivy.Query.boost_query(tantivy.Query.term_query(schema, name, word), boost)
                            for name, boost in BOOSTS.items()
                        ],
                        0.1,
                    ),
                )
                for word in words
            ]
        )
