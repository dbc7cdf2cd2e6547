import shutil
from contextlib import contextmanager

import pytest

from catalog.db.engine import open_database
from tests.search.engines import make, meilisearch_server

ENGINES = ["tantivy", "meilisearch"]


@pytest.fixture(scope="session")
def meilisearch(tmp_path_factory):
    """A live server, or None."""
    with meilisearch_server(tmp_path_factory.mktemp("meilisearch")) as server:
        yield server


@pytest.fixture(scope="session")
def opened_engine(sqlite_template, tmp_path_factory):
    """Makes an empty catalogue behind an engine."""

    @contextmanager
    def opened(request, **more):
        server = request.getfixturevalue("meilisearch") if request.param == "meilisearch" else None
        folder = tmp_path_factory.mktemp("indexed")
        shutil.copy(sqlite_template, folder / "catalog.db")
        database = open_database(f"sqlite:///{folder / 'catalog.db'}")
        try:
            yield make(request.param, database, folder, server, **more)
        finally:
            database.dispose()

    return opened


@pytest.fixture(params=ENGINES)
def indexed(request, opened_engine):
    """An empty catalogue behind each engine."""
    with opened_engine(request) as indexed:
        yield indexed
