"""Our executor against graphql-core on generated queries: the same data, every error, and an estimate never below the answer."""

import tempfile
import time
from pathlib import Path

from bench.measurement import Measurement
from bench.moment import NOW
from catalog.db.engine import open_database
from catalog.db.migrate import migrate
from catalog.model.state import ensure_state
from tests.runtime import nasty
from tests.runtime.compare import assert_same
from tests.runtime.generating import valid_queries
from tests.runtime.test_generated import VALUES
from tests.schema.generated import check
from tests.served import publish_seed, serve

NASTY = 18_000
REAL = 2_000


def measure_differential() -> list[Measurement]:
    """No ratio: the first difference raises AssertionError with the query."""
    begun = time.perf_counter()
    for text, variables in valid_queries(NASTY, nasty.SCHEMA, VALUES, avoid=frozenset({"Query.wrongLength"})):
        assert_same(nasty.SCHEMA, text, variables)
    middle = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        database = open_database(f"sqlite:///{folder}/seeded.db")
        migrate(database, prepare=ensure_state)
        publish_seed(database, NOW)
        served = serve(database, Path(folder) / "index", NOW)
        served.index_all()
        check(database, served.index, NOW, REAL)
        database.dispose()
    ended = time.perf_counter()
    note = f"{NASTY:,} on the hand-made schema in {middle - begun:.0f} s, {REAL:,} on ours in {ended - middle:.0f} s"
    work = f"{NASTY + REAL:,} generated queries answered alike"
    return [Measurement(work, ended - begun, None, "graphql-core: no difference", "identical", note)]
