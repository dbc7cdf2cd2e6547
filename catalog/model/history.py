"""Statements and versions of things, as they are read back."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, func, select

from catalog.model.bulk import chunks, table_of
from catalog.model.merge import Choice, Statement, choices
from catalog.model.tables import ChangeRow, CommitRow, ReferenceRow, RuleReferenceRow, SourceRow, StatementRow, VersionRow
from catalog.model.vocabulary import ChangeKind, SourceKind, SourceQuality

STATEMENT = table_of(StatementRow).c
SOURCE = table_of(SourceRow).c
VERSION = table_of(VersionRow).c
COMMIT = table_of(CommitRow).c
CHANGE = table_of(ChangeRow).c
UNLINKED = frozenset({SourceQuality.MIRROR, SourceQuality.STAGING})


def load_provenance(connection: Connection, things: Iterable[str]) -> dict[str, list[Choice]]:
    """Every value that any source states of each thing, chosen or not."""
    stated: dict[str, list[Statement]] = {}
    for chunk in chunks(dict.fromkeys(things)):
        query = (
            select(STATEMENT.thing, STATEMENT.source, SOURCE.precedence, STATEMENT.record, STATEMENT.confirmed_on)
            .join(table_of(SourceRow), STATEMENT.source == SOURCE.key)
            .where(STATEMENT.thing.in_(chunk), STATEMENT.until_commit.is_(None), STATEMENT.record.is_not(None))
        )
        for row in connection.execute(query):
            one = Statement(row.source, row.precedence, row.record, row.confirmed_on)
            stated.setdefault(row.thing, []).append(one)
    return {thing: choices(own) for thing, own in stated.items()}


def load_last_confirmed(connection: Connection, things: Iterable[str]) -> dict[str, str]:
    """When any source last stated or confirmed each thing: a year, a month or a day, as far as known."""
    found: dict[str, str] = {}
    for chunk in chunks(dict.fromkeys(things)):
        query = select(STATEMENT.thing, STATEMENT.record, STATEMENT.confirmed_on).where(
            STATEMENT.thing.in_(chunk), STATEMENT.until_commit.is_(None), STATEMENT.record.is_not(None)
        )
        for row in connection.execute(query):
            if days := _days(row.record, row.confirmed_on):
                found[row.thing] = max([found.get(row.thing, ""), *days])
    return found


def _days(record: dict[str, Any], confirmed_on: date | None) -> list[str]:
    notes = [note for own in (record.get("sources") or {}).values() for note in own]
    stated = [day for note in notes for day in (note.get("statedOn"), note.get("asOf")) if day]
    return [*stated, *([confirmed_on.isoformat()] if confirmed_on else [])]


def load_sources(connection: Connection, keys: Iterable[str]) -> dict[str, Any]:
    """(key, name, kind, url) of sources by key."""
    query = select(SOURCE.key, SOURCE.name, SOURCE.kind, SOURCE.url).where(SOURCE.key.in_(list(keys)))
    return {row.key: row for row in connection.execute(query)}


def count_statements(connection: Connection, things: Iterable[str]) -> dict[str, int]:
    """How many of these things each source speaks of now, by its key."""
    found: dict[str, int] = {}
    for chunk in chunks(dict.fromkeys(things)):
        query = select(STATEMENT.source, func.count(STATEMENT.thing.distinct()).label("number")).where(
            STATEMENT.thing.in_(chunk), STATEMENT.until_commit.is_(None), STATEMENT.record.is_not(None)
        )
        for row in connection.execute(query.group_by(STATEMENT.source)):
            found[row.source] = found.get(row.source, 0) + row.number
    return found


def address_of(choice: Choice, source_kind: str, source_url: str | None) -> str | None:
    """Where a value was read, else its source. Copies and working copies are no place to send anybody."""
    if choice.note.get("quality") in UNLINKED or source_kind == SourceKind.MIRROR:
        return None
    return choice.note.get("url") or source_url


def load_links(connection: Connection, things: Iterable[str]) -> dict[str, list[tuple[str, str]]]:
    """(path, target) of everything that each thing points at."""
    found: dict[str, list[tuple[str, str]]] = {}
    for chunk in chunks(dict.fromkeys(things)):
        for table in (table_of(ReferenceRow), table_of(RuleReferenceRow)):
            query = select(table.c.thing, table.c.path, table.c.target).where(table.c.thing.in_(chunk))
            for thing, path, target in connection.execute(query):
                found.setdefault(thing, []).append((path, target))
    return found


def load_versions(
    connection: Connection, things: Sequence[str], below: int | None, limit: int
) -> dict[str, list[dict[str, Any]]]:
    """The newest versions of each thing, as the API shows them."""
    found: dict[str, list[dict[str, Any]]] = {}
    for chunk in chunks(dict.fromkeys(things)):
        number = func.row_number().over(partition_by=VERSION.thing, order_by=VERSION.version.desc())
        older = [VERSION.version < below] if below is not None else []
        ranked = (
            select(
                VERSION.thing,
                VERSION.version,
                VERSION.source,
                VERSION.changed_fields,
                COMMIT.revision,
                COMMIT.at,
                number.label("number"),
            )
            .join(table_of(CommitRow), VERSION.commit_id == COMMIT.id)
            .where(VERSION.thing.in_(chunk), *older)
            .subquery()
        )
        query = select(ranked).where(ranked.c.number <= limit).order_by(ranked.c.thing, ranked.c.number)
        for row in connection.execute(query):
            shown = {
                "version": row.version,
                "revision": row.revision,
                "at": row.at.isoformat(),
                "source": row.source,
                "changedFields": row.changed_fields,
            }
            found.setdefault(row.thing, []).append(shown)
    return found


def last_erased(connection: Connection) -> datetime | None:
    """When anything was erased last."""
    query = select(func.max(COMMIT.at)).join(table_of(ChangeRow), CHANGE.commit_id == COMMIT.id)
    moment: datetime | None = connection.scalar(query.where(CHANGE.kind == ChangeKind.ERASED))
    return moment


def count_versions(connection: Connection, things: Iterable[str]) -> dict[str, int]:
    query = (
        select(VERSION.thing, func.count().label("number")).where(VERSION.thing.in_(list(things))).group_by(VERSION.thing)
    )
    return {row.thing: row.number for row in connection.execute(query)}
