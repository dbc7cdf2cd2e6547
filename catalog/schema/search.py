"""Search."""

import graphene

from catalog.schema import enums
from catalog.schema.fields import DocumentType, Plain, Relation, not_available


class SearchConnection(DocumentType):
    """A page of search results."""

    edges = Plain(graphene.List(graphene.NonNull(lambda: SearchEdge)), required=True)
    page_info = Plain("catalog.schema.shapes.PageInfo", required=True)
    total_count = Plain(graphene.Int, required=True)
    facets = Relation(graphene.List(graphene.NonNull(lambda: Facet)), many=not_available("SearchConnection.facets"))
    did_you_mean = Relation(graphene.String, many=not_available("SearchConnection.didYouMean"))
    index_revision = Plain(graphene.Int, required=True)


class SearchEdge(DocumentType):
    """One search result."""

    cursor = Plain(graphene.String, required=True)
    score = Plain(graphene.Float)
    highlights = Relation(
        graphene.List(graphene.NonNull(lambda: Highlight)), many=not_available("SearchEdge.highlights"), required=True
    )
    matching_offerings = Relation(
        graphene.List(graphene.NonNull("catalog.schema.offering.Offering")),
        many=not_available("SearchEdge.matchingOfferings"),
        required=True,
    )
    distance_km = Relation(graphene.Float, many=not_available("SearchEdge.distanceKm"))
    node = Plain("catalog.schema.credential.Credential", required=True)


class Highlight(DocumentType):
    """Where a result matches."""

    field = Plain(graphene.String, required=True)
    fragments = Plain(graphene.List(graphene.NonNull(graphene.String)), required=True)


class Facet(DocumentType):
    """Counts that help to narrow a search."""

    field = Plain(enums.FacetField, required=True)
    values = Plain(graphene.List(graphene.NonNull(lambda: FacetValue)), required=True)


class FacetValue(DocumentType):
    """One value of a facet; without a value: unknown."""

    value = Plain(graphene.String)
    label = Plain(graphene.String, required=True)
    count = Plain(graphene.Int, required=True)
    selected = Plain(graphene.Boolean, required=True)


class Suggestion(DocumentType):
    """A completion of what was typed."""

    text = Plain(graphene.String, required=True)
    kind = Plain(graphene.String, required=True)
    id = Plain(graphene.ID)
