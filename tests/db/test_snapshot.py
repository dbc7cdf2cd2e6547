"""Two reads in one request agree, whatever commits meanwhile; a reader can never write."""

import time

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from catalog.db.transactions import read_snapshot, write_transaction
from catalog.errors import DeadlineExceeded
from catalog.model.state import read_state
from catalog.publishing.apply import apply_records
from tests.conftest import NOW
from tests.records import SOURCE, credential, institution


def count(connection):
    return connection.execute(text("SELECT count(*) FROM document")).scalar_one()


def test_two_reads_in_one_request_agree_while_another_connection_commits(database):
    apply_records(database, [institution()], SOURCE, lambda: NOW)
    with read_snapshot(database) as connection:
        before = (read_state(connection), count(connection))
        apply_records(database, [credential("a")], SOURCE, lambda: NOW)
        assert (read_state(connection), count(connection)) == before
    with read_snapshot(database) as connection:
        assert (read_state(connection).revision, count(connection)) == (2, 2)


def test_a_reader_cannot_write(database):
    with pytest.raises(DBAPIError), read_snapshot(database) as connection:
        connection.execute(text("UPDATE catalog_state SET revision = 99"))
    with read_snapshot(database) as connection:
        assert read_state(connection).revision == 0


def test_a_statement_that_outlives_the_deadline_is_ended(database):
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500000000) SELECT count(*) FROM n"
    begun = time.monotonic()
    with pytest.raises(DeadlineExceeded), read_snapshot(database, time.monotonic() + 0.3) as connection:
        connection.execute(text(endless))
    assert time.monotonic() - begun < 3


def test_a_failed_write_leaves_nothing(database):
    with pytest.raises(RuntimeError), write_transaction(database) as connection:
        connection.execute(text("UPDATE catalog_state SET revision = 5"))
        raise RuntimeError
    with read_snapshot(database) as connection:
        assert read_state(connection).revision == 0
