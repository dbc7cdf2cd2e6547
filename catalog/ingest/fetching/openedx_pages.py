"""Pages of Open edX: each names the address of the next one."""

from collections.abc import Iterator, Mapping
from typing import Any

from catalog.ingest.fetching.address import parse_address
from catalog.ingest.fetching.page import Get, Page, Sheet

NEXT, RESULTS, PAGINATION = "next", "results", "pagination"


def openedx_pages(address: str, get: Get) -> Iterator[Page]:
    """What is no list in pages is one page. `next` stands beside the results, or under `pagination`.

    Raises FetchFailed (FETCH_PAGES) for a next page that is elsewhere, or was there before.
    """
    sheet = get(address)
    if not sheet.has(RESULTS):
        yield Page(sheet)
        return
    seen = {str(parse_address(address)), sheet.fetched.address}
    while True:
        under, ending = _linking(sheet.value)
        following = _following(sheet, under.get(NEXT))
        yield Page(sheet, RESULTS, sheet.items(RESULTS), ending, following is None)
        if following is None:
            return
        if following in seen:
            raise sheet.refused("leads back to one before it")
        seen.add(following)
        sheet = get(following)


def _linking(value: Any) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """Where the link stands, and what stands there when none follows."""
    if not isinstance(value, dict):
        return {}, {}
    nested = value.get(PAGINATION)
    if isinstance(nested, dict):
        return nested, {PAGINATION: {**nested, NEXT: None}}
    return value, {NEXT: None}


def _following(sheet: Sheet, link: Any) -> str | None:
    if link is None or link == "":
        return None
    if not isinstance(link, str):
        raise sheet.refused("names a next page that is no address")
    here = parse_address(sheet.fetched.address)
    there = here.linked(link)
    if there.origin != here.origin:
        raise sheet.refused(f"leads on to another server, {there.scheme}://{there.authority}")
    return str(there)
