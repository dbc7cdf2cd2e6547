"""Tables of what was said and when: sources, runs, statements, versions, commits, changes."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from catalog.db.types import Instant, JsonText, key_text


class StateRow(SQLModel, table=True):
    """The one row that says where the catalogue is; its lock is the order of commits."""

    __tablename__ = "catalog_state"
    id: int = Field(primary_key=True, default=1)
    revision: int
    content_revision: int
    """The last revision that changed content; LIVE changes do not move it."""
    epoch: str
    confirmations: int = 0
    """How many confirmations were ever moved; they make no revision, but statuses hang on them."""
    updated_at: datetime | None = Field(sa_type=Instant)


class SourceRow(SQLModel, table=True):
    __tablename__ = "source"
    key: str = Field(primary_key=True, sa_type=key_text())
    name: str
    kind: str
    owner: str | None = None
    url: str | None = None
    precedence: int
    complete: bool
    expected_min: int | None = None
    expected_max: int | None = None
    default_time_zone: str | None = None
    language: str


class RunRow(SQLModel, table=True):
    """One call of apply; the only row that an unchanged run writes."""

    __tablename__ = "run"
    id: str = Field(primary_key=True)
    source: str = Field(index=True)
    started_at: datetime = Field(sa_type=Instant)
    finished_at: datetime = Field(sa_type=Instant)
    records: int
    changed: int
    confirmed: int
    """Statements whose confirmedOn this run moved: a change of state that makes no version and no Change."""
    withdrawn: int


class StatementRow(SQLModel, table=True):
    """What a source said of a thing, from one commit until another. `record` is empty only after an erasure."""

    __tablename__ = "statement"
    __table_args__ = (Index("ix_statement_source_ref", "source", "ref"),)
    id: str = Field(primary_key=True)
    thing: str = Field(index=True)
    source: str
    ref: str
    run: str
    record_format: str
    record: Any = Field(sa_type=JsonText, nullable=True)
    hash: str
    confirmed_on: date | None = None
    confirmation: int | None = Field(default=None, index=True)
    """The catalogue's count of confirmations when this one was last moved: what the search index follows."""
    since_commit: str
    until_commit: str | None = Field(default=None, index=True)


class VersionRow(SQLModel, table=True):
    """The merged record of a thing as it was published; `record` is empty only after an erasure."""

    __tablename__ = "version"
    thing: str = Field(primary_key=True)
    version: int = Field(primary_key=True)
    commit_id: str
    source: str
    record_format: str
    record: Any = Field(sa_type=JsonText, nullable=True)
    changed_fields: Any = Field(sa_type=JsonText)


class CommitRow(SQLModel, table=True):
    """Written last in its transaction, so a follower that has seen a number has seen every lower one."""

    __tablename__ = "commit"
    id: str = Field(primary_key=True)
    revision: int = Field(unique=True)
    at: datetime = Field(sa_type=Instant)
    run: str | None = None
    declares: bool = False
    """Whether it declares its source, or declares it otherwise than before."""


class ChangeRow(SQLModel, table=True):
    __tablename__ = "change"
    commit_id: str = Field(primary_key=True)
    ordinal: int = Field(primary_key=True)
    kind: str
    thing: str = Field(index=True)
    type: str
    slug: str | None = None
    version: int | None = None
    visibility: str
    changed_fields: Any = Field(sa_type=JsonText)
