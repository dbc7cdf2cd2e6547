"""Feeds pulled by the worker: what is due, one at a time, whatever happens to one of them; and files that grow old."""

import threading
import time
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import create_engine
from sqlalchemy.exc import OperationalError
from structlog.testing import capture_logs

from catalog.db.engine import open_database
from catalog.db.transactions import write_transaction
from catalog.ingest.arrival import Arrival
from catalog.ingest.deciding import discard_run
from catalog.ingest.feeds.feed import FeedState, How, remove_feed, set_state
from catalog.ingest.run import ingest
from catalog.search.tantivy.writer import TantivyWriter
from catalog.worker import feeds as module
from catalog.worker.feeds import Feeds, Stopped
from catalog.worker.loop import work
from catalog.worker.old_files import OldFiles
from tests.conftest import NOW
from tests.ingest.fetching.serving import reply
from tests.ingest.fetching.test_sitemap import urlset
from tests.ingest.publishing_site import (
    Clock,
    add,
    count,
    delivery,
    feed,
    found_institution,
    getting,
    outcomes,
    publishing,
    titles,
)
from tests.processes import wait_for


@pytest.fixture
def database(sqlite_url):
    opened = open_database(sqlite_url)
    found_institution(opened)
    yield opened
    opened.dispose()


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def server():
    with publishing({"/feed.json": reply(delivery("Welding"))}) as found:
        yield found


@pytest.fixture
def made(database, server, clock):
    found = Feeds(database, clock, getting(server, clock))
    yield found
    found.close()


def looked(one):
    """Looks, and waits for what that began."""
    one._not_before = 0.0
    one.look()
    if one._thread:
        one._thread.join(10)
        assert not one._thread.is_alive()


def test_what_is_due_is_pulled_once(made, database, server, clock):
    add(database, server)
    with capture_logs() as logs:
        looked(made)
    assert titles(database) == ["Welding"]
    assert [(one["event"], one["feed"], one["outcome"]) for one in logs] == [("feed pulled", "uni", "PUBLISHED")]
    looked(made)
    assert outcomes(database) == ["PUBLISHED"]
    clock.moved(minutes=67)
    looked(made)
    assert sorted(outcomes(database)) == ["PUBLISHED", "SAME"]


def test_it_looks_only_now_and_then(made, database, server):
    made.look()
    add(database, server)
    made.look()
    assert made._thread is None
    made._not_before = 0.0
    made.look()
    made._thread.join(10)
    assert outcomes(database) == ["PUBLISHED"]


def test_paused_feeds_are_not_pulled(made, database, server):
    add(database, server)
    with write_transaction(database) as connection:
        set_state(connection, "uni", FeedState.PAUSED, NOW)
    looked(made)
    assert server.asked == []


def test_one_after_the_other_and_one_that_fails_keeps_none_from_its_turn(made, database, server):
    under_way, most = [], []

    def slow(_asked):
        under_way.append(1)
        most.append(len(under_way))
        time.sleep(0.05)
        under_way.pop()
        return reply(delivery("Welding"))

    server.paths |= {"/1.json": slow, "/2.json": slow, "/4.json": slow}
    for number in range(1, 5):
        add(database, server, f"/{number}.json", name=f"f{number}")
    looked(made)
    assert most == [1, 1, 1]
    assert [outcomes(database, f"f{number}")[0] for number in range(1, 5)] == [
        *("PUBLISHED", "UNCHANGED", "FETCH_STATUS", "UNCHANGED")
    ]


@pytest.mark.parametrize("change", ["pause", "remove"])
def test_what_was_paused_or_removed_meanwhile_is_not_pulled(made, database, server, change):
    def first(_asked):
        with write_transaction(database) as connection:
            if change == "pause":
                set_state(connection, "b", FeedState.PAUSED, NOW)
            else:
                remove_feed(connection, "b")
        return reply(delivery("Welding"))

    server.paths["/first.json"] = first
    add(database, server, "/first.json", name="a")
    add(database, server, name="b")
    looked(made)
    assert server.targets() == ["/first.json"]


