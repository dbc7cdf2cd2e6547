"""Every listing of a file with what it is called, before any of them is read: they refer to each other."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from catalog.formats.schema_org.givers import provider_slug
from catalog.formats.schema_org.graph import Found
from catalog.formats.schema_org.identity import Identity, global_id, identify
from catalog.formats.schema_org.nodes import text_of
from catalog.formats.schema_org.scope import Scope


@dataclass(frozen=True, slots=True)
class Listed:
    found: Found
    identity: Identity


def identify_all(found: list[Found], scope: Scope) -> list[Listed]:
    """Also fills `scope.pointers`. An identifier that two listings share tells neither of them apart, and is left out."""
    listed = [Listed(one, identify(one.node, scope, provider_slug(one.node, one.owner, scope))) for one in found]
    shared = Counter((pair["scheme"], pair["value"]) for one in _distinct(listed) for pair in one.identity.identifiers)
    addresses = Counter(address for one in listed for address in _addresses(one.found, scope))
    for one in listed:
        if one.identity.pointer is None:
            continue
        for key in (global_id(one.found.node.id, scope), *_addresses(one.found, scope)):
            if key and addresses[key] <= 1:
                scope.pointers.setdefault(key, one.identity.pointer)
    return [Listed(one.found, _own(one.identity, shared)) for one in listed]


def _distinct(listed: list[Listed]) -> list[Listed]:
    return list({one.identity.ref: one for one in listed}.values())


def _own(identity: Identity, shared: Counter[tuple[str, str]]) -> Identity:
    kept = [one for one in identity.identifiers if shared[one["scheme"], one["value"]] <= 1]
    return replace(identity, identifiers=kept)


def _addresses(found: Found, scope: Scope) -> Iterator[str]:
    texts = (text_of(one) for one in found.node.peek("url"))
    yield from (address for text in texts if text and (address := scope.absolute(text)))
