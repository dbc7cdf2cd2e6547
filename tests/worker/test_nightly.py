"""The nightly bundle: when it is due, whole or not at all, beside an index that is followed meanwhile."""

import json
import os
import threading
import zipfile
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from structlog.testing import capture_logs

from catalog.db.engine import open_database
from catalog.export.bundle import write_bundle
from catalog.model.bulk import table_of
from catalog.model.tables import ThingRow
from catalog.model.zones import zone
from catalog.publishing.apply import apply_records
from catalog.publishing.erase import erase
from catalog.search.sync import compare
from catalog.search.tantivy.writer import TantivyWriter
from catalog.worker import aside
from catalog.worker import nightly as module
from catalog.worker.loop import work
from catalog.worker.nightly import AGAIN_SECONDS, KEPT, Nightly
from tests.conftest import NOW
from tests.processes import wait_for
from tests.records import SOURCE, credential, institution

HERE = zone("America/Vancouver")
DAY = date(2026, 7, 10)
NAME = "open-data-2026-07-10.zip"


def local(*parts):
    return datetime(*parts, tzinfo=HERE)


class Clock:
    def __init__(self, now):
        self.now = now

    def __call__(self):
        return self.now


@pytest.fixture
def database(sqlite_url):
    opened = open_database(sqlite_url)
    publish(opened, "a", "b")
    yield opened
    opened.dispose()


def publish(database, *refs):
    assert apply_records(database, [institution(), *map(credential, refs)], SOURCE, lambda: NOW).revision


@pytest.fixture
def made(database, tmp_path):
    """A Nightly at four in the morning of DAY; `folder` is where its bundles go."""
    found = Nightly(database, Clock(local(2026, 7, 10, 4, 0)), tmp_path / "bundles", None)
    yield found
    found.close()


def night(one):
    """Looks, and waits for what that began."""
    one.look()
    if one._thread:
        one._thread.join(10)
        assert not one._thread.is_alive()


def names(one):
    """Everything in the folder, hidden files too."""
    return sorted(path.name for path in one.folder.iterdir()) if one.folder.exists() else []


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (local(2026, 7, 10, 0, 0), None),
        (local(2026, 7, 10, 2, 59, 59), None),
        (local(2026, 7, 10, 3, 0), "2026-07-10"),
        (local(2026, 7, 10, 23, 59), "2026-07-10"),  # the next day in UTC
        (local(2026, 7, 11, 2, 59), None),
        (datetime.fromisoformat("2026-07-10T09:59:59+00:00"), None),
        (datetime.fromisoformat("2026-07-10T10:00:00+00:00"), "2026-07-10"),
    ],
)
def test_it_is_due_from_three_in_the_morning_in_vancouver(made, moment, day):
    made.clock.now = moment
    night(made)
    assert names(made) == ([f"open-data-{day}.zip"] if day else [])


def test_its_zone_is_the_pinned_one(made):
    assert module.ZONE is HERE


def test_once_a_day(made, monkeypatch):
    written = []
    monkeypatch.setattr(made, "write", lambda day: written.append(day) or Nightly.write(made, day))
    for hours in (0, 1, 19.9, 22.9, 23.1, 30, 47.2):
        made.clock.now = local(2026, 7, 10, 4, 0) + timedelta(hours=hours)
        made._not_before = 0.0
        night(made)
    assert written == [DAY, date(2026, 7, 11), date(2026, 7, 12)]
    assert names(made) == [f"open-data-2026-07-{day}.zip" for day in (10, 11, 12)]


def test_it_holds_the_state_of_then(made, database):
    night(made)
    publish(database, "c")
    with zipfile.ZipFile(made.folder / NAME) as archive:
        assert archive.testzip() is None
        descriptor = json.loads(archive.read("datapackage.json"))
    assert (descriptor["version"], descriptor["exported"]) == ("1", 2)
    assert datetime.fromisoformat(descriptor["created"]) == made.clock.now
    assert (made.folder / NAME).stat().st_mode & 0o777 == 0o644


def test_fourteen_are_kept_and_nothing_else_is_touched(made):
    made.folder.mkdir()
    old = [f"open-data-2026-06-{day:02}.zip" for day in range(10, 30)]
    for name in [*old, "notes.txt", "open-data.zip"]:
        (made.folder / name).touch()
    night(made)
    assert names(made) == sorted([*old[-(KEPT - 1) :], NAME, "notes.txt", "open-data.zip"])
    assert KEPT == 14


def half(*_arguments, **_more):
    raise OSError("no space left on device")


def writing_half(file, *arguments, **more):
    file.write(b"half of it")
    file.flush()
    half()


