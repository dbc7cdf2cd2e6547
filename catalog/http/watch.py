"""Where the catalogue is, looked at now and then by each process, so that a repeated question costs no statement."""

import asyncio
from collections.abc import Awaitable, Callable
from time import monotonic

from catalog.http.answers import Seen
from catalog.model.state import State


class StateWatch:
    """What was seen is good for `seconds`; it never goes back within an epoch, whatever a lagging replica says."""

    def __init__(self, look: Callable[[], Awaitable[Seen]], seconds: float) -> None:
        self._look = look
        self._seconds = seconds
        self._seen: Seen | None = None
        self._looked_at = 0.0
        self._lock: asyncio.Lock | None = None

    def recent(self) -> Seen | None:
        return self._seen if monotonic() - self._looked_at < self._seconds else None

    async def current(self) -> Seen:
        """Raises StorageError."""
        if recent := self.recent():
            return recent
        self._lock = self._lock or asyncio.Lock()
        async with self._lock:
            if recent := self.recent():  # somebody else has looked meanwhile
                return recent
            begun = monotonic()
            found = await self._look()
            self._looked_at = begun
            if self._seen is None or not _is_older(found.state, self._seen.state):
                self._seen = found
            return self._seen

    def note(self, state: State) -> None:
        """What a snapshot has shown meanwhile."""
        if self._seen is not None and self._seen.state.epoch == state.epoch and _is_older(self._seen.state, state):
            self._seen = Seen(state, self._seen.index)


def _is_older(state: State, other: State) -> bool:
    return state.epoch == other.epoch and (state.revision, state.confirmations) < (other.revision, other.confirmations)
