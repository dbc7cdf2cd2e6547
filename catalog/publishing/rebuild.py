"""Makes every derived row anew from the statements, without making versions."""

from uuid import uuid4

from sqlalchemy import delete, select

from catalog.db.engine import Database
from catalog.db.transactions import write_transaction
from catalog.errors import RecordsRejected
from catalog.model.bulk import table_of
from catalog.model.state import lock_state
from catalog.model.tables import ThingRow
from catalog.publishing.apply import Clock
from catalog.publishing.check import plan_all
from catalog.publishing.commit import write_commit
from catalog.publishing.derived import OWNED_BY, derive, write_derived
from catalog.publishing.differences import differences
from catalog.publishing.writing import announcements

THING = table_of(ThingRow).c


def rebuild(database: Database, clock: Clock) -> int:
    """How many things had rows that differed; they are announced as changes, and nothing else is touched.

    Raises RecordsRejected when statements conflict.
    """
    with write_transaction(database) as connection:
        lock_state(connection)
        things, problems = plan_all(connection)
        if problems:
            raise RecordsRejected(problems)
        kept = {one.id: one for one in things if one.record is not None and not one.makes_version}
        wrong = {thing for _, thing, _, _ in differences(connection, things)}
        mended = [kept[thing] for thing in sorted(wrong & kept.keys())]
        orphans = 0
        known = select(THING.id).where(THING.state != "ERASED").scalar_subquery()
        for table, owner in OWNED_BY.items():
            gone = connection.execute(delete(table_of(table)).where(table_of(table).c[owner].not_in(known)))
            orphans += gone.rowcount
        if mended or orphans:  # whoever keeps answers hears of it
            now, commit_id = clock(), str(uuid4())
            write_derived(connection, mended, derive(mended), now)
            write_commit(connection, commit_id, announcements(mended), now)
        return len(mended)
