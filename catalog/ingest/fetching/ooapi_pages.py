"""Pages of the Open Onderwijs API, version 5: numbers, and a word on whether there is another."""

import json
from collections.abc import Iterator
from hashlib import sha256
from itertools import count
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from catalog.ingest.fetching.page import Get, Page, Sheet

NUMBER, MORE, ITEMS = "pageNumber", "hasNextPage", "items"
_LONGEST_NUMBER = 8


def ooapi_pages(address: str, get: Get) -> Iterator[Page]:
    """From the page that the address names, else the first. A single thing that is no list is one page.

    Raises FetchFailed (FETCH_PAGES) where a page comes twice.
    """
    sheet = get(address)
    if not sheet.has(ITEMS):
        yield Page(sheet)
        return
    seen: set[bytes] = set()
    for number in count(_number(address) + 1):
        items = sheet.items(ITEMS)
        _check_new(sheet, items, seen)
        is_last = sheet.value.get(MORE) is not True
        yield Page(sheet, ITEMS, items, {MORE: False}, is_last)
        if is_last:
            return
        sheet = get(_numbered(address, number))


def _check_new(sheet: Sheet, items: list[Any], seen: set[bytes]) -> None:
    """A server that does not know page numbers gives its first page for ever."""
    try:
        digest = sha256(json.dumps(items).encode()).digest()
    except RecursionError:
        raise sheet.refused("is nested too deeply") from None
    if digest in seen:
        raise sheet.refused("has the same items as one before it")
    seen.add(digest)


def _number(address: str) -> int:
    stated = dict(parse_qsl(urlsplit(address).query)).get(NUMBER, "")
    return int(stated) if stated.isdecimal() and len(stated) <= _LONGEST_NUMBER else 1


def _numbered(address: str, number: int) -> str:
    parts = urlsplit(address)
    others = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name != NUMBER]
    return urlunsplit(parts._replace(query=urlencode([*others, (NUMBER, str(number))]), fragment=""))
