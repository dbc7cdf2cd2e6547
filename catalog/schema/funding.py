"""Funding for learners and net prices."""

import graphene

from catalog.schema import enums, scalars
from catalog.schema.fields import DocumentType, Plain
from catalog.schema.node import Node


class FundingProgram(DocumentType):
    """Public money for learners."""

    class Meta:
        interfaces = (Node,)

    id = Plain(graphene.ID, required=True)
    slug = Plain(graphene.String, required=True)
    name = Plain(graphene.String, required=True)
    owner = Plain("catalog.schema.institution.Institution", required=True)
    cap = Plain("catalog.schema.shapes.Money")
    decision = Plain(enums.FundingDecision)
    rule = Plain("catalog.schema.rules.Rule")
    windows = Plain(graphene.List(graphene.NonNull(lambda: FundingWindow)), required=True)


class FundingWindow(DocumentType):
    """When a funding program takes applications."""

    opens_on = Plain(scalars.Date)
    closes_on = Plain(scalars.Date)
    status = Plain(enums.WindowStatus)
    as_of = Plain(scalars.Date)


class NetPrice(DocumentType):
    """What a learner pays after funding."""

    list = Plain("catalog.schema.shapes.Money")
    applied = Plain(graphene.List(graphene.NonNull(lambda: AppliedFunding)), required=True)
    possible = Plain(graphene.List(graphene.NonNull(lambda: AppliedFunding)), required=True)
    to_pay = Plain("catalog.schema.shapes.Money")
    up_front = Plain("catalog.schema.shapes.Money")
    unknowns = Plain(graphene.List(graphene.NonNull(graphene.String)), required=True)


class AppliedFunding(DocumentType):
    """Funding towards a price."""

    program = Plain(lambda: FundingProgram, required=True)
    amount = Plain("catalog.schema.shapes.Money")
    reason = Plain(graphene.String, required=True)
    outcome = Plain(enums.Outcome, required=True)
