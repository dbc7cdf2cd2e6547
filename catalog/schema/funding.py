"""Funding for learners and net prices."""

import graphene

from catalog.model.related import Related
from catalog.schema import enums, inputs, scalars
from catalog.schema.connections import connection_of
from catalog.schema.fields import DocumentType, Plain, Relation, one, optional, page_arguments, text
from catalog.schema.published import Published
from catalog.schema.relations import availability, listing, requirements


class FundingProgram(Published):
    """Public money for learners."""

    slug = Plain(graphene.String, required=True)
    url = Plain(graphene.String)
    name = Relation(graphene.String, many=text("name"), required=True, language=graphene.Argument(graphene.String))
    owner = Relation("catalog.schema.institution.Institution", many=one("owner"), required=True)
    cap = Plain("catalog.schema.shapes.Money")
    cap_per = Plain(enums.CapPeriod)
    decision = Plain(enums.FundingDecision)
    rule = Relation("catalog.schema.rules.Rule", many=requirements.optional_rule)
    windows = Plain(graphene.List(graphene.NonNull(lambda: FundingWindow)), required=True)
    designations = Relation(
        "catalog.schema.credential.CredentialConnection",
        many=listing.related(Related.DESIGNATIONS),
        filter=graphene.Argument(inputs.CredentialFilter),
        **page_arguments(),
    )
    covers = Plain(graphene.List(graphene.NonNull(enums.FundedCost)), required=True)
    pays_to = Plain(enums.PaysTo)
    taxable = Plain(graphene.Boolean)
    learner_contribution = Plain(lambda: LearnerContribution)
    approval_first = Plain(graphene.List(graphene.NonNull(lambda: ApprovalFirst)), required=True)
    excludes = Plain(graphene.List(graphene.NonNull(lambda: FundingExclusion)), required=True)
    note = Plain(graphene.String)


class LearnerContribution(DocumentType):
    """What the learner pays all the same; `share` is from 0 to 1."""

    amount = Plain("catalog.schema.shapes.Money")
    share = Plain(graphene.Float)
    text = Plain(graphene.String)


class ApprovalFirst(DocumentType):
    """A benefit whose holders need somebody's approval before they apply."""

    benefit = Plain(graphene.String, required=True)
    authority = Plain(graphene.String)


class FundingExclusion(DocumentType):
    """What a program does not pay, or another program that it is not paid beside."""

    cost = Plain(enums.FundedCost)
    program = Relation(lambda: FundingProgram, many=optional("program"))
    text = Plain(graphene.String)


class FundingWindow(DocumentType):
    """When a funding program takes applications."""

    opens_on = Plain(scalars.Date)
    closes_on = Plain(scalars.Date)
    status = Relation(enums.WindowStatus, many=availability.window_status, description="CLOSED once closesOn has passed.")
    as_of = Plain(scalars.Date)


class NetPrice(DocumentType):
    """What a learner pays after funding. Amounts are in Canadian dollars; null where a part is not known."""

    list = Plain("catalog.schema.shapes.Money", description="The fees that apply to this learner.")
    applied = Plain(
        graphene.List(graphene.NonNull(lambda: AppliedFunding)),
        required=True,
        description="What is surely theirs: entitlements, or first come first served, where a source says that applications are open.",
    )
    possible = Plain(
        graphene.List(graphene.NonNull(lambda: AppliedFunding)),
        required=True,
        description="What may be theirs, with what stands in the way. It is not taken off.",
    )
    to_pay = Plain("catalog.schema.shapes.Money", description="`list` less what is applied.")
    up_front = Plain(
        "catalog.schema.shapes.Money",
        description="Due by registration and not paid directly by a program; null where it is not stated when fees are due.",
    )
    unknowns = Plain(
        graphene.List(graphene.NonNull(graphene.String)),
        required=True,
        description="What is not known or comes on top, and what must be seen to before.",
    )


class AppliedFunding(DocumentType):
    """Funding towards a price."""

    program = Plain(lambda: FundingProgram, required=True)
    amount = Plain("catalog.schema.shapes.Money", description="Null where nobody can say how much.")
    reason = Plain(graphene.String, required=True)
    outcome = Plain(enums.Outcome, required=True)


FundingProgramConnection, FundingProgramEdge = connection_of("FundingProgram", FundingProgram, "a funding program")
