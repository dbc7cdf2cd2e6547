"""Documents of forecast demand."""

from typing import Any

from catalog.model.records.demand import DemandRecord
from catalog.model.render.context import Context
from catalog.model.vocabulary import RecordType


def render_demand(record: DemandRecord, context: Context) -> dict[str, Any]:
    """Codes stand beside the ids, for the tables."""
    occupation = record.occupation and record.occupation.lower()
    sector = record.sector and record.sector.lower()
    return {
        "__typename": "Demand",
        "id": context.id,
        "slug": context.slug,
        "occupation": context.target(RecordType.OCCUPATION, occupation),
        "sector": context.target(RecordType.SECTOR, sector),
        "regions": context.several(RecordType.REGION, record.regions),
        "from": record.from_,
        "to": record.to,
        "value": record.value,
        "perYear": record.per_year,
        "note": record.note,
        "_occupation": occupation,
        "_sector": sector,
    }
