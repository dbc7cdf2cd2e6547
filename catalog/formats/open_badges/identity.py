"""What a definition is called: its ref, and the identifiers that others know it by."""

import re
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any

from catalog.formats.open_badges.mapping import BADGE_SCHEME, HUMAN_CODE, PERSONAL_IDENTIFIERS
from catalog.formats.open_badges.values import Node, id_of, several
from catalog.model.identity import slugify
from catalog.model.reading.delivery import Reading

_REF = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/-]{0,199}")
_NOT_REF = re.compile(r"[^A-Za-z0-9._:/-]+")
_VALUE = re.compile(r"[^\x00-\x1f\x7f<>]{1,200}")
MOST_IDENTIFIERS = 20
LONGEST_SCHEME = 50


def ref_of(identity: str) -> str:
    """The id itself; one with other characters, or too long, is written plainly and told apart by a hash of it."""
    if _REF.fullmatch(identity):
        return identity
    plain = _NOT_REF.sub("-", identity)[:150].strip("._:/-") or "badge"
    return f"{plain}-{sha256(identity.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"


def read_identifiers(reading: Reading, node: Node) -> list[dict[str, str]]:
    """Each once; the definition's own id comes first."""
    found: list[dict[str, str]] = []
    for path, scheme, value in _pairs(reading, node):
        if not _VALUE.fullmatch(value):
            reading.warn("VALUE_UNREADABLE", f"{path} cannot be kept as an identifier", path, value)
        elif {"scheme": scheme, "value": value} not in found[:MOST_IDENTIFIERS]:
            found.append({"scheme": scheme, "value": value})
    if len(found) > MOST_IDENTIFIERS:
        reading.warn("TOO_MANY", f"has {len(found)} identifiers; the first {MOST_IDENTIFIERS} are taken", "otherIdentifier")
    return found[:MOST_IDENTIFIERS]


def _pairs(reading: Reading, node: Node) -> Iterator[tuple[str, str, str]]:
    """(property, scheme, value)."""
    if own := id_of(node):
        yield "id", BADGE_SCHEME, own
    code = node.get("humanCode")
    if isinstance(code, str | int) and not isinstance(code, bool) and str(code).strip():
        yield "humanCode", HUMAN_CODE, str(code).strip()
    elif code is not None:
        reading.warn("VALUE_UNREADABLE", "humanCode is no code", "humanCode", code)
    for one in several(node.get("otherIdentifier")):
        yield from _other(reading, one)


def _other(reading: Reading, entry: Any) -> Iterator[tuple[str, str, str]]:
    scheme = _scheme(entry)
    if is_personal(entry):
        reading.drop(f"otherIdentifier.{scheme}")
        return
    value = entry.get("identifier") if isinstance(entry, Mapping) else None
    if not isinstance(value, str) or not value.strip():
        reading.warn("VALUE_UNREADABLE", "otherIdentifier has no identifier", "otherIdentifier")
        return
    yield "otherIdentifier", slugify(scheme)[:LONGEST_SCHEME].strip("-"), value.strip()


def is_personal(entry: Any) -> bool:
    """Whether it is an identifier that only people have."""
    return _scheme(entry) in PERSONAL_IDENTIFIERS


def _scheme(entry: Any) -> str:
    named = entry.get("identifierType") if isinstance(entry, Mapping) else None
    return named.strip().removeprefix("ext:") if isinstance(named, str) and named.strip() else "identifier"
