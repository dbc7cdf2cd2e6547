"""One pull of a feed: fetched, compared with what it brought last, and handed on as a delivery."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from catalog.db.engine import Database
from catalog.db.transactions import read_snapshot
from catalog.errors import CatalogError
from catalog.ingest.arrival import Arrival, Handling, OnError
from catalog.ingest.feeds.brought import Brought, find_brought
from catalog.ingest.feeds.feed import Feed, How
from catalog.ingest.feeds.getting import Getting
from catalog.ingest.feeds.noting import Noting
from catalog.ingest.feeds.pulls import Pull
from catalog.ingest.feeds.site import Gathered
from catalog.ingest.feeds.stewarded import NOTHING, Stewarded, find_stewarded
from catalog.ingest.report import Report
from catalog.ingest.run import ingest
from catalog.ingest.staging import content_digest
from catalog.ingest.submissions import SubmissionState
from catalog.model.reading.delivery import Told

Clock = Callable[[], datetime]
NOT_MODIFIED, SAME = "NOT_MODIFIED", "SAME"


def pull(feed: Feed, database: Database, clock: Clock, getting: Getting, *, dry_run: bool = False) -> Report | Pull:
    """What became of it: the report of a delivery, or why there was none. A dry run notes nothing.

    A feed that fails is tried again later; what it brought before stays. Raises StorageError where the database is held.
    """
    return _Pulling(feed, database, clock, getting, dry_run).go()


@dataclass
class _Pulling:
    feed: Feed
    database: Database
    clock: Clock
    getting: Getting
    dry_run: bool

    def go(self) -> Report | Pull:
        noting = Noting(self.feed, self.database, self.clock, self.dry_run)
        with read_snapshot(self.database, primary=True) as connection:
            is_free = bool(self.feed.told.get("stewarded"))
            stewarded = NOTHING if is_free else find_stewarded(connection, self.feed.speaker.key)
            last = find_brought(connection, self.feed)
        try:
            gathered = replace(self.getting, leaves_out=stewarded.holds).get(self.feed)
        except CatalogError as error:
            return noting.failed(error)
        arrival, handling = self._arrival(gathered, stewarded), self._handling(stewarded)
        again = self._again(last, gathered, arrival, handling)
        if again is not None:
            return noting.done(again, gathered.fetched)
        report = ingest(arrival, self.database, self.clock, replace(handling, dry_run=self.dry_run))
        noting.done(noting.of_report(report, len(arrival.data)), gathered.fetched)
        return report

    def _again(self, last: Brought | None, gathered: Gathered, arrival: Arrival, handling: Handling) -> Pull | None:
        """What is to be said of a feed that brings nothing new; None where it is to be taken."""
        if not gathered.fetched.is_modified:
            return self._told(NOT_MODIFIED, last)
        if last is None or last.hash != content_digest(arrival.data) or last.state is SubmissionState.RECEIVED:
            return None
        if last.state is not SubmissionState.REFUSED:
            return self._told(SAME, last)
        report = ingest(arrival, self.database, self.clock, replace(handling, dry_run=True))
        if report.state is not SubmissionState.REFUSED:
            return None  # what was wrong with it was somewhere else, and was put right
        told = Noting.reason(report)
        return Pull.of(self.feed, self.clock(), SubmissionState.REFUSED, told, last.run)

    def _told(self, outcome: str, last: Brought | None) -> Pull:
        """Nothing new, or the same that waits already."""
        if last is None or last.waits is None:
            return Pull.of(self.feed, self.clock(), outcome)
        return Pull.of(self.feed, self.clock(), last.state, last.waits, last.run)

    def _arrival(self, gathered: Gathered, stewarded: Stewarded) -> Arrival:
        feed, fetched = self.feed, gathered.fetched
        told = Told(
            provider=feed.told.get("provider"),
            currency=feed.told.get("currency", "CAD"),
            address=feed.address if feed.how is How.FILE else None,
            charset=fetched.charset,
        )
        is_part = gathered.is_part or stewarded.is_stated
        return Arrival(feed.name, fetched.data, feed.speaker, feed.format, told, feed.name, is_part)

    def _handling(self, stewarded: Stewarded) -> Handling:
        """Of a site, one page that is wrong does not keep the others out; of a file, all of it is taken or nothing."""
        on_error = OnError.REJECT_FAILED if self.feed.how is How.SITEMAP else OnError.REJECT_ALL
        return Handling(on_error=on_error, most_bytes=self.getting.most_bytes, avoided=stewarded.pages)
