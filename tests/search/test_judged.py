"""The judged queries on both engines: at least 0.80, and 0.05 above plain BM25, on the half that nothing was tuned on."""

import json
from statistics import mean

import pytest

from bench.judged import HALVES, PlainBm25, ndcg, read_half, score
from catalog.db.transactions import read_snapshot
from catalog.model.listing import Slice, list_things
from catalog.model.viewer import Everything
from catalog.model.vocabulary import RecordType
from catalog.search.collecting.entries import listed_ids, load_entries
from tests.search.conftest import ENGINES
from tests.served import ROOT, publish_seed

LEAST, AHEAD = 0.80, 0.05


@pytest.fixture(scope="module", params=ENGINES)
def seed(request, opened_engine):
    with opened_engine(request) as indexed:
        publish_seed(indexed.database, indexed.now)
        indexed.reindex()
        with read_snapshot(indexed.database) as connection:
            slugs = dict(list_things(connection, RecordType.CREDENTIAL, Everything(), Slice(10_000)))
            entries = list(load_entries(connection, listed_ids(connection), indexed.now))
        yield indexed, PlainBm25(entries, slugs), set(slugs.values())


def test_what_judges_wanted_comes_first(seed):
    """`python -m bench judged` prints the table, query by query."""
    indexed, plain, _ = seed
    for name in HALVES:
        scored = score(read_half(name), lambda query: indexed.find(query).slugs[:10], plain)
        ours, theirs = mean(one.ours for one in scored), mean(one.plain for one in scored)
        assert ours >= LEAST
        assert ours >= theirs + AHEAD


def test_the_set_is_what_it_should_be(seed):
    _, _, slugs = seed
    queries = [one for name in HALVES for one in read_half(name)]
    assert len(queries) >= 80
    assert len({one.query for one in queries}) == len(queries)
    assert sum(one.is_plain_wrong for one in queries) >= 25
    assert {slug for one in queries for slug in one.grades} <= slugs
    assert all(max(one.grades.values()) >= 2 for one in queries)
    assert {grade for one in queries for grade in one.grades.values()} == {1, 2, 3}
    folder = ROOT / "tests" / "search" / "judged"
    assert all(json.loads((folder / f"{name}.json").read_text())["asOf"] == "2026-11-25" for name in HALVES)


def test_ndcg():
    assert ndcg(["a", "b"], {"a": 3, "b": 1}) == 1.0
    assert ndcg(["x"], {"a": 3}) == 0.0
    assert ndcg(["b", "a"], {"a": 3, "b": 1}) == pytest.approx((1 + 7 / 1.5849625) / (7 + 1 / 1.5849625))
