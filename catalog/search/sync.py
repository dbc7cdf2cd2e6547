"""Keeps the index level with the change log."""

from catalog.db.engine import Database
from catalog.db.transactions import read_snapshot
from catalog.model.changes import Position, read_changes
from catalog.model.state import read_state
from catalog.model.viewer import Everything
from catalog.search.entries import affected_credentials, listed_ids, load_entries
from catalog.search.port import IndexPosition, SearchWriter

BATCH = 1_000


def follow(database: Database, writer: SearchWriter) -> bool:
    """Takes in one batch of changes; whether there was anything to do. An index of another epoch is built anew."""
    with read_snapshot(database) as connection:
        state = read_state(connection)
        position = writer.position()
        if position is None or position.epoch != state.epoch or position.revision > state.revision:
            writer.rebuild(load_entries(connection, listed_ids(connection)), IndexPosition(state.epoch, state.revision))
            return True
        if position.revision == state.revision:
            return False
        changes = read_changes(connection, Position(position.revision, _LAST), BATCH, Everything())
        whole = len(changes) < BATCH
        reached = state.revision if whole else changes[-1].revision - 1
        if reached <= position.revision:  # one commit larger than a batch: take all of it at once
            writer.rebuild(load_entries(connection, listed_ids(connection)), IndexPosition(state.epoch, state.revision))
            return True
        changed = {one.thing for one in changes if one.revision <= reached and one.kind != "LIVE"}
        wanted = changed | affected_credentials(connection, changed)
        entries = list(load_entries(connection, sorted(wanted)))
        gone = wanted - {entry.id for entry in entries}
        writer.apply(entries, sorted(gone), IndexPosition(state.epoch, reached))
        return True


_LAST = 2**31 - 1  # behind every change of a revision


def reindex(database: Database, writer: SearchWriter) -> int:
    """Builds the index anew beside the live one; how many credentials it holds."""
    with read_snapshot(database) as connection:
        state = read_state(connection)
        entries = load_entries(connection, listed_ids(connection))
        return writer.rebuild(entries, IndexPosition(state.epoch, state.revision))
