"""Shapes that many types share."""

import graphene

from catalog.schema import enums, scalars
from catalog.schema.fields import DocumentType, Plain


class PageInfo(DocumentType):
    """Where a page lies in its list."""

    has_next_page = Plain(graphene.Boolean, required=True)
    has_previous_page = Plain(graphene.Boolean, required=True)
    start_cursor = Plain(graphene.String)
    end_cursor = Plain(graphene.String)


class Money(DocumentType):
    """An amount and its ISO 4217 currency."""

    amount = Plain(scalars.Decimal, required=True)
    currency = Plain(graphene.String, required=True)


class MoneyRange(DocumentType):
    """From the least to the greatest amount."""

    min = Plain(lambda: Money)
    max = Plain(lambda: Money)


class Range(DocumentType):
    """A number or a range of hours or weeks, and whether the source states it or we derived it."""

    min = Plain(graphene.Float)
    max = Plain(graphene.Float)
    text = Plain(graphene.String)
    basis = Plain(enums.Basis, required=True)


class PartialDate(DocumentType):
    """A date as exactly as the source gives it; recurs lists months where no year is stated."""

    earliest = Plain(scalars.Date)
    latest = Plain(scalars.Date)
    precision = Plain(enums.DatePrecision, required=True)
    text = Plain(graphene.String)
    recurs = Plain(graphene.List(graphene.NonNull(graphene.Int)))


class Identifier(DocumentType):
    """Somebody's own identifier for a thing."""

    scheme = Plain(graphene.String, required=True)
    value = Plain(graphene.String, required=True)


class Provenance(DocumentType):
    """What one source states of one field, and whether it was chosen."""

    field = Plain(graphene.String, required=True)
    source = Plain(graphene.String, required=True)
    source_name = Plain(graphene.String)
    source_kind = Plain(enums.SourceKind)
    url = Plain(graphene.String)
    stated_on = Plain(scalars.Date)
    as_of = Plain(graphene.String, description="The year or month (2021, 2021-02) where no day is known.")
    basis = Plain(enums.Basis, required=True, description="CLASSIFIED: the catalogue's own classification.")
    words = Plain(graphene.String, description="The words of the listing that the value rests on.")
    evidence = Plain(graphene.String, description="What else the value rests on.")
    quality = Plain(enums.SourceQuality, description="What speaks against the page that was read.")
    confirmed_on = Plain(scalars.Date)
    value = Plain(graphene.String)
    chosen = Plain(graphene.Boolean, required=True)
