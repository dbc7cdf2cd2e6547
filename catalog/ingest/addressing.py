"""Whether two addresses mean the same page, however a sitemap or a listing spells them."""

from urllib.parse import unquote, urlsplit

from catalog.errors import FetchFailed
from catalog.ingest.fetching.address import parse_address


def page_key(address: str) -> str:
    """The same for http and https, with a slash at the end and without, with signs of other alphabets written either way."""
    try:
        plain = str(parse_address(address))
    except FetchFailed:
        return address
    parts = urlsplit(plain)
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.netloc}{unquote(parts.path).rstrip('/')}{unquote(query)}"
