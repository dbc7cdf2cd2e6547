"""Writes the indexes of Meilisearch. Its tasks run in the order in which they were sent; each is waited for."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from time import monotonic, sleep
from typing import Any
from uuid import uuid4

from meilisearch import Client
from meilisearch.errors import MeilisearchApiError, MeilisearchError

from catalog.errors import SearchUnavailable
from catalog.model.bulk import chunks
from catalog.search.columns.layout import FORMAT
from catalog.search.entry import Entry, Label, entry_label
from catalog.search.meilisearch.client import ALL, LABELS, META, MISSING, POSITION, ROWS, WORDS, Connection, explain, succeed
from catalog.search.meilisearch.documents import known_words, label_documents, label_stamp, row_documents
from catalog.search.meilisearch.settings import SETTINGS, differences
from catalog.search.port import Indexed, IndexPosition

BATCH = 2_000
PAGE = 5_000
SWAP_SECONDS, SWAP_POLL_SECONDS = 60, 0.02
MOST_VALUES = 1_000
"""Of one condition, so that a request stays small."""


class MeilisearchWriter:
    """Needs a key that may search and write documents, settings and indexes of the catalogue's names, and wait for tasks."""

    def __init__(self, connection: Connection) -> None:
        self._client: Client = connection.write
        self._name = connection.name

    def position(self) -> IndexPosition | None:
        found = self._meta()
        if found is None or found.get("format") != FORMAT:
            return None
        return IndexPosition(found["epoch"], found["revision"], found["confirmations"])

    def is_worn(self) -> bool:
        """The engine tidies up by itself."""
        return False

    def count(self) -> int:
        return len(self._hashes())

    def linked(self, ids: Iterable[str]) -> set[str]:
        found: set[str] = set()
        for some in chunks(sorted(set(ids)), MOST_VALUES):
            asked = {"filter": f"link IN {some!r}", "fields": ["credential"]}
            found |= {one["credential"] for one in self._do(partial(self._all, ROWS, asked))}
        return found

    def apply(self, changed: Sequence[Entry], gone: Iterable[str], labels: Sequence[Label], position: IndexPosition) -> None:
        """New rows first, then the old ones go: a search meanwhile finds a credential twice rather than never.

        Before them the position says that rows are being written, so that nobody takes two contents for one state.
        """
        self._do(lambda: self._apply(changed, list(gone), labels, position))

    def _apply(self, changed: Sequence[Entry], gone: list[str], labels: Sequence[Label], position: IndexPosition) -> None:
        rows, names, meta = self._name(ROWS), self._name(LABELS), self._name(META)
        before = self.position()
        assert before is not None, "an index is rebuilt before changes are applied to it"
        self._add(meta, [_position_document(before, is_pending=True)])
        shown = [*labels, *map(entry_label, changed)]
        self._add(rows, (document for entry in changed for document in row_documents(entry)))
        self._add(names, (document for label in shown for document in label_documents(label)))
        self._add(self._name(WORDS), ({"id": word} for word in sorted(known_words(changed))))
        for some in chunks(changed, MOST_VALUES):
            old = [f"(credential = {one.id!r} AND stamp != '{one.facts['hash']}')" for one in some]
            self._forget(rows, " OR ".join(old))
        for named in chunks(shown, MOST_VALUES):
            old = [f"(thing = {one.id!r} AND stamp != '{label_stamp(one)}')" for one in named]
            self._forget(names, " OR ".join(old))
        for ids in chunks(gone, MOST_VALUES):
            self._forget(rows, f"credential IN {ids!r}")
            self._forget(names, f"thing IN {ids!r}")
        self._add(meta, [_position_document(position)])

    def rebuild(self, entries: Iterable[Entry], labels: Iterable[Label], position: IndexPosition) -> int:
        """Beside the live indexes, under names of its own, which are swapped in one task; settings come first."""
        return int(self._do(lambda: self._rebuild(entries, labels, position)))

    def _rebuild(self, entries: Iterable[Entry], labels: Iterable[Label], position: IndexPosition) -> int:
        self._remove_left_over()
        new = {kind: f"{self._name(kind)}_{uuid4().hex[:12]}" for kind in ALL}
        for kind in ALL:
            self._ensure(self._name(kind))  # only what is there can be swapped; its settings stay till then
            self._ensure(new[kind])
            succeed(self._client, self._client.index(new[kind]).update_settings(SETTINGS[kind]).task_uid)
        count, words = 0, set[str]()
        for some in chunks(entries, BATCH):
            self._add(new[ROWS], (document for entry in some for document in row_documents(entry)))
            self._add(new[LABELS], (document for entry in some for document in label_documents(entry_label(entry))))
            words |= known_words(some)
            count += len(some)
        self._add(new[LABELS], (document for label in labels for document in label_documents(label)))
        self._add(new[WORDS], ({"id": word} for word in sorted(words)))
        live = _position_document(position)
        self._add(new[META], [live])
        swaps: list[Mapping[str, list[str] | bool]] = [{"indexes": [self._name(kind), new[kind]]} for kind in ALL]
        self._client.swap_indexes(swaps)
        self._wait_until_live(live["generation"])
        self._remove_left_over()
        return count

    def read(self) -> Indexed:
        labels: dict[str, set[str]] = {}
        asked = {"fields": ["thing", "kind", "shown"]}
        for one in self._do(lambda: list(self._pages(self._name(LABELS), asked))):
            labels.setdefault(one["thing"], set()).add(f"{one['kind']}\t{one['shown']}")
        return Indexed(self._hashes(), {one: frozenset(shown) for one, shown in labels.items()})

    def drift(self) -> list[str]:
        return [line for kind in ALL for line in self._drift(self._name(kind), kind)]

    def _drift(self, name: str, kind: str) -> list[str]:
        try:
            return differences(kind, self._client.index(name).get_settings())
        except MeilisearchError as error:
            if isinstance(error, MeilisearchApiError) and error.code == MISSING:
                return [f"{name} does not exist"]
            raise SearchUnavailable(explain(error)) from error

    def _hashes(self) -> dict[str, int]:
        rows = self._do(lambda: list(self._pages(self._name(ROWS), {"fields": ["credential", "stamp"]})))
        return {document["credential"]: int(document["stamp"]) for document in rows}

    def _meta(self) -> dict[str, Any] | None:
        found = self._do(lambda: list(self._pages(self._name(META), {})))
        return next((dict(one) for one in found if one["id"] == POSITION), None)

    def _all(self, kind: str, asked: Mapping[str, Any]) -> list[Mapping[str, Any]]:
        return list(self._pages(self._name(kind), asked))

    def _pages(self, name: str, asked: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
        """All documents; none where there is no such index."""
        offset = 0
        while True:
            try:
                page = self._client.index(name).get_documents({**asked, "limit": PAGE, "offset": offset})
            except MeilisearchApiError as error:
                if error.code == MISSING:
                    return
                raise
            yield from (dict(one) for one in page.results)
            offset += PAGE
            if offset >= page.total:
                return

    def _wait_until_live(self, generation: str) -> None:
        """Looked at in the index itself: a swap is a task of no index, which a key for ours alone may not ask about."""
        end = monotonic() + SWAP_SECONDS
        while (self._meta() or {}).get("generation") != generation:
            if monotonic() > end:
                raise SearchUnavailable("the new index was built but not put in place; run `catalog reindex` again")
            sleep(SWAP_POLL_SECONDS)

    def _ensure(self, name: str) -> None:
        try:
            self._client.get_raw_index(name)
        except MeilisearchApiError as error:
            if error.code != MISSING:
                raise
            succeed(self._client, self._client.create_index(name, {"primaryKey": "id"}).task_uid)

    def _add(self, name: str, documents: Iterable[dict[str, Any]]) -> None:
        for some in chunks(documents, BATCH):
            succeed(self._client, self._client.index(name).add_documents(some, "id").task_uid)

    def _forget(self, name: str, condition: str) -> None:
        succeed(self._client, self._client.index(name).delete_documents(filter=condition).task_uid)

    def _remove_left_over(self) -> None:
        """Indexes of a rebuild that was cut off, and those that were swapped out."""
        names = [index.uid for index in self._client.get_indexes({"limit": 1000})["results"]]
        for name in names:
            if name.startswith(tuple(f"{self._name(kind)}_" for kind in ALL)):
                succeed(self._client, self._client.delete_index(name).task_uid)

    def _do(self, act: Callable[[], Any]) -> Any:
        try:
            return act()
        except MeilisearchError as error:
            raise SearchUnavailable(explain(error)) from error


def _position_document(position: IndexPosition, *, is_pending: bool = False) -> dict[str, Any]:
    at = {"epoch": position.epoch, "revision": position.revision, "confirmations": position.confirmations}
    return {"id": POSITION, "format": FORMAT, "generation": uuid4().hex, "pending": is_pending, **at}
