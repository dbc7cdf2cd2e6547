"""What earlier learning is worth elsewhere."""

import graphene

from catalog.schema import enums, scalars
from catalog.schema.connections import connection_of
from catalog.schema.fields import Plain, Relation, optional, several
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


RecognitionConnection, RecognitionEdge = connection_of("Recognition", Recognition, "a recognition")
EquivalenceConnection, EquivalenceEdge = connection_of("Equivalence", Equivalence, "an equivalence")
