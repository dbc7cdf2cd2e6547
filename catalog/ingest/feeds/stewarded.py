"""Pages about what a community governs: no crawl asks for them, and no feed states them, without its consent."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import Connection, select

from catalog.ingest.addressing import page_key
from catalog.model.bulk import chunks, table_of
from catalog.model.tables import DocumentRow, StatementRow
from catalog.model.vocabulary import RecordType

DOCUMENT = table_of(DocumentRow).c
STATEMENT = table_of(StatementRow).c


@dataclass(frozen=True, slots=True)
class Stewarded:
    """`pages` are keys of `page_key`. `is_stated`: the source speaks of some of it, from before it was governed."""

    pages: frozenset[str] = frozenset()
    is_stated: bool = False

    def holds(self, address: str) -> bool:
        return page_key(address) in self.pages


NOTHING = Stewarded()


def find_stewarded(connection: Connection, source: str) -> Stewarded:
    """What this source has to leave aside: all but what it says itself to be stewarded."""
    addresses = dict(_addresses(connection))
    said = _said(connection, source, addresses)
    own = {thing for thing, record in said.items() if record.get("stewardship")}
    pages = frozenset(page_key(url) for thing, url in addresses.items() if url and thing not in own)
    return Stewarded(pages, is_stated=bool(said.keys() - own) or _speaks_of(connection, source, pages))


def _addresses(connection: Connection) -> list[tuple[str, str | None]]:
    """Stewarded credentials and their addresses."""
    query = select(DOCUMENT.id, DOCUMENT.body).where(
        DOCUMENT.type == RecordType.CREDENTIAL, DOCUMENT.body.contains('"_stewarded":true', autoescape=True)
    )
    documents = ((row.id, orjson.loads(row.body)) for row in connection.execute(query))
    return [(thing, document.get("url")) for thing, document in documents if document.get("_stewarded")]


def _said(connection: Connection, source: str, things: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """By thing, what the source says of it now."""
    found: dict[str, dict[str, Any]] = {}
    for chunk in chunks(things):
        query = select(STATEMENT.thing, STATEMENT.record).where(
            STATEMENT.source == source, STATEMENT.until_commit.is_(None), STATEMENT.thing.in_(chunk)
        )
        found |= {row.thing: row.record or {} for row in connection.execute(query)}
    return found


def _speaks_of(connection: Connection, source: str, pages: frozenset[str]) -> bool:
    """Whether the source states something at one of these addresses, under a name of its own."""
    if not pages:
        return False
    records = connection.scalars(
        select(STATEMENT.record).where(STATEMENT.source == source, STATEMENT.until_commit.is_(None))
    )
    return any(record and record.get("url") and page_key(record["url"]) in pages for record in records)
