"""Killed at a named place: nothing is lost, doubled or half-applied, and the same file brings what was missing."""

import os

import pytest

from tests.ingest.killed.deliveries import is_rollback
from tests.ingest.killed.failpoints import BATCHED
from tests.ingest.killed.killing import (
    ROLLBACK_STEP,
    SOURCE,
    Build,
    kill_at_point,
    kill_at_statement,
    order_of,
    recovered,
    wrong,
)
from tests.ingest.killed.ways import COPIED, PLAIN, WAYS

IS_SOAK = os.environ.get("CATALOG_SOAK") == "1"
FEW = {"after the lock", "within derived rows"}
FEW_BATCHED = {"batches: within the second", "batches: after asking whether the run holds", "batches: just before COMMIT"}
"""What is tried where time is short of the ways that write as another one does."""
ALIKE = {
    "after reading",
    "after filling",
    "after planning",
    "rolling back: after planning",
    "rolling back: after derived rows",
}
"""Where time is short, one kind of database must do for these."""


def cases():
    for way in WAYS.values():
        for point in way.points:
            for kind in point.kinds:
                is_like_another = way.name == COPIED and kind == "sqlite"
                is_tried = way.name == PLAIN and (kind == "sqlite" or point.name not in ALIKE)
                is_tried = is_tried or (way.points is BATCHED and kind == "sqlite")
                if not is_like_another and (IS_SOAK or is_tried or point.name in FEW | FEW_BATCHED):
                    yield pytest.param(way.name, point, kind, id=f"{kind}: {way.name}: {point.name}")


MOST_STATEMENTS = 90
STATEMENTS = range(1, MOST_STATEMENTS) if IS_SOAK else (9, 30)
"""Of a step that is killed behind one of them."""


@pytest.mark.parametrize(("way", "point", "url"), list(cases()), indirect=["url"])
def test_killed_at_a_named_place(nursery, url, undisturbed, way, point):
    reference = undisturbed(SOURCE, ROLLBACK_STEP, way)
    assert kill_at_point(nursery, url, reference, Build(way), point, sent_first=len(point.name) % 2 == 0) == []


@pytest.mark.parametrize("way", WAYS if IS_SOAK else [PLAIN])
@pytest.mark.parametrize("is_back", [False, True], ids=["file", "rollback"])
def test_killed_behind_any_statement(nursery, url, undisturbed, way, is_back):
    steps = [one for one in range(2, 4 * MOST_STATEMENTS) if is_rollback(one) is is_back][: len(STATEMENTS)]
    reference = undisturbed(SOURCE, steps[-1], way)
    for number, step in zip(STATEMENTS, steps, strict=True):
        found = kill_at_statement(nursery, url, reference, Build(way), step, number)
        if found is None:
            assert IS_SOAK, f"a step has fewer than {number} statements"
            return
        assert (number, found) == (number, [])


def test_undisturbed_it_is_the_same_on_both_kinds_of_database(nursery, url, undisturbed):
    nursery.run("write", url=url, source=SOURCE, last=5)
    seen = recovered(nursery, url, Build(), 6, order_of(6))
    assert wrong(seen, undisturbed(SOURCE, 6, PLAIN), 6) == []
    assert list(seen["done"].values()) == ["PUBLISHED", "UNCHANGED"]
