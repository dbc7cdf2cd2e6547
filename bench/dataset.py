"""The made-up catalogue as SQLite files: 10,000 credentials, and 100,000."""

import shutil
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from bench.moment import clock
from bench.records import SOURCE, records
from catalog.db.engine import open_database
from catalog.db.migrate import migrate
from catalog.model.state import ensure_state
from catalog.publishing.apply import apply_records

CHUNK = 10_000
CHUNKS = 10


@dataclass(frozen=True, slots=True)
class Dataset:
    """`small` holds the first 10,000 credentials of `large`."""

    small: Path
    large: Path


def publish(folder: Path) -> Dataset:
    """Publishes them as a source would, 10,000 at a time."""
    made = Dataset(folder / "small.db", folder / "large.db")
    for number in range(CHUNKS):
        database = open_database(f"sqlite:///{made.large}")
        if number == 0:
            migrate(database, prepare=ensure_state)
        apply_records(database, records(CHUNK, start=number * CHUNK), SOURCE, clock)
        database.dispose()
        if number == 0:
            _fold_log(made.large)
            shutil.copy(made.large, made.small)
    for path in (made.small, made.large):
        _fold_log(path)
    return made


def _fold_log(path: Path) -> None:
    """Moves everything out of the write-ahead log, and gives the planner its statistics."""
    with sqlite3.connect(path) as connection:
        connection.execute("ANALYZE")
        connection.commit()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
