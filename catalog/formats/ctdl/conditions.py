"""Writes requirements as ConditionProfile.

All that stands in one profile must be met, and of `alternativeCondition` one. What a profile cannot hold (a number out of
several, credit sums, grades, how long ago, most facts about a learner) is said in words, which nobody can mistake for less.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from catalog.formats.ctdl.mapping import CONDITION_NAMES, CONDITIONS, LEARNING, MOMENTS, UNKNOWN_LANGUAGE, Around
from catalog.formats.ctdl.nodes import class_of, english, reference, skill, stated, words
from catalog.model.render.rule import rule_of
from catalog.model.rule import TEXT_LENGTH, AllOf, AnyOf, AtLeast, Condition, HasSkill, Holds, Rule, TextRule
from catalog.model.rule_text import render_text
from catalog.model.vocabulary import ConditionKind

UNSHOWN = "…"
"""The title of what cannot be shown."""


def write_conditions(requirements: Iterable[Mapping[str, Any]], around: Around) -> dict[str, list[dict[str, Any]]]:
    """Profiles by property, one for each requirement."""
    found: dict[str, list[dict[str, Any]]] = {}
    for one in requirements:
        name = CONDITION_NAMES[one["kind"]] + MOMENTS[one["at"]]
        told = {"ceterms:name": english(name), "ceterms:description": words(one["original"])}
        found.setdefault(CONDITIONS[one["kind"]], []).append(_profile(rule_of(one["rule"]), around) | stated(told))
    return found


def conjuncts(rule: Rule) -> Iterator[Rule]:
    """What must all be met, with groups written out that are no choice."""
    match rule:
        case AllOf(rules):
            members = rules
        case AtLeast(count, rules) if count == len(rules):
            members = rules
        case AnyOf((only,)):
            members = (only,)
        case AtLeast(1, rules):
            yield AnyOf(rules)
            return
        case _:
            yield rule
            return
    for member in members:
        yield from conjuncts(member)


def _profile(rule: Rule, around: Around) -> dict[str, Any]:
    profile: dict[str, Any] = {"@type": "ceterms:ConditionProfile"}
    for part in conjuncts(rule):
        held = _held(part, around)
        if held and not (_SINGLE & held.keys() & profile.keys()):
            profile |= {name: value if name in _SINGLE else [*profile.get(name, ()), value] for name, value in held.items()}
        else:
            _say(part, profile, around)
    return profile


_SINGLE = frozenset(
    {"ceterms:minimumAge", "ceterms:yearsOfExperience", "ceterms:experience", "ceterms:alternativeCondition"}
)
"""What a profile says once."""


def _held(part: Rule, around: Around) -> dict[str, Any] | None:
    """The properties that say exactly this."""
    match part:
        case Holds(str(credential), None, None) if credential in around:
            cls = class_of(around[credential])
            name = "targetLearningOpportunity" if cls in LEARNING else "targetCredential"
            return {f"ceterms:{name}": reference(around[credential], cls)}
        case HasSkill(identity, None) if identity in around:
            return {"ceterms:targetCompetency": skill(around[identity])}
        case Condition(ConditionKind.AGE, (("minimum", int() | float() as age),)) if age == int(age):
            return {"ceterms:minimumAge": int(age)}
        case Condition(ConditionKind.EXPERIENCE, (("years", int() | float() as years),)):
            return {"ceterms:yearsOfExperience": years}
        case Condition(ConditionKind.EXPERIENCE, (("text", str(nature)), ("years", int() | float() as years))):
            return {"ceterms:yearsOfExperience": years, "ceterms:experience": words(nature)}
        case AnyOf(rules):
            return {"ceterms:alternativeCondition": [_profile(one, around) for one in rules]}
        case _:
            return None


def _say(part: Rule, profile: dict[str, Any], around: Around) -> None:
    def title(identity: Any) -> str:
        texts = around.get(str(identity), {}).get("title") or around.get(str(identity), {}).get("label") or {}
        return str(texts.get("en") or next(iter(texts.values()), UNSHOWN))

    language = UNKNOWN_LANGUAGE if isinstance(part, TextRule) else "en"
    told = profile.setdefault("ceterms:condition", {})
    told.setdefault(language, []).append(render_text(part, title)[:TEXT_LENGTH])