def test_two_workers_never_pull_a_feed_at_once(made, database, server, clock):
    begun, go_on = threading.Event(), threading.Event()

    def slow(_asked):
        begun.set()
        go_on.wait(10)
        return reply(delivery("Welding"))

    server.paths["/feed.json"] = slow
    add(database, server)
    made.look()
    assert begun.wait(10)
    other = Feeds(database, clock, getting(server, clock))
    looked(other)
    go_on.set()
    made._thread.join(10)
    assert (len(server.asked), outcomes(database)) == (1, ["PUBLISHED"])


def test_a_feed_whose_worker_died_is_pulled_by_the_next(made, database, server, clock):
    add(database, server)
    assert made._claim("uni")
    looked(made)
    assert server.asked == []
    clock.moved(minutes=16)
    looked(made)
    assert outcomes(database) == ["PUBLISHED"]


class Broken:
    """A database that fails when it is asked."""

    def __getattr__(self, name):
        raise OperationalError("SELECT", {}, Exception("gone"))


def test_a_database_that_fails_is_survived(made, database, server):
    add(database, server)
    made.database = Broken()
    with capture_logs() as logs:
        made.look()
    assert [(one["event"], one["kind"]) for one in logs] == [("feeds not looked at", "OperationalError")]
    made.database = database
    looked(made)
    assert outcomes(database) == ["PUBLISHED"]


@contextmanager
def locked(url):
    """Somebody else writes for a long time."""
    engine = create_engine(url)
    with engine.connect() as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        yield
        connection.rollback()
    engine.dispose()


def test_while_somebody_else_writes_it_waits_and_comes_back(made, database, server, clock, sqlite_url):
    def answer(_asked):
        lock.__enter__()
        return reply(delivery("Welding"))

    lock = locked(sqlite_url)
    server.paths["/feed.json"] = answer
    add(database, server)
    with capture_logs() as logs:
        looked(made)
    lock.__exit__(None, None, None)
    assert [one["event"] for one in logs] == ["feed not pulled"]
    assert (outcomes(database), feed(database).failures) == ([], 0)
    assert len(server.asked) == 1
    looked(made)
    assert len(server.asked) == 1, "it is not fetched every ten seconds"
    clock.moved(minutes=16)
    server.paths["/feed.json"] = reply(delivery("Welding"))
    looked(made)
    assert outcomes(database) == ["PUBLISHED"]


def test_a_fault_of_our_own_is_logged_and_counts_as_a_failure(made, database, server, monkeypatch):
    def broken(*_arguments, **_more):
        raise TypeError("what nobody thought of")

    add(database, server)
    monkeypatch.setattr(module, "pull", broken)
    with capture_logs() as logs:
        looked(made)
    assert [(one["event"], one["kind"], one["log_level"]) for one in logs] == [("feed not pulled", "TypeError", "error")]
    assert outcomes(database) == ["PULL_FAILED"]
    assert (feed(database).failures, feed(database).due_at) == (1, NOW + timedelta(minutes=5))


def test_closing_ends_a_crawl_and_leaves_its_feed_due(database, server):
    pages = [f"/{number}" for number in range(50)]
    server.paths |= {one: reply(b"<html>schema.org", headers={"Content-Type": "text/html"}) for one in pages}
    server.paths["/sitemap.xml"] = reply(urlset(*pages))
    add(database, server, "/", How.SITEMAP)
    clock = Clock()
    one = Feeds(
        database,
        clock,
        replace(getting(server, clock), outside=replace(getting(server, clock).outside, clock=time.monotonic)),
    )
    one.look()
    wait_for(lambda: server.asked, what="the crawl")
    begun = time.monotonic()
    one.close()
    assert time.monotonic() - begun < 2
    assert not one._thread.is_alive()
    assert len(server.asked) < 4, "nor does it hurry through the rest"
    assert (outcomes(database), feed(database).due_at, feed(database).failures) == ([], NOW, 0)


