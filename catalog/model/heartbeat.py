"""Renews a lease while its holder is busy."""

from threading import Event, Thread
from typing import Self

import structlog
from sqlalchemy.exc import SQLAlchemyError

from catalog.errors import StorageError
from catalog.model.lease import Lease

BEATS_PER_LEASE = 3


class Heartbeat:
    """`lost` is set when the lease could not be renewed: the holder must stop writing."""

    def __init__(self, lease: Lease, seconds: float) -> None:
        self._lease = lease
        self._pause = seconds / BEATS_PER_LEASE
        self._stop = Event()
        self.lost = Event()
        self._thread = Thread(target=self._beat, name="lease", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._stop.set()
        self._thread.join()

    def _beat(self) -> None:
        failures = 0
        while not self._stop.wait(self._pause):
            try:
                held = self._lease.renew()
                failures = 0
            except (StorageError, SQLAlchemyError) as error:
                failures += 1
                structlog.get_logger().warning("lease not renewed", error=str(error), failures=failures)
                held = failures < BEATS_PER_LEASE
            if not held:
                self.lost.set()
                return
