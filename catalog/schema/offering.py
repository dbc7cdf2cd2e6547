"""Offerings."""

import graphene

from catalog.schema import enums, inputs, scalars
from catalog.schema.fields import DocumentType, Plain, Relation, not_available, one
from catalog.schema.node import Node
from catalog.schema.relations import live, partners, places


class Offering(DocumentType):
    """One run of a credential."""

    class Meta:
        interfaces = (Node,)

    id = Plain(graphene.ID, required=True)
    ref = Plain(graphene.String, required=True)
    label = Plain(graphene.String)
    credential = Relation("catalog.schema.credential.Credential", many=one("credential"), required=True)
    status = Relation(enums.OfferingStatus, many=live.offering_status, required=True)
    intake = Plain(enums.Intake, required=True)
    starts_on = Plain("catalog.schema.shapes.PartialDate")
    ends_on = Plain("catalog.schema.shapes.PartialDate")
    registration_opens_at = Plain(scalars.DateTime)
    registration_closes_at = Plain(scalars.DateTime)
    time_zone = Plain(graphene.String)
    time_zone_basis = Plain(enums.Basis)
    enrolment_text = Plain(graphene.String)
    weeks = Plain("catalog.schema.shapes.Range")
    mode = Plain(enums.DeliveryMode)
    attendance = Plain(graphene.List(graphene.NonNull(enums.Attendance)), required=True)
    campus = Relation("catalog.schema.institution.Campus", many=places.campus)
    languages = Plain(graphene.List(graphene.NonNull(graphene.String)), required=True)
    meetings = Plain(graphene.List(graphene.NonNull(lambda: Meeting)), required=True)
    seats = Plain(graphene.Int)
    seats_left = Relation(graphene.Int, many=live.seats_left)
    fees = Plain(graphene.List(graphene.NonNull(lambda: Fee)), required=True)
    price = Plain("catalog.schema.shapes.Money")
    net_price = Relation(
        "catalog.schema.funding.NetPrice",
        many=not_available("Offering.netPrice"),
        profile=graphene.Argument(inputs.ProfileInput, required=True),
    )
    partnerships = Relation(
        graphene.List(graphene.NonNull("catalog.schema.credential.Partnership")),
        many=partners.of_offerings,
        required=True,
    )
    outcomes = Plain(graphene.List(graphene.NonNull(lambda: OfferingOutcome)), required=True)
    register_url = Plain(graphene.String)


class Meeting(DocumentType):
    """When an offering meets."""

    kind = Plain(enums.MeetingKind)
    days = Plain(graphene.List(graphene.NonNull(enums.Weekday)), required=True)
    start_time = Plain(graphene.String)
    end_time = Plain(graphene.String)
    starts_on = Plain(scalars.Date)
    ends_on = Plain(scalars.Date)
    required = Plain(graphene.Boolean)


class Fee(DocumentType):
    """A fee as the source states it."""

    kind = Plain(enums.FeeKind, required=True)
    amount = Plain("catalog.schema.shapes.Money")
    amount_max = Plain("catalog.schema.shapes.Money")
    per = Plain(enums.FeePer)
    residency = Plain(enums.Residency)
    optional = Plain(graphene.Boolean)
    covered_for = Plain(graphene.List(graphene.NonNull(graphene.String)), required=True)
    text = Plain(graphene.String)


class OfferingOutcome(DocumentType):
    """What became of those who took it; rates are shares from 0 to 1."""

    measure = Plain(enums.OutcomeMeasure, required=True)
    value = Plain(graphene.Float)
    count = Plain(graphene.Int)
    basis = Plain(graphene.String)
    period = Plain(graphene.String)
    source = Plain(graphene.String)
