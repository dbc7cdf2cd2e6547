"""Brings a database to the newest schema, one process at a time however many start at once."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from filelock import FileLock
from sqlalchemy import Connection, Engine, text

from catalog.db.engine import Database, is_sqlite
from catalog.errors import StorageError

FOLDER = Path(__file__).parents[2] / "migrations"
LOCK_NUMBER = 7_281_450_912_203  # PostgreSQL advisory lock of this catalogue's migrations; any number, always the same
LOCK_SECONDS = 120


def migrate(database: Database, target: str = "head", prepare: Callable[[Connection], None] | None = None) -> None:
    """Upgrades or downgrades to `target`. `prepare` runs in the same transaction, for rows that must exist."""
    with _alone(database.write), database.write.begin() as connection:
        if not is_sqlite(connection):
            connection.execute(text(f"SELECT pg_advisory_xact_lock({LOCK_NUMBER})"))
        config = alembic_config(connection)
        current = current_revision(connection)
        if target != "head" and current is not None and _is_older(config, target, current):
            command.downgrade(config, target)
        else:
            command.upgrade(config, target)
        if prepare is not None:
            prepare(connection)


@contextmanager
def _alone(engine: Engine) -> Iterator[None]:
    """SQLite needs a lock beside the file: its own is released between statements that change the schema."""
    if not is_sqlite(engine):
        yield
        return
    with FileLock(f"{engine.url.database}.migrate.lock", timeout=LOCK_SECONDS):
        yield


def alembic_config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["connection"] = connection
    return config


def current_revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def newest_revision() -> str | None:
    return ScriptDirectory(str(FOLDER)).get_current_head()


def _is_older(config: Config, target: str, current: str) -> bool:
    if target == "base":
        return True
    script = ScriptDirectory.from_config(config)
    older = {one.revision for one in script.iterate_revisions(current, "base")}
    return target in older and target != current


def require_newest(connection: Connection) -> None:
    """Raises StorageError (SCHEMA_OUT_OF_DATE) with what to do."""
    found, newest = current_revision(connection), newest_revision()
    if found != newest:
        shown = f"is at {found}" if found else "has no schema yet"
        raise StorageError(f"the database {shown}; run `catalog migrate` to bring it to {newest}", code="SCHEMA_OUT_OF_DATE")
