"""`make bench`: every measurement with its reference, as a table and as bench/results/*.json; or one part of them."""

import json
import platform
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from bench.apply import measure_apply
from bench.coverage import measure_coverage
from bench.differential import measure_differential
from bench.ingest import measure_ingest
from bench.judging import measure_judged
from bench.measurement import Measurement, table
from bench.pathways import measure_pathways
from bench.queries import measure_queries
from bench.searching import measure_searching

RESULTS = Path(__file__).parent / "results"
PARTS = {
    "queries": measure_queries,
    "search": measure_searching,
    "judged": measure_judged,
    "pathways": measure_pathways,
    "coverage": measure_coverage,
    "differential": measure_differential,
    "apply": measure_apply,
    "ingest": measure_ingest,
}


def main() -> None:
    wanted = sys.argv[1:] or list(PARTS)
    if unknown := [one for one in wanted if one not in PARTS]:
        sys.exit(f"no part of the bench is called {', '.join(unknown)}; there are {', '.join(PARTS)}")
    begun = time.monotonic()
    measured: list[Measurement] = [one for name in wanted for one in PARTS[name]()]
    seconds = time.monotonic() - begun
    print(table(measured))
    RESULTS.mkdir(exist_ok=True)
    at = datetime.now(UTC)
    about = {"at": at.isoformat(), "seconds": seconds, "python": platform.python_version(), "machine": platform.machine()}
    path = RESULTS / f"{at:%Y%m%dT%H%M%S}.json"
    path.write_text(json.dumps({**about, "measurements": [one.to_json() for one in measured]}, indent=1) + "\n")
    print(f"written to {path} after {seconds:.0f} s")


if __name__ == "__main__":
    main()
