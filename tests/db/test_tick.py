"""The tick: how far the clock alone has moved what is true."""

from datetime import datetime, timedelta

from catalog.db.transactions import read_snapshot
from catalog.model.state import next_boundary, read_tick
from catalog.publishing.apply import apply_records
from tests.conftest import NOW
from tests.records import SOURCE, credential, institution

CLOSE = datetime.fromisoformat("2026-12-16T00:00:00-07:00")  # British Columbia stays on daylight time since 2026


def read(database, moment):
    with read_snapshot(database) as connection:
        return read_tick(connection, moment), next_boundary(connection, moment)


def test_the_tick_moves_when_a_boundary_passes_and_the_next_one_is_known(database):
    run = {"ref": "x", "registrationWindows": [{"closesAt": "2026-12-15"}]}
    apply_records(database, [institution(), credential("a", offerings=[run])], SOURCE, lambda: NOW)
    before, upcoming = read(database, CLOSE - timedelta(microseconds=1))
    after, nothing = read(database, CLOSE)
    assert (upcoming, nothing) == (CLOSE, None)
    assert (before.boundaries, after.boundaries) == (0, 1)


def test_a_confirmation_moves_the_tick_when_it_begins_ages_and_is_renewed(database):
    record = credential("a", confirmedOn="2026-11-20", offerings=[{"ref": "x", "intake": "CONTINUOUS"}])
    apply_records(database, [institution(), record], SOURCE, lambda: NOW)
    begins, ages = datetime.fromisoformat("2026-11-20T00:00+00:00"), datetime.fromisoformat("2027-12-26T00:00+00:00")
    ticks = [read(database, moment)[0].confirmations for moment in (begins - timedelta(seconds=1), begins, ages)]
    assert ticks == [0, 1, 2]
    assert read(database, begins)[1] == ages
    assert read(database, NOW)[0].confirmed == 0
    apply_records(database, [record.model_copy(update={"confirmed_on": NOW.date()})], SOURCE, lambda: NOW)
    assert read(database, NOW)[0].confirmed == 1
