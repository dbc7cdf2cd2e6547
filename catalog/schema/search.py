"""Search."""

import graphene

from catalog.schema import enums
from catalog.schema.fields import DocumentType, Plain, Relation
from catalog.schema.relations.searching import results


class SearchConnection(DocumentType):
    """A page of search results."""

    edges = Plain(graphene.List(graphene.NonNull(lambda: SearchEdge)), required=True)
    page_info = Plain("catalog.schema.shapes.PageInfo", required=True)
    total_count = Plain(graphene.Int, required=True)
    facets = Relation(graphene.List(graphene.NonNull(lambda: Facet)), many=results.facets)
    did_you_mean = Relation(
        graphene.String,
        description="Where nothing was found: the query as it may have been meant, if that finds something.",
        many=results.did_you_mean,
    )
    index_revision = Plain(graphene.Int, required=True, description="The revision up to which the index has followed.")
    widened = Plain(
        graphene.Boolean,
        required=True,
        description="Few results hold every word: those that hold most of them follow, and are counted too.",
    )


class SearchEdge(DocumentType):
    """One search result."""

    cursor = Plain(graphene.String, required=True)
    score = Plain(graphene.Float, description="Only where sorted by relevance; comparable within one answer.")
    highlights = Relation(graphene.List(graphene.NonNull(lambda: Highlight)), many=results.highlights, required=True)
    matching_offerings = Relation(
        graphene.List(graphene.NonNull("catalog.schema.offering.Offering")),
        description="The offerings for which words and conditions hold, each for itself.",
        many=results.matching_offerings,
        required=True,
    )
    distance_km = Relation(
        graphene.Float,
        description="To the nearest campus where a matching offering is taught, in a straight line; null without filter.near, online, and where no coordinates are known.",
        many=results.distance_km,
    )
    node = Plain("catalog.schema.credential.Credential", required=True)


class Highlight(DocumentType):
    """Where a result matches."""

    field = Plain(graphene.String, required=True)
    fragments = Plain(
        graphene.List(graphene.NonNull(graphene.String)),
        required=True,
        description="HTML that is safe to insert: text is escaped, what was found stands in <mark>.",
    )


class Facet(DocumentType):
    """Distinct credentials by value, leaving out the facet's own condition; the most frequent 99 values."""

    field = Plain(enums.FacetField, required=True)
    values = Plain(graphene.List(graphene.NonNull(lambda: FacetValue)), required=True)
    approximate = Plain(
        graphene.Boolean, required=True, description="Whether counts are estimates; both engines count exactly at any size."
    )


class FacetValue(DocumentType):
    """One value of a facet; without a value: unknown."""

    value = Plain(graphene.String, description="As the filter takes it; of PRICE and HOURS its bounds, `250-499.99`.")
    label = Plain(graphene.String, required=True)
    count = Plain(graphene.Int, required=True)
    selected = Plain(graphene.Boolean, required=True)


class Suggestion(DocumentType):
    """A completion of what was typed."""

    text = Plain(graphene.String, required=True)
    kind = Plain(graphene.String, required=True)
    id = Plain(graphene.ID)
