"""Institutions and their places."""

import graphene

from catalog.model.related import Related
from catalog.schema import enums, inputs, scalars
from catalog.schema.connections import connection_of
from catalog.schema.fields import DocumentType, Plain, Relation, one, page_arguments, text
from catalog.schema.published import Published
from catalog.schema.relations import listing


class Institution(Published):
    """A provider, partner, funder or community."""

    slug = Plain(graphene.String, required=True)
    name = Relation(graphene.String, many=text("name"), required=True, language=graphene.Argument(graphene.String))
    short_name = Plain(graphene.String)
    kind = Plain(enums.InstitutionKind, required=True)
    region = Relation("catalog.schema.coded.Region", many=one("region"))
    url = Plain(graphene.String)
    campuses = Plain(graphene.List(graphene.NonNull(lambda: Campus)), required=True)
    regulation = Plain(lambda: Regulation)
    credentials = Relation(
        "catalog.schema.credential.CredentialConnection",
        many=listing.credentials_of_institutions,
        filter=graphene.Argument(inputs.CredentialFilter),
        **page_arguments(),
    )
    recognitions = Relation(
        "catalog.schema.recognition.RecognitionConnection",
        many=listing.related(Related.OF_INSTITUTION),
        description="What it recognises.",
        **page_arguments(),
    )


class Regulation(DocumentType):
    """A regulator's word on an institution."""

    scheme = Plain(graphene.String, required=True)
    certificate = Plain(graphene.String)
    status = Plain(graphene.String)
    valid_until = Plain(scalars.Date)
    checked_on = Plain(scalars.Date)
    source = Plain(graphene.String)


class Campus(DocumentType):
    """A place of an institution."""

    id = Plain(graphene.ID, required=True)
    name = Plain(graphene.String, required=True)
    city = Plain(graphene.String, required=True)
    regional_district = Plain(graphene.String)
    region = Relation("catalog.schema.coded.Region", many=one("region"))
    latitude = Plain(graphene.Float)
    longitude = Plain(graphene.Float)
    time_zone = Plain(graphene.String)
    landmass = Plain(graphene.String)
    note = Plain(graphene.String, description="What speaks against the place: a city that no source confirms.")


InstitutionConnection, InstitutionEdge = connection_of("Institution", Institution, "an institution")
