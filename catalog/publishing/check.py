"""Compares what is stored with what must follow from it, and names every difference."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, func, select
from sqlmodel import SQLModel

from catalog.db.types import write_json
from catalog.model.bulk import table_of
from catalog.model.state import read_state
from catalog.model.tables import ChangeRow, CommitRow, DocumentRow, StatementRow, ThingRow, VersionRow
from catalog.publishing.derived import OWNED_BY, derived_rows
from catalog.publishing.incoming import content_hash
from catalog.publishing.plan import PlannedThing
from catalog.publishing.planning import plan_things

THING = table_of(ThingRow).c
STATEMENT = table_of(StatementRow).c
VERSION = table_of(VersionRow).c
COMMIT = table_of(CommitRow).c
CHANGE = table_of(ChangeRow).c
VOLATILE = frozenset({"updated_at"})  # when a Document was written does not follow from what it says


@dataclass(frozen=True, slots=True)
class Finding:
    """`mendable`: a rebuild makes it right, since only derived rows are wrong."""

    code: str
    thing: str
    message: str
    mendable: bool = False

    def __str__(self) -> str:
        return f"{self.thing}: {self.code}: {self.message}"


def check(connection: Connection) -> list[Finding]:
    return [*_log(connection), *_statements(connection), *_published(connection)]


def _log(connection: Connection) -> Iterator[Finding]:
    """Revisions run from 1 without gaps, and everything said names a commit that was written."""
    state = read_state(connection)
    count, highest = connection.execute(select(func.count(), func.max(COMMIT.revision))).one()
    if (count, highest or 0) != (state.revision, state.revision):
        message = f"the state is at revision {state.revision}, but there are {count} commits up to {highest}"
        yield Finding("REVISION_GAP", "catalogue", message)
    for row_class, column in ((ChangeRow, "commit_id"), (VersionRow, "commit_id"), (StatementRow, "since_commit")):
        table = table_of(row_class)
        orphans = select(func.count()).select_from(table).where(table.c[column].not_in(select(COMMIT.id)))
        if number := connection.execute(orphans).scalar_one():
            yield Finding("COMMIT_MISSING", "catalogue", f"{number} row(s) of {table.name} name a commit that is not there")


def _statements(connection: Connection) -> Iterator[Finding]:
    """Every statement and version still has the content that was hashed."""
    slugs = {row.id: row.slug for row in connection.execute(select(THING.id, THING.slug))}
    stated = select(STATEMENT.thing, STATEMENT.source, STATEMENT.ref, STATEMENT.record, STATEMENT.hash)
    for row in connection.execute(stated.where(STATEMENT.record.is_not(None))):
        if row.thing not in slugs:
            yield Finding("THING_MISSING", row.thing, f"the statement {row.ref!r} of {row.source} speaks of no thing")
        elif content_hash(write_json(row.record)) != row.hash:
            yield Finding(
                "STATEMENT_ALTERED", slugs[row.thing], f"the statement {row.ref!r} of {row.source} is not what was said"
            )
    versions = (
        select(THING.slug, VERSION.record, THING.record_hash, VERSION.version)
        .join(table_of(VersionRow), (VERSION.thing == THING.id) & (VERSION.version == THING.version))
        .where(VERSION.record.is_not(None))
    )
    for slug, record, digest, version in connection.execute(versions):
        if content_hash(write_json(record)) != digest:
            yield Finding("VERSION_ALTERED", slug, f"version {version} is not what was published")


def _published(connection: Connection) -> Iterator[Finding]:
    """Merging the statements again gives the version in force, and rendering it gives every derived row."""
    things, problems = plan_all(connection)
    for problem in problems:
        yield Finding(problem.code, problem.value or "catalogue", f"{problem.path} {problem.message}".strip())
    if problems:
        return
    for one in things:
        if one.record is None:
            yield Finding("STATEMENT_MISSING", one.slug, "is published, but no source states it")
        elif one.makes_version:
            yield Finding("MERGE_DIFFERS", one.slug, f"what its sources state is not version {one.version - 1}")
    yield from _derived(connection, things)


def plan_all(connection: Connection) -> tuple[list[PlannedThing], list[Any]]:
    """Every active thing as its statements would have it now."""
    active = connection.scalars(select(THING.id).where(THING.state == "ACTIVE").order_by(THING.id)).all()
    return plan_things(connection, None, list(active), {}, {}, {}, keep_idle=True)


def _derived(connection: Connection, things: list[PlannedThing]) -> Iterator[Finding]:
    slugs = {one.id: one.slug for one in things}
    wanted: dict[type[SQLModel], dict[str, set[str]]] = {table: defaultdict(set) for table in OWNED_BY}
    for one in things:
        if one.record is None:
            continue
        for table, rows in derived_rows(one).items():
            wanted[table][one.id] |= {_text(row) for row in rows}
    for table, owner in OWNED_BY.items():
        stored: dict[str, set[str]] = defaultdict(set)
        for row in connection.execute(select(table_of(table))).mappings():
            stored[row[owner]].add(_text(dict(row)))
        for thing in sorted(wanted[table].keys() | stored.keys()):
            if wanted[table].get(thing, set()) != stored.get(thing, set()):
                yield _difference(table, slugs.get(thing, thing), wanted[table].get(thing, set()), stored.get(thing, set()))


def _difference(table: type[SQLModel], slug: str, wanted: set[str], stored: set[str]) -> Finding:
    code = "DOCUMENT_DIFFERS" if table is DocumentRow else "TABLE_DIFFERS"
    message = f"{table_of(table).name}: {len(wanted - stored)} row(s) missing or other, {len(stored - wanted)} too many"
    return Finding(code, slug, message, mendable=True)


def _text(row: dict[str, Any]) -> str:
    return repr(sorted((key, _plain(value)) for key, value in row.items() if key not in VOLATILE))


def _plain(value: Any) -> str:
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else str(value)
