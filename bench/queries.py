"""Everything about answering questions, on one catalogue of 100,000 credentials."""

import tempfile
import time
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from bench.cold import measure_cold, write_normalised
from bench.dataset import Dataset, publish
from bench.installing import install_postgraphile, install_python
from bench.measurement import Measurement
from bench.projection import measure_projection
from bench.repeated import measure_repeated


def measure_queries() -> list[Measurement]:
    with tempfile.TemporaryDirectory() as name, ThreadPoolExecutor(1) as beside:
        folder = Path(name)
        python, node = beside.submit(install_python), beside.submit(install_postgraphile)
        begun = time.monotonic()
        data = publish(folder)
        print(f"published 100,000 credentials in {time.monotonic() - begun:.0f} s")
        return measure_on(data, python, node, folder)


def measure_on(data: Dataset, python: "Future[Path]", node: "Future[Path]", folder: Path) -> list[Measurement]:
    normalised = write_normalised(data, folder)
    return [
        *measure_repeated(data, folder),
        *measure_cold(data, normalised, python, folder),
        *measure_projection(data, normalised, node, folder),
    ]
