"""What a node goes by: its CTID, else its own address, and the slug by which a catalogue like this one knows it."""

import re
from collections.abc import Mapping
from typing import Any

from catalog.formats.ctdl.mapping import SLUG_SCHEME
from catalog.formats.ctdl.nodes import CTID, CTID_SCHEME
from catalog.formats.ctdl.reading import Node, Refused, language_map, several, some_text
from catalog.model.identity import slugify

URL_SCHEME = "url"
MOST_IDENTIFIERS = 20
_UUID = re.compile(r"urn:uuid:([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})", re.IGNORECASE)
_REF = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/-]*")
_VALUE = re.compile(r"[^\x00-\x1f\x7f<>]+")
_SCHEME = re.compile(r"[a-z0-9][a-z0-9._-]{0,49}")
LONGEST = 200


def find_ctid(node: Node, value: Any = None) -> str:
    """In small letters. Raises Refused."""
    stated = node.get("ceterms:ctid")
    if isinstance(stated, str) and CTID.fullmatch(stated):
        return stated.lower()
    identity = node.get("@id", value)
    if isinstance(identity, str) and (found := CTID.search(identity)):
        return found[0].lower()
    if isinstance(identity, str) and (urn := _UUID.fullmatch(identity)):
        return f"ce-{urn[1].lower()}"
    raise Refused(f"{str(identity)[:80]!r} has no CTID")


def find_address(node: Node, value: Any = None) -> str | None:
    """The node's own address, where it is one that an identifier can hold."""
    identity = node.get("@id", value)
    is_address = isinstance(identity, str) and identity.startswith(("http://", "https://"))
    return identity if is_address and len(identity) <= LONGEST and _VALUE.fullmatch(identity) else None


def find_slug(node: Node) -> str | None:
    """The slug by which a catalogue like this one knows it."""
    return next((value for scheme, value in identifier_pairs(node) if scheme == SLUG_SCHEME), None)


def own_names(node: Node) -> tuple[str, list[dict[str, str]]]:
    """(ref, identifiers): the CTID, and the address where that says something else. Raises Refused where it has neither."""
    address = find_address(node)
    try:
        ctid = find_ctid(node)
    except Refused:
        if address is None:
            raise
        ref = address if _REF.fullmatch(address) else slugify(address)
        return ref, [{"scheme": URL_SCHEME, "value": address}]
    more = [{"scheme": URL_SCHEME, "value": address}] if address and ctid not in address.lower() else []
    return ctid, [{"scheme": CTID_SCHEME, "value": ctid}, *more]


def identifier_pairs(node: Node) -> list[tuple[str, str]]:
    """(name of the scheme, value) of every identifier that has both."""
    found: list[tuple[str, str]] = []
    for one in several(node.get("ceterms:identifier")):
        if isinstance(one, Mapping):
            name = some_text(language_map(one.get("ceterms:identifierTypeName")))
            value = one.get("ceterms:identifierValueCode")
            if name and isinstance(value, str):
                found.append((name, value))
    return found


def further_identifiers(node: Node) -> list[dict[str, str]]:
    """The identifiers that a record can hold, but for the slug."""
    named = [(scheme_of(name), value.strip()) for name, value in identifier_pairs(node) if name != SLUG_SCHEME]
    held = [(scheme, value) for scheme, value in named if scheme and len(value) <= LONGEST and _VALUE.fullmatch(value)]
    return [{"scheme": scheme, "value": value} for scheme, value in held][: MOST_IDENTIFIERS - 2]


def scheme_of(name: str) -> str:
    return name if _SCHEME.fullmatch(name) else slugify(name)[:50].strip("-")
