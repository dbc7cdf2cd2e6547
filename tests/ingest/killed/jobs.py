"""What the forks of the nursery do: each opens the database itself, and gives back what JSON can say."""

import traceback
from contextlib import contextmanager

from sqlalchemy import select

from catalog.db.engine import open_database
from catalog.db.transactions import read_snapshot
from catalog.ingest.deciding import release_run
from catalog.model.bulk import table_of
from catalog.model.tables import SubmissionRow
from tests.ingest.killed import following
from tests.ingest.killed.canonical import digests
from tests.ingest.killed.deliveries import name_of
from tests.ingest.killed.failpoints import POINTS, Trap, set_trap, set_trap_at_statement
from tests.ingest.killed.invariants import violations
from tests.ingest.killed.sabotage import SABOTAGES
from tests.ingest.killed.stepping import clock, steps_of, take_step, take_step_again
from tests.ingest.killed.stored import Stored
from tests.ingest.killed.ways import PLAIN, WAYS

SUBMISSION = table_of(SubmissionRow).c
MOST_BYTES = 1_000_000


@contextmanager
def opened(url, way=PLAIN, sabotage=None):
    WAYS[way].prepare()
    if sabotage:
        SABOTAGES[sabotage]()
    database = open_database(url, pool_size=2)
    try:
        yield database
    finally:
        database.dispose()


def write(url, source, way=PLAIN, last=None, sabotage=None, point=None, statement=None, at=None):
    """Takes steps from where the source is to the step `last`, or for ever; is killed at a point of the step `at`."""
    with opened(url, way, sabotage) as database:
        trap = Trap(at)
        if point:
            set_trap(POINTS[point], database, trap)
        if statement:
            set_trap_at_statement(statement, database, trap)
        with read_snapshot(database) as connection:
            step = steps_of(connection, source)
        while step != last:
            step += 1
            trap.begin(step)
            take_step(database, source, step)


def look(url, sources, way=PLAIN):
    """What is there, and what must not be."""
    with opened(url, way) as database, read_snapshot(database) as connection:
        return _seen(connection, sources)


def _seen(connection, sources):
    stored = Stored(connection)
    return {
        "violations": list(violations(stored)),
        "steps": {one: len(stored.runs_of(one)) for one in sources},
        "digests": {one: digests(stored, one) for one in sources},
        "received": sorted(one["name"] for one in stored.rows("submission") if one["state"] == "RECEIVED"),
    }


def recover(url, source, step, order, way=PLAIN):
    """Looks; then brings the step to its end by `order`, send or release one after another; looks again."""
    with opened(url, way) as database:
        with read_snapshot(database) as connection:
            first = _seen(connection, [source])
        done = {f"{number} {act}": _tried(database, source, step, act) for number, act in enumerate(order, start=1)}
        with read_snapshot(database) as connection:
            return {"first": first, "done": done, "last": _seen(connection, [source])}


def _tried(database, source, step, act):
    """What came of it; what a broken build leaves behind may not be taken up again at all."""
    try:
        return _act(database, source, step, act)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is told
        traceback.print_exc()
        return f"{type(error).__name__}: {error}"


def _act(database, source, step, act):
    if act == "send":
        return take_step_again(database, source, step)
    waiting = select(SUBMISSION.id).where(SUBMISSION.state == "RECEIVED", SUBMISSION.name == name_of(source, step))
    with read_snapshot(database) as connection:
        runs = connection.scalars(waiting).all()
    reports = [release_run(database, run, clock, may_break=False, most_bytes=MOST_BYTES) for run in runs]
    return ",".join(str(one.state) for one in reports) or None


def undisturbed(url, source, last, way=PLAIN):
    """The digests after each step, of none to the last one."""
    with opened(url, way) as database:
        found = []
        for step in range(last + 1):
            if step:
                take_step(database, source, step)
            with read_snapshot(database) as connection:
                found.append(digests(Stored(connection), source))
        return found


def follow(url, sources, stop):
    with opened(url) as database:
        return following.follow(database, sources, stop)


JOBS = {one.__name__: one for one in (write, look, recover, undisturbed, follow)}
