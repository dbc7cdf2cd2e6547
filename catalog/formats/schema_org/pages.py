"""What a page says of itself: each block of JSON-LD by itself, its microdata, and whether it has RDFa."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

from lxml import etree

from catalog.errors import Issue
from catalog.formats.schema_org.microdata import read_microdata
from catalog.formats.schema_org.vocabulary import LISTINGS, Names, primary
from catalog.model.reading.json_text import JsonRefused, parse_json

_BEGINS = ("<!--", "//<![CDATA[", "/*<![CDATA[*/", "<![CDATA[")
_ENDS = ("-->", "//]]>", "/*]]>*/", "]]>", "//", ";")
"""What pages put around a script, to hide it from older browsers and from XML."""
MOST_LETTERS = 5_000_000
MOST_TAGS = 100_000
MOST_ATTRIBUTES = 1_000
"""Of one element; the parser compares each of them with all others."""
_LONG_TAG = 3_000
_ATTRIBUTE = r"""[^\s=>]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))?+|=[^\s>]*+"""
_TAG = re.compile(rf"<[A-Za-z][^\s>]*+(?:\s++(?:{_ATTRIBUTE})?+)*+")
_SPACED = re.compile(rf"\s++(?:{_ATTRIBUTE})")
_TEMPLATE = re.compile(r"<\?(?:php\b|=)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Block:
    """`issue` says why it is no JSON."""

    place: str
    text: str
    value: Any = None
    issue: Issue | None = None


@dataclass(slots=True)
class Page:
    blocks: list[Block] = field(default_factory=list)
    items: list[dict[str, Any]] = field(default_factory=list)
    base: str | None = None
    language: str | None = None
    has_rdfa: bool = False
    is_template: bool = False
    is_too_deep: bool = False


def is_too_large(text: str) -> bool:
    """Whether a page is larger than pages are, or one of its elements has more attributes than elements have."""
    if len(text) > MOST_LETTERS or text.count("<") > MOST_TAGS:
        return True
    long = (one[0] for one in _TAG.finditer(text) if one.end() - one.start() > _LONG_TAG)
    return any(sum(1 for _ in _SPACED.finditer(one)) > MOST_ATTRIBUTES for one in long)


def read_page(text: str, address: str | None) -> Page:
    """`address` is where the page came from. A template that was never run is read as far as it is a page."""
    page = Page(base=address, is_template=bool(_TEMPLATE.search(text)))
    whole = _TEMPLATE.sub("&lt;?", text) if page.is_template else text
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=True, recover=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(whole.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return page
    page.is_too_deep = any(one.type_name == "ERR_RESOURCE_LIMIT" for one in parser.error_log)
    if root is None:
        return page
    page.language = primary(root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang"))
    page.base = _base(root, address)
    page.blocks = list(_blocks(root))
    page.items = [one for one in read_microdata(root) if one["@type"]]
    page.has_rdfa = any(_is_listing(one.get("typeof")) for one in root.iter() if one.get("typeof"))
    return page


def _blocks(root: Any) -> Iterator[Block]:
    number = 0
    for script in root.iter("script"):
        if (script.get("type") or "").partition(";")[0].strip().lower() != "application/ld+json":
            continue
        number += 1
        place, text = f"block {number}", script.text or ""
        try:
            yield Block(place, text, parse_json(_unwrapped(text)))
        except JsonRefused as error:
            yield Block(place, text, issue=error.issue)


def _unwrapped(text: str) -> str:
    plain = text.strip()
    for begin in _BEGINS:
        plain = plain.removeprefix(begin).lstrip()
    for end in _ENDS:
        plain = plain.removesuffix(end).rstrip()
    return plain


def _base(root: Any, address: str | None) -> str | None:
    """The page's own base, else where it came from, else what it calls its canonical address."""
    stated = next((one.get("href") for one in root.iter("base") if one.get("href")), None)
    canonical = next(
        (one.get("href") for one in root.iter("link") if (one.get("rel") or "").lower() == "canonical" and one.get("href")),
        None,
    )
    origin = address or canonical
    try:
        found = urljoin(origin or "", stated.strip()) if stated else origin
    except ValueError:
        return address
    return found if found and found.startswith(("http://", "https://")) else address


def _is_listing(types: str | None) -> bool:
    names = Names()
    return bool(LISTINGS.intersection(names.local(one) for one in (types or "").split()))
