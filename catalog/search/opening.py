"""Which engine: the embedded one in a folder, or the Meilisearch at an address."""

import re
from pathlib import Path

from catalog.errors import StorageError
from catalog.search.port import SearchEngine, SearchWriter
from catalog.search.tantivy.engine import TantivyEngine
from catalog.search.tantivy.writer import TantivyWriter

ADDRESSES = ("http://", "https://")


MISTYPED = re.compile(r"^[a-z]+:?//|^https?:", re.IGNORECASE)


def _is_address(url: str) -> bool:
    """Raises StorageError (SETTING_INVALID) for what is neither an address nor meant as a folder."""
    if url.startswith(ADDRESSES):
        return True
    if MISTYPED.match(url):
        message = f"CATALOG_SEARCH_URL is {url!r}: it must be a folder, or an address that begins with http:// or https://"
        raise StorageError(message, code="SETTING_INVALID")
    return False


def open_engine(url: str, key: str | None) -> SearchEngine:
    """Connects to nothing yet."""
    return _meilisearch_engine(url, key) if _is_address(url) else TantivyEngine(Path(url))


def open_writer(url: str, key: str | None) -> SearchWriter:
    return _meilisearch_writer(url, key) if _is_address(url) else TantivyWriter(Path(url))


def _meilisearch_engine(url: str, key: str | None) -> SearchEngine:
    from catalog.search.meilisearch.client import connect  # noqa: PLC0415 - a fifth of every command's start otherwise
    from catalog.search.meilisearch.engine import MeilisearchEngine  # noqa: PLC0415 - as above

    return MeilisearchEngine(connect(url, key))


def _meilisearch_writer(url: str, key: str | None) -> SearchWriter:
    from catalog.search.meilisearch.client import connect  # noqa: PLC0415 - as above
    from catalog.search.meilisearch.writer import MeilisearchWriter  # noqa: PLC0415 - as above

    return MeilisearchWriter(connect(url, key))
