"""Takes one run back: what its source said before is said again, where nothing has been built on it since."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Table, select

from catalog.db.engine import Database
from catalog.db.types import write_json
from catalog.errors import CatalogError, Issue, RecordsRejected, Severity
from catalog.model.bulk import chunks, table_of
from catalog.model.record import Record, parse_record
from catalog.model.state import read_state
from catalog.model.tables import ChangeRow, CommitRow, ReferenceRow, RuleReferenceRow, RunRow, StatementRow, ThingRow
from catalog.model.vocabulary import ChangeKind
from catalog.publishing import existing
from catalog.publishing.apply import Also, Applied, nothing_else, publish
from catalog.publishing.derived import derive
from catalog.publishing.incoming import Incoming
from catalog.publishing.plan import Plan
from catalog.publishing.planning import plan_things, raise_errors
from catalog.publishing.unchanged import unchanged
from catalog.publishing.vocabulary_types import VOCABULARY

STATEMENT = table_of(StatementRow).c
COMMIT = table_of(CommitRow).c
CHANGE = table_of(ChangeRow).c
RUN = table_of(RunRow).c
THING = table_of(ThingRow).c
USES: tuple[Table, ...] = (table_of(ReferenceRow), table_of(RuleReferenceRow))
MOST_NAMED = 50


def roll_back(
    database: Database, run: str, clock: Callable[[], datetime], *, dry_run: bool = False, also: Also = nothing_else
) -> Applied:
    """Closes the statements that the run made and states again those that it ended, as a run of its own.

    Confirmations that it moved stay, since somebody did look. Raises CatalogError (RUN_UNKNOWN) for a run that published
    nothing, and RecordsRejected: RUN_OVERTAKEN with every thing that was changed since, or whatever else forbids it.
    """
    return publish(database, partial(_plan, run=run), clock, str(uuid4()), dry_run=dry_run, also=also)


@dataclass(frozen=True, slots=True)
class _Ended:
    """A statement that the run ended, to be said again."""

    statement: str
    thing: str
    incoming: Incoming


def _plan(connection: Connection, run: str) -> Plan:
    commit = connection.execute(select(COMMIT.id, COMMIT.revision).where(COMMIT.run == run)).first()
    if commit is None:
        raise CatalogError(f"the run {run} changed nothing that could be taken back", code="RUN_UNKNOWN")
    key = connection.execute(select(RUN.source).where(RUN.id == run)).scalar_one()
    changed = _changed_since(connection, _touched(connection, commit.id), commit.revision)
    raise_errors(_overtaken(changed, unchanged(connection, changed, commit.id, key)))
    ended = list(_ended(connection, commit.id))
    made = _made(connection, commit.id, key, {one.thing for one in ended})
    affected = {one.thing for one in made} | {one.thing for one in ended}
    if not affected:
        raise CatalogError(f"the run {run} changed no record that could be taken back", code="RUN_UNKNOWN")
    source = existing.source_of(existing.load_source_row(connection, key) or {})
    again = {one.thing: one.incoming for one in ended}
    closing = {one.id: one.thing for one in made}
    base = read_state(connection).revision
    things, issues = plan_things(connection, source, affected, again, {}, closing)
    raise_errors(issues)
    return Plan(
        base_revision=base,
        source=source,
        new_statements=tuple((one.incoming, one.thing) for one in ended),
        closed_statements=tuple(sorted(closing)),
        things=tuple(things),
        derived=derive(things),
        warnings=tuple(issue for issue in issues if issue.severity is Severity.WARNING),
        records=len(ended),
    )


def _made(connection: Connection, commit: str, source: str, ended: set[str]) -> list[Any]:
    """What the source says now as the run made it say, but for words that the run used first and others use meanwhile."""
    columns = (STATEMENT.id, STATEMENT.thing, THING.type)
    joined = select(*columns).join(table_of(ThingRow), STATEMENT.thing == THING.id)
    by_run = select(STATEMENT.thing).where(STATEMENT.since_commit == commit)
    in_force = (STATEMENT.source == source) & STATEMENT.until_commit.is_(None)
    made = connection.execute(joined.where(in_force, STATEMENT.thing.in_(by_run))).all()
    own = {one.thing for one in made} | ended
    words = {one.thing for one in made if one.type in VOCABULARY} - ended
    used = {thing for table in USES for thing in _used(connection, table, words, own)}
    return [one for one in made if one.thing not in used]


def _used(connection: Connection, table: Table, words: set[str], own: set[str]) -> Iterator[str]:
    """Those of the words to which something else leads."""
    for chunk in chunks(words):
        query = select(table.c.target, table.c.thing).where(table.c.target.in_(chunk))
        yield from (row.target for row in connection.execute(query) if row.thing not in own)


def _touched(connection: Connection, commit: str) -> set[str]:
    """The things of whose statements the run made or ended any."""
    by_run = (STATEMENT.since_commit == commit) | (STATEMENT.until_commit == commit)
    return set(connection.scalars(select(STATEMENT.thing).where(by_run).distinct()))


def _ended(connection: Connection, commit: str) -> Iterable[_Ended]:
    query = (
        select(
            STATEMENT.id,
            STATEMENT.thing,
            STATEMENT.ref,
            STATEMENT.record,
            STATEMENT.hash,
            STATEMENT.confirmed_on,
            THING.type,
        )
        .join(table_of(ThingRow), STATEMENT.thing == THING.id)
        .where(STATEMENT.until_commit == commit)
        .order_by(STATEMENT.ref)
    )
    for row in connection.execute(query):
        record = _parsed(row.record, row.ref)
        incoming = Incoming(
            None, record, record.kind_of_thing, row.ref, row.record, write_json(row.record), row.hash, row.confirmed_on
        )
        yield _Ended(row.id, row.thing, incoming)


def _parsed(content: object, ref: str) -> Record:
    """Raises RecordsRejected for what was erased, and for what today's rules would not take."""
    if content is None:
        message = f"{ref!r} was erased since, and is not published again"
        raise RecordsRejected([Issue("THING_ERASED", message, "ref", ref=ref)])
    parsed = parse_record(content)
    if isinstance(parsed, list):
        raise RecordsRejected(parsed)
    return parsed


def _changed_since(connection: Connection, things: set[str], revision: int) -> dict[str, str]:
    """Those that anybody has changed since, with their slugs."""
    names: dict[str, str] = {}
    content = CHANGE.kind.in_([str(kind) for kind in ChangeKind if kind is not ChangeKind.LIVE])
    for chunk in chunks(things):
        query = (
            select(CHANGE.thing, THING.slug)
            .join(table_of(CommitRow), CHANGE.commit_id == COMMIT.id)
            .join(table_of(ThingRow), CHANGE.thing == THING.id)
            .where(COMMIT.revision > revision, CHANGE.thing.in_(chunk), content)
        )
        names |= {row.thing: row.slug for row in connection.execute(query)}
    return names


def _overtaken(changed: dict[str, str], same: set[str]) -> list[Issue]:
    """One issue for each thing that was changed since and did not come back to what the run had made of it."""
    names = sorted(slug for thing, slug in changed.items() if thing not in same)
    hint = "send a corrected file, or roll the later runs back first: `catalog ingest list` shows them"
    issues = [
        Issue("RUN_OVERTAKEN", f"{slug} was changed since by a later run", value=slug, ref=slug, hint=hint)
        for slug in names[:MOST_NAMED]
    ]
    more = len(names) - len(issues)
    return [*issues, Issue("RUN_OVERTAKEN", f"and {more} more", hint=hint)] if more > 0 else issues
