"""Plans, and what may be taken next."""

import graphene

from catalog.schema import enums
from catalog.schema.fields import DocumentType, Plain, Relation
from catalog.schema.relations import transfers


class PlanResult(DocumentType):
    """Dated plans towards a goal, or why there is none."""

    status = Plain(enums.PlanStatus, required=True)
    plans = Plain(graphene.List(graphene.NonNull(lambda: Plan)), required=True)
    conflicts = Plain(graphene.List(graphene.NonNull(lambda: PlanConflict)), required=True)
    gap = Plain(
        graphene.Float,
        description="Where the time was up: how far from the best the plan may be, as a share. Null where it is the best.",
    )


class Plan(DocumentType):
    """A dated sequence of offerings."""

    steps = Plain(graphene.List(graphene.NonNull(lambda: PlanStep)), required=True)
    total = Plain("catalog.schema.shapes.Money")
    net_total = Plain("catalog.schema.shapes.Money")
    hours = Plain("catalog.schema.shapes.Range")
    finishes_on = Plain("catalog.schema.shapes.PartialDate")
    unknowns = Plain(
        graphene.List(graphene.NonNull(graphene.String)),
        required=True,
        description="What the plan had to leave open: ask before you rely on it.",
    )
    transfers = Relation(
        graphene.List(graphene.NonNull("catalog.schema.recognition.Transfer")),
        many=transfers.of_plans,
        description="Where its steps are recognised, in force when the plan ends.",
    )
    link = Plain(
        graphene.String,
        description="Where these steps can be looked at again, and with `.ics` behind it taken into a calendar. It carries the plan, nothing about you. Null where there are no steps, or over 100.",
    )


class PlanStep(DocumentType):
    """One step of a plan."""

    position = Plain(graphene.Int, required=True)
    credential = Plain("catalog.schema.credential.Credential", required=True)
    offering = Plain("catalog.schema.offering.Offering")
    starts_on = Plain("catalog.schema.shapes.PartialDate")
    ends_on = Plain("catalog.schema.shapes.PartialDate")
    price = Plain("catalog.schema.shapes.Money")
    net_price = Plain("catalog.schema.shapes.Money")
    because = Plain(graphene.String, required=True)
    typical = Plain(
        graphene.Boolean, required=True, description="Nothing dated can be got into: its days follow from its usual length."
    )


class PlanConflict(DocumentType):
    """Constraints that cannot hold together. Several conflicts share none: each has to give way somewhere."""

    constraints = Plain(
        graphene.List(graphene.NonNull(graphene.String)),
        required=True,
        description="Fields of PlanConstraints; all but any one of them can be kept. Empty where none is in the way.",
    )
    relaxations = Plain(
        graphene.List(graphene.NonNull(graphene.String)),
        required=True,
        description="The smallest ways out, each enough alone with all else as it was (but for other conflicts).",
    )
    message = Plain(graphene.String, required=True)


class Impact(DocumentType):
    """Something published that names a credential, and what becomes of it when that is withdrawn."""

    effect = Plain(enums.Effect, required=True)
    type = Plain(graphene.String, required=True)
    id = Plain(graphene.ID, required=True)
    slug = Plain(graphene.String, required=True)
    place = Plain(graphene.String, required=True, description="Where it is named, such as parts[core].items.")


class UnlockConnection(DocumentType):
    """A page of what may be taken next."""

    edges = Plain(graphene.List(graphene.NonNull(lambda: UnlockEdge)), required=True)
    page_info = Plain("catalog.schema.shapes.PageInfo", required=True)
    total_count = Plain(graphene.Int, required=True)


class UnlockEdge(DocumentType):
    """A credential that may be taken next."""

    cursor = Plain(graphene.String, required=True)
    node = Plain("catalog.schema.credential.Credential", required=True)
    steps_away = Plain(
        graphene.Int, required=True, description="How many credentials must be completed first: 0 now, 1 with `together`."
    )
    together = Plain(
        graphene.List(graphene.NonNull("catalog.schema.credential.Credential")),
        required=True,
        description="The one credential that it takes besides what is held; the same credential stands once for each that would do.",
    )
    outcome = Plain(enums.Outcome, required=True)
