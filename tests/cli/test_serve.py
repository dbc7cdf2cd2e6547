"""serve and work as processes: leadership, stopping, surviving a kill."""

import os
import signal
import threading
import time

import httpx
import psutil
import pytest

from tests.commands import run
from tests.processes import ask, environment, free_port, read_log, running, wait_for, wait_until_ready

BOOTCAMP = 'credential(slug: "alacrity-canada/digital-marketing-bootcamp")'


@pytest.fixture
def env(seeded_url, tmp_path):
    return environment(
        seeded_url, tmp_path, CATALOG_PORT=str(free_port()), CATALOG_LEASE_SECONDS="4", CATALOG_POLL_SECONDS="0.1"
    )


def port(env):
    return int(env["CATALOG_PORT"])


def indexed(env):
    state = httpx.get(f"http://127.0.0.1:{port(env)}/readyz", timeout=5).json()
    return state["indexRevision"] == state["revision"]


def worker_of(process):
    found = [child for child in psutil.Process(process.pid).children(recursive=True) if "work" in child.cmdline()]
    return found[0] if found else None


def test_serve_answers_searches_and_stops_with_its_worker(env, tmp_path):
    with running(["serve"], env, tmp_path) as process:
        wait_until_ready(port(env), process)
        wait_for(lambda: indexed(env), what="the index")
        found = ask(port(env), '{ search(query: "digital marketing bootcamp") { edges { node { slug } } } }')["search"][
            "edges"
        ]
        assert found[0] == {"node": {"slug": "alacrity-canada/digital-marketing-bootcamp"}}
        page = httpx.get(f"http://127.0.0.1:{port(env)}/graphiql")
        assert page.status_code == 200
        assert "script-src 'self'" in page.headers["content-security-policy"]
        worker = worker_of(process)
        begun = time.monotonic()
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0, read_log(process)
        assert time.monotonic() - begun < 10
        worker.wait(5)


def test_a_killed_worker_is_replaced_within_15_seconds(env, tmp_path):
    with running(["serve"], env, tmp_path) as process:
        wait_until_ready(port(env), process)
        wait_for(lambda: indexed(env), what="the index")
        worker = worker_of(process)
        os.kill(worker.pid, signal.SIGKILL)
        begun = time.monotonic()
        (tmp_path / "more.json").write_text(
            '{"format": "record/1", "source": {"key": "test/x", "name": "x", "kind": "PROVIDER"},'
            ' "records": [{"type": "credential", "ref": "x", "provider": "uvic", "title": "Zebra keeping", "kind": "COURSE"}]}'
        )
        run(["ingest", "more.json"], env, tmp_path)
        wait_for(lambda: indexed(env), 15, "a new leader")
        assert time.monotonic() - begun < 15
        assert ask(port(env), '{ search(query: "zebra") { totalCount } }') == {"search": {"totalCount": 1}}


def test_of_two_workers_one_leads_and_the_other_takes_over(env, tmp_path):
    with running(["work"], env, tmp_path) as first:
        wait_for(lambda: '"leading"' in read_log(first), what="the first leader")
        with running(["work"], env, tmp_path) as second:
            time.sleep(1.5)
            assert '"leading"' not in read_log(second)
            os.kill(first.pid, signal.SIGKILL)
            begun = time.monotonic()
            wait_for(lambda: '"leading"' in read_log(second), 15, "the second leader")
            assert 0.5 < time.monotonic() - begun < 15
            assert '"fence":2' in read_log(second)


def test_a_worker_ends_when_its_parent_is_killed(env, tmp_path):
    with running(["serve"], env, tmp_path) as process:
        wait_until_ready(port(env), process)
        worker = worker_of(process)
        os.kill(process.pid, signal.SIGKILL)
        worker.wait(10)


def test_sigterm_finishes_what_is_in_flight(env, tmp_path):
    with running(["serve", "--no-worker"], env, tmp_path) as process:
        wait_until_ready(port(env), process)
        assert worker_of(process) is None
        body = b'{"query": "{ catalog { credentials } }"}'
        answers = []

        def slow():
            def chunks():
                yield body[:10]
                time.sleep(1.5)
                yield body[10:]

            headers = {"content-type": "application/json", "content-length": str(len(body))}
            answers.append(
                httpx.post(f"http://127.0.0.1:{port(env)}/graphql", content=chunks(), headers=headers, timeout=20)
            )

        thread = threading.Thread(target=slow)
        thread.start()
        time.sleep(0.5)
        process.send_signal(signal.SIGTERM)
        thread.join(20)
        assert process.wait(10) == 0
        assert answers[0].json()["data"] == {"catalog": {"credentials": 206}}


def test_several_api_processes_share_the_port(env, tmp_path):
    with running(["serve", "--no-worker"], {**env, "CATALOG_WORKERS": "2"}, tmp_path) as process:
        wait_until_ready(port(env), process)
        for _ in range(10):
            assert ask(port(env), f"{{ {BOOTCAMP} {{ title }} }}")["credential"] == {"title": "Digital Marketing Bootcamp"}
        process.send_signal(signal.SIGTERM)
        process.wait(10)
