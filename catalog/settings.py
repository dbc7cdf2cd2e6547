"""Every setting of the catalogue, read once from `CATALOG_*` environment variables or a .env file."""

from pathlib import Path
from typing import Annotated

from pydantic import AwareDatetime, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """One frozen set of settings; a field `database_url` is the variable `CATALOG_DATABASE_URL`."""

    model_config = SettingsConfigDict(
        env_prefix="CATALOG_", env_file=".env", env_ignore_empty=True, frozen=True, extra="ignore"
    )

    database_url: SecretStr = Field(
        SecretStr("sqlite:///var/catalog.db"),
        description="sqlite:///PATH or postgresql+psycopg://USER:PASSWORD@HOST/NAME",
    )
    read_database_url: SecretStr | None = Field(None, description="where queries read; the same database if absent")
    search_url: str = Field("var/index", description="folder of the embedded search index, or the address of a Meilisearch")
    search_key: SecretStr | None = Field(
        None, description="key of the Meilisearch: for `serve` one that may search, for `work` one that may index"
    )
    host: str = Field("127.0.0.1", description="address to listen on")
    port: Annotated[int, Field(ge=1, le=65535)] = Field(8000, description="port to listen on")
    workers: Annotated[int, Field(ge=1, le=64)] = Field(1, description="API processes")
    now: AwareDatetime | None = Field(None, description="fixes the clock, for demonstrations and tests (with offset)")
    seed_path: Path = Field(
        Path("seed"), description="folder of the ingest files that `catalog seed` applies, and of the synonyms of search"
    )
    request_seconds: Annotated[float, Field(gt=0, le=300)] = Field(10.0, description="longest time one request may take")
    request_threads: Annotated[int, Field(ge=1, le=128)] = Field(4, description="requests executed at once per process")
    request_queue: Annotated[int, Field(ge=1)] = Field(200, description="requests under way or waiting per process")
    connections: Annotated[int, Field(ge=10)] = Field(1_000, description="connections open at once per process")
    rate_per_minute: Annotated[int, Field(ge=1)] = Field(
        6_000,
        description="requests of one address (IPv6: its /64) in a minute, ten seconds of it at once, counted per process",
    )
    body_bytes: Annotated[int, Field(ge=1024)] = Field(128_000, description="largest request body")
    address_bytes: Annotated[int, Field(ge=1024, le=65_000)] = Field(
        32_000, description="longest query string; the HTTP parser itself refuses 65,536 bytes"
    )
    variables_bytes: Annotated[int, Field(ge=100)] = Field(64_000, description="largest variables, as JSON")
    document_bytes: Annotated[int, Field(ge=100)] = Field(32_000, description="longest GraphQL document")
    document_tokens: Annotated[int, Field(ge=100)] = Field(2_500, description="most tokens in a GraphQL document")
    document_depth: Annotated[int, Field(ge=5, le=60)] = Field(25, description="deepest field of a GraphQL document")
    document_fields: Annotated[int, Field(ge=10)] = Field(
        2_000, description="most fields and spreads in a GraphQL document, its fragments written out"
    )
    document_repeats: Annotated[int, Field(ge=10)] = Field(
        5_000, description="most pairs of fields under one response key in one place, which validation compares"
    )
    aliases: Annotated[int, Field(ge=0)] = Field(100, description="most aliases, fragments written out")
    directives: Annotated[int, Field(ge=0)] = Field(100, description="most directives, fragments written out")
    operations: Annotated[int, Field(ge=1)] = Field(10, description="most operations of a document")
    root_fields: Annotated[int, Field(ge=1)] = Field(20, description="most root fields of an operation")
    introspection_depth: Annotated[int, Field(ge=3)] = Field(16, description="deepest field of introspection")
    introspection_fields: Annotated[int, Field(ge=10)] = Field(300, description="most fields of introspection")
    introspection_aliases: Annotated[int, Field(ge=0)] = Field(2, description="most aliases in introspection")
    page_size: Annotated[int, Field(ge=1, le=100)] = Field(100, description="largest first or last")
    cost: Annotated[int, Field(ge=100)] = Field(1_000_000, description="most values that an operation can return")
    cache_bytes: Annotated[int, Field(ge=0)] = Field(64_000_000, description="answers kept per process; 0 keeps none")
    document_cache_bytes: Annotated[int, Field(ge=0)] = Field(
        16_000_000, description="Documents kept per process, by their text (six times as much in memory); 0 keeps none"
    )
    state_seconds: Annotated[float, Field(ge=0, le=1)] = Field(
        0.04,
        description="after how long the revision is looked at anew for a kept answer; at most six times as long",
    )
    max_age_seconds: Annotated[int, Field(ge=0, le=3600)] = Field(
        0, description="how long browsers and proxies may show an answer to GET without asking again"
    )
    only_listed: bool = Field(False, description="answer only what `catalog operations add` has listed")
    cors_origins: str = Field("*", description="origins whose pages may ask, separated by commas; `*`: every one")
    metrics_token: SecretStr | None = Field(
        None, description="bearer token of /metrics; absent: open while CATALOG_HOST is a loopback address, else closed"
    )
    otlp_url: str | None = Field(
        None, description="where spans are sent by OTLP over HTTP, such as http://127.0.0.1:4318/v1/traces"
    )
    ingest_bytes: Annotated[int, Field(ge=1024)] = Field(64_000_000, description="largest ingest file")
    feed_hosts: str = Field(
        "", description="hosts (or host:port), separated by commas, whose feeds may stand at an address inside"
    )
    staged_days: Annotated[int, Field(ge=1)] = Field(
        400, description="days that the files of deliveries are kept as they came, after those have come to an end"
    )
    export_seconds: Annotated[float, Field(gt=0, le=3600)] = Field(120.0, description="longest time one export may take")
    exports_per_minute: Annotated[int, Field(ge=1)] = Field(
        30, description="exports of one address in a minute, ten seconds of it at once, counted per process"
    )
    export_licence: str | None = Field(
        None, description="licence of the catalogue's data as a whole, a name or an address; stands in every export"
    )
    bundle_path: Path | None = Field(
        None, description="folder where the worker writes the bundle of open data each night, and the API reads it"
    )
    confirmation_days: Annotated[int, Field(ge=1)] = Field(
        400, description="how long a continuous intake counts as open after it was last confirmed"
    )
    unmet_demand: bool = Field(
        False,
        description="count searches that found nothing, by topic and region, from ten distinct askers (docs/COVERAGE.md)",
    )
    short_training: Path | None = Field(
        None, description="file of the occupations that short training serves, in place of our list (docs/COVERAGE.md)"
    )
    lease_seconds: Annotated[float, Field(ge=1, le=60)] = Field(8.0, description="how long a silent worker keeps the lead")
    poll_seconds: Annotated[float, Field(ge=0.05, le=60)] = Field(0.5, description="how often the worker looks for changes")


def split_origins(text: str) -> list[str]:
    """The origins of CATALOG_CORS_ORIGINS."""
    return [one.strip() for one in text.split(",") if one.strip()]
