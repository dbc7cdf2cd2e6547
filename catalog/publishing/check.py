"""Compares what is stored with what must follow from it, and names every difference."""

from collections.abc import Iterator

from sqlalchemy import Connection, func, select

from catalog.db.types import write_json
from catalog.errors import Issue, Severity
from catalog.model.bulk import table_of
from catalog.model.state import read_state
from catalog.model.tables import ChangeRow, CommitRow, DocumentRow, StatementRow, ThingRow, VersionRow
from catalog.publishing.check_names import Finding, check_names
from catalog.publishing.differences import differences
from catalog.publishing.incoming import content_hash
from catalog.publishing.plan import PlannedThing
from catalog.publishing.planning import plan_things

THING = table_of(ThingRow).c
STATEMENT = table_of(StatementRow).c
VERSION = table_of(VersionRow).c
COMMIT = table_of(CommitRow).c
CHANGE = table_of(ChangeRow).c


def check(connection: Connection) -> list[Finding]:
    return [*_log(connection), *_statements(connection), *check_names(connection), *_published(connection)]


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
        yield Finding(problem.code, problem.ref or problem.value or "catalogue", f"{problem.path} {problem.message}".strip())
    if problems:
        return
    for one in things:
        if one.record is None:
            yield Finding("STATEMENT_MISSING", one.slug, "is published, but no source states it")
        elif one.makes_version:
            yield Finding("MERGE_DIFFERS", one.slug, f"what its sources state is not version {one.version - 1}")
        elif one.old and (one.old.slug, one.old.visibility) != (one.slug, one.visibility):
            yield Finding("THING_ALTERED", one.slug, f"is kept as {one.old.slug} ({one.old.visibility})")
    slugs = {one.id: one.slug for one in things}
    for table, thing, missing, extra in differences(connection, things):
        code = "DOCUMENT_DIFFERS" if table is DocumentRow else "TABLE_DIFFERS"
        message = f"{table_of(table).name}: {missing} row(s) missing or other, {extra} too many"
        yield Finding(code, slugs.get(thing, thing), message, mendable=True)


def plan_all(connection: Connection) -> tuple[list[PlannedThing], list[Issue]]:
    """Every active thing as its statements would have it now."""
    active = connection.scalars(select(THING.id).where(THING.state == "ACTIVE").order_by(THING.id)).all()
    things, issues = plan_things(connection, None, list(active), {}, {}, {}, keep_idle=True)
    return things, [issue for issue in issues if issue.severity is Severity.ERROR]
