"""sitemap.xml: the pages that a site names itself, or the sitemaps that name them."""

from dataclasses import dataclass, field
from io import BytesIO

from lxml import etree

from catalog.errors import FetchFailed

MOST_LOCATIONS = 50_000
"""As the protocol of sitemaps has it."""
_ENTRIES = {"urlset": "url", "sitemapindex": "sitemap"}
_TAGS = tuple(f"{{*}}{name}" for name in _ENTRIES.values())


@dataclass(frozen=True, slots=True)
class Sitemap:
    """`locations` are texts that nobody has checked; of an index, they lead to sitemaps."""

    is_index: bool
    locations: list[str] = field(default_factory=list)


def read_sitemap(data: bytes) -> Sitemap:
    """Nothing is fetched, and no entity is replaced. Raises FetchFailed (SITEMAP_INVALID)."""
    plain = data.replace(b"\0", b"")  # of UTF-16
    if b"<!DOCTYPE" in plain:
        raise FetchFailed("a sitemap with a DTD is not read", code="SITEMAP_INVALID")
    if plain.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")[:1] != b"<":
        raise FetchFailed("it is no sitemap", code="SITEMAP_INVALID")
    try:
        return _read(data)
    except etree.XMLSyntaxError as error:
        message = f"the sitemap is no XML: line {error.lineno}, column {error.offset}"
        raise FetchFailed(message, code="SITEMAP_INVALID") from None


def _read(data: bytes) -> Sitemap:
    locations: list[str] = []
    events = etree.iterparse(
        BytesIO(data),
        events=("end",),
        tag=_TAGS,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    for _, entry in events:
        root = entry.getparent()
        if root is None or root.getparent() is not None or _ENTRIES[_checked(root)] != _name(entry):
            continue
        text = entry.findtext("{*}loc")  # the ones of pictures and films stand deeper
        if text and text.strip():
            locations.append(text.strip())
        root.remove(entry)
        if len(locations) == MOST_LOCATIONS:
            return Sitemap(_checked(root) == "sitemapindex", locations)
    return Sitemap(_checked(events.root) == "sitemapindex", locations)


def _checked(root: "etree._Element") -> str:
    """What kind of sitemap it is. Raises FetchFailed (SITEMAP_INVALID)."""
    kind = _name(root)
    if kind not in _ENTRIES or root.getroottree().docinfo.doctype:
        raise FetchFailed("it is no sitemap", code="SITEMAP_INVALID")
    return kind


def _name(element: "etree._Element") -> str:
    return str(element.tag).rpartition("}")[2]
