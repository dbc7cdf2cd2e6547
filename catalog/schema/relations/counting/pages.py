"""Pages of what is worked out as a whole: cells, gaps, the credentials behind a number."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from catalog.errors import ArgumentInvalid
from catalog.schema.context import RequestContext
from catalog.schema.paging import Page, write_cursor
from catalog.schema.relations.totals import Given

Key = TypeVar("Key", bound=Hashable)


def cut(keys: Sequence[Key], page: Page, what: str) -> tuple[int, Sequence[Key]]:
    """Where a page begins, and its keys: texts, or tuples of texts, each once.

    Raises ArgumentInvalid (PAGE_INVALID) where `after` names nothing among them, or nothing any more.
    """
    begin = 0 if page.after is None else _place(keys, page.after, what) + 1
    return begin, keys[begin : begin + page.size]


def page_of(
    keys: Sequence[Key], page: Page, context: RequestContext, what: str, show: Callable[[Key], Any]
) -> dict[str, Any]:
    """`show` gives a node, or None for what cannot be shown."""
    begin, own = cut(keys, page, what)
    shown = [(key, node) for key in own if (node := show(key)) is not None]
    edges = [{"cursor": write_cursor(context.epoch, [key]), "node": node} for key, node in shown]
    return {
        "edges": edges,
        "pageInfo": {
            "hasNextPage": begin + len(own) < len(keys),
            "hasPreviousPage": begin > 0,
            "startCursor": write_cursor(context.epoch, [own[0]]) if own else None,
            "endCursor": write_cursor(context.epoch, [own[-1]]) if own else None,
        },
        "totalCount": len(keys),
        "_count": Given(len(keys)),
    }


def credential_pages(
    lists: Sequence[Sequence[str]],
    page: Page,
    context: RequestContext,
    load: Callable[[Iterable[str]], Mapping[str, Any]] | None = None,
) -> list[dict[str, Any]]:
    """Pages of credentials by their ids; what is shown is loaded at once."""
    context.check()
    found = (load or context.documents)(one for ids in lists for one in cut(ids, page, "credential")[1])
    return [page_of(ids, page, context, "credential", found.get) for ids in lists]


def _place(keys: Sequence[Any], cursor: list[Any], what: str) -> int:
    wanted = tuple(cursor[0]) if cursor and isinstance(cursor[0], list) else cursor[0] if cursor else None
    if len(cursor) != 1 or wanted not in keys:
        message = f"after names no {what} of this answer, or none any more; start again without it"
        raise ArgumentInvalid(message, code="PAGE_INVALID", argument="after")
    return keys.index(wanted)
