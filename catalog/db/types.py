"""Column types that mean the same on SQLite and PostgreSQL."""

from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
from sqlalchemy import BigInteger, Dialect, String, Text, TypeDecorator

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


def to_microseconds(moment: datetime) -> int:
    return (moment - EPOCH) // MICROSECOND


def from_microseconds(value: int) -> datetime:
    return EPOCH + value * MICROSECOND


class Instant(TypeDecorator[datetime]):
    """An instant as whole microseconds since 1970 UTC: exact, ordered and free of time zones on every database."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002 - SQLAlchemy's signature
        return None if value is None else to_microseconds(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        return None if value is None else from_microseconds(value)


class RawJson(str):
    """JSON that is written already, for rows whose text also served as the input of a hash."""

    __slots__ = ()


def write_json(value: Any) -> RawJson:
    """Keys are sorted, so that equal values are equal bytes."""
    return RawJson(orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode())


class JsonText(TypeDecorator[Any]):
    """JSON as text; a RawJson goes in as it is."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ARG002 - SQLAlchemy's signature
        return value if value is None or isinstance(value, RawJson) else write_json(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:  # noqa: ARG002 - SQLAlchemy's signature
        return None if value is None else orjson.loads(value)


def key_text() -> String:
    """Text that is compared and sorted by code point, as keyset pages need it, whatever the database's locale."""
    return String().with_variant(String(collation="C"), "postgresql")
