"""What a source states now, to be written out again for editing."""

from typing import Any

from sqlalchemy import Connection, select

from catalog.errors import CatalogError
from catalog.model.bulk import table_of
from catalog.model.source import Source
from catalog.model.tables import StatementRow, ThingRow
from catalog.model.vocabulary import RecordType
from catalog.publishing.existing import load_source_row, source_of

STATEMENT = table_of(StatementRow).c
THING = table_of(ThingRow).c


def known_source(connection: Connection, key: str) -> Source:
    """Raises CatalogError (SOURCE_UNKNOWN)."""
    row = load_source_row(connection, key)
    if row is None:
        raise CatalogError(f"no source has the key {key[:60]!r}", code="SOURCE_UNKNOWN")
    return source_of(row)


def stated_credentials(connection: Connection, source: str) -> list[dict[str, Any]]:
    """The content of its statements about credentials in force, in the order of their refs."""
    query = (
        select(STATEMENT.record, STATEMENT.ref, STATEMENT.confirmed_on)
        .join(table_of(ThingRow), STATEMENT.thing == THING.id)
        .where(
            STATEMENT.source == source,
            STATEMENT.until_commit.is_(None),
            STATEMENT.record.is_not(None),
            THING.type == RecordType.CREDENTIAL,
        )
        .order_by(STATEMENT.ref)
    )
    return [{**row.record, "ref": row.ref, **_confirmed(row.confirmed_on)} for row in connection.execute(query)]


def _confirmed(day: Any) -> dict[str, str]:
    return {"confirmedOn": day.isoformat()} if day else {}
