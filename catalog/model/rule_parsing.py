"""Reads a rule from JSON, strictly, with the path of whatever is wrong."""

import math
from collections.abc import Callable
from typing import Any

from pydantic import ValidationError

from catalog.model.cleaning import clean_text
from catalog.model.rule import (
    DURATION,
    MOST_DEPTH,
    MOST_NODES,
    MOST_VALUES,
    TEXT_LENGTH,
    AllOf,
    AnyOf,
    AtLeast,
    Condition,
    CreditSum,
    HasSkill,
    Holds,
    Rule,
    RuleReference,
    Scalar,
    TextRule,
)
from catalog.model.shapes import REFERENCE, Identifier
from catalog.model.vocabulary import ConditionKind, CreditUnit

WORD_LENGTH = 200
KEYS: dict[str, frozenset[str]] = {
    "all": frozenset({"all"}),
    "any": frozenset({"any"}),
    "atLeast": frozenset({"atLeast", "of"}),
    "credits": frozenset({"credits", "unit", "from"}),
    "hours": frozenset({"hours", "from"}),
    "holds": frozenset({"holds", "within", "minGrade"}),
    "skill": frozenset({"skill", "level"}),
    "text": frozenset({"text"}),
    "condition": frozenset({"condition"}),
}
QUALIFIERS: dict[ConditionKind, dict[str, type]] = {
    ConditionKind.AGE: {"minimum": float},
    ConditionKind.RESIDENCY: {"place": str},
    ConditionKind.EDUCATION: {"level": str},
    ConditionKind.LICENCE: {"scheme": str, "code": str},
    ConditionKind.EXPERIENCE: {"years": float, "text": str},
    ConditionKind.EMPLOYMENT: {"status": str},
    ConditionKind.CITIZENSHIP: {"any": list},
    ConditionKind.LANGUAGE: {"language": str, "test": str, "score": float},
    ConditionKind.BENEFIT: {"code": str},
    ConditionKind.GRADE_AVERAGE: {"minimum": float},
    ConditionKind.FUNDING_NOT_RECEIVED: {"program": str},
}


class RuleInvalid(ValueError):
    """A rule that cannot be read; `path` leads from the rule's root to the fault."""

    def __init__(self, path: str, message: str) -> None:
        self.path = path
        super().__init__(f"rule{path}: {message}")


def parse_rule(value: Any) -> Rule:
    """Raises RuleInvalid."""
    return _Parser().parse(value, "", 1)


class _Parser:
    def __init__(self) -> None:
        self.nodes = 0

    def parse(self, value: Any, path: str, depth: int) -> Rule:
        self.nodes += 1
        if depth > MOST_DEPTH:
            raise RuleInvalid(path, f"is nested deeper than {MOST_DEPTH} levels")
        self._hold(path)
        if not isinstance(value, dict):
            raise RuleInvalid(path, 'must be an object such as {"holds": "institution/credential"}')
        # a condition's qualifiers may be called `text` or `any`, so its own key decides first
        kinds = ["condition"] if "condition" in value else [key for key in KEYS if key in value]
        if len(kinds) != 1:
            raise RuleInvalid(path, f"must have exactly one of {', '.join(KEYS)}")
        kind = kinds[0]
        if kind != "condition" and (unknown := sorted(set(value) - KEYS[kind])):
            raise RuleInvalid(path, f"does not know {unknown[0]!r} beside {kind!r}")
        readers: dict[str, Callable[[dict[str, Any], str, int], Rule]] = {
            "all": lambda v, p, d: AllOf(self._group(v["all"], f"{p}.all", d)),
            "any": lambda v, p, d: AnyOf(self._group(v["any"], f"{p}.any", d)),
            "atLeast": self._at_least,
            "credits": _credits,
            "hours": _credits,
            "holds": _holds,
            "skill": _skill,
            "text": _text,
            "condition": _condition,
        }
        rule = readers[kind](value, path, depth)
        if isinstance(rule, CreditSum):
            self.nodes += len(rule.credentials)
            self._hold(path)
        return rule

    def _hold(self, path: str) -> None:
        if self.nodes > MOST_NODES:
            raise RuleInvalid(path, f"has more than {MOST_NODES} nodes, credentials to count credit from among them")

    def _group(self, value: Any, path: str, depth: int) -> tuple[Rule, ...]:
        if not isinstance(value, list) or not value:
            raise RuleInvalid(path, "must be a list of at least one rule")
        return tuple(self.parse(item, f"{path}[{index}]", depth + 1) for index, item in enumerate(value))

    def _at_least(self, value: dict[str, Any], path: str, depth: int) -> Rule:
        rules = self._group(value.get("of"), f"{path}.of", depth)
        count = value["atLeast"]
        if not isinstance(count, int) or isinstance(count, bool) or not 1 <= count <= len(rules):
            raise RuleInvalid(f"{path}.atLeast", f"must be a whole number from 1 to {len(rules)}")
        return AtLeast(count, rules)


