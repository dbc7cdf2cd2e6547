"""Turns wanted regions, cities, campuses and circles into campuses, before any credential is looked at."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import pi
from operator import itemgetter

from sqlalchemy import ColumnElement, Connection, or_, select

from catalog.model.bulk import table_of
from catalog.model.distance import EARTH_RADIUS_KM, distance_km, is_across_water
from catalog.model.filter import ONLINE, CredentialFilter, Near, city_key
from catalog.model.tables import CampusRow, DocumentRow
from catalog.model.vocabulary import RecordType

CAMPUS = table_of(CampusRow).c
DOCUMENT = table_of(DocumentRow).c
KM_PER_DEGREE = EARTH_RADIUS_KM * pi / 180


@dataclass(frozen=True, slots=True)
class Places:
    """The campuses of one condition: those that fit, and those that do not say."""

    fitting: frozenset[str]
    silent: frozenset[str] = frozenset()
    online: bool = False
    """Whether teaching online fits."""
    communities: frozenset[str] = frozenset()
    """Places without a campus of ours that fit, as cities are compared."""


def find_places(connection: Connection, wanted: CredentialFilter) -> tuple[Places, ...]:
    """One for each condition on places; one statement each."""
    return tuple(_conditions(connection, wanted))


def _conditions(connection: Connection, wanted: CredentialFilter) -> Iterator[Places]:
    if wanted.regions is not None:
        slugs = [code.lower() for code in wanted.regions]
        regions = select(DOCUMENT.id).where(DOCUMENT.type == RecordType.REGION, DOCUMENT.slug.in_(slugs))
        fitting, silent = _split(connection, CAMPUS.region.in_(regions), CAMPUS.region)
        yield Places(fitting, silent, online=ONLINE in wanted.regions)
    if wanted.cities is not None:
        cities = frozenset(city_key(city) for city in wanted.cities)
        fitting, silent = _split(connection, CAMPUS.city_key.in_(cities), CAMPUS.city_key)
        yield Places(fitting, silent, online=city_key(ONLINE) in cities, communities=cities)
    if wanted.campuses is not None:
        yield Places(wanted.campuses, online=ONLINE in wanted.campuses)
    if wanted.near is not None:
        fitting, silent = _near(connection, wanted.near)
        yield Places(fitting, silent, online=wanted.near.include_online)


def _split(
    connection: Connection, fits: ColumnElement[bool], known: ColumnElement[str | None]
) -> tuple[frozenset[str], frozenset[str]]:
    query = select(CAMPUS.id, known.is_(None)).where(or_(fits, known.is_(None)))
    rows = connection.execute(query).all()
    return frozenset(one for one, silent in rows if not silent), frozenset(one for one, silent in rows if silent)


def _near(connection: Connection, near: Near) -> tuple[frozenset[str], frozenset[str]]:
    """A band of latitudes from the table, then measured.

    Where nobody says on which landmass the learner is, it is that of the nearest campus inside, where it states one.
    """
    reach = near.km / KM_PER_DEGREE
    band = CAMPUS.latitude.between(near.latitude - reach, near.latitude + reach)
    columns = (CAMPUS.id, CAMPUS.latitude, CAMPUS.longitude, CAMPUS.landmass)
    rows = connection.execute(select(*columns).where(or_(band, CAMPUS.latitude.is_(None)))).all()
    here = (near.latitude, near.longitude)
    measured = [(distance_km(here, (row[1], row[2])), row) for row in rows if row.latitude is not None]
    inside = sorted((one for one in measured if one[0] <= near.km), key=itemgetter(0))
    landmass = near.landmass or (inside[0][1].landmass if inside else None)
    silent = {row.id for row in rows if row.latitude is None}
    silent |= {row.id for _, row in inside if is_across_water(landmass, row.landmass)}
    return frozenset(row.id for _, row in inside) - silent, frozenset(silent)
