"""Copies rows of SQLite files to PostgreSQL with COPY."""

import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import Boolean, Table

from bench.normalised import COLUMNS
from catalog.model import tables
from catalog.model.bulk import table_of

READ = (
    *(tables.StateRow, tables.RunRow, tables.SourceRow, tables.BoundaryRow),
    *(tables.InstitutionRow, tables.CampusRow, tables.CredentialRow, tables.CredentialInstitutionRow, tables.OfferingRow),
    tables.DocumentRow,
)
"""What the page reads, and what says whether that has changed; publishing and filters read the rest."""
REFERENCE = Path(__file__).parent / "references" / "postgraphile"


def copy_catalogue(source: Path, target: str) -> None:
    """Into a migrated database at the psycopg address `target`."""
    with _read_only(source) as rows, psycopg.connect(target, autocommit=True) as connection:
        for one in READ:
            _copy_table(rows, connection, table_of(one))
        connection.execute("VACUUM (ANALYZE)")


def _copy_table(rows: sqlite3.Connection, connection: psycopg.Connection[Any], table: Table) -> None:
    """Booleans are 0 and 1 in SQLite, and the one row of the state is there already."""
    columns = [column.name for column in table.columns]
    shown = [
        f"CASE \"{one.name}\" WHEN 1 THEN 't' WHEN 0 THEN 'f' END" if isinstance(one.type, Boolean) else f'"{one.name}"'
        for one in table.columns
    ]
    connection.execute(sql.SQL("TRUNCATE {}").format(sql.Identifier(table.name)))
    _copy(connection, (table.name,), columns, rows.execute(f'SELECT {", ".join(shown)} FROM "{table.name}"'))


def copy_normalised(source: Path, target: str) -> None:
    """The five tables, then their keys and indexes."""
    with _read_only(source) as rows, psycopg.connect(target, autocommit=True) as connection:
        _run(connection, REFERENCE / "schema.sql")
        for table, columns in COLUMNS.items():
            _copy(connection, ("catalogue", table), columns, rows.execute(f"SELECT {', '.join(columns)} FROM {table}"))
        _run(connection, REFERENCE / "constraints.sql")


def _copy(
    connection: psycopg.Connection[Any], table: tuple[str, ...], columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(*table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def _run(connection: psycopg.Connection[Any], file: Path) -> None:
    for statement in file.read_text().split(";\n"):
        if statement.strip():
            connection.execute(statement.encode())


def _read_only(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{path}?mode=ro", uri=True)
