"""What a source said last of the things that a delivery speaks of."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from sqlalchemy import Connection, select

from catalog.model.bulk import chunks, table_of
from catalog.model.tables import StatementRow, ThingRow
from catalog.model.vocabulary import RecordType
from catalog.publishing.manner import Key

STATEMENT = table_of(StatementRow).c
THING = table_of(ThingRow).c

Before: TypeAlias = Mapping[Key, dict[str, Any]]


def load_before(connection: Connection, source: str, keys: Iterable[Key]) -> dict[Key, dict[str, Any]]:
    """The content of the source's statements in force, by type and ref; it may be of more than was asked for."""
    found: dict[Key, dict[str, Any]] = {}
    for chunk in chunks({ref for _, ref in keys}):
        query = (
            select(THING.type, STATEMENT.ref, STATEMENT.record)
            .join(table_of(ThingRow), STATEMENT.thing == THING.id)
            .where(STATEMENT.source == source, STATEMENT.until_commit.is_(None), STATEMENT.ref.in_(chunk))
        )
        for row in connection.execute(query):
            if row.record is not None:
                found[RecordType(row.type), row.ref] = row.record
    return found
