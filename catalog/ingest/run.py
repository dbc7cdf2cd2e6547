"""One delivery from its bytes to what is published: staged, read, checked, compared, then published or held."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from catalog.db.engine import Database
from catalog.db.transactions import write_transaction
from catalog.errors import Issue, RecordsRejected, Severity, StorageError
from catalog.ingest.arrival import Arrival, Handling, OnError
from catalog.ingest.avoiding import leave_out
from catalog.ingest.formats import read_delivery
from catalog.ingest.guards import RunHeld
from catalog.ingest.publish import Publishing
from catalog.ingest.report import Report, in_file_order
from catalog.ingest.staging import pack, stage
from catalog.ingest.submissions import Submission, SubmissionState, end, receive
from catalog.model.reading.delivery import Delivery
from catalog.model.source import Source
from catalog.publishing.planning import RecordsStale

Clock = Callable[[], datetime]
PLAIN_HANDLING = Handling()
ATTEMPTS = 5
_PART = Issue(
    "DELIVERY_PART",
    "the file is of rows that had failed: what it leaves out stays as it is",
    hint="without the column that says what is wrong, it would be taken for all that the source states",
    severity=Severity.WARNING,
)


def ingest_file(
    path: Path,
    database: Database,
    clock: Clock,
    *,
    largest_bytes: int,
    dry_run: bool = False,
    may_break: bool = False,
) -> Report:
    """An ingest file of our own format, which says itself who sends it. Raises OSError when it cannot be read."""
    handling = Handling(dry_run=dry_run, may_break=may_break, most_bytes=largest_bytes)
    return ingest(read_arrival(path, largest_bytes), database, clock, handling)


def read_arrival(path: Path, largest_bytes: int) -> Arrival:
    """A file from disk; of one that is too large only as much as shows that it is."""
    with path.open("rb") as file:
        return Arrival(path.name, file.read(largest_bytes + 1))


def ingest(arrival: Arrival, database: Database, clock: Clock, handling: Handling = PLAIN_HANDLING) -> Report:
    """Publishes a delivery, all of it or nothing, unless `handling` lets what failed be left out.

    Whatever is wrong with the delivery is in the report. Raises StorageError (WRITE_BUSY) where the database is held.
    """
    if len(arrival.data) > handling.most_bytes:
        message = f"the file has more than {handling.most_bytes} bytes"
        issue = Issue("FILE_TOO_LARGE", message, hint="CATALOG_INGEST_BYTES sets the limit")
        return Report(arrival.name, SubmissionState.REFUSED, issues=(issue,))
    run = str(uuid4())
    if not handling.dry_run:
        _receive(arrival, database, clock, run, handling)
    return handle(arrival, database, clock, handling, run)


def handle(arrival: Arrival, database: Database, clock: Clock, handling: Handling, run: str) -> Report:
    """The same for a delivery that is staged already as `run`."""
    return _Flow(arrival, database, clock, handling, run).go()


def _receive(arrival: Arrival, database: Database, clock: Clock, run: str, handling: Handling) -> None:
    """Keeps the bytes before anything is made of them, in a transaction of their own."""
    packed = pack(arrival.data)
    submission = Submission(
        id=run,
        at=clock(),
        source=arrival.source.key if arrival.source else None,
        feed=arrival.feed,
        name=arrival.name,
        format=arrival.format,
        hash=packed.digest,
        size=len(arrival.data),
        state=SubmissionState.RECEIVED,
        told={**arrival.to_json(), "onError": str(handling.on_error)},
        report=None,
        ended_at=None,
    )
    with write_transaction(database) as connection:
        stage(connection, packed)
        receive(connection, submission)


@dataclass
class _Flow:
    arrival: Arrival
    database: Database
    clock: Clock
    handling: Handling
    run: str

    def go(self) -> Report:
        for _ in range(ATTEMPTS):
            try:
                return self._once()
            except RecordsStale:
                continue  # its source published something else meanwhile: completed anew from that
        message = "its source keeps publishing other things at the same time; try again later"
        raise StorageError(message, code="WRITE_CONFLICT")

    def _once(self) -> Report:
        told = replace(self.arrival.meant, keeps_items=self.handling.on_error is OnError.REJECT_FAILED)
        delivery = read_delivery(self.arrival.data, told, self.arrival.format)
        leave_out(delivery, self.handling.avoided)
        source = self._source(delivery)
        refuses_all = self.handling.on_error is OnError.REJECT_ALL
        if source is None or (delivery.is_refused and refuses_all):
            return self._ended(SubmissionState.REFUSED, delivery, delivery.issues)
        is_part = self.arrival.is_part or delivery.is_mended
        if delivery.is_mended and source.complete:
            delivery.issues.append(_PART)
        publishing = Publishing(delivery, source, self.database, self.clock, self.handling, self.run, is_part)
        try:
            published = publishing.whole() if refuses_all else publishing.without_failed()
        except RunHeld as error:
            issues = [*delivery.issues, *error.issues]
            return self._ended(SubmissionState.HELD, delivery, issues, publishing)
        except RecordsRejected as error:
            return self._ended(SubmissionState.REFUSED, delivery, error.issues, publishing)
        return replace(published, name=self.arrival.name)

    def _source(self, delivery: Delivery) -> Source | None:
        """Who speaks. Nobody speaks through another's feed as somebody else."""
        given, stated = self.arrival.source, delivery.source
        if given and stated and given.key != stated.key:
            message = f"the file speaks as the source {stated.key}, but was sent as {given.key}"
            delivery.issues.append(Issue("SOURCE_OTHER", message, "source.key", field="source", value=stated.key))
            return None
        if given is None and stated is None and not delivery.is_refused:
            message = "the file does not say who sends it"
            hint = "name the source: --source KEY; for one that is new also --name, --kind and --owner"
            delivery.issues.append(Issue("SOURCE_MISSING", message, "source", field="source", hint=hint))
        return given or stated

    def _ended(
        self, state: SubmissionState, delivery: Delivery, issues: list[Issue], publishing: Publishing | None = None
    ) -> Report:
        """What was not published: kept with the reason, unless this was only a question."""
        source = self._key(delivery)
        report = Report(
            self.arrival.name,
            state,
            self.run,
            source,
            delivery.format,
            len(delivery.records),
            issues=in_file_order(issues),
            differences=publishing.differences if publishing else (),
        )
        if not self.handling.dry_run:
            with write_transaction(self.database) as connection:
                kept = report.to_json()
                end(connection, self.run, state, self.clock(), report=kept, source=source, format_=delivery.format)
        return report

    def _key(self, delivery: Delivery) -> str | None:
        source = self.arrival.source or delivery.source
        return source.key if source else None
