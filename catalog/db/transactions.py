"""One read snapshot for a request, one short transaction for a write."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, OperationalError

from catalog.db.engine import Database, is_sqlite
from catalog.errors import DeadlineExceeded, StorageError

RETRY_SECONDS = 5
ROW_MILLISECONDS = 500
_CONFLICTS = (psycopg.errors.DeadlockDetected, psycopg.errors.SerializationFailure, psycopg.errors.LockNotAvailable)
PROGRESS_STEPS = 20_000  # SQLite virtual machine steps between looks at the clock


@contextmanager
def read_snapshot(database: Database, deadline: float | None = None, *, primary: bool = False) -> Iterator[Connection]:
    """All reads inside see one state of the database; `primary` is for planning a write, which no replica may answer.

    `deadline` is a time.monotonic() value. Raises DeadlineExceeded when a statement outlives it and StorageError
    (DATABASE_UNREACHABLE) when there is no database.
    """
    try:
        engine = database.write if primary and not is_sqlite(database.write) else database.read
        with engine.connect() as connection:
            if is_sqlite(connection):
                with connection.begin(), _sqlite_deadline(connection, deadline):
                    yield connection
                return
            connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            with connection.begin():
                if deadline is not None:
                    _limit_statements(connection, deadline)
                yield connection
    except DBAPIError as error:
        raise translate(error) from error


@contextmanager
def write_transaction(database: Database) -> Iterator[Connection]:
    """Commits at the end, rolls back on any error.

    Raises StorageError: WRITE_BUSY, with `retry_after_seconds`, when another writer holds the database for longer than a
    second, and WRITE_CONFLICT where two writers waited for each other and this one had to give way.
    """
    try:
        with database.write.begin() as connection:
            yield connection
    except OperationalError as error:
        if isinstance(error.orig, sqlite3.OperationalError) and "locked" in str(error.orig):
            message = f"another writer holds the database; try again in {RETRY_SECONDS} seconds"
            raise StorageError(message, code="WRITE_BUSY", retry_after_seconds=RETRY_SECONDS) from error
        if isinstance(error.orig, _CONFLICTS):
            message = "another writer wrote the same at the same time; try again"
            raise StorageError(message, code="WRITE_CONFLICT", retry_after_seconds=RETRY_SECONDS) from error
        raise


def wait_shortly(connection: Connection) -> None:
    """From here on the transaction waits for nobody's rows longer than a moment: whoever holds what all need must not.

    What it would have waited for is StorageError (WRITE_CONFLICT).
    """
    if not is_sqlite(connection):
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = {ROW_MILLISECONDS}")


def deadline_check(deadline: float, message: str) -> Callable[[], None]:
    """For work between statements: raises DeadlineExceeded after `deadline`, a time.monotonic() value."""

    def check() -> None:
        if time.monotonic() > deadline:
            raise DeadlineExceeded(message)

    return check


@contextmanager
def _sqlite_deadline(connection: Connection, deadline: float | None) -> Iterator[None]:
    raw = connection.connection.driver_connection
    assert isinstance(raw, sqlite3.Connection)
    if deadline is None:
        yield
        return
    raw.set_progress_handler(lambda: int(time.monotonic() > deadline), PROGRESS_STEPS)
    try:
        yield
    finally:
        raw.set_progress_handler(None, 0)


def _limit_statements(connection: Connection, deadline: float) -> None:
    """Limits each statement to the time that is left now; the executor looks at the clock between statements."""
    left = int((deadline - time.monotonic()) * 1000)
    if left <= 0:
        raise DeadlineExceeded("the request took too long")
    connection.exec_driver_sql(f"SET LOCAL statement_timeout = {left}")


def translate(error: DBAPIError) -> Exception:
    original = error.orig
    if isinstance(original, sqlite3.OperationalError) and "interrupted" in str(original):
        return DeadlineExceeded("the request took too long")
    if isinstance(original, psycopg.errors.QueryCanceled):
        return DeadlineExceeded("the request took too long")
    if error.connection_invalidated or isinstance(original, psycopg.OperationalError):
        return StorageError("the database does not answer", code="DATABASE_UNREACHABLE")
    return error
