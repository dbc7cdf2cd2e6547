"""Where a run takes place: the community, by name. Streets, rooms and coordinates have no place in a record."""

import re
from typing import Any

from catalog.formats.schema_org.nodes import Node, is_object
from catalog.formats.schema_org.scope import Scope

MOST_PLACES = 20
_ONLINE = re.compile(r"online|virtual|zoom|web(?:inar)?|remote|internet", re.IGNORECASE)


def read_places(node: Node, scope: Scope) -> tuple[list[dict[str, Any]], bool]:
    """The places, and whether one of the locations is on the web."""
    communities: list[str] = []
    is_virtual = False
    for one in node.take("location"):
        place = scope.node(one, node.names) if is_object(one) else None
        if place is not None and "VirtualLocation" in place.types:
            is_virtual = True
            continue
        name = _community(place, scope) if place is not None else scope.line("location", one)
        if name and _ONLINE.fullmatch(name):
            is_virtual = True
        elif name:
            communities.append(name)
        elif place is not None:
            scope.reading.warn("VALUE_UNREADABLE", "location names no community", "places")
    found = list(dict.fromkeys(communities))
    return [{"community": one} for one in scope.capped("places", found, MOST_PLACES)], is_virtual


def _community(place: Node, scope: Scope) -> str | None:
    """The locality of its address, else its name, else an address that is one text."""
    locality = None
    written: str | None = None
    for one in place.take("address"):
        if is_object(one):
            address = scope.node(one, place.names)
            locality = locality or scope.line("location", scope.label(address.first("addressLocality"), address.names))
            scope.leave(address, "location.address.")
        else:
            written = written or scope.line("location", one)
    name = None if locality else next(iter(scope.lines("location", place, "name")), None)
    scope.leave(place, "location.")
    return locality or name or written
