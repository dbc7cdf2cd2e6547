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
    search_url: str = Field("var/index", description="folder of the embedded search index")
    host: str = Field("127.0.0.1", description="address to listen on")
    port: Annotated[int, Field(ge=1, le=65535)] = Field(8000, description="port to listen on")
    workers: Annotated[int, Field(ge=1, le=64)] = Field(1, description="API processes")
    now: AwareDatetime | None = Field(None, description="fixes the clock, for demonstrations and tests (with offset)")
    seed_path: Path = Field(Path("seed"), description="folder of the ingest files that `catalog seed` applies")
    request_seconds: Annotated[float, Field(gt=0, le=300)] = Field(10.0, description="longest time one request may take")
    request_threads: Annotated[int, Field(ge=1, le=128)] = Field(8, description="requests executed at once per process")
    body_bytes: Annotated[int, Field(ge=1024)] = Field(256_000, description="largest request body")
    document_tokens: Annotated[int, Field(ge=100)] = Field(5_000, description="most tokens in a GraphQL document")
    document_depth: Annotated[int, Field(ge=5, le=200)] = Field(60, description="deepest nesting of a GraphQL document")
    ingest_bytes: Annotated[int, Field(ge=1024)] = Field(64_000_000, description="largest ingest file")
    confirmation_days: Annotated[int, Field(ge=1)] = Field(
        400, description="how long a continuous intake counts as open after it was last confirmed"
    )
    lease_seconds: Annotated[float, Field(ge=1, le=60)] = Field(8.0, description="how long a silent worker keeps the lead")
    poll_seconds: Annotated[float, Field(ge=0.05, le=60)] = Field(0.5, description="how often the worker looks for changes")
