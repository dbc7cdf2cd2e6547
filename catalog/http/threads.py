"""The worker threads of one event loop: so many at once, and so many waiting."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from catalog.http.messages import HttpError

T = TypeVar("T")


class Threads:
    """Starts none before the first work."""

    def __init__(self, at_once: int, most: int) -> None:
        """`most` is under way and waiting together."""
        self._at_once = at_once
        self._most = most
        self._pool: ThreadPoolExecutor | None = None
        self.busy = 0

    async def run(self, work: Callable[[], T]) -> T:
        """Raises HttpError (SERVER_BUSY)."""
        if self.busy >= self._most:
            raise HttpError(503, "too many requests are waiting; try again in a second", "SERVER_BUSY", {"retry-after": "1"})
        self._pool = self._pool or ThreadPoolExecutor(self._at_once, "graphql")
        self.busy += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._pool, work)
        finally:
            self.busy -= 1

    def close(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None
