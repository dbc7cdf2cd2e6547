"""Builds the schema once, as a value."""

from functools import cache
from importlib.resources import files

import graphene
from graphql import GraphQLInputObjectType, GraphQLSchema, print_schema

from catalog.runtime.leaves import SHOWN_AS_IS
from catalog.schema import (
    award,
    changes,
    coded,
    coverage,
    credential,
    demand,
    funding,
    institution,
    menu,
    offering,
    pathway,
    planning,
    recognition,
    rules,
    scalars,
    search,
)
from catalog.schema.bounds import set_bounds
from catalog.schema.query import Query

ONE_OF = ("PlanGoal",)
RULES = (
    rules.AllOf,
    rules.AnyOf,
    rules.AtLeast,
    rules.CreditSum,
    rules.Holds,
    rules.HasSkill,
    rules.Condition,
    rules.TextRule,
)
NODES = (
    credential.Credential,
    institution.Institution,
    offering.Offering,
    coded.Region,
    coded.Skill,
    coded.Occupation,
    coded.Sector,
    coded.Theme,
    demand.Demand,
    recognition.Recognition,
    recognition.Equivalence,
    pathway.Pathway,
    menu.Menu,
    funding.FundingProgram,
    award.FundingAward,
)
TEXT_SCALARS = (scalars.Date, scalars.DateTime, scalars.Decimal, scalars.Duration)
OTHERS = (changes.Change, coverage.Coverage, planning.PlanResult, search.SearchConnection)


@cache
def build_schema() -> GraphQLSchema:
    """Types that are reached only through an interface are named here; graphene would leave them out."""
    schema: GraphQLSchema = graphene.Schema(query=Query, types=[*RULES, *NODES, *OTHERS]).graphql_schema
    for name in ONE_OF:
        goal = schema.type_map[name]
        assert isinstance(goal, GraphQLInputObjectType), f"{name} is an input"
        goal.is_one_of = True  # graphene has no word for it; graphql-core validates and prints it
    for scalar in TEXT_SCALARS:
        schema.type_map[scalar._meta.name].extensions[SHOWN_AS_IS] = frozenset({str})  # noqa: SLF001 - graphene's way to a name
    set_bounds(schema)
    return schema


def print_sdl() -> str:
    return print_schema(build_schema()) + "\n"


def committed_sdl() -> str:
    """schema.graphql as it was reviewed; a test holds it to what is built."""
    return files("catalog.schema").joinpath("schema.graphql").read_text(encoding="utf-8")
