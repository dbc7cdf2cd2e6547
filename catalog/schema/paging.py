"""Pages of lists: bounded, and positioned by the last key seen, so that no row is missed or shown twice."""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from catalog.errors import ArgumentInvalid, CursorExpired

DEFAULT_SIZE = 20
LARGEST_SIZE = 100
CURSOR_LENGTH = 2_000
LARGEST_NUMBER = 2**31  # what a database column of revisions takes


@dataclass(frozen=True, slots=True)
class Page:
    """A checked request for a page. `after` and `before` are keys; `backward` reads from the end."""

    size: int
    after: list[Any] | None
    before: list[Any] | None
    backward: bool


def read_page(
    epoch: str,
    largest: int,
    first: int | None = None,
    after: str | None = None,
    last: int | None = None,
    before: str | None = None,
) -> Page:
    """Raises ArgumentInvalid (PAGE_INVALID) and CursorExpired."""
    if first is not None and last is not None:
        raise ArgumentInvalid("first and last cannot be asked for together", code="PAGE_INVALID", argument="last")
    name, size = ("last", last) if last is not None else ("first", min(DEFAULT_SIZE, largest) if first is None else first)
    if size is None or not 0 <= size <= largest:
        raise ArgumentInvalid(f"{name} must be from 0 to {largest}", code="PAGE_INVALID", argument=name)
    return Page(
        size,
        read_cursor(epoch, after, "after") if after else None,
        read_cursor(epoch, before, "before") if before else None,
        backward=last is not None,
    )


def write_cursor(epoch: str, key: Sequence[Any]) -> str:
    return base64.urlsafe_b64encode(orjson.dumps([epoch, *key])).decode().rstrip("=")


def read_cursor(epoch: str, cursor: str, argument: str, kinds: tuple[type, ...] = ()) -> list[Any]:
    """The key in a cursor. Raises ArgumentInvalid for what is none of ours, CursorExpired for one of an earlier epoch."""
    invalid = ArgumentInvalid(f"{argument} is not a cursor of this catalogue", code="PAGE_INVALID", argument=argument)
    if len(cursor) > CURSOR_LENGTH:
        raise invalid
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        value = orjson.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (UnicodeEncodeError, binascii.Error, orjson.JSONDecodeError):
        raise invalid from None
    if not isinstance(value, list) or not value or not isinstance(value[0], str):
        raise invalid
    if value[0] != epoch:
        raise CursorExpired(
            "the cursor is from before the catalogue was restored; start again without it", argument=argument
        )
    key = value[1:]
    if kinds and [type(one) for one in key] != list(kinds):
        raise invalid
    if any(isinstance(one, int) and not -1 <= one < LARGEST_NUMBER for one in key):
        raise invalid
    return key


def connection(epoch: str, keyed: Sequence[tuple[Sequence[Any], Any]], page: Page, **more: Any) -> dict[str, Any]:
    """A page from up to size + 1 (key, node) pairs, in reading order (backward: from the end)."""
    shown = list(keyed[: page.size])
    has_more = len(keyed) > page.size
    if page.backward:
        shown.reverse()
    edges = [{"cursor": write_cursor(epoch, key), "node": node} for key, node in shown]
    return {
        "edges": edges,
        "pageInfo": {
            "hasNextPage": has_more if not page.backward else page.before is not None,
            "hasPreviousPage": has_more if page.backward else page.after is not None,
            "startCursor": edges[0]["cursor"] if edges else None,
            "endCursor": edges[-1]["cursor"] if edges else None,
        },
        **more,
    }
