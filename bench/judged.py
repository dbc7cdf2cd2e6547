"""The judged queries of tests/search/judged, put to an engine and to plain BM25: nDCG@10, query by query."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log2
from pathlib import Path
from statistics import mean

import tantivy

from catalog.search.entry import Entry

FOLDER = Path(__file__).parents[1] / "tests" / "search" / "judged"
HALVES = ("tuning", "held_out")
DEPTH = 10
PLAIN = ("title", "body", "provider", "skills")


@dataclass(frozen=True, slots=True)
class Judged:
    id: str
    query: str
    kind: str
    grades: Mapping[str, int]
    is_plain_wrong: bool


@dataclass(frozen=True, slots=True)
class Scored:
    judged: Judged
    ours: float
    plain: float


def read_half(name: str) -> list[Judged]:
    queries = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))["queries"]
    return [Judged(one["id"], one["query"], one["kind"], one["grades"], one["bm25_wrong"]) for one in queries]


def ndcg(slugs: Sequence[str], grades: Mapping[str, int], depth: int = DEPTH) -> float:
    """Gain 2^grade - 1, discounted by log2(place + 1), against the best order there could be."""
    best = _gain(sorted(grades.values(), reverse=True)[:depth])
    return _gain([grades.get(slug, 0) for slug in slugs[:depth]]) / best


def _gain(grades: Sequence[int]) -> float:
    return float(sum((2**grade - 1) / log2(place + 2) for place, grade in enumerate(grades)))


def score(
    half: Sequence[Judged], ours: Callable[[str], Sequence[str]], plain: Callable[[str], Sequence[str]]
) -> list[Scored]:
    return [Scored(one, ndcg(ours(one.query), one.grades), ndcg(plain(one.query), one.grades)) for one in half]


def table(scored: Sequence[Scored]) -> Iterator[str]:
    yield f"{'id':6}{'ours':>6}{'BM25':>6}  {'kind':17}query"
    for one in scored:
        yield f"{one.judged.id:6}{one.ours:6.2f}{one.plain:6.2f}  {one.judged.kind:17}{one.judged.query}"
    yield summary(scored)


def summary(scored: Sequence[Scored]) -> str:
    wrong = sum(one.judged.is_plain_wrong for one in scored)
    ours, plain = mean(one.ours for one in scored), mean(one.plain for one in scored)
    return f"{len(scored)} queries, {wrong} that plain BM25 gets wrong: nDCG@10 {ours:.3f}, plain BM25 {plain:.3f}"


class PlainBm25:
    """One bag of words for each credential, any word of the query, no field weights: tantivy's BM25 with its defaults."""

    def __init__(self, entries: Sequence[Entry], slugs: Mapping[str, str]) -> None:
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("slug", stored=True, tokenizer_name="raw")
        builder.add_text_field("text")
        self._index = tantivy.Index(builder.build())
        writer = self._index.writer(num_threads=1)
        for entry in entries:
            text = " ".join(text for name in PLAIN for text in entry.texts[name])
            writer.add_document(tantivy.Document(slug=slugs[entry.id], text=text))
        writer.commit()
        self._index.reload()

    def __call__(self, query: str) -> list[str]:
        words = "".join(one if one.isalnum() else " " for one in query)
        asked, _ = self._index.parse_query_lenient(words, ["text"])
        searcher = self._index.searcher()
        hits = searcher.search(asked, limit=DEPTH, count=False).hits
        return [str(searcher.doc(address).get_first("slug")) for _, address in hits]
