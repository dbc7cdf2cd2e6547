"""Pulls feeds that are due, one at a time, beside whatever else the worker does."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from threading import Event, Thread

import structlog
from sqlalchemy.exc import SQLAlchemyError

from catalog.db.engine import Database
from catalog.db.transactions import read_snapshot
from catalog.errors import CatalogError
from catalog.ingest.feeds.feed import Feed, due_feeds
from catalog.ingest.feeds.getting import Getting
from catalog.ingest.feeds.pull import pull
from catalog.ingest.report import Report

LOOK_SECONDS = 10.0
"""Between looks at what is due."""


@dataclass
class Feeds:
    """In a thread of its own: the index is followed meanwhile."""

    database: Database
    clock: Callable[[], datetime]
    getting: Getting
    _thread: Thread | None = None
    _not_before: float = 0.0
    _stop: Event = field(default_factory=Event)

    def look(self) -> None:
        """Starts what is due, and returns at once."""
        if time.monotonic() < self._not_before or (self._thread and self._thread.is_alive()):
            return
        self._not_before = time.monotonic() + LOOK_SECONDS
        with read_snapshot(self.database) as connection:
            due = due_feeds(connection, self.clock())
        if due:
            self._thread = Thread(target=self.pull_all, args=(due,), name="feeds", daemon=True)
            self._thread.start()

    def close(self) -> None:
        """Ends after the pull under way; what was not begun is still due."""
        self._stop.set()
        if self._thread:
            self._thread.join()

    def pull_all(self, due: list[Feed]) -> None:
        """Each of them; one that fails does not keep the others from being pulled."""
        for one in due:
            if self._stop.is_set():
                return
            self._pull(one)

    def _pull(self, feed: Feed) -> None:
        log = structlog.get_logger().bind(feed=feed.name)
        try:
            done = pull(feed, self.database, self.clock, self.getting)
        except (CatalogError, SQLAlchemyError, OSError) as error:
            log.warning("feed not pulled", kind=type(error).__name__)
            return
        if isinstance(done, Report):
            log.info("feed pulled", outcome=done.state, run=done.run, records=done.records, issues=len(done.issues))
        else:
            log.info("feed pulled", outcome=done.outcome, message=done.message)
