"""A served process to be attacked, and what it takes."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import randrange
from subprocess import Popen

import psutil

from tests.commands import run
from tests.http.hostile.request import Hostile, document
from tests.http.hostile.wire import Answer, send
from tests.processes import environment, free_port, running, wait_until_ready

ALLOWANCE = 5 if os.environ.get("CI") else 1
"""How many times as long an answer may take on a machine that others use too."""
ATTEMPTS = 3


@dataclass(frozen=True)
class Target:
    port: int
    process: Popen[bytes]

    def send(self, hostile: Hostile) -> Answer:
        return send(self.port, hostile.wire(randrange(10**8)))

    def complaint(self, hostile: Hostile) -> str | None:
        """What is wrong with the best of three answers; an answer that is wrong in itself is not tried again."""
        for _ in range(ATTEMPTS):
            answer = self.send(hostile)
            found = hostile.complaint(answer.status, answer.codes, answer.seconds, ALLOWANCE)
            if found is None or hostile.complaint(answer.status, answer.codes, 0.0, ALLOWANCE):
                break
        return found

    def is_well(self) -> bool:
        answer = self.send(document("a normal question", "", "{catalog{credentials}}"))
        return answer.status == 200 and b'"credentials":206' in answer.body

    def megabytes(self) -> float:
        return float(psutil.Process(self.process.pid).memory_info().rss / 1e6)


@contextmanager
def serving(seed: Path, folder: Path, **settings: str) -> Iterator[Target]:
    """The seeded catalogue, without a limit on how often this machine may ask, and with little room for answers."""
    shutil.copy(seed, folder / "catalog.db")
    port = free_port()
    stated = {"CATALOG_RATE_PER_MINUTE": "10000000", "CATALOG_CACHE_BYTES": "1000000", "CATALOG_PORT": str(port), **settings}
    env = environment(f"sqlite:///{folder / 'catalog.db'}", folder, **stated)
    run(["reindex"], env, folder)
    with running(["serve", "--no-worker"], env, folder) as process:
        wait_until_ready(port, process)
        yield Target(port, process)
