"""Reads what a search is asked for."""

from dataclasses import replace
from typing import Any

from catalog.errors import ArgumentInvalid
from catalog.model.places import load_campuses
from catalog.schema.context import RequestContext
from catalog.schema.filtering import profile_missing, read_filter
from catalog.schema.profiles import read_standing
from catalog.search.finder import Request
from catalog.search.narrowing.facets import FacetField
from catalog.search.narrowing.order import SearchSort


def read_request(context: RequestContext, query: str | None, filter: Any, profile: Any, sort: Any) -> Request:
    """Raises ArgumentInvalid naming the argument."""
    order = SearchSort(sort or SearchSort.RELEVANCE)
    standing = None if profile is None else read_standing(profile, context)
    wanted = read_filter(filter, context, standing, asks=True)
    near = wanted.wanted.near
    if order is SearchSort.DISTANCE_ASC and near is None:
        raise ArgumentInvalid("sort DISTANCE_ASC needs filter.near: from where?", argument="sort")
    coordinates = None
    if near is not None:
        places = load_campuses(context.connection)
        coordinates = {one: campus.coordinates for one, campus in places.items() if campus.coordinates}
    return Request(query or "", replace(wanted, moment=None), context.search_moment(), order, coordinates)


def read_facets(facets: list[Any] | None, profile: Any) -> list[FacetField]:
    """Each once. Raises ArgumentInvalid (PROFILE_REQUIRED)."""
    wanted = [FacetField(one) for one in dict.fromkeys(facets or ())]
    if FacetField.ELIGIBLE_NOW in wanted and profile is None:
        raise profile_missing("facets")
    return wanted
