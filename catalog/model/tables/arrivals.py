"""Tables of what arrives: files as they came, what became of them, the feeds that bring them, and who may be the same."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, LargeBinary
from sqlmodel import Field, SQLModel

from catalog.db.types import Instant, JsonText, key_text


class StagedRow(SQLModel, table=True):
    """A part of a file as it came, compressed. `hash` is the SHA-256 of the whole; the same file is kept once."""

    __tablename__ = "staged"
    hash: str = Field(primary_key=True)
    part: int = Field(primary_key=True)
    content: bytes = Field(sa_type=LargeBinary)


class SubmissionRow(SQLModel, table=True):
    """One delivery and what became of it. `id` is that of its run; `state` one of SubmissionState."""

    __tablename__ = "submission"
    __table_args__ = (Index("ix_submission_source_at", "source", "at"),)
    id: str = Field(primary_key=True)
    at: datetime = Field(sa_type=Instant)
    source: str | None = None
    feed: str | None = Field(default=None, index=True)
    name: str
    format: str | None = None
    hash: str = Field(index=True)
    size: int
    state: str = Field(index=True)
    told: Any = Field(sa_type=JsonText)
    """The declaration of the source and what else was said beside the file, so that it can be read again."""
    report: Any = Field(default=None, sa_type=JsonText, nullable=True)
    ended_at: datetime | None = Field(default=None, sa_type=Instant)


class FeedRow(SQLModel, table=True):
    """Where a source publishes by itself. `failures` counts those since the last pull that worked."""

    __tablename__ = "feed"
    name: str = Field(primary_key=True, sa_type=key_text())
    address: str
    how: str
    format: str | None = None
    source: Any = Field(sa_type=JsonText)
    told: Any = Field(sa_type=JsonText)
    every_minutes: int
    headers: Any = Field(sa_type=JsonText)
    """By header the name of the environment variable that holds its value; never the value."""
    state: str
    validators: Any = Field(default=None, sa_type=JsonText, nullable=True)
    """What its server said to recognise its last answer by."""
    added_at: datetime = Field(sa_type=Instant)
    due_at: datetime = Field(sa_type=Instant, index=True)
    pulled_at: datetime | None = Field(default=None, sa_type=Instant)
    failures: int = 0
    outcome: str | None = None
    """What the last pull came to: a state of its submission, NOT_MODIFIED, or the code of its failure."""


class PullRow(SQLModel, table=True):
    """One pull of a feed."""

    __tablename__ = "pull"
    __table_args__ = (Index("ix_pull_feed_at", "feed", "at"),)
    id: str = Field(primary_key=True)
    feed: str
    at: datetime = Field(sa_type=Instant)
    outcome: str
    message: str | None = None
    submission: str | None = None
    size: int = 0


class LikenessRow(SQLModel, table=True):
    """Two credentials of different institutions that may be the same; a person decides."""

    __tablename__ = "likeness"
    one: str = Field(primary_key=True)
    other: str = Field(primary_key=True, index=True)
    score: float
    reasons: Any = Field(sa_type=JsonText)
    state: str = Field(index=True)
    titles: str
    """A hash of both titles: a decision stands as long as they do."""
    proposed_at: datetime = Field(sa_type=Instant)
    decided_at: datetime | None = Field(default=None, sa_type=Instant)
    decided_by: str | None = None
