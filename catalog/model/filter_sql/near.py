"""Turns a circle on the map into the campuses inside it."""

from math import pi

from sqlalchemy import Connection, select

from catalog.model.bulk import table_of
from catalog.model.filter import EARTH_RADIUS_KM, Near, distance_km
from catalog.model.tables import CampusRow

CAMPUS = table_of(CampusRow).c
KM_PER_DEGREE = EARTH_RADIUS_KM * pi / 180


def find_campuses_near(connection: Connection, near: Near) -> frozenset[str]:
    """The ids of campuses with coordinates at most `near.km` away: a band of latitudes from the table, then measured."""
    reach = near.km / KM_PER_DEGREE
    query = select(CAMPUS.id, CAMPUS.latitude, CAMPUS.longitude).where(
        CAMPUS.latitude.between(near.latitude - reach, near.latitude + reach), CAMPUS.longitude.is_not(None)
    )
    here = (near.latitude, near.longitude)
    return frozenset(row.id for row in connection.execute(query) if distance_km(here, (row[1], row[2])) <= near.km)
