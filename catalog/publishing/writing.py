"""Writes a plan in one short transaction; the commit row comes last."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from uuid import uuid4

from sqlalchemy import Connection, bindparam, update

from catalog.model.bulk import Row, chunks, insert_rows, table_of, upsert_rows
from catalog.model.record import RECORD_FORMAT
from catalog.model.state import count_confirmations
from catalog.model.tables import (
    RunRow,
    SourceRow,
    StatementRow,
    ThingKeyRow,
    ThingRow,
    ThingSlugRow,
    VersionRow,
)
from catalog.model.vocabulary import ChangeKind, RecordType
from catalog.publishing.commit import Announcement, announce, number_commit
from catalog.publishing.derived import write_derived
from catalog.publishing.existing import load_slugs, source_row
from catalog.publishing.plan import Plan, PlannedThing

STATEMENT = table_of(StatementRow)


def write_plan(connection: Connection, plan: Plan, run: str, started_at: datetime, now: datetime) -> str | None:
    """All but its number, by which it is seen. The commit's id; None when nothing but the run's row is to be written."""
    write_source(connection, plan)
    counts = {
        "records": plan.records,
        "changed": len(plan.new_statements),
        "confirmed": len(plan.confirmations),
        "withdrawn": sum(one.kind is ChangeKind.WITHDRAWN for one in plan.things),
    }
    write_run(connection, run, plan.source.key, started_at, now, counts)
    if plan.is_unchanged:
        return None
    commit_id = str(uuid4())
    write_content(connection, plan, run, commit_id, now)
    return commit_id


def write_content(connection: Connection, plan: Plan, run: str, commit_id: str, now: datetime, *, first: int = 0) -> None:
    """What a plan says, as a part of a commit; `first` is the number of its first change there."""
    _write_statements(connection, plan, run, commit_id)
    _write_things(connection, plan, commit_id)
    write_derived(connection, plan.things, plan.derived, now)
    announce(connection, commit_id, announcements(plan.things), first=first)


def conclude_plan(connection: Connection, plan: Plan, commit_id: str | None, run: str, now: datetime) -> int | None:
    """Moves confirmations, and gives the commit its number: the new revision. None where there is no commit."""
    write_confirmations(connection, plan.confirmations)
    if commit_id is None:
        return None
    return number_commit(connection, commit_id, now, run=run, declares=plan.source_is_new)


def write_source(connection: Connection, plan: Plan) -> None:
    if plan.source_is_new:
        upsert_rows(connection, SourceRow, [source_row(plan.source)])


def write_run(
    connection: Connection, run: str, source: str, started_at: datetime, now: datetime, counts: Mapping[str, int]
) -> None:
    row: Row = {"id": run, "source": source, "started_at": started_at, "finished_at": now, **counts}
    insert_rows(connection, RunRow, [row])


def write_confirmations(connection: Connection, confirmations: Sequence[tuple[str, date]]) -> None:
    """Moves the count of the catalogue's state: from here to the end of the transaction every other writer waits."""
    if not confirmations:
        return
    count = count_confirmations(connection, len(confirmations))
    moved = {"confirmed_on": bindparam("day"), "confirmation": count}
    statement = update(STATEMENT).where(STATEMENT.c.id == bindparam("statement"), _is_older).values(**moved)
    for chunk in chunks(confirmations):
        connection.execute(statement, [{"statement": one, "day": day} for one, day in chunk])


_is_older = STATEMENT.c.confirmed_on.is_(None) | (STATEMENT.c.confirmed_on < bindparam("day"))


def _write_statements(connection: Connection, plan: Plan, run: str, commit_id: str) -> None:
    for chunk in chunks(plan.closed_statements):
        connection.execute(update(STATEMENT).where(STATEMENT.c.id.in_(chunk)).values(until_commit=commit_id))
    rows: list[Row] = [
        {
            "id": str(uuid4()),
            "thing": thing,
            "source": plan.source.key,
            "ref": one.ref,
            "run": run,
            "record_format": RECORD_FORMAT,
            "record": one.text,
            "hash": one.hash,
            "confirmed_on": one.confirmed_on,
            "since_commit": commit_id,
            "until_commit": None,
        }
        for one, thing in plan.new_statements
    ]
    insert_rows(connection, StatementRow, rows)
    keys: list[Row] = [
        {"source": plan.source.key, "type": str(one.type), "ref": one.ref, "thing": thing}
        for one, thing in plan.new_statements
    ]
    upsert_rows(connection, ThingKeyRow, keys)


def _write_things(connection: Connection, plan: Plan, commit_id: str) -> None:
    things: list[Row] = []
    slugs: list[Row] = []
    versions: list[Row] = []
    for one in plan.things:
        things.append(_thing_row(one))
        if one.record is None:
            continue
        if one.old is None or one.old.slug != one.slug:
            slugs.append({"type": str(one.type), "slug": one.slug, "thing": one.id})
        if one.makes_version:
            versions.append(_version_row(one, plan.source.key, commit_id))
    upsert_rows(connection, ThingRow, things)
    insert_rows(connection, ThingSlugRow, _new_slugs(connection, slugs))
    insert_rows(connection, VersionRow, versions)


def _new_slugs(connection: Connection, rows: list[Row]) -> list[Row]:
    """Those that the thing does not have yet. A slug that another has got meanwhile is a conflict, and not taken over."""
    known = load_slugs(connection, [row["slug"] for row in rows])
    return [row for row in rows if known.get((RecordType(row["type"]), row["slug"])) != row["thing"]]


def _thing_row(one: PlannedThing) -> Row:
    state = "ACTIVE" if one.record is not None else "WITHDRAWN"
    digest = one.record_hash or (one.old.record_hash if one.old else "")
    return {
        "id": one.id,
        "type": str(one.type),
        "slug": one.slug,
        "state": state,
        "version": one.version,
        "record_hash": digest,
        "visibility": str(one.visibility if one.record else one.old.visibility if one.old else one.visibility),
    }


def _version_row(one: PlannedThing, source: str, commit_id: str) -> Row:
    return {
        "thing": one.id,
        "version": one.version,
        "commit_id": commit_id,
        "source": source,
        "record_format": RECORD_FORMAT,
        "record": one.text,
        "changed_fields": list(one.changed_fields),
    }


def announcements(things: Iterable[PlannedThing]) -> list[Announcement]:
    """What followers are told of planned things, in their order."""
    return [
        Announcement(one.kind, one.id, one.type, one.slug, one.version, one.announced, one.changed_fields)
        for one in things
        if one.kind is not None
    ]
