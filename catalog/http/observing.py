"""What is told of each request: one line in the log, numbers for Prometheus, a span for OpenTelemetry.

Never a document, a variable, a profile or an address.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import orjson
from prometheus_client import CollectorRegistry, Counter, Histogram

from catalog.http.exchange import Reply

MOST_OPERATIONS = 200  # names that have a series of their own; they come from outside
SECONDS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
LONGEST_NAME = 80
CACHE_STATES = 3  # hit, miss, off


class Observer:
    """`write` takes a line of the log; `tell_span` is called for each request where OpenTelemetry is configured."""

    def __init__(
        self,
        registry: CollectorRegistry,
        write: Callable[[bytes], Any],
        tell_span: Callable[[dict[str, Any], float], None] | None = None,
    ) -> None:
        self._latency = Histogram(
            "catalog_request_seconds", "time to answer", ("operation", "cache"), buckets=SECONDS, registry=registry
        )
        self._errors = Counter("catalog_request_errors", "errors in answers", ("code",), registry=registry)
        self._series: dict[tuple[str | None, str], Histogram] = {}
        self._names: set[str | None] = set()
        self._tell_span = tell_span
        self._write = write

    def note(self, request_id: bytes, method: str, reply: Reply, seconds: float) -> None:
        facts = reply.facts
        told = {
            "event": "request",
            "level": "info",
            "timestamp": datetime.now(UTC),
            "id": request_id.decode(),
            "method": method,
            "status": reply.status,
            "operation": facts.operation and facts.operation[:LONGEST_NAME],
            "hash": facts.hash,
            "cost": facts.cost,
            "ms": round(seconds * 1000, 3),
            "cache": reply.cache,
            "codes": facts.codes,
        }
        self._count(told, seconds)
        self._write(orjson.dumps(told, option=orjson.OPT_UTC_Z))
        if self._tell_span:
            self._tell_span(told, seconds)

    def _count(self, told: dict[str, Any], seconds: float) -> None:
        form = (told["operation"], told["cache"])
        series = self._series.get(form)
        if series is None:
            name = self._bounded(told["operation"])
            series = self._latency.labels(name, told["cache"])
            if len(self._series) < MOST_OPERATIONS * CACHE_STATES:
                self._series[form] = series
        series.observe(seconds)
        for code in told["codes"]:
            self._errors.labels(code).inc()

    def _bounded(self, name: str | None) -> str:
        """The label of a name: a series of its own for the first ones only."""
        if name not in self._names:
            if len(self._names) >= MOST_OPERATIONS:
                return "other"
            self._names.add(name)
        return name or "anonymous"
