"""Keeps the index level with the change log. One writer at a time: by a lease in the database, whatever the engine."""

import socket
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from time import monotonic, sleep
from typing import Protocol
from uuid import uuid4

from sqlalchemy import Connection

from catalog.db.engine import Database
from catalog.db.transactions import read_snapshot
from catalog.errors import StorageError
from catalog.model.changes import Change, Position, read_changes, seconds_behind
from catalog.model.heartbeat import Heartbeat
from catalog.model.lease import Lease
from catalog.model.state import State, read_state
from catalog.model.viewer import Everything
from catalog.search.collecting.affected import affected_by, confirmed_since
from catalog.search.collecting.entries import label_ids, listed_ids, load_entries, load_labels
from catalog.search.entry import Entry, entry_label
from catalog.search.port import IndexPosition, SearchWriter

BATCH = 1_000
PART = 5_000
"""Entries that are written at once."""
LARGEST_LOSS = 0.2
"""Share of the index that a rebuild may drop unasked."""
LEASE_NAME, LEASE_SECONDS = "search-index", 5.0
PATIENCE_SECONDS = 60.0
"""How long a rebuild waits for whoever is writing."""
_LAST = 2**31 - 1  # behind every change of a revision

Clock = Callable[[], datetime]
Tell = Callable[[int, int], None]


class Positioned(Protocol):
    """An engine or a writer."""

    def position(self) -> IndexPosition | None: ...


def follow(database: Database, writer: SearchWriter, clock: Clock) -> bool:
    """Takes in one batch of changes; whether there was anything to do. An index of another epoch is built anew.

    Raises StorageError (INDEX_WOULD_SHRINK): see `reindex`.
    """
    if not _is_behind(database, writer):
        return False
    with _alone(database) as is_alone:
        return is_alone and _follow(database, writer, clock)


def _is_behind(database: Database, writer: SearchWriter) -> bool:
    with read_snapshot(database, primary=True) as connection:
        state, position = read_state(connection), writer.position()
    return position != IndexPosition(state.epoch, state.revision, state.confirmations)


@contextmanager
def _alone(database: Database, patience: float = 0.0) -> Iterator[bool]:
    """Whether nobody else writes, for as long as it lasts."""
    lease = Lease(database, LEASE_NAME, f"{socket.gethostname()}-{uuid4().hex[:8]}", LEASE_SECONDS)
    until = monotonic() + patience
    while not (is_held := lease.acquire()) and monotonic() < until:
        sleep(0.2)
    if not is_held:
        yield False
        return
    with Heartbeat(lease, LEASE_SECONDS):
        try:
            yield True
        finally:
            lease.release()


def _follow(database: Database, writer: SearchWriter, clock: Clock) -> bool:
    with read_snapshot(database, primary=True) as connection:
        state, position = read_state(connection), writer.position()
        if position == IndexPosition(state.epoch, state.revision, state.confirmations):
            return False
        if position is None or position.epoch != state.epoch or position.revision > state.revision or writer.is_worn():
            _refuse_to_shrink(connection, writer)
            _rebuild(connection, writer, state, clock)
            return True
        reached, changed = _changes(connection, position, state)
        _take_in(connection, writer, changed, (position, reached), clock)
        return True


def _changes(connection: Connection, position: IndexPosition, state: State) -> tuple[IndexPosition, set[str]]:
    """Whole commits, some thousand changes; how far they reach, and what changed. Seats and confirmations count too."""
    changes = read_changes(connection, Position(position.revision, _LAST), BATCH, Everything())
    if len(changes) < BATCH:
        reached = state.revision
    else:
        reached = changes[-1].revision
        changes += _rest_of(connection, changes[-1])
    changed = {one.thing for one in changes}
    changed |= confirmed_since(connection, position.confirmations)
    return IndexPosition(state.epoch, reached, state.confirmations), changed


def _rest_of(connection: Connection, last: Change) -> list[Change]:
    """What the same commit changed besides: a commit is taken in whole."""
    found: list[Change] = []
    while more := read_changes(connection, last.position, BATCH, Everything()):
        own = [one for one in more if one.revision == last.revision]
        found += own
        if len(own) < BATCH:
            break
        last = own[-1]
    return found


