"""The ways in which a run reaches the catalogue: each must survive the same. They are set up in the writer only."""

from collections.abc import Callable
from dataclasses import dataclass

from catalog.ingest import publish
from catalog.model import bulk
from catalog.model.reading import held
from catalog.publishing import apply
from tests.ingest.killed.failpoints import BATCHED, LOCKED, PLANNED_AHEAD, Failpoint

SMALL = 2


@dataclass(frozen=True)
class Way:
    """`points` are the places that it passes."""

    name: str
    points: tuple[Failpoint, ...]
    prepare: Callable[[], None]


def _plain():
    """As it is."""


def _locked():
    assert apply.OPTIMISTIC_ATTEMPTS > 0
    apply.OPTIMISTIC_ATTEMPTS = 0


def _copied():
    assert bulk.FEWEST_COPIED > 1
    bulk.FEWEST_COPIED = 1


def _batched():
    """Every file is too large, and a batch has two records."""
    assert held.MOST_HERE > SMALL
    assert publish.BATCH > SMALL
    held.MOST_HERE = publish.BATCH = SMALL


PLAIN, COPIED = "planned ahead", "by COPY"
WAYS = {
    one.name: one
    for one in (
        Way(PLAIN, PLANNED_AHEAD, _plain),
        Way("with the lock in hand", LOCKED, _locked),
        Way(COPIED, PLANNED_AHEAD, _copied),
        Way("batch after batch", BATCHED, _batched),
    )
}
"""COPY is PostgreSQL's; elsewhere that way is the first one again."""
