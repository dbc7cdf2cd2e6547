"""Forecast demand by occupation, industry and region."""

from collections.abc import Sequence
from typing import Any

from catalog.model.demand import demand_conditions
from catalog.model.vocabulary import RecordType
from catalog.schema.context import RequestContext
from catalog.schema.filtering import read_codes
from catalog.schema.relations.listing import list_things

MEASURE = "forecast openings, not vacancies"


def demand(
    parents: Sequence[Any],
    context: RequestContext,
    occupations: list[str] | None = None,
    sectors: list[str] | None = None,
    regions: list[str] | None = None,
    **asked: Any,
) -> list[Any]:
    narrowed = demand_conditions(
        occupations=read_codes(occupations, "occupations"),
        sectors=read_codes(sectors, "sectors"),
        regions=read_codes(regions, "regions"),
    )
    return list_things(parents, context, RecordType.DEMAND, narrowed, asked)


def measure(parents: Sequence[Any], _context: RequestContext) -> list[str]:
    return [MEASURE] * len(parents)
