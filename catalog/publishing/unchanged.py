"""Which things are now as one commit left them, whatever happened to them in between."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, select

from catalog.model.bulk import chunks, table_of
from catalog.model.tables import StatementRow, ThingRow, VersionRow

STATEMENT = table_of(StatementRow).c
THING = table_of(ThingRow).c
VERSION = table_of(VersionRow).c
GONE = "WITHDRAWN"


def unchanged(connection: Connection, things: Iterable[str], commit: str, source: str) -> set[str]:
    """Those whose source says of them, and which are published, as the commit had it."""
    found: set[str] = set()
    for chunk in chunks(things):
        made = _said(connection, source, chunk, STATEMENT.since_commit == commit)
        now = _said(connection, source, chunk, STATEMENT.until_commit.is_(None))
        then, shown = _published_by(connection, chunk, commit), _published_now(connection, chunk)
        found |= {one for one in chunk if made.get(one) == now.get(one) and then.get(one) == shown.get(one)}
    return found


def _said(connection: Connection, source: str, things: list[str], condition: Any) -> dict[str, str]:
    query = select(STATEMENT.thing, STATEMENT.hash).where(STATEMENT.source == source, STATEMENT.thing.in_(things), condition)
    return {row.thing: row.hash for row in connection.execute(query)}


def _published_by(connection: Connection, things: list[str], commit: str) -> dict[str, Any]:
    """The records that the commit published; what it withdrew is not among them."""
    query = select(VERSION.thing, VERSION.record).where(VERSION.commit_id == commit, VERSION.thing.in_(things))
    return {row.thing: row.record for row in connection.execute(query)}


def _published_now(connection: Connection, things: list[str]) -> dict[str, Any]:
    query = (
        select(VERSION.thing, VERSION.record)
        .join(table_of(ThingRow), (VERSION.thing == THING.id) & (VERSION.version == THING.version))
        .where(THING.id.in_(things), THING.state != GONE)
    )
    return {row.thing: row.record for row in connection.execute(query)}
