"""Public money given to providers."""

import graphene

from catalog.schema import enums
from catalog.schema.connections import connection_of
from catalog.schema.fields import DocumentType, Plain, Relation, one, several
from catalog.schema.published import Published
from catalog.schema.relations import partners


class FundingAward(Published):
    """One award of public money to providers; counted once however many share it."""

    slug = Plain(graphene.String, required=True)
    funder = Relation("catalog.schema.institution.Institution", many=one("funder"), required=True)
    recipients = Relation(
        graphene.List(graphene.NonNull("catalog.schema.institution.Institution")), many=several("recipients"), required=True
    )
    amount = Plain("catalog.schema.shapes.Money")
    fiscal_years = Plain(graphene.List(graphene.NonNull(graphene.String)), required=True)
    purpose = Plain(enums.AwardPurpose)
    covers = Relation(graphene.List(graphene.NonNull(lambda: AwardCover)), many=partners.covers, required=True)
    seats_funded = Plain(graphene.Int)
    learners_planned = Plain(graphene.Int)
    allocation = Plain(enums.Allocation, required=True)
    note = Plain(graphene.String)


class AwardCover(DocumentType):
    """What an award pays for: a credential, or one offering of it."""

    credential = Relation("catalog.schema.credential.Credential", many=one("credential"), required=True)
    offering = Plain("catalog.schema.offering.Offering")


FundingAwardConnection, FundingAwardEdge = connection_of("FundingAward", FundingAward, "a funding award")
