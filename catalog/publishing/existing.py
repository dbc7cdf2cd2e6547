"""What the database already holds about the things of a call."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from catalog.model.bulk import chunks, table_of
from catalog.model.merge import Statement
from catalog.model.source import Source
from catalog.model.tables import (
    DocumentRow,
    SourceRow,
    StatementRow,
    ThingIdentifierRow,
    ThingKeyRow,
    ThingRow,
    ThingSlugRow,
    VersionRow,
)
from catalog.model.vocabulary import RecordType, SourceKind
from catalog.publishing.incoming import Incoming

KEY = table_of(ThingKeyRow).c
THING = table_of(ThingRow).c
SLUG = table_of(ThingSlugRow).c
IDENTIFIER = table_of(ThingIdentifierRow).c
STATEMENT = table_of(StatementRow).c
SOURCE = table_of(SourceRow)
VERSION = table_of(VersionRow).c
DOCUMENT = table_of(DocumentRow).c


@dataclass(frozen=True, slots=True)
class Said:
    """A statement in force of the call's own source."""

    id: str
    thing: str
    hash: str
    confirmed_on: date | None


@dataclass(frozen=True, slots=True)
class Thing:
    id: str
    type: RecordType
    slug: str
    state: str
    version: int
    record_hash: str
    visibility: str


def load_said(connection: Connection, source: str, refs: Iterable[str] | None) -> dict[tuple[RecordType, str], Said]:
    """The source's statements in force by (type, ref); all of them when `refs` is None."""
    query = (
        select(STATEMENT.id, STATEMENT.thing, STATEMENT.ref, STATEMENT.hash, STATEMENT.confirmed_on, THING.type)
        .join(table_of(ThingRow), STATEMENT.thing == THING.id)
        .where(STATEMENT.source == source, STATEMENT.until_commit.is_(None))
    )
    queries = [query] if refs is None else [query.where(STATEMENT.ref.in_(chunk)) for chunk in chunks(refs)]
    return {
        (RecordType(row.type), row.ref): Said(row.id, row.thing, row.hash, row.confirmed_on)
        for one in queries
        for row in connection.execute(one)
    }


def load_own(connection: Connection, source: str, things: Iterable[str]) -> dict[str, dict[str, tuple[RecordType, str]]]:
    """The source's statements in force of these things: ids with their (type, ref), by thing."""
    found: dict[str, dict[str, tuple[RecordType, str]]] = {}
    for chunk in chunks(things):
        query = (
            select(STATEMENT.id, STATEMENT.thing, STATEMENT.ref, THING.type)
            .join(table_of(ThingRow), STATEMENT.thing == THING.id)
            .where(STATEMENT.source == source, STATEMENT.until_commit.is_(None), STATEMENT.thing.in_(chunk))
        )
        for row in connection.execute(query):
            found.setdefault(row.thing, {})[row.id] = (RecordType(row.type), row.ref)
    return found


def load_keys(connection: Connection, source: str, refs: Iterable[str]) -> dict[tuple[RecordType, str], str]:
    found: dict[tuple[RecordType, str], str] = {}
    for chunk in chunks(refs):
        query = select(KEY.type, KEY.ref, KEY.thing).where(KEY.source == source, KEY.ref.in_(chunk))
        found |= {(RecordType(row.type), row.ref): row.thing for row in connection.execute(query)}
    return found


def load_identified(connection: Connection, incoming: Iterable[Incoming]) -> dict[tuple[RecordType, str, str], str]:
    """Things by (type, scheme, value) for the identifiers that the call states."""
    values = {one.value for item in incoming for one in item.record.identifiers or ()}
    found: dict[tuple[RecordType, str, str], str] = {}
    for chunk in chunks(values):
        query = select(table_of(ThingIdentifierRow)).where(IDENTIFIER.value.in_(chunk))
        found |= {(RecordType(row.type), row.scheme, row.value): row.thing for row in connection.execute(query)}
    return found


def load_slugs(connection: Connection, slugs: Iterable[str]) -> dict[tuple[RecordType, str], str]:
    found: dict[tuple[RecordType, str], str] = {}
    for chunk in chunks(dict.fromkeys(slugs)):
        query = select(SLUG.type, SLUG.slug, SLUG.thing).where(SLUG.slug.in_(chunk))
        found |= {(RecordType(row.type), row.slug): row.thing for row in connection.execute(query)}
    return found


