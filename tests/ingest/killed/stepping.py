"""Takes steps against a database, from where its source is."""

from datetime import UTC, datetime

from sqlalchemy import func, select

from catalog.db.transactions import read_snapshot
from catalog.errors import CatalogError, StorageError
from catalog.ingest.arrival import Arrival
from catalog.ingest.deciding import roll_back_run
from catalog.ingest.run import ingest
from catalog.model.bulk import table_of
from catalog.model.tables import CommitRow, RunRow
from tests.ingest.killed.deliveries import delivery, is_rollback, name_of

COMMIT = table_of(CommitRow).c
RUN = table_of(RunRow).c
MOST_TRIES = 60
"""A second each: so long another writer may hold the database."""


def clock():
    return datetime.now(UTC)


def steps_of(connection, source):
    """How many steps of the source are published."""
    runs = select(RUN.id).where(RUN.source == source)
    return connection.execute(select(func.count()).where(COMMIT.run.in_(runs))).scalar_one()


def last_run(connection, source):
    runs = select(RUN.id).where(RUN.source == source)
    return connection.scalar(select(COMMIT.run).where(COMMIT.run.in_(runs)).order_by(COMMIT.revision.desc()).limit(1))


def take_step(database, source, step):
    """What came of it. Raises AssertionError for anything but a published or unchanged file."""
    for _ in range(MOST_TRIES):
        try:
            return _take_back(database, source) if is_rollback(step) else _send(database, source, step)
        except StorageError as error:
            if error.code not in ("WRITE_BUSY", "WRITE_CONFLICT"):
                raise
    raise AssertionError("never got through")


def take_step_again(database, source, step):
    """As whoever does not know whether it was done."""
    with read_snapshot(database) as connection:
        done = steps_of(connection, source) >= step
    if not (done and is_rollback(step)):
        return take_step(database, source, step)
    try:
        roll_back_run(database, _rolled_back(database, source), clock)
    except CatalogError as error:
        return "UNCHANGED" if error.code == "RUN_ENDED" else error.code
    return "ROLLED_BACK_AGAIN"


def _send(database, source, step):
    report = ingest(Arrival(name_of(source, step), delivery(source, step)), database, clock)
    assert not report.is_refused, report.issues
    return str(report.state)


def _take_back(database, source):
    with read_snapshot(database) as connection:
        run = last_run(connection, source)
    assert roll_back_run(database, run, clock).revision is not None
    return "PUBLISHED"


def _rolled_back(database, source):
    """The run before the last one."""
    runs = select(RUN.id).where(RUN.source == source)
    query = select(COMMIT.run).where(COMMIT.run.in_(runs)).order_by(COMMIT.revision.desc()).limit(2)
    with read_snapshot(database) as connection:
        return connection.scalars(query).all()[1]
