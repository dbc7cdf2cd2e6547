"""What a learner asks of a plan, and which offerings meet it: yes, no, or not known."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from catalog.model.distance import distance_km
from catalog.model.filter import (
    ONLINE,
    Answer,
    CredentialFacts,
    CredentialFilter,
    Near,
    OfferingFacts,
    PlaceFacts,
    is_taught_online,
    matches,
)
from catalog.model.places import CampusFacts
from catalog.model.vocabulary import Attendance, CredentialKind, DeliveryMode

FILTERED = ("regions", "near", "modes", "attendance", "languages")
"""Wishes that are conditions of CredentialFilter, and mean what they mean there."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """None: nothing is asked. `regions` are ids, or ONLINE."""

    hours_per_week: float | None = None
    budget: float | None = None
    regions: frozenset[str] | None = None
    near: Near | None = None
    modes: frozenset[DeliveryMode] | None = None
    attendance: frozenset[Attendance] | None = None
    languages: frozenset[str] | None = None
    start_after: date | None = None
    finish_before: date | None = None
    at_once: int | None = None
    prefer_institutions: frozenset[str] = frozenset()
    avoid_institutions: frozenset[str] = frozenset()


def answers(
    run: Mapping[str, Any], document: Mapping[str, Any], wishes: Wishes, campuses: Mapping[str, CampusFacts]
) -> dict[str, Answer]:
    """For each wish that an offering alone can meet or fail."""
    facts = CredentialFacts(CredentialKind(document["kind"]), offerings=(facts_of(run, document, campuses),))
    found: dict[str, Answer] = {}
    for name in FILTERED:
        wanted = getattr(wishes, name)
        if wanted is not None:
            asked = CredentialFilter(**{name: wanted})
            sure = matches(replace(asked, include_unknown=False), facts)
            found[name] = True if sure else None if matches(asked, facts) else False
    if document["provider"] in wishes.avoid_institutions:
        found["avoidInstitutions"] = False
    return found


def facts_of(run: Mapping[str, Any], document: Mapping[str, Any], campuses: Mapping[str, CampusFacts]) -> OfferingFacts:
    mode = run["mode"] and DeliveryMode(run["mode"])
    places = tuple(_place(place, campuses) for place in run["places"])
    if not places and is_taught_online(mode):
        places = (PlaceFacts(ONLINE, ONLINE, ONLINE),)
    return OfferingFacts(
        places=places,
        mode=mode,
        attendance=frozenset(map(Attendance, run["attendance"])),
        languages=frozenset(run["languages"] or document["languages"]),
    )


def _place(place: Mapping[str, Any], campuses: Mapping[str, CampusFacts]) -> PlaceFacts:
    campus = campuses.get(place["campus"] or "")
    if campus is None:
        return PlaceFacts(community=place["community"])
    return PlaceFacts(place["campus"], campus.city, campus.region, campus.coordinates)


def kilometres(run: Mapping[str, Any], near: Near | None, campuses: Mapping[str, CampusFacts]) -> float | None:
    """One way, to a tenth; 0 online. Without a place to start from every step in person counts as one kilometre."""
    mode = run["mode"] and DeliveryMode(run["mode"])
    if not run["places"]:
        return 0.0 if is_taught_online(mode) else None
    if near is None:
        return 1.0
    known = [campuses[one["campus"]].coordinates for one in run["places"] if one["campus"] in campuses]
    distances = [distance_km((near.latitude, near.longitude), one) for one in known if one is not None]
    return round(max(distances), 1) if len(distances) == len(run["places"]) else None
