"""Offerings."""

import graphene

from catalog.schema import enums, inputs, scalars
from catalog.schema.fields import DocumentType, Plain, Relation, one, optional
from catalog.schema.node import Node
from catalog.schema.relations import live, partners, places, pricing


class Run(DocumentType):
    """What an offering and what usually holds have in common."""

    class Meta:
        abstract = True

    weeks = Plain("catalog.schema.shapes.Range")
    mode = Plain(enums.DeliveryMode)
    attendance = Plain(graphene.List(graphene.NonNull(enums.Attendance)), required=True)
    campus = Relation("catalog.schema.institution.Campus", many=places.campus)
    languages = Plain(graphene.List(graphene.NonNull(graphene.String)), required=True)
    fees = Plain(graphene.List(graphene.NonNull(lambda: Fee)), required=True)
    price = Plain("catalog.schema.shapes.Money")
    register_url = Plain(graphene.String)
    places = Plain(graphene.List(graphene.NonNull(lambda: Place)), required=True)
    study_load = Plain(enums.StudyLoad)
    open_to = Plain(enums.OpenTo)
    selection = Plain(enums.Selection)
    complete_within = Plain(scalars.Duration)
    refund = Plain(lambda: Refund)
    apply_url = Plain(graphene.String)
    contact = Plain(graphene.String)


class Offering(Run):
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
    meetings = Plain(graphene.List(graphene.NonNull(lambda: Meeting)), required=True)
    seats = Plain(graphene.Int)
    seats_left = Relation(graphene.Int, many=live.seats_left)
    net_price = Relation(
        "catalog.schema.funding.NetPrice",
        many=pricing.of_offerings,
        profile=graphene.Argument(inputs.ProfileInput, required=True),
    )
    partnerships = Relation(
        graphene.List(graphene.NonNull("catalog.schema.credential.Partnership")),
        many=partners.of_offerings,
        required=True,
    )
    outcomes = Plain(graphene.List(graphene.NonNull(lambda: OfferingOutcome)), required=True)
    enrolment = Plain(lambda: CountRange)
    min_enrolment = Plain(graphene.Int)
    waitlist = Plain(lambda: Waitlist)
    seat_pools = Plain(graphene.List(graphene.NonNull(lambda: SeatPool)), required=True)
    decision_on = Plain("catalog.schema.shapes.PartialDate")
    includes = Plain(graphene.List(graphene.NonNull(graphene.ID)), required=True)
    note = Plain(graphene.String)


class Place(DocumentType):
    """Where it is taught: a campus, or a community that has none of ours."""

    role = Plain(enums.PlaceRole)
    campus = Relation("catalog.schema.institution.Campus", many=places.campus)
    community = Plain(graphene.String)


class Refund(DocumentType):
    """Until when the full price is paid back."""

    full_until = Plain(scalars.Date)
    url = Plain(graphene.String)


class CountRange(DocumentType):
    """How many people."""

    min = Plain(graphene.Int)
    max = Plain(graphene.Int)
    text = Plain(graphene.String)


class Waitlist(DocumentType):
    """Whether a full offering takes names, and how many stand there."""

    open = Plain(graphene.Boolean)
    length = Plain(graphene.Int)


class SeatPool(DocumentType):
    """Seats kept for somebody; `sharedWith` are the ids of offerings that draw from the same seats."""

    for_ = Plain(enums.SeatPoolFor, name="for", required=True)
    sponsor = Relation("catalog.schema.institution.Institution", many=optional("sponsor"))
    seats = Plain(graphene.Int)
    shared_with = Plain(graphene.List(graphene.NonNull(graphene.ID)), required=True)


class Meeting(DocumentType):
    """When an offering meets."""

    kind = Plain(enums.MeetingKind)
    days = Plain(graphene.List(graphene.NonNull(enums.Weekday)), required=True)
    start_time = Plain(graphene.String)
    end_time = Plain(graphene.String)
    starts_on = Plain(scalars.Date)
    ends_on = Plain(scalars.Date)
    every_weeks = Plain(graphene.Int)
    except_ = Plain(graphene.List(graphene.NonNull(scalars.Date)), name="except", required=True)
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
    covers = Plain(graphene.List(graphene.NonNull(lambda: FeeCover)), required=True)
    pay_to = Plain(graphene.String)
    due = Plain(enums.FeeDue)
    due_on = Plain(scalars.Date)
    refundable_until = Plain(scalars.Date)
    tax = Plain(enums.Tax)
    valid_for = Plain(lambda: ValidFor)
    text = Plain(graphene.String)


class FeeCover(DocumentType):
    """Who does not pay a fee (an audience or ALL), who pays it instead, and which share, from 0 to 1 (absent: all)."""

    audience = Plain(graphene.String, required=True)
    by = Relation("catalog.schema.institution.Institution", many=optional("by"))
    share = Plain(graphene.Float)
    text = Plain(graphene.String)


class ValidFor(DocumentType):
    """When a fee holds."""

    text = Plain(graphene.String)
    from_ = Plain(scalars.Date, name="from")
    to = Plain(scalars.Date)


class OfferingOutcome(DocumentType):
    """What became of those who took it; rates are shares from 0 to 1."""

    measure = Plain(enums.OutcomeMeasure, required=True)
    value = Plain(graphene.Float)
    count = Plain(graphene.Int)
    basis = Plain(graphene.String)
    period = Plain(graphene.String)
    source = Plain(graphene.String)
