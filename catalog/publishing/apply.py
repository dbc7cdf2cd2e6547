"""Publishes records: the one way in for seed, feeds, uploads and mutations."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import TypeAlias
from uuid import uuid4

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from catalog.db.engine import Database, writes_together
from catalog.db.transactions import read_snapshot, wait_shortly, write_transaction
from catalog.errors import Issue, StorageError
from catalog.model.collecting import without_collecting
from catalog.model.record import Record
from catalog.model.source import Source
from catalog.model.state import lock_state
from catalog.model.vocabulary import ChangeKind
from catalog.publishing.manner import PLAIN, Guard, Manner
from catalog.publishing.overtaken import still_holds
from catalog.publishing.plan import Plan
from catalog.publishing.planning import plan_apply
from catalog.publishing.writing import conclude_plan, write_plan

OPTIMISTIC_ATTEMPTS = 3
LOCKED_ATTEMPTS = 5
"""With the lock in hand only a large run that is written before its own lock can still get in the way."""
BACK_OFF_SECONDS = 0.2
LARGE = 500
"""Statements; below that writing takes no longer than anybody notices."""

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

    The work is planned from a snapshot without a lock; if another writer meanwhile commits what it rests on, it is planned
    anew, at last with the lock in hand. `may_break` lets it withdraw what others would then be left without. `also` writes
    in the same transaction. Raises RecordsRejected with every issue, and StorageError (WRITE_BUSY).
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
    return _Run(database, plan_with, clock, run, guard, also, clock()).go(dry_run=dry_run)


class Overtaken(Exception):
    """Another commit made the plan void."""


@dataclass(frozen=True, slots=True)
class _Run:
    database: Database
    plan_with: Planner
    clock: Clock
    run: str
    guard: Guard
    also: Also
    started_at: datetime

    def go(self, *, dry_run: bool) -> Applied:
        for _ in range(OPTIMISTIC_ATTEMPTS):
            plan = self._plan()
            if dry_run:
                return _applied(plan, self.run, None)
            try:
                return self._write(plan)
            except (Overtaken, IntegrityError):
                continue  # what another writer made in between is seen by the next plan
            except StorageError as error:
                raise_unless_conflict(error)
        for attempt in range(LOCKED_ATTEMPTS):
            try:
                return self._plan_and_write()
            except IntegrityError:
                pass  # a large run that is written before its lock had the same row
            except StorageError as error:
                raise_unless_conflict(error)
            time.sleep(BACK_OFF_SECONDS * (attempt + 1))
        raise StorageError("others keep writing the same; try again later", code="WRITE_CONFLICT")

    def _plan(self) -> Plan:
        with read_snapshot(self.database, primary=True) as connection:
            plan = self.plan_with(connection)
            self.guard(connection, plan)
        return plan

    def _write(self, plan: Plan) -> Applied:
        """A large plan, where several may write at once, is written before the lock, and seen when it has its number.

        A small one takes the lock first: it holds it shortly, and two of them never wait for each other crosswise.
        """
        waited = time.monotonic()
        late = writes_together(self.database) and len(plan.new_statements) > LARGE
        with write_transaction(self.database) as connection:
            begun = locked = time.monotonic()
            if late:
                commit_id = write_plan(connection, plan, self.run, self.started_at, self.clock())
                begun = time.monotonic()
                lock_state(connection)
                locked = time.monotonic()
                self._require(connection, plan)
            else:
                lock_state(connection)
                wait_shortly(connection)
                locked = time.monotonic()
                self._require(connection, plan)
                commit_id = write_plan(connection, plan, self.run, self.started_at, self.clock())
            applied = self._conclude(connection, plan, commit_id)
        return replace(
            applied, waited_seconds=locked - (begun if late else waited), locked_seconds=time.monotonic() - locked
        )

    def _plan_and_write(self) -> Applied:
        """With the lock in hand: nobody can overtake it any more."""
        waited = time.monotonic()
        with write_transaction(self.database) as connection:
            lock_state(connection)
            wait_shortly(connection)
            locked = time.monotonic()
            plan = self.plan_with(connection)
            self.guard(connection, plan)
            commit_id = write_plan(connection, plan, self.run, self.started_at, self.clock())
            applied = self._conclude(connection, plan, commit_id)
        return replace(applied, waited_seconds=locked - waited, locked_seconds=time.monotonic() - locked)

    def _require(self, connection: Connection, plan: Plan) -> None:
        if not still_holds(connection, plan):
            raise Overtaken

    def _conclude(self, connection: Connection, plan: Plan, commit_id: str | None) -> Applied:
        applied = _applied(plan, self.run, conclude_plan(connection, plan, commit_id, self.run, self.clock()))
        self.also(connection, applied)
        return applied


def raise_unless_conflict(error: StorageError) -> None:
    """A conflict with another writer is tried again; anything else is not."""
    if error.code != "WRITE_CONFLICT":
        raise error


def _applied(plan: Plan, run: str, revision: int | None) -> Applied:
    kinds: dict[ChangeKind, int] = {}
    for one in plan.things:
        if one.kind is not None:
            kinds[one.kind] = kinds.get(one.kind, 0) + 1
    things = tuple((one.kind, one.slug, one.changed_fields) for one in plan.things if one.kind is not None)
    return Applied(run, revision, plan.records, kinds, len(plan.confirmations), plan.warnings, things, len(plan.absent))
