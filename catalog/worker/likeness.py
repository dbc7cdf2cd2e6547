"""Looks for listings that may be the same, beside whatever else the worker does."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from threading import Event, Thread

import structlog
from sqlalchemy.exc import SQLAlchemyError

from catalog.db.engine import Database
from catalog.errors import CatalogError
from catalog.ingest.likeness.following import LikenessFollower

LOOK_SECONDS = 10.0
"""Between looks at what changed: a proposal waits for a person anyway."""


@dataclass
class Likenesses:
    """In a thread of its own: the index is followed meanwhile."""

    database: Database
    clock: Callable[[], datetime]
    _thread: Thread | None = None
    _not_before: float = 0.0
    _stop: Event = field(default_factory=Event)
    _follower: LikenessFollower = field(init=False)

    def __post_init__(self) -> None:
        self._follower = LikenessFollower(self.database, self.clock, self._stop.is_set)

    def look(self) -> None:
        """Starts a comparison where one is due, and returns at once."""
        if time.monotonic() < self._not_before or (self._thread and self._thread.is_alive()):
            return
        self._not_before = time.monotonic() + LOOK_SECONDS
        self._thread = Thread(target=self.compare, name="likeness", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Ends after the batch under way; what was not compared still is to be."""
        self._stop.set()
        if self._thread:
            self._thread.join()

    def compare(self) -> None:
        """What changed since the last time; a failure is told and tried again."""
        log = structlog.get_logger()
        try:
            compared = self._follower.follow()
        except (CatalogError, SQLAlchemyError, OSError) as error:
            log.warning("likenesses not looked for", kind=type(error).__name__)
            return
        if compared:
            log.info("likenesses looked for", compared=compared)
