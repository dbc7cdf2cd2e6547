"""The change log and the state of the catalogue."""

from collections.abc import Sequence
from typing import Any

from catalog.model import listing
from catalog.model.changes import Position, read_changes
from catalog.model.state import next_boundary as find_next_boundary
from catalog.model.vocabulary import RecordType
from catalog.runtime.batch import Many
from catalog.schema.context import RequestContext
from catalog.schema.filtering import read_filter
from catalog.schema.paging import read_cursor, write_cursor


def catalog_info(parents: Sequence[Any], context: RequestContext) -> list[Any]:
    state = context.state
    at = state.updated_at
    return [{"revision": state.revision, "epoch": state.epoch, "updatedAt": at and at.isoformat()} for _ in parents]


def next_boundary(parents: Sequence[Any], context: RequestContext) -> list[str | None]:
    found = find_next_boundary(context.connection, context.now, context.confirmation_days)
    return [found.isoformat() if found else None] * len(parents)


def count_credentials(parents: Sequence[Any], context: RequestContext) -> list[int]:
    everything = listing.Wanted(read_filter(None, context))
    return listing.count_credentials(context.connection, [everything] * len(parents))


def count_offerings(parents: Sequence[Any], context: RequestContext) -> list[int]:
    return [listing.count_offerings(context.connection)] * len(parents)


def count_of(record_type: RecordType) -> Many:
    def many(parents: Sequence[Any], context: RequestContext) -> list[int]:
        return [listing.count_things(context.connection, record_type, context.viewer)] * len(parents)

    return many


def changes(
    parents: Sequence[Any], context: RequestContext, after: str | None = None, first: int | None = None
) -> list[Any]:
    """What happened after a cursor, oldest first; the last cursor stays good to ask again when more has happened."""
    epoch = context.state.epoch  # through the state, since every revision is a change
    page = context.page(first=first)
    position = Position(*read_cursor(epoch, after, "after", (int, int))) if after else Position()
    found = read_changes(context.connection, position, page.size + 1, context.viewer)
    edges = [_edge(epoch, one) for one in found[: page.size]]
    info = {
        "hasNextPage": len(found) > page.size,
        "hasPreviousPage": bool(after),
        "startCursor": edges[0]["cursor"] if edges else None,
        "endCursor": edges[-1]["cursor"] if edges else after,
    }
    return [{"edges": edges, "pageInfo": info, "epoch": epoch} for _ in parents]


def _edge(epoch: str, one: Any) -> dict[str, Any]:
    cursor = write_cursor(epoch, [one.revision, one.ordinal])
    shown = {
        "cursor": cursor,
        "revision": one.revision,
        "at": one.at.isoformat(),
        "kind": one.kind,
        "type": one.type,
        "id": one.thing,
        "slug": one.slug,
        "version": one.version,
        "changedFields": one.changed_fields,
    }
    return {"cursor": cursor, "node": shown}