def _credits(value: dict[str, Any], path: str, _depth: int) -> Rule:
    kind = "credits" if "credits" in value else "hours"
    minimum = _number(value[kind], f"{path}.{kind}")
    unit = value.get("unit") if kind == "credits" else "hours"
    if kind == "credits" and not (isinstance(unit, str) and unit in set(CreditUnit)):
        raise RuleInvalid(f"{path}.unit", f"must be one of {', '.join(CreditUnit)}")
    items = value.get("from")
    if not isinstance(items, list) or not items:
        raise RuleInvalid(f"{path}.from", "must be a list of at least one reference")
    if len(items) > MOST_NODES:
        raise RuleInvalid(f"{path}.from", f"has more than {MOST_NODES} references")
    return CreditSum(minimum, str(unit), tuple(_reference(item, f"{path}.from[{i}]") for i, item in enumerate(items)))


def _holds(value: dict[str, Any], path: str, _depth: int) -> Rule:
    within = value.get("within")
    if within is not None and not (isinstance(within, str) and DURATION.fullmatch(within)):
        raise RuleInvalid(f"{path}.within", "must be an ISO 8601 duration in whole days or more, such as P2Y")
    grade = value.get("minGrade")
    return Holds(
        _reference(value["holds"], f"{path}.holds"), within, None if grade is None else _word(grade, f"{path}.minGrade")
    )


def _skill(value: dict[str, Any], path: str, _depth: int) -> Rule:
    skill = value["skill"]
    if not isinstance(skill, str) or not all(skill.partition(":")):
        raise RuleInvalid(f"{path}.skill", 'must be "scheme:code"')
    level = value.get("level")
    return HasSkill(_word(skill, f"{path}.skill"), None if level is None else _word(level, f"{path}.level"))


def _text(value: dict[str, Any], path: str, _depth: int) -> Rule:
    text = value["text"]
    if not isinstance(text, str) or len(text) > TEXT_LENGTH or not clean_text(text):
        raise RuleInvalid(f"{path}.text", f"must be text of 1 to {TEXT_LENGTH} characters")
    return TextRule(clean_text(text))


def _condition(value: dict[str, Any], path: str, _depth: int) -> Rule:
    kind = value["condition"]
    if not isinstance(kind, str) or kind not in set(ConditionKind):
        raise RuleInvalid(f"{path}.condition", f"must be one of {', '.join(ConditionKind)}")
    allowed = QUALIFIERS[ConditionKind(kind)]
    given = {key: item for key, item in value.items() if key != "condition"}
    if unknown := sorted(set(given) - set(allowed)):
        raise RuleInvalid(path, f"does not know {unknown[0]!r} for {kind}: it takes {', '.join(allowed)}")
    pairs = [(key, _qualifier(item, allowed[key], f"{path}.{key}")) for key, item in given.items()]
    return Condition(ConditionKind(kind), tuple(sorted(pairs)))


def _qualifier(value: Any, wanted: type, path: str) -> Scalar:
    if wanted is float:
        return _number(value, path)
    if wanted is str:
        return _word(value, path)
    if not isinstance(value, list) or not value:
        raise RuleInvalid(path, "must be a list of at least one value")
    if len(value) > MOST_VALUES:
        raise RuleInvalid(path, f"has more than {MOST_VALUES} values")
    return tuple(_word(item, f"{path}[{index}]") for index, item in enumerate(value))


def _reference(value: Any, path: str) -> RuleReference:
    if isinstance(value, str) and REFERENCE.fullmatch(value):
        return value
    try:
        return Identifier.model_validate(value)
    except ValidationError:
        raise RuleInvalid(path, "must be a reference: institution/local or {scheme, value}") from None


def _number(value: Any, path: str) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool) or not math.isfinite(value) or value < 0:
        raise RuleInvalid(path, "must be a number of at least 0")
    return value


def _word(value: Any, path: str) -> str:
    if not isinstance(value, str) or len(value) > WORD_LENGTH or not any(map(str.isprintable, clean_text(value))):
        raise RuleInvalid(path, f"must be text of 1 to {WORD_LENGTH} characters")
    return clean_text(value)
