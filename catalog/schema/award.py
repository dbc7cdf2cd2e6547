"""Public money given to providers."""

import graphene

from catalog.model.vocabulary import RecordType
from catalog.schema import enums, scalars
from catalog.schema.fields import DocumentType, Plain, Relation, forward_arguments, one, several
from catalog.schema.node import Node
from catalog.schema.relations import history, listing, partners


class FundingAward(DocumentType):
    """One award of public money to providers; counted once however many share it."""

    class Meta:
        interfaces = (Node,)

    id = Plain(graphene.ID, required=True)
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
    version = Plain(graphene.Int, required=True)
    updated_at = Plain(scalars.DateTime, required=True)
    provenance = Relation(graphene.List(graphene.NonNull("catalog.schema.shapes.Provenance")), many=history.provenance)
    history = Relation("catalog.schema.credential.VersionConnection", many=history.versions, **forward_arguments())


class AwardCover(DocumentType):
    """What an award pays for: a credential, or one offering of it."""

    credential = Relation("catalog.schema.credential.Credential", many=one("credential"), required=True)
    offering = Plain("catalog.schema.offering.Offering")


class FundingAwardConnection(DocumentType):
    """A page of funding awards."""

    edges = Plain(graphene.List(graphene.NonNull(lambda: FundingAwardEdge)), required=True)
    page_info = Plain("catalog.schema.shapes.PageInfo", required=True)
    total_count = Relation(graphene.Int, many=listing.thing_count(RecordType.FUNDING_AWARD), required=True)


class FundingAwardEdge(DocumentType):
    """A funding award in a page."""

    cursor = Plain(graphene.String, required=True)
    node = Relation(lambda: FundingAward, many=one("node"), required=True)
