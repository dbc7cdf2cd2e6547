"""Search by plain text."""

from collections.abc import Sequence
from typing import Any

from catalog.errors import NotAvailable
from catalog.schema.context import RequestContext
from catalog.schema.filtering import refuse_profile
from catalog.schema.paging import read_cursor, write_cursor
from catalog.search.port import After


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
    refuse_profile(profile)
    for name, value in (
        ("filter", filter),
        ("facets", facets),
        ("last", asked.pop("last", None)),
        ("before", asked.pop("before", None)),
    ):
        if value is not None:
            raise NotAvailable(f"{name} is not available yet in search", argument=name)
    if sort is not None and sort.value != "RELEVANCE":
        raise NotAvailable(f"sort {sort.value} is not available yet", argument="sort")
    return [_search(context, query or "", **asked)] * len(parents)


def _search(context: RequestContext, query: str, first: int | None = None, after: str | None = None) -> dict[str, Any]:
    epoch = context.epoch
    page = context.page(first=first)
    behind = After(*read_cursor(epoch, after, "after", (float, str))) if after else None
    found = context.search(query, page.size + 1, behind)
    documents = context.documents(hit.id for hit in found.hits)
    shown = found.hits[: page.size]
    cursors = [write_cursor(epoch, [hit.score, hit.id]) for hit in shown]
    edges = [
        {"cursor": cursor, "score": hit.score, "node": documents[hit.id]}
        for cursor, hit in zip(cursors, shown, strict=True)
        if hit.id in documents  # a hit may be gone from this snapshot; its place in the order still counts
        and documents[hit.id]["_visibility"] in context.viewer.listed()
    ]
    info = {
        "hasNextPage": len(found.hits) > page.size,
        "hasPreviousPage": bool(after),
        "startCursor": cursors[0] if cursors else None,
        "endCursor": cursors[-1] if cursors else None,
    }
    return {"edges": edges, "pageInfo": info, "totalCount": found.total, "indexRevision": found.revision}
