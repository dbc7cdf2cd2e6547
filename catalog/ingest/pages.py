"""Pages of a site that were fetched one by one, kept and read as one delivery."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from catalog.errors import Issue
from catalog.model.reading.content import Content, ContentRefused, Kind, open_content
from catalog.model.reading.delivery import Delivery, Told

PAGES_FORMAT = "pages/1"
Reader = Callable[[Content, Told], Delivery]


def is_pages(content: Content) -> bool:
    """Whether a file is such a collection."""
    value = content.value
    return content.kind is Kind.JSON and isinstance(value, Mapping) and value.get("format") == PAGES_FORMAT


def read_pages(content: Content, told: Told, read: Reader) -> Delivery:
    """What all pages state; a page that states nothing is no error. A listing that several pages show is taken once."""
    whole = Delivery("schema.org", form="pages")
    seen: set[tuple[str, str]] = set()
    for page in content.value.get("pages", []):
        _join(whole, _read(page, told, read), str(page.get("address", "")), seen)
    return whole


def _read(page: Mapping[str, Any], told: Told, read: Reader) -> Delivery:
    address = str(page.get("address", ""))
    try:
        opened = open_content(str(page.get("text", "")).encode(), replace(told, address=address, charset="utf-8"))
    except ContentRefused:
        return Delivery("schema.org")
    delivery = read(opened, replace(told, address=address))
    delivery.issues = [issue for issue in delivery.issues if issue.code != "NOTHING_FOUND"]
    return delivery


def _join(whole: Delivery, page: Delivery, address: str, seen: set[tuple[str, str]]) -> None:
    """Numbers go on, and places begin with the address of the page."""
    offset = len(whole.places)
    for row, place in page.places.items():
        whole.places[offset + row] = f"{address} {place}".strip()
    named = {(one.type, str(one.ref)) for one in whole.mentioned}
    whole.mentioned += [one for one in page.mentioned if (one.type, str(one.ref)) not in named]
    for row, record in zip(page.rows, page.records, strict=True):
        key = (record.type, str(record.ref or record.slug))
        if key not in seen:
            seen.add(key)
            whole.records.append(record)
            whole.rows.append(offset + row)
            whole.covers.append(None)
    whole.issues += [_moved(issue, offset, address) for issue in page.issues]


def _moved(issue: Issue, offset: int, address: str) -> Issue:
    row = issue.row + offset if issue.row else None
    return replace(issue, row=row, place=f"{address} {issue.place or ''}".strip())
