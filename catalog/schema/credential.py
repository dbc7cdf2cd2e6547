"""Credentials."""

import graphene

from catalog.model.related import Related
from catalog.schema import enums, inputs, scalars
from catalog.schema.connections import connection_of
from catalog.schema.fields import (
    DocumentType,
    Plain,
    Relation,
    forward_arguments,
    one,
    optional,
    several,
    text,
)
from catalog.schema.offering import Run
from catalog.schema.published import Published
from catalog.schema.relations import (
    availability,
    eligibility,
    history,
    listing,
    live,
    partners,
    pricing,
    requirements,
    unlocks,
)


class Partnership(DocumentType):
    """Somebody's role beside the provider; text where the partner is not named or not catalogued."""

    role = Plain(enums.PartnershipRole, required=True)
    institution = Relation("catalog.schema.institution.Institution", many=optional("institution"))
    text = Plain(graphene.String)
    amount = Plain("catalog.schema.shapes.Money")
    note = Plain(graphene.String)


class Credential(Published):
    """Something that can be earned: one institution's own listing of it."""

    slug = Plain(graphene.String, required=True)
    kind = Plain(enums.CredentialKind, required=True)
    provider_term = Plain(graphene.String)
    lifecycle = Plain(enums.Lifecycle, required=True)
    title = Relation(graphene.String, many=text("title"), required=True, language=graphene.Argument(graphene.String))
    summary = Relation(graphene.String, many=text("summary"), language=graphene.Argument(graphene.String))
    description = Relation(graphene.String, many=text("description"), language=graphene.Argument(graphene.String))
    url = Plain(graphene.String)
    languages = Plain(graphene.List(graphene.NonNull(graphene.String)), required=True)
    provider = Relation("catalog.schema.institution.Institution", many=one("provider"), required=True)
    partnerships = Relation(
        graphene.List(graphene.NonNull(lambda: Partnership)), many=partners.of_credentials, required=True
    )
    identifiers = Plain(graphene.List(graphene.NonNull("catalog.schema.shapes.Identifier")), required=True)
    instructional_hours = Plain("catalog.schema.shapes.Range")
    total_hours = Plain("catalog.schema.shapes.Range")
    stated_hours = Plain("catalog.schema.shapes.Range")
    weeks = Plain("catalog.schema.shapes.Range")
    credit = Plain(lambda: Credit)
    assessed = Plain(enums.Stated, required=True)
    issues_badge = Plain(enums.Stated, required=True)
    audiences = Plain(graphene.List(graphene.NonNull(enums.Audience)), required=True)
    audience_text = Plain(graphene.String)
    price = Relation(
        "catalog.schema.shapes.MoneyRange",
        many=live.credential_price,
        description="What a domestic learner must pay over current offerings, else what usually holds; null where any fee is not known.",
    )
    last_known_price = Relation(
        "catalog.schema.shapes.MoneyRange", many=live.last_known_price, description="The price of the newest past offering."
    )
    net_price = Relation(
        "catalog.schema.funding.NetPrice",
        many=pricing.of_credentials,
        description="That of its cheapest current offering, else what usually holds.",
        profile=graphene.Argument(inputs.ProfileInput, required=True),
    )
    usual = Plain(lambda: Usual)
    skills = Relation(graphene.List(graphene.NonNull("catalog.schema.coded.Skill")), many=several("skills"), required=True)
    occupations = Relation(
        graphene.List(graphene.NonNull("catalog.schema.coded.Occupation")), many=several("occupations"), required=True
    )
    sectors = Relation(
        graphene.List(graphene.NonNull("catalog.schema.coded.Sector")), many=several("sectors"), required=True
    )
    themes = Relation(graphene.List(graphene.NonNull("catalog.schema.coded.Theme")), many=several("themes"), required=True)
    status = Relation(enums.OfferingStatus, many=live.credential_status, required=True)
    offerings = Relation(
        graphene.List(graphene.NonNull("catalog.schema.offering.Offering")),
        many=live.credential_offerings,
        required=True,
        when=graphene.Argument(enums.OfferingWhen, default_value=enums.OfferingWhen.CURRENT),
    )
    requirements_stated = Plain(enums.RequirementsStated, required=True)
    requirements = Relation(
        graphene.List(graphene.NonNull("catalog.schema.rules.Requirement")), many=requirements.of_credentials, required=True
    )
    eligibility = Relation(
        "catalog.schema.rules.Verdict",
        many=eligibility.of_credentials,
        profile=graphene.Argument(inputs.ProfileInput, required=True),
    )
    pathways = Relation(
        "catalog.schema.pathway.PathwayConnection", many=listing.related(Related.PATHWAYS), **forward_arguments()
    )
    pathways_to = Relation(
        "catalog.schema.pathway.PathwayConnection", many=listing.related(Related.WAYS_TO), **forward_arguments()
    )
    stacks_into = Relation(
        "catalog.schema.credential.CredentialConnection",
        many=listing.related(Related.AWARDS),
        description="What it counts towards: awards of pathways it is a part of, and what recognition gives credit for.",
        filter=graphene.Argument(inputs.CredentialFilter),
        **forward_arguments(),
    )
    unlocks = Relation(
        "catalog.schema.credential.CredentialConnection",
        many=unlocks.of_credentials,
        description="What asks for it: by name, by way of an equivalent, or for a skill that it gives.",
        **forward_arguments(),
    )
    equivalents = Relation(
        "catalog.schema.credential.CredentialConnection",
        many=listing.related(Related.EQUIVALENTS),
        description="What counts as the same: shared curriculum, or reviewed.",
        filter=graphene.Argument(inputs.CredentialFilter),
        **forward_arguments(),
    )
    recognised = Relation(
        "catalog.schema.recognition.RecognitionConnection",
        many=listing.related(Related.RECOGNISED),
        description="What is recognised towards it.",
        **forward_arguments(),
    )
    recognitions = Relation(
        "catalog.schema.recognition.RecognitionConnection",
        many=listing.related(Related.RECOGNITIONS),
        description="Where it is recognised.",
        **forward_arguments(),
    )
    funding_programs = Relation(
        "catalog.schema.funding.FundingProgramConnection", many=listing.related(Related.PROGRAMS), **forward_arguments()
    )
    components = Relation(graphene.List(graphene.NonNull(lambda: Credential)), many=several("components"), required=True)
    independent_hours = Plain("catalog.schema.shapes.Range")
    placement_hours = Plain("catalog.schema.shapes.Range")
    weekly_hours = Plain("catalog.schema.shapes.Range")
    records = Plain(graphene.List(graphene.NonNull(enums.RecordOfLearning)), required=True)
    restriction = Plain(lambda: Restricted)
    qa = Plain(lambda: QualityAssurance)
    plar = Plain(lambda: PriorLearning)
    registration = Plain(enums.ComponentRegistration)
    earn_by = Plain(graphene.List(graphene.NonNull(enums.EarnBy)), required=True)
    valid_for = Plain(scalars.Duration)
    supersedes = Relation(lambda: Credential, many=optional("supersedes"))
    cip = Plain(graphene.String)
    register_url = Plain(graphene.String)
    catalogued = Plain(
        graphene.Boolean, required=True, description="False: a qualification from outside, never listed or counted."
    )
    assessment_methods = Plain(graphene.List(graphene.NonNull(graphene.String)), required=True)
    sector_text = Plain(graphene.String)
    illustration = Plain(graphene.Boolean, required=True)
    reuse = Plain(enums.Reuse, description="What its provider lets others do with the listing; null: not said.")
    classified = Relation(
        graphene.List(graphene.NonNull(graphene.String)),
        many=history.classified,
        required=True,
        description="The fields whose value is our classification, not the provider's words; provenance shows the evidence.",
    )
    status_text = Relation(
        graphene.String,
        many=availability.status_text,
        required=True,
        description="The status as a sentence; where nothing is known to be open, when somebody last confirmed it.",
        language=graphene.Argument(graphene.String),
    )
    funding_awards = Relation(
        graphene.List(graphene.NonNull("catalog.schema.award.FundingAward")),
        many=partners.awards_of_credentials,
        required=True,
    )


