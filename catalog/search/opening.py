"""Which engine: the embedded one in a folder, or the Meilisearch at an address."""

from pathlib import Path

from catalog.search.meilisearch.client import connect
from catalog.search.meilisearch.engine import MeilisearchEngine
from catalog.search.meilisearch.writer import MeilisearchWriter
from catalog.search.port import SearchEngine, SearchWriter
from catalog.search.tantivy.engine import TantivyEngine
from catalog.search.tantivy.writer import TantivyWriter

ADDRESSES = ("http://", "https://")


def open_engine(url: str, key: str | None) -> SearchEngine:
    """Connects to nothing yet."""
    return MeilisearchEngine(connect(url, key)) if url.startswith(ADDRESSES) else TantivyEngine(Path(url))


def open_writer(url: str, key: str | None) -> SearchWriter:
    return MeilisearchWriter(connect(url, key)) if url.startswith(ADDRESSES) else TantivyWriter(Path(url))
