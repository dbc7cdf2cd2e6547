"""What an item, its framework and its code are called, within the characters that a Record takes."""

import re
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from catalog.model.identity import slugify

Node = Mapping[str, Any]
LONGEST_REF = 200
LONGEST_CODE = 80
_REF = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/-]*")
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_IDENTIFIER = re.compile(r"[^\x00-\x1f\x7f<>]{1,200}")
_NOT_CODE = re.compile(r"[^A-Za-z0-9._-]+")


def text_of(node: Node, *names: str) -> str | None:
    """The first of these properties that is a text with something in it."""
    for name in names:
        value = node.get(name)
        if isinstance(value, str) and value.strip():
            return value.strip()
    return None


def item_id(item: Node) -> str | None:
    """What its publisher calls it: the identifier, else its address."""
    return text_of(item, "identifier", "sourcedId", "uri")


def ref_of(identity: str) -> str:
    """The identifier itself; one with other characters is written plainly and told apart by a hash."""
    return identity if len(identity) <= LONGEST_REF and _REF.fullmatch(identity) else _plain(identity)


def code_of(text: str) -> str | None:
    """The code that the whole text is."""
    return text if len(text) <= LONGEST_CODE and _CODE.fullmatch(text) else None


def code_from(identity: str) -> str:
    """A code for an item that has none of its own."""
    return code_of(identity) or _plain(identity)


def scheme_of(title: str) -> str:
    """The scheme that a framework is, by its title; other formats derive it alike from the name of a framework."""
    return code_of(title) or slugify(title)


def identifiers_of(*pairs: tuple[str, str | None]) -> list[dict[str, str]]:
    """Those that can be kept."""
    return [{"scheme": scheme, "value": value} for scheme, value in pairs if value and _IDENTIFIER.fullmatch(value)]


def _plain(identity: str) -> str:
    short = _NOT_CODE.sub("-", identity)[:60].strip("._-") or "item"
    return f"{short}-{sha256(identity.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"
