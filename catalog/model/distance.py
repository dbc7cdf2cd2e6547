"""Distances on the Earth, and water in between."""

from math import asin, cos, radians, sin, sqrt

EARTH_RADIUS_KM = 6371.0088  # mean radius, IUGG


def is_across_water(here: str | None, there: str | None) -> bool:
    """Known to lie on different landmasses; a ferry may lie between, or a long way round."""
    return here is not None and there is not None and here.casefold() != there.casefold()


def distance_km(here: tuple[float, float], there: tuple[float, float]) -> float:
    """Great-circle distance (haversine) between two (latitude, longitude) in degrees."""
    lat1, lon1, lat2, lon2 = (radians(degrees) for degrees in (*here, *there))
    h = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(h)))
