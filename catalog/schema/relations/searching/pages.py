"""Pages of results. A cursor says when and in which state of the index its chain began, and which place it is.

Sorted by a field, a page begins behind the cursor's value and id, whatever was written meanwhile: every row that stays as
it is comes once. By relevance, scores move with every write: the order of the first page is kept, or made again while the
index stays the same; else what the chain has shown is left out (`seen`), as far as a cursor can hold it.
"""

import base64
import binascii
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import UTC
from hashlib import blake2b
from typing import Any

import numpy as np

from catalog.db.types import from_microseconds, to_microseconds
from catalog.errors import ArgumentInvalid, CursorExpired, RequestError
from catalog.model.filter import Near
from catalog.schema.context import RequestContext
from catalog.schema.paging import Page, read_cursor, write_cursor
from catalog.search.columns.ragged import Array
from catalog.search.finder import Request, Results
from catalog.search.narrowing.order import SearchSort

WINDOW = 10_000
"""Results by relevance that can be paged through."""
SEEN_BYTES = 3
MOST_SEEN = 200
FAR = "far"
"""No distance is known."""
ANY_STATE = ""
"""The state of a chain that no longer follows one: what it has shown is left out of whatever there is now."""
DIGEST_BYTES = 4
MOST_AHEAD, MOST_AGE = 60_000_000, 7 * 86_400_000_000
"""Microseconds that a chain may have begun after now, by another machine's clock, and before."""
TEXT_VALUES = (SearchSort.TITLE_ASC, SearchSort.DISTANCE_ASC)
"""Orders whose cursors hold texts: a title, or the campus that a distance is to, never the distance itself."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a chain of pages, as a cursor holds it; `number` counts results from 1."""

    digest: str
    as_of: int
    state: str
    is_widened: bool
    number: int
    value: float | str | None
    id: str
    seen: bytes = b""

    def key(self) -> list[Any]:
        seen = base64.b64encode(self.seen).decode()
        return [self.digest, str(self.as_of), self.state, int(self.is_widened), self.number, self.value, self.id, seen]


@dataclass(frozen=True, slots=True)
class SearchPage:
    """`places` are those of the results among the credentials found; `cursors` stand beside them."""

    results: Results
    places: list[int]
    cursors: list[str]
    has_next: bool
    has_previous: bool


def read_place(epoch: str, cursor: str, argument: str, request: Request) -> Place:
    """Raises ArgumentInvalid (PAGE_INVALID) for what is none of this search, CursorExpired for one of an earlier epoch."""
    invalid = ArgumentInvalid(f"{argument} is not a cursor of this search", code="PAGE_INVALID", argument=argument)
    key = read_cursor(epoch, cursor, argument)
    if len(key) != 8 or not all(map(isinstance, key, (str, str, str, int, int, float | str | int | None, str, str))):  # noqa: PLR2004 - as Place.key writes it
        raise invalid
    digest, as_of, state, is_widened, number, value, one, seen = key
    try:
        shown = base64.b64decode(seen, validate=True)
        moment = int(as_of)
        from_microseconds(moment)
    except (binascii.Error, ValueError, OverflowError):
        raise invalid from None
    is_text = isinstance(value, str)
    if digest != _digest(request) or is_text != (request.sort in TEXT_VALUES) or len(shown) % SEEN_BYTES or number < 1:
        raise invalid
    age = to_microseconds(request.moment.now) - moment
    if not -MOST_AHEAD <= age <= MOST_AGE:
        raise CursorExpired("the cursor is from another week; start again without it", argument=argument)
    return Place(digest, moment, state, bool(is_widened), number, value, one, shown)


def find_page(context: RequestContext, request: Request, page: Page, after: str | None, before: str | None) -> SearchPage:
    behind = read_place(context.epoch, after, "after", request) if after else None
    ahead = read_place(context.epoch, before, "before", request) if before else None
    started = behind or ahead
    if started is not None:
        moment = replace(request.moment, now=from_microseconds(started.as_of).astimezone(UTC))
        asked = replace(request, moment=moment, is_widened=started.is_widened)
    else:
        asked = request
    results, state = _results(context, asked, started)
    chain = _Chain(asked, results, state, _digest(request), behind, ahead)
    return chain.page(page)


def _results(context: RequestContext, request: Request, started: Place | None) -> tuple[Results, str]:
    """The results, and the state that the chain follows."""
    if request.sort is not SearchSort.RELEVANCE or started is None:
        results = context.find(request)
        if started is None and request.sort is SearchSort.RELEVANCE:
            kept = replace(request, is_widened=results.is_widened)
            context.searching.keep(kept, results)
        return results, results.state
    if started.state != ANY_STATE and (kept_results := context.find_kept(started.state, request)) is not None:
        return kept_results, started.state
    results = context.find(request)
    return results, started.state if results.state == started.state else ANY_STATE


