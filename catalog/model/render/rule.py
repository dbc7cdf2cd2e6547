"""Documents of rules: the tree with ids in place of references."""

from collections.abc import Container, Iterator, Mapping
from typing import Any

from catalog.model.links import Targets, link_key
from catalog.model.rule import (
    AllOf,
    AnyOf,
    AtLeast,
    Condition,
    CreditSum,
    HasSkill,
    Holds,
    Rule,
    TextRule,
)
from catalog.model.vocabulary import ConditionKind, RecordType


def render_rule(rule: Rule, targets: Targets) -> dict[str, Any]:
    """`__typename` is the API's type for the node."""
    node: dict[str, Any] = {"__typename": type(rule).__name__}
    match rule:
        case AllOf(rules) | AnyOf(rules):
            return node | {"rules": [render_rule(child, targets) for child in rules]}
        case AtLeast(count, rules):
            return node | {"count": count, "rules": [render_rule(child, targets) for child in rules]}
        case CreditSum(minimum, unit, credentials):
            ids = [targets[link_key(RecordType.CREDENTIAL, credential)] for credential in credentials]
            return node | {"minimum": minimum, "unit": unit, "credentials": ids}
        case Holds(credential, within, min_grade):
            target = targets[link_key(RecordType.CREDENTIAL, credential)]
            return node | {"credential": target, "within": within, "minGrade": min_grade}
        case HasSkill(skill, level):
            return node | {"skill": targets[link_key(RecordType.SKILL, skill)], "level": level}
        case TextRule(text):
            return node | {"_text": text}
        case Condition():
            return node | _condition(rule)


def render_optional_rule(rule: Rule | None, targets: Targets) -> dict[str, Any] | None:
    return None if rule is None else render_rule(rule, targets)


def _condition(rule: Condition) -> dict[str, Any]:
    qualifiers = dict(rule.qualifiers)
    number = next((value for value in qualifiers.values() if isinstance(value, int | float)), None)
    words = [word for value in qualifiers.values() for word in _words(value)]
    return {"kind": str(rule.kind), "minimum": number, "value": words, "_qualifiers": qualifiers}


def _words(value: object) -> list[str]:
    if isinstance(value, tuple):
        return list(value)
    return [value] if isinstance(value, str) else []


HIDDEN = "something that cannot be shown here; ask the provider"


def named_in(node: Mapping[str, Any]) -> Iterator[str]:
    """Ids of the credentials and skills that a rendered rule names."""
    yield from (node[key] for key in ("credential", "skill") if node.get(key))
    yield from node.get("credentials", ())
    for child in node.get("rules", ()):
        yield from named_in(child)


def without_hidden(node: dict[str, Any], shown: Container[str]) -> dict[str, Any]:
    """What names anything else is a rule in words: it is still asked for."""
    single = node.get("credential") or node.get("skill")
    if single is not None and single not in shown:
        return {"__typename": "TextRule", "_text": HIDDEN}
    if any(one not in shown for one in node.get("credentials", ())):
        return {"__typename": "TextRule", "_text": HIDDEN}
    if "rules" in node:
        return node | {"rules": [without_hidden(child, shown) for child in node["rules"]]}
    return node


def flatten(rule: dict[str, Any]) -> list[dict[str, Any]]:
    """The rendered tree in preorder as {id, parentId, rule}."""
    nodes: list[dict[str, Any]] = []

    def visit(node: dict[str, Any], parent: int | None) -> None:
        number = len(nodes)
        nodes.append({"id": number, "parentId": parent, "rule": node, "outcome": None})
        for child in node.get("rules", ()):
            visit(child, number)

    visit(rule, None)
    return nodes


def rule_of(node: dict[str, Any]) -> Rule:
    """The rule that a rendered node stands for, naming things by id."""
    match node["__typename"]:
        case "AllOf":
            return AllOf(tuple(rule_of(child) for child in node["rules"]))
        case "AnyOf":
            return AnyOf(tuple(rule_of(child) for child in node["rules"]))
        case "AtLeast":
            return AtLeast(node["count"], tuple(rule_of(child) for child in node["rules"]))
        case "CreditSum":
            return CreditSum(node["minimum"], node["unit"], tuple(node["credentials"]))
        case "Holds":
            return Holds(node["credential"], node["within"], node["minGrade"])
        case "HasSkill":
            return HasSkill(node["skill"], node["level"])
        case "TextRule":
            return TextRule(node["_text"])
        case _:
            qualifiers = tuple(
                sorted(
                    (key, tuple(value) if isinstance(value, list) else value) for key, value in node["_qualifiers"].items()
                )
            )
            return Condition(ConditionKind(node["kind"]), qualifiers)
