"""Pathways."""

import graphene

from catalog.schema import enums, inputs, scalars
from catalog.schema.connections import connection_of
from catalog.schema.fields import DocumentType, Plain, Relation, one, several, text
from catalog.schema.published import Published
from catalog.schema.relations import envelopes, progress, requirements, transfers


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
        many=progress.progress_of,
        profile=graphene.Argument(inputs.ProfileInput, required=True),
    )
    envelope = Relation(lambda: Envelope, many=envelopes.envelopes)
    transfers = Relation(
        graphene.List(graphene.NonNull("catalog.schema.recognition.Transfer")),
        many=transfers.of_pathways,
        description="Where its items are recognised: credit kept and lost for each destination, in force on a day (today). Sums are null where only some items are asked for.",
        on=graphene.Argument(scalars.Date),
    )


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

    fraction = Plain(
        graphene.Float,
        required=True,
        description="From 0 to 1: the mean of what the parts have reached, each as heavy as another.",
    )
    outcome = Plain(enums.Outcome, required=True)
    satisfied = Plain(graphene.List(graphene.NonNull(lambda: PathwayPart)), required=True)
    remaining = Plain(graphene.List(graphene.NonNull(lambda: PathwayPart)), required=True)
    earned_on_the_way = Plain(
        graphene.List(graphene.NonNull("catalog.schema.credential.Credential")),
        required=True,
        description="Awards of other pathways whose parts are all met by what is held; they count as held from then on.",
    )
    unknowns = Plain(
        graphene.List(graphene.NonNull(graphene.String)),
        required=True,
        description="Limits of the pathway that cannot be worked out from what is told, so that the outcome is never better than UNKNOWN.",
    )
    parts = Plain(graphene.List(graphene.NonNull(lambda: PartProgress)), required=True)


class PartProgress(DocumentType):
    """How far one part has come."""

    part = Plain(lambda: PathwayPart, required=True)
    outcome = Plain(enums.Outcome, required=True, description="UNKNOWN where the source leaves something unnamed.")
    counted = Plain(
        graphene.List(graphene.NonNull("catalog.schema.credential.Credential")),
        required=True,
        description="Items met by what is held. A holding counts in one part, but for parts that may share.",
    )
    choices = Plain(
        graphene.List(graphene.NonNull("catalog.schema.credential.Credential")),
        required=True,
        description="What would count next; where the order is fixed, the one that is next.",
    )
    expired = Plain(
        graphene.List(graphene.NonNull("catalog.schema.credential.Credential")),
        required=True,
        description="Items completed too long ago to be finished together in the time that the part allows.",
    )
    in_progress = Plain(
        graphene.List(graphene.NonNull("catalog.schema.credential.Credential")),
        required=True,
        description="Items that are expected to be completed after the day asked about.",
    )
    got = Plain(graphene.Float, required=True)
    needed = Plain(graphene.Float, required=True)
    unit = Plain(enums.PickUnit, required=True)


class Envelope(DocumentType):
    """What a pathway takes at least and at most."""

    cost = Plain(
        "catalog.schema.shapes.MoneyRange",
        description="What surely has to be spent, where what has no price counts as nothing; the most only where all of it is known.",
    )
    hours = Plain("catalog.schema.shapes.Range")
    weeks = Plain(
        "catalog.schema.shapes.Range",
        description="At least as long as the longest, or in a fixed order one behind the other; at most one behind the other.",
    )
    earliest_finish = Plain(
        "catalog.schema.shapes.PartialDate",
        description="By runs that can still be got into, each behind what it asks for among the items; all else counts as given.",
    )
    bottleneck = Plain(
        "catalog.schema.credential.Credential", description="What decides the earliest finish, or that nothing is dated for."
    )
    unknowns = Plain(graphene.List(graphene.NonNull(graphene.String)), required=True)


PathwayConnection, PathwayEdge = connection_of("Pathway", Pathway, "a pathway")
