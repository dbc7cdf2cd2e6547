"""What every process opens with its settings: the database, the clock and the logs."""

import sys
from collections.abc import Callable
from datetime import UTC, datetime

import orjson
import structlog
from pydantic import SecretStr
from structlog.tracebacks import ExceptionDictTransformer

from catalog.db.engine import Database, open_database
from catalog.settings import Settings


def secret(value: SecretStr | None) -> str | None:
    return value.get_secret_value() if value else None


def open_settings_database(settings: Settings) -> Database:
    url, read = settings.database_url.get_secret_value(), secret(settings.read_database_url)
    return open_database(url, read, settings.request_threads)


def make_clock(settings: Settings) -> Callable[[], datetime]:
    """The time of day, or the fixed moment of CATALOG_NOW."""
    fixed = settings.now
    return (lambda: fixed) if fixed else lambda: datetime.now(UTC)


def make_feed_hosts(settings: Settings) -> frozenset[str]:
    """The hosts whose feeds may stand at an address inside."""
    return frozenset(one.strip().lower() for one in settings.feed_hosts.split(",") if one.strip())


def configure_logs() -> None:
    """JSON lines on standard error, never with the values of variables: they may be a learner's."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.ExceptionRenderer(ExceptionDictTransformer(show_locals=False)),
            structlog.processors.JSONRenderer(serializer=orjson.dumps),
        ],
        logger_factory=structlog.BytesLoggerFactory(file=sys.stderr.buffer),
        cache_logger_on_first_use=True,
    )
