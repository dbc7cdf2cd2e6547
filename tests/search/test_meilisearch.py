"""Meilisearch itself: keys, settings, tasks that fail, and a server that is away, slow or killed."""

import os
import shutil
import signal
import time

import pytest

from catalog.errors import SearchUnavailable
from catalog.publishing.apply import apply_records
from catalog.search.finder import Finder
from catalog.search.meilisearch.client import Connection
from catalog.search.opening import open_engine, open_writer
from catalog.search.sync import compare, follow
from tests.processes import free_port
from tests.records import SOURCE, credential, institution
from tests.search.engines import WITHOUT_MEILISEARCH, Indexed, started
from tests.served import SYNONYMS

ONLY = pytest.mark.parametrize("indexed", ["meilisearch"], indirect=True)
INDEXING = ["search", "documents.*", "indexes.*", "settings.*", "tasks.get"]


def publish(indexed, *records):
    apply_records(indexed.database, list(records), SOURCE, indexed.clock)


def level(indexed):
    return compare(indexed.database, indexed.writer, indexed.clock) == []


@ONLY
def test_the_api_needs_a_key_that_searches_and_the_worker_one_that_indexes(indexed, meilisearch):
    publish(indexed, institution(), credential("a"))
    with pytest.raises(SearchUnavailable):
        follow(indexed.database, open_writer(indexed.url, meilisearch.key_for(indexed.url, "search")), indexed.clock)
    indexed.writer = open_writer(indexed.url, meilisearch.key_for(indexed.url, *INDEXING))
    indexed.settle()
    indexed.finder = Finder(open_engine(indexed.url, meilisearch.key_for(indexed.url, "search")), SYNONYMS)
    assert indexed.refs("credential") == ["a"]
    assert indexed.finder.suggest("cred", 5)[0].text == "Credential a"
    assert indexed.find("credntial").total == 1
    indexed.finder = Finder(open_engine(indexed.url, "no key"), SYNONYMS)
    with pytest.raises(SearchUnavailable):
        indexed.find("credential")


@ONLY
def test_drift_of_settings_is_named_and_mended_by_reindex(indexed, meilisearch):
    publish(indexed, institution(), credential("a"))
    assert [line.rpartition(" does")[0][-4:] for line in indexed.writer.drift()] == ["rows", "bels", "ords", "meta"]
    indexed.settle()
    assert indexed.writer.drift() == []
    name = f"{indexed.url.partition('#')[2]}_rows"
    task = meilisearch.ask("PUT", f"/indexes/{name}/settings/ranking-rules", json=["typo"]).json()
    while meilisearch.ask("GET", f"/tasks/{task['taskUid']}").json()["status"] in {"enqueued", "processing"}:
        time.sleep(0.02)
    (line,) = indexed.writer.drift()
    assert line.startswith("rows.rankingRules is ['typo'], should be")
    indexed.reindex()
    assert indexed.writer.drift() == []
    assert level(indexed)


@ONLY
def test_a_task_that_fails_moves_nothing(indexed, monkeypatch):
    """The package returns failed tasks as if nothing had happened; we raise, and the position stays."""
    publish(indexed, institution(), credential("a"))
    before = indexed.settle()
    publish(indexed, credential("b"))
    add = type(indexed.writer)._add

    def broken(self, name, documents):
        add(self, name, ({**one, "id": "not a valid id!"} for one in documents))

    with monkeypatch.context() as patched:
        patched.setattr(type(indexed.writer), "_add", broken)
        with pytest.raises(SearchUnavailable) as failed:
            follow(indexed.database, indexed.writer, indexed.clock)
    assert "invalid_document_id" in failed.value.message
    assert indexed.writer.position() == before
    indexed.settle()
    assert level(indexed)
    assert set(indexed.refs("")) == {"a", "b"}


@ONLY
def test_a_rebuild_that_was_cut_off_leaves_nothing_behind(indexed, meilisearch, monkeypatch):
    publish(indexed, institution(), credential("a"))
    indexed.settle()

    def die(*_arguments):
        raise OSError("killed")

    with monkeypatch.context() as patched:
        patched.setattr("meilisearch.Client.swap_indexes", die)
        with pytest.raises(OSError, match="killed"):
            indexed.reindex()
    assert indexed.find("").total == 1
    prefix = indexed.url.partition("#")[2]

    def names():
        return sorted(
            one["uid"]
            for one in meilisearch.ask("GET", "/indexes?limit=1000").json()["results"]
            if one["uid"].startswith(prefix)
        )

    assert len(names()) == 8
    indexed.reindex()
    assert names() == [f"{prefix}_{kind}" for kind in ("labels", "meta", "rows", "words")]
    assert level(indexed)


@pytest.fixture
def own_server(tmp_path):
    """A server that the test may stop."""
    program = shutil.which("meilisearch") or os.environ.get("MEILI_PROGRAM")
    if program is None:
        pytest.skip(f"{WITHOUT_MEILISEARCH}; this test stops the server, so it needs the program")
    port = free_port()
    return lambda: started(program, tmp_path / "meilisearch", port)


def away(indexed):
    """How long it takes to be told."""
    begun = time.monotonic()
    with pytest.raises(SearchUnavailable):
        indexed.find("credential")
    return time.monotonic() - begun


def test_an_engine_that_is_away_or_hangs_is_said_within_a_second(own_server, sqlite_url, tmp_path):
    from catalog.db.engine import open_database

    database = open_database(sqlite_url)
    with own_server() as server:
        indexed = Indexed(database, server.url, server.key)
        publish(indexed, institution(), credential("a"))
        indexed.settle()
        assert indexed.find("credential").total == 1
        server.process.send_signal(signal.SIGSTOP)
        try:
            assert away(indexed) < 1
            assert away(indexed) < 0.1  # it is known by then
            begun = time.monotonic()
            assert indexed.finder.state() is not None  # what else asks is not held up
            assert indexed.finder.position() is not None
            assert time.monotonic() - begun < 0.05
        finally:
            server.process.send_signal(signal.SIGCONT)
        time.sleep(1.1)
        assert indexed.find("credential").total == 1
    assert away(indexed) < 1
    publish(indexed, credential("b"), credential("c"))
    with pytest.raises(SearchUnavailable):
        follow(database, indexed.writer, indexed.clock)
    with own_server() as server:  # back with its data
        time.sleep(1.1)
        indexed.settle()
        assert set(indexed.refs("")) == {"a", "b", "c"}
        assert level(indexed)
    database.dispose()


def test_a_server_killed_in_the_middle_of_writing_ends_level(own_server, sqlite_url):
    from catalog.db.engine import open_database

    database = open_database(sqlite_url)
    with own_server() as server:
        indexed = Indexed(database, server.url, server.key)
        publish(indexed, institution(), *(credential(f"c{number}") for number in range(30)))
        indexed.settle()
    for round_ in range(3):
        publish(indexed, *(credential(f"c{number}", title=f"Round {round_} of {number}") for number in range(round_, 30, 2)))
        with own_server() as server:
            from threading import Timer

            Timer(0.05 * round_ + 0.02, server.process.kill).start()
            try:
                while follow(database, indexed.writer, indexed.clock):
                    pass
            except SearchUnavailable:
                pass
    with own_server():
        time.sleep(1.1)
        indexed.settle()
        assert level(indexed)
    database.dispose()


def test_nothing_is_sent_before_somebody_asks():
    connection = open_engine("http://127.0.0.1:9/#x", None)._connection
    assert isinstance(connection, Connection)
    assert connection.name("rows") == "x_rows"
