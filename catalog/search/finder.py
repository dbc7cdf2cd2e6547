"""One search from what was typed to results: an engine's rows, widened where few hold every word, narrowed and ordered."""

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

import numpy as np

from catalog.db.types import to_microseconds
from catalog.model.filter import CredentialFilter
from catalog.model.filter_sql import CredentialQuery, Moment
from catalog.search.columns.ragged import Array
from catalog.search.narrowing.facets import Counted, FacetContext, FacetField
from catalog.search.narrowing.find import Found, find
from catalog.search.narrowing.lasting import lasts_until
from catalog.search.narrowing.order import SearchSort, Sorting
from catalog.search.narrowing.view import View
from catalog.search.port import IndexPosition, Matches, SearchEngine, Suggested
from catalog.search.text.folding import words_of
from catalog.search.text.query import LONGEST_QUERY, MOST_WORDS, TextQuery, parse_query
from catalog.search.text.synonyms import Synonyms, read_synonyms

WIDENED_BELOW = 10
"""Where fewer credentials hold every word, those that hold most of them follow."""
EVERY_WORD = 3.0
"""Times the score of a row that holds every word, among those that hold most."""
MOST_KEPT = 32
MOST_KEPT_ROWS = 20_000
MOST_ORDERS = 2
"""Of everything there is; each takes some 100 bytes for each offering."""


Check = Callable[[], None]


def _go_on() -> None:
    """There is no deadline."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is looked for. `near` and `coordinates` are for distances; `is_widened` None: as the results are few."""

    text: str
    query: CredentialQuery
    moment: Moment
    sort: SearchSort
    coordinates: Mapping[str, tuple[float, float]] | None = None
    is_widened: bool | None = None

    @property
    def is_private(self) -> bool:
        """Where somebody is, and what they may take, is not kept."""
        return self.query.wanted.near is not None or self.query.eligibility is not None

    @property
    def is_unnarrowed(self) -> bool:
        return self.query.wanted in (CredentialFilter(), CredentialFilter(include_unknown=False))

    @property
    def key(self) -> tuple[object, ...]:
        return (self.text, self.query, self.moment, self.sort, self.is_widened)


@dataclass(frozen=True, slots=True)
class Results:
    """`query` as it was understood; `is_widened`: not all of them hold every word."""

    found: Found
    query: TextQuery
    position: IndexPosition
    state: str
    is_widened: bool


@dataclass(frozen=True, slots=True)
class _Everything:
    """All there is in one order, good from one instant until another."""

    results: Results
    confirmation_days: int
    since: int
    until: int

    def holds(self, state: str, request: Request, now: int) -> bool:
        same = self.results.state == state and self.confirmation_days == request.moment.confirmation_days
        return same and self.since <= now < self.until


class Finder:
    """Shared by all requests of a process. Keeps the order of recent results, so that later pages follow the first one."""

    def __init__(self, engine: SearchEngine, synonyms: Path) -> None:
        self.engine = engine
        self._synonyms_path = synonyms
        self._synonyms: Synonyms | None = None
        self._kept: OrderedDict[tuple[object, ...], Results] = OrderedDict()
        self._orders: dict[SearchSort, _Everything] = {}
        self._counts: tuple[object, dict[FacetField, Counted]] = (None, {})
        self._lock = Lock()

    def state(self) -> str | None:
        return self.engine.state()

    def position(self) -> IndexPosition | None:
        return self.engine.position()

    def find(self, request: Request, check: Check = _go_on) -> Results:
        """`check` is called between steps and may end it. Raises SearchUnavailable."""
        check()
        query = self.parse(request.text)
        if query.is_empty and request.is_unnarrowed:
            return self._everything(request, query)
        strict = self._narrow(request, query, self.engine.match(query), is_widened=False)
        can_widen = len(query.loosened().required) > 1
        wanted = strict.found.total < WIDENED_BELOW if request.is_widened is None else request.is_widened
        if not (can_widen and wanted):
            return strict
        check()
        wide = self.engine.match(query, is_strict=False)
        scores = _preferred(wide, strict)
        return self._narrow(
            request, query, Matches(wide.columns, wide.rows, scores, wide.position, wide.state), is_widened=True
        )

    def _everything(self, request: Request, query: TextQuery) -> Results:
        """All there is, put in order once for each state of the index, as long as the clock changes nothing."""
        state, now = self.engine.look(), to_microseconds(request.moment.now)
        with self._lock:
            known = self._orders.get(request.sort)
        if known is not None and known.holds(state, request, now):
            return known.results
        results = self._narrow(request, query, self.engine.match(query), is_widened=False)
        results.found.order  # noqa: B018 - worked out here, and kept with the rest
        lasting = _Everything(results, request.moment.confirmation_days, now, lasts_until(results.found.view))
        with self._lock:
            self._orders.pop(request.sort, None)
            self._orders[request.sort] = lasting
            while len(self._orders) > MOST_ORDERS:
                del self._orders[next(iter(self._orders))]
        return results

    def keep(self, request: Request, results: Results) -> None:
        """For the pages that follow. Nothing that tells where somebody is."""
        if request.is_private or len(results.found.view.rows) > MOST_KEPT_ROWS:
            return
        with self._lock:
            self._kept[(results.state, *request.key)] = results
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)

    def find_kept(self, state: str, request: Request) -> Results | None:
        with self._lock:
            return self._kept.get((state, *request.key))

    def facets(
        self, results: Results, fields: Sequence[FacetField], context: FacetContext, check: Check = _go_on
    ) -> dict[FacetField, Counted]:
        """Those of everything, unnarrowed, are counted once for as long as the order of everything is good."""
        known = self._known_counts(results, context) if context.eligibility is None else {}
        found: dict[FacetField, Counted] = {}
        for one in fields:
            check()
            found[one] = known[one] if one in known else results.found.facets([one], context)[one]
        known.update(found)
        return found

    def _known_counts(self, results: Results, context: FacetContext) -> dict[FacetField, Counted]:
        """Kept for everything alone; where campuses have moved, all is counted anew."""
        if not (results.query.is_empty and not results.found.own):
            return {}
        with self._lock:
            until = next((one.until for one in self._orders.values() if one.results is results), None)
            key = (results.state, until, context.places)
            if until is None:
                return {}
            if self._counts[0] != key:
                self._counts = (key, {})
            return self._counts[1]

    def correct(self, query: TextQuery) -> str | None:
        return self.engine.correct(query)

    def suggest(self, prefix: str, limit: int) -> list[Suggested]:
        return self.engine.suggest(words_of(prefix[:LONGEST_QUERY])[:MOST_WORDS], limit)

    def parse(self, text: str) -> TextQuery:
        if self._synonyms is None:
            self._synonyms = read_synonyms(self._synonyms_path)
        return parse_query(text, self._synonyms)

    def _narrow(self, request: Request, query: TextQuery, matches: Matches, *, is_widened: bool) -> Results:
        view = View(matches.columns, matches.rows, request.moment)
        sorting = Sorting(request.sort, query, matches.scores, request.query.wanted.near, request.coordinates)
        found = find(view, request.query, sorting)
        return Results(found, query, matches.position, matches.state, is_widened)


def _preferred(wide: Matches, strict: Results) -> Array:
    return np.where(np.isin(wide.rows, strict.found.view.rows), wide.scores * EVERY_WORD, wide.scores)
