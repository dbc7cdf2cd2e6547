"""Spans for OpenTelemetry, where an address is set to send them to."""

import time
from collections.abc import Callable
from importlib.util import find_spec
from typing import Any, TypeAlias

from catalog.errors import StorageError

SERVICE = "catalog"
EXPORT_SECONDS = 2.0  # a collector that does not answer must not keep the server from stopping
PACKAGES = ("opentelemetry.exporter.otlp.proto.http", "opentelemetry.sdk")
Tell: TypeAlias = Callable[[dict[str, Any], float], None]
SERVER_ERROR = 500


def open_tracing(otlp_url: str | None) -> tuple[Tell | None, Callable[[], None]]:
    """What tells one request, and what sends the rest when the server ends.

    Raises StorageError (SETTING_INVALID) where the packages are missing.
    """
    if otlp_url is None:
        return None, lambda: None
    require_tracing(otlp_url)
    return _open(otlp_url)


def require_tracing(otlp_url: str | None) -> None:
    """Raises StorageError (SETTING_INVALID) where spans are asked for and the packages are missing."""
    if otlp_url is not None and not all(map(_is_installed, PACKAGES)):
        message = "CATALOG_OTLP_URL is set, but OpenTelemetry is not installed: pip install 'catalog[telemetry]'"
        raise StorageError(message, code="SETTING_INVALID")


def _is_installed(package: str) -> bool:
    try:
        return find_spec(package) is not None
    except ModuleNotFoundError:  # not even what holds it
        return False


def _open(otlp_url: str) -> tuple[Tell, Callable[[], None]]:
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter  # noqa: PLC0415 - an optional package
    from opentelemetry.sdk.resources import Resource  # noqa: PLC0415 - see above
    from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415 - see above
    from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415 - see above
    from opentelemetry.trace import SpanKind, StatusCode  # noqa: PLC0415 - see above

    provider = TracerProvider(resource=Resource.create({"service.name": SERVICE}))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint=otlp_url, timeout=EXPORT_SECONDS)))
    tracer = provider.get_tracer(SERVICE)

    def tell(told: dict[str, Any], seconds: float) -> None:
        ended = time.time_ns()
        begun = ended - int(seconds * 1e9)
        name, shown = f"graphql {told['operation'] or 'anonymous'}", _shown(told)
        span = tracer.start_span(name, kind=SpanKind.SERVER, start_time=begun, attributes=shown)
        if told["status"] >= SERVER_ERROR:
            span.set_status(StatusCode.ERROR)
        span.end(ended)

    return tell, provider.shutdown


def _shown(told: dict[str, Any]) -> dict[str, Any]:
    """By the names of OpenTelemetry's semantic conventions where it has one."""
    shown = {
        "http.request.method": told["method"],
        "http.response.status_code": told["status"],
        "graphql.operation.name": told["operation"],
        "catalog.operation.hash": told["hash"],
        "catalog.operation.cost": told["cost"],
        "catalog.cache": told["cache"],
        "catalog.codes": list(told["codes"]),
        "catalog.request.id": told["id"],
    }
    return {name: value for name, value in shown.items() if value is not None}
