"""The clock alone changes what is true, at boundaries that are known beforehand."""

from datetime import datetime, timedelta

from catalog.db.transactions import read_snapshot
from catalog.model.state import next_boundary, read_state
from catalog.publishing.apply import apply_records
from tests.conftest import NOW
from tests.records import SOURCE, credential, institution

CLOSE = datetime.fromisoformat("2026-12-16T00:00:00-07:00")  # British Columbia stays on daylight time since 2026


def upcoming(database, moment):
    with read_snapshot(database) as connection:
        return next_boundary(connection, moment)


def confirmations(database):
    with read_snapshot(database) as connection:
        return read_state(connection).confirmations


def test_the_next_boundary_is_known_until_it_has_passed(database):
    run = {"ref": "x", "registrationWindows": [{"closesAt": "2026-12-15"}]}
    apply_records(database, [institution(), credential("a", offerings=[run])], SOURCE, lambda: NOW)
    assert upcoming(database, CLOSE - timedelta(microseconds=1)) == CLOSE
    assert upcoming(database, CLOSE) is None


def test_a_confirmation_is_a_boundary_when_it_begins_and_when_it_ages_and_is_counted_when_it_moves(database):
    record = credential("a", confirmedOn="2026-11-20", offerings=[{"ref": "x", "intake": "CONTINUOUS"}])
    apply_records(database, [institution(), record], SOURCE, lambda: NOW)
    begins, ages = datetime.fromisoformat("2026-11-20T00:00+00:00"), datetime.fromisoformat("2027-12-26T00:00+00:00")
    moments = [begins - timedelta(seconds=1), begins, ages]
    assert [upcoming(database, moment) for moment in moments] == [begins, ages, None]
    assert confirmations(database) == 0
    moved = [record.model_copy(update={"confirmed_on": NOW.date()})]
    apply_records(database, moved, SOURCE, lambda: NOW)
    assert confirmations(database) == 1
    apply_records(database, moved, SOURCE, lambda: NOW)
    assert confirmations(database) == 1
