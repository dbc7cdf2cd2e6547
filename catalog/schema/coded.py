"""Skills, occupations, sectors and regions."""

import graphene

from catalog.schema.fields import DocumentType, Plain, Relation, text
from catalog.schema.node import Node


class Region(DocumentType):
    """An economic development region of British Columbia."""

    class Meta:
        interfaces = (Node,)

    id = Plain(graphene.ID, required=True)
    code = Plain(graphene.String, required=True)
    name = Relation(graphene.String, many=text("name"), required=True)


class Skill(DocumentType):
    """Something that is learnt."""

    class Meta:
        interfaces = (Node,)

    id = Plain(graphene.ID, required=True)
    scheme = Plain(graphene.String)
    code = Plain(graphene.String)
    label = Relation(graphene.String, many=text("label"), required=True, language=graphene.Argument(graphene.String))


class Occupation(DocumentType):
    """A unit group of NOC 2021."""

    class Meta:
        interfaces = (Node,)

    id = Plain(graphene.ID, required=True)
    code = Plain(graphene.String, required=True)
    title = Relation(graphene.String, many=text("title"), required=True, language=graphene.Argument(graphene.String))
    teer = Plain(graphene.Int)


class Sector(DocumentType):
    """An industry of the labour-market outlook."""

    class Meta:
        interfaces = (Node,)

    id = Plain(graphene.ID, required=True)
    code = Plain(graphene.String, required=True)
    name = Relation(graphene.String, many=text("name"), required=True)
