"""Two writers and a follower: nothing is lost, and the follower misses nothing."""

import threading

import pytest

from catalog.db.engine import open_database
from catalog.db.transactions import read_snapshot
from catalog.errors import StorageError
from catalog.model.changes import Position, read_changes
from catalog.model.state import read_state
from catalog.model.viewer import Everything
from catalog.publishing.apply import apply_records
from catalog.publishing.check import check
from tests.conftest import NOW
from tests.records import credential, institution, source

ROUNDS = 12


def clock():
    return NOW


def keep_trying(database, records, own):
    """A busy database is an answer, not a loss: the publisher tries again."""
    for _ in range(50):
        try:
            return apply_records(database, records, own, clock)
        except StorageError as error:
            if error.code != "WRITE_BUSY":
                raise
    raise AssertionError("never got through")


@pytest.mark.parametrize("shared", [False, True], ids=["own things", "the same thing"])
def test_concurrent_applies_lose_nothing_and_a_follower_misses_nothing(url, shared):
    database = open_database(url)
    apply_records(database, [institution(), credential("shared", weeks=1)], source(key="test/base"), clock)
    failures, seen, done = [], [], threading.Event()

    def write(name):
        mine = open_database(url)
        own = source(key=f"test/{name}")
        try:
            for number in range(1, ROUNDS + 1):
                ref = "shared" if shared else f"{name}-{number}"
                keep_trying(mine, [credential(ref, slug=f"uni/{ref}", weeks=number, cip=f"{name}.{number}")], own)
        except Exception as error:  # noqa: BLE001 - a thread's failure is shown by the test
            failures.append(error)
        finally:
            mine.dispose()

    def follow():
        reader, position = open_database(url), Position()
        while True:
            last = done.is_set()
            with read_snapshot(reader) as connection:
                found = read_changes(connection, position, 3, Everything())
            seen.extend((one.revision, one.ordinal) for one in found)
            position = found[-1].position if found else position
            if last and not found:
                reader.dispose()
                return

    follower = threading.Thread(target=follow)
    writers = [threading.Thread(target=write, args=(name,)) for name in ("one", "two")]
    for thread in (follower, *writers):
        thread.start()
    for thread in writers:
        thread.join(120)
    done.set()
    follower.join(60)
    assert failures == []
    with read_snapshot(database) as connection:
        state = read_state(connection)
        everything = read_changes(connection, Position(), 10_000, Everything())
        assert check(connection) == []
    assert state.revision == 1 + 2 * ROUNDS
    assert seen == [(one.revision, one.ordinal) for one in everything]
    assert sorted({one.revision for one in everything}) == list(range(1, state.revision + 1))
    if not shared:
        assert {one.slug for one in everything} >= {
            f"uni/{name}-{n}" for name in ("one", "two") for n in range(1, ROUNDS + 1)
        }
    database.dispose()
