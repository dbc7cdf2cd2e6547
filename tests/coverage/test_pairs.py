"""Every two dimensions of coverage on the seed: what the API counts equals a plain count in SQL."""

import shutil
import sqlite3
from contextlib import closing
from itertools import combinations

import pytest

from catalog.db.engine import open_database
from tests.conftest import NOW
from tests.coverage.plain_sql import DIMENSIONS, Plain
from tests.served import serve

MEASURES = "measures { credentials offerings openOfferings institutions }"
TOTALS = "totals { credentials offerings openOfferings institutions }"
KEYS = "keys { dimension value label }"
ASKED = "query ($by: [CoverageDimension!]!, $first: Int, $after: String%s) { coverage(by: $by, includeEmpty: false) { %s } }"
PAGE = "cells(first: $first, after: $after) { totalCount pageInfo { hasNextPage endCursor } edges { cursor node { %s } } }"
COUNTED = ASKED % ("", f"{TOTALS} {PAGE % f'{KEYS} {MEASURES} credentials(first: 1) {{ totalCount }}'}")
BEHIND = "credentials(first: 100, after: $more) { totalCount pageInfo { hasNextPage endCursor } edges { node { id } } }"
LISTED = ASKED % (", $more: String", PAGE % f"{KEYS} {BEHIND}")
STATUSES = """query ($after: String) { credentials(first: 100, after: $after) {
  pageInfo { hasNextPage endCursor } edges { node { offerings(when: ALL) { id status } } } } }"""
NOTHING = {"credentials": 0, "offerings": 0, "openOfferings": 0, "institutions": 0}
PAIRS = list(combinations(DIMENSIONS, 2))
LISTED_PAIRS = [
    ("SECTOR", "MODE"), ("OCCUPATION", "DELIVERY_REGION"), ("SKILL", "INSTITUTION"), ("CITY", "ATTENDANCE"),
    ("FUNDER", "START_MONTH"), ("PRICE_BAND", "FISCAL_YEAR"), ("KIND", "CREDIT_STATUS"), ("THEME", "AUDIENCE"),
]  # fmt: skip


@pytest.fixture(scope="module")
def path(sqlite_seed, tmp_path_factory):
    """A copy of the seed: only SQLite, since what is counted here does not depend on the kind of database."""
    return shutil.copy(sqlite_seed, tmp_path_factory.mktemp("pairs") / "catalog.db")


@pytest.fixture(scope="module")
def seed(path):
    database = open_database(f"sqlite:///{path}")
    served = serve(database, path.parent / "index", NOW)
    served.index_all()
    yield served
    database.dispose()


@pytest.fixture(scope="module")
def plain(path, seed):
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        found = Plain(connection)
        found.prepare(open_offerings(seed))
        yield found


def pages(seed, query, name, variables):
    """What stands under a name on every page of it, and its edges one after the other."""
    after = None
    while True:
        found = seed.data(query, {**variables, "after": after})[name]
        connection = found.get("cells", found)
        yield found, connection["edges"]
        if not connection["pageInfo"]["hasNextPage"]:
            return
        after = connection["pageInfo"]["endCursor"]


def open_offerings(seed):
    credentials = [edge["node"] for _, edges in pages(seed, STATUSES, "credentials", {}) for edge in edges]
    return [run["id"] for one in credentials for run in one["offerings"] if run["status"] == "OPEN"]


def ask(seed, query, by):
    """The coverage and its cells as (values, node), in their order."""
    asked = list(pages(seed, query, "coverage", {"by": by, "first": 100}))
    nodes = [edge["node"] for _, edges in asked for edge in edges]
    assert len(nodes) == asked[0][0]["cells"]["totalCount"]
    return asked[0][0], [(key_of(node, by), node) for node in nodes]


def key_of(node, by):
    """Only what is unknown has no value."""
    assert [one["dimension"] for one in node["keys"]] == list(by)
    assert [one["value"] is None for one in node["keys"]] == [one["label"] == "Unknown" for one in node["keys"]]
    return tuple(one["value"] for one in node["keys"])


def is_money(key):
    """A row of money that several cells share counts nothing else."""
    return "SHARED_NOT_SPLIT" in key


def check_counts(seed, plain, by):
    found, cells = ask(seed, COUNTED, by)
    assert found["totals"] == plain.totals()
    assert all(node["measures"] == NOTHING for key, node in cells if is_money(key))
    counted = [(key, node) for key, node in cells if not is_money(key)]
    assert [key for key, _ in cells[: len(counted)]] == [key for key, _ in counted], "shared money stands last"
    assert len({key for key, _ in counted}) == len(counted), "each combination of values stands once"
    assert {key: node["measures"] for key, node in counted} == plain.cells(by)
    assert all(node["credentials"]["totalCount"] == node["measures"]["credentials"] for _, node in cells)
    return [key for key, _ in counted]


def test_every_dimension_is_counted_here(seed, plain):
    named = seed.data('{ __type(name: "CoverageDimension") { enumValues { name } } }')["__type"]["enumValues"]
    assert {one["name"] for one in named} == set(DIMENSIONS)
    assert len(PAIRS) == 276


@pytest.mark.parametrize("by", DIMENSIONS)
def test_one_dimension(seed, plain, by):
    keys = check_counts(seed, plain, [by])
    assert (None,) not in keys[:-1], "Unknown stands last"


@pytest.mark.parametrize("by", PAIRS, ids="-".join)
def test_every_pair(seed, plain, by):
    check_counts(seed, plain, by)


@pytest.mark.parametrize("by", [*((one,) for one in DIMENSIONS), *LISTED_PAIRS], ids="-".join)
def test_behind_every_number_are_exactly_its_credentials(seed, plain, by):
    found, before = {}, None
    for _, edges in pages(seed, LISTED, "coverage", {"by": by, "first": 100}):
        for edge in edges:
            ids = behind(seed, by, before, edge["node"]["credentials"])
            assert len(set(ids)) == len(ids) == edge["node"]["credentials"]["totalCount"]
            found[key_of(edge["node"], by)] = set(ids)
            before = edge["cursor"]
    assert {key: ids for key, ids in found.items() if not is_money(key)} == plain.credentials(by)
    assert not any(ids for key, ids in found.items() if is_money(key))


def behind(seed, by, before, page):
    """All ids of the cell that stands after another one, of which the first page is known."""
    ids = [edge["node"]["id"] for edge in page["edges"]]
    while page["pageInfo"]["hasNextPage"]:
        variables = {"by": by, "first": 1, "after": before, "more": page["pageInfo"]["endCursor"]}
        (edge,) = seed.data(LISTED, variables)["coverage"]["cells"]["edges"]
        page = edge["node"]["credentials"]
        ids += [edge["node"]["id"] for edge in page["edges"]]
    return ids
