"""Coverage and gaps."""

import graphene

from catalog.schema import enums, scalars
from catalog.schema.fields import DocumentType, Plain, Relation, forward_arguments, several
from catalog.schema.relations.counting import coverage, oversupply
from catalog.schema.relations.counting import gaps as needs


class Coverage(DocumentType):
    """What is offered, counted. Outside qualifications, illustrations and what is not to be counted are left out."""

    revision = Plain(graphene.Int, required=True, description="Of the search index, whose columns are counted.")
    at = Plain(scalars.DateTime, required=True, description="The moment that is counted.")
    cells = Relation(
        lambda: CoverageCellConnection,
        many=coverage.cells,
        required=True,
        description="In the order of the dimensions' values, Unknown last; then money that several cells share and nobody has split.",
        **forward_arguments(),
    )
    totals = Plain(
        lambda: CoverageMeasures,
        required=True,
        description="Distinct over everything that is counted: cells overlap, so that this is not their sum.",
    )


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
        many=coverage.credentials,
        description="Exactly those that the cell counts, in the order of their titles.",
        **forward_arguments(),
    )


class CoverageKey(DocumentType):
    """One value of a dimension; without a value: unknown."""

    dimension = Plain(enums.CoverageDimension, required=True)
    value = Plain(
        graphene.String, description="As filters take it; SHARED_NOT_SPLIT for money that several values of it share."
    )
    label = Plain(graphene.String, required=True)


class CoverageMeasures(DocumentType):
    """Counts and amounts of a cell. Sums are over what is stated; beside each stands how many do not state it."""

    credentials = Plain(graphene.Int, required=True)
    offerings = Plain(
        graphene.Int, required=True, description="Of any date that the catalogue holds; `filter.status` narrows them."
    )
    open_offerings = Plain(graphene.Int, required=True, description="Those with the status OPEN now.")
    institutions = Plain(graphene.Int, required=True, description="Who provides, alone or together with others.")
    seats = Plain(
        graphene.Int,
        description="Of offerings that say how many and are not cancelled; null where none does. What is bought together is counted once.",
    )
    seats_unknown = Plain(graphene.Int, required=True, description="Offerings that do not say how many seats they have.")
    seats_left = Plain(graphene.Int, description="As last counted; null where nobody has.")
    seats_left_unknown = Plain(graphene.Int, required=True, description="Offerings whose seats nobody has counted.")
    hours = Plain(
        graphene.Float,
        description="Of credentials that state one number (totalHours, else instructionalHours, else statedHours).",
    )
    hours_unknown = Plain(graphene.Int, required=True, description="Credentials that do not.")
    price = Plain(
        "catalog.schema.shapes.MoneyRange",
        description="What a domestic learner pays, least and greatest known, over offerings of any date that are counted; `filter.status` narrows them.",
    )
    median_price = Plain("catalog.schema.shapes.Money", description="Over offerings with a known price.")
    price_unknown = Plain(graphene.Int, required=True, description="Credentials of which nothing says what they cost.")
    funded_amount = Plain(
        "catalog.schema.shapes.Money",
        description="Of distinct awards that pay for anything in the cell, each whole. What is shared by several cells, or with what is not counted here, has a row of its own.",
    )
    shared_amount = Plain(
        "catalog.schema.shapes.Money",
        description="Of totals: awards that also pay for what is not counted here, and that nobody has split. Not in `fundedAmount`.",
    )
    awards = Relation(
        graphene.List(graphene.NonNull("catalog.schema.award.FundingAward")),
        many=several("awards"),
        required=True,
        description="Those behind `fundedAmount`; of more than 50 the first.",
    )
    awards_count = Plain(graphene.Int, required=True)
    awards_unknown = Plain(graphene.Int, required=True, description="Awards that do not say how much.")
    amount_per_seat = Plain(
        "catalog.schema.shapes.Money", description="Only where every award bought seats, and says how many and for how much."
    )
    openings_per_year = Plain(
        graphene.Float,
        description="Forecast openings, not vacancies: as published for just this occupation, industry or region, never split.",
    )
    openings_shared_by = Relation(
        graphene.List(graphene.NonNull("catalog.schema.coded.Region")),
        many=several("_sharedBy"),
        required=True,
        description="Other regions that the same figure is for, too.",
    )
    price_stated = Plain(graphene.Float, description="Share of credentials, from 0 to 1.")
    hours_stated = Plain(graphene.Float, description="Share of credentials, from 0 to 1.")


