"""A served process with the seed in it, for all tests that only ask."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.http.hostile.serving import Target, serving


@pytest.fixture(scope="session")
def target(sqlite_seed: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Target]:
    with serving(sqlite_seed, tmp_path_factory.mktemp("served")) as made:
        yield made
