"""Rules in words, and their trees laid flat."""

from collections.abc import Sequence
from typing import Any

from catalog.model.render.rule import flatten, named_in, rule_of, without_hidden
from catalog.model.rule_text import render_text
from catalog.schema.context import RequestContext
from catalog.schema.fields import pick_language


def of_credentials(parents: Sequence[Any], context: RequestContext) -> list[list[Any]]:
    """What a viewer may not see, or is there no more, is a rule in words: it is still asked for."""
    rules = [requirement["rule"] for parent in parents for requirement in parent["requirements"]]
    shown = context.documents(one for rule in rules for one in named_in(rule))
    return [
        [requirement | {"rule": without_hidden(requirement["rule"], shown)} for requirement in parent["requirements"]]
        for parent in parents
    ]


def optional_rule(parents: Sequence[Any], context: RequestContext) -> list[Any]:
    """The rule under `rule`, likewise."""
    rules = [parent["rule"] for parent in parents]
    shown = context.documents(one for rule in rules if rule for one in named_in(rule))
    return [rule and without_hidden(rule, shown) for rule in rules]


def rule_text(parents: Sequence[Any], context: RequestContext, language: str | None = None) -> list[str]:
    """The titles of all credentials and skills that the rules name are read at once."""
    ids = {one for parent in parents for one in named_in(parent)}
    titles = {one: _title(document, language) for one, document in context.documents(ids).items()}
    return [render_text(rule_of(parent), lambda one: titles.get(str(one), "…"), language or "en") for parent in parents]


def requirement_text(parents: Sequence[Any], context: RequestContext, language: str | None = None) -> list[str]:
    return rule_text([parent["rule"] for parent in parents], context, language)


def requirement_nodes(parents: Sequence[Any], _context: RequestContext) -> list[list[Any]]:
    return [flatten(parent["rule"]) for parent in parents]


def _title(document: dict[str, Any], language: str | None) -> str:
    return pick_language(document.get("title") or document.get("label"), language) or str(document["slug"])
