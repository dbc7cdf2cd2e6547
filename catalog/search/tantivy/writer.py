"""Writes the embedded index; one process at a time."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import tantivy

from catalog.model.bulk import chunks
from catalog.search.columns.batch import make_batch
from catalog.search.columns.container import read_batch, write_batch
from catalog.search.columns.table import Columns, columns_of
from catalog.search.entry import Entry, Label, entry_label
from catalog.search.port import Indexed, IndexPosition
from catalog.search.tantivy.documents import label_document, row_documents
from catalog.search.tantivy.folder import IndexFolder, Pointer
from catalog.search.tantivy.schema import HEAP_BYTES, THREADS, open_index

MOST_FILES = 16
"""Files of columns that come one by one are joined beyond so many."""
WORTH_KEEPING = 0.5
"""An index most of whose rows were replaced is better built anew."""
FEW_ROWS = 20_000


class TantivyWriter:
    def __init__(self, path: Path) -> None:
        self._folder = IndexFolder(path)

    def position(self) -> IndexPosition | None:
        pointer = self._folder.read()
        return pointer.position if pointer else None

    def is_worn(self) -> bool:
        pointer = self._folder.read()
        files = self._folder.column_files(pointer.generation) if pointer else []
        rows = files[-1].end if files else 0
        return pointer is not None and rows > FEW_ROWS and self._live_rows(pointer) < rows * WORTH_KEEPING

    def count(self) -> int:
        return len(self._hashes()) if self._folder.read() else 0

    def linked(self, ids: Iterable[str]) -> set[str]:
        pointer, wanted = self._folder.read(), sorted(set(ids))
        if pointer is None or not wanted:
            return set()
        index = open_index(self._folder.generation_path(pointer.generation))
        searcher = index.searcher()
        query = tantivy.Query.term_set_query(index.schema, "link", wanted)
        hits = searcher.search(query, limit=max(1, searcher.num_docs), count=False).hits
        return {str(searcher.doc(address).get_first("credential")) for _, address in hits}

    def apply(self, changed: Sequence[Entry], gone: Iterable[str], labels: Sequence[Label], position: IndexPosition) -> None:
        """Columns first, then words, then the pointer: a crash in between repeats the same entries, harmlessly.

        Before the words the pointer says that they are being written, so that nobody takes two contents for one state.
        """
        with self._folder.lock():
            pointer = self._folder.read()
            assert pointer is not None, "an index is rebuilt before changes are applied to it"
            index = open_index(self._folder.generation_path(pointer.generation))
            writer = index.writer(HEAP_BYTES, 1)
            for one in gone:
                _forget(writer, one)
            for entry in changed:
                _forget(writer, entry.id)
            if changed:
                files = self._folder.column_files(pointer.generation)
                self._add(writer, pointer.generation, changed, files[-1].end if files else 0)
            for label in labels:
                writer.delete_documents_by_term("thing", label.id)
                writer.add_json(label_document(label))
            self._folder.write(Pointer(pointer.generation, pointer.position, is_pending=True))
            writer.commit()
            writer.wait_merging_threads()
            self._join_files(pointer.generation)
            self._folder.write(Pointer(pointer.generation, position))

    def rebuild(self, entries: Iterable[Entry], labels: Iterable[Label], position: IndexPosition) -> int:
        """One writer at a time: `catalog reindex` may run beside the worker."""
        with self._folder.lock():
            before = self._folder.read()
            generation = self._folder.make_generation()
            writer = open_index(self._folder.generation_path(generation)).writer(HEAP_BYTES, THREADS)
            count, row = 0, 0
            for some in chunks(entries):
                row = self._add(writer, generation, some, row)
                count += len(some)
            if not count:
                write_batch(self._folder.column_path(generation, 0, 0), make_batch([]))
            for label in labels:
                writer.add_json(label_document(label))
            writer.commit()
            writer.wait_merging_threads()
            self._join_files(generation, most=1)
            self._folder.write(Pointer(generation, position))
            self._folder.remove_but(generation, *([before.generation] if before else []))
            return count

    def read(self) -> Indexed:
        pointer = self._folder.read()
        if pointer is None:
            return Indexed({}, {})
        searcher = open_index(self._folder.generation_path(pointer.generation)).searcher()
        hits = searcher.search(_labels(), limit=max(1, searcher.num_docs), count=False).hits
        documents = [searcher.doc(address) for _, address in hits]
        labels = {str(one.get_first("thing")): frozenset(map(str, one.get_all("shown"))) for one in documents}
        return Indexed(self._hashes(), labels)

    def drift(self) -> list[str]:
        """The schema is this release's: an index of another format is not read at all."""
        return []

    def _add(self, writer: tantivy.IndexWriter, generation: str, entries: Sequence[Entry], first: int) -> int:
        """The row behind the last one."""
        row = first
        for entry in entries:
            for document in row_documents(entry, row):
                writer.add_json(document)
                row += 1
            writer.add_json(label_document(entry_label(entry)))
        write_batch(self._folder.column_path(generation, first, row - first), make_batch(entries))
        return row

    def _join_files(self, generation: str, most: int = MOST_FILES) -> None:
        """The big first file stays; those that came after it become one."""
        files = self._folder.column_files(generation)
        if len(files) <= most:
            return
        some = files if most == 1 else files[1:]
        joined = columns_of(read_batch(one.path) for one in some).to_batch()
        write_batch(self._folder.column_path(generation, some[0].first, some[-1].end - some[0].first), joined)
        for one in some:  # who has mapped one keeps it until he lets it go
            one.path.unlink()

    def _columns(self, pointer: Pointer) -> Columns:
        return columns_of(read_batch(one.path) for one in self._folder.column_files(pointer.generation))

    def _live(self, pointer: Pointer) -> list[int]:
        searcher = open_index(self._folder.generation_path(pointer.generation)).searcher()
        hits = searcher.search(_rows(), limit=max(1, searcher.num_docs), count=False).hits
        return [int(row) for row in searcher.fast_field_values("row", [address for _, address in hits]) if row is not None]

    def _live_rows(self, pointer: Pointer) -> int:
        searcher = open_index(self._folder.generation_path(pointer.generation)).searcher()
        return int(searcher.search(_rows(), limit=1, count=True).count or 0)  # type: ignore[attr-defined] # the stub lacks it

    def _hashes(self) -> dict[str, int]:
        pointer = self._folder.read()
        if pointer is None:
            return {}
        columns = self._columns(pointer)
        numbers = np.unique(columns.take("delivery.credential", np.array(self._live(pointer), dtype=np.int64)))
        ids, hashes = columns.take("credential.id", numbers), columns.take("credential.hash", numbers)
        return {one.decode(): int(own) for one, own in zip(ids, hashes, strict=True)}


def _forget(writer: tantivy.IndexWriter, one: str) -> None:
    writer.delete_documents_by_term("credential", one)
    writer.delete_documents_by_term("thing", one)


def _rows() -> tantivy.Query:
    return tantivy.Query.exists_query("row")


def _labels() -> tantivy.Query:
    return tantivy.Query.boolean_query(
        [(tantivy.Occur.Must, tantivy.Query.all_query()), (tantivy.Occur.MustNot, tantivy.Query.exists_query("row"))]
    )
