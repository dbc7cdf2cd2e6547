"""Removes files that were kept as they came, once their deliveries have long come to an end."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy.exc import SQLAlchemyError

from catalog.db.engine import Database
from catalog.db.transactions import read_snapshot, write_transaction
from catalog.errors import CatalogError
from catalog.model.arrivals import find_old_files, forget_old_files
from catalog.model.bulk import chunks
from catalog.worker.aside import Aside

DAY_SECONDS = 86_400.0
AGAIN_SECONDS = 600.0
"""After a failure."""
AT_ONCE = 20
"""Files in one transaction: other writers wait for it."""


@dataclass
class OldFiles(Aside):
    """Once a day; a large file takes a while to remove. When the worker ends, the files at hand are the last."""

    database: Database
    clock: Callable[[], datetime]
    days: int

    def look(self) -> None:
        """Starts what is due, and returns at once."""
        if self._is_free():
            self._pause(DAY_SECONDS)
            self._begin("old files", self._remove_or_tell)

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
            self._pause(AGAIN_SECONDS)
            log.warning("old files not removed", kind=type(error).__name__, again_in=AGAIN_SECONDS)
            return
        if count:
            log.info("old files removed", files=count, days=self.days)
