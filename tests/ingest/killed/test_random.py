"""Two writers killed at random times, again and again, while a reader follows: nobody notices but who must send again.

`make soak` kills 200 times in each way on each kind of database; CATALOG_KILLS says how often otherwise.
"""

import os
import random
import time

import pytest

from tests.ingest.killed.deliveries import SOURCES
from tests.ingest.killed.killing import Build, differing, order_of, recovered, wrong
from tests.ingest.killed.ways import PLAIN, WAYS

IS_SOAK = os.environ.get("CATALOG_SOAK") == "1"
KILLS = int(os.environ.get("CATALOG_KILLS", "200" if IS_SOAK else "4"))
KILLS_OF_ROUND = 25
"""Then with a new database: what is looked at grows with every step."""
ROUNDS = -(-KILLS // KILLS_OF_ROUND)
LONGEST_SECONDS = 0.3


@pytest.mark.parametrize("way", WAYS if IS_SOAK else [PLAIN])
@pytest.mark.parametrize("number", range(ROUNDS))
def test_killed_at_random(nursery, url, undisturbed, tmp_path, number, way):
    seed = random.randrange(1_000_000)
    chance = random.Random(seed)
    stop = tmp_path / "stop"
    reader = nursery.start("follow", url=url, sources=SOURCES, stop=str(stop))
    writers = {one: nursery.start("write", url=url, source=one, way=way) for one in SOURCES}
    looks = []
    for _ in range(min(KILLS, KILLS_OF_ROUND)):
        time.sleep(chance.uniform(0.01, LONGEST_SECONDS))
        killed = chance.choice(SOURCES)
        nursery.kill(writers[killed])
        looks.append(nursery.run("look", url=url, sources=SOURCES))
        writers[killed] = nursery.start("write", url=url, source=killed, way=way)
    for writer in writers.values():
        nursery.kill(writer)
    found, done = [], 0
    for source in SOURCES:
        steps = nursery.run("look", url=url, sources=[source])["steps"][source]
        seen = recovered(nursery, url, Build(way), steps + 1, order_of(steps + 1), source)
        reference = undisturbed(source, steps + 1, way)
        done += steps + 1
        found += [line for one in looks for line in differing(one, reference, source)]
        found += wrong(seen, reference, steps + 1, source)
    stop.touch()
    code, followed = nursery.wait(reader)
    assert (seed, code, found) == (seed, 0, []), nursery.log.read_text()[-3_000:]
    assert (seed, followed["found"]) == (seed, [])
    assert (seed, followed["revision"]) == (seed, done)
