"""Reads what coverage is asked for, and finds the rows that it counts, now or at a moment of the past."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import numpy as np
from sqlalchemy import select

from catalog.coverage.awards import Awards, read_awards
from catalog.coverage.dimensions import Around, CoverageDimension, Provider
from catalog.coverage.matrix import MOST_DIMENSIONS
from catalog.errors import ArgumentInvalid
from catalog.model.bulk import table_of
from catalog.model.collecting import without_collecting
from catalog.model.documents import Document, load_documents
from catalog.model.filter import CredentialFilter
from catalog.model.filter_sql import CredentialQuery, find_places
from catalog.model.places import load_campuses
from catalog.model.tables import AwardCoverRow, InstitutionRow
from catalog.model.vocabulary import InstitutionKind
from catalog.publishing.past import Past, open_past
from catalog.schema.context import RequestContext
from catalog.schema.filtering import read_filter
from catalog.search.collecting.entries import listed_ids, load_entries
from catalog.search.columns.batch import make_batch
from catalog.search.columns.ragged import Mask
from catalog.search.finder import Request
from catalog.search.narrowing.facets import CampusPlace, FacetContext
from catalog.search.narrowing.find import find
from catalog.search.narrowing.order import SearchSort, Sorting
from catalog.search.narrowing.view import View

INSTITUTION = table_of(InstitutionRow).c
COVER = table_of(AwardCoverRow).c
EARLIEST = datetime(1900, 1, 1, tzinfo=UTC)
NO_FILTER = CredentialQuery(CredentialFilter(), None)


def read_by(by: Sequence[Any]) -> list[CoverageDimension]:
    """From one to three, each once. Raises ArgumentInvalid."""
    found = [CoverageDimension(one) for one in by]
    if not 1 <= len(found) <= MOST_DIMENSIONS or len(set(found)) < len(found):
        message = f"by takes from 1 to {MOST_DIMENSIONS} different dimensions"
        raise ArgumentInvalid(message, argument="by")
    return found


@dataclass(frozen=True, slots=True)
class Listed:
    """What is counted: what is listed, is to be counted and meets the filter; of what has offerings those that meet it.

    `context` reads the names and the Documents of the moment that is asked about.
    """

    context: RequestContext
    revision: int
    everything: View
    """Also what is not to be counted."""
    past: Past | None = None

    @property
    def view(self) -> View:
        return self.everything.narrow(self._is_counted)

    @property
    def not_counted(self) -> list[str]:
        """Ids of illustrations, and of what its record says is not to be counted."""
        return [one.decode() for one in self.everything.narrow(~self._is_counted).credential("id").tolist()]

    @property
    def _is_counted(self) -> Mask:
        return self.everything.spread(self.everything.credential("is_counted"))

    def documents(self, ids: Iterable[str], now: RequestContext) -> dict[str, Document]:
        """Credentials as they were, of those that may be read today; those that have not changed are read as they are."""
        if self.past is None:
            return now.documents(ids)
        wanted = list(ids)
        then = self.context.documents(one for one in wanted if one in self.past.differing)
        return then | now.documents(one for one in wanted if one not in self.past.differing)


def find_rows(context: RequestContext, filter: Any, at: datetime | None = None) -> Listed:
    """Raises ArgumentInvalid where `at` is to come, or the filter makes no sense."""
    query = replace(read_filter(filter, context), moment=None)
    if at is None:
        results = context.find(Request("", query, context.search_moment(), SearchSort.TITLE_ASC))
        return Listed(context, results.position.revision, results.found.results)
    if not EARLIEST <= at <= context.now:
        message = f"at is to come, or before {EARLIEST.year}: {at.isoformat()}"
        raise ArgumentInvalid(message, argument="at")
    everything = context.find(Request("", NO_FILTER, context.search_moment(), SearchSort.TITLE_ASC))
    view = replace(everything.found.view, moment=replace(context.search_moment(), now=at))
    later = _confirmed_later(view, at)
    past = context.closing.enter_context(open_past(context.connection, at, context.check, later))
    then = context.back_then(past.connection if past else context.connection, at)
    if past is not None:
        view = _as_it_was(view, past, at, context.check)
        query = replace(query, places=find_places(past.connection, query.wanted))
    unsorted = Sorting(SearchSort.TITLE_ASC, everything.query, np.zeros(len(view.rows)))
    return Listed(then, everything.position.revision, find(view, query, unsorted).results, past)


def _confirmed_later(view: View, at: datetime) -> list[str]:
    """Ids of credentials of which a source has confirmed something since: only its newest day is kept."""
    later = view.delivery("confirmed_on") > at.astimezone(UTC).date().toordinal()
    return [one.decode() for one in view.narrow(later).credential("id").tolist()]


def _as_it_was(view: View, past: Past, at: datetime, check: Callable[[], None]) -> View:
    """Rows of what has not changed since, and those of the rest as they were."""
    differing = np.array(sorted(one.encode() for one in past.differing), dtype=view.credential("id").dtype)
    kept = view.rows[view.spread(~np.isin(view.credential("id"), differing))]
    with without_collecting(len(past.differing)):
        entries = list(load_entries(past.connection, listed_ids(past.connection), at))
    check()
    columns = view.columns.with_more(make_batch(entries))
    begin = columns.rows - sum(len(one.deliveries) for one in entries)
    return View(columns, np.concatenate([kept, np.arange(begin, columns.rows)]), view.moment)


def around(context: RequestContext) -> Around:
    """Four statements, whatever is counted."""
    query = select(INSTITUTION.id, INSTITUTION.kind, INSTITUTION.region)
    providers = {row.id: Provider(_kind(row.kind), row.region) for row in context.connection.execute(query)}
    campuses = load_campuses(context.connection)
    places = FacetContext({one: CampusPlace(own.region, own.city) for one, own in campuses.items()})
    return Around(providers, places, campuses, _awards(context))


def _kind(kind: str) -> str | None:
    return None if kind == InstitutionKind.NOT_STATED else kind


def _awards(context: RequestContext) -> Awards:
    """Also those of the past that are not shown any more: they are counted, and named nowhere."""
    ids = context.connection.scalars(select(COVER.award).distinct().order_by(COVER.award)).all()
    if context.today is None:
        return read_awards(context.documents(ids).values())
    return read_awards(load_documents(context.connection, ids, context.viewer).values())
