"""The list of operations that may be asked where a catalogue answers only listed ones."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from catalog.model.bulk import delete_where_in, table_of, upsert_rows
from catalog.model.tables import OperationRow

OPERATION = table_of(OperationRow).c


@dataclass(frozen=True, slots=True)
class Listed:
    """A document by the SHA-256 of its text; `name` is that of its one operation."""

    hash: str
    name: str | None
    text: str


def load_operations(connection: Connection) -> list[Listed]:
    query = select(OPERATION.hash, OPERATION.name, OPERATION.text).order_by(OPERATION.name, OPERATION.hash)
    return [Listed(*row) for row in connection.execute(query)]


def add_operations(connection: Connection, operations: Iterable[Listed], now: datetime) -> int:
    """How many were not listed before."""
    known = {one.hash for one in load_operations(connection)}
    new = [one for one in operations if one.hash not in known]
    rows = [{"hash": one.hash, "name": one.name, "text": one.text, "added_at": now} for one in new]
    upsert_rows(connection, OperationRow, rows)
    return len(new)


def remove_operations(connection: Connection, hashes: Iterable[str]) -> None:
    delete_where_in(connection, OPERATION.hash, hashes)
