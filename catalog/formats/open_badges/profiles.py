"""Who gives a badge: organisations by name. A profile can be a person's too, and then nothing of it is read."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from catalog.formats.open_badges.mapping import PROFILES
from catalog.formats.open_badges.people import drop_people
from catalog.formats.open_badges.values import Node, several, types_of
from catalog.model.reading.delivery import Reading
from catalog.model.reading.markup import read_title

_OF_A_PERSON = frozenset({"givenName", "familyName", "additionalName", "dateOfBirth", "patronymicName"})
_TAKEN = frozenset({"@context", "id", "@id", "type", "@type", "name", "url"})


@dataclass(frozen=True, slots=True)
class Organization:
    name: str
    url: str | None


def read_provider(reading: Reading, node: Node, issuer: Any) -> dict[str, Any]:
    """`provider`, who made the definition, else who gives the badge; the latter is a partner where both are named.

    `issuer` is who issued the credential that the definition came in, or who the badge class names.
    """
    creator = _organization(reading, "creator", node.get("creator"))
    giver = _organization(reading, "issuer", issuer)
    lead = creator or giver
    provider = reading.provider(lead.name, lead.url) if lead else reading.told.provider
    if provider is None:
        is_address = isinstance(issuer, str) or isinstance(node.get("creator"), str)
        message = "the issuer is only an address, and nothing is fetched" if is_address else "no issuer is named"
        hint = "send the file for an institution, or with the issuer's profile and its name inside"
        reading.warn("FIELD_MISSING", message, "provider", issuer if isinstance(issuer, str) else None, hint)
    if creator and giver and creator.name != giver.name:
        return {"provider": provider, "partnerships": [{"role": "PARTNER", "text": giver.name}]}
    return {"provider": provider}


def is_person(profile: Node) -> bool:
    return "Person" in types_of(profile) or bool(_OF_A_PERSON & profile.keys())


def _organization(reading: Reading, path: str, value: Any) -> Organization | None:
    profile = next(iter(several(value)), None)
    if not isinstance(profile, Mapping):
        return None
    types = types_of(profile)
    if is_person(profile):
        drop_people(reading, f"the {path} is a person, of whom nothing was read")
        return None
    if types and types.isdisjoint(PROFILES):
        named = ", ".join(sorted(types))[:80]
        reading.warn("TYPE_UNKNOWN", f"{path} has the type {named}, not Profile; its name was taken", path)
    for name in profile:
        if name not in _TAKEN:
            reading.drop(f"{path}.{name}")
    name, url = profile.get("name"), profile.get("url")
    plain = read_title(name)[0] if isinstance(name, str) else ""
    return Organization(plain, url if isinstance(url, str) else None) if plain else None
