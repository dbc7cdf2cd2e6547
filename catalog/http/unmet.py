"""Writes down, every minute, what an API process has counted of unmet demand."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import asdict, dataclass, field
from datetime import datetime
from uuid import uuid4

from anyio import to_thread
from sqlalchemy.exc import SQLAlchemyError

from catalog.coverage.unmet import UnmetCounter
from catalog.db.engine import Database
from catalog.db.transactions import write_transaction
from catalog.errors import StorageError
from catalog.http.problems import log_failure
from catalog.model.unmet import write_unmet

EVERY_SECONDS = 60.0


@dataclass
class UnmetWriter:
    """Only topics of ten askers or more; of what is not written when the process ends nothing is left."""

    counter: UnmetCounter
    database: Database
    clock: Callable[[], datetime]
    process: str = field(default_factory=lambda: uuid4().hex)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        task = asyncio.create_task(self._write_regularly())
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
            await to_thread.run_sync(self.write)

    async def _write_regularly(self) -> None:
        while True:
            await asyncio.sleep(EVERY_SECONDS)
            await to_thread.run_sync(self.write)

    def write(self) -> None:
        """What cannot be written is told in the log and lost: a count, and nobody waits for it."""
        rows = [asdict(one) | {"kind": str(one.kind)} for one in self.counter.take(self.clock().date())]
        if not rows:
            return
        try:
            with write_transaction(self.database) as connection:
                write_unmet(connection, self.process, rows)
        except (StorageError, SQLAlchemyError) as error:
            log_failure("unmet demand not written", error, topics=len(rows))
