"""When the clock will next change what is true: worked out once for each state, since it needs several statements."""

from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock

from sqlalchemy import Connection

from catalog.model.state import State, next_boundary


@dataclass(slots=True)
class Horizon:
    _known: tuple[State, datetime, datetime | None] | None = None
    _lock: Lock = field(default_factory=Lock)

    def find(self, connection: Connection, state: State, now: datetime, confirmation_days: int) -> datetime | None:
        """The first instant after `now` at which something changes by itself, in the snapshot of `state`."""
        with self._lock:
            known = self._known
        if known is not None:
            known_state, since, until = known
            if known_state == state and since <= now and (until is None or now < until):
                return until
        found = next_boundary(connection, now, confirmation_days)
        with self._lock:
            self._known = (state, now, found)
        return found