@dataclass(frozen=True, slots=True)
class _Chain:
    request: Request
    results: Results
    state: str
    digest: str
    behind: Place | None
    ahead: Place | None

    def page(self, page: Page) -> SearchPage:
        order = self._order()
        begin, end = self._bounds(order)
        if page.backward:
            first = max(begin, end - page.size)
            shown, more_before, more_after = order[first:end], first > begin, self.ahead is not None
        else:
            last = min(end, begin + page.size)
            shown, more_before, more_after = order[begin:last], self.behind is not None, last < end
            first = begin
        if self._is_ranked and not page.backward and first + len(shown) == WINDOW < len(order):
            more_after = True
        places = [int(place) for place in shown]
        return SearchPage(self.results, places, list(self._cursors(order, first, places)), more_after, more_before)

    def _cursors(self, order: Array, first: int, places: list[int]) -> Iterator[str]:
        """Each knows what the chain has shown up to it, where it can hold that."""
        seen = self._seen_before(order, first)
        before = len(self.behind.seen) // SEEN_BYTES if self.state == ANY_STATE and self.behind else 0
        for number, place in enumerate(places, start=before + first + 1):
            if self._is_ranked and number <= MOST_SEEN:
                seen += _short(self._ids[place])
            yield self._cursor(place, number, seen if number <= MOST_SEEN else b"")

    @property
    def _ids(self) -> Array:
        return self.results.found.results.credential("id")

    @property
    def _is_ranked(self) -> bool:
        return self.request.sort is SearchSort.RELEVANCE

    def _order(self) -> Array:
        """Without what a chain that follows no state has shown; backwards such a chain leads nowhere."""
        order = self.results.found.order
        if self.state != ANY_STATE:
            return order
        if self.behind is None or self.ahead is not None:
            raise CursorExpired("the index has moved on since this search began; start again without it", argument="before")
        if len(self.behind.seen) // SEEN_BYTES < self.behind.number:
            raise CursorExpired(
                "the index has moved on since this search began, too far down to go on from here; start again without it",
                argument="after",
            )
        shown = {self.behind.seen[at : at + SEEN_BYTES] for at in range(0, len(self.behind.seen), SEEN_BYTES)}
        return np.array([place for place in order if _short(self._ids[place]) not in shown], dtype=np.int64)

    def _bounds(self, order: Array) -> tuple[int, int]:
        end = min(len(order), WINDOW) if self._is_ranked else len(order)
        if self._is_ranked and self.state == ANY_STATE:
            return 0, end
        begin = 0 if self.behind is None else self._place_of(order, self.behind, behind=True)
        if self._is_ranked and begin >= WINDOW and len(order) > WINDOW:
            message = (
                f"search by relevance shows the best {WINDOW} results; narrow it, sort by a field, or read `credentials`"
            )
            raise RequestError(message, code="PAGE_TOO_DEEP", argument="after")
        if self.ahead is not None:
            end = min(end, self._place_of(order, self.ahead, behind=False))
        return min(begin, end), end

    def _place_of(self, order: Array, place: Place, *, behind: bool) -> int:
        """How many results come before the cursor's, which is one of them for what comes behind it."""
        if self._is_ranked:
            return place.number if behind else max(0, place.number - 1)
        found = self.results.found
        values, ids = found.values[order], self._ids[order]
        wanted = self._read(place)
        low = int(np.searchsorted(values, wanted, side="left"))
        high = int(np.searchsorted(values, wanted, side="right"))
        return low + int(np.searchsorted(ids[low:high], place.id.encode(), side="right" if behind else "left"))

    def _seen_before(self, order: Array, first: int) -> bytes:
        """What the chain has shown before this page; nothing where it is too much for a cursor."""
        if not self._is_ranked:
            return b""
        if self.state == ANY_STATE:
            return self.behind.seen if self.behind else b""
        if first > MOST_SEEN:
            return b""
        return b"".join(_short(self._ids[place]) for place in order[:first])

    def _cursor(self, place: int, number: int, seen: bytes) -> str:
        as_of, one = to_microseconds(self.request.moment.now), self._ids[place].decode()
        value = self._written(self.results.found.values[place])
        at = Place(self.digest, as_of, self.state, self.results.is_widened, number, value, one, seen)
        return write_cursor(self.results.position.epoch, at.key())

    def _written(self, value: Any) -> float | str | None:
        """As JSON takes it: what is not known, infinity, is null. A distance is told by a campus: it would say where."""
        if isinstance(value, bytes):
            return value.decode()
        if self.request.sort is SearchSort.DISTANCE_ASC:
            measured = self.results.found.measured
            at = np.flatnonzero(measured.km == value)
            return f"{int(measured.keys[at[0]]):x}" if len(at) else FAR
        return None if np.isinf(value) else float(value)

    def _read(self, place: Place) -> Any:
        """The value that a cursor tells. Raises CursorExpired."""
        if self.request.sort is SearchSort.DISTANCE_ASC:
            return self._distance(str(place.value))
        if isinstance(place.value, str):
            return place.value.encode()
        return np.inf if place.value is None else place.value

    def _distance(self, campus: str) -> float:
        measured = self.results.found.measured
        if campus == FAR:
            return float("inf")
        at = [n for n, key in enumerate(measured.keys) if f"{int(key):x}" == campus]
        if not at:
            raise CursorExpired("the campus that the cursor stands at is gone; start again without it", argument="after")
        return float(measured.km[at[0]])


def _short(one: bytes) -> bytes:
    """24 bits of an id: of 200 that were shown, one in 80,000 others would be taken for one of them."""
    return blake2b(one, digest_size=SEEN_BYTES).digest()


def _digest(request: Request) -> str:
    """Tells cursors of other searches apart."""
    wanted = [(one.name, _settled(getattr(request.query.wanted, one.name))) for one in fields(request.query.wanted)]
    asked = repr((request.text, wanted, str(request.sort)))
    return blake2b(asked.encode(), digest_size=DIGEST_BYTES).hexdigest()


def _settled(value: Any) -> Any:
    """Sets have another order in every process. Where somebody is does not go into a cursor, not even as a digest."""
    if isinstance(value, Near):
        return "near"
    return sorted(map(str, value)) if isinstance(value, frozenset) else value
