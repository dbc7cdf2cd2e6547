"""Tables of work under way: drafts, equivalences, seats, the worker's lease and how far it has come."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, Text
from sqlmodel import Field, SQLModel

from catalog.db.types import Instant, JsonText


class DraftRow(SQLModel, table=True):
    """An institution's unpublished record; never a Document, read only by who may see its owner's drafts."""

    __tablename__ = "draft"
    id: str = Field(primary_key=True)
    owner: str = Field(index=True)
    type: str
    thing: str | None = None
    base_version: int | None = None
    record_format: str
    record: Any = Field(sa_type=JsonText)
    state: str
    created_at: datetime = Field(sa_type=Instant)
    updated_at: datetime = Field(sa_type=Instant)


class SeatEventRow(SQLModel, table=True):
    """How many seats were left in an offering at an instant; only ever appended."""

    __tablename__ = "seat_event"
    __table_args__ = (Index("ix_seat_event_offering_at", "offering", "at"), Index("ix_seat_event_at", "at"))
    id: str = Field(primary_key=True)
    commit_id: str
    credential: str
    offering: str
    seats_left: int
    at: datetime = Field(sa_type=Instant)
    source: str


class LeaseRow(SQLModel, table=True):
    """Who leads; `fence` grows with every new leader, and a lease of an older fence never renews."""

    __tablename__ = "lease"
    name: str = Field(primary_key=True)
    holder: str
    fence: int
    expires_at: datetime = Field(sa_type=Instant)


class FollowerRow(SQLModel, table=True):
    """How far something that is made of the change log is level with it. `format` is that of whoever made it."""

    __tablename__ = "follower"
    name: str = Field(primary_key=True)
    epoch: str
    revision: int
    format: int


class UnmetDemandRow(SQLModel, table=True):
    """How many distinct askers of one day found nothing for a topic, as one process counted: ten or more."""

    __tablename__ = "unmet_demand"
    day: date = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    topic: str = Field(primary_key=True)
    region: str = Field(primary_key=True)
    process: str = Field(primary_key=True)
    words: str
    askers: int


class OperationRow(SQLModel, table=True):
    """A GraphQL document that may be asked where only listed ones may; `hash` is the SHA-256 of its text."""

    __tablename__ = "operation"
    hash: str = Field(primary_key=True)
    name: str | None = None
    text: str = Field(sa_type=Text)
    added_at: datetime = Field(sa_type=Instant)
