"""What the worker does: leads or waits, and keeps the search index level with the change log."""

from threading import Event

import structlog
from sqlalchemy.exc import SQLAlchemyError

from catalog.db.engine import Database
from catalog.errors import CatalogError
from catalog.search.port import SearchWriter
from catalog.search.sync import Clock, follow
from catalog.worker.heartbeat import Heartbeat
from catalog.worker.lease import Lease

LEASE_NAME = "worker"


def work(
    database: Database,
    writer: SearchWriter,
    clock: Clock,
    holder: str,
    stop: Event,
    lease_seconds: float,
    poll_seconds: float,
) -> None:
    """Runs until `stop` is set. A failure of database or index is logged and tried again."""
    log = structlog.get_logger().bind(holder=holder)
    lease = Lease(database, LEASE_NAME, holder, lease_seconds)
    while not stop.is_set():
        try:
            if lease.acquire():
                log.info("leading", fence=lease.fence)
                _lead(database, writer, clock, lease, stop, lease_seconds, poll_seconds)
        except (CatalogError, SQLAlchemyError, OSError, ValueError) as error:  # tantivy raises ValueError
            log.exception("work failed, trying again", kind=type(error).__name__)
        stop.wait(poll_seconds)
    log.info("stopped")


def _lead(
    database: Database,
    writer: SearchWriter,
    clock: Clock,
    lease: Lease,
    stop: Event,
    lease_seconds: float,
    poll_seconds: float,
) -> None:
    with Heartbeat(lease, lease_seconds) as heartbeat:
        try:
            while not stop.is_set() and not heartbeat.lost.is_set():
                if not follow(database, writer, clock):
                    stop.wait(poll_seconds)
        finally:
            if not heartbeat.lost.is_set():
                lease.release()
