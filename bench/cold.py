"""A page that nobody has asked for before, on SQLite, against three references and against itself at a tenth of the size."""

import subprocess
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from pathlib import Path

from bench import tuning
from bench.comparing import check_same_data
from bench.dataset import Dataset
from bench.errors import NotBuilt
from bench.measurement import Measurement, not_measured
from bench.questions import PAGE, SIZE, cursor, get, pages_by_post, places
from bench.rounds import Contestant, Figure, measure
from bench.servers import our_server, python_server

SECONDS = 2.5
WORK = "cold page, 20 of 100,000 credentials, SQLite"
OURS, SMALL = "ours", "ours at 10,000"
HAND_WRITTEN = "a hand-written route"
GRAPHENE = "plain graphene in memory"
STRAWBERRY = "strawberry + FastAPI + SQLModel selectinload"


@dataclass(frozen=True, slots=True)
class Reference:
    """`start` raises NotBuilt."""

    name: str
    goal: str
    tuning: tuple[str, ...]
    start: Callable[[], Contestant]


def measure_cold(data: Dataset, normalised: Path, python: "Future[Path]", folder: Path) -> list[Measurement]:
    epoch, slugs = places(data.large)
    cursors = [cursor(epoch, slug) for slug in slugs]
    environment = {"BENCH_DATABASE": str(normalised), "BENCH_EPOCH": epoch}
    with ExitStack() as running:

        def served(module: str, variables: dict[str, str], executable: str = sys.executable) -> int:
            return running.enter_context(python_server(module, variables, folder, executable))

        def hand_written() -> Contestant:
            port = served("hand_written", {"BENCH_DATABASE": str(data.large)})
            return Contestant(port, [get("/page", {"first": SIZE, "after": one}) for one in cursors])

        def by_post(port: int) -> Contestant:
            return Contestant(port, pages_by_post("/graphql", PAGE, cursors))

        references = (
            Reference(HAND_WRITTEN, ">= 0.4x", tuning.HAND_WRITTEN, hand_written),
            Reference(GRAPHENE, ">= 10x", tuning.GRAPHENE, lambda: by_post(served("graphene_in_memory.app", environment))),
            Reference(
                STRAWBERRY,
                ">= 25x",
                tuning.STRAWBERRY,
                lambda: by_post(served("strawberry_sqlmodel.app", environment, str(python.result()))),
            ),
        )
        contestants = {OURS: by_post(running.enter_context(_cold(data.large, folder))), SMALL: _small(running, data, folder)}
        missing = _start(references, contestants)
        figures = measure(contestants, SECONDS)
    found = [_measurement(one, figures) for one in references if one.name in figures]
    return [*found, *missing, _growth(figures)]


def write_normalised(data: Dataset, folder: Path) -> Path:
    """The data of 100,000 credentials as rows; in a process of its own, since its tables are called as ours."""
    target = folder / "normalised.db"
    command = (sys.executable, "-m", "bench.references.strawberry_sqlmodel.fill", str(data.large), str(target))
    subprocess.run(command, check=True, cwd=Path(__file__).parent.parent)
    return target


def _cold(database: Path, folder: Path) -> AbstractContextManager[int]:
    return our_server(f"sqlite:///{database}", folder, CATALOG_CACHE_BYTES="0")


def _small(running: ExitStack, data: Dataset, folder: Path) -> Contestant:
    epoch, slugs = places(data.small)
    port = running.enter_context(_cold(data.small, folder))
    return Contestant(port, pages_by_post("/graphql", PAGE, [cursor(epoch, slug) for slug in slugs]))


def _start(references: Sequence[Reference], contestants: dict[str, Contestant]) -> list[Measurement]:
    """Adds those that can be started and answer as we do; the rest is said to be missing."""
    missing: list[Measurement] = []
    for one in references:
        try:
            contestant = one.start()
        except NotBuilt as error:
            missing.append(not_measured(WORK, one.name, one.goal, error))
            continue
        check_same_data(contestants[OURS], contestant)
        contestants[one.name] = contestant
    return missing


def _measurement(one: Reference, figures: dict[str, Figure]) -> Measurement:
    ours, reference = figures[OURS], figures[one.name]
    details = {"ours": ours.to_json(), "reference": reference.to_json()}
    return Measurement(WORK, ours.seconds, reference.seconds, one.name, one.goal, tuning=one.tuning, details=details)


def _growth(figures: dict[str, Figure]) -> Measurement:
    """The ratio is how much dearer the page is at 100,000, so here less is better."""
    small, large = figures[SMALL], figures[OURS]
    details = {"ours": small.to_json(), "reference": large.to_json()}
    work = "page cost: ours at 10,000, the reference at 100,000"
    return Measurement(work, small.seconds, large.seconds, "the same at 100,000 credentials", "<= 1.2x", details=details)
