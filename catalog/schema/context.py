"""What every batch function is given: one snapshot, one moment, one viewer; and what an answer turns out to hang on."""

from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import Any

from sqlalchemy import Connection

from catalog.coverage.short_training import ShortTraining, read_short_training
from catalog.coverage.unmet import Unmet
from catalog.model.documents import Document, Library
from catalog.model.filter_sql import Moment
from catalog.model.live import load_confirmations, load_seats_left
from catalog.model.state import State
from catalog.model.status import CONFIRMATION_DAYS, Timeline, status_at
from catalog.model.viewer import Viewer
from catalog.model.vocabulary import OfferingStatus
from catalog.pathways.graph.graph import Graph
from catalog.pathways.graph.keeper import GraphKeeper
from catalog.pathways.profile import Profile
from catalog.pathways.standing import Standing
from catalog.schema.paging import LARGEST_SIZE, Page, read_page
from catalog.search.finder import Finder, Request, Results
from catalog.search.port import Suggested


class Touch(StrEnum):
    """What an answer hangs on besides content."""

    LIVE = "LIVE"
    """Seats and the change log: every revision."""
    TIME = "TIME"
    INDEX = "INDEX"
    ELSEWHERE = "ELSEWHERE"
    """What no change tells of: such an answer is for one request."""


@dataclass
class RequestContext:
    """One request. What it reads twice it reads once: Documents, statuses and seats are remembered until it ends.

    The clock, the search engine, the revision and seats can be had only through it, so `touched` forgets none of them.
    """

    connection: Connection
    state_read: State
    moment: datetime
    viewer: Viewer
    finder: Finder
    library: Library
    confirmation_days: int = CONFIRMATION_DAYS
    page_size: int = LARGEST_SIZE
    touched: set[Touch] = field(default_factory=set)
    check: Callable[[], None] = lambda: None
    """Raises DeadlineExceeded when the time is up; for whatever takes long in one step."""
    seconds_left: Callable[[], float] = lambda: 10.0
    """Until the time is up; for what can stop by itself with what it has."""
    index_state: str | None = None
    profiles: dict[int, tuple[Any, Profile]] = field(default_factory=dict)
    """Read for this request, by the identity of the input, which is kept beside each."""
    standings: dict[int, Standing] = field(default_factory=dict)
    graphs: GraphKeeper = field(default_factory=GraphKeeper)
    short_training: ShortTraining = field(default_factory=read_short_training)
    unmet: list[Unmet] | None = None
    """Searches of this request that did not find what was looked for; None: they are not counted."""
    today: "RequestContext | None" = None
    """Of a request about the past: what may be read of it is what may be read today."""
    closing: ExitStack = field(default_factory=ExitStack)
    """What is closed when the request ends."""
    _documents: dict[str, Document | None] = field(default_factory=dict)
    _statuses: dict[str, OfferingStatus] = field(default_factory=dict)
    _seats: dict[str, int | None] = field(default_factory=dict)

    @property
    def now(self) -> datetime:
        self.touched.add(Touch.TIME)
        return self.moment

    @property
    def state(self) -> State:
        self.touched.add(Touch.LIVE)
        return self.state_read

    def status_moment(self) -> Moment:
        """For statements that work out statuses themselves: they read seats."""
        self.touched.add(Touch.LIVE)
        return Moment(self.now, self.confirmation_days)

    @cached_property
    def graph(self) -> Graph:
        """All hard requirements, as they are in this snapshot."""
        return self.graphs.at(self.connection, self.state_read)

    def back_then(self, connection: Connection, moment: datetime) -> "RequestContext":
        """The same request at a moment of the past, whose Documents this connection reads."""
        forgotten: dict[str, Any] = {"_documents": {}, "_statuses": {}, "_seats": {}}
        return replace(self, connection=connection, moment=moment, library=Library(0), today=self, **forgotten)

    @property
    def epoch(self) -> str:
        """Every answer hangs on it."""
        return self.state_read.epoch

    def page(self, **asked: Any) -> Page:
        """Raises ArgumentInvalid (PAGE_INVALID) and CursorExpired."""
        return read_page(self.epoch, self.page_size, **asked)

    def search_moment(self) -> Moment:
        """For searches: the index knows the seats that it has taken in."""
        return Moment(self.now, self.confirmation_days)

    def find(self, request: Request) -> Results:
        """Raises SearchUnavailable."""
        results = self.searching.find(request, self.check)
        self.index_state = self.index_state or results.state  # of two searches the older: the answer hangs on both
        return results

    def suggest(self, prefix: str, limit: int) -> list[Suggested]:
        """Raises SearchUnavailable."""
        state = self.searching.state()
        self.index_state = self.index_state or state
        return self.finder.suggest(prefix, limit)

    def find_kept(self, state: str, request: Request) -> Results | None:
        """The results that a page before this one came from, where they are still known."""
        results = self.searching.find_kept(state, request)
        if results is not None:
            self.index_state = self.index_state or results.state
        return results

    @property
    def searching(self) -> Finder:
        self.touched.add(Touch.INDEX)
        return self.finder

    def documents(self, ids: Iterable[str]) -> dict[str, Document]:
        """The Documents that exist and that the viewer may read; at most one statement for what is not yet known."""
        wanted = list(dict.fromkeys(ids if self.today is None else self.today.documents(ids)))
        if unknown := [one for one in wanted if one not in self._documents]:
            found = self.library.load(self.connection, self.state_read, unknown, self.viewer)
            self._documents |= {one: found.get(one) for one in unknown}
        return {one: document for one in wanted if (document := self._documents[one]) is not None}

    def seats_left(self, offerings: list[dict[str, Any]]) -> dict[str, int | None]:
        """Seats left by offering id; None where nobody has said."""
        self.touched.add(Touch.LIVE)
        if unknown := [one["id"] for one in offerings if one["id"] not in self._seats]:
            found = load_seats_left(self.connection, unknown, self.now)
            self._seats |= {one: found.get(one) for one in unknown}
        return self._seats

    def statuses(self, offerings: list[dict[str, Any]]) -> dict[str, OfferingStatus]:
        """Status now by offering id: two statements for all that are not yet known."""
        now = self.now
        seats = self.seats_left(offerings)
        unknown = [one for one in offerings if one["id"] not in self._statuses]
        if unknown:
            confirmed = load_confirmations(self.connection, {one["credential"] for one in unknown})
            for one in unknown:
                on = confirmed.get((one["credential"], one["_source"]))
                times = Timeline.from_json(one["_times"])
                self._statuses[one["id"]] = status_at(times, on, seats[one["id"]], now, self.confirmation_days)
        return self._statuses
