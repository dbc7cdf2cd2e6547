"""SQLite FTS5 answering the same search: the page, its total, and six facets that leave out their own condition."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.search_entries import campus_region
from catalog.search.entry import FIELDS, OF_DELIVERY, Entry
from catalog.search.narrowing.bands import PRICE_BANDS
from catalog.search.text.folding import fold
from catalog.search.text.ranking import BOOSTS

TUNING = (
    "contentless FTS5 with porter over unicode61, one row for each offering, columns weighted as our fields; `optimize` after the build",
    "facts denormalised into one table beside it; matches written once to a temporary table in memory, with each condition worked out",
    "mmap_size 1 GiB, cache_size 256 MiB, temp_store memory, prepared statements; python's sqlite3",
)
SCHEMA = """
CREATE VIRTUAL TABLE words USING fts5({columns}, content='', tokenize='porter unicode61 remove_diacritics 2');
CREATE TABLE delivery (row INTEGER PRIMARY KEY, credential INTEGER, kind TEXT, institution TEXT, mode TEXT, region TEXT, price INTEGER, band TEXT);
CREATE TABLE skill (credential INTEGER, skill TEXT, PRIMARY KEY (credential, skill)) WITHOUT ROWID;
"""
FIND = """INSERT INTO hit SELECT w.rowid, bm25(words, {weights}), d.credential, d.kind, d.institution, d.mode, d.region, d.band,
  d.kind IN ({kinds}), d.mode IN ({modes}), d.price IS NULL OR d.price <= {price}
  FROM words w JOIN delivery d ON d.row = w.rowid WHERE words MATCH ?"""
FACETS = {
    "KIND": "SELECT kind, count(DISTINCT credential) FROM hit WHERE m AND p GROUP BY kind",
    "INSTITUTION": "SELECT institution, count(DISTINCT credential) FROM hit WHERE k AND m AND p GROUP BY institution",
    "REGION": "SELECT region, count(DISTINCT credential) FROM hit WHERE k AND m AND p GROUP BY region",
    "MODE": "SELECT mode, count(DISTINCT credential) FROM hit WHERE k AND p GROUP BY mode",
    "SKILL": "SELECT skill, count(*) FROM (SELECT DISTINCT credential FROM hit WHERE k AND m AND p) JOIN skill USING (credential) GROUP BY skill",
    "PRICE": "SELECT band, count(DISTINCT credential) FROM hit WHERE k AND m GROUP BY band",
}


@dataclass(frozen=True, slots=True)
class Conditions:
    kinds: Sequence[str]
    modes: Sequence[str]
    most_cents: int


class Fts5:
    def __init__(self, path: Path, conditions: Conditions) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None)
        for pragma in (
            "mmap_size=1073741824",
            "cache_size=-262144",
            "temp_store=MEMORY",
            "synchronous=OFF",
            "journal_mode=WAL",
        ):
            self._connection.execute(f"PRAGMA {pragma}")
        quoted = [", ".join(f"'{one}'" for one in values) for values in (conditions.kinds, conditions.modes)]
        weights = ", ".join(str(BOOSTS[name]) for name in FIELDS)
        self._find = FIND.format(weights=weights, kinds=quoted[0], modes=quoted[1], price=conditions.most_cents)

    def build(self, entries: Iterable[Entry]) -> None:
        self._connection.executescript(SCHEMA.format(columns=", ".join(FIELDS)))
        self._connection.execute("BEGIN")
        row = 0
        for number, entry in enumerate(entries):
            common = [" ".join(fold(text) for text in entry.texts[name]) for name in FIELDS if name != OF_DELIVERY]
            place_at = FIELDS.index(OF_DELIVERY)
            for delivery in entry.deliveries:
                texts = [*common[:place_at], " ".join(delivery.place), *common[place_at:]]
                self._connection.execute(
                    f"INSERT INTO words(rowid, {', '.join(FIELDS)}) VALUES (?{', ?' * len(FIELDS)})", [row, *texts]
                )
                self._connection.execute(
                    "INSERT INTO delivery VALUES (?, ?, ?, ?, ?, ?, ?, ?)", _facts(row, number, entry, delivery.facts)
                )
                row += 1
            self._connection.executemany("INSERT INTO skill VALUES (?, ?)", [(number, one) for one in entry.facts["skills"]])
        self._connection.execute("COMMIT")
        self._connection.execute("INSERT INTO words(words) VALUES ('optimize')")
        self._connection.execute("ANALYZE")

    def search(self, words: Sequence[str]) -> tuple[list[int], int, dict[str, dict[str | None, int]]]:
        """The page of twenty credentials, the total, and the facets."""
        run = self._connection.execute
        run("CREATE TEMP TABLE IF NOT EXISTS hit (row, rank, credential, kind, institution, mode, region, band, k, m, p)")
        run("DELETE FROM hit")
        run(self._find, [" AND ".join(words)])
        page = run(
            "SELECT credential, min(rank) AS best FROM hit WHERE k AND m AND p GROUP BY credential ORDER BY best, credential LIMIT 20"
        )
        shown = [credential for credential, _ in page]
        ((total,),) = run("SELECT count(DISTINCT credential) FROM hit WHERE k AND m AND p").fetchall()
        return shown, total, {name: dict(run(query).fetchall()) for name, query in FACETS.items()}


def _facts(row: int, number: int, entry: Entry, facts: Mapping[str, Any]) -> list[object]:
    price = facts["price_min"]
    cents = None if price != price else int(float(str(price)))  # noqa: PLR0124 - NaN is not itself
    band = (
        None
        if cents is None
        else next(one.value for one in PRICE_BANDS if one.greatest is None or cents <= one.greatest * 100)
    )
    region = campus_region(str(facts["places"][0]))
    return [row, number, entry.facts["kind"], entry.facts["institutions"][0], facts["mode"], region, cents, band]
