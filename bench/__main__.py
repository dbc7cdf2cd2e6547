"""`make bench`: every measurement with its reference, as a table and as bench/results/*.json."""

import json
import platform
from datetime import UTC, datetime
from pathlib import Path

from bench.apply import measure_apply
from bench.measurement import Measurement, table

RESULTS = Path(__file__).parent / "results"


def main() -> None:
    measured: list[Measurement] = measure_apply()
    print(table(measured))
    RESULTS.mkdir(exist_ok=True)
    at = datetime.now(UTC)
    about = {"at": at.isoformat(), "python": platform.python_version(), "machine": platform.machine()}
    path = RESULTS / f"{at:%Y%m%dT%H%M%S}.json"
    path.write_text(json.dumps({**about, "measurements": [one.to_json() for one in measured]}, indent=1) + "\n")
    print(f"written to {path}")


if __name__ == "__main__":
    main()
