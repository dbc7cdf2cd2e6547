"""`python -m bench.references.strawberry_sqlmodel.fill CATALOGUE TARGET` writes the page's data to the five tables."""

import sqlite3
import sys
from itertools import islice
from pathlib import Path

from sqlmodel import SQLModel, create_engine

import bench.references.strawberry_sqlmodel.models  # noqa: F401 - declares the tables
from bench.normalised import COLUMNS, rows

CHUNK = 50_000


def fill(catalogue: Path, target: Path) -> None:
    engine = create_engine(f"sqlite:///{target}")
    SQLModel.metadata.create_all(engine)
    engine.dispose()
    with sqlite3.connect(target) as connection:
        connection.executescript("PRAGMA synchronous=OFF; PRAGMA journal_mode=OFF; PRAGMA cache_size=-1000000")
        found = rows(catalogue)
        while some := list(islice(found, CHUNK)):
            for table, columns in COLUMNS.items():
                statement = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"
                connection.executemany(statement, [row for name, row in some if name == table])
        connection.execute("ANALYZE")


if __name__ == "__main__":
    fill(Path(sys.argv[1]), Path(sys.argv[2]))
