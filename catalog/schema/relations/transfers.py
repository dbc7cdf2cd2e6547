"""What is kept of a pathway's credentials, or of a plan's, at each place that recognises them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from catalog.model.listing import Slice
from catalog.model.related import Related, Wanted, list_related
from catalog.pathways.programs.amounts import need_of
from catalog.pathways.recognition import Destination, destinations
from catalog.schema.context import RequestContext
from catalog.schema.profiles import today

MOST_RECOGNITIONS = 50
"""Of one credential."""
MOST_DESTINATIONS = 50
MOST_ITEMS = 500
"""Of all destinations of one pathway or plan together."""


def of_pathways(parents: Sequence[Any], context: RequestContext, on: date | None = None) -> list[list[dict[str, Any]]]:
    """Of everything that its parts name, on a day; today where none is given. Sums only where all of it is asked for."""
    credentials = [[one for part in parent["parts"] for one in part["items"]] for parent in parents]
    found = _shown(credentials, [on or today(context)] * len(parents), context)
    for parent, own in zip(parents, found, strict=True):
        if not all(_is_whole(part) for part in parent["parts"]):
            own[:] = [one | {"kept": None, "lost": None} for one in own]
    return found


def _is_whole(part: dict[str, Any]) -> bool:
    """Whether all of its items are asked for, and nothing besides."""
    return not part["unlisted"] and not part["rule"] and (part["pick"] is None or need_of(part).least >= len(part["items"]))


def of_plans(parents: Sequence[Any], context: RequestContext) -> list[list[dict[str, Any]]]:
    """Of everything that is taken, on the day on which the plan ends."""
    credentials = [[one["credential"]["id"] for one in parent["steps"]] for parent in parents]
    return _shown(credentials, [parent["_ends"] or today(context) for parent in parents], context)


def _shown(credentials: list[list[str]], days: list[date], context: RequestContext) -> list[list[dict[str, Any]]]:
    """One statement for all of them."""
    wanted, everything = Wanted(Related.RECOGNITIONS), [one for own in credentials for one in own]
    pairs = list_related(context.connection, wanted, everything, context.viewer, Slice(MOST_RECOGNITIONS))
    recognitions = context.documents(one for own in pairs.values() for one, _ in own)
    named = [name for one in recognitions.values() for name in (one["from"], one["to"], one["institution"]) if name]
    documents = context.documents(named)
    found = []
    for own, day in zip(credentials, days, strict=True):
        places = _destinations(own, day, pairs, recognitions, context)
        shown = [one for one in places if one.credential in documents]
        found.append(_bounded([_destination(one, documents) for one in shown[:MOST_DESTINATIONS]]))
    return found


def _bounded(destinations: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """No more items than an answer may hold; sums are of all of them."""
    left = MOST_ITEMS
    for one in destinations:
        one["items"] = one["items"][:left]
        left -= len(one["items"])
    return destinations


def _destinations(
    credentials: list[str],
    day: date,
    pairs: Mapping[str, list[tuple[str, str]]],
    recognitions: Mapping[str, Any],
    context: RequestContext,
) -> list[Destination]:
    listed = [one for credential in dict.fromkeys(credentials) for one, _ in pairs.get(credential, ())]
    own = [recognitions[one] for one in listed if one in recognitions]
    courses = {one: context.graph.course(one) for one in dict.fromkeys(credentials)}
    brought = {one: course.credit if course else None for one, course in courses.items()}
    return destinations(own, brought, day)


def _destination(one: Destination, documents: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "to": documents[one.credential],
        "institution": documents.get(one.institution or ""),
        "kept": one.kept,
        "lost": one.lost,
        "unit": one.unit,
        "guaranteed": one.guaranteed,
        "items": [
            {
                "credential": documents[own.credential],
                "kind": own.recognition["kind"],
                "credit": own.recognition["credit"],
                "guaranteed": own.recognition["guaranteed"],
                "inForce": own.is_in_force,
            }
            for own in one.items
            if own.credential in documents
        ],
    }