def _take_in(
    connection: Connection,
    writer: SearchWriter,
    changed: set[str],
    moves: tuple[IndexPosition, IndexPosition],
    clock: Clock,
) -> None:
    """In parts; the position moves with the last one, so that a part that was written alone is written again."""
    before, reached = moves
    wanted = sorted(affected_by(connection, changed) | writer.linked(changed))
    for begin in range(0, max(1, len(wanted)), PART):
        part = wanted[begin : begin + PART]
        entries = list(load_entries(connection, part, clock()))
        labels = list(load_labels(connection, part))
        gone = set(part) - {entry.id for entry in entries} - {label.id for label in labels}
        is_last = begin + PART >= len(wanted)
        writer.apply(entries, sorted(gone), labels, reached if is_last else before)


def reindex(
    database: Database, writer: SearchWriter, clock: Clock, *, is_forced: bool = False, tell: Tell | None = None
) -> int:
    """Builds the index anew beside the live one, then takes in what was written meanwhile; how many credentials it held.

    Raises StorageError: INDEX_WOULD_SHRINK where the new one would hold over 20 % less, unless forced; INDEX_BUSY where
    somebody else goes on writing.
    """
    with _alone(database, PATIENCE_SECONDS) as is_alone:
        if not is_alone:
            raise StorageError("somebody else is writing the search index; try again", code="INDEX_BUSY")
        with read_snapshot(database, primary=True) as connection:
            if not is_forced:
                _refuse_to_shrink(connection, writer)
            count = _rebuild(connection, writer, read_state(connection), clock, tell)
        while _follow(database, writer, clock):
            pass
        return count


def _refuse_to_shrink(connection: Connection, writer: SearchWriter) -> None:
    before, after = writer.count(), len(listed_ids(connection))
    if before - after > before * LARGEST_LOSS:
        message = (
            f"the index would go from {before} to {after} credentials, which is more than a fifth less; see what was "
            "withdrawn, then run `catalog reindex --force`"
        )
        raise StorageError(message, code="INDEX_WOULD_SHRINK")


def _rebuild(connection: Connection, writer: SearchWriter, state: State, clock: Clock, tell: Tell | None = None) -> int:
    ids = listed_ids(connection)
    entries = load_entries(connection, ids, clock())
    told = entries if tell is None else _told(entries, len(ids), tell)
    labels = load_labels(connection, label_ids(connection))
    return writer.rebuild(told, labels, IndexPosition(state.epoch, state.revision, state.confirmations))


def _told(entries: Iterable[Entry], total: int, tell: Tell) -> Iterator[Entry]:
    for done, entry in enumerate(entries, start=1):
        yield entry
        tell(done, total)


def index_lag_seconds(database: Database, index: Positioned) -> float | None:
    """How long the index has lacked the first commit that it lacks; None: there is no index of this epoch."""
    with read_snapshot(database) as connection:
        state, position = read_state(connection), index.position()
        if position is None or position.epoch != state.epoch:
            return None
        return seconds_behind(connection, position.revision)


@dataclass(frozen=True, slots=True)
class IndexDifference:
    """One way in which the index is not what the database says. `thing` is an id, or "the index"."""

    thing: str
    what: str


def compare(database: Database, writer: SearchWriter, clock: Clock) -> list[IndexDifference]:
    """Ids and hashes of the index against the database; nothing: they are equal. First where the index stands."""
    with read_snapshot(database, primary=True) as connection:
        state, position = read_state(connection), writer.position()
        if position is None:
            return [IndexDifference("the index", "is not there, or cannot be read")]
        held = writer.read()
        right = {entry.id: entry for entry in load_entries(connection, listed_ids(connection), clock())}
        labels = {one.id: frozenset(one.shown) for one in load_labels(connection, label_ids(connection))}
    labels |= {one: frozenset(entry_label(entry).shown) for one, entry in right.items()}
    hashes = {one: int(entry.facts["hash"]) for one, entry in right.items()}
    found: list[IndexDifference] = []
    if (position.epoch, position.revision) != (state.epoch, state.revision):
        at = f"is at revision {position.revision}, the catalogue at {state.revision}"
        found.append(IndexDifference("the index", at))
    found += _differences(hashes, held.hashes, ("is missing", "is not listed any more", "is indexed as it was before"))
    words = ("cannot be suggested", "is suggested but not listed", "is suggested as it was before")
    return found + _differences(labels, held.labels, words)


def _differences(right: Mapping[str, object], held: Mapping[str, object], words: Sequence[str]) -> list[IndexDifference]:
    missing, extra, other = words
    return [
        *(IndexDifference(one, missing) for one in sorted(right.keys() - held.keys())),
        *(IndexDifference(one, extra) for one in sorted(held.keys() - right.keys())),
        *(IndexDifference(one, other) for one in sorted(right.keys() & held.keys()) if right[one] != held[one]),
    ]
