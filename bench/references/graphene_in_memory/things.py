"""All credentials as plain Python objects, read once from the five tables."""

import sqlite3
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

import orjson


@dataclass(slots=True)
class Identifier:
    scheme: str
    value: str


@dataclass(slots=True)
class Range:
    min: float | None
    max: float | None = None


@dataclass(slots=True)
class Credit:
    value: float | None
    unit: str | None
    status: str


@dataclass(slots=True)
class PartialDate:
    earliest: str | None
    precision: str | None = None


@dataclass(slots=True)
class Money:
    amount: str
    currency: str | None = None


@dataclass(slots=True)
class Fee:
    kind: str
    residency: str | None
    amount: Money | None


@dataclass(slots=True)
class Institution:
    slug: str
    name: str
    kind: str
    url: str | None


@dataclass(slots=True)
class Skill:
    code: str | None
    label: str


@dataclass(slots=True)
class Offering:
    ref: str
    label: str | None
    intake: str
    mode: str | None
    attendance: list[str]
    starts_on: PartialDate
    ends_on: PartialDate
    registration_opens_at: str | None
    registration_closes_at: str | None
    seats: int | None
    price: Money
    fees: list[Fee]


@dataclass(slots=True)
class Credential:
    id: str
    slug: str
    kind: str
    title: str
    summary: str | None
    url: str | None
    languages: list[str]
    audiences: list[str]
    assessed: str
    issues_badge: str
    identifiers: list[Identifier]
    stated_hours: Range
    weeks: Range
    credit: Credit
    provider: Institution
    skills: list[Skill]
    offerings: list[Offering]


def read_credentials(database: str) -> list[Credential]:
    """In the order of their slugs."""
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    providers = {one["id"]: _made(Institution, one) for one in connection.execute("SELECT * FROM institution")}
    skills = {one["id"]: _made(Skill, one) for one in connection.execute("SELECT * FROM skill")}
    found: dict[str, Credential] = {}
    for one in connection.execute("SELECT * FROM credential"):
        found[one["id"]] = _credential(one, providers[one["provider_id"]])
    for one in connection.execute("SELECT * FROM credential_skill ORDER BY credential_id, ordinal"):
        found[one["credential_id"]].skills.append(skills[one["skill_id"]])
    for one in connection.execute("SELECT * FROM offering ORDER BY credential_id, ordinal"):
        found[one["credential_id"]].offerings.append(_offering(one))
    connection.close()
    return sorted(found.values(), key=attrgetter("slug"))


def _made(kind: Any, row: sqlite3.Row, **others: Any) -> Any:
    """What a row states under the same names, and the rest as given."""
    stated = {name: row[name] for name in kind.__slots__ if name not in others}
    return kind(**stated, **others)


def _credential(row: sqlite3.Row, provider: Institution) -> Any:
    return _made(
        Credential,
        row,
        languages=orjson.loads(row["languages"]),
        audiences=orjson.loads(row["audiences"]),
        identifiers=[Identifier(**one) for one in orjson.loads(row["identifiers"])],
        stated_hours=Range(row["hours_min"], row["hours_max"]),
        weeks=Range(row["weeks"]),
        credit=Credit(row["credit_value"], row["credit_unit"], row["credit_status"]),
        provider=provider,
        skills=[],
        offerings=[],
    )


def _offering(row: sqlite3.Row) -> Any:
    return _made(
        Offering,
        row,
        attendance=orjson.loads(row["attendance"]),
        starts_on=PartialDate(row["starts_on"], row["starts_precision"]),
        ends_on=PartialDate(row["ends_on"]),
        price=Money(row["price_amount"], row["price_currency"]),
        fees=[Fee(one["kind"], one["residency"], Money(**one["amount"])) for one in orjson.loads(row["fees"])],
    )
