"""What is told of each request: one line in the log, numbers for Prometheus, a span for OpenTelemetry.

Never a document, a variable, a profile or an address.
"""

from collections.abc import Callable
from dataclasses import dataclass

import structlog
from prometheus_client import CollectorRegistry, Counter, Histogram

from catalog.http.exchange import Reply

MOST_OPERATIONS = 200  # names that have a series of their own; they come from outside
SECONDS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Told:
    """One request, as it is told."""

    request_id: str
    method: str
    status: int
    operation: str
    hash: str | None
    cost: int | None
    seconds: float
    cache: str
    codes: tuple[str, ...]


class Observer:
    """`tell_span` is called for each request where OpenTelemetry is configured."""

    def __init__(self, registry: CollectorRegistry, tell_span: Callable[[Told], None] | None = None) -> None:
        self._latency = Histogram(
            "catalog_request_seconds", "time to answer", ("operation", "cache"), buckets=SECONDS, registry=registry
        )
        self._errors = Counter("catalog_request_errors", "errors in answers", ("code",), registry=registry)
        self._statuses = Counter("catalog_requests", "answers by HTTP status", ("status",), registry=registry)
        self._series: dict[tuple[str, str], Histogram] = {}
        self._by_status: dict[int, Counter] = {}
        self._names: set[str] = set()
        self._tell_span = tell_span
        self._log = structlog.get_logger()

    def note(self, request_id: bytes, method: str, reply: Reply, seconds: float) -> None:
        facts = reply.facts
        told = Told(
            request_id.decode(),
            method,
            reply.status,
            (facts.operation or "anonymous")[:LONGEST_NAME],
            facts.hash,
            facts.cost,
            seconds,
            reply.cache,
            facts.codes,
        )
        self._count(told)
        self._log.info(
            "request",
            id=told.request_id,
            method=told.method,
            status=told.status,
            operation=told.operation,
            hash=told.hash,
            cost=told.cost,
            ms=round(seconds * 1000, 3),
            cache=told.cache,
            codes=told.codes,
        )
        if self._tell_span:
            self._tell_span(told)

    def _count(self, told: Told) -> None:
        name = self._bounded(told.operation)
        series = self._series.get((name, told.cache))
        if series is None:
            series = self._series[name, told.cache] = self._latency.labels(name, told.cache)
        series.observe(told.seconds)
        status = self._by_status.get(told.status)
        if status is None:
            status = self._by_status[told.status] = self._statuses.labels(str(told.status))
        status.inc()
        for code in told.codes:
            self._errors.labels(code).inc()

    def _bounded(self, name: str) -> str:
        if name not in self._names:
            if len(self._names) >= MOST_OPERATIONS:
                return "other"
            self._names.add(name)
        return name
