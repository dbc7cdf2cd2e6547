"""Pathways."""

import graphene

from catalog.schema import enums, inputs, scalars
from catalog.schema.fields import DocumentType, Plain, Relation, not_available
from catalog.schema.node import Node


class Pathway(DocumentType):
    """Credentials that stack into a larger award."""

    class Meta:
        interfaces = (Node,)

    id = Plain(graphene.ID, required=True)
    slug = Plain(graphene.String, required=True)
    title = Relation(
        graphene.String, many=not_available("Pathway.title"), required=True, language=graphene.Argument(graphene.String)
    )
    award = Plain("catalog.schema.credential.Credential", required=True)
    owner = Plain("catalog.schema.institution.Institution", required=True)
    parts = Plain(graphene.List(graphene.NonNull(lambda: PathwayPart)), required=True)
    progress = Relation(
        lambda: Progress,
        many=not_available("Pathway.progress"),
        profile=graphene.Argument(inputs.ProfileInput, required=True),
    )
    envelope = Plain(lambda: Envelope)


class PathwayPart(DocumentType):
    """One part of a pathway."""

    id = Plain(graphene.ID, required=True)
    title = Plain(graphene.String)
    order = Plain(enums.PartOrder)
    pick = Plain(lambda: Pick)
    within = Plain(scalars.Duration)
    may_share = Plain(graphene.Boolean)
    items = Plain(graphene.List(graphene.NonNull("catalog.schema.credential.Credential")), required=True)
    unlisted = Plain(graphene.String)
    rule = Plain("catalog.schema.rules.Rule")


class Pick(DocumentType):
    """How many of a part or section to take."""

    unit = Plain(enums.PickUnit, required=True)
    min = Plain(graphene.Float)
    max = Plain(graphene.Float)


class Progress(DocumentType):
    """How far a learner has come."""

    fraction = Plain(graphene.Float, required=True)
    satisfied = Plain(graphene.List(graphene.NonNull(lambda: PathwayPart)), required=True)
    remaining = Plain(graphene.List(graphene.NonNull(lambda: PathwayPart)), required=True)
    earned_on_the_way = Plain(graphene.List(graphene.NonNull("catalog.schema.credential.Credential")), required=True)


class Envelope(DocumentType):
    """What a pathway takes at least and at most."""

    cost = Plain("catalog.schema.shapes.MoneyRange")
    hours = Plain("catalog.schema.shapes.Range")
    weeks = Plain("catalog.schema.shapes.Range")
    earliest_finish = Plain("catalog.schema.shapes.PartialDate")
    bottleneck = Plain("catalog.schema.credential.Credential")
    unknowns = Plain(graphene.List(graphene.NonNull(graphene.String)), required=True)


class PathwayConnection(DocumentType):
    """A page of pathways."""

    edges = Plain(graphene.List(graphene.NonNull(lambda: PathwayEdge)), required=True)
    page_info = Plain("catalog.schema.shapes.PageInfo", required=True)
    total_count = Plain(graphene.Int, required=True)


class PathwayEdge(DocumentType):
    """A pathway in a page."""

    cursor = Plain(graphene.String, required=True)
    node = Plain(lambda: Pathway, required=True)
