"""The part of a delivery's way in which it meets the catalogue: filled, compared, guarded, written."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial

from sqlalchemy import Connection

from catalog.db.engine import Database
from catalog.db.transactions import read_snapshot
from catalog.errors import Issue, RecordsRejected, Severity
from catalog.ingest.arrival import Handling
from catalog.ingest.comparing import Comparing, without
from catalog.ingest.differences import Difference
from catalog.ingest.guards import Guards
from catalog.ingest.rejecting import write_rejected
from catalog.ingest.report import Report, in_file_order
from catalog.ingest.rollover import forget_drafts
from catalog.ingest.submissions import SubmissionState, end
from catalog.model.bulk import chunks
from catalog.model.reading.delivery import Delivery
from catalog.model.record import Record
from catalog.model.records.credential import CredentialRecord
from catalog.model.source import Source
from catalog.model.state import read_state
from catalog.publishing.apply import Also, Applied, apply_records
from catalog.publishing.batches import BATCH, Numbered, apply_batches
from catalog.publishing.manner import PLAIN, Key, Manner, key_of

MOST_ROUNDS = 20
"""What fails may make others fail that refer to it; so many times they are left out in turn."""


@dataclass
class Publishing:
    """One delivery of one source. `differences` are known once it has been compared.

    `is_part`: what it leaves out stays as it is, however complete its source otherwise is.
    """

    delivery: Delivery
    source: Source
    database: Database
    clock: Callable[[], datetime]
    handling: Handling
    run: str
    is_part: bool = False
    differences: tuple[Difference, ...] = field(default=())
    filled_at: int | None = None

    def whole(self) -> Report:
        """Raises RecordsRejected with issues that name rows of the file, and RunHeld."""
        self._compare()
        if self.delivery.is_refused:
            raise RecordsRejected(self.delivery.issues)
        kept = range(len(self.delivery.records))
        try:
            return self._apply(kept, self.delivery.issues)
        except RecordsRejected as error:
            raise RecordsRejected([*self.delivery.issues, *self._named(error.issues, kept)]) from None

    def without_failed(self) -> Report:
        """Publishes the rest where some rows fail. Raises as `whole` where what is wrong is not a row's."""
        self._compare()
        issues = list(self.delivery.issues)
        failed = _failed(issues)
        for _ in range(MOST_ROUNDS):
            if None in failed:
                break
            kept = [place for place, row in enumerate(self.delivery.rows) if row not in failed]
            try:
                return self._apply(kept, issues, {row for row in failed if row})
            except RecordsRejected as error:
                found = self._named(error.issues, kept)
                issues += found
                failed |= _failed(found)
        raise RecordsRejected(issues)

    def _compare(self) -> None:
        complete = self.source.complete and not self.is_part and not self._nameless(_failed(self.delivery.issues))
        with read_snapshot(self.database, primary=True) as connection:
            self.filled_at = None if self.delivery.is_exact else read_state(connection).revision
            comparing = Comparing(connection, self.source.key, self.clock(), complete)
            self.differences = tuple(comparing.compare(self.delivery))

    def _nameless(self, failed: Collection[int | None]) -> set[int]:
        """Rows of which it is not known what they speak of."""
        return {row for row in failed if row} - set(self.delivery.rows)

    def _apply(self, kept: Sequence[int], issues: list[Issue], failed: Collection[int] = ()) -> Report:
        """`kept` are the places of the records that are published."""
        spared = self._spared(failed)
        manner, skipped = self._manner(failed, spared)
        report = Report("", SubmissionState.RECEIVED, self.run, self.source.key, self.delivery.format, len(kept))
        self.differences = without(self.differences, {(str(type_), ref) for type_, ref in spared.values()})
        told: list[Report] = []

        def conclude(applied: Applied) -> Report:
            every = in_file_order([*issues, *self._named(applied.warnings, kept), *skipped])
            changes = applied.revision is not None or bool(applied.kinds)
            state = SubmissionState.PUBLISHED if changes else SubmissionState.UNCHANGED
            rejected = write_rejected(self.delivery, every, failed) if failed else None
            return replace(
                report,
                state=state,
                applied=applied,
                issues=every,
                differences=self.differences,
                rejected=rejected,
                rejected_rows=sorted(failed),
            )

        def also(connection: Connection, applied: Applied) -> None:
            told.append(conclude(applied))
            ended = told[-1]
            kept_report = ended.to_json()
            source, name = ended.source, ended.format
            end(connection, self.run, ended.state, self.clock(), report=kept_report, source=source, format_=name)
            forget_drafts(connection, self.source.key, _offerings_of(self.delivery.records[place] for place in kept))

        applied = self._publish(kept, manner, also)
        return replace(told[-1] if told else conclude(applied), applied=applied)

    def _publish(self, kept: Sequence[int], manner: Manner, also: Also) -> Applied:
        """At once, or batch after batch where there are too many records to hold them all."""
        database, source, clock, records = self.database, self.source, self.clock, self.delivery.records
        dry = self.handling.dry_run
        if records.is_large:
            batches = partial(self._batches, kept)
            return apply_batches(database, batches, source, clock, run=self.run, dry_run=dry, manner=manner, also=also)
        own = [records[place] for place in kept]
        return apply_records(database, own, source, clock, run=self.run, dry_run=dry, manner=manner, also=also)

    def _batches(self, kept: Sequence[int]) -> Iterator[list[Numbered]]:
        for batch in chunks(enumerate(kept, start=1), BATCH):
            yield [(number, self.delivery.records[place]) for number, place in batch]

    def _spared(self, failed: Collection[int]) -> dict[int, Key]:
        """What the rows that failed speak of, as far as that is known."""
        places = [place for place, row in enumerate(self.delivery.rows) if row in failed] if failed else []
        return {self.delivery.rows[place]: key_of(self.delivery.records[place]) for place in places}

    def _manner(self, failed: Collection[int], spared: Mapping[int, Key]) -> tuple[Manner, list[Issue]]:
        """How it is applied, and what must be said of it. Rows that failed are there: they are not withdrawn."""
        nameless = self._nameless(failed)
        complete = self.source.complete and not self.is_part
        skipped = [_skipped(len(nameless))] if nameless and complete else []
        guard = PLAIN.guard if self.handling.released else Guards(self.source, ask_expected=not self.is_part).ask
        manner = Manner(
            may_break=self.handling.may_break,
            mentioned=self.delivery.mentioned,
            gone=[(one.type, one.ref) for one in self.delivery.gone],
            spared=list(spared.values()),
            withdraws=not nameless and not self.is_part,
            guard=guard,
            filled_at=self.filled_at,
        )
        return manner, skipped

    def _named(self, issues: Iterable[Issue], kept: Sequence[int]) -> list[Issue]:
        """The issues of apply, which counts the records that it was given, with the rows and places of the file."""
        return [issue if issue.row is None else self._placed(issue, kept[issue.row - 1]) for issue in issues]

    def _placed(self, issue: Issue, place: int) -> Issue:
        row = self.delivery.rows[place]
        ref = issue.ref or key_of(self.delivery.records[place])[1]
        return replace(issue, row=row, place=self.delivery.places.get(row), ref=ref)


def _offerings_of(records: Iterable[Record]) -> Iterator[tuple[str, str]]:
    for record in records:
        if isinstance(record, CredentialRecord):
            yield from ((key_of(record)[1], one.ref) for one in record.offerings or () if one.ref)


def _failed(issues: Iterable[Issue]) -> set[int | None]:
    """The numbers of the items that cannot be taken; None for the file as a whole."""
    return {issue.row for issue in issues if issue.severity is Severity.ERROR}


def _skipped(count: int) -> Issue:
    message = f"nothing was withdrawn: of {count} rows that failed it is not known what they speak of"
    return Issue("WITHDRAWALS_SKIPPED", message, severity=Severity.WARNING)
