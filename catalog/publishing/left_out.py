"""What a source said and a whole delivery of it leaves out."""

from collections.abc import Container, Iterator

from sqlalchemy import Connection, select

from catalog.model.bulk import CHUNK, table_of
from catalog.model.tables import StatementRow, ThingRow
from catalog.model.vocabulary import RecordType
from catalog.publishing.manner import Key
from catalog.publishing.vocabulary_types import VOCABULARY

STATEMENT = table_of(StatementRow).c
THING = table_of(ThingRow).c


def left_out(connection: Connection, source: str, present: Container[Key]) -> list[Key]:
    """Codes of a vocabulary are not listings: absence never withdraws them."""
    return [key for key in _said(connection, source) if key not in present and key[0] not in VOCABULARY]


def _said(connection: Connection, source: str) -> Iterator[Key]:
    """What the source says now, a page of refs at a time."""
    last: tuple[str, str] | None = None
    while True:
        query = (
            select(STATEMENT.id, STATEMENT.ref, THING.type)
            .join(table_of(ThingRow), STATEMENT.thing == THING.id)
            .where(STATEMENT.source == source, STATEMENT.until_commit.is_(None))
            .order_by(STATEMENT.ref, STATEMENT.id)
            .limit(CHUNK)
        )
        if last is not None:
            query = query.where((STATEMENT.ref > last[0]) | ((STATEMENT.ref == last[0]) & (STATEMENT.id > last[1])))
        rows = connection.execute(query).all()
        yield from ((RecordType(row.type), row.ref) for row in rows)
        if len(rows) < CHUNK:
            return
        last = rows[-1].ref, rows[-1].id