class Usual(Run):
    """What holds for every run; not an offering, never counted."""

    intake = Plain(enums.Intake)


class Restricted(DocumentType):
    """For whom it is kept or preferred."""

    kind = Plain(enums.Restriction, required=True)
    text = Plain(graphene.String)


class QualityAssurance(DocumentType):
    """Who approved it, and when it is reviewed."""

    body = Plain(graphene.String)
    approved_on = Plain(scalars.Date)
    review_by = Plain(scalars.Date)


class PriorLearning(DocumentType):
    """Whether prior learning counts, how it is shown, and what that costs."""

    available = Plain(graphene.Boolean)
    methods = Plain(graphene.List(graphene.NonNull(graphene.String)))
    fee = Plain("catalog.schema.shapes.Money")


class Credit(DocumentType):
    """Academic credit; units are never summed across without a declared conversion."""

    value = Plain(graphene.Float)
    unit = Plain(enums.CreditUnit)
    per = Plain(graphene.String)
    status = Plain(enums.CreditStatus, required=True)
    text = Plain(graphene.String)


class Version(DocumentType):
    """A published state of a thing."""

    version = Plain(graphene.Int, required=True)
    revision = Plain(graphene.Int, required=True)
    at = Plain(scalars.DateTime, required=True)
    source = Plain(graphene.String, required=True)
    changed_fields = Plain(graphene.List(graphene.NonNull(graphene.String)), required=True)


class VersionConnection(DocumentType):
    """A page of versions, newest first."""

    edges = Plain(graphene.List(graphene.NonNull(lambda: VersionEdge)), required=True)
    page_info = Plain("catalog.schema.shapes.PageInfo", required=True)
    total_count = Relation(graphene.Int, many=history.version_count, required=True)


class VersionEdge(DocumentType):
    """A version in a page."""

    cursor = Plain(graphene.String, required=True)
    node = Plain(lambda: Version, required=True)


CredentialConnection, CredentialEdge = connection_of("Credential", Credential, "a credential")
