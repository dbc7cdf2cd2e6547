"""The five tables as SQLModel classes with their relationships."""

from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field, Relationship, SQLModel


class Institution(SQLModel, table=True):
    id: str = Field(primary_key=True)
    slug: str = Field(unique=True)
    name: str
    kind: str
    url: str


class CredentialSkill(SQLModel, table=True):
    __tablename__ = "credential_skill"
    credential_id: str = Field(primary_key=True, foreign_key="credential.id")
    ordinal: int = Field(primary_key=True)
    skill_id: str = Field(foreign_key="skill.id", index=True)


class Skill(SQLModel, table=True):
    id: str = Field(primary_key=True)
    code: str
    label: str


class Offering(SQLModel, table=True):
    credential_id: str = Field(primary_key=True, foreign_key="credential.id")
    ordinal: int = Field(primary_key=True)
    ref: str
    label: str
    intake: str
    mode: str
    attendance: Any = Field(sa_column=Column(JSON))
    starts_on: str
    starts_precision: str
    ends_on: str
    registration_opens_at: str
    registration_closes_at: str
    seats: int
    price_amount: str
    price_currency: str
    fees: Any = Field(sa_column=Column(JSON))


class Credential(SQLModel, table=True):
    id: str = Field(primary_key=True)
    slug: str = Field(unique=True)
    provider_id: str = Field(foreign_key="institution.id", index=True)
    kind: str
    title: str
    summary: str
    url: str
    languages: Any = Field(sa_column=Column(JSON))
    audiences: Any = Field(sa_column=Column(JSON))
    assessed: str
    issues_badge: str
    identifiers: Any = Field(sa_column=Column(JSON))
    hours_min: float
    hours_max: float
    weeks: float
    credit_value: float
    credit_unit: str
    credit_status: str
    provider: Institution = Relationship()
    skills: list[Skill] = Relationship(
        sa_relationship_kwargs={
            "secondary": "credential_skill",
            "order_by": "CredentialSkill.ordinal",
            "viewonly": True,
        }
    )
    offerings: list[Offering] = Relationship(sa_relationship_kwargs={"order_by": "Offering.ordinal"})
