"""What earlier learning is worth elsewhere."""

import graphene

from catalog.schema import enums, scalars
from catalog.schema.connections import connection_of
from catalog.schema.fields import DocumentType, Plain, Relation, optional, several
from catalog.schema.published import Published
from catalog.schema.relations import requirements


class Recognition(Published):
    """What an institution gives for a credential earned elsewhere; WAIVER and NONE give no credit."""

    slug = Plain(graphene.String, required=True)
    from_ = Relation("catalog.schema.credential.Credential", many=optional("from"), name="from")
    to = Relation("catalog.schema.credential.Credential", many=optional("to"))
    institution = Relation("catalog.schema.institution.Institution", many=optional("institution"))
    credit = Plain("catalog.schema.credential.Credit")
    kind = Plain(enums.RecognitionKind)
    rule = Relation("catalog.schema.rules.Rule", many=requirements.optional_rule)
    guaranteed = Plain(graphene.Boolean)
    effective_from = Plain(scalars.Date)
    effective_to = Plain(scalars.Date)
    note = Plain(graphene.String)


class Equivalence(Published):
    """Credentials that count as the same; those only PROPOSED count nowhere."""

    slug = Plain(graphene.String, required=True)
    members = Relation(
        graphene.List(graphene.NonNull("catalog.schema.credential.Credential")), many=several("members"), required=True
    )
    basis = Plain(enums.EquivalenceBasis, required=True)
    reviewed_by = Plain(graphene.String)
    on = Plain(scalars.Date)
    note = Plain(graphene.String)


class Transfer(DocumentType):
    """What one destination gives for credentials that are brought along, in force on a day."""

    to = Plain("catalog.schema.credential.Credential", required=True)
    institution = Plain("catalog.schema.institution.Institution")
    kept = Plain(graphene.Float, description="Credit that is given; null where it is decided case by case, or not stated.")
    lost = Plain(
        graphene.Float, description="Credit of what is recognised here that is not given; null where a part is not known."
    )
    unit = Plain(enums.CreditUnit)
    guaranteed = Plain(graphene.Boolean, description="Null where nobody says so for a part of it.")
    items = Plain(graphene.List(graphene.NonNull(lambda: TransferItem)), required=True)


class TransferItem(DocumentType):
    """One credential at the destination."""

    credential = Plain("catalog.schema.credential.Credential", required=True)
    kind = Plain(enums.RecognitionKind)
    credit = Plain("catalog.schema.credential.Credit")
    guaranteed = Plain(graphene.Boolean)
    in_force = Plain(
        graphene.Boolean, description="On the day asked about; null where neither its begin nor its end is stated."
    )


RecognitionConnection, RecognitionEdge = connection_of("Recognition", Recognition, "a recognition")
EquivalenceConnection, EquivalenceEdge = connection_of("Equivalence", Equivalence, "an equivalence")