class Gap(DocumentType):
    """A need, and what serves it. Openings are a forecast of an outlook, not vacancies."""

    key = Plain(lambda: CoverageKey, required=True)
    openings_per_year = Plain(
        graphene.Float, description="Forecast openings, not vacancies: the forecast's total over its years."
    )
    regions = Relation(
        graphene.List(graphene.NonNull("catalog.schema.coded.Region")),
        many=several("regions"),
        required=True,
        description="All that the figure is for; seats are counted in all of them, since nobody has split it.",
    )
    seats_per_year = Plain(
        graphene.Int,
        description="Of offerings that surely start in the year and say how many: 0 where surely nothing starts, null where nobody says.",
    )
    ratio = Plain(
        graphene.Float, description="Yearly openings for each yearly seat; null where there are no seats, or none is stated."
    )
    offered = Plain(
        lambda: CoverageMeasures, required=True, description="What is filed under it and starts in the year there."
    )
    through_skills = Plain(
        lambda: CoverageMeasures,
        required=True,
        description="Not filed under it, but teaching mostly what is taught by what is (two skills at least, and half of its own): not in `seatsPerYear`.",
    )
    starts_unknown = Plain(
        graphene.Int,
        required=True,
        description="Offerings there that may start in the year, or not, and listings of which no offering is known.",
    )
    teer = Plain(graphene.String, description="Second digit of the NOC code.")
    regulated = Plain(
        graphene.Boolean, description="Whether a regulator admits to the profession; null: not known. Those come last."
    )
    nearest = Relation(
        graphene.List(graphene.NonNull("catalog.schema.credential.Credential")),
        many=needs.nearest,
        required=True,
        description="Up to three that are not counted here, nearest first.",
    )
    nearest_through = Relation(enums.MatchBasis, many=needs.nearest_through, description="Why `nearest` serve it.")
    nearest_km = Relation(
        graphene.Float,
        many=needs.nearest_km,
        description="From the nearest campus of the region to where the first of them is taught.",
    )
    unmet_askers = Relation(
        graphene.Int,
        many=needs.unmet_askers,
        description="Of searches for it that found nothing, nothing open or nothing eligible, as `unmetDemand` counts them; null: none counted.",
    )
    nearest_online = Relation(
        graphene.Boolean, many=needs.nearest_online, required=True, description="Whether one of them is taught online."
    )


class GapConnection(DocumentType):
    """A page of gaps."""

    edges = Plain(graphene.List(graphene.NonNull(lambda: GapEdge)), required=True)
    page_info = Plain("catalog.schema.shapes.PageInfo", required=True)
    total_count = Plain(graphene.Int, required=True)
    note = Plain(graphene.String, required=True, description="What the figures are, to be shown beside them.")
    year = Plain(graphene.String, required=True, description="The fiscal year (April to March) in which seats start.")
    teers = Plain(
        graphene.List(graphene.NonNull(graphene.String)), required=True, description="Of the occupations that are looked at."
    )


class GapEdge(DocumentType):
    """A gap in a page."""

    cursor = Plain(graphene.String, required=True)
    node = Plain(lambda: Gap, required=True)


class Oversupply(DocumentType):
    """Near-identical listings that are taught in one region."""

    region = Plain(lambda: CoverageKey, required=True, description="Where they are taught, or online.")
    likeness = Plain(enums.Likeness, required=True)
    measures = Plain(lambda: CoverageMeasures, required=True, description="Of their offerings there.")
    credentials = Relation(
        "catalog.schema.credential.CredentialConnection",
        many=oversupply.group_credentials,
        required=True,
        **forward_arguments(),
    )


class OversupplyConnection(DocumentType):
    """A page of groups."""

    edges = Plain(graphene.List(graphene.NonNull(lambda: OversupplyEdge)), required=True)
    page_info = Plain("catalog.schema.shapes.PageInfo", required=True)
    total_count = Plain(graphene.Int, required=True)


class OversupplyEdge(DocumentType):
    """A group in a page."""

    cursor = Plain(graphene.String, required=True)
    node = Plain(lambda: Oversupply, required=True)


class UnmetDemand(DocumentType):
    """A topic for which people found nothing. Counts of fewer than ten distinct askers of one day are never kept."""

    topic = Plain(graphene.String, required=True, description="Words that were typed, sorted.")
    kind = Plain(enums.UnmetKind, required=True)
    region = Plain(graphene.String, description="The code of the one region that was asked for; null: none, or several.")
    askers = Plain(
        graphene.Int, required=True, description="Distinct askers of each day, estimated, added up over the days."
    )
    days = Plain(graphene.Int, required=True, description="Days with ten askers or more.")


class UnmetDemandConnection(DocumentType):
    """A page of topics, most askers first."""

    edges = Plain(graphene.List(graphene.NonNull(lambda: UnmetDemandEdge)), required=True)
    page_info = Plain("catalog.schema.shapes.PageInfo", required=True)
    total_count = Plain(graphene.Int, required=True)
    enabled = Plain(graphene.Boolean, required=True, description="Whether searches are counted now (CATALOG_UNMET_DEMAND).")


class UnmetDemandEdge(DocumentType):
    """A topic in a page."""

    cursor = Plain(graphene.String, required=True)
    node = Plain(lambda: UnmetDemand, required=True)
