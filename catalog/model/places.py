"""Where campuses are."""

from dataclasses import dataclass

from sqlalchemy import Connection, select

from catalog.model.bulk import table_of
from catalog.model.tables import CampusRow

CAMPUS = table_of(CampusRow).c


@dataclass(frozen=True, slots=True)
class CampusFacts:
    """`region` is an id; what is not stated is None."""

    region: str | None
    city: str | None
    coordinates: tuple[float, float] | None


def load_campuses(connection: Connection) -> dict[str, CampusFacts]:
    """Every campus by id: some hundreds."""
    query = select(CAMPUS.id, CAMPUS.region, CAMPUS.city, CAMPUS.latitude, CAMPUS.longitude)
    return {
        row.id: CampusFacts(row.region, row.city, None if row.latitude is None else (row.latitude, row.longitude))
        for row in connection.execute(query)
    }
