"""Menus."""

import graphene

from catalog.schema import inputs
from catalog.schema.fields import DocumentType, Plain, Relation, not_available
from catalog.schema.node import Node


class Menu(DocumentType):
    """What a learner composes a program from."""

    class Meta:
        interfaces = (Node,)

    id = Plain(graphene.ID, required=True)
    slug = Plain(graphene.String, required=True)
    title = Relation(
        graphene.String, many=not_available("Menu.title"), required=True, language=graphene.Argument(graphene.String)
    )
    owner = Plain("catalog.schema.institution.Institution", required=True)
    partners = Plain(graphene.List(graphene.NonNull("catalog.schema.credential.Partnership")), required=True)
    award = Plain("catalog.schema.credential.Credential")
    illustration = Plain(graphene.Boolean, required=True)
    sections = Plain(graphene.List(graphene.NonNull(lambda: MenuSection)), required=True)
    check = Relation(
        lambda: MenuCheck,
        many=not_available("Menu.check"),
        picks=graphene.Argument(graphene.List(graphene.NonNull(graphene.ID)), required=True),
        profile=graphene.Argument(inputs.ProfileInput),
    )


class MenuSection(DocumentType):
    """One section of a menu."""

    id = Plain(graphene.ID, required=True)
    title = Plain(graphene.String, required=True)
    pick = Plain("catalog.schema.pathway.Pick", required=True)
    items = Plain(graphene.List(graphene.NonNull("catalog.schema.credential.Credential")), required=True)


class MenuCheck(DocumentType):
    """Whether picks make a valid program."""

    valid = Plain(graphene.Boolean, required=True)
    violations = Plain(graphene.List(graphene.NonNull(lambda: MenuViolation)), required=True)
    total = Plain("catalog.schema.shapes.Money")
    net_total = Plain("catalog.schema.shapes.Money")
    hours = Plain("catalog.schema.shapes.Range")


class MenuViolation(DocumentType):
    """What is wrong with the picks, and its remedy."""

    section = Plain(lambda: MenuSection)
    credential = Plain("catalog.schema.credential.Credential")
    code = Plain(graphene.String, required=True)
    message = Plain(graphene.String, required=True)
    fix = Plain(graphene.String)


class MenuConnection(DocumentType):
    """A page of menus."""

    edges = Plain(graphene.List(graphene.NonNull(lambda: MenuEdge)), required=True)
    page_info = Plain("catalog.schema.shapes.PageInfo", required=True)
    total_count = Plain(graphene.Int, required=True)


class MenuEdge(DocumentType):
    """A menu in a page."""

    cursor = Plain(graphene.String, required=True)
    node = Plain(lambda: Menu, required=True)
