"""Makes the engines: one that writes, one that only reads."""

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from catalog.errors import StorageError

BUSY_MILLISECONDS = 1_000
"""How long a writer waits for another one before it is told to come back."""
PRIVATE = 0o700  # what needs a referral lies in the file too
SUPPORTED = ("sqlite", "postgresql+psycopg")


@dataclass(frozen=True, slots=True)
class Database:
    """The two engines of one catalogue; `read` may be a replica and can never write."""

    write: Engine
    read: Engine

    def dispose(self) -> None:
        self.write.dispose()
        self.read.dispose()


def is_sqlite(engine: Engine | Connection) -> bool:
    return engine.dialect.name == "sqlite"


def writes_together(database: Database) -> bool:
    """Whether several may write at once, each seen when it commits; else one writer keeps all others out."""
    return not is_sqlite(database.write)


def open_database(url: str, read_url: str | None = None, pool_size: int = 8) -> Database:
    """Opens nothing yet: the first transaction connects. Raises StorageError for a URL of another kind."""
    return Database(_engine(url, pool_size, read_only=False), _engine(read_url or url, pool_size, read_only=True))


def _engine(url: str, pool_size: int, *, read_only: bool) -> Engine:
    try:
        parsed = make_url(url)
    except ArgumentError:
        message = f"CATALOG_DATABASE_URL is no address; begin it with one of {', '.join(SUPPORTED)}"
        raise StorageError(message, code="SETTING_INVALID") from None
    if parsed.drivername not in SUPPORTED:
        raise StorageError(f"CATALOG_DATABASE_URL must start with one of {', '.join(SUPPORTED)}", code="SETTING_INVALID")
    if parsed.drivername == "sqlite":
        return _sqlite_engine(parsed, pool_size, read_only=read_only)
    return create_engine(
        parsed,
        pool_size=pool_size,
        max_overflow=pool_size,
        pool_pre_ping=True,
        hide_parameters=True,
        connect_args={"connect_timeout": 5},
    )


def _sqlite_engine(url: URL, pool_size: int, *, read_only: bool) -> Engine:
    if not url.database or url.database == ":memory:":
        raise StorageError("SQLite needs a file: sqlite:///PATH", code="SETTING_INVALID")
    Path(url.database).parent.mkdir(parents=True, exist_ok=True, mode=PRIVATE)
    engine = create_engine(
        url,
        pool_size=pool_size,
        max_overflow=pool_size,
        hide_parameters=True,
        connect_args={"check_same_thread": False},
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None  # the driver would send no BEGIN before a SELECT: we send our own
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")
        connection.execute(f"PRAGMA query_only={'ON' if read_only else 'OFF'}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")

    return engine
