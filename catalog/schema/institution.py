"""Institutions and their places."""

import graphene

from catalog.model.vocabulary import RecordType
from catalog.schema import enums, inputs, scalars
from catalog.schema.fields import DocumentType, Plain, Relation, forward_arguments, one, page_arguments, text
from catalog.schema.node import Node
from catalog.schema.relations import history, listing


class Institution(DocumentType):
    """A provider, partner, funder or community."""

    class Meta:
        interfaces = (Node,)

    id = Plain(graphene.ID, required=True)
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
    version = Plain(graphene.Int, required=True)
    updated_at = Plain(scalars.DateTime, required=True)
    provenance = Relation(graphene.List(graphene.NonNull("catalog.schema.shapes.Provenance")), many=history.provenance)
    history = Relation("catalog.schema.credential.VersionConnection", many=history.versions, **forward_arguments())


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
    region = Relation("catalog.schema.coded.Region", many=one("region"))
    latitude = Plain(graphene.Float)
    longitude = Plain(graphene.Float)
    time_zone = Plain(graphene.String)


class InstitutionConnection(DocumentType):
    """A page of institutions."""

    edges = Plain(graphene.List(graphene.NonNull(lambda: InstitutionEdge)), required=True)
    page_info = Plain("catalog.schema.shapes.PageInfo", required=True)
    total_count = Relation(graphene.Int, many=listing.thing_count(RecordType.INSTITUTION), required=True)


class InstitutionEdge(DocumentType):
    """An institution in a page."""

    cursor = Plain(graphene.String, required=True)
    node = Relation(lambda: Institution, many=one("node"), required=True)
