"""Publishes a call that is too large to be held in memory: batch after batch in one transaction, seen all at once.

Each batch is planned on what the earlier ones wrote. A record that refers to one of a later batch is put off until the
end, and what then still refers to each other is planned together, so that no circle and no dangling reference slips by.
What the call leaves out is withdrawn last, when everything that it states is there.
"""

import time
from collections import ChainMap
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeAlias
from uuid import uuid4

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from catalog.db.engine import Database, writes_together
from catalog.db.transactions import write_transaction
from catalog.errors import Issue, RecordsRejected, Severity, StorageError
from catalog.model.collecting import without_collecting
from catalog.model.record import Record
from catalog.model.source import Source
from catalog.model.state import lock_state, read_state
from catalog.model.vocabulary import RecordType
from catalog.publishing.apply import Also, Applied, Clock, Overtaken, nothing_else, raise_unless_conflict
from catalog.publishing.commit import number_commit
from catalog.publishing.left_out import left_out
from catalog.publishing.manner import PLAIN, Key, Manner, key_of
from catalog.publishing.overtaken import run_still_holds
from catalog.publishing.plan import Plan
from catalog.publishing.planning import plan_apply
from catalog.publishing.tally import Tally
from catalog.publishing.writing import write_confirmations, write_content, write_run, write_source

BATCH = 2_500
"""Records planned at once."""
ATTEMPTS = 3
PUT_OFF = frozenset({"REFERENCE_UNKNOWN", "REFERENCE_PART_UNKNOWN"})
"""What a later batch may mend."""

Numbered: TypeAlias = tuple[int, Record]
Batches: TypeAlias = Callable[[], Iterable[list[Numbered]]]
"""Reads the records of the call anew, each with its number; issues name that number as their row."""


def apply_batches(
    database: Database,
    batches: Batches,
    source: Source,
    clock: Clock,
    *,
    run: str | None = None,
    dry_run: bool = False,
    manner: Manner = PLAIN,
    also: Also = nothing_else,
) -> Applied:
    """As `apply_records`, for any number of records. Raises the same. A dry run writes all, and takes it back."""
    for attempt in range(ATTEMPTS):
        large = _LargeRun(
            database, batches, source, clock, run or str(uuid4()), manner, also, dry_run, attempt == ATTEMPTS - 1
        )
        try:
            return large.go()
        except _TakenBack as dry:
            return dry.applied
        except (Overtaken, IntegrityError):
            continue  # another writer committed something that this run rests on
        except StorageError as error:
            raise_unless_conflict(error)
    message = "others keep writing what this run rests on; try again later"
    raise StorageError(message, code="WRITE_CONFLICT")


class _TakenBack(Exception):
    def __init__(self, applied: Applied) -> None:
        self.applied = applied
        super().__init__()


