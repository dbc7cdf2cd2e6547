"""Commands that run until they are stopped."""

import os
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory
from threading import Event, Thread
from types import FrameType
from typing import Annotated
from uuid import uuid4

import typer
import uvicorn

from catalog.cli.settings import opened, read_settings
from catalog.cli.worker_child import WorkerChild
from catalog.db.migrate import require_newest
from catalog.db.transactions import read_snapshot
from catalog.errors import StorageError
from catalog.http.metrics import SEVERAL_PROCESSES
from catalog.http.protocol import BoundedHeadProtocol
from catalog.http.tracing import require_tracing
from catalog.ingest.feeds.getting import Getting
from catalog.opening import configure_logs, make_clock, make_feed_hosts, secret
from catalog.search.opening import open_writer
from catalog.settings import Settings
from catalog.worker.chore import Chore
from catalog.worker.feeds import Feeds
from catalog.worker.likeness import Likenesses
from catalog.worker.loop import work as run_worker
from catalog.worker.nightly import Nightly
from catalog.worker.old_files import OldFiles

SHUTDOWN_SECONDS = 9  # less than the ten within which a process must be gone


def serve(
    no_worker: Annotated[
        bool, typer.Option("--no-worker", help="do not start the worker; run `catalog work` elsewhere")
    ] = False,
) -> None:
    """Serve the API, with the worker as a child process."""
    settings = read_settings()
    configure_logs()
    with opened(settings) as database, read_snapshot(database) as connection:
        require_newest(connection)
    require_tracing(settings.otlp_url)
    _require_free(settings.host, settings.port)
    signal.signal(signal.SIGTERM, _leave)
    child = None if no_worker else WorkerChild()
    typer.echo(f"serving on http://{settings.host}:{settings.port} (GraphiQL in a browser; stop with Ctrl+C)")
    try:
        with _counting_together(settings.workers):
            _run(settings)
    finally:
        if child is not None:
            child.stop()


def _run(settings: Settings) -> None:
    uvicorn.run(
        "catalog.app:from_environment",
        factory=True,
        host=settings.host,
        port=settings.port,
        workers=settings.workers,
        loop="uvloop",
        http=BoundedHeadProtocol,
        access_log=False,
        log_level="warning",
        server_header=False,
        limit_concurrency=settings.connections,
        timeout_graceful_shutdown=SHUTDOWN_SECONDS,
    )


@contextmanager
def _counting_together(workers: int) -> Iterator[None]:
    """Several processes count in files of one folder, whichever of them shows /metrics."""
    if workers == 1:
        yield
        return
    with TemporaryDirectory(prefix="catalog-metrics-") as folder:
        os.environ[SEVERAL_PROCESSES] = folder
        yield


def _require_free(host: str, port: int) -> None:
    """Raises StorageError (PORT_TAKEN) before anything is started."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            message = (
                f"{host}:{port} cannot be used ({error.strerror}); set CATALOG_PORT (make run PORT=...) or CATALOG_HOST"
            )
            raise StorageError(message, code="PORT_TAKEN") from error


def _leave(_number: int, _frame: FrameType | None) -> None:
    """Uvicorn has finished what was in flight and raises the signal again: leave by the front door."""
    sys.exit(0)


def work(
    child: Annotated[bool, typer.Option("--child", hidden=True, help="stop when standard input closes")] = False,
) -> None:
    """Run the worker: search index and background jobs. Of several, one leads and the others wait."""
    settings = read_settings()
    configure_logs()
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    if child:
        Thread(target=_stop_with_parent, args=(stop,), daemon=True).start()
    holder = f"{socket.gethostname()}-{uuid4().hex[:8]}"
    with opened(settings) as database:
        writer, clock = open_writer(settings.search_url, secret(settings.search_key)), make_clock(settings)
        folder = settings.bundle_path
        feeds = Feeds(database, clock, Getting(settings.ingest_bytes, make_feed_hosts(settings)))
        nightly = [Nightly(database, clock, folder, settings.export_licence)] if folder else []
        chores: list[Chore] = [
            feeds,
            Likenesses(database, clock),
            OldFiles(database, clock, settings.staged_days),
            *nightly,
        ]
        run_worker(database, writer, clock, holder, stop, settings.lease_seconds, settings.poll_seconds, chores)


def _stop_with_parent(stop: Event) -> None:
    """Unbuffered: a thread that waits inside Python's own buffer would break the interpreter's shutdown."""
    while os.read(sys.stdin.fileno(), 1024):
        pass
    stop.set()
