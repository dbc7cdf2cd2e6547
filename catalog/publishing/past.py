"""The catalogue as it was: what has changed since is rendered again from the versions of then, in a database in memory.

Names lead where they lead today. A source's confirmations are kept with their newest day only: one that is newer than the
moment counts as given on the day when the statement was made.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Engine, and_, case, create_engine, func, or_, select
from sqlalchemy.pool import NullPool
from sqlalchemy.schema import CreateIndex, CreateTable
from sqlmodel import SQLModel

from catalog.db.types import write_json
from catalog.model.bulk import RowsByTable, chunks, insert_rows, table_of
from catalog.model.collecting import without_collecting
from catalog.model.links import LinkKey
from catalog.model.merge import Statement
from catalog.model.record import parse_record
from catalog.model.tables import (
    AwardCoverRow,
    ChangeRow,
    CommitRow,
    DocumentRow,
    FundingDesignationRow,
    MenuItemRow,
    PathwayItemRow,
    PathwayRow,
    SeatEventRow,
    SourceRow,
    StatementRow,
    ThingRow,
    ThingSlugRow,
    VersionRow,
)
from catalog.model.vocabulary import ChangeKind, RecordType, SourceKind
from catalog.publishing.assembling import load_contexts
from catalog.publishing.derived import OF_TYPE, OWNED_BY, derive
from catalog.publishing.drafting import Draft
from catalog.publishing.incoming import content_hash
from catalog.publishing.plan import PlannedThing
from catalog.publishing.resolve import Candidate, resolve

CHANGE, COMMIT, VERSION = table_of(ChangeRow).c, table_of(CommitRow).c, table_of(VersionRow).c
THING = table_of(ThingRow).c
STATEMENT, SOURCE, SEAT = table_of(StatementRow).c, table_of(SourceRow).c, table_of(SeatEventRow).c
Owners = dict[type[SQLModel], str]
COVERS: tuple[tuple[type[SQLModel], str, str], ...] = (
    (AwardCoverRow, "award", "credential"),
    (FundingDesignationRow, "program", "credential"),
    (PathwayItemRow, "pathway", "credential"),
    (PathwayRow, "id", "award"),
    (MenuItemRow, "menu", "credential"),
)
"""Tables of other things that say something of credentials: owner and credential."""
OF_CREDENTIALS: Owners = OF_TYPE[RecordType.CREDENTIAL] | {DocumentRow: "id"}
OF_OTHERS: Owners = {ThingSlugRow: "thing", DocumentRow: "id"}
for _kind, _tables in OF_TYPE.items():
    OF_OTHERS |= {} if _kind is RecordType.CREDENTIAL else _tables
TABLES: tuple[type[SQLModel], ...] = (*OWNED_BY, ThingSlugRow, SeatEventRow, StatementRow)
NOBODY = "00000000-0000-0000-0000-000000000000"
"""Where a name leads that leads nowhere today."""


@dataclass(frozen=True, slots=True)
class Past:
    """`connection` reads a database that has every thing but credentials, and of these the `differing` ones.

    Those are the credentials of which anything has changed since, also those that were not there then.
    """

    connection: Connection
    differing: frozenset[str]


@contextmanager
def open_past(
    connection: Connection, moment: datetime, check: Callable[[], None] = lambda: None, also: Iterable[str] = ()
) -> Iterator[Past | None]:
    """None where nothing has changed since. `check` is called between steps and may end it.

    `also` are credentials of which something has changed that no change tells of: confirmations.
    """
    changed, confirmed = _find_changed(connection, moment), set(also)
    if not (changed or confirmed):
        yield None
        return
    with _memory().connect() as memory:
        for statement in _tables_and_indexes():
            memory.exec_driver_sql(statement)
        with without_collecting(len(changed) + len(confirmed)):
            differing = _fill(connection, memory, changed, confirmed, moment, check)
        yield Past(memory, differing)


@cache
def _memory() -> Engine:
    """Every connection is an empty database of its own; of one engine, since that keeps what it has compiled."""
    return create_engine("sqlite://", poolclass=NullPool)


@cache
def _tables_and_indexes() -> tuple[str, ...]:
    """The statements that make them: to compile them anew took a sixth of the time of a question about the past."""
    made: list[CreateTable | CreateIndex] = []
    for table in map(table_of, TABLES):
        made += [CreateTable(table), *map(CreateIndex, table.indexes)]
    return tuple(str(one.compile(_memory())) for one in made)


def _fill(
    connection: Connection,
    memory: Connection,
    changed: Mapping[str, RecordType],
    confirmed: set[str],
    moment: datetime,
    check: Callable[[], None],
) -> frozenset[str]:
    """The credentials that differ, or may."""
    rows = derive(_load_things(connection, changed, moment, check))
    credentials = {one for one, kind in changed.items() if kind is RecordType.CREDENTIAL}
    touched = (_find_touched(connection, changed, rows) | confirmed) - credentials
    for table, own in rows.items():
        stamp = {"updated_at": moment} if table is DocumentRow else {}
        insert_rows(memory, table, [row | stamp for row in own])
    check()
    _copy_others(connection, memory, changed)
    _copy_credentials(connection, memory, touched)
    check()
    differing = frozenset(credentials | touched)
    _copy_seats(connection, memory, differing, moment)
    _copy_confirmations(connection, memory, differing, moment)
    return differing


def _find_changed(connection: Connection, moment: datetime) -> dict[str, RecordType]:
    query = select(CHANGE.thing, CHANGE.type).join(table_of(CommitRow), CHANGE.commit_id == COMMIT.id)
    rows = connection.execute(query.where(COMMIT.at > moment).distinct())
    return {row.thing: RecordType(row.type) for row in rows}


def _load_things(
    connection: Connection, changed: Mapping[str, RecordType], moment: datetime, check: Callable[[], None]
) -> Iterator[PlannedThing]:
    """Those that were there then."""
    drafts: dict[str, Draft] = {}
    versions: dict[str, int] = {}
    for chunk in chunks(changed):
        check()
        stated = _load_statements(connection, chunk, moment)
        for row in _load_versions(connection, chunk, moment):
            versions[row.thing] = row.version
            drafts[row.thing] = _draft(changed[row.thing], row, stated.get(row.thing, []))
    candidates = [Candidate(one.id, one.type, one.slug, None, one.record) for one in drafts.values()]
    resolved = resolve(connection, candidates)
    links, contexts = load_contexts(connection, None, drafts, replace(resolved, targets=_Targets(resolved.targets)))
    check()
    for one in drafts.values():
        yield PlannedThing(
            id=one.id,
            type=one.type,
            slug=one.slug,
            old=None,
            version=versions[one.id],
            record=one.record,
            text=one.text,
            record_hash=one.hash,
            links=links[one.id],
            context=contexts[one.id],
            kind=None,
            makes_version=False,
            changed_fields=(),
        )


class _Targets(dict[LinkKey, str]):
    """What leads nowhere any more leads to nothing that could be shown."""

    def __missing__(self, key: LinkKey) -> str:
        return NOBODY


def _load_versions(connection: Connection, things: Sequence[str], moment: datetime) -> Sequence[Any]:
    """(thing, slug, version, record): the version in force then of those that were neither withdrawn nor erased."""
    ended = CHANGE.kind.in_([ChangeKind.WITHDRAWN, ChangeKind.ERASED])
    last = (
        select(
            CHANGE.thing,
            func.max(CHANGE.version).label("version"),
            func.max(case((ended, COMMIT.revision), else_=0)).label("ended"),
            func.max(case((ended, 0), else_=COMMIT.revision)).label("stated"),
        )
        .join(table_of(CommitRow), CHANGE.commit_id == COMMIT.id)
        .where(CHANGE.thing.in_(things), COMMIT.at <= moment)
        .group_by(CHANGE.thing)
        .subquery()
    )
    same = and_(VERSION.thing == last.c.thing, VERSION.version == last.c.version)
    query = select(VERSION.thing, THING.slug, VERSION.version, VERSION.record).join(last, same)
    was_there = (last.c.stated > last.c.ended, VERSION.record.is_not(None))
    return connection.execute(query.join(table_of(ThingRow), THING.id == VERSION.thing).where(*was_there)).all()


def _load_statements(connection: Connection, things: Sequence[str], moment: datetime) -> dict[str, list[Statement]]:
    """Those in force then."""
    found: dict[str, list[Statement]] = {}
    columns = (STATEMENT.thing, STATEMENT.source, STATEMENT.record, SOURCE.precedence, SOURCE.kind)
    query = select(*columns).join(table_of(SourceRow), STATEMENT.source == SOURCE.key)
    in_force = query.where(STATEMENT.thing.in_(things), *_in_force(moment))
    for row in connection.execute(in_force.order_by(STATEMENT.source, STATEMENT.ref)):
        own = Statement(row.source, row.precedence, row.record, None, row.kind == SourceKind.PROVIDER)
        found.setdefault(row.thing, []).append(own)
    return found


def _in_force(moment: datetime) -> tuple[Any, ...]:
    before = select(COMMIT.id).where(COMMIT.at <= moment)
    ended = or_(STATEMENT.until_commit.is_(None), STATEMENT.until_commit.not_in(before))
    return STATEMENT.since_commit.in_(before), ended, STATEMENT.record.is_not(None)


def _draft(kind: RecordType, row: Any, stated: Sequence[Statement]) -> Draft:
    record = parse_record(row.record, None, merged=True)
    assert not isinstance(record, list), f"version {row.version} of {row.thing} was published"
    text = write_json(row.record)
    slug = record.slug or row.slug
    return Draft(row.thing, kind, None, None, tuple(stated), record, row.record, text, content_hash(text), slug)


def _find_touched(connection: Connection, changed: Mapping[str, RecordType], rows: RowsByTable) -> set[str]:
    """Credentials of which something else that has changed says something, then or now."""
    found: set[str] = set()
    for table, owner, credential in COVERS:
        found |= {row[credential] for row in rows.get(table, ())}
        columns = table_of(table).c
        for chunk in chunks(changed):
            found |= set(connection.scalars(select(columns[credential]).where(columns[owner].in_(chunk))))
    return found


def _copy_others(connection: Connection, memory: Connection, changed: Mapping[str, RecordType]) -> None:
    """Everything but credentials that is today as it was."""
    for table, owner in OF_OTHERS.items():
        query = select(table_of(table))
        if table in (DocumentRow, ThingSlugRow):
            query = query.where(table_of(table).c.type != RecordType.CREDENTIAL)
        rows = [dict(row) for row in connection.execute(query).mappings()]
        kept = rows if table is ThingSlugRow else [row for row in rows if row[owner] not in changed]
        insert_rows(memory, table, kept)


def _copy_credentials(connection: Connection, memory: Connection, ids: Iterable[str]) -> None:
    for table, owner in OF_CREDENTIALS.items():
        for chunk in chunks(ids):
            query = select(table_of(table)).where(table_of(table).c[owner].in_(chunk))
            insert_rows(memory, table, [dict(row) for row in connection.execute(query).mappings()])


def _copy_seats(connection: Connection, memory: Connection, credentials: Iterable[str], moment: datetime) -> None:
    for chunk in chunks(credentials):
        query = select(table_of(SeatEventRow)).where(SEAT.credential.in_(chunk), SEAT.at <= moment)
        insert_rows(memory, SeatEventRow, [dict(row) for row in connection.execute(query).mappings()])


def _copy_confirmations(connection: Connection, memory: Connection, credentials: Iterable[str], moment: datetime) -> None:
    day = moment.date()
    for chunk in chunks(credentials):
        columns = [one for one in STATEMENT if one.name != "record"]
        query = select(*columns, COMMIT.at.label("since"))
        query = query.join(table_of(CommitRow), STATEMENT.since_commit == COMMIT.id)
        rows = connection.execute(query.where(STATEMENT.thing.in_(chunk), *_in_force(moment))).mappings()
        insert_rows(memory, StatementRow, [_confirmed(dict(row), day) for row in rows])


def _confirmed(row: dict[str, Any], day: date) -> dict[str, Any]:
    since = row.pop("since")
    on = row["confirmed_on"]
    return row | {"record": None, "until_commit": None, "confirmed_on": since.date() if on is not None and on > day else on}
