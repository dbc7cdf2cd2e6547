"""What a listing, or a run of it, is called: by its `@id`, else by the publisher's identifier, code or address.

A ref takes few signs only: where others are replaced, a short hash of the whole keeps two of them apart.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256

from catalog.formats.schema_org.nodes import Node, is_object, text_of
from catalog.formats.schema_org.scope import Scope
from catalog.model.identity import slugify

REF_LENGTH, PART_LENGTH, VALUE_LENGTH, SCHEME_LENGTH = 200, 100, 200, 50
_NOT_REF = re.compile(r"[^A-Za-z0-9._:/-]+")
_NOT_PART = re.compile(r"[^A-Za-z0-9._-]+")
_GLOBAL = re.compile(r"(?:https?://|urn:|tag:|info:|did:)\S+", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z0-9][a-z0-9._-]{0,49}")
_URN = "urn:uuid:"
Pair = dict[str, str]


@dataclass(frozen=True, slots=True)
class Identity:
    """`pointer` is how other records refer to it; `is_made_up` where nothing but the title tells it apart."""

    ref: str | None
    identifiers: list[Pair] = field(default_factory=list)
    pointer: Pair | None = None
    is_made_up: bool = False


def identify(node: Node, scope: Scope, provider: str | None) -> Identity:
    """Who a listing is. `provider` is whose codes its codes are."""
    own = list(_stated_pairs(node, scope, provider))
    address = next((found for one in node.peek("url") if (found := _address(one, scope))), None)
    names: list[tuple[str, Pair | None]] = []
    if whole := global_id(node.id, scope):
        names.append((whole, _pair(_scheme_of(whole), whole)))
    prefix = f"{provider}/" if provider and not scope.reading.told.provider else ""
    names += [(text if _GLOBAL.fullmatch(text) else prefix + text, pair) for text, pair in own if text]
    if address:
        names.append((address, _pair("url", address)))
    identifiers = [pair for _, pair in own if pair]
    if not names:
        title = next((text for one in node.peek("name") if (text := text_of(one))), None)
        return Identity(slugify(title) if title else None, identifiers, is_made_up=True)
    text, pointer = names[0]
    if pointer and pointer not in identifiers:
        identifiers.insert(0, pointer)
    return Identity(_safe(text, _NOT_REF, REF_LENGTH), identifiers, pointer)


def part_ref(node: Node, scope: Scope) -> str | None:
    """What a run is called by its publisher."""
    texts = [global_id(node.id, scope), *(text for text, _ in _stated_pairs(node, scope, None))]
    texts += [_address(one, scope) for one in node.peek("url")]
    text = next((one for one in texts if one), None)
    if text is None:
        return None
    plain = text.partition("://")[2] or text
    return _safe(plain.removeprefix(_URN), _NOT_PART, PART_LENGTH)


def global_id(identity: str | None, scope: Scope) -> str | None:
    """An `@id` that means the same everywhere; `#course` does only where the address of its page is known."""
    if identity is None or identity.startswith("_:"):
        return None
    if _GLOBAL.fullmatch(identity):
        return identity
    return scope.absolute(identity) if scope.base else None


def stated_identifiers(node: Node, scope: Scope) -> list[Pair]:
    """The identifiers that name their scheme."""
    return [pair for _, pair in _stated_pairs(node, scope, None) if pair]


def _stated_pairs(node: Node, scope: Scope, provider: str | None) -> Iterator[tuple[str | None, Pair | None]]:
    """(what may be its ref, identifier) of every identifier and code. A number without a scheme is its provider's own."""
    for one in node.take("identifier"):
        if is_object(one):
            entry = scope.node(one, node.names)
            value = text_of(entry.first("value")) or entry.id
            scheme = text_of(entry.first("propertyID")) or text_of(entry.first("name"))
            yield (None, _pair(_scheme(scheme), value)) if value and scheme else (value, None)
        elif text := text_of(one):
            is_global = bool(_GLOBAL.fullmatch(text))
            yield text, _pair(_scheme_of(text), text) if is_global else _own(provider, "id", text)
    for one in node.take("courseCode"):
        if text := text_of(one):
            yield text, _own(provider, "code", text)


def _own(provider: str | None, what: str, value: str) -> Pair | None:
    return _pair(f"{provider[: SCHEME_LENGTH - 5]}-{what}", value) if provider else None


def _scheme_of(identity: str) -> str:
    return "url" if identity.lower().startswith("http") else "urn" if identity.lower().startswith("urn:") else "uri"


def _scheme(name: str) -> str:
    """Of a registry's address the last word: .../registry/doi is doi."""
    last = name.rstrip("/#").rpartition("/")[2] if "://" in name else name
    return last if _SCHEME.fullmatch(last) else slugify(last)[:SCHEME_LENGTH]


def _pair(scheme: str, value: str) -> Pair | None:
    fits = len(value) <= VALUE_LENGTH and value.isprintable() and not {"<", ">"} & set(value)
    return {"scheme": scheme, "value": value} if fits and _SCHEME.fullmatch(scheme) else None


def _address(value: object, scope: Scope) -> str | None:
    text = text_of(value.get("@id")) if isinstance(value, dict) and is_object(value) else text_of(value)
    return scope.absolute(text) if text else None


def _safe(text: str, unfit: re.Pattern[str], length: int) -> str:
    plain = unfit.sub("-", text).lstrip("-._:/")
    if plain == text and len(text) <= length:
        return text
    digest = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{plain[: length - 9].rstrip('-/')}-{digest}".lstrip("-")
