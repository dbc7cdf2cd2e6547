"""Reads what coverage is asked for, and finds the rows that it counts."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import select

from catalog.coverage.awards import Awards, read_awards
from catalog.coverage.dimensions import Around, CoverageDimension, Provider
from catalog.coverage.matrix import MOST_DIMENSIONS
from catalog.errors import ArgumentInvalid
from catalog.model.bulk import table_of
from catalog.model.places import load_campuses
from catalog.model.tables import AwardCoverRow, InstitutionRow
from catalog.model.vocabulary import InstitutionKind
from catalog.schema.context import RequestContext
from catalog.schema.filtering import read_filter
from catalog.search.finder import Request, Results
from catalog.search.narrowing.facets import CampusPlace, FacetContext
from catalog.search.narrowing.order import SearchSort
from catalog.search.narrowing.view import View

INSTITUTION = table_of(InstitutionRow).c
COVER = table_of(AwardCoverRow).c


def read_by(by: Sequence[Any]) -> list[CoverageDimension]:
    """From one to three, each once. Raises ArgumentInvalid."""
    found = [CoverageDimension(one) for one in by]
    if not 1 <= len(found) <= MOST_DIMENSIONS or len(set(found)) < len(found):
        message = f"by takes from 1 to {MOST_DIMENSIONS} different dimensions"
        raise ArgumentInvalid(message, argument="by")
    return found


def find_rows(context: RequestContext, filter: Any) -> tuple[Results, View]:
    """Rows of what is listed, is to be counted and meets the filter: for conditions on offerings the offerings that do."""
    query = replace(read_filter(filter, context), moment=None)
    results = context.find(Request("", query, context.search_moment(), SearchSort.TITLE_ASC))
    rows = results.found.results
    return results, rows.narrow(rows.spread(rows.credential("is_counted")))


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
    ids = context.connection.scalars(select(COVER.award).distinct().order_by(COVER.award))
    return read_awards(context.documents(ids).values())
