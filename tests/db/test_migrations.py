"""Migrations: up, down, by ten at once, and no difference to what the tables say."""

import subprocess
import sys

import pytest
from alembic import command
from sqlalchemy import inspect, text

from catalog.db.engine import open_database
from catalog.db.migrate import alembic_config, current_revision, migrate, newest_revision, require_newest
from catalog.errors import StorageError
from catalog.model.state import ensure_state, read_state
from tests.conftest import database_url, run_on

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


def test_ten_processes_that_start_at_once_migrate_once(empty_url):
    environment = {"CATALOG_DATABASE_URL": empty_url, "PATH": "/usr/bin:/bin"}
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "catalog", "migrate"], env=environment, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL
        )
        for _ in range(10)
    ]
    errors = [process.communicate(timeout=120)[1].decode() for process in started]
    assert [process.returncode for process in started] == [0] * 10, errors
    database = open_database(empty_url)
    with database.write.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM catalog_state")).scalar_one() == 1
        assert current_revision(connection) == newest_revision()
    database.dispose()
