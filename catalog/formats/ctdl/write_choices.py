"""Writes the rule of a pathway's part as a condition; what a component cannot stand for is one with words only."""

from typing import Any, Protocol

from catalog.formats.ctdl.mapping import Around
from catalog.formats.ctdl.nodes import stated
from catalog.formats.ctdl.pathway_terms import AND, CONDITION, OR
from catalog.model.rule import TEXT_LENGTH, AllOf, AnyOf, AtLeast, Holds, Rule, TextRule
from catalog.model.rule_text import render_text

UNSHOWN = "…"


class Maker(Protocol):
    around: Around

    def of_credential(self, place: str, identity: str | None, more: dict[str, Any] | None = None) -> str: ...

    def of_words(self, place: str, text: str, more: dict[str, Any] | None = None, *, is_english: bool = False) -> str: ...


def write_choice(rule: Rule, place: str, maker: Maker) -> dict[str, Any]:
    """A ComponentCondition: all of its members, any of them, or so many."""
    match rule:
        case AllOf(rules):
            asked: dict[str, Any] = {"ceterms:logicalOperator": AND}
        case AnyOf(rules):
            asked = {"ceterms:logicalOperator": OR}
        case AtLeast(count, rules):
            asked = {"ceterms:requiredNumber": count}
        case _:
            rules, asked = (rule,), {}
    plain = [(index, one) for index, one in enumerate(rules) if not isinstance(one, AllOf | AnyOf | AtLeast)]
    groups = [(index, one) for index, one in enumerate(rules) if isinstance(one, AllOf | AnyOf | AtLeast)]
    targets = [_member(one, f"{place}/{index}", maker) for index, one in plain]
    nested = [write_choice(one, f"{place}/{index}", maker) for index, one in groups]
    condition = {"@type": CONDITION, **asked, "ceterms:targetComponent": targets, "ceterms:hasCondition": nested}
    return stated(condition)


def _member(rule: Rule, place: str, maker: Maker) -> str:
    match rule:
        case Holds(str(identity), None, None) if identity in maker.around:
            return maker.of_credential(place, identity)
        case TextRule(text):
            return maker.of_words(place, text)
        case _:
            return maker.of_words(place, render_text(rule, lambda one: _title(one, maker))[:TEXT_LENGTH], is_english=True)


def _title(identity: Any, maker: Maker) -> str:
    known = maker.around.get(str(identity), {})
    texts = known.get("title") or known.get("label") or {}
    return str(texts.get("en") or next(iter(texts.values()), UNSHOWN))
