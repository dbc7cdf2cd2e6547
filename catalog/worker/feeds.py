"""Pulls feeds that are due, one at a time, beside whatever else the worker does."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

import structlog
from sqlalchemy.exc import SQLAlchemyError

from catalog.db.engine import Database
from catalog.db.transactions import read_snapshot, write_transaction
from catalog.errors import CatalogError
from catalog.ingest.feeds.feed import Feed, How, claim_feed, due_feeds, postpone_feed
from catalog.ingest.feeds.getting import Getting
from catalog.ingest.feeds.noting import Noting
from catalog.ingest.feeds.pull import pull
from catalog.ingest.feeds.schedule import FIRST_WAIT
from catalog.ingest.report import Report
from catalog.worker.aside import Aside

LOOK_SECONDS = 10.0
"""Between looks at what is due."""
LONGEST = {
    How.FILE: timedelta(minutes=15),
    How.OOAPI: timedelta(minutes=30),
    How.OPEN_EDX: timedelta(minutes=30),
    How.SITEMAP: timedelta(hours=3),
}
"""After which a pull that nobody heard of is begun again."""


class Stopped(Exception):
    """The worker ends, and with it the pull under way."""


@dataclass
class Feeds(Aside):
    """One pull after the other."""

    CLOSE_SECONDS = 3.0
    """For a pull to end when the worker does; what it has not written by then is not written at all."""

    database: Database
    clock: Callable[[], datetime]
    getting: Getting

    def look(self) -> None:
        """Starts what is due, and returns at once."""
        if not self._is_free():
            return
        self._pause(LOOK_SECONDS)
        try:
            with read_snapshot(self.database, primary=True) as connection:
                due = [one.name for one in due_feeds(connection, self.clock())]
        except (CatalogError, SQLAlchemyError, ValueError) as error:
            structlog.get_logger().warning("feeds not looked at", kind=type(error).__name__)
            return
        if due:
            self._begin("feeds", partial(self.pull_all, due))

    def pull_all(self, due: Sequence[str]) -> None:
        """Each of them, if it is still due; one that fails does not keep the others from being pulled."""
        for name in due:
            if self._stop.is_set():
                return
            log = structlog.get_logger().bind(feed=name)
            try:
                claimed = self._claim(name)
                if claimed:
                    self._pull(claimed)
            except Stopped:
                log.info("feed not pulled, the worker ends")
            except (CatalogError, SQLAlchemyError, OSError) as error:
                log.warning("feed not pulled", kind=type(error).__name__)

    def _claim(self, name: str) -> Feed | None:
        with write_transaction(self.database) as connection:
            return claim_feed(connection, name, self.clock(), LONGEST)

    def _pull(self, feed: Feed) -> None:
        log = structlog.get_logger().bind(feed=feed.name)
        try:
            done = pull(feed, self.database, self.clock, self._stoppable())
        except Stopped:
            self._give_back(feed, timedelta())
            raise
        except (CatalogError, SQLAlchemyError, OSError):
            self._give_back(feed, FIRST_WAIT)
            raise
        except Exception as error:
            log.exception("feed not pulled", kind=type(error).__name__)
            message = f"the catalogue itself failed ({type(error).__name__}); its log says where"
            Noting(feed, self.database, self.clock).failed_with("PULL_FAILED", message)
            return
        if isinstance(done, Report):
            log.info("feed pulled", outcome=done.state, run=done.run, records=done.records, issues=len(done.issues))
        else:
            log.info("feed pulled", outcome=done.outcome, message=done.message)

    def _give_back(self, feed: Feed, wait: timedelta) -> None:
        """Where even that cannot be written, the claim runs out by itself."""
        with suppress(CatalogError, SQLAlchemyError), write_transaction(self.database) as connection:
            postpone_feed(connection, feed.name, self.clock() + wait)

    def _stoppable(self) -> Getting:
        """What waits for nothing any more once the worker ends: every wait asks for the time or sleeps."""
        outside = self.getting.outside

        def now() -> float:
            self._check()
            return outside.clock()

        def sleep(seconds: float) -> None:
            self._stop.wait(seconds)
            self._check()

        return replace(self.getting, sleep=sleep, outside=replace(outside, clock=now))

    def _check(self) -> None:
        if self._stop.is_set():
            raise Stopped
