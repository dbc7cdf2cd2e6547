"""Where a presentation takes place. Addresses, telephones and mailboxes are not read."""

from typing import Any

from catalog.formats.xcri_cap.names import Names
from catalog.formats.xcri_cap.parts import Part
from catalog.formats.xcri_cap.texts import line
from catalog.model.reading.delivery import Reading

_ONLINE = frozenset({"online", "distance learning", "distance"})


def places_of(reading: Reading, venues: list[Any], names: Names) -> list[dict[str, str]]:
    """Each by its town, else by its name; a venue that is only called online is no place."""
    found: dict[str, None] = {}
    for venue in venues:
        for part in _inside(venue, names):
            name = line(reading, "venue/title", part.first("title", reading))
            town = _town(reading, part, names)
            if town and name and town != name:
                reading.drop("venue/title")
            place = town or name
            part.drop_rest(reading)
            if place and place.lower() not in _ONLINE:
                found[place] = None
    return [{"role": "CLASS", "community": one} for one in found]


def _inside(venue: Any, names: Names) -> list[Part]:
    """Version 1.2 wraps it in a provider, 1.1 does not."""
    providers = [one for one in venue if names.of(one) == "provider"]
    return [Part(one, names, "venue") for one in providers or [venue]]


def _town(reading: Reading, part: Part, names: Names) -> str | None:
    own = part.first("town", reading)
    for location in part.pop("location"):
        inner = Part(location, names, "venue/location")
        own = inner.first("town", reading) if own is None else own
        inner.drop_rest(reading)
    return line(reading, "venue/location/town", own)
