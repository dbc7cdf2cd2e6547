"""Looks for listings that may be the same, beside whatever else the worker does."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

import structlog
from sqlalchemy.exc import SQLAlchemyError

from catalog.db.engine import Database
from catalog.errors import CatalogError
from catalog.ingest.likeness.following import LikenessFollower
from catalog.worker.aside import Aside

LOOK_SECONDS = 10.0
"""Between looks at what changed: a proposal waits for a person anyway."""


@dataclass
class Likenesses(Aside):
    """When the worker ends, the batch under way is the last."""

    database: Database
    clock: Callable[[], datetime]
    _follower: LikenessFollower = field(init=False)

    def __post_init__(self) -> None:
        self._follower = LikenessFollower(self.database, self.clock, self._stop.is_set)

    def look(self) -> None:
        """Starts a comparison where one is due, and returns at once."""
        if self._is_free():
            self._pause(LOOK_SECONDS)
            self._begin("likeness", self.compare)

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
