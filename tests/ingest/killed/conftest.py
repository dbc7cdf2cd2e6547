"""The process whose forks are killed, and what a run that nobody disturbs makes."""

import shutil

import pytest

from tests.ingest.killed.nursery import Nursery


@pytest.fixture(scope="session")
def nursery(sqlite_template, tmp_path_factory):
    folder = tmp_path_factory.mktemp("nursery")
    started = Nursery(folder, shutil.copy(sqlite_template, folder / "scratch.db"))
    yield started
    started.close()


@pytest.fixture(scope="session")
def undisturbed(nursery, sqlite_template, tmp_path_factory):
    """Gives the digests of a source after each of so many steps, in a database of its own.

    They are the same for both kinds of database: the form knows no kinds.
    """
    made = {}

    def make(source, last, way):
        if (source, last, way) not in made:
            path = tmp_path_factory.mktemp("undisturbed") / "catalog.db"
            shutil.copy(sqlite_template, path)
            asked = {"source": source, "last": last, "way": way}
            made[source, last, way] = nursery.run("undisturbed", url=f"sqlite:///{path}", **asked)
        return made[source, last, way]

    return make
