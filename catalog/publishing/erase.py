"""Erases a thing: its text leaves statements, versions and Documents; hashes and a tombstone stay."""

from uuid import uuid4

from sqlalchemy import update

from catalog.db.engine import Database
from catalog.db.transactions import write_transaction
from catalog.errors import Issue, RecordsRejected, Severity
from catalog.model.bulk import delete_where_in, table_of
from catalog.model.state import lock_state
from catalog.model.tables import ChangeRow, StatementRow, ThingRow, VersionRow
from catalog.model.vocabulary import ChangeKind
from catalog.publishing.apply import Clock
from catalog.publishing.commit import Announcement, write_commit
from catalog.publishing.derived import OWNED_BY
from catalog.publishing.drafting import withdrawn
from catalog.publishing.existing import load_things
from catalog.publishing.still_referenced import still_referenced

THING = table_of(ThingRow)
STATEMENT = table_of(StatementRow)
VERSION = table_of(VersionRow)
CHANGE = table_of(ChangeRow)


def erase(database: Database, thing: str, clock: Clock) -> int:
    """The new revision. Raises RecordsRejected for an unknown thing, or while listings stand on it."""
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
        connection.execute(update(STATEMENT).where(STATEMENT.c.thing == thing).values(record=None))
        in_force = (STATEMENT.c.thing == thing) & STATEMENT.c.until_commit.is_(None)
        connection.execute(update(STATEMENT).where(in_force).values(until_commit=commit_id))
        connection.execute(update(VERSION).where(VERSION.c.thing == thing).values(record=None, changed_fields=[]))
        connection.execute(update(CHANGE).where(CHANGE.c.thing == thing).values(slug=None, changed_fields=[]))
        connection.execute(update(THING).where(THING.c.id == thing).values(state="ERASED"))
        for table, owner in OWNED_BY.items():
            delete_where_in(connection, table_of(table).c[owner], [thing])
        change = Announcement(ChangeKind.ERASED, thing, old.type, None, None, old.visibility)
        return write_commit(connection, commit_id, [change], now)
