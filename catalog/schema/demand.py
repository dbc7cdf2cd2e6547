"""Forecast demand for labour."""

import graphene

from catalog.schema.connections import connection_of
from catalog.schema.fields import Plain, Relation, optional, several
from catalog.schema.published import Published
from catalog.schema.relations import demand


class Demand(Published):
    """Job openings forecast from one year to another, in all these regions together; never vacancies.

    Without an occupation it is for all of them, without a sector for all industries.
    """

    measure = Relation(graphene.String, many=demand.measure, required=True)
    occupation = Relation("catalog.schema.coded.Occupation", many=optional("occupation"))
    sector = Relation("catalog.schema.coded.Sector", many=optional("sector"))
    regions = Relation(
        graphene.List(graphene.NonNull("catalog.schema.coded.Region")), many=several("regions"), required=True
    )
    from_ = Plain(graphene.Int, name="from", required=True)
    to = Plain(graphene.Int, required=True)
    value = Plain(graphene.Float, required=True)
    per_year = Plain(graphene.Float)
    note = Plain(graphene.String)


DemandConnection, DemandEdge = connection_of("Demand", Demand, "a figure of forecast demand")
