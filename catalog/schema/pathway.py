"""Pathways."""

import graphene

from catalog.schema import enums, inputs, scalars
from catalog.schema.connections import connection_of
from catalog.schema.fields import DocumentType, Plain, Relation, not_available, one, several, text
from catalog.schema.published import Published
from catalog.schema.relations import requirements


class Pathway(Published):
    """Credentials that stack into a larger award."""

    slug = Plain(graphene.String, required=True)
    url = Plain(graphene.String)
    title = Relation(graphene.String, many=text("title"), required=True, language=graphene.Argument(graphene.String))
    summary = Relation(graphene.String, many=text("summary"), language=graphene.Argument(graphene.String))
    award = Relation("catalog.schema.credential.Credential", many=one("award"), required=True)
    owner = Relation("catalog.schema.institution.Institution", many=one("owner"), required=True)
    parts = Plain(graphene.List(graphene.NonNull(lambda: PathwayPart)), required=True)
    limits = Plain(graphene.List(graphene.NonNull(lambda: PathwayLimit)), required=True)
    valid_from = Plain(scalars.Date)
    valid_to = Plain(scalars.Date)
    illustration = Plain(graphene.Boolean, required=True)
    progress = Relation(
        lambda: Progress,
        many=not_available("Pathway.progress"),
        profile=graphene.Argument(inputs.ProfileInput, required=True),
    )
    envelope = Relation(lambda: Envelope, many=not_available("Pathway.envelope"))


class PathwayPart(DocumentType):
    """One part of a pathway; `unlisted` names what the source leaves unnamed, so `items` is then not all of it."""

    id = Plain(graphene.ID, required=True)
    title = Plain(graphene.String)
    order = Plain(enums.PartOrder)
    pick = Plain(lambda: Pick)
    within = Plain(scalars.Duration)
    may_share = Plain(graphene.Boolean)
    items = Relation(
        graphene.List(graphene.NonNull("catalog.schema.credential.Credential")), many=several("items"), required=True
    )
    unlisted = Plain(graphene.String)
    rule = Relation("catalog.schema.rules.Rule", many=requirements.optional_rule)


class PathwayLimit(DocumentType):
    """How much of the award must be new or earned here, or may come from prior learning or transfer."""

    kind = Plain(enums.LimitKind, required=True)
    unit = Plain(enums.LimitUnit)
    min = Plain(graphene.Float)
    max = Plain(graphene.Float)
    except_ = Relation(
        graphene.List(graphene.NonNull("catalog.schema.credential.Credential")),
        many=several("except"),
        name="except",
        required=True,
    )
    text = Plain(graphene.String)


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


PathwayConnection, PathwayEdge = connection_of("Pathway", Pathway, "a pathway")
