"""Which figures of forecast demand are asked for."""

from sqlalchemy import ColumnElement, exists, select

from catalog.model.bulk import table_of
from catalog.model.tables import DemandRegionRow, DemandRow, DocumentRow
from catalog.model.vocabulary import RecordType

DEMAND = table_of(DemandRow).c
SHARED_BY = table_of(DemandRegionRow).c
DOCUMENT = table_of(DocumentRow).c
REGION = table_of(DocumentRow).alias("region").c
ALL = "all"
"""Stands for the figure over all occupations, or over all sectors."""


def demand_conditions(
    *, occupations: list[str] | None, sectors: list[str] | None, regions: list[str] | None
) -> tuple[ColumnElement[bool], ...]:
    """On a row of `document`. Codes are compared without regard to capitals; a figure that regions share is each one's."""
    found: list[ColumnElement[bool]] = []
    for column, codes in ((DEMAND.occupation, occupations), (DEMAND.sector, sectors)):
        if codes is not None:
            fits = column.in_(codes) | column.is_(None) if ALL in codes else column.in_(codes)
            found.append(exists().where(DEMAND.id == DOCUMENT.id, fits))
    if regions is not None:
        wanted = select(REGION.id).where(REGION.type == RecordType.REGION, REGION.slug.in_(regions))
        found.append(exists().where(SHARED_BY.demand == DOCUMENT.id, SHARED_BY.region.in_(wanted)))
    return tuple(found)
