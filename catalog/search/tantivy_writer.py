"""Writes the embedded index; one process at a time."""

from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

import tantivy

from catalog.search.folder import IndexFolder, Pointer
from catalog.search.port import Entry, IndexPosition
from catalog.search.tantivy_index import open_index

HEAP_BYTES = 64_000_000
THREADS = 1


class TantivyWriter:
    def __init__(self, path: Path) -> None:
        self._folder = IndexFolder(path)

    def position(self) -> IndexPosition | None:
        pointer = self._folder.read()
        return pointer.position if pointer else None

    def apply(self, changed: Iterable[Entry], gone: Iterable[str], position: IndexPosition) -> None:
        """The pointer moves after the index has committed: a crash in between repeats the same entries, harmlessly."""
        with self._folder.lock():
            self._apply(changed, gone, position)

    def _apply(self, changed: Iterable[Entry], gone: Iterable[str], position: IndexPosition) -> None:
        pointer = self._folder.read()
        assert pointer is not None, "an index is rebuilt before changes are applied to it"
        index = open_index(self._folder.generation_path(pointer.generation))
        writer = index.writer(HEAP_BYTES, THREADS)
        for one in gone:
            writer.delete_documents_by_term("id", one)
        for entry in changed:
            writer.delete_documents_by_term("id", entry.id)
            writer.add_document(tantivy.Document(**asdict(entry)))
        writer.commit()
        writer.wait_merging_threads()
        self._folder.write(Pointer(pointer.generation, position))

    def rebuild(self, entries: Iterable[Entry], position: IndexPosition) -> int:
        """One writer at a time: `catalog reindex` may run beside the worker."""
        with self._folder.lock():
            return self._rebuild(entries, position)

    def _rebuild(self, entries: Iterable[Entry], position: IndexPosition) -> int:
        before = self._folder.read()
        generation = self._folder.make_generation()
        writer = open_index(self._folder.generation_path(generation)).writer(HEAP_BYTES, THREADS)
        count = 0
        for count, entry in enumerate(entries, start=1):  # noqa: B007 - the last number is the count
            writer.add_document(tantivy.Document(**asdict(entry)))
        writer.commit()
        writer.wait_merging_threads()
        self._folder.write(Pointer(generation, position))
        self._folder.remove_but(generation, *([before.generation] if before else []))
        return count
