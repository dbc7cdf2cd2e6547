"""Tables of identity: things, the names they go by, their Documents and what they point at."""

from datetime import datetime

from sqlalchemy import Index, Text
from sqlmodel import Field, SQLModel

from catalog.db.types import Instant, key_text


class ThingRow(SQLModel, table=True):
    """Anything with an id. `state` is ACTIVE, WITHDRAWN or ERASED."""

    __tablename__ = "thing"
    id: str = Field(primary_key=True)
    type: str
    slug: str = Field(sa_type=key_text())
    state: str
    version: int
    record_hash: str
    """Of the merged record in force; equal content makes no new version."""
    visibility: str


class ThingKeyRow(SQLModel, table=True):
    __tablename__ = "thing_key"
    source: str = Field(primary_key=True)
    type: str = Field(primary_key=True)
    ref: str = Field(primary_key=True)
    thing: str = Field(index=True)


class ThingSlugRow(SQLModel, table=True):
    """Every slug a thing has ever had; old ones keep leading to it."""

    __tablename__ = "thing_slug"
    type: str = Field(primary_key=True)
    slug: str = Field(primary_key=True, sa_type=key_text())
    thing: str = Field(index=True)


class ThingIdentifierRow(SQLModel, table=True):
    __tablename__ = "thing_identifier"
    type: str = Field(primary_key=True)
    scheme: str = Field(primary_key=True)
    value: str = Field(primary_key=True)
    thing: str = Field(index=True)


class DocumentRow(SQLModel, table=True):
    """A thing as the API shows it, rendered. `render_format` says by which renderer."""

    __tablename__ = "document"
    __table_args__ = (Index("ix_document_type_slug", "type", "slug", unique=True),)
    id: str = Field(primary_key=True)
    type: str
    slug: str = Field(sa_type=key_text())
    visibility: str
    version: int
    updated_at: datetime = Field(sa_type=Instant)
    render_format: int
    body: str = Field(sa_type=Text)


class BoundaryRow(SQLModel, table=True):
    """An instant at which the clock alone changes what is true of a thing."""

    __tablename__ = "boundary"
    thing: str = Field(primary_key=True)
    at: datetime = Field(primary_key=True, sa_type=Instant, index=True)


class ReferenceRow(SQLModel, table=True):
    """Where a record points: the field, what was written there, and the thing it was resolved to."""

    __tablename__ = "reference"
    thing: str = Field(primary_key=True)
    path: str = Field(primary_key=True)
    written: str
    target_type: str
    target: str = Field(index=True)
    part: str | None = None
    """The campus or offering inside the target, where the reference names one."""


class RuleReferenceRow(SQLModel, table=True):
    """The same for what rules name: prerequisites, components of choices, skills."""

    __tablename__ = "rule_reference"
    thing: str = Field(primary_key=True)
    path: str = Field(primary_key=True)
    written: str
    target_type: str
    target: str = Field(index=True)
    part: str | None = None
