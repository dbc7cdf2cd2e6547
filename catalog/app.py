"""Builds the application: the one place that wires settings, database, search and routes together."""

import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import structlog
from starlette.applications import Starlette
from starlette.routing import Route
from structlog.tracebacks import ExceptionDictTransformer

from catalog.db.engine import Database, open_database
from catalog.http.endpoint import GraphQLEndpoint
from catalog.http.health import Readyz, healthz
from catalog.http.service import GraphQLService
from catalog.runtime.operation import DocumentLimits, OperationStore
from catalog.schema.build import build_schema
from catalog.search.tantivy_engine import TantivyEngine
from catalog.settings import Settings
from catalog.web import graphiql

ANY_METHOD = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]  # the endpoint itself says which it takes


def create_app(settings: Settings) -> Starlette:
    """Opens nothing: the first request connects."""
    database = open_settings_database(settings)
    search = TantivyEngine(Path(settings.search_url))
    service = GraphQLService(
        database,
        search,
        OperationStore(build_schema(), DocumentLimits(settings.document_tokens, settings.document_depth)),
        make_clock(settings),
        settings.request_seconds,
        settings.confirmation_days,
    )

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        yield
        database.dispose()

    endpoint = GraphQLEndpoint(service, settings.body_bytes, settings.request_seconds, settings.request_threads)
    return Starlette(
        routes=[
            Route("/graphql", endpoint.handle, methods=ANY_METHOD),
            Route("/healthz", healthz),
            Route("/readyz", Readyz(database, search).handle),
            *graphiql.routes(),
        ],
        lifespan=lifespan,
    )


def from_environment() -> Starlette:
    """What uvicorn calls in each of its processes."""
    configure_logs()
    return create_app(Settings())


def open_settings_database(settings: Settings) -> Database:
    read = settings.read_database_url
    return open_database(
        settings.database_url.get_secret_value(), read.get_secret_value() if read else None, settings.request_threads
    )


def make_clock(settings: Settings) -> Callable[[], datetime]:
    """The time of day, or the fixed moment of CATALOG_NOW."""
    fixed = settings.now
    return (lambda: fixed) if fixed else lambda: datetime.now(UTC)


def configure_logs() -> None:
    """JSON lines on standard error, never with the values of variables: they may be a learner's."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.ExceptionRenderer(ExceptionDictTransformer(show_locals=False)),
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
    )
