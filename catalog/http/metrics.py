"""GET /metrics, for Prometheus."""

import os
from collections.abc import Iterator
from hmac import compare_digest

import anyio.to_thread
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector
from starlette.requests import Request
from starlette.responses import Response

from catalog.db.engine import Database
from catalog.db.transactions import read_snapshot
from catalog.errors import StorageError
from catalog.model.changes import count_changes_after, seconds_behind
from catalog.model.state import read_state
from catalog.search.finder import Finder

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
SEVERAL_PROCESSES = "PROMETHEUS_MULTIPROC_DIR"
"""Set by `catalog serve` where there is more than one API process; prometheus_client then adds up what each has counted."""


class CatalogCollector(Collector):
    """What is read when somebody asks: revision, how far the index is behind, and what waits for the worker."""

    def __init__(self, database: Database, search: Finder) -> None:
        self._database = database
        self._search = search

    def collect(self) -> Iterator[Metric]:
        try:
            with read_snapshot(self._database) as connection:
                state, position = read_state(connection), self._search.position()
                indexed = position.revision if position and position.epoch == state.epoch else 0
                waiting = count_changes_after(connection, indexed)
                lag = seconds_behind(connection, indexed)
        except StorageError:  # the numbers that are counted in memory are still shown
            yield GaugeMetricFamily("catalog_database_up", "whether the database answers", 0)
            return
        yield GaugeMetricFamily("catalog_database_up", "whether the database answers", 1)
        yield GaugeMetricFamily("catalog_revision", "the newest revision", state.revision)
        yield GaugeMetricFamily("catalog_index_lag_revisions", "revisions that search lacks", state.revision - indexed)
        yield GaugeMetricFamily("catalog_index_lag_seconds", "how long search has lacked the first of them", lag)
        yield GaugeMetricFamily("catalog_jobs_waiting", "changes that the worker has yet to index", waiting)


class Metrics:
    """Open where the server listens to this machine alone; elsewhere it takes the token as a bearer."""

    def __init__(
        self, registry: CollectorRegistry, collector: CatalogCollector, token: str | None, *, is_local: bool
    ) -> None:
        self._registry = registry
        self._collector = collector
        self._token = token
        self._is_local = is_local

    async def handle(self, request: Request) -> Response:
        if not self._is_allowed(request.headers.get("authorization", "")):
            return Response("send the token of CATALOG_METRICS_TOKEN as a bearer\n", 401, {"www-authenticate": "Bearer"})
        return Response(await anyio.to_thread.run_sync(self._write), media_type=CONTENT_TYPE)

    def _is_allowed(self, authorization: str) -> bool:
        if self._token is None:
            return self._is_local
        return compare_digest(authorization.encode(), f"Bearer {self._token}".encode())

    def _write(self) -> bytes:
        catalog = CollectorRegistry()
        catalog.register(self._collector)
        return generate_latest(_counted(self._registry)) + generate_latest(catalog)


def _counted(own: CollectorRegistry) -> CollectorRegistry:
    if SEVERAL_PROCESSES not in os.environ:
        return own
    several = CollectorRegistry()
    MultiProcessCollector(several)  # type: ignore[no-untyped-call] # the package types all but this
    return several
