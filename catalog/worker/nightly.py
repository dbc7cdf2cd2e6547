"""Writes the bundle of open data once a day, beside whatever else the worker does."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path

import structlog
from sqlalchemy.exc import SQLAlchemyError

from catalog.db.engine import Database
from catalog.db.transactions import read_snapshot
from catalog.errors import CatalogError, DeadlineExceeded
from catalog.export.about import About
from catalog.export.bundle import CONTENT, PATTERN, bundle_name, newest_bundle, write_bundle
from catalog.export.whole import whole_file
from catalog.model.history import last_erased
from catalog.model.state import read_state
from catalog.model.zones import zone
from catalog.worker.aside import Aside

ZONE = zone("America/Vancouver")
HOUR = 3
"""Of the night, there, from which the bundle of a day is due."""
KEPT = 14
HIDDEN = ".open-data-"
"""How names of what is not whole yet begin."""
LONGEST_SECONDS = 3600.0
LOOK_SECONDS = 60.0
"""Between looks at what was erased; meanwhile the API gives out no bundle that is older than that."""
AGAIN_SECONDS = 600.0
"""After a failure."""


@dataclass
class Nightly(Aside):
    """When the worker ends, nothing half written stays."""

    database: Database
    clock: Callable[[], datetime]
    folder: Path
    licence: str | None
    _look_again: float = 0.0
    _erased: datetime | None = None

    def look(self) -> None:
        """Starts what is due, and returns at once."""
        day = self._due()
        if day is not None and self._is_free():
            self._pause(AGAIN_SECONDS)
            self._begin("nightly", partial(self._write_or_tell, day))

    def write(self, day: date) -> Path:
        """The bundle of a day, written whole or not at all."""
        for left in self.folder.glob(f"{HIDDEN}*"):  # of a process that was killed
            left.unlink(missing_ok=True)
        path = self.folder / bundle_name(day)
        deadline = time.monotonic() + LONGEST_SECONDS

        def check() -> None:
            if self._stop.is_set() or time.monotonic() > deadline:
                raise DeadlineExceeded("the bundle was not done in time, or the worker ends")

        with whole_file(path, HIDDEN) as file, read_snapshot(self.database, deadline) as connection:
            state = read_state(connection)
            about = About(CONTENT, self.clock(), state.revision, state.epoch, {}, self.licence)
            write_bundle(file, connection, about, check)
        for old in sorted(self.folder.glob(PATTERN))[:-KEPT]:
            old.unlink(missing_ok=True)
        return path

    def _due(self) -> date | None:
        now = self.clock().astimezone(ZONE)
        newest = newest_bundle(self.folder)
        if newest is not None and self._holds_erased(newest):
            for old in self.folder.glob(PATTERN):
                old.unlink(missing_ok=True)
            return now.date()
        is_there = newest is not None and newest.name >= bundle_name(now.date())
        return None if is_there or now.hour < HOUR else now.date()

    def _holds_erased(self, bundle: Path) -> bool:
        """Whether something was erased since it was written: then it may hold its text."""
        if time.monotonic() >= self._look_again:
            self._look_again = time.monotonic() + LOOK_SECONDS
            with read_snapshot(self.database) as connection:
                self._erased = last_erased(connection)
        return self._erased is not None and self._erased.timestamp() >= bundle.stat().st_mtime

    def _write_or_tell(self, day: date) -> None:
        log = structlog.get_logger()
        try:
            path = self.write(day)
            log.info("open data written", file=path.name, bytes=path.stat().st_size)
        except (CatalogError, SQLAlchemyError, OSError) as error:
            log.warning("open data not written", kind=type(error).__name__, again_in=AGAIN_SECONDS)
