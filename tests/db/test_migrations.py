"""Migrations: up, down, by ten at once, and no difference to what the tables say."""

import multiprocessing

import pytest
from alembic import command
from sqlalchemy import inspect, text

from catalog.db.engine import open_database
from catalog.db.migrate import alembic_config, current_revision, migrate, newest_revision, require_newest
from catalog.errors import StorageError
from catalog.model.state import ensure_state, read_state
from tests.commands import run
from tests.conftest import database_url, run_on
from tests.processes import environment

FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(
    ["tests.commands", "catalog.cli.keep"]
)  # ten that start at once wait for each other, not for imports
LATER_TABLES = {"draft", "equivalence", "rule_reference"}


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request, tmp_path):
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    server = request.getfixturevalue("postgres_server")
    run_on(server, "DROP DATABASE IF EXISTS empty_catalog WITH (FORCE)")
    run_on(server, "CREATE DATABASE empty_catalog")
    yield database_url(server, "empty_catalog")
    run_on(server, "DROP DATABASE empty_catalog WITH (FORCE)")


def test_up_and_down_and_up_again(empty_url):
    database = open_database(empty_url)
    migrate(database, prepare=ensure_state)
    assert set(inspect(database.write).get_table_names()) >= LATER_TABLES
    with database.write.connect() as connection:
        epoch = read_state(connection).epoch
        assert current_revision(connection) == newest_revision()
    migrate(database, prepare=ensure_state)
    with database.write.connect() as connection:
        assert read_state(connection).epoch == epoch
    migrate(database, "base")
    assert set(inspect(database.write).get_table_names()) <= {"alembic_version"}
    with database.write.connect() as connection, pytest.raises(StorageError) as refused:
        require_newest(connection)
    assert refused.value.code == "SCHEMA_OUT_OF_DATE"
    assert "catalog migrate" in refused.value.message
    migrate(database, prepare=ensure_state)
    database.dispose()


def test_the_tables_are_what_the_migrations_make(database):
    with database.write.begin() as connection:
        command.check(alembic_config(connection))


def test_ten_processes_that_start_at_once_migrate_once(empty_url, tmp_path):
    command = (["migrate"], environment(empty_url, tmp_path), tmp_path)
    started = [FORKS.Process(target=run, args=command) for _ in range(10)]
    for process in started:
        process.start()
    for process in started:
        process.join(120)
    assert [process.exitcode for process in started] == [0] * 10
    database = open_database(empty_url)
    with database.write.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM catalog_state")).scalar_one() == 1
        assert current_revision(connection) == newest_revision()
    database.dispose()
