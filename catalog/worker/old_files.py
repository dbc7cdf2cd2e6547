"""Removes files that were kept as they came, once their deliveries have long come to an end."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Event, Thread

import structlog
from sqlalchemy.exc import SQLAlchemyError

from catalog.db.engine import Database
from catalog.db.transactions import read_snapshot, write_transaction
from catalog.errors import CatalogError
from catalog.model.arrivals import find_old_files, forget_old_files
from catalog.model.bulk import chunks

DAY_SECONDS = 86_400.0
AGAIN_SECONDS = 600.0
"""After a failure."""
AT_ONCE = 20
"""Files in one transaction: other writers wait for it."""


@dataclass
class OldFiles:
    """Once a day, in a thread of its own: a large file takes a while to remove."""

    database: Database
    clock: Callable[[], datetime]
    days: int
    _thread: Thread | None = None
    _not_before: float = 0.0
    _stop: Event = field(default_factory=Event)

    def look(self) -> None:
        """Starts what is due, and returns at once."""
        if time.monotonic() < self._not_before or (self._thread and self._thread.is_alive()):
            return
        self._not_before = time.monotonic() + DAY_SECONDS
        self._thread = Thread(target=self._remove_or_tell, name="old files", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Ends after the files at hand; the others are as old tomorrow."""
        self._stop.set()
        if self._thread:
            self._thread.join()

    def remove(self) -> int:
        """How many files were too old."""
        before = self.clock() - timedelta(days=self.days)
        with read_snapshot(self.database, primary=True) as connection:
            old = find_old_files(connection, before)
        for some in chunks(old, AT_ONCE):
            if self._stop.is_set():
                break
            with write_transaction(self.database) as connection:
                forget_old_files(connection, some, before)
        return len(old)

    def _remove_or_tell(self) -> None:
        log = structlog.get_logger()
        try:
            count = self.remove()
        except (CatalogError, SQLAlchemyError, OSError) as error:
            self._not_before = time.monotonic() + AGAIN_SECONDS
            log.warning("old files not removed", kind=type(error).__name__, again_in=AGAIN_SECONDS)
            return
        if count:
            log.info("old files removed", files=count, days=self.days)
