"""The change log and the state of the catalogue."""

import graphene

from catalog.model.vocabulary import RecordType
from catalog.schema import enums, scalars
from catalog.schema.fields import DocumentType, Plain, Relation
from catalog.schema.relations import log


class Change(DocumentType):
    """One change of one thing."""

    cursor = Plain(graphene.String, required=True)
    revision = Plain(graphene.Int, required=True)
    at = Plain(scalars.DateTime, required=True)
    kind = Plain(enums.ChangeKind, required=True)
    type = Plain(graphene.String, required=True)
    id = Plain(graphene.ID, required=True)
    slug = Plain(graphene.String)
    version = Plain(graphene.Int)
    changed_fields = Plain(graphene.List(graphene.NonNull(graphene.String)), required=True)


class ChangeConnection(DocumentType):
    """A page of changes in the order in which they were committed."""

    edges = Plain(graphene.List(graphene.NonNull(lambda: ChangeEdge)), required=True)
    page_info = Plain("catalog.schema.shapes.PageInfo", required=True)
    epoch = Plain(graphene.String, required=True)


class ChangeEdge(DocumentType):
    """A change in a page."""

    cursor = Plain(graphene.String, required=True)
    node = Plain(lambda: Change, required=True)


class CatalogInfo(DocumentType):
    """Where the catalogue is, and how much it holds."""

    revision = Plain(graphene.Int, required=True)
    epoch = Plain(graphene.String, required=True)
    updated_at = Plain(scalars.DateTime)
    next_boundary_at = Relation(scalars.DateTime, many=log.next_boundary)
    credentials = Relation(graphene.Int, many=log.count_credentials, required=True)
    offerings = Relation(graphene.Int, many=log.count_offerings, required=True)
    institutions = Relation(graphene.Int, many=log.count_of(RecordType.INSTITUTION), required=True)
    pathways = Relation(graphene.Int, many=log.count_of(RecordType.PATHWAY), required=True)
    menus = Relation(graphene.Int, many=log.count_of(RecordType.MENU), required=True)
