"""The seed to read from, and a small catalogue of one's own to publish to; only SQLite, since files are the same on both."""

import shutil

import pytest

from catalog.db.engine import open_database
from tests.conftest import NOW
from tests.served import serve


@pytest.fixture(scope="session")
def seed(sqlite_seed, tmp_path_factory):
    """Shared: nobody publishes to it."""
    path = shutil.copy(sqlite_seed, tmp_path_factory.mktemp("exports") / "catalog.db")
    database = open_database(f"sqlite:///{path}")
    served = serve(database, path.parent / "index", NOW)
    served.index_all()
    yield served
    database.dispose()


@pytest.fixture
def small(sqlite_url, tmp_path):
    database = open_database(sqlite_url)
    yield serve(database, tmp_path / "index", NOW)
    database.dispose()
