"""Pages of a site that were fetched one by one, kept and read as one delivery."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

import orjson

from catalog.errors import Issue, Severity
from catalog.ingest.joining import Joining
from catalog.model.reading.content import Content, ContentRefused, Kind, open_content
from catalog.model.reading.delivery import Delivery, Told

PAGES_FORMAT = "pages/1"
Reader = Callable[[Content, Told], Delivery]


def write_pages(pages: Mapping[str, str], missing: Iterable[tuple[str, str]]) -> bytes:
    """Texts by address, and (address or nothing, why) of what is missing; the same pages are the same bytes."""
    kept = [{"address": address, "text": pages[address]} for address in sorted(pages)]
    gaps = [{"address": address, "why": why} for address, why in sorted(missing)]
    return orjson.dumps({"format": PAGES_FORMAT, "pages": kept, "missing": gaps})


def is_pages(content: Content) -> bool:
    """Whether a file is such a collection."""
    value = content.value
    return content.kind is Kind.JSON and isinstance(value, Mapping) and value.get("format") == PAGES_FORMAT


def read_pages(content: Content, told: Told, read: Reader) -> Delivery:
    """What all pages state. A page that states nothing is no error; one that cannot be read leaves the others as they are.

    A listing that several pages show is taken once, from the page at its own address if that is among them.
    """
    joining = Joining()
    for page in _objects(content.value, "pages"):
        address = str(page.get("address", ""))
        joining.add(address, _read(address, str(page.get("text", "")), told, read))
    whole = joining.joined()
    whole.issues += [_missing(one) for one in _objects(content.value, "missing")]
    if not (whole.records or whole.gone or whole.is_refused):
        hint = "describe each course as a schema.org Course in a script of the type application/ld+json"
        whole.issues.append(Issue("NOTHING_FOUND", "no page of the site states anything that is taken", hint=hint))
    return whole


def _objects(value: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    found = value.get(name)
    return [one for one in found if isinstance(one, Mapping)] if isinstance(found, list) else []


def _read(address: str, text: str, told: Told, read: Reader) -> Delivery:
    """Text that a page declares to be in another encoding is marked as UTF-8 first."""
    here = replace(told, address=address, charset=None)
    try:
        opened = open_content(text.encode("utf-8-sig", "replace"), here)
    except ContentRefused as error:
        return Delivery("schema.org", issues=[error.issue])
    delivery = read(opened, here)
    found = [issue for issue in delivery.issues if issue.code != "NOTHING_FOUND"]
    delivery.issues = [*opened.warnings, *found]
    return delivery


def _missing(one: Mapping[str, Any]) -> Issue:
    place = str(one.get("address", "")) or None
    message = f"{one.get('why', 'it was not read')}; nothing is withdrawn because it is missing"
    return Issue("PAGES_MISSING", message, severity=Severity.WARNING, place=place)
