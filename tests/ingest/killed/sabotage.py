"""Broken builds: each does a thing in a transaction of its own that belongs into the run's. The checks must report them."""

import time

from catalog.db.engine import is_sqlite
from catalog.db.transactions import write_transaction
from catalog.ingest import publish, run
from catalog.publishing import commit, writing
from catalog.publishing.derived import derive
from tests.ingest.killed.stepping import clock

SEEN_SECONDS = 0.05
"""So long stands what was committed too early: a reader has the time to see it."""


def split(connection):
    """Ends the transaction here, and begins another one."""
    connection.exec_driver_sql("COMMIT")
    time.sleep(SEEN_SECONDS)
    if is_sqlite(connection):
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def commit_row_first():
    """The commit is numbered and seen before anything of the run is written."""
    numbers = {}
    write_statements, number = writing._write_statements, writing.number_commit

    def early(connection, plan, own, commit_id):
        numbers[commit_id] = number(connection, commit_id, clock(), run=own)
        split(connection)
        write_statements(connection, plan, own, commit_id)

    writing._write_statements = early
    writing.number_commit = lambda _connection, commit_id, _now, **_: numbers[commit_id]


def statements_early():
    """What was said is committed before what follows from it."""
    original = writing._write_statements

    def early(connection, *rest):
        original(connection, *rest)
        split(connection)

    writing._write_statements = early


def half_of_the_documents_early():
    """The derived rows of half the things are seen before those of the others."""
    original = writing.write_derived

    def halved(connection, things, _rows, now):
        middle = len(things) // 2
        for half in (things[:middle], things[middle:]):
            original(connection, half, derive(half), now)
            split(connection)

    writing.write_derived = halved


def number_apart():
    """The revision is taken in a transaction before that of the commit row."""
    original = commit.take_revision

    def apart(connection, now, *, content):
        revision = original(connection, now, content=content)
        split(connection)
        return revision

    commit.take_revision = apart


def staged_after_apply():
    """The file is kept only when all is done."""
    receive, handle, end = run._receive, run.handle, publish.end
    kept, ended = [], []

    def late(arrival, database, clock, handling, own):
        report = handle(arrival, database, clock, handling, own)
        receive(*kept.pop())
        rest, more = ended.pop()
        with write_transaction(database) as connection:
            end(connection, *rest, **more)
        return report

    run._receive = lambda *arguments: kept.append(arguments)
    run.handle = late
    publish.end = lambda _connection, *rest, **more: ended.append((rest, more))


def ended_apart():
    """That a delivery is published is noted when its run is seen already."""
    original = publish.end

    def apart(connection, *rest, **more):
        split(connection)
        original(connection, *rest, **more)

    publish.end = apart


def replaced_later():
    """The new statements are committed while the old ones are still in force."""
    original, update = writing._write_statements, writing.update

    class Nothing:
        closed_statements = ()

        def __init__(self, plan):
            self.source, self.new_statements = plan.source, plan.new_statements

    def apart(connection, plan, own, commit_id):
        original(connection, Nothing(plan), own, commit_id)
        split(connection)
        closed = writing.STATEMENT.c.id.in_(plan.closed_statements)
        connection.execute(update(writing.STATEMENT).where(closed).values(until_commit=commit_id))

    writing._write_statements = apart


SABOTAGES = {
    one.__name__: one
    for one in (
        commit_row_first,
        statements_early,
        half_of_the_documents_early,
        number_apart,
        staged_after_apply,
        ended_apart,
        replaced_later,
    )
}
