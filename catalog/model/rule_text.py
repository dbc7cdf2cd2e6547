"""Says a rule in words, in English or French."""

# ruff: noqa: E501 - the phrases are a table

from collections.abc import Callable

from catalog.model.rule import (
    AllOf,
    AnyOf,
    AtLeast,
    Condition,
    CreditSum,
    HasSkill,
    Holds,
    Rule,
    RuleReference,
    TextRule,
    children,
)
from catalog.model.vocabulary import ConditionKind

Name = Callable[[RuleReference], str]

PHRASES: dict[str, dict[str, str]] = {
    "en": {
        "and": "and", "or": "or", "at_least": "at least {count} of: {items}", "sum": "at least {minimum:g} {unit} from {items}",
        "within": "{title}, completed within {within}", "grade": "{title} with at least {grade}", "skill": "the skill {skill}",
        "level": "the skill {skill} at level {level}",
        "AGE": "age {minimum} or over", "RESIDENCY": "resident of {place}", "EDUCATION": "education: {level}",
        "LICENCE": "licence {code}", "EXPERIENCE": "{years} years of experience {text}", "EMPLOYMENT": "employment: {status}",
        "CITIZENSHIP": "citizenship: {any}", "LANGUAGE": "{language}: {test} {score}", "BENEFIT": "receives {code}",
        "GRADE_AVERAGE": "grade average of at least {minimum}", "FUNDING_NOT_RECEIVED": "has not received {program}",
    },
    "fr": {
        "and": "et", "or": "ou", "at_least": "au moins {count} parmi : {items}", "sum": "au moins {minimum:g} {unit} parmi {items}",
        "within": "{title}, obtenu depuis moins de {within}", "grade": "{title} avec au moins {grade}",
        "skill": "la compétence {skill}", "level": "la compétence {skill} au niveau {level}",
        "AGE": "{minimum} ans ou plus", "RESIDENCY": "résidence : {place}", "EDUCATION": "scolarité : {level}",
        "LICENCE": "permis {code}", "EXPERIENCE": "{years} ans d'expérience {text}", "EMPLOYMENT": "emploi : {status}",
        "CITIZENSHIP": "citoyenneté : {any}", "LANGUAGE": "{language} : {test} {score}", "BENEFIT": "reçoit {code}",
        "GRADE_AVERAGE": "moyenne d'au moins {minimum}", "FUNDING_NOT_RECEIVED": "n'a pas reçu {program}",
    },
}  # fmt: skip


def render_text(rule: Rule, name: Name, language: str = "en") -> str:
    """One line a person can read; `name` gives the title of a reference. Languages other than fr read English."""
    words = PHRASES["fr" if language.split("-", maxsplit=1)[0] == "fr" else "en"]
    match rule:
        case AllOf(rules):
            return f" {words['and']} ".join(_inside(child, name, language) for child in rules)
        case AnyOf(rules):
            return f" {words['or']} ".join(_inside(child, name, language) for child in rules)
        case AtLeast(count, rules):
            return words["at_least"].format(count=count, items="; ".join(render_text(c, name, language) for c in rules))
        case CreditSum(minimum, unit, credentials):
            return words["sum"].format(minimum=minimum, unit=unit, items=", ".join(name(c) for c in credentials))
        case Holds():
            return _holds(rule, name(rule.credential), words)
        case HasSkill(skill, level):
            return words["level" if level else "skill"].format(skill=name(skill), level=level)
        case TextRule(text):
            return text
        case Condition():
            return _condition(rule, words)


def _inside(rule: Rule, name: Name, language: str) -> str:
    text = render_text(rule, name, language)
    return f"({text})" if len(children(rule)) > 1 else text


def _holds(rule: Holds, title: str, words: dict[str, str]) -> str:
    if rule.within:
        title = words["within"].format(title=title, within=rule.within)
    return words["grade"].format(title=title, grade=rule.min_grade) if rule.min_grade else title


def _condition(rule: Condition, words: dict[str, str]) -> str:
    values = _Blank({key: _value(value) for key, value in rule.qualifiers})
    return " ".join(words[ConditionKind(rule.kind)].format_map(values).split())


def _value(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(value)
    return f"{value:g}" if isinstance(value, float) else str(value)


class _Blank(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return ""
