"""Tables of how credentials are delivered: one row for each offering, or one for `usual` where there is no offering."""

from datetime import date, datetime

from sqlalchemy import BigInteger
from sqlmodel import Field, SQLModel

from catalog.db.types import Instant


class DeliveryRow(SQLModel, table=True):
    """What filters ask of one offering. `id` is the offering's, or the credential's own where `usual` speaks."""

    __tablename__ = "delivery"
    id: str = Field(primary_key=True)
    credential: str = Field(index=True)
    is_offering: bool
    is_placed: bool
    """Whether it is stated where it is taught, or taught online."""
    mode: str | None = None
    price_min_cents: int | None = Field(default=None, sa_type=BigInteger)
    price_max_cents: int | None = Field(default=None, sa_type=BigInteger)
    """What it costs at least and at most in Canadian cents, as far as the fees say; null also for another currency."""
    weeks_min: float | None = None
    weeks_max: float | None = None
    starts_earliest: date | None = None
    starts_latest: date | None = None
    no_cost: bool | None = None
    source: str | None = None
    """Whose confirmation speaks for the offering."""
    cancelled: bool = False
    unscheduled: bool = False
    self_paced: bool = False
    waitlist_open: bool = False
    ended_at: datetime | None = Field(default=None, sa_type=Instant)
    started_at: datetime | None = Field(default=None, sa_type=Instant)
    future_until: datetime | None = Field(default=None, sa_type=Instant)
    closes_at: datetime | None = Field(default=None, sa_type=Instant)
    """When the last registration window closes."""


class DeliveryWindowRow(SQLModel, table=True):
    """When registration is open."""

    __tablename__ = "delivery_window"
    delivery: str = Field(primary_key=True)
    ordinal: int = Field(primary_key=True)
    credential: str = Field(index=True)
    opens_at: datetime | None = Field(default=None, sa_type=Instant)
    closes_at: datetime | None = Field(default=None, sa_type=Instant)


class DeliveryPlaceRow(SQLModel, table=True):
    """Where it is taught: a campus, online, or (neither) a place that has no campus of ours."""

    __tablename__ = "delivery_place"
    delivery: str = Field(primary_key=True)
    ordinal: int = Field(primary_key=True)
    credential: str = Field(index=True)
    campus: str | None = None
    is_online: bool
    community_key: str | None = None
    """A place without a campus of ours, as cities are compared."""


class DeliveryTagRow(SQLModel, table=True):
    """`kind` is attendance or language; a language stands with each of its prefixes, fr-CA also as fr."""

    __tablename__ = "delivery_tag"
    delivery: str = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    value: str = Field(primary_key=True)
    credential: str = Field(index=True)
