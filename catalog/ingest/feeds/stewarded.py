"""Pages about what a community governs: not fetched by any crawl, and not proposed as the same as anything."""

from urllib.parse import urlsplit

import orjson
from sqlalchemy import Connection, select

from catalog.model.bulk import table_of
from catalog.model.tables import DocumentRow
from catalog.model.vocabulary import RecordType

DOCUMENT = table_of(DocumentRow).c


def stewarded_addresses(connection: Connection) -> frozenset[str]:
    """The addresses of stewarded credentials in each way that a sitemap may write them."""
    query = select(DOCUMENT.body).where(
        DOCUMENT.type == RecordType.CREDENTIAL, DOCUMENT.body.contains('"_stewarded":true', autoescape=True)
    )
    found: set[str] = set()
    for body in connection.scalars(query):
        document = orjson.loads(body)
        if document.get("_stewarded") and document.get("url"):
            found |= spellings(document["url"])
    return frozenset(found)


def spellings(address: str) -> set[str]:
    """With and without a slash at the end, by http and https."""
    parts = urlsplit(address)
    plain = f"{parts.netloc.lower()}{parts.path.rstrip('/')}"
    query = f"?{parts.query}" if parts.query else ""
    return {f"{scheme}://{plain}{slash}{query}" for scheme in ("http", "https") for slash in ("", "/")}
