"""Writes the bundle of open data once a day, beside whatever else the worker does."""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from tempfile import NamedTemporaryFile
from threading import Event, Thread
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy.exc import SQLAlchemyError

from catalog.db.engine import Database
from catalog.db.transactions import read_snapshot
from catalog.errors import CatalogError, DeadlineExceeded
from catalog.export.about import About
from catalog.export.bundle import CONTENT, PATTERN, newest_bundle, write_bundle
from catalog.model.state import read_state

ZONE = ZoneInfo("America/Vancouver")
HOUR = 3
"""Of the night, there, from which the bundle of a day is due."""
KEPT = 14
LONGEST_SECONDS = 3600.0
AGAIN_SECONDS = 600.0
"""After a failure."""


@dataclass
class Nightly:
    """One at a time, in a thread of its own: the index is followed meanwhile."""

    database: Database
    clock: Callable[[], datetime]
    folder: Path
    licence: str | None
    _thread: Thread | None = None
    _not_before: float = 0.0
    _stop: Event = field(default_factory=Event)

    def look(self) -> None:
        """Starts what is due, and returns at once."""
        day = self._due()
        if day is not None and not (self._thread and self._thread.is_alive()) and time.monotonic() >= self._not_before:
            self._not_before = time.monotonic() + AGAIN_SECONDS
            self._thread = Thread(target=self._write_or_tell, args=(day,), name="nightly", daemon=True)
            self._thread.start()

    def close(self) -> None:
        """Ends what is under way; nothing half written stays."""
        self._stop.set()
        if self._thread:
            self._thread.join()

    def write(self, day: date) -> Path:
        """The bundle of a day, written whole or not at all."""
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / PATTERN.replace("*", day.isoformat())
        deadline = time.monotonic() + LONGEST_SECONDS

        def check() -> None:
            if self._stop.is_set() or time.monotonic() > deadline:
                raise DeadlineExceeded("the bundle was not done in time, or the worker ends")

        with NamedTemporaryFile(dir=self.folder, prefix=".open-data-", delete=False) as file:
            written = Path(file.name)
            try:
                with read_snapshot(self.database, deadline) as connection:
                    state = read_state(connection)
                    about = About(CONTENT, self.clock(), state.revision, state.epoch, {}, self.licence)
                    write_bundle(file, connection, about, check)
                file.flush()
                os.fsync(file.fileno())
            except BaseException:
                written.unlink(missing_ok=True)
                raise
        written.chmod(0o644)
        written.replace(path)
        for old in sorted(self.folder.glob(PATTERN))[:-KEPT]:
            old.unlink(missing_ok=True)
        return path

    def _due(self) -> date | None:
        now = self.clock().astimezone(ZONE)
        newest = newest_bundle(self.folder)
        is_there = newest is not None and newest.name >= PATTERN.replace("*", now.date().isoformat())
        return None if is_there or now.hour < HOUR else now.date()

    def _write_or_tell(self, day: date) -> None:
        log = structlog.get_logger()
        try:
            path = self.write(day)
            log.info("open data written", file=path.name, bytes=path.stat().st_size)
        except (CatalogError, SQLAlchemyError, OSError) as error:
            log.warning("open data not written", kind=type(error).__name__, again_in=AGAIN_SECONDS)
