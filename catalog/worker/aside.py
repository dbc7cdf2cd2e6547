"""A chore that works in a thread of its own, one at a time: the index is followed meanwhile."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event, Thread
from typing import ClassVar


@dataclass
class Aside:
    """`_stop` is set when the worker ends: what is under way looks at it."""

    CLOSE_SECONDS: ClassVar[float | None] = None
    """How long `close` waits for what is under way; None: until it has ended."""

    _thread: Thread | None = field(default=None, init=False)
    _not_before: float = field(default=0.0, init=False)
    _stop: Event = field(default_factory=Event, init=False)

    def close(self) -> None:
        """Ends what is under way; what was not begun is still due."""
        self._stop.set()
        if self._thread:
            self._thread.join(self.CLOSE_SECONDS)

    def _is_free(self) -> bool:
        """Whether nothing is under way, and the pause since the last time is over."""
        return time.monotonic() >= self._not_before and not (self._thread and self._thread.is_alive())

    def _pause(self, seconds: float) -> None:
        self._not_before = time.monotonic() + seconds

    def _begin(self, name: str, work: Callable[[], object]) -> None:
        self._thread = Thread(target=work, name=name, daemon=True)
        self._thread.start()
