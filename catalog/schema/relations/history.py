"""Where values come from, and how a thing has changed."""

from collections.abc import Sequence
from typing import Any

import orjson

from catalog.model.history import count_versions, load_provenance, load_versions
from catalog.schema.context import RequestContext
from catalog.schema.paging import connection, read_cursor, read_page

VALUE_LENGTH = 2_000


def provenance(parents: Sequence[Any], context: RequestContext) -> list[list[Any]]:
    choices = load_provenance(context.connection, [parent["id"] for parent in parents])
    return [[_shown(choice) for choice in choices.get(parent["id"], [])] for parent in parents]


def _shown(choice: Any) -> dict[str, Any]:
    value = choice.value if isinstance(choice.value, str) else orjson.dumps(choice.value).decode()
    confirmed = choice.statement.confirmed_on
    return {
        "field": choice.path,
        "source": choice.statement.source,
        "url": choice.url,
        "statedOn": choice.stated_on,
        "confirmedOn": confirmed and confirmed.isoformat(),
        "value": value[:VALUE_LENGTH],
        "chosen": choice.chosen,
    }


def versions(
    parents: Sequence[Any], context: RequestContext, first: int | None = None, after: str | None = None
) -> list[Any]:
    """Newest first."""
    epoch = context.state.epoch
    page = read_page(epoch, first=first, after=after)
    below = read_cursor(epoch, after, "after", (int,))[0] if after else None
    found = load_versions(context.connection, [parent["id"] for parent in parents], below, page.size + 1)
    return [
        connection(epoch, [([one["version"]], one) for one in found.get(parent["id"], [])], page, _thing=parent["id"])
        for parent in parents
    ]


def version_count(parents: Sequence[Any], context: RequestContext) -> list[int]:
    counts = count_versions(context.connection, [parent["_thing"] for parent in parents])
    return [counts.get(parent["_thing"], 0) for parent in parents]