@dataclass
class _LargeRun:
    database: Database
    batches: Batches
    source: Source
    clock: Clock
    run: str
    manner: Manner
    also: Also
    dry_run: bool
    holds_lock: bool
    """From the beginning: then nobody can overtake it."""
    tally: Tally = field(default_factory=Tally)
    keys: dict[Key, int] = field(default_factory=dict)
    """Of every record so far, with its number."""
    wrote: bool = False
    declares: bool = False

    def go(self) -> Applied:
        started_at, waited = self.clock(), time.monotonic()
        with write_transaction(self.database) as connection:
            locked = time.monotonic()
            if self.holds_lock:
                lock_state(connection)
            base, commit_id = read_state(connection).revision, str(uuid4())
            self._write_all(connection, commit_id)
            absent = self._withdraw(connection, commit_id)
            if self.tally.is_refused:
                raise RecordsRejected(self.tally.issues)
            if self.dry_run:
                raise _TakenBack(self._applied(None, absent))
            if writes_together(self.database) and not self.holds_lock:
                waited = time.monotonic()
                lock_state(connection)
                locked = time.monotonic()
                if not run_still_holds(connection, base, commit_id, self.source.key):
                    raise Overtaken
            applied = self._conclude(connection, commit_id, started_at, absent)
        return replace(applied, waited_seconds=locked - waited, locked_seconds=time.monotonic() - locked)

    def _write_all(self, connection: Connection, commit_id: str) -> None:
        put_off: list[Numbered] = []
        for batch in self._distinct():
            put_off += self._write(connection, commit_id, batch, last=False)
        while put_off:
            left = self._write(connection, commit_id, put_off, last=False)
            if len(left) == len(put_off):
                self._write(connection, commit_id, left, last=True)
                return
            put_off = left

    def _distinct(self) -> Iterator[list[Numbered]]:
        """The batches, in which each record of the source stands once."""
        for batch in self.batches():
            self.tally.records += len(batch)
            yield [(number, record) for number, record in batch if self._is_first(number, record)]

    def _is_first(self, number: int, record: Record) -> bool:
        key = key_of(record)
        earlier = self.keys.setdefault(key, number)
        if earlier != number:
            ref = key[1]
            message = f"the ref {ref!r} is also used by record {earlier}"
            hint = "give each thing of a source a ref of its own"
            self._note([Issue("REF_DUPLICATE", message, "ref", number, "ref", ref, hint)])
        return earlier == number

    def _write(self, connection: Connection, commit_id: str, batch: list[Numbered], *, last: bool) -> list[Numbered]:
        """Plans and writes a batch; what refers to something that is not there yet comes back, unless it is the last."""
        put_off: dict[int, Numbered] = {}
        left = batch
        while left:
            plan = self._plan(connection, left, self.manner.mentioned)
            if isinstance(plan, Plan):
                self._note(list(plan.warnings))
                self._write_content(connection, commit_id, plan)
                break
            rows = {issue.row for issue in plan if issue.severity is Severity.ERROR}
            waiting = {issue.row for issue in plan if issue.code in PUT_OFF and issue.row} if not last else set()
            failed = {issue.row for issue in plan if issue.severity is Severity.ERROR and issue.code not in PUT_OFF}
            self._note([issue for issue in plan if issue.row not in waiting - failed])
            put_off |= {number: (number, record) for number, record in left if number in waiting - failed}
            if None in rows or not rows:
                break
            left = [(number, record) for number, record in left if number not in rows]
        return list(put_off.values())

    def _plan(
        self, connection: Connection, batch: list[Numbered], mentioned: Iterable[Record], gone: Iterable[Key] = ()
    ) -> Plan | list[Issue]:
        """The plan of some records, or all that forbids it, with the numbers of the records as rows."""
        manner = replace(
            self.manner, withdraws=False, mentioned=list(mentioned), gone=list(gone), others=self.keys, is_part=True
        )
        numbers = [number for number, _ in batch]
        with without_collecting(len(batch)):
            try:
                plan = plan_apply(connection, [record for _, record in batch], self.source, manner)
            except RecordsRejected as error:
                return [_numbered(issue, numbers) for issue in error.issues]
        return replace(plan, warnings=tuple(_numbered(issue, numbers) for issue in plan.warnings))

    def _write_content(self, connection: Connection, commit_id: str, plan: Plan) -> None:
        write_source(connection, plan)
        write_content(connection, plan, self.run, commit_id, self.clock(), first=self.tally.announced)
        self.wrote = self.wrote or not plan.is_unchanged
        self.declares = self.declares or plan.source_is_new
        self.tally.add(plan)

    def _withdraw(self, connection: Connection, commit_id: str) -> list[RecordType]:
        """What is marked as gone and what a complete delivery leaves out."""
        gone = [key for key in self.manner.gone if key not in self.keys]
        if self.source.complete and self.manner.withdraws:
            named = {key_of(one) for one in self.manner.mentioned}
            present = ChainMap(self.keys, dict.fromkeys({*self.manner.spared, *named}, 0))
            gone += left_out(connection, self.source.key, present)
        plan = self._plan(connection, [], (), gone)
        if not isinstance(plan, Plan):
            self._note(plan)
            return []
        self.manner.guard(connection, replace(plan, records=self.tally.records))
        self._note(list(plan.warnings))
        self._write_content(connection, commit_id, plan)
        return list(plan.absent)

    def _conclude(self, connection: Connection, commit_id: str, started_at: datetime, absent: list[RecordType]) -> Applied:
        tally = self.tally
        counts = {
            "records": tally.records,
            "changed": tally.changed,
            "confirmed": len(tally.confirmations),
            "withdrawn": tally.withdrawn,
        }
        write_run(connection, self.run, self.source.key, started_at, self.clock(), counts)
        write_confirmations(connection, tally.confirmations)
        commit = commit_id if self.wrote else None
        revision = (
            None if commit is None else number_commit(connection, commit, self.clock(), run=self.run, declares=self.declares)
        )
        applied = self._applied(revision, absent)
        self.also(connection, applied)
        return applied

    def _applied(self, revision: int | None, absent: list[RecordType]) -> Applied:
        tally = self.tally
        return Applied(
            self.run,
            revision,
            tally.records,
            tally.kinds,
            len(tally.confirmations),
            tuple(tally.issues),
            tuple(tally.things),
            len(absent),
        )

    def _note(self, issues: list[Issue]) -> None:
        self.tally.note(issues)


def _numbered(issue: Issue, numbers: list[int]) -> Issue:
    return issue if issue.row is None else replace(issue, row=numbers[issue.row - 1])
