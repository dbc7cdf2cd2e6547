"""What the worker does: leads or waits, and keeps the search index level with the change log."""

from collections.abc import Sequence
from threading import Event

import structlog
from sqlalchemy.exc import SQLAlchemyError

from catalog.db.engine import Database
from catalog.errors import CatalogError, SearchUnavailable, StorageError
from catalog.model.heartbeat import Heartbeat
from catalog.model.lease import Lease
from catalog.search.port import SearchWriter
from catalog.search.sync import Clock, follow
from catalog.worker.chore import Chore

LEASE_NAME = "worker"
LONGEST_PAUSE_SECONDS = 5.0
"""After failures: well below the times that anybody notices."""


def work(
    database: Database,
    writer: SearchWriter,
    clock: Clock,
    holder: str,
    stop: Event,
    lease_seconds: float,
    poll_seconds: float,
    chores: Sequence[Chore] = (),
) -> None:
    """Runs until `stop` is set. A failure of database or index is logged and tried again."""
    log = structlog.get_logger().bind(holder=holder)
    lease = Lease(database, LEASE_NAME, holder, lease_seconds)
    try:
        while not stop.is_set():
            try:
                if lease.acquire():
                    log.info("leading", fence=lease.fence)
                    _lead(database, writer, clock, lease, stop, lease_seconds, poll_seconds, chores)
            except (CatalogError, SQLAlchemyError, OSError, ValueError) as error:  # tantivy raises ValueError
                log.exception("work failed, trying again", kind=type(error).__name__)
            stop.wait(poll_seconds)
    finally:
        for one in chores:
            one.close()
    log.info("stopped")


def _tell(failures: int, error: CatalogError) -> None:
    """The first time, and then ever more rarely: what is known need not be said twice a second."""
    if failures & (failures - 1) == 0:
        log = structlog.get_logger()
        log.warning("the index cannot be followed", code=error.code, message=error.message, failures=failures)


def _lead(
    database: Database,
    writer: SearchWriter,
    clock: Clock,
    lease: Lease,
    stop: Event,
    lease_seconds: float,
    poll_seconds: float,
    chores: Sequence[Chore],
) -> None:
    with Heartbeat(lease, lease_seconds) as heartbeat:
        try:
            failures = 0
            while not stop.is_set() and not heartbeat.lost.is_set():
                try:
                    worked = follow(database, writer, clock)
                    failures = 0
                except (SearchUnavailable, StorageError) as error:
                    failures, worked = failures + 1, False
                    _tell(failures, error)
                for one in chores:
                    one.look()
                if not worked:
                    stop.wait(min(poll_seconds * 2**failures, max(poll_seconds, LONGEST_PAUSE_SECONDS)))
        finally:
            if not heartbeat.lost.is_set():
                lease.release()
