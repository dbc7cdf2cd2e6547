"""Builds the application: the one place that wires settings, database, search and routes together."""

import gc
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from ipaddress import ip_address

import structlog
from prometheus_client import CollectorRegistry
from starlette.applications import Starlette
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from catalog.coverage.short_training import read_short_training
from catalog.coverage.unmet import UnmetCounter
from catalog.db.engine import Database
from catalog.db.glance import Glance
from catalog.db.transactions import read_snapshot
from catalog.http.endpoint import GraphQLEndpoint
from catalog.http.exports import Exports
from catalog.http.health import Readyz, healthz
from catalog.http.metrics import CatalogCollector, Metrics
from catalog.http.observing import Observer
from catalog.http.persisted import Persisted
from catalog.http.service import GraphQLService
from catalog.http.tracing import open_tracing
from catalog.http.unmet import UnmetWriter
from catalog.model.documents import Library
from catalog.model.operations import load_operations
from catalog.opening import configure_logs, make_clock, open_settings_database, secret
from catalog.runtime.limits import DocumentLimits
from catalog.runtime.operation import OperationStore
from catalog.schema.build import build_schema
from catalog.schema.exports import Exporter
from catalog.search.finder import Finder
from catalog.search.opening import open_engine
from catalog.settings import Settings, split_origins
from catalog.web import graphiql
from catalog.web.plans import Plans

GRAPHQL = "/graphql"
SYNONYMS = "synonyms.json"
PREFLIGHT_SECONDS = 86_400
HEADERS_OF_CLIENTS = [
    *("content-type", "authorization", "if-none-match", "cache-control", "x-request-id", "traceparent"),
    *("apollographql-client-name", "apollographql-client-version", "apollo-require-preflight"),
]
COLLECT_AFTER = 50_000  # new objects; an answer makes thousands, and nearly all of them die with it


class Application:
    """`/graphql` is answered by its endpoint alone, everything else by Starlette's routes."""

    def __init__(self, endpoint: ASGIApp, router: Starlette, settings: Settings) -> None:
        self.endpoint = endpoint
        self.shared = with_cors(endpoint, settings)
        self.router = router
        self._open_to_all = split_origins(settings.cors_origins) == ["*"]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._inner(scope)(scope, receive, send)

    def _inner(self, scope: Scope) -> ASGIApp:
        """Where every origin may ask, the endpoint says so itself, and only browsers' questions beforehand are left."""
        if scope["type"] != "http" or scope["path"] != GRAPHQL:
            return self.router
        return self.endpoint if self._open_to_all and scope["method"] != "OPTIONS" else self.shared


def create_app(settings: Settings) -> Application:
    """Opens nothing: the first request connects."""
    database = open_settings_database(settings)
    search = make_finder(settings)
    service = make_service(settings, database, search)
    registry = CollectorRegistry()
    tell_span, end_tracing = open_tracing(settings.otlp_url)
    observer = Observer(registry, structlog.BytesLogger(sys.stderr.buffer).info, tell_span)
    unmet = UnmetWriter(UnmetCounter(), database, service.clock) if settings.unmet_demand else None
    endpoint = GraphQLEndpoint(service, settings, observer, unmet.counter if unmet else None)
    collector = CatalogCollector(database, search)
    metrics = Metrics(registry, collector, secret(settings.metrics_token), is_local=is_loopback(settings.host))

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        gc.freeze()  # what is loaded by now stays: the collector need not look at it again
        gc.set_threshold(COLLECT_AFTER)
        async with unmet.running() if unmet else nullcontext():
            yield
        endpoint.close()
        service.glances.close()
        end_tracing()
        database.dispose()

    router = Starlette(
        routes=[
            Route("/healthz", healthz),
            Route("/readyz", Readyz(database, search).handle),
            Route("/metrics", metrics.handle),
            *graphiql.routes(),
            *Plans(database, make_clock(settings)).routes(),
            *Exports(
                service,
                Exporter(service.store.schema, settings.export_licence),
                settings.export_seconds,
                settings.exports_per_minute,
                settings.bundle_path,
            ).routes(),
        ],
        lifespan=lifespan,
    )
    return Application(endpoint, router, settings)


def make_finder(settings: Settings) -> Finder:
    return Finder(open_engine(settings.search_url, secret(settings.search_key)), settings.seed_path / SYNONYMS)


def make_service(settings: Settings, database: Database, search: Finder) -> GraphQLService:
    def load_listed() -> dict[str, str]:
        with read_snapshot(database) as connection:
            return {one.hash: one.text for one in load_operations(connection)}

    return GraphQLService(
        database,
        search,
        OperationStore(build_schema(), document_limits(settings)),
        Persisted(load_listed, only_listed=settings.only_listed),
        Library(settings.document_cache_bytes),
        make_clock(settings),
        settings.request_seconds,
        settings.confirmation_days,
        settings.cost,
        settings.page_size,
        Glance(database.read),
        short_training=read_short_training(settings.short_training),
        counts_unmet=settings.unmet_demand,
    )


def document_limits(settings: Settings) -> DocumentLimits:
    return DocumentLimits(
        characters=settings.document_bytes,
        tokens=settings.document_tokens,
        depth=settings.document_depth,
        fields=settings.document_fields,
        aliases=settings.aliases,
        directives=settings.directives,
        operations=settings.operations,
        root_fields=settings.root_fields,
        introspection_depth=settings.introspection_depth,
        introspection_fields=settings.introspection_fields,
        introspection_aliases=settings.introspection_aliases,
        repeats=settings.document_repeats,
    )


def with_cors(endpoint: ASGIApp, settings: Settings) -> ASGIApp:
    """Never with credentials: no cookie is read at /graphql, and none is set."""
    return CORSMiddleware(
        endpoint,
        allow_origins=split_origins(settings.cors_origins),
        allow_methods=["GET", "POST"],
        allow_headers=HEADERS_OF_CLIENTS,
        expose_headers=["etag", "retry-after", "x-request-id"],
        max_age=PREFLIGHT_SECONDS,
    )


def is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def from_environment() -> Application:
    """What uvicorn calls in each of its processes."""
    configure_logs()
    return create_app(Settings())
