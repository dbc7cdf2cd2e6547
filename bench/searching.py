"""Search against SQLite FTS5 over the same 100,000 made-up entries: three words, three filters, six facets."""

import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC
from decimal import Decimal
from pathlib import Path

from bench.measurement import Measurement, interleave
from bench.references.fts5 import TUNING, Conditions, Fts5
from bench.search_entries import CAMPUSES, KINDS, NOW, TOPICS, campus_region, entries, topic_words, word
from catalog.db.types import from_microseconds
from catalog.model.filter import CredentialFilter
from catalog.model.filter_sql import CredentialQuery, Moment
from catalog.model.vocabulary import CredentialKind, DeliveryMode
from catalog.search.entry import Entry
from catalog.search.finder import Finder, Request, Results
from catalog.search.narrowing.facets import CampusPlace, FacetContext, FacetField, count
from catalog.search.narrowing.order import SearchSort
from catalog.search.port import IndexPosition
from catalog.search.tantivy.engine import TantivyEngine
from catalog.search.tantivy.writer import TantivyWriter

SIZES = (10_000, 100_000)
LARGE = 1_000_000
QUERIES = 40
TYPED = 400
FACETS = [FacetField[name] for name in ("KIND", "INSTITUTION", "REGION", "MODE", "SKILL", "PRICE")]
ALL_FACETS = [one for one in FacetField if one is not FacetField.ELIGIBLE_NOW]
CONDITIONS = Conditions(KINDS[:3], ["ONLINE", "ONLINE_LIVE", "IN_PERSON", "BLENDED"], 130_000)
WANTED = CredentialFilter(
    kinds=frozenset(CredentialKind(one) for one in CONDITIONS.kinds),
    modes=frozenset(DeliveryMode(one) for one in CONDITIONS.modes),
    price=(None, Decimal(1300)),
)
NOTHING = CredentialFilter()
MOMENT = Moment(from_microseconds(NOW).astimezone(UTC), 400)
CAMPUS_PLACES = FacetContext(
    {f"campus-{n}": CampusPlace(campus_region(f"campus-{n}"), f"City {n}") for n in range(CAMPUSES)}
)


@dataclass
class Built:
    finder: Finder
    seconds: float

    def search(self, text: str, wanted: CredentialFilter = WANTED) -> Results:
        return self.finder.find(
            Request(text, CredentialQuery(wanted, None), MOMENT, SearchSort.RELEVANCE, None, is_widened=False)
        )

    def answer(self, words: list[str]) -> tuple[list[int], int, dict[str, dict[str | None, int]]]:
        """As the reference answers."""
        results = self.search(" ".join(words) + " ")
        found = results.found
        ids = found.results.credential("id")[found.order[:20]]
        counted = self.finder.facets(results, FACETS, CAMPUS_PLACES)
        facets = {str(one): dict(own.values) | ({None: own.unknown} if own.unknown else {}) for one, own in counted.items()}
        return [int(one[:8], 16) for one in ids], found.total, facets


def build(folder: Path, made: Iterable[Entry]) -> Built:
    begun = time.perf_counter()
    TantivyWriter(folder).rebuild(made, [], IndexPosition("bench", 1))
    return Built(Finder(TantivyEngine(folder), folder / "none.json"), time.perf_counter() - begun)


def questions() -> list[list[str]]:
    """Three words of one topic: few results."""
    return [[topic_words(n % TOPICS)[(n + step * 7) % 30] for step in range(3)] for n in range(QUERIES)]


def common_questions(first: int, number: int) -> list[list[str]]:
    """Three of the commonest words, from a rank: many results."""
    return [[word(first + n), word(first + n + 2), word(first + n + 4)] for n in range(number)]


KINDS_OF_QUERY = {"rare": questions(), "common": common_questions(12, 10), "very common": common_questions(4, 5)}