def test_closing_does_not_wait_for_a_server_that_does_not_answer(database, server, clock, monkeypatch):
    held = threading.Event()
    monkeypatch.setattr(Feeds, "CLOSE_SECONDS", 0.2)

    def silent(_asked):
        held.wait(10)
        return reply(b"")

    server.paths["/feed.json"] = silent
    add(database, server)
    one = Feeds(database, clock, getting(server, clock))
    one.look()
    wait_for(lambda: server.asked, what="the question")
    begun = time.monotonic()
    one.close()
    assert time.monotonic() - begun < 1
    held.set()
    one._thread.join(10)


def test_what_is_not_begun_when_it_closes_is_still_due(made, database, server):
    add(database, server, name="a")
    made._stop.set()
    made.pull_all(["a"])
    assert (server.asked, feed(database, "a").due_at) == ([], NOW)
    with pytest.raises(Stopped):
        made._check()


def test_the_worker_pulls_while_it_follows_the_index(made, database, server, tmp_path):
    add(database, server)
    stop = threading.Event()
    writer = TantivyWriter(tmp_path / "index")
    leading = threading.Thread(target=work, args=(database, writer, made.clock, "one", stop, 4.0, 0.05, [made]))
    leading.start()
    try:
        wait_for(lambda: outcomes(database), what="the pull")
    finally:
        stop.set()
        leading.join(10)
    assert not leading.is_alive()
    assert titles(database) == ["Welding"]


def sent(database, clock, *names):
    report = ingest(Arrival("file.json", delivery(*names).encode()), database, clock)
    clock.moved(days=1)
    return report


@pytest.fixture
def files(database, clock):
    found = OldFiles(database, clock, 400)
    yield found
    found.close()


def tidied(one):
    one.look()
    one._thread.join(10)


def test_files_are_removed_400_days_after_their_delivery_ended(files, database, clock):
    sent(database, clock, "Welding")
    sent(database, clock, "Welding", "Baking")
    clock.now = NOW + timedelta(days=400)
    assert files.remove() == 0
    clock.moved(seconds=1)
    with capture_logs() as logs:
        tidied(files)
    assert [(one["event"], one["files"]) for one in logs] == [("old files removed", 1)]
    assert (count(database, "staged"), count(database, "submission")) == (1, 2)
    assert titles(database) == ["Baking", "Welding"]


def test_a_file_that_came_again_stays(files, database, clock):
    sent(database, clock, "Welding")
    clock.now = NOW + timedelta(days=399)
    sent(database, clock, "Welding")
    clock.now = NOW + timedelta(days=500)
    assert (files.remove(), count(database, "staged")) == (0, 1)


@pytest.mark.parametrize("state", ["HELD", "RECEIVED"])
def test_what_waits_for_a_person_stays_until_it_was_decided(files, database, clock, state):
    report = sent(database, clock, "Welding")
    with write_transaction(database) as connection:
        connection.exec_driver_sql(f"UPDATE submission SET state = '{state}'")
    clock.now = NOW + timedelta(days=900)
    assert files.remove() == 0
    discard_run(database, report.run, clock)
    clock.moved(days=399)
    assert files.remove() == 0
    clock.moved(days=2)
    assert (files.remove(), count(database, "staged")) == (1, 0)


def test_once_a_day_and_again_sooner_after_a_failure(files, database, clock):
    sent(database, clock, "Welding")
    clock.now = NOW + timedelta(days=900)
    files.database = Broken()
    with capture_logs() as logs:
        tidied(files)
    assert [(one["event"], one["kind"]) for one in logs] == [("old files not removed", "OperationalError")]
    assert 500 < files._not_before - time.monotonic() <= 600
    files.database, files._not_before = database, 0.0
    tidied(files)
    assert count(database, "staged") == 0
    assert files._not_before - time.monotonic() > 80_000
    before = files._thread
    files.look()
    assert files._thread is before


def test_it_ends_between_files(files, database, clock, monkeypatch):
    monkeypatch.setattr("catalog.worker.old_files.AT_ONCE", 1)
    for name in ("A", "B"):
        sent(database, clock, name)
    clock.now = NOW + timedelta(days=900)
    files._stop.set()
    files.remove()
    assert count(database, "staged") == 2
