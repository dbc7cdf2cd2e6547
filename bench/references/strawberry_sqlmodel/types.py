"""The page's part of the catalogue's schema as strawberry types. Enums, days, moments and decimals are plain strings."""

from enum import Enum

import strawberry


@strawberry.enum
class OfferingWhen(Enum):
    ALL = "ALL"


@strawberry.type
class Identifier:
    scheme: str
    value: str


@strawberry.type
class Range:
    min: float | None
    max: float | None = None


@strawberry.type
class Credit:
    value: float | None
    unit: str | None
    status: str


@strawberry.type
class PartialDate:
    earliest: str | None
    precision: str | None = None


@strawberry.type
class Money:
    amount: str
    currency: str | None = None


@strawberry.type
class Fee:
    kind: str
    residency: str | None
    amount: Money | None


@strawberry.type
class Institution:
    slug: str
    name: str
    kind: str
    url: str | None


@strawberry.type
class Skill:
    code: str | None
    label: str


@strawberry.type
class Offering:
    ref: str
    label: str | None
    intake: str
    mode: str | None
    attendance: list[str]
    starts_on: PartialDate | None
    ends_on: PartialDate | None
    registration_opens_at: str | None
    registration_closes_at: str | None
    seats: int | None
    price: Money | None
    fees: list[Fee]


@strawberry.type
class Credential:
    id: strawberry.ID
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
    stated_hours: Range | None
    weeks: Range | None
    credit: Credit | None
    provider: Institution
    skills: list[Skill]
    every_offering: strawberry.Private[list[Offering]]

    @strawberry.field
    def offerings(self, when: OfferingWhen = OfferingWhen.ALL) -> list[Offering]:  # noqa: ARG002 - all is all there is
        return self.every_offering


@strawberry.type
class CredentialEdge:
    cursor: str
    node: Credential


@strawberry.type
class PageInfo:
    has_next_page: bool
    end_cursor: str | None


@strawberry.type
class CredentialConnection:
    edges: list[CredentialEdge]
    page_info: PageInfo
