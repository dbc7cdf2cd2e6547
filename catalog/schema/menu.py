"""Menus."""

import graphene

from catalog.schema import inputs, scalars
from catalog.schema.connections import connection_of
from catalog.schema.fields import DocumentType, Plain, Relation, one, optional, several, text
from catalog.schema.published import Published
from catalog.schema.relations import menus


class Menu(Published):
    """What a learner composes a program from."""

    slug = Plain(graphene.String, required=True)
    url = Plain(graphene.String)
    title = Relation(graphene.String, many=text("title"), required=True, language=graphene.Argument(graphene.String))
    summary = Relation(graphene.String, many=text("summary"), language=graphene.Argument(graphene.String))
    owner = Relation("catalog.schema.institution.Institution", many=one("owner"), required=True)
    partners = Plain(graphene.List(graphene.NonNull("catalog.schema.credential.Partnership")), required=True)
    award = Relation("catalog.schema.credential.Credential", many=optional("award"))
    illustration = Plain(graphene.Boolean, required=True)
    sections = Plain(graphene.List(graphene.NonNull(lambda: MenuSection)), required=True)
    window = Plain(lambda: MenuWindow)
    check = Relation(
        lambda: MenuCheck,
        many=menus.check_menus,
        picks=graphene.Argument(graphene.List(graphene.NonNull(graphene.ID)), required=True),
        profile=graphene.Argument(inputs.ProfileInput),
    )


class MenuSection(DocumentType):
    """One section of a menu."""

    id = Plain(graphene.ID, required=True)
    title = Plain(graphene.String, required=True)
    pick = Plain("catalog.schema.pathway.Pick", required=True)
    items = Relation(
        graphene.List(graphene.NonNull("catalog.schema.credential.Credential")), many=several("items"), required=True
    )


class MenuWindow(DocumentType):
    """When a menu may be chosen from."""

    opens_on = Plain(scalars.Date)
    closes_on = Plain(scalars.Date)


class MenuCheck(DocumentType):
    """Whether picks make a valid program."""

    valid = Plain(graphene.Boolean, required=True)
    violations = Plain(graphene.List(graphene.NonNull(lambda: MenuViolation)), required=True)
    total = Plain("catalog.schema.shapes.Money", description="Least prices of all picks; null where one is not known.")
    net_total = Plain(
        "catalog.schema.shapes.Money",
        description="What is left to pay when all are bought together: the caps of funding hold for all of them. Needs `profile`.",
    )
    hours = Plain("catalog.schema.shapes.Range")


class MenuViolation(DocumentType):
    """What is wrong with the picks, and its remedy."""

    section = Plain(lambda: MenuSection)
    credential = Plain("catalog.schema.credential.Credential")
    code = Plain(graphene.String, required=True)
    message = Plain(graphene.String, required=True)
    fix = Plain(graphene.String)


MenuConnection, MenuEdge = connection_of("Menu", Menu, "a menu")
