"""Erases a thing: its text leaves statements, versions, Documents and files as they came; hashes and a tombstone stay."""

from collections.abc import Iterable
from uuid import uuid4

from sqlalchemy import Connection, delete, update

from catalog.db.engine import Database
from catalog.db.transactions import write_transaction
from catalog.errors import Issue, RecordsRejected, Severity
from catalog.model.arrivals import forget_deliveries_of
from catalog.model.bulk import delete_where_in, table_of
from catalog.model.state import lock_state
from catalog.model.tables import ChangeRow, DocumentRow, DraftRow, StatementRow, ThingRow, VersionRow
from catalog.model.vocabulary import ChangeKind
from catalog.publishing.apply import Clock
from catalog.publishing.commit import Announcement, write_commit
from catalog.publishing.derived import OWNED_BY
from catalog.publishing.drafting import withdrawn
from catalog.publishing.existing import Thing, load_things
from catalog.publishing.shown_through import cap, find_about, find_targets, level_of, stricter
from catalog.publishing.still_referenced import still_referenced

THING = table_of(ThingRow)
STATEMENT = table_of(StatementRow)
VERSION = table_of(VersionRow)
CHANGE = table_of(ChangeRow)
DRAFT = table_of(DraftRow)


def erase(database: Database, thing: str, clock: Clock) -> int:
    """The new revision. Raises RecordsRejected for an unknown thing, or while listings stand on it.

    Of each source that ever stated it, no file that it sent and no report of one is kept: any may hold its text.
    """
    with write_transaction(database) as connection:
        lock_state(connection)
        old = load_things(connection, [thing]).get(thing)
        if old is None or old.state == "ERASED":
            raise RecordsRejected([Issue("REF_UNKNOWN", "no thing has this id", "id", value=thing)])
        draft = withdrawn(old.id, old.type, old)
        held = [one for one in still_referenced(connection, None, {thing: draft}, {}) if one.severity is Severity.ERROR]
        if held:
            raise RecordsRejected(held)
        commit_id, now = str(uuid4()), clock()
        forget_deliveries_of(connection, thing)
        connection.execute(delete(DRAFT).where(DRAFT.c.thing == thing))
        connection.execute(update(STATEMENT).where(STATEMENT.c.thing == thing).values(record=None))
        in_force = (STATEMENT.c.thing == thing) & STATEMENT.c.until_commit.is_(None)
        connection.execute(update(STATEMENT).where(in_force).values(until_commit=commit_id))
        connection.execute(update(VERSION).where(VERSION.c.thing == thing).values(record=None, changed_fields=[]))
        connection.execute(update(CHANGE).where(CHANGE.c.thing == thing).values(slug=None, changed_fields=[]))
        connection.execute(update(THING).where(THING.c.id == thing).values(state="ERASED"))
        about = find_about(connection, [thing])
        for table, owner in OWNED_BY.items():
            delete_where_in(connection, table_of(table).c[owner], [thing])
        changes = [Announcement(ChangeKind.ERASED, thing, old.type, None, None, old.visibility)]
        changes += _hide(connection, load_things(connection, about).values())
        return write_commit(connection, commit_id, changes, now)


def _hide(connection: Connection, things: Iterable[Thing]) -> list[Announcement]:
    """Hides what is about the erased thing and no longer whole, and says so, without its name, to whoever could see it."""
    changes: list[Announcement] = []
    for one in things:
        targets = load_things(connection, find_targets(connection, one.id)).values()
        visibility = stricter(level_of(one), cap(one.type, [level_of(target) for target in targets]))
        if visibility == one.visibility:
            continue
        for table in (THING, table_of(DocumentRow)):
            connection.execute(update(table).where(table.c.id == one.id).values(visibility=str(visibility)))
        connection.execute(update(CHANGE).where(CHANGE.c.thing == one.id).values(slug=None))
        changes.append(
            Announcement(ChangeKind.UPDATED, one.id, one.type, None, one.version, one.visibility, ("visibility",))
        )
    return changes
