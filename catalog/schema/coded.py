"""Skills, occupations, sectors, regions and themes."""

import graphene

from catalog.schema.connections import connection_of
from catalog.schema.fields import Plain, Relation, text
from catalog.schema.published import Published


class Region(Published):
    """An economic development region or a regional district of British Columbia, as `scheme` says."""

    scheme = Plain(graphene.String)
    code = Plain(graphene.String, required=True)
    name = Relation(graphene.String, many=text("name"), required=True, language=graphene.Argument(graphene.String))


class Skill(Published):
    """Something that is learnt."""

    scheme = Plain(graphene.String)
    code = Plain(graphene.String)
    label = Relation(graphene.String, many=text("label"), required=True, language=graphene.Argument(graphene.String))


class Occupation(Published):
    """A unit group of NOC 2021."""

    code = Plain(graphene.String, required=True)
    title = Relation(graphene.String, many=text("title"), required=True, language=graphene.Argument(graphene.String))
    teer = Plain(graphene.Int)


class Sector(Published):
    """An industry of the labour-market outlook; where it joins several NAICS codes, its code joins them by underscores."""

    code = Plain(graphene.String, required=True)
    name = Relation(graphene.String, many=text("name"), required=True, language=graphene.Argument(graphene.String))


class Theme(Published):
    """A sourced grouping, such as a wave of funding, that is neither an occupation nor an industry."""

    scheme = Plain(graphene.String)
    code = Plain(graphene.String, required=True)
    name = Relation(graphene.String, many=text("name"), required=True, language=graphene.Argument(graphene.String))


RegionConnection, RegionEdge = connection_of("Region", Region, "a region")
SkillConnection, SkillEdge = connection_of("Skill", Skill, "a skill")
OccupationConnection, OccupationEdge = connection_of("Occupation", Occupation, "an occupation")
SectorConnection, SectorEdge = connection_of("Sector", Sector, "an industry")
ThemeConnection, ThemeEdge = connection_of("Theme", Theme, "a theme")
