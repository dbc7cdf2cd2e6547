"""Writes down what a pull came to, and when its feed is due again."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from catalog.db.engine import Database
from catalog.db.transactions import write_transaction
from catalog.errors import CatalogError, Severity
from catalog.ingest.feeds.feed import Feed
from catalog.ingest.feeds.pulls import Pull, note_pull
from catalog.ingest.feeds.schedule import due_after, due_after_failure
from catalog.ingest.fetching.answer import Fetched
from catalog.ingest.report import Report
from catalog.ingest.submissions import SubmissionState

MESSAGE_LENGTH = 500
_TAKEN = frozenset({SubmissionState.PUBLISHED, SubmissionState.UNCHANGED, SubmissionState.HELD, "SAME"})


@dataclass(frozen=True, slots=True)
class Noting:
    """Of one pull; a dry run writes nothing down."""

    feed: Feed
    database: Database
    clock: Callable[[], datetime]
    dry_run: bool = False

    def done(self, pull: Pull, fetched: Fetched) -> Pull:
        """The feed answered. What was refused is asked for whole again: it may be the catalogue that was wrong."""
        now = self.clock()
        changes: dict[str, Any] = {"failures": 0, "due_at": due_after(now, self.feed.every_minutes, self.feed.name)}
        if fetched.is_modified:
            said = fetched.validators if pull.outcome in _TAKEN else None
            changes["validators"] = asdict(said) if said else None
        return self._note(pull, now, changes)

    def failed(self, error: CatalogError) -> Pull:
        """Nothing could be fetched."""
        return self.failed_with(error.code, error.message, error.details.get("retry_after_seconds"))

    def failed_with(self, code: str, message: str, retry_after_seconds: float | None = None) -> Pull:
        now = self.clock()
        failures = self.feed.failures + 1
        changes = {"failures": failures, "due_at": due_after_failure(now, failures, retry_after_seconds)}
        return self._note(Pull.of(self.feed, now, code, message[:MESSAGE_LENGTH]), now, changes)

    def of_report(self, report: Report, size: int) -> Pull:
        message = self.reason(report) if report.is_refused else None
        return Pull.of(self.feed, self.clock(), report.state, message, report.run, size)

    @staticmethod
    def reason(report: Report) -> str:
        """The first thing that is wrong, and how many there are."""
        wrong = [str(issue) for issue in report.issues if issue.severity is Severity.ERROR]
        more = f"; {len(wrong) - 1} more" if len(wrong) > 1 else ""
        return f"{wrong[0][: MESSAGE_LENGTH - 20]}{more}" if wrong else "nothing of it could be taken"

    def _note(self, pull: Pull, now: datetime, changes: dict[str, Any]) -> Pull:
        if not self.dry_run:
            with write_transaction(self.database) as connection:
                note_pull(connection, pull, outcome=pull.outcome, pulled_at=now, **changes)
        return pull
