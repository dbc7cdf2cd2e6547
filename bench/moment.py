"""When everything is published."""

from datetime import UTC, datetime

NOW = datetime(2026, 11, 23, tzinfo=UTC)


def clock() -> datetime:
    return NOW