def test_a_failure_leaves_nothing_and_is_tried_again_later(made, monkeypatch):
    attempts = []
    monkeypatch.setattr(module, "write_bundle", lambda *given: attempts.append(1) or writing_half(*given))
    with capture_logs() as logs:
        for _ in range(3):
            night(made)
    assert (len(attempts), names(made)) == (1, [])
    assert [(one["event"], one["kind"]) for one in logs] == [("open data not written", "OSError")]
    monkeypatch.setattr(module, "write_bundle", write_bundle)
    now = module.time.monotonic() + AGAIN_SECONDS + 1
    for one in (module, aside):
        monkeypatch.setattr(one, "time", type("Later", (), {"monotonic": staticmethod(lambda: now)}))
    night(made)
    assert names(made) == [NAME]


def test_a_failure_keeps_the_bundle_of_yesterday(made, monkeypatch):
    night(made)
    before = (made.folder / NAME).read_bytes()
    monkeypatch.setattr(module, "write_bundle", writing_half)
    made.clock.now += timedelta(days=1)
    made._not_before = 0.0
    night(made)
    assert names(made) == [NAME]
    assert (made.folder / NAME).read_bytes() == before


def test_a_disk_that_fails_at_the_end(made, monkeypatch):
    monkeypatch.setattr(os, "fsync", half)
    night(made)
    assert names(made) == []


def test_a_name_that_cannot_be_given(made, monkeypatch):
    monkeypatch.setattr(os, "replace", half)
    night(made)
    assert names(made) == []


class Held:
    """Stands in for write_bundle: begins, and then goes on only when it is let."""

    def __init__(self):
        self.begun, self.go, self.times = threading.Event(), threading.Event(), 0

    def __call__(self, file, connection, about, check):
        self.times += 1
        file.write(b"half of it")
        self.begun.set()
        while not self.go.wait(0.01):
            check()
        file.seek(0)
        file.truncate()
        return write_bundle(file, connection, about, check)


@pytest.fixture
def held(monkeypatch):
    found = Held()
    monkeypatch.setattr(module, "write_bundle", found)
    return found


def test_looking_never_waits_and_begins_one_at_a_time(made, held):
    for _ in range(5):
        made.look()
        made._not_before = 0.0
    assert held.begun.wait(5)
    made.look()
    assert held.times == 1
    held.go.set()
    night(made)
    assert (held.times, names(made)) == (1, [NAME])


def test_a_stop_ends_what_is_under_way_and_leaves_nothing(made, held):
    made.look()
    assert held.begun.wait(5)
    assert len(names(made)) == 1
    with capture_logs() as logs:
        made.close()
    assert names(made) == []
    assert [one["kind"] for one in logs] == ["DeadlineExceeded"]


def test_it_ends_when_it_takes_too_long(made, held, monkeypatch):
    monkeypatch.setattr(module, "LONGEST_SECONDS", 0.05)
    night(made)
    assert (held.times, names(made)) == (1, [])


@contextmanager
def working(database, made, tmp_path):
    """The worker's loop in a thread; its index."""
    writer, stop = TantivyWriter(tmp_path / "index"), threading.Event()
    arguments = (database, writer, lambda: NOW, "test", stop, 2.0, 0.05, [made])
    thread = threading.Thread(target=work, args=arguments)
    thread.start()
    try:
        yield lambda: compare(database, TantivyWriter(tmp_path / "index"), lambda: NOW) == []
    finally:
        stop.set()
        thread.join(10)
        assert not thread.is_alive()


def test_the_worker_writes_it_and_follows_the_index_meanwhile(made, held, database, tmp_path):
    with working(database, made, tmp_path) as is_level:
        assert held.begun.wait(5)
        wait_for(is_level, 5, "the index")
        publish(database, "late")
        assert not is_level()
        wait_for(is_level, 5, "the index, while a bundle is written")
        held.go.set()
        wait_for(lambda: names(made) == [NAME], 5, "the bundle")
        publish(database, "later")
        wait_for(is_level, 5, "the index, afterwards")
    assert names(made) == [NAME]


def test_the_worker_that_stops_leaves_nothing_half_written(made, held, database, tmp_path):
    with working(database, made, tmp_path):
        assert held.begun.wait(5)
    assert names(made) == []


def test_a_bundle_that_fails_does_not_keep_the_index_from_being_followed(made, monkeypatch, database, tmp_path):
    monkeypatch.setattr(module, "write_bundle", writing_half)
    with capture_logs() as logs, working(database, made, tmp_path) as is_level:
        wait_for(lambda: any(one["event"] == "open data not written" for one in logs), 5, "the failure")
        publish(database, "late")
        wait_for(is_level, 5, "the index")
    assert names(made) == []


def test_a_bundle_that_may_hold_what_was_erased_goes_at_once(made, database):
    made.write(DAY - timedelta(days=1))
    made.write(DAY)
    assert made._due() is None
    with database.read.connect() as connection:
        thing = connection.scalars(select(table_of(ThingRow).c.id).where(table_of(ThingRow).c.slug == "uni/a")).one()
    erase(database, thing, lambda: datetime.now(UTC) + timedelta(seconds=5))
    made._look_again = 0.0
    assert made._due() == DAY
    assert names(made) == []
