"""Publishes records: the one way in for seed, feeds, uploads and mutations."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import TypeAlias
from uuid import uuid4

from sqlalchemy import Connection

from catalog.db.engine import Database
from catalog.db.transactions import read_snapshot, write_transaction
from catalog.errors import Issue
from catalog.model.collecting import without_collecting
from catalog.model.record import Record
from catalog.model.source import Source
from catalog.model.state import lock_state, read_state
from catalog.model.vocabulary import ChangeKind
from catalog.publishing.manner import PLAIN, Guard, Manner
from catalog.publishing.plan import Plan
from catalog.publishing.planning import plan_apply
from catalog.publishing.writing import write_plan

OPTIMISTIC_ATTEMPTS = 3

Clock = Callable[[], datetime]
Also: TypeAlias = "Callable[[Connection, Applied], None]"


def nothing_else(_connection: Connection, _applied: "Applied") -> None:
    """Writes nothing besides."""


@dataclass(frozen=True, slots=True)
class Applied:
    """What a call did. `revision` is None when nothing changed; `kinds` counts things by kind of change."""

    run: str
    revision: int | None
    records: int
    kinds: dict[ChangeKind, int] = field(default_factory=dict)
    confirmed: int = 0
    warnings: tuple[Issue, ...] = ()
    things: tuple[tuple[ChangeKind, str, tuple[str, ...]], ...] = ()
    """(kind, slug, changed fields) of each."""
    withdrawn: int = 0
    """Statements that ended because the delivery left them out or marked them as gone."""
    waited_seconds: float = 0.0
    locked_seconds: float = 0.0
    """How long every other writer was kept out."""


def apply_records(
    database: Database,
    records: Sequence[Record],
    source: Source,
    clock: Clock,
    *,
    run: str | None = None,
    dry_run: bool = False,
    may_break: bool = False,
    manner: Manner = PLAIN,
    also: Also = nothing_else,
) -> Applied:
    """Publishes what the records state, all of it or nothing.

    The work is planned from a snapshot without a lock; if another writer commits meanwhile it is planned anew, at last with
    the lock in hand. `may_break` lets it withdraw what others would then be left without. `also` writes in the same
    transaction. Raises RecordsRejected with every issue, and StorageError (WRITE_BUSY).
    """
    meant = replace(manner, may_break=may_break or manner.may_break)
    with without_collecting(len(records)):
        plan = partial(plan_apply, records=records, source=source, manner=meant)
        return publish(database, plan, clock, run or str(uuid4()), dry_run=dry_run, guard=meant.guard, also=also)


Planner = Callable[[Connection], Plan]


def publish(
    database: Database,
    plan_with: Planner,
    clock: Clock,
    run: str,
    *,
    dry_run: bool = False,
    guard: Guard = PLAIN.guard,
    also: Also = nothing_else,
) -> Applied:
    """Writes what `plan_with` works out from a snapshot; a dry run only says what it would be."""
    started_at = clock()
    for attempt in range(OPTIMISTIC_ATTEMPTS + 1):
        plan = None
        if attempt < OPTIMISTIC_ATTEMPTS or dry_run:
            with read_snapshot(database, primary=True) as connection:
                plan = plan_with(connection)
                guard(connection, plan)
        if dry_run and plan:
            return _applied(plan, run, None)
        waited = time.monotonic()
        with write_transaction(database) as connection:
            locked = time.monotonic()
            was_planned = plan is not None
            plan = _plan_in_force(connection, plan, plan_with)
            if plan is None:
                continue
            if not was_planned:
                guard(connection, plan)
            applied = _applied(plan, run, write_plan(connection, plan, run, started_at, clock()))
            also(connection, applied)
        return replace(applied, waited_seconds=locked - waited, locked_seconds=time.monotonic() - locked)
    raise AssertionError("the last attempt plans with the lock in hand and cannot be overtaken")


def _plan_in_force(connection: Connection, plan: Plan | None, plan_with: Planner) -> Plan | None:
    """The plan if it still holds, a new one if there was none, None if another commit made it void."""
    lock_state(connection)
    if plan is None:
        return plan_with(connection)
    return plan if read_state(connection).revision == plan.base_revision else None


def _applied(plan: Plan, run: str, revision: int | None) -> Applied:
    kinds: dict[ChangeKind, int] = {}
    for one in plan.things:
        if one.kind is not None:
            kinds[one.kind] = kinds.get(one.kind, 0) + 1
    things = tuple((one.kind, one.slug, one.changed_fields) for one in plan.things if one.kind is not None)
    return Applied(run, revision, plan.records, kinds, len(plan.confirmations), plan.warnings, things, len(plan.absent))
