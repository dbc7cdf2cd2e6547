"""Reads Documents. Every read of a thing's content passes here, and here the viewer is asked."""

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache, reduce
from operator import add
from threading import Lock
from typing import Any, TypeAlias

import orjson
from sqlalchemy import Column, Connection, Text, cast, func, literal_column, select, type_coerce

from catalog.db.types import from_microseconds
from catalog.model.bulk import Prepared, among, chunks, table_of, values_of
from catalog.model.render import RENDER_FORMAT
from catalog.model.state import State
from catalog.model.tables import CampusRow, DocumentRow, OfferingRow, ThingRow, ThingSlugRow
from catalog.model.viewer import Viewer
from catalog.model.vocabulary import RecordType, Visibility

Document: TypeAlias = dict[str, Any]
DOCUMENT = table_of(DocumentRow).c
SLUG = table_of(ThingSlugRow).c
THING = table_of(ThingRow).c
OFFERING = table_of(OfferingRow).c
CAMPUS = table_of(CampusRow).c


class Library:
    """Documents read before, while the content of the catalogue stays the same. Shared by threads; nobody changes them.

    Bounded by the length of their bodies: in memory a Document takes some six times its text.
    """

    def __init__(self, most_characters: int) -> None:
        self._most = most_characters
        self._content: tuple[str, int] | None = None
        self._kept: OrderedDict[str, tuple[Document, int]] = OrderedDict()
        self._characters = 0
        self._lock = Lock()

    def forget(self) -> None:
        with self._lock:
            self._content = None

    def load(self, connection: Connection, state: State, ids: Sequence[str], viewer: Viewer) -> dict[str, Document]:
        """As `load_documents`, whose snapshot is of `state`."""
        if not self._most:
            return load_documents(connection, ids, viewer)
        found = self._find(state, ids, viewer.readable())
        if missing := [one for one in ids if one not in found]:
            read = load_documents(connection, missing, viewer)
            self._keep(state, read)
            found |= read
        return found

    def _find(self, state: State, ids: Sequence[str], readable: frozenset[Visibility]) -> dict[str, Document]:
        with self._lock:
            if state.content != self._content:
                self._start_over(state)
                return {}
            kept = self._kept
            found = {one: kept[one][0] for one in ids if one in kept}
            for one in found:
                kept.move_to_end(one)
        return {one: document for one, document in found.items() if document["_visibility"] in readable}

    def _start_over(self, state: State) -> None:
        """An older state of the same epoch, as of a lagging replica, neither finds nor leaves anything."""
        if self._content is not None and self._content[0] == state.epoch and self._content[1] > state.content_revision:
            return
        self._content = state.content
        self._kept.clear()
        self._characters = 0

    def _keep(self, state: State, read: dict[str, Document]) -> None:
        with self._lock:
            if state.content != self._content:
                return
            for one, document in read.items():
                if one not in self._kept:
                    self._kept[one] = (document, document["_characters"])
                    self._characters += document["_characters"]
            while self._characters > self._most:
                _, (_, characters) = self._kept.popitem(last=False)
                self._characters -= characters


def load_documents(connection: Connection, ids: Iterable[str], viewer: Viewer) -> dict[str, Document]:
    """The Documents that exist and that the viewer may read, by id. One statement for up to 5,000 ids."""
    found: dict[str, Document] = {}
    readable = frozenset(viewer.readable())
    for chunk in chunks(dict.fromkeys(ids)):
        ((together,),) = _by_ids(readable).run(connection, ids=values_of(connection, chunk))
        if together is None:
            continue
        rows = orjson.loads(f"[{together}]")
        characters = len(together) // len(rows)
        found |= {row[0]: _document(row, characters) for row in rows}
    return found


@cache
def _by_ids(readable: frozenset[Visibility]) -> Prepared:
    """All of them as one text in one row: SQLite's driver lets other threads go first at every row that it fetches.

    Made once for each kind of viewer. Ids and visibilities are ours and need no escaping.
    """
    version, updated_at = cast(DOCUMENT.version, Text), cast(DOCUMENT.updated_at, Text)
    parts = ('["', DOCUMENT.id, '","', DOCUMENT.visibility, '",', version, ",", updated_at, ",", DOCUMENT.body, "]")
    texts = [literal_column(f"'{one}'", Text) if isinstance(one, str) else type_coerce(one, Text) for one in parts]
    is_readable = DOCUMENT.visibility.in_(sorted(readable))
    together = func.aggregate_strings(reduce(add, texts), ",")
    return Prepared(lambda connection: select(together).where(among(connection, DOCUMENT.id, "ids"), is_readable))


def _document(row: list[Any], characters: int) -> Document:
    _id, visibility, version, updated_at, body = row
    document: Document = body
    document["_visibility"] = visibility
    document["_characters"] = characters
    document["version"] = version
    document["updatedAt"] = _shown(updated_at)
    return document


@lru_cache(10_000)
def _shown(microseconds: int) -> str:
    """What one commit published has one moment."""
    return from_microseconds(microseconds).isoformat()


def has_outdated_documents(connection: Connection) -> bool:
    """Whether any Document was rendered by an earlier release."""
    query = select(DOCUMENT.id).where(DOCUMENT.render_format != RENDER_FORMAT).limit(1)
    return connection.scalar(query) is not None


def find_ids_by_slug(connection: Connection, record_type: RecordType, slugs: Iterable[str]) -> dict[str, str]:
    """Thing ids by current or old slug."""
    found: dict[str, str] = {}
    for chunk in chunks(dict.fromkeys(slugs)):
        query = select(SLUG.slug, SLUG.thing).where(SLUG.type == record_type, SLUG.slug.in_(chunk))
        found |= {row.slug: row.thing for row in connection.execute(query)}
    return found


def find_slugs(connection: Connection, ids: Iterable[str]) -> dict[str, str]:
    """Slugs of what is published, by id, for messages."""
    return _find(connection, DOCUMENT.id, DOCUMENT.slug, ids)


def find_things(connection: Connection, record_type: RecordType, ids: Iterable[str], viewer: Viewer) -> dict[str, str]:
    """Slugs by id of things of a type that are there, or were until they were withdrawn, and that the viewer may know of."""
    found: dict[str, str] = {}
    shown = (THING.type == record_type, THING.state != "ERASED", THING.visibility.in_(viewer.readable()))
    for chunk in chunks(dict.fromkeys(ids)):
        query = select(THING.id, THING.slug).where(THING.id.in_(chunk), *shown)
        found |= {row.id: row.slug for row in connection.execute(query)}
    return found


def find_parents(connection: Connection, part_ids: Iterable[str]) -> dict[str, str]:
    """The credential of each offering id."""
    return _find(connection, OFFERING.id, OFFERING.credential, part_ids)


def find_campus_institutions(connection: Connection, campus_ids: Iterable[str]) -> dict[str, str]:
    """The institution of each campus id."""
    return _find(connection, CAMPUS.id, CAMPUS.institution, campus_ids)


def _find(connection: Connection, key: Column[str], value: Column[str], keys: Iterable[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for chunk in chunks(dict.fromkeys(keys)):
        found |= {row[0]: row[1] for row in connection.execute(select(key, value).where(key.in_(chunk)))}
    return found