def measure_searching() -> list[Measurement]:
    """CATALOG_SOAK adds a million."""
    sizes = (*SIZES, LARGE) if os.environ.get("CATALOG_SOAK") else SIZES
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = list(entries(SIZES[-1]))
        small = build(folder / "small", made[: SIZES[0]])
        large = build(folder / "large", made)
        reference = Fts5(folder / "fts5.db", CONDITIONS)
        begun = time.perf_counter()
        reference.build(made)
        reference_seconds = time.perf_counter() - begun
        built = {SIZES[0]: small, SIZES[1]: large}
        if LARGE in sizes:
            built[LARGE] = build(folder / "huge", entries(LARGE))
        return [
            *(_three_words(large, reference, name, asked) for name, asked in KINDS_OF_QUERY.items()),
            _own_filters(large),
            Measurement("index 100,000 credentials, 300,000 offerings", large.seconds, reference_seconds, "FTS5 over the same text", ">= 0.5x", tuning=TUNING),
            _suggesting(large),
            *_growing(built),
            _everything(large),
        ]  # fmt: skip


def _three_words(large: Built, reference: Fts5, name: str, asked: list[list[str]]) -> Measurement:
    totals = []
    for words in asked:
        _, total, facets = large.answer(words)
        _, same_total, same_facets = reference.search(words)
        assert (total, facets) == (same_total, same_facets), words
        totals.append(total)
    ours, theirs = interleave(_each(large.answer, asked), _each(reference.search, asked))
    count = len(asked)
    note = f"{count} queries, {statistics.median(totals):.0f} credentials found in the median; the same totals and facets as FTS5"
    return Measurement(
        f"3 {name} words, 3 filters, 6 facets", ours / count, theirs / count, "SQLite FTS5", ">= 20x", note, TUNING
    )


def _each(answer: Callable[[list[str]], object], asked: list[list[str]]) -> Callable[[], None]:
    def run() -> None:
        for words in asked:
            answer(words)

    return run


def _own_filters(large: Built) -> Measurement:
    found = [large.search(" ".join(words) + " ").found for words in questions()]

    def excluding() -> None:
        for one in found:
            one.facets(FACETS, CAMPUS_PLACES)

    def plain() -> None:
        for one in found:
            for field in FACETS:
                count(one.results, field, CAMPUS_PLACES)

    ours, theirs = interleave(excluding, plain)
    return Measurement(
        "6 facets without their own filters", ours / QUERIES, theirs / QUERIES, "the same with them", ">= 0.5x"
    )


def _suggesting(large: Built) -> Measurement:
    typed = [topic_words(n % TOPICS)[n % 30][: 2 + n % 6] for n in range(TYPED)] + [
        word(60_000 + n)[:4] for n in range(TYPED)
    ]
    large.finder.suggest("ba", 8)
    times = []
    for one in typed:
        begun = time.perf_counter()
        large.finder.suggest(one, 8)
        times.append(time.perf_counter() - begun)
    times.sort()
    p99 = times[int(len(times) * 0.99)]
    return Measurement("suggest, p99 of 800", p99, None, "-", "<= 10 ms", f"median {statistics.median(times) * 1000:.2f} ms")


def _growing(built: dict[int, Built]) -> list[Measurement]:
    """The same number of hits in each size: words are as rare as the catalogue is large."""
    rows = []
    for size, one in built.items():
        asked = _with_hits(one, 300)
        ours, _ = interleave(_each(one.answer, asked), lambda: None)
        note = f"{len(asked)} queries that find 150 to 600 credentials"
        rows.append(
            Measurement(f"search with some 300 results of {size:,}", ours / len(asked), None, "-", "as the hits", note)
        )
    return rows


def _with_hits(one: Built, wanted: int) -> list[list[str]]:
    """Rarer and rarer single words, until they find about so many."""
    found = []
    for number in range(0, 20_000, 37):
        words = [word(number)]
        if wanted // 2 <= one.search(" ".join(words) + " ", NOTHING).found.total <= wanted * 2:
            found.append(words)
        if len(found) == 20:
            break
    return found


def _everything(large: Built) -> Measurement:
    def browse() -> None:
        results = large.search("", NOTHING)
        large.finder.facets(results, ALL_FACETS, CAMPUS_PLACES)
        assert len(results.found.order) == SIZES[-1]

    def anew() -> None:
        large.finder._orders.clear()  # noqa: SLF001 - as after a change of the index
        browse()

    ours, theirs = interleave(browse, anew)
    return Measurement(
        "browse all 100,000 with all facets", ours, theirs, "the first time after a change", "kept for each state"
    )
