"""Rules in words, and their trees laid flat."""

from collections.abc import Iterator, Sequence
from typing import Any

from catalog.model.render.rule import flatten, rule_of
from catalog.model.rule_text import render_text
from catalog.schema.context import RequestContext
from catalog.schema.fields import pick_language

HIDDEN = "something that cannot be shown here; ask the provider"


def of_credentials(parents: Sequence[Any], context: RequestContext) -> list[list[Any]]:
    """What a viewer may not see, or is there no more, is a rule in words: it is still asked for."""
    rules = [requirement["rule"] for parent in parents for requirement in parent["requirements"]]
    shown = context.documents(one for rule in rules for one in _named(rule))
    return [
        [requirement | {"rule": _without_hidden(requirement["rule"], shown)} for requirement in parent["requirements"]]
        for parent in parents
    ]


def optional_rule(parents: Sequence[Any], context: RequestContext) -> list[Any]:
    """The rule under `rule`, likewise."""
    rules = [parent["rule"] for parent in parents]
    shown = context.documents(one for rule in rules if rule for one in _named(rule))
    return [rule and _without_hidden(rule, shown) for rule in rules]


def _without_hidden(node: dict[str, Any], shown: dict[str, Any]) -> dict[str, Any]:
    single = node.get("credential") or node.get("skill")
    if single is not None and single not in shown:
        return {"__typename": "TextRule", "_text": HIDDEN}
    if any(one not in shown for one in node.get("credentials", ())):
        return {"__typename": "TextRule", "_text": HIDDEN}
    if "rules" in node:
        return node | {"rules": [_without_hidden(child, shown) for child in node["rules"]]}
    return node


def rule_text(parents: Sequence[Any], context: RequestContext, language: str | None = None) -> list[str]:
    """The titles of all credentials and skills that the rules name are read at once."""
    ids = {one for parent in parents for one in _named(parent)}
    titles = {one: _title(document, language) for one, document in context.documents(ids).items()}
    return [render_text(rule_of(parent), lambda one: titles.get(str(one), "…"), language or "en") for parent in parents]


def requirement_text(parents: Sequence[Any], context: RequestContext, language: str | None = None) -> list[str]:
    return rule_text([parent["rule"] for parent in parents], context, language)


def requirement_nodes(parents: Sequence[Any], _context: RequestContext) -> list[list[Any]]:
    return [flatten(parent["rule"]) for parent in parents]


def _named(node: dict[str, Any]) -> Iterator[str]:
    yield from (node[key] for key in ("credential", "skill") if node.get(key))
    yield from node.get("credentials", ())
    for child in node.get("rules", ()):
        yield from _named(child)


def _title(document: dict[str, Any], language: str | None) -> str:
    return pick_language(document.get("title") or document.get("label"), language) or str(document["slug"])
