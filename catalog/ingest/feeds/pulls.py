"""The history of a feed: every attempt to pull it, and what came of it."""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, delete, insert, select, update

from catalog.ingest.feeds.feed import FEED, PULL, Feed

MOST_PULLS = 200
"""Kept of each feed."""


@dataclass(frozen=True, slots=True)
class Pull:
    """One attempt: `outcome` is what became of its submission, NOT_MODIFIED, SAME, or the code of its failure.

    A `message` says what somebody should know or do; without one there was nothing new.
    """

    id: str
    feed: str
    at: datetime
    outcome: str
    message: str | None = None
    submission: str | None = None
    size: int = 0

    @classmethod
    def of(
        cls, feed: Feed, at: datetime, outcome: str, message: str | None = None, submission: str | None = None, size: int = 0
    ) -> "Pull":
        """A new one."""
        return cls(str(uuid4()), feed.name, at, str(outcome), message, submission, size)


def note_pull(connection: Connection, pull: Pull, **changes: Any) -> None:
    """Adds to the history of a feed, and changes the feed itself. One that was removed meanwhile has no history."""
    if not connection.execute(update(FEED).where(FEED.c.name == pull.feed).values(**changes)).rowcount:
        return
    values = {one.name: getattr(pull, one.name) for one in fields(Pull)}
    connection.execute(insert(PULL).values(**values))
    kept = select(PULL.c.id).where(PULL.c.feed == pull.feed).order_by(PULL.c.at.desc()).limit(MOST_PULLS)
    ids = connection.scalars(kept).all()
    if len(ids) == MOST_PULLS:
        connection.execute(delete(PULL).where(PULL.c.feed == pull.feed, PULL.c.id.not_in(ids)))


def load_pulls(connection: Connection, name: str, most: int) -> list[Pull]:
    """The newest first."""
    query = select(PULL).where(PULL.c.feed == name).order_by(PULL.c.at.desc()).limit(most)
    return [Pull(**row) for row in connection.execute(query).mappings()]
