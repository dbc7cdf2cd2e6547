"""The page's part of the catalogue's schema as graphene types that read attributes."""

from typing import Any

import graphene
from graphene.types.resolver import attr_resolver


class Plain(graphene.ObjectType):
    class Meta:
        abstract = True

    @classmethod
    def __init_subclass_with_meta__(cls, **options: Any) -> None:
        super().__init_subclass_with_meta__(default_resolver=attr_resolver, **options)


def several(kind: Any) -> Any:
    return graphene.List(graphene.NonNull(kind), required=True)


class OfferingWhen(graphene.Enum):
    ALL = "ALL"


class Identifier(Plain):
    scheme = graphene.String(required=True)
    value = graphene.String(required=True)


class Range(Plain):
    min = graphene.Float()
    max = graphene.Float()


class Credit(Plain):
    value = graphene.Float()
    unit = graphene.String()
    status = graphene.String(required=True)


class PartialDate(Plain):
    earliest = graphene.String()
    precision = graphene.String()


class Money(Plain):
    amount = graphene.String(required=True)
    currency = graphene.String()


class Fee(Plain):
    kind = graphene.String(required=True)
    residency = graphene.String()
    amount = graphene.Field(Money)


class Institution(Plain):
    slug = graphene.String(required=True)
    name = graphene.String(required=True)
    kind = graphene.String(required=True)
    url = graphene.String()


class Skill(Plain):
    code = graphene.String()
    label = graphene.String(required=True)


class Offering(Plain):
    ref = graphene.String(required=True)
    label = graphene.String()
    intake = graphene.String(required=True)
    mode = graphene.String()
    attendance = several(graphene.String)
    starts_on = graphene.Field(PartialDate)
    ends_on = graphene.Field(PartialDate)
    registration_opens_at = graphene.String()
    registration_closes_at = graphene.String()
    seats = graphene.Int()
    price = graphene.Field(Money)
    fees = several(Fee)


class Credential(Plain):
    id = graphene.ID(required=True)
    slug = graphene.String(required=True)
    kind = graphene.String(required=True)
    title = graphene.String(required=True)
    summary = graphene.String()
    url = graphene.String()
    languages = several(graphene.String)
    audiences = several(graphene.String)
    assessed = graphene.String(required=True)
    issues_badge = graphene.String(required=True)
    identifiers = several(Identifier)
    stated_hours = graphene.Field(Range)
    weeks = graphene.Field(Range)
    credit = graphene.Field(Credit)
    provider = graphene.Field(Institution, required=True)
    skills = several(Skill)
    offerings = graphene.Field(
        several(Offering), when=OfferingWhen(default_value="ALL"), resolver=lambda one, *_, **__: one.offerings
    )


class CredentialEdge(Plain):
    cursor = graphene.String(required=True)
    node = graphene.Field(Credential, required=True)


class PageInfo(Plain):
    has_next_page = graphene.Boolean(required=True)
    end_cursor = graphene.String()


class CredentialConnection(Plain):
    edges = several(CredentialEdge)
    page_info = graphene.Field(PageInfo, required=True)
