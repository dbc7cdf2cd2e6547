"""What could be typed next."""

from collections.abc import Sequence
from typing import Any

from catalog.errors import ArgumentInvalid
from catalog.schema.context import RequestContext
from catalog.schema.paging import LARGEST_SIZE

DEFAULT = 8


def suggest(
    parents: Sequence[Any], context: RequestContext, prefix: str, first: int | None = DEFAULT
) -> list[list[dict[str, Any]]]:
    """Of what may be listed in this snapshot; an empty prefix suggests nothing."""
    size = DEFAULT if first is None else first
    if not 0 <= size <= LARGEST_SIZE:
        raise ArgumentInvalid(f"first must be from 0 to {LARGEST_SIZE}", code="PAGE_INVALID", argument="first")
    found = context.suggest(prefix, size)
    documents = context.documents(one.id for one in found)
    listed = context.viewer.listed()
    shown = [
        {"text": one.text, "kind": one.kind, "id": one.id}
        for one in found
        if one.id in documents and documents[one.id]["_visibility"] in listed
    ]
    return [shown] * len(parents)
