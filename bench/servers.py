"""Server processes on free ports of this machine, started for a measurement and ended with it."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from bench.errors import NotBuilt

ROOT = Path(__file__).parent.parent
READY_SECONDS = 120
UVICORN = ("--host", "127.0.0.1", "--loop", "uvloop", "--http", "httptools", "--no-access-log", "--no-server-header")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(
    command: Sequence[str], environment: Mapping[str, str], port: int, ready: str, folder: Path, cwd: Path = ROOT
) -> Iterator[int]:
    """The port of a server that has answered `ready`. Raises NotBuilt with the command and what it wrote."""
    log = folder / f"server-{port}.log"
    with log.open("wb") as output:
        process = subprocess.Popen(command, env={**os.environ, **environment}, stdout=output, stderr=output, cwd=cwd)
    try:
        _wait(process, f"http://127.0.0.1:{port}{ready}", command, log)
        yield port
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(process: subprocess.Popen[bytes], url: str, command: Sequence[str], log: Path) -> None:
    until = time.monotonic() + READY_SECONDS
    while process.poll() is None and time.monotonic() < until:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except urllib.error.HTTPError as error:
            if error.code < 500:
                return
        except OSError:
            pass
        time.sleep(0.1)
    raise NotBuilt(command, log.read_text(errors="replace"))


def python_server(
    module: str, environment: Mapping[str, str], folder: Path, python: str = sys.executable
) -> AbstractContextManager[int]:
    """One uvicorn process for the application `app` of a module of bench.references."""
    port = free_port()
    application = f"bench.references.{module}:app"
    command = (python, "-m", "uvicorn", application, *UVICORN, "--port", str(port), "--log-level", "warning")
    return serving(command, environment, port, "/ready", folder)


def our_server(database_url: str, folder: Path, **settings: str) -> AbstractContextManager[int]:
    """`catalog serve` as it is, but for the number of requests a minute and what the caller sets."""
    port = free_port()
    environment = {
        "CATALOG_DATABASE_URL": database_url,
        "CATALOG_SEARCH_URL": str(folder / "index"),
        "CATALOG_PORT": str(port),
        "CATALOG_RATE_PER_MINUTE": "100000000",
        **settings,
    }
    command = (sys.executable, "-m", "catalog", "serve", "--no-worker")
    return serving(command, environment, port, "/healthz", folder, cwd=folder)
