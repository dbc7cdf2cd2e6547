"""Where the catalogue is, looked at now and then by each process, so that a repeated question costs no statement."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from time import monotonic

from catalog.errors import StorageError
from catalog.http.answers import Seen
from catalog.http.problems import log_failure
from catalog.model.state import State

PATIENCE = 6
"""How many times `seconds` old what is known may be while somebody is looking anew; then everybody waits."""


class StateWatch:
    """What was seen is good for `seconds`; it never goes back within an epoch, whatever a lagging replica says."""

    def __init__(self, look: Callable[[], Awaitable[Seen]], glance: Callable[[], Hashable | None], seconds: float) -> None:
        """`look` asks database and index; `glance` costs next to nothing, and is None where only asking helps."""
        self._look = look
        self._glance = glance
        self._glanced: Hashable | None = None
        self._seconds = seconds
        self._seen: Seen | None = None
        self._looked_at = 0.0
        self._looking: asyncio.Task[Seen] | None = None

    @property
    def newest(self) -> Seen | None:
        """The newest state that was ever seen, however long ago."""
        return self._seen

    def recent(self) -> Seen | None:
        """What is known, if it is good; when its time is up somebody looks anew meanwhile."""
        age = monotonic() - self._looked_at
        if age < self._seconds:
            return self._seen
        if self._glanced is not None:
            if self._glance() != self._glanced:
                return None  # something has happened: whoever asks now waits for it
            self._looked_at = monotonic()
            return self._seen
        if self._seen is None or age >= self._seconds * PATIENCE:
            return None
        self._start()
        return self._seen

    async def current(self) -> Seen:
        """Raises StorageError."""
        recent = self.recent()
        return recent if recent is not None else await asyncio.shield(self._start())

    def note(self, state: State) -> None:
        """What a snapshot has shown meanwhile."""
        if self._seen is not None and _is_older(self._seen.state, state):
            self._seen = Seen(state, self._seen.index)

    def _start(self) -> "asyncio.Task[Seen]":
        if self._looking is None or self._looking.done():
            self._looking = asyncio.ensure_future(self._refresh())
            self._looking.add_done_callback(_report)
        return self._looking

    async def _refresh(self) -> Seen:
        begun, glanced = monotonic(), self._glance()
        found = await self._look()
        self._looked_at, self._glanced = begun, glanced
        known = self._seen
        self._seen = known if known is not None and _is_older(found.state, known.state) else found
        return self._seen


def _report(task: "asyncio.Task[Seen]") -> None:
    """Nobody may be waiting; whoever is gets the error too."""
    if not task.cancelled() and (error := task.exception()) and not isinstance(error, StorageError):
        log_failure("state cannot be read", error)


def _is_older(state: State, other: State) -> bool:
    return state.epoch == other.epoch and (state.revision, state.confirmations) < (other.revision, other.confirmations)
