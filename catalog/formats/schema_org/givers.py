"""Who offers a listing, and who stands beside; people are never read."""

from collections.abc import Iterator

from catalog.formats.schema_org.nodes import Node, is_object, text_of
from catalog.formats.schema_org.scope import Scope
from catalog.model.identity import slugify


def provider_slug(node: Node, owner: Node | None, scope: Scope) -> str | None:
    """Whose listing it is, without saying anything about it yet."""
    name = next((name for name, _ in _named(node, owner, scope)), None)
    return scope.reading.told.provider or (slugify(name) if name else None)


def read_givers(node: Node, owner: Node | None, scope: Scope) -> dict[str, object]:
    """Provider and partnerships. The first organisation named is the provider, or stands for whom the sender speaks for."""
    named = list(_named(node, owner, scope))
    name, address = named[0] if named else (None, None)
    provider = scope.reading.provider(name, address)
    _leave(node, scope)
    joint = [{"role": "CO_PROVIDER", **_partner(other, url, scope)} for other, url in named[1:]]
    recognizing = [{"role": "RECOGNIZER", "text": name} for name, _ in _organizations(node, "recognizedBy", scope)]
    if provider is None:
        hint = "give it a provider with a name, or say for which institution the file speaks"
        scope.reading.fail("FIELD_MISSING", "the listing names nobody who offers it", "provider", hint=hint)
    return {"provider": provider, "partnerships": scope.capped("partnerships", [*joint, *recognizing], 20)}


def _leave(node: Node, scope: Scope) -> None:
    for name in ("provider", "recognizedBy"):
        for one in node.peek(name):
            giver = scope.node(one, node.names) if is_object(one) else None
            if giver and "Person" in giver.types:
                scope.reading.drop(name)
            elif giver:
                for known in ("name", "url", "sameAs"):
                    giver.take(known)
                scope.leave(giver, f"{name}.")


def _named(node: Node, owner: Node | None, scope: Scope) -> Iterator[tuple[str, str | None]]:
    found = list(_organizations(node, "provider", scope))
    yield from found or ([one for one in [_name(owner, scope)] if one] if owner else [])


def _organizations(node: Node, name: str, scope: Scope) -> Iterator[tuple[str, str | None]]:
    for one in node.take(name):
        giver = scope.node(one, node.names) if is_object(one) or text_of(one) is None else None
        if giver is None:
            text = str(text_of(one))
            known = scope.node(text, node.names) if "/" in text or text.startswith("#") else None
            found = (_name(known, scope) if known else None) or (None if "://" in text else (text[:300], None))
        else:
            found = _name(giver, scope)
        if found:
            yield found


def _name(giver: Node, scope: Scope) -> tuple[str, str | None] | None:
    if "Person" in giver.types:
        return None
    name = next((text for one in giver.take("name") if (text := text_of(one))), None)
    addresses = [*giver.take("url"), *giver.take("sameAs"), {"@id": giver.id}]
    texts = (text_of(one.get("@id")) if is_object(one) else text_of(one) for one in addresses)
    return (name[:300], next((found for one in texts if one and (found := scope.absolute(one))), None)) if name else None


def _partner(name: str, address: str | None, scope: Scope) -> dict[str, str | None]:
    """As a reference where each provider is known by its name; else, beside an institution that was told, in words."""
    if scope.reading.told.provider:
        return {"text": name}
    return {"institution": scope.reading.provider(name, address)}