def load_things(connection: Connection, ids: Iterable[str]) -> dict[str, Thing]:
    found: dict[str, Thing] = {}
    for chunk in chunks(dict.fromkeys(ids)):
        for row in connection.execute(select(table_of(ThingRow)).where(THING.id.in_(chunk))):
            found[row.id] = Thing(
                row.id, RecordType(row.type), row.slug, row.state, row.version, row.record_hash, row.visibility
            )
    return found


def load_statements(
    connection: Connection, things: Iterable[str], source: Source | None, without: set[str]
) -> dict[str, list[Statement]]:
    """The statements in force, except those with the ids in `without`; `source` is believed as it is declared now."""
    found: dict[str, list[Statement]] = {}
    for chunk in chunks(things):
        query = (
            select(
                STATEMENT.id,
                STATEMENT.thing,
                STATEMENT.source,
                STATEMENT.record,
                STATEMENT.confirmed_on,
                SOURCE.c.precedence,
                SOURCE.c.kind,
            )
            .join(SOURCE, STATEMENT.source == SOURCE.c.key)
            .where(STATEMENT.thing.in_(chunk), STATEMENT.until_commit.is_(None))
            .order_by(STATEMENT.source, STATEMENT.ref)
        )
        for row in connection.execute(query):
            if row.id not in without:
                rank = source.rank if source and row.source == source.key else row.precedence
                statement = Statement(row.source, rank, row.record, row.confirmed_on, row.kind == SourceKind.PROVIDER)
                found.setdefault(row.thing, []).append(statement)
    return found


def load_published(connection: Connection, things: Iterable[str]) -> dict[str, dict[str, Any]]:
    """The merged content of the newest version of each thing."""
    found: dict[str, dict[str, Any]] = {}
    for chunk in chunks(things):
        query = (
            select(VERSION.thing, VERSION.record)
            .join(table_of(ThingRow), (VERSION.thing == THING.id) & (VERSION.version == THING.version))
            .where(VERSION.thing.in_(chunk), VERSION.record.is_not(None))
        )
        found |= {row.thing: row.record for row in connection.execute(query)}
    return found


def load_bodies(connection: Connection, things: Iterable[str]) -> dict[str, str]:
    """The rendered Documents, as text."""
    found: dict[str, str] = {}
    for chunk in chunks(things):
        query = select(DOCUMENT.id, DOCUMENT.body).where(DOCUMENT.id.in_(chunk))
        found |= {row.id: row.body for row in connection.execute(query)}
    return found


def load_sources(connection: Connection) -> dict[str, str | None]:
    """The default time zone of every source."""
    query = select(SOURCE.c.key, SOURCE.c.default_time_zone)
    return {row.key: row.default_time_zone for row in connection.execute(query)}


def source_row(source: Source) -> dict[str, Any]:
    expected = source.expected
    return {
        "key": source.key,
        "name": source.name,
        "kind": str(source.kind),
        "owner": source.owner,
        "url": source.url,
        "precedence": source.rank,
        "complete": source.complete,
        "expected_min": expected.min if expected else None,
        "expected_max": expected.max if expected else None,
        "default_time_zone": source.default_time_zone,
        "language": source.language,
    }


def load_source_row(connection: Connection, key: str) -> dict[str, Any] | None:
    row = connection.execute(select(SOURCE).where(SOURCE.c.key == key)).mappings().one_or_none()
    return dict(row) if row else None


def source_of(row: Mapping[str, Any]) -> Source:
    """The declaration that a row of the table of sources holds."""
    bounds = {"min": row["expected_min"], "max": row["expected_max"]}
    return Source.model_validate(
        {
            "key": row["key"],
            "name": row["name"],
            "kind": row["kind"],
            "owner": row["owner"],
            "url": row["url"],
            "precedence": row["precedence"],
            "complete": row["complete"],
            "expected": bounds if any(one is not None for one in bounds.values()) else None,
            "defaultTimeZone": row["default_time_zone"],
            "language": row["language"],
        },
        strict=False,
    )
