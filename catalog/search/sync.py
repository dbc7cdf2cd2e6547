"""Keeps the index level with the change log."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from sqlalchemy import Connection

from catalog.db.engine import Database
from catalog.db.transactions import read_snapshot
from catalog.errors import StorageError
from catalog.model.changes import Position, first_after, read_changes
from catalog.model.state import State, read_state
from catalog.model.viewer import Everything
from catalog.search.collecting.affected import affected_by, confirmed_since
from catalog.search.collecting.entries import label_ids, listed_ids, load_entries, load_labels
from catalog.search.entry import Entry
from catalog.search.port import IndexPosition, SearchWriter

BATCH = 1_000
LARGEST_LOSS = 0.2
"""Share of the index that a rebuild may drop unasked."""
FEW = 5
_LAST = 2**31 - 1  # behind every change of a revision


class Positioned(Protocol):
    """An engine or a writer."""

    def position(self) -> IndexPosition | None: ...


Clock = Callable[[], datetime]


def follow(database: Database, writer: SearchWriter, clock: Clock) -> bool:
    """Takes in one batch of changes; whether there was anything to do. An index of another epoch is built anew."""
    with read_snapshot(database, primary=True) as connection:
        state = read_state(connection)
        position = writer.position()
        if position is None or position.epoch != state.epoch or position.revision > state.revision or writer.is_worn():
            _rebuild(connection, writer, state, clock)
            return True
        if (position.revision, position.confirmations) == (state.revision, state.confirmations):
            return False
        reached, changed = _changes(connection, position, state)
        if reached.revision <= position.revision < state.revision:  # one commit larger than a batch: all of it at once
            _rebuild(connection, writer, state, clock)
            return True
        _take_in(connection, writer, changed, reached, clock)
        return True


def _changes(connection: Connection, position: IndexPosition, state: State) -> tuple[IndexPosition, set[str]]:
    """How far one batch reaches, and the things that changed until there; seats and confirmations count as changes."""
    changes = read_changes(connection, Position(position.revision, _LAST), BATCH, Everything())
    reached = state.revision if len(changes) < BATCH else changes[-1].revision - 1
    changed = {one.thing for one in changes if one.revision <= reached}
    changed |= confirmed_since(connection, position.confirmations)
    return IndexPosition(state.epoch, reached, state.confirmations), changed


def _take_in(connection: Connection, writer: SearchWriter, changed: set[str], reached: IndexPosition, clock: Clock) -> None:
    wanted = affected_by(connection, changed) | writer.linked(changed)
    entries = list(load_entries(connection, sorted(wanted), clock()))
    labels = list(load_labels(connection, sorted(wanted)))
    gone = wanted - {entry.id for entry in entries} - {label.id for label in labels}
    writer.apply(entries, sorted(gone), labels, reached)


def _rebuild(
    connection: Connection,
    writer: SearchWriter,
    state: State,
    clock: Clock,
    tell: Callable[[int, int], None] | None = None,
) -> int:
    ids = listed_ids(connection)
    entries = load_entries(connection, ids, clock())
    told = entries if tell is None else _told(entries, len(ids), tell)
    labels = load_labels(connection, label_ids(connection))
    return writer.rebuild(told, labels, IndexPosition(state.epoch, state.revision, state.confirmations))


def _told(entries: Iterable[Entry], total: int, tell: Callable[[int, int], None]) -> Iterator[Entry]:
    for done, entry in enumerate(entries, start=1):
        yield entry
        tell(done, total)


def reindex(
    database: Database,
    writer: SearchWriter,
    clock: Clock,
    *,
    is_forced: bool = False,
    tell: Callable[[int, int], None] | None = None,
) -> int:
    """Builds the index anew beside the live one; how many credentials it holds.

    Raises StorageError (INDEX_WOULD_SHRINK) where the new one would hold over 20 % less, unless forced.
    """
    with read_snapshot(database, primary=True) as connection:
        before, after = writer.count(), len(listed_ids(connection))
        if not is_forced and before - after > max(FEW, before * LARGEST_LOSS):
            message = (
                f"the index would go from {before} to {after} credentials, which is more than a fifth less; see what was "
                "withdrawn, then run `catalog reindex --force`"
            )
            raise StorageError(message, code="INDEX_WOULD_SHRINK")
        return _rebuild(connection, writer, read_state(connection), clock, tell)


def seconds_behind(database: Database, index: Positioned) -> float | None:
    """How long the index has lacked the first commit that it lacks; None: there is no index of this epoch."""
    with read_snapshot(database) as connection:
        state, position = read_state(connection), index.position()
        if position is None or position.epoch != state.epoch:
            return None
        since = first_after(connection, position.revision)
    return max(0.0, (datetime.now(UTC) - since).total_seconds()) if since else 0.0


@dataclass(frozen=True, slots=True)
class IndexDifference:
    """One way in which the index is not what the database says."""

    thing: str
    what: str


def compare(database: Database, writer: SearchWriter, clock: Clock) -> list[IndexDifference]:
    """Ids and hashes of the index against the database; nothing: they are equal."""
    with read_snapshot(database, primary=True) as connection:
        held, state, position = writer.read(), read_state(connection), writer.position()
        right = {entry.id: entry.facts["hash"] for entry in load_entries(connection, listed_ids(connection), clock())}
        labels = {*label_ids(connection), *right}
    found = [IndexDifference(one, "is missing") for one in sorted(right.keys() - held.hashes.keys())]
    found += [IndexDifference(one, "is not listed any more") for one in sorted(held.hashes.keys() - right.keys())]
    both = right.keys() & held.hashes.keys()
    found += [IndexDifference(one, "is indexed as it was before") for one in sorted(both) if right[one] != held.hashes[one]]
    found += [IndexDifference(one, "cannot be suggested") for one in sorted(labels - held.labels)]
    found += [IndexDifference(one, "is suggested but not listed") for one in sorted(held.labels - labels)]
    if position is None or (position.epoch, position.revision) != (state.epoch, state.revision):
        at = "nowhere" if position is None else f"at revision {position.revision}"
        found.append(IndexDifference("the index", f"is {at}, the catalogue at {state.revision}"))
    return found
