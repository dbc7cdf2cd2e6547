"""What every batch function is given: one snapshot, one moment, one viewer."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlalchemy import Connection

from catalog.model.documents import Document, load_documents
from catalog.model.live import load_confirmations, load_seats_left
from catalog.model.state import State, read_state
from catalog.model.status import CONFIRMATION_DAYS, Timeline, status_at
from catalog.model.viewer import Viewer
from catalog.model.vocabulary import OfferingStatus
from catalog.search.port import SearchEngine


@dataclass(slots=False)
class RequestContext:
    """One request. What it reads twice it reads once: Documents, statuses and seats are remembered until it ends."""

    connection: Connection
    now: datetime
    viewer: Viewer
    search: SearchEngine
    confirmation_days: int = CONFIRMATION_DAYS
    _documents: dict[str, Document | None] = field(default_factory=dict)
    _statuses: dict[str, OfferingStatus] = field(default_factory=dict)
    _seats: dict[str, int | None] = field(default_factory=dict)

    @cached_property
    def state(self) -> State:
        return read_state(self.connection)

    def documents(self, ids: Iterable[str]) -> dict[str, Document]:
        """The Documents that exist and that the viewer may read; at most one statement for what is not yet known."""
        wanted = list(dict.fromkeys(ids))
        if unknown := [one for one in wanted if one not in self._documents]:
            found = load_documents(self.connection, unknown, self.viewer)
            self._documents |= {one: found.get(one) for one in unknown}
        return {one: document for one in wanted if (document := self._documents[one]) is not None}

    def seats_left(self, offerings: list[dict[str, Any]]) -> dict[str, int | None]:
        """Seats left by offering id; None where nobody has said."""
        if unknown := [one["id"] for one in offerings if one["id"] not in self._seats]:
            found = load_seats_left(self.connection, unknown, self.now)
            self._seats |= {one: found.get(one) for one in unknown}
        return self._seats

    def statuses(self, offerings: list[dict[str, Any]]) -> dict[str, OfferingStatus]:
        """Status now by offering id: two statements for all that are not yet known."""
        unknown = [one for one in offerings if one["id"] not in self._statuses]
        if unknown:
            seats = self.seats_left(unknown)
            confirmed = load_confirmations(self.connection, {one["credential"] for one in unknown})
            for one in unknown:
                on = confirmed.get((one["credential"], one["_source"]))
                times = Timeline.from_json(one["_times"])
                self._statuses[one["id"]] = status_at(times, on, seats[one["id"]], self.now, self.confirmation_days)
        return self._statuses
