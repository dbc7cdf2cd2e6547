"""The judged queries on the embedded engine, and on the Meilisearch at MEILI_URL: both halves, query by query."""

import os
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from statistics import mean

from bench.judged import HALVES, PlainBm25, read_half, score, table
from bench.measurement import Measurement
from catalog.db.engine import Database, open_database
from catalog.db.migrate import migrate
from catalog.db.transactions import read_snapshot
from catalog.ingest.run import ingest_file
from catalog.model.filter import CredentialFilter
from catalog.model.filter_sql import CredentialQuery, Moment
from catalog.model.listing import Slice, list_things
from catalog.model.state import ensure_state
from catalog.model.viewer import Everything
from catalog.model.vocabulary import RecordType
from catalog.search.collecting.entries import listed_ids, load_entries
from catalog.search.finder import Finder, Request
from catalog.search.narrowing.order import SearchSort
from catalog.search.opening import open_engine, open_writer
from catalog.search.sync import reindex

ROOT = Path(__file__).parents[1]
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


def measure_judged() -> list[Measurement]:
    """Prints the tables; the summaries are rows without seconds."""
    with tempfile.TemporaryDirectory() as name:
        database = _seeded(Path(name))
        engines: dict[str, tuple[str, str | None]] = {"tantivy": (f"{name}/index", None)}
        if url := os.environ.get("MEILI_URL"):
            engines["Meilisearch"] = (f"{url}#bench", os.environ.get("MEILI_MASTER_KEY"))
        else:
            print("Meilisearch is not judged: set MEILI_URL (and MEILI_MASTER_KEY)")
        for engine, (address, key) in engines.items():
            for line in _judged(database, engine, address, key):
                print(line)
        database.dispose()
    return []


def _seeded(folder: Path) -> Database:
    database = open_database(f"sqlite:///{folder / 'catalog.db'}")
    migrate(database, prepare=ensure_state)
    for path in sorted((ROOT / "seed").glob("[0-9]*.json")):
        ingest_file(path, database, lambda: NOW, largest_bytes=10_000_000)
    return database


def _judged(database: Database, engine: str, address: str, key: str | None) -> Iterator[str]:
    reindex(database, open_writer(address, key), lambda: NOW, is_forced=True)
    finder = Finder(open_engine(address, key), ROOT / "seed" / "synonyms.json")
    with read_snapshot(database) as connection:
        slugs = dict(list_things(connection, RecordType.CREDENTIAL, Everything(), Slice(10_000)))
        plain = PlainBm25(list(load_entries(connection, listed_ids(connection), NOW)), slugs)

    def ours(text: str) -> list[str]:
        request = Request(text, CredentialQuery(CredentialFilter(), None), Moment(NOW, 400), SearchSort.RELEVANCE)
        found = finder.find(request).found
        return [slugs[one.decode()] for one in found.results.credential("id")[found.order[:10]]]

    for half in HALVES:
        scored = score(read_half(half), ours, plain)
        yield f"\n{engine}, {half.replace('_', ' ')} half"
        yield from table(scored)
        gain = mean(one.ours for one in scored) - mean(one.plain for one in scored)
        yield f"{gain:+.3f} against plain BM25 (goals: at least 0.80, and +0.05 on the held-out half)"
