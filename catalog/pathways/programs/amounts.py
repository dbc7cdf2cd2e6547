"""How much of a part's or section's unit a credential brings: units are respected, never converted or mixed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import inf
from typing import Any

from catalog.model.vocabulary import PickUnit
from catalog.pathways.course import Courses
from catalog.pathways.evaluation.outcomes import Value, least_and_greatest

Bounds = tuple[float, float]
ONE: Bounds = (1.0, 1.0)
NOTHING_KNOWN: Bounds = (0.0, inf)


@dataclass(frozen=True, slots=True)
class Need:
    """What a part or section asks for; `most` is where more no longer counts."""

    unit: PickUnit
    least: float
    most: float

    def reached(self, got: Bounds) -> Value:
        return least_and_greatest(self.least, *got)


def need_of(part: Mapping[str, Any]) -> Need:
    """Without a pick all items are asked for."""
    pick = part["pick"]
    if pick is None:
        return Need(PickUnit.COUNT, float(len(part["items"])), inf)
    return Need(PickUnit(pick["unit"]), pick["min"] or 0.0, inf if pick["max"] is None else pick["max"])


def bounds_of(credential: str, unit: PickUnit, courses: Courses) -> Bounds:
    """The least and the greatest that it brings; what nobody counts may be any amount."""
    course = courses.course(credential)
    if unit is PickUnit.COUNT:
        return ONE
    if course is None:
        return NOTHING_KNOWN
    least, greatest = (
        course.hours if unit is PickUnit.HOURS else (course.credit[0], course.credit[0]) if course.credit else (None, None)
    )
    return least or 0.0, inf if greatest is None else greatest


def total(credentials: Iterable[str], unit: PickUnit, courses: Courses) -> Bounds:
    """Together; credits of several units do not add up to any number."""
    listed = list(credentials)
    if unit is PickUnit.CREDITS and len(credit_units(listed, courses)) > 1:
        return NOTHING_KNOWN
    bounds = [bounds_of(one, unit, courses) for one in listed]
    return sum(least for least, _ in bounds), sum(greatest for _, greatest in bounds)


def credit_units(credentials: Iterable[str], courses: Courses) -> frozenset[str]:
    found = (courses.course(one) for one in credentials)
    return frozenset(one.credit[1] for one in found if one and one.credit)
