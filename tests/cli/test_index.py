"""The index as commands and processes keep it: level with the database within two seconds, whatever was killed."""

import json
import os
import random
import signal
import time
from datetime import UTC, datetime

import httpx
import pytest

from catalog.db.engine import open_database
from catalog.ingest.run import ingest_file
from catalog.search.opening import open_writer
from catalog.search.sync import compare
from tests.commands import run
from tests.processes import ask, environment, free_port, read_log, running, wait_for, wait_until_ready

SOURCE = {"key": "test/uni", "name": "Test", "kind": "PROVIDER"}
SCHOOL = {"type": "institution", "ref": "uni", "slug": "uni", "name": "Uni", "kind": "OTHER"}


@pytest.fixture
def env(sqlite_url, tmp_path):
    return environment(
        sqlite_url, tmp_path, CATALOG_PORT=str(free_port()), CATALOG_LEASE_SECONDS="1", CATALOG_POLL_SECONDS="0.1"
    )


def ingest(env, folder, *records, **source):
    """Published from here: a command takes seconds to start, which these tests are not about."""
    path = folder / "feed.json"
    path.write_text(json.dumps({"format": "record/1", "source": SOURCE | source, "records": [SCHOOL, *records]}))
    database = open_database(env["CATALOG_DATABASE_URL"])
    report = ingest_file(path, database, lambda: datetime.now(UTC), largest_bytes=10_000_000)
    database.dispose()
    assert list(report.issues) == []


def is_level(env):
    database = open_database(env["CATALOG_DATABASE_URL"])
    found = compare(database, open_writer(env["CATALOG_SEARCH_URL"], None), lambda: datetime.now(UTC))
    database.dispose()
    return found == []


def course(number, title="Course"):
    return {"type": "credential", "ref": f"c{number}", "provider": "uni", "title": f"{title} {number}", "kind": "COURSE"}


def test_check_compares_the_index_and_reindex_mends_it(env, tmp_path):
    ingest(env, tmp_path, course(1), course(2))
    missing = run(["check", "--index"], env, tmp_path, expect=1).stdout
    assert missing.count("INDEX_DIFFERS") == 1
    assert "INDEX_DIFFERS the index is not there, or cannot be read" in missing
    assert "catalog reindex" in missing
    assert run(["check", "--lag", "30"], env, tmp_path, expect=1).stdout == "there is no index yet\n"
    assert run(["reindex"], env, tmp_path).stdout == "indexed 2 credentials\n"
    assert run(["check", "--lag", "30"], env, tmp_path).stdout == "the search index is 0.0 seconds behind\n"
    assert run(["check", "--index"], env, tmp_path).stdout == "nothing is inconsistent\n"
    ingest(env, tmp_path, course(1), course(2, "Changed"))
    changed = run(["check", "--index"], env, tmp_path, expect=1).stdout
    assert "INDEX_DIFFERS the index is at revision 1, the catalogue at 2" in changed
    assert "INDEX_DIFFERS uni/changed-2 is indexed as it was before" in changed or "is indexed as it was before" in changed
    time.sleep(0.2)
    assert "seconds behind" in run(["check", "--lag", "0.1"], env, tmp_path, expect=1).stdout


def test_a_rebuild_that_would_lose_much_asks_for_force(env, tmp_path):
    ingest(env, tmp_path, *(course(number) for number in range(20)), complete=True)
    run(["reindex"], env, tmp_path)
    for left in (15, 10):  # more at once would be held
        ingest(env, tmp_path, *(course(number) for number in range(left)), complete=True)
    refused = run(["reindex"], env, tmp_path, expect=3)
    assert "INDEX_WOULD_SHRINK" in refused.stderr
    assert "--force" in refused.stderr
    assert run(["reindex", "--force"], env, tmp_path).stdout == "indexed 10 credentials\n"


def test_an_index_of_an_earlier_release_is_built_anew_by_the_worker(env, tmp_path):
    ingest(env, tmp_path, course(1))
    folder = tmp_path / "index"
    folder.mkdir()
    (folder / "current.json").write_text('{"generation": "generation-old", "epoch": "x", "revision": 1}')
    with running(["work"], env, tmp_path):
        wait_for(lambda: "confirmations" in json.loads((folder / "current.json").read_text()), what="the new index")
    assert is_level(env)


def test_it_is_at_most_two_seconds_behind_and_says_how_far(env, tmp_path):
    ingest(env, tmp_path, course(0))
    port = int(env["CATALOG_PORT"])
    with running(["serve"], env, tmp_path) as process:
        wait_until_ready(port, process)
        question = "query($q: String) { search(query: $q) { totalCount } }"
        wait_for(lambda: "wait" not in read_log(process) and _total(port, question, "course"), what="the index")
        for number in range(1, 6):
            ingest(env, tmp_path, *(course(n) for n in range(number + 1)))
            begun = time.monotonic()
            wait_for(lambda number=number: _total(port, question, "course") == number + 1, 2, "the newest course")
            assert time.monotonic() - begun < 2
        metrics = httpx.get(f"http://127.0.0.1:{port}/metrics").text
        assert "catalog_index_lag_revisions 0.0" in metrics
        assert "catalog_index_lag_seconds 0.0" in metrics


def _total(port, question, text):
    try:
        return ask(port, question, {"q": text})["search"]["totalCount"]
    except AssertionError:
        return None  # there is no index yet


def test_a_worker_killed_anywhere_leaves_an_index_that_ends_level(env, tmp_path):
    chance = random.Random(7)
    ingest(env, tmp_path, *(course(number) for number in range(200)))
    for round_ in range(3):
        ingest(env, tmp_path, *(course(number, f"Round {round_}") for number in range(200)))
        with running(["work"], env, tmp_path) as worker:
            wait_for(lambda worker=worker: "leading" in read_log(worker), what="the lead")
            time.sleep(chance.uniform(0, 0.25))
            os.kill(worker.pid, signal.SIGKILL)
            worker.wait(5)
        time.sleep(1.1)  # the lease of the dead
    with running(["work"], env, tmp_path):
        revision = 4
        pointer = tmp_path / "index" / "current.json"
        wait_for(lambda: pointer.exists() and json.loads(pointer.read_text())["revision"] == revision, what="the index")
    assert is_level(env)
