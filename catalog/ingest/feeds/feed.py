"""A feed: whose it is, where it stands, how it is fetched, and when it is due."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from catalog.errors import ArgumentInvalid
from catalog.ingest.fetching.answer import Validators
from catalog.model.bulk import table_of
from catalog.model.source import Source
from catalog.model.tables import FeedRow, PullRow

FEED = table_of(FeedRow)
PULL = table_of(PullRow)


class How(StrEnum):
    """How a feed is fetched: one file, pages of an API, or the pages of a site."""

    FILE = "FILE"
    OOAPI = "OOAPI"
    OPEN_EDX = "OPEN_EDX"
    SITEMAP = "SITEMAP"


class FeedState(StrEnum):
    """A paused feed is pulled only by hand."""

    ACTIVE = "ACTIVE"
    PAUSED = "PAUSED"


@dataclass(frozen=True, slots=True)
class Feed:
    """`headers` may refer to environment variables and hold no secret. `told`: pattern, stewarded, what its files mean."""

    name: str
    address: str
    how: How
    source: dict[str, Any]
    every_minutes: int
    due_at: datetime
    added_at: datetime
    format: str | None = None
    told: dict[str, Any] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    state: FeedState = FeedState.ACTIVE
    validators: dict[str, Any] | None = None
    pulled_at: datetime | None = None
    failures: int = 0
    outcome: str | None = None

    @property
    def speaker(self) -> Source:
        return Source.model_validate(self.source, strict=False)

    @property
    def answered(self) -> Validators | None:
        """What its server said last, to ask whether there is anything new."""
        return Validators(**self.validators) if self.validators else None


_NAMES = [one.name for one in fields(Feed)]


def add_feed(connection: Connection, feed: Feed) -> None:
    """Raises ArgumentInvalid (FEED_EXISTS)."""
    if connection.execute(select(FEED.c.name).where(FEED.c.name == feed.name)).first():
        message = f"there is a feed {feed.name} already; `catalog feeds remove {feed.name}` forgets it"
        raise ArgumentInvalid(message, code="FEED_EXISTS", argument="name")
    connection.execute(insert(FEED).values(**{name: _plain(getattr(feed, name)) for name in _NAMES}))


def load_feeds(connection: Connection) -> list[Feed]:
    return [_feed(row) for row in connection.execute(select(FEED).order_by(FEED.c.name)).mappings()]


def find_feed(connection: Connection, name: str) -> Feed:
    """Raises ArgumentInvalid (FEED_UNKNOWN)."""
    row = connection.execute(select(FEED).where(FEED.c.name == name)).mappings().first()
    if row is None:
        message = f"there is no feed {name[:60]!r}; `catalog feeds list` shows them"
        raise ArgumentInvalid(message, code="FEED_UNKNOWN", argument="name")
    return _feed(row)


def due_feeds(connection: Connection, now: datetime) -> list[Feed]:
    """What is to be pulled now, what has waited longest first."""
    query = select(FEED).where(FEED.c.state == FeedState.ACTIVE, FEED.c.due_at <= now).order_by(FEED.c.due_at)
    return [_feed(row) for row in connection.execute(query).mappings()]


def claim_feed(connection: Connection, name: str, now: datetime, longest: Mapping[How, timedelta]) -> Feed | None:
    """The feed, due again only after the longest time that its pull can take: whoever dies over it leaves it to others.

    None where it is no longer due, or somebody else has claimed it.
    """
    due = (FEED.c.name == name) & (FEED.c.state == FeedState.ACTIVE) & (FEED.c.due_at <= now)
    row = connection.execute(select(FEED).where(due)).mappings().first()
    if row is None:
        return None
    feed = _feed(row)
    claimed = connection.execute(update(FEED).where(due).values(due_at=now + longest[feed.how]))
    return feed if claimed.rowcount else None


def postpone_feed(connection: Connection, name: str, due_at: datetime) -> None:
    """Gives a claimed feed back."""
    connection.execute(update(FEED).where(FEED.c.name == name, FEED.c.state == FeedState.ACTIVE).values(due_at=due_at))


def set_state(connection: Connection, name: str, state: FeedState, due_at: datetime) -> None:
    find_feed(connection, name)
    connection.execute(update(FEED).where(FEED.c.name == name).values(state=str(state), due_at=due_at))


def remove_feed(connection: Connection, name: str) -> None:
    """The feed and its history; what it brought stays."""
    find_feed(connection, name)
    connection.execute(delete(PULL).where(PULL.c.feed == name))
    connection.execute(delete(FEED).where(FEED.c.name == name))


def _feed(row: Any) -> Feed:
    return Feed(**{**row, "how": How(row["how"]), "state": FeedState(row["state"])})


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, StrEnum) else value
