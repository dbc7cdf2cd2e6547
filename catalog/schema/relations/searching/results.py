"""The root field `search` and the fields of its connection and edges."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from catalog.model.places import load_campuses
from catalog.schema.context import RequestContext
from catalog.schema.profiles import read_standing
from catalog.schema.relations.searching.facets import shown_facets
from catalog.schema.relations.searching.marks import texts_to_mark
from catalog.schema.relations.searching.pages import SearchPage, find_page
from catalog.schema.relations.searching.request import read_facets, read_request
from catalog.schema.relations.searching.unmet import note_unmet
from catalog.search.finder import Request
from catalog.search.narrowing.facets import CampusPlace, FacetContext, FacetField
from catalog.search.narrowing.order import SearchSort
from catalog.search.text.marking import mark


def search(
    parents: Sequence[Any],
    context: RequestContext,
    query: str | None = None,
    filter: Any = None,
    profile: Any = None,
    sort: Any = None,
    facets: Any = None,
    **asked: Any,
) -> list[Any]:
    request, wanted = read_request(context, query, filter, profile, sort), read_facets(facets, profile)
    after, before = asked.pop("after", None), asked.pop("before", None)
    page = find_page(context, request, context.page(**asked), after, before)
    note_unmet(context, request, page.results)
    shown = _connection(context, request, page)
    shown |= {"_facets": wanted if facets is not None else None, "_profile": profile}
    return [shown] * len(parents)


def _connection(context: RequestContext, request: Request, page: SearchPage) -> dict[str, Any]:
    found = page.results.found
    ids = [one.decode() for one in found.results.credential("id")[page.places]]
    documents = context.documents(ids)
    listed = context.viewer.listed()
    edges = [
        {"cursor": cursor, "score": _score(request, page, place), "node": documents[one], "_place": place, "_page": page}
        for cursor, place, one in zip(page.cursors, page.places, ids, strict=True)
        if one in documents and documents[one]["_visibility"] in listed  # else gone from this snapshot
    ]
    info = {
        "hasNextPage": page.has_next,
        "hasPreviousPage": page.has_previous,
        "startCursor": page.cursors[0] if page.cursors else None,
        "endCursor": page.cursors[-1] if page.cursors else None,
    }
    results = page.results
    return {
        "edges": edges,
        "pageInfo": info,
        "totalCount": found.total,
        "indexRevision": results.position.revision,
        "widened": results.is_widened,
        "_page": page,
        "_request": request,
    }


def _score(request: Request, page: SearchPage, place: int) -> float | None:
    """Only where results stand in the order of their scores."""
    return -float(page.results.found.values[place]) if request.sort is SearchSort.RELEVANCE else None


def facets(parents: Sequence[Any], context: RequestContext) -> list[Any]:
    return [_facets(parent, context) for parent in parents]


def _facets(parent: dict[str, Any], context: RequestContext) -> list[dict[str, Any]] | None:
    wanted: list[FacetField] | None = parent["_facets"]
    if wanted is None:
        return None
    campuses = load_campuses(context.connection) if {FacetField.REGION, FacetField.CITY} & set(wanted) else {}
    places = {one: CampusPlace(own.region, own.city) for one, own in campuses.items()}
    whose = read_standing(parent["_profile"], context) if FacetField.ELIGIBLE_NOW in wanted else None
    around = FacetContext(places, whose)
    counted = context.searching.facets(parent["_page"].results, wanted, around, context.check)
    return shown_facets(context, counted, parent["_request"].query.wanted)


def did_you_mean(parents: Sequence[Any], context: RequestContext) -> list[Any]:
    return [_did_you_mean(parent, context) for parent in parents]


def _did_you_mean(parent: dict[str, Any], context: RequestContext) -> str | None:
    """Only what finds something, under the same filter."""
    if parent["totalCount"]:
        return None
    meant = context.searching.correct(parent["_page"].results.query)
    if meant is None:
        return None
    request: Request = replace(parent["_request"], text=meant, sort=SearchSort.TITLE_ASC)
    return meant if context.find(request).found.total else None


def highlights(parents: Sequence[Any], context: RequestContext) -> list[Any]:
    """At most one Document lookup for all results of the page."""
    texts = texts_to_mark(context, [parent["node"] for parent in parents])
    return [_highlights(own, parent["_page"], context) for own, parent in zip(texts, parents, strict=True)]


def _highlights(texts: list[tuple[str, str]], page: SearchPage, context: RequestContext) -> list[dict[str, Any]]:
    context.check()
    marked = mark([text for _, text in texts], page.results.query)
    found: dict[str, list[str]] = {}
    for (name, _), fragments in zip(texts, marked, strict=True):
        found.setdefault(name, []).extend(fragments)
    return [{"field": name, "fragments": fragments[:MOST_FRAGMENTS]} for name, fragments in found.items() if fragments]


MOST_FRAGMENTS = 10


def matching_offerings(parents: Sequence[Any], _context: RequestContext) -> list[Any]:
    return [_matching(parent) for parent in parents]


def _matching(parent: dict[str, Any]) -> list[dict[str, Any]]:
    """In the order of the listing, as the API shows them everywhere."""
    wanted = set(parent["_page"].results.found.offerings(parent["_place"]))
    return [one for one in parent["node"]["offerings"] if one["id"] in wanted]


def distance_km(parents: Sequence[Any], _context: RequestContext) -> list[float | None]:
    measured = [parent["_page"].results.found.distances[parent["_place"]] for parent in parents]
    return [None if np.isnan(km) else round(float(km), 1) for km in measured]
