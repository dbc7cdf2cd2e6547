"""The part of a delivery's way in which it meets the catalogue: filled, compared, guarded, written."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy import Connection

from catalog.db.engine import Database
from catalog.db.transactions import read_snapshot
from catalog.errors import Issue, RecordsRejected, Severity
from catalog.ingest.arrival import Handling
from catalog.ingest.before import Before, key_of, load_before
from catalog.ingest.differences import Difference, differences
from catalog.ingest.filling import Filling, fill
from catalog.ingest.guards import Guards, no_guard
from catalog.ingest.rejecting import write_rejected
from catalog.ingest.report import Report, in_file_order
from catalog.ingest.rollover import forget_drafts, load_drafts
from catalog.ingest.submissions import SubmissionState, end
from catalog.model.reading.delivery import Delivery, Gone
from catalog.model.record import Record
from catalog.model.records.credential import CredentialRecord
from catalog.model.source import Source
from catalog.publishing.apply import Applied, apply_records
from catalog.publishing.manner import Key, Manner

MOST_ROUNDS = 20
"""What fails may make others fail that refer to it; so many times they are left out in turn."""


@dataclass
class Publishing:
    """One delivery of one source. `differences` and `before` are known once it has been compared.

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
    before: Before = field(default_factory=dict)

    def whole(self) -> Report:
        """Raises RecordsRejected with issues that name rows of the file, and RunHeld."""
        self._fill()
        if self.delivery.is_refused:
            raise RecordsRejected(self.delivery.issues)
        try:
            return self._apply(self.delivery.records, self.delivery.rows, self.delivery.issues)
        except RecordsRejected as error:
            raise RecordsRejected([*self.delivery.issues, *self._named(error.issues, self.delivery.rows)]) from None

    def without_failed(self) -> Report:
        """Publishes the rest where some rows fail. Raises as `whole` where what is wrong is not a row's."""
        self._fill()
        issues = list(self.delivery.issues)
        failed = _failed(issues)
        for _ in range(MOST_ROUNDS):
            if None in failed:
                break
            pairs = zip(self.delivery.rows, self.delivery.records, strict=True)
            kept = {index: row for index, (row, _) in enumerate(pairs) if row not in failed}
            rows, records = list(kept.values()), [self.delivery.records[index] for index in kept]
            try:
                return self._apply(records, rows, issues, {row for row in failed if row})
            except RecordsRejected as error:
                found = self._named(error.issues, rows)
                issues += found
                failed |= _failed(found)
        raise RecordsRejected(issues)

    def _fill(self) -> None:
        delivery, source = self.delivery, self.source
        gone = [(one.type, one.ref) for one in delivery.gone]
        with read_snapshot(self.database, primary=True) as connection:
            self.before = load_before(connection, source.key, [*map(key_of, delivery.records), *gone])
            drafts = load_drafts(connection, source.key)
        complete = source.complete and not self.is_part and not self._nameless(_failed(delivery.issues))
        fill(delivery, Filling(self.before, self.clock(), complete, drafts))
        delivery.issues += [
            _never_stated(one, delivery.places) for one in delivery.gone if (one.type, one.ref) not in self.before
        ]

    def _nameless(self, failed: Collection[int | None]) -> set[int]:
        """Rows of which it is not known what they speak of."""
        return {row for row in failed if row} - set(self.delivery.rows)

    def _apply(self, records: list[Record], rows: list[int], issues: list[Issue], failed: Collection[int] = ()) -> Report:
        manner, skipped = self._manner(failed)
        self.differences = tuple(differences(records, self.before))
        report = Report("", SubmissionState.RECEIVED, self.run, self.source.key, self.delivery.format, len(records))
        told: list[Report] = []

        def conclude(applied: Applied) -> Report:
            every = in_file_order([*issues, *self._named(applied.warnings, rows), *skipped])
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
            kept = ended.to_json()
            names = {"source": ended.source, "format_": ended.format}
            end(connection, self.run, ended.state, self.clock(), report=kept, **names)
            forget_drafts(connection, self.source.key, list(_offerings_of(records)))

        dry = self.handling.dry_run
        applied = apply_records(
            self.database, records, self.source, self.clock, run=self.run, dry_run=dry, manner=manner, also=also
        )
        return replace(told[-1] if told else conclude(applied), applied=applied)

    def _manner(self, failed: Collection[int]) -> tuple[Manner, list[Issue]]:
        """How it is applied, and what must be said of it. Rows that failed are there: they are not withdrawn."""
        rows = zip(self.delivery.rows, self.delivery.records, strict=True)
        spared: dict[int, Key] = {row: key_of(record) for row, record in rows if row in failed}
        nameless = self._nameless(failed)
        complete = self.source.complete and not self.is_part
        skipped = [_skipped(len(nameless))] if nameless and complete else []
        guard = no_guard() if self.handling.released else Guards(self.source, ask_expected=not self.is_part).ask
        manner = Manner(
            may_break=self.handling.may_break,
            mentioned=self.delivery.mentioned,
            gone=[(one.type, one.ref) for one in self.delivery.gone],
            spared=list(spared.values()),
            withdraws=not nameless and not self.is_part,
            guard=guard,
        )
        return manner, skipped

    def _named(self, issues: Iterable[Issue], rows: list[int]) -> list[Issue]:
        """The issues of apply, which counts the records that it was given, with the rows and places of the file."""
        refs = dict(zip(self.delivery.rows, self.delivery.records, strict=True)) if issues else {}
        return [self._placed(issue, rows, refs) for issue in issues]

    def _placed(self, issue: Issue, rows: list[int], records: Mapping[int, Record]) -> Issue:
        if issue.row is None:
            return issue
        row = rows[issue.row - 1]
        return replace(issue, row=row, place=self.delivery.places.get(row), ref=issue.ref or key_of(records[row])[1])


def _offerings_of(records: Iterable[Record]) -> Iterator[tuple[str, str]]:
    for record in records:
        if isinstance(record, CredentialRecord):
            yield from ((key_of(record)[1], one.ref) for one in record.offerings or () if one.ref)


def _failed(issues: Iterable[Issue]) -> set[int | None]:
    """The numbers of the items that cannot be taken; None for the file as a whole."""
    return {issue.row for issue in issues if issue.severity is Severity.ERROR}


def _never_stated(gone: Gone, places: Mapping[int, str]) -> Issue:
    message = f"{gone.ref!r} is marked as no longer offered, but its source states no such {gone.type}"
    hint = "correct the ref, if it should still be listed"
    place = places.get(gone.row)
    return Issue("DELETE_UNKNOWN", message, "delete", gone.row, "ref", gone.ref, hint, Severity.WARNING, place=place)


def _skipped(count: int) -> Issue:
    message = f"nothing was withdrawn: of {count} rows that failed it is not known what they speak of"
    return Issue("WITHDRAWALS_SKIPPED", message, severity=Severity.WARNING)
