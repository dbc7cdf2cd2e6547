"""Tables of what lists are made of and filtered by."""

from sqlalchemy import Index, Text
from sqlmodel import Field, SQLModel

from catalog.db.types import key_text


class InstitutionRow(SQLModel, table=True):
    __tablename__ = "institution"
    id: str = Field(primary_key=True)
    slug: str = Field(sa_type=key_text(), unique=True)
    kind: str
    region: str | None = None
    visibility: str


class CampusRow(SQLModel, table=True):
    __tablename__ = "campus"
    id: str = Field(primary_key=True)
    institution: str = Field(index=True)
    ref: str
    city: str | None = None
    city_key: str | None = Field(default=None, index=True)
    """The city as filters compare it: without regard to capitals."""
    region: str | None = None
    time_zone: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    landmass: str | None = None
    """The island or mainland it lies on, where that is stated: water between two places is no short way."""


class CredentialRow(SQLModel, table=True):
    """`listed` is false for outside qualifications and for what is not public."""

    __tablename__ = "credential"
    __table_args__ = (Index("ix_credential_provider_slug", "provider", "slug"),)
    id: str = Field(primary_key=True)
    slug: str = Field(sa_type=key_text(), unique=True)
    provider: str
    kind: str = Field(index=True)
    credit_status: str | None = None
    hours_min: float | None = None
    hours_max: float | None = None
    """totalHours, else instructionalHours, else statedHours."""
    listed: bool
    countable: bool
    illustration: bool
    terms: str | None = Field(default=None, sa_type=Text)
    """What rules need to know of it, as JSON by id; catalog.pathways reads it. Null until an older catalogue is rebuilt."""


class CredentialInstitutionRow(SQLModel, table=True):
    """Who stands behind a credential as PROVIDER or CO_PROVIDER."""

    __tablename__ = "credential_institution"
    credential: str = Field(primary_key=True)
    institution: str = Field(primary_key=True, index=True)
    slug: str = Field(sa_type=key_text())


class CredentialSkillRow(SQLModel, table=True):
    __tablename__ = "credential_skill"
    credential: str = Field(primary_key=True)
    skill: str = Field(primary_key=True, index=True)


class CredentialTagRow(SQLModel, table=True):
    """What a credential is filed under: `kind` is occupation, sector, theme or audience, `value` a code."""

    __tablename__ = "credential_tag"
    __table_args__ = (Index("ix_credential_tag_kind_value", "kind", "value"),)
    credential: str = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    value: str = Field(primary_key=True)


class OfferingRow(SQLModel, table=True):
    __tablename__ = "offering"
    id: str = Field(primary_key=True)
    credential: str = Field(index=True)
    ref: str


class AwardCoverRow(SQLModel, table=True):
    """What a funding award pays for: a credential, or one offering of it."""

    __tablename__ = "award_cover"
    award: str = Field(primary_key=True)
    credential: str = Field(primary_key=True, index=True)
    offering: str = Field(primary_key=True, default="")
