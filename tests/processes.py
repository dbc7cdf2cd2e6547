"""Our commands as real processes."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import httpx

ROOT = Path(__file__).parents[1]
MODULE = (sys.executable, "-m", "catalog")
PROGRAM = (str(Path(sys.executable).with_name("catalog")),)
"""As it was installed."""


def environment(url, folder, **more):
    """Nothing of this machine but the path; settings only from the test."""
    return {
        "PATH": os.environ["PATH"],
        "CATALOG_DATABASE_URL": url,
        "CATALOG_SEARCH_URL": str(folder / "index"),
        "CATALOG_SEED_PATH": str(ROOT / "seed"),
        "PYTHONWARNINGS": "error",
        **more,
    }


def run(arguments, env, folder, expect=0, program=MODULE):
    """What is not about processes runs faster by tests.commands.run."""
    done = subprocess.run(
        [*program, *arguments],
        env=env,
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == expect, (done.returncode, done.stdout, done.stderr)
    return done


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def running(arguments, env, folder):
    """A process that is ended with SIGTERM and must be gone within ten seconds."""
    log = (folder / f"process-{time.monotonic_ns()}.log").open("w+")
    process = subprocess.Popen([*MODULE, *arguments], env=env, cwd=folder, stdout=log, stderr=log)
    process.log = log
    try:
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        process.wait(15)
        log.close()


def read_log(process):
    return Path(process.log.name).read_text()


def wait_for(condition, seconds=20, what="the condition"):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if value := condition():
            return value
        time.sleep(0.05)
    raise AssertionError(f"{what} did not come within {seconds} s")


def wait_until_ready(port, process):
    def ready():
        assert process.poll() is None, read_log(process)
        try:
            answer = httpx.get(f"http://127.0.0.1:{port}/readyz", timeout=2)
        except httpx.TransportError:
            return None
        return answer.json() if answer.status_code == 200 else None

    return wait_for(ready, what="readiness")


def ask(port, query, variables=None):
    answer = httpx.post(f"http://127.0.0.1:{port}/graphql", json={"query": query, "variables": variables or {}}, timeout=20)
    body = answer.json()
    assert "errors" not in body, body["errors"]
    return body["data"]
