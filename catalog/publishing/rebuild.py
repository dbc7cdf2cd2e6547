"""Makes every derived row anew from the statements, without making versions."""

from uuid import uuid4

from sqlalchemy import select

from catalog.db.engine import Database
from catalog.db.transactions import write_transaction
from catalog.db.types import write_json
from catalog.errors import RecordsRejected
from catalog.model.bulk import delete_where_in, insert_rows, table_of
from catalog.model.state import lock_state, take_revision
from catalog.model.tables import CommitRow, ThingRow
from catalog.publishing.apply import Clock
from catalog.publishing.check import plan_all
from catalog.publishing.derived import OWNED_BY, derive, write_derived
from catalog.publishing.existing import load_bodies
from catalog.publishing.writing import write_changes

THING = table_of(ThingRow).c


def rebuild(database: Database, clock: Clock) -> int:
    """How many Documents came out otherwise; they are announced as changes.

    Raises RecordsRejected when statements conflict.
    """
    with write_transaction(database) as connection:
        lock_state(connection)
        things, problems = plan_all(connection)
        if problems:
            raise RecordsRejected(problems)
        kept = [one for one in things if one.record is not None and not one.makes_version]
        bodies = load_bodies(connection, [one.id for one in kept])
        changed = [one for one in kept if bodies.get(one.id) != write_json(one.document())]
        gone = connection.scalars(select(THING.id).where(THING.state != "ACTIVE")).all()
        for table, owner in OWNED_BY.items():
            delete_where_in(connection, table_of(table).c[owner], gone)
        now = clock()
        write_derived(connection, kept, derive(kept), now)
        if changed:
            commit_id = str(uuid4())
            write_changes(connection, changed, commit_id)
            revision = take_revision(connection, now, content=True)
            insert_rows(connection, CommitRow, [{"id": commit_id, "revision": revision, "at": now, "run": None}])
        return len(changed)
