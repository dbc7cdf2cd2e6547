"""The rule algebra: one shape for requirements, pathways, menus and funding. Parse, validate, write back.

A rule is JSON in a Record and a tree of these values inside. There is no negation: a rule can only ask for more.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from catalog.model.shapes import Identifier
from catalog.model.vocabulary import ConditionKind

MOST_DEPTH = 6
MOST_NODES = 200
MOST_VALUES = 50  # of one condition
TEXT_LENGTH = 2_000
DURATION = re.compile(r"^P(?=[0-9])([0-9]+Y)?([0-9]+M)?([0-9]+W)?([0-9]+D)?$")

RuleReference: TypeAlias = str | Identifier
Scalar: TypeAlias = str | float | bool | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AllOf:
    rules: tuple["Rule", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    rules: tuple["Rule", ...]


@dataclass(frozen=True, slots=True)
class AtLeast:
    count: int
    rules: tuple["Rule", ...]


@dataclass(frozen=True, slots=True)
class CreditSum:
    """At least `minimum` of `unit` (a credit unit, or `hours`) among these credentials."""

    minimum: float
    unit: str
    credentials: tuple[RuleReference, ...]


@dataclass(frozen=True, slots=True)
class Holds:
    credential: RuleReference
    within: str | None = None
    min_grade: str | None = None


@dataclass(frozen=True, slots=True)
class HasSkill:
    skill: str
    level: str | None = None


@dataclass(frozen=True, slots=True)
class TextRule:
    """Words that only a person can decide on: always UNKNOWN."""

    text: str


@dataclass(frozen=True, slots=True)
class Condition:
    """A fact about the learner; `qualifiers` are sorted (name, value) pairs such as ("minimum", 19)."""

    kind: ConditionKind
    qualifiers: tuple[tuple[str, Scalar], ...] = ()


Rule: TypeAlias = AllOf | AnyOf | AtLeast | CreditSum | Holds | HasSkill | TextRule | Condition
Group = (AllOf, AnyOf, AtLeast)


def children(rule: Rule) -> tuple[Rule, ...]:
    return rule.rules if isinstance(rule, Group) else ()


def walk(rule: Rule, path: str = "") -> Iterator[tuple[str, Rule]]:
    """Every node in preorder with its path, such as `.all[0].any[2]`."""
    yield path, rule
    for index, child in enumerate(children(rule)):
        yield from walk(child, f"{path}.{_KEY[type(rule)]}[{index}]")


_KEY: dict[type, str] = {AllOf: "all", AnyOf: "any", AtLeast: "of"}


def references(rule: Rule) -> Iterator[tuple[str, str, RuleReference]]:
    """(path, type of thing, reference) of everything that the rule names."""
    for path, node in walk(rule):
        match node:
            case Holds(credential):
                yield f"{path}.holds", "credential", credential
            case CreditSum(credentials=credentials):
                for index, reference in enumerate(credentials):
                    yield f"{path}.from[{index}]", "credential", reference
            case HasSkill(skill):
                yield f"{path}.skill", "skill", skill
            case _:
                pass


def credentials_in(rule: Rule) -> Iterator[str]:
    """The credentials that it names, by id where the rule names things by id; each as often as it stands there."""
    yield from (str(reference) for _, kind, reference in references(rule) if kind == "credential")


def to_json(rule: Rule) -> dict[str, Any]:
    """The JSON that parses back to this rule."""
    match rule:
        case AllOf(rules):
            return {"all": [to_json(child) for child in rules]}
        case AnyOf(rules):
            return {"any": [to_json(child) for child in rules]}
        case AtLeast(count, rules):
            return {"atLeast": count, "of": [to_json(child) for child in rules]}
        case CreditSum(minimum, "hours", credentials):
            return {"hours": minimum, "from": [_reference_json(reference) for reference in credentials]}
        case CreditSum(minimum, unit, credentials):
            return {"credits": minimum, "unit": unit, "from": [_reference_json(reference) for reference in credentials]}
        case Holds(credential, within, min_grade):
            return _stated({"holds": _reference_json(credential), "within": within, "minGrade": min_grade})
        case HasSkill(skill, level):
            return _stated({"skill": skill, "level": level})
        case TextRule(text):
            return {"text": text}
        case Condition(kind, qualifiers):
            stated = {name: list(value) if isinstance(value, tuple) else value for name, value in qualifiers}
            return {"condition": str(kind), **stated}


def _stated(value: dict[str, Any]) -> dict[str, Any]:
    return {key: item for key, item in value.items() if item is not None}


def _reference_json(reference: RuleReference) -> Any:
    return reference if isinstance(reference, str) else reference.model_dump()
