"""Institutions and their campuses as Organization and Place."""

from collections.abc import Iterator, Mapping
from typing import Any

from catalog.formats.schema_org.values import Around, one_text, stated, urn

ONLINE = frozenset({"ONLINE", "ONLINE_LIVE", "ONLINE_ANYTIME"})
TAUGHT = frozenset({None, "CLASS", "LAB", "FIELD"})
"""Roles of the places where the teaching is; an exam or a placement elsewhere is not where it takes place."""


def providers(document: Mapping[str, Any], around: Around) -> list[dict[str, Any]]:
    """The provider first, then who gives it jointly."""
    joint = [one["institution"] for one in document["partnerships"] if one["role"] == "CO_PROVIDER"]
    ids = dict.fromkeys([document["provider"], *joint])
    return [organization(around[one]) for one in ids if one in around]


def organization(institution: Mapping[str, Any]) -> dict[str, Any]:
    return stated(
        {
            "@type": "Organization",
            "@id": urn(institution["id"]),
            "name": one_text(institution["name"]),
            "url": institution["url"],
            "sameAs": institution["url"],
        }
    )


def campuses(around: Around) -> dict[str, Mapping[str, Any]]:
    """Campuses by id, of all institutions around."""
    return {campus["id"]: campus for document in around.values() for campus in document.get("campuses", ())}


def location(run: Mapping[str, Any], known: Mapping[str, Mapping[str, Any]]) -> Any:
    """A Place, a list of them, or a VirtualLocation where it is taught online; None where nobody says."""
    if run["mode"] in ONLINE:
        return stated({"@type": "VirtualLocation", "name": "Online", "url": run["registerUrl"]})
    places = list(_places(run, known))
    return places[0] if len(places) == 1 else places or None


def _places(run: Mapping[str, Any], known: Mapping[str, Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    for place in run["places"]:
        if place["role"] not in TAUGHT:
            continue
        if place["campus"] in known:
            yield _campus(known[place["campus"]])
        elif place["community"]:
            yield {"@type": "Place", "name": place["community"], "address": _address(place["community"])}


def _campus(campus: Mapping[str, Any]) -> dict[str, Any]:
    has_point = campus["latitude"] is not None and campus["longitude"] is not None
    point = {"@type": "GeoCoordinates", "latitude": campus["latitude"], "longitude": campus["longitude"]}
    return stated(
        {
            "@type": "Place",
            "@id": urn(campus["id"]),
            "name": campus["name"],
            "address": _address(campus["city"]),
            "geo": point if has_point else None,
        }
    )


def _address(city: str | None) -> dict[str, Any] | None:
    return {"@type": "PostalAddress", "addressLocality": city} if city else None
