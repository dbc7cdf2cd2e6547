"""Feeds that come in pages: all of them, as one document."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from catalog.errors import FetchFailed
from catalog.ingest.fetching.address import parse_address
from catalog.ingest.fetching.answer import Fetched
from catalog.ingest.fetching.fetch import fetch
from catalog.ingest.fetching.limits import FetchLimits
from catalog.ingest.fetching.ooapi_pages import ooapi_pages
from catalog.ingest.fetching.openedx_pages import openedx_pages
from catalog.ingest.fetching.outside import SYSTEM, Outside
from catalog.ingest.fetching.page import Get, Page, Sheet, read_sheet
from catalog.ingest.fetching.request_headers import only_harmless
from catalog.ingest.fetching.spending import Spending


class Paging(StrEnum):
    """How a source says that there is more."""

    OOAPI = "OOAPI"
    OPENEDX = "OPENEDX"


@dataclass(frozen=True, slots=True)
class PageLimits:
    """`fetch` limits each page; the others all of them together."""

    fetch: FetchLimits = field(default_factory=FetchLimits)
    pages: int = 500
    total_bytes: int = 64_000_000
    total_seconds: float = 600.0


WALKS: Mapping[Paging, Callable[[str, Get], Iterator[Page]]] = {
    Paging.OOAPI: ooapi_pages,
    Paging.OPENEDX: openedx_pages,
}


def fetch_pages(
    address: str,
    paging: Paging,
    limits: PageLimits,
    *,
    headers: Mapping[str, str] | None = None,
    allowed_hosts: frozenset[str] = frozenset(),
    outside: Outside = SYSTEM,
) -> Fetched:
    """One JSON document in the shape of the first page, with the items of all, and saying that none follows.

    There are no conditional requests: an unchanged first page says nothing of the others. Raises what `fetch` raises,
    and FetchFailed: FETCH_PAGES for pages that do not fit together, FETCH_TOO_LARGE, FETCH_TIMEOUT.
    """
    spending = Spending(limits.total_bytes, limits.total_seconds, outside.clock)
    origin = parse_address(address).origin

    def get(where: str) -> Sheet:
        sent = headers if parse_address(where).origin == origin else only_harmless(headers or {})
        allowed = spending.left_of(limits.fetch)
        fetched = fetch(where, allowed, headers=sent, allowed_hosts=allowed_hosts, outside=outside)
        return read_sheet(spending.paid(fetched))

    return _together(WALKS[paging](address, get), limits.pages)


def _together(pages: Iterator[Page], most: int) -> Fetched:
    first = last = next(pages)
    items, parts, wire_bytes = first.items, 1, first.sheet.fetched.wire_bytes
    while not last.is_last:
        if parts == most:
            raise FetchFailed(f"the feed has more than {most} pages", code="FETCH_TOO_LARGE")
        last = next(pages)
        items += last.items
        parts, wire_bytes = parts + 1, wire_bytes + last.sheet.fetched.wire_bytes
    fetched = first.sheet.fetched
    if parts == 1:
        return fetched
    data = _joined({**first.sheet.value, **last.ending, first.key: items})
    return replace(fetched, data=data, charset="utf-8", validators=None, wire_bytes=wire_bytes, parts=parts)


def _joined(whole: dict[str, Any]) -> bytes:
    try:
        return json.dumps(whole, separators=(",", ":")).encode()
    except RecursionError:
        raise FetchFailed("the pages are nested too deeply", code="FETCH_PAGES") from None
