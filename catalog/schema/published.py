"""What everything published says about itself: its version, where its values come from, how it changed."""

import graphene

from catalog.schema import scalars
from catalog.schema.fields import DocumentType, Plain, Relation, forward_arguments
from catalog.schema.node import Node
from catalog.schema.relations import history


class Published(DocumentType):
    """A thing with an id, versions and sources."""

    class Meta:
        abstract = True

    @classmethod
    def __init_subclass_with_meta__(cls, **options: object) -> None:
        super().__init_subclass_with_meta__(interfaces=(Node,), **options)

    id = Plain(graphene.ID, required=True)
    version = Plain(graphene.Int, required=True)
    updated_at = Plain(scalars.DateTime, required=True)
    provenance = Relation(graphene.List(graphene.NonNull("catalog.schema.shapes.Provenance")), many=history.provenance)
    history = Relation("catalog.schema.credential.VersionConnection", many=history.versions, **forward_arguments())
