"""Coverage and gaps."""

import graphene

from catalog.schema import enums
from catalog.schema.fields import DocumentType, Plain, Relation, forward_arguments, not_available


class Coverage(DocumentType):
    """What is offered, counted."""

    revision = Plain(graphene.Int, required=True)
    cells = Relation(
        lambda: CoverageCellConnection,
        many=not_available("Coverage.cells"),
        required=True,
        **forward_arguments(),
    )
    totals = Plain(lambda: CoverageMeasures, required=True)


class CoverageCellConnection(DocumentType):
    """A page of cells."""

    edges = Plain(graphene.List(graphene.NonNull(lambda: CoverageCellEdge)), required=True)
    page_info = Plain("catalog.schema.shapes.PageInfo", required=True)
    total_count = Plain(graphene.Int, required=True)


class CoverageCellEdge(DocumentType):
    """A cell in a page."""

    cursor = Plain(graphene.String, required=True)
    node = Plain(lambda: CoverageCell, required=True)


class CoverageCell(DocumentType):
    """One combination of values with its counts."""

    keys = Plain(graphene.List(graphene.NonNull(lambda: CoverageKey)), required=True)
    measures = Plain(lambda: CoverageMeasures, required=True)
    credentials = Relation(
        "catalog.schema.credential.CredentialConnection",
        many=not_available("CoverageCell.credentials"),
        **forward_arguments(),
    )


class CoverageKey(DocumentType):
    """One value of a dimension; without a value: unknown."""

    dimension = Plain(enums.CoverageDimension, required=True)
    value = Plain(graphene.String)
    label = Plain(graphene.String, required=True)


class CoverageMeasures(DocumentType):
    """Counts and amounts of a cell."""

    credentials = Plain(graphene.Int, required=True)
    offerings = Plain(graphene.Int, required=True)
    open_offerings = Plain(graphene.Int, required=True)
    institutions = Plain(graphene.Int, required=True)
    seats = Plain(graphene.Int)
    seats_left = Plain(graphene.Int)
    hours = Plain(graphene.Float)
    price = Plain("catalog.schema.shapes.MoneyRange")
    median_price = Plain("catalog.schema.shapes.Money")
    funded_amount = Plain("catalog.schema.shapes.Money")
    amount_per_seat = Plain("catalog.schema.shapes.Money")
    openings_per_year = Plain(graphene.Float)
    price_stated = Plain(graphene.Float)
    hours_stated = Plain(graphene.Float)


class Gap(DocumentType):
    """A need that little serves."""

    key = Plain(lambda: CoverageKey, required=True)
    openings_per_year = Plain(graphene.Float)
    seats_per_year = Plain(graphene.Int)
    ratio = Plain(graphene.Float)
    nearest = Plain(graphene.List(graphene.NonNull("catalog.schema.credential.Credential")), required=True)
    nearest_km = Plain(graphene.Float)


class GapConnection(DocumentType):
    """A page of gaps."""

    edges = Plain(graphene.List(graphene.NonNull(lambda: GapEdge)), required=True)
    page_info = Plain("catalog.schema.shapes.PageInfo", required=True)
    total_count = Plain(graphene.Int, required=True)


class GapEdge(DocumentType):
    """A gap in a page."""

    cursor = Plain(graphene.String, required=True)
    node = Plain(lambda: Gap, required=True)
