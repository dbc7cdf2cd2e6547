"""Reads ConditionProfiles as requirements; what cannot be taken stays as words, so that nothing gets easier."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from catalog.formats.ctdl.competencies import skill_names
from catalog.formats.ctdl.graph import Graph
from catalog.formats.ctdl.mapping import CONDITION_NAMES, KINDS_OF_CONDITION, MOMENTS
from catalog.formats.ctdl.nodes import stated
from catalog.formats.ctdl.reading import Node, Refused, all_texts, english_text, language_map, several, some_text, types
from catalog.formats.ctdl.skills import read_skill
from catalog.formats.ctdl.taking import NOTE_LENGTH, Taker
from catalog.model.rule import MOST_DEPTH, MOST_NODES, TEXT_LENGTH
from catalog.model.rule_parsing import WORD_LENGTH

_NAMED = {CONDITION_NAMES[kind] + moment: (kind, at) for kind in CONDITION_NAMES for at, moment in MOMENTS.items()}
_TARGETS = ("ceterms:targetCredential", "ceterms:targetLearningOpportunity")
_TOLD = frozenset({"@id", "@type", "ceterms:name", "ceterms:description", "ceterms:subjectWebpage", "ceterms:assertedBy"})
_NO_CONDITION = frozenset(
    f"ceterms:{name}"
    for name in (
        "weight",
        "dateEffective",
        "jurisdiction",
        "identifier",
        "codedNotation",
        "ctid",
        "estimatedCost",
        "commonCosts",
        "estimatedDuration",
    )
)
"""What a profile says beside what it asks for."""
MOST_REQUIREMENTS = 20


def read_requirements(taker: Taker) -> list[dict[str, Any]]:
    """Those of the node itself, then those of the condition manifests that it names."""
    found: list[dict[str, Any]] = []
    manifests = [Taker(one, taker.graph) for one in taker.each("ceterms:commonConditions", taker.graph.node)]
    for one in [taker, *manifests]:
        for name in KINDS_OF_CONDITION:
            found += one.each(name, partial(read_requirement, taker.graph, name))
    if len(found) > MOST_REQUIREMENTS:
        message = f"states {len(found)} requirements; the first {MOST_REQUIREMENTS} are taken"
        taker.refuse("ceterms:requires", Refused(message, "TOO_MANY"))
    return _bounded(found[:MOST_REQUIREMENTS], taker)


def _bounded(requirements: list[dict[str, Any]], taker: Taker) -> list[dict[str, Any]]:
    """A record holds so many rules in all; what is beyond stays asked for, in words."""
    left, found = MOST_NODES, []
    for one in requirements:
        nodes = _count(one["rule"])
        if nodes <= left - MOST_REQUIREMENTS:
            left -= nodes
            found.append(one)
            continue
        taker.refuse("ceterms:requires", Refused(f"has a rule of {nodes} parts, more than a record holds", "TOO_MANY"))
        left -= 1
        found.append(one | {"rule": {"text": one.get("original") or f"{nodes} conditions; see the source"}})
    return found


def _count(rule: dict[str, Any]) -> int:
    groups = [rule[name] for name in ("all", "any", "of") if isinstance(rule.get(name), list)]
    return 1 + sum(_count(one) for group in groups for one in group if isinstance(one, dict))


def read_requirement(graph: Graph, name: str, value: Any) -> dict[str, Any]:
    """The requirement that a value of the property states; what others call `requires` is what it takes to earn it.

    Raises Refused.
    """
    profile = graph.node(value)
    if "ceterms:ConditionProfile" not in types(profile):
        return {"kind": KINDS_OF_CONDITION[name], "rule": _target(value, graph)}
    label = english_text(language_map(profile.get("ceterms:name")))
    kind, at = _NAMED.get(label, (KINDS_OF_CONDITION[name], "COMPLETION" if name == "ceterms:requires" else None))
    original = some_text(language_map(profile.get("ceterms:description")))
    rule = read_rule(profile, graph, 1)
    return stated({"kind": kind, "at": at, "rule": rule, "original": original and original[:NOTE_LENGTH]})


def read_rule(profile: Node, graph: Graph, depth: int) -> dict[str, Any]:
    """The rule as JSON. Raises Refused for a profile that asks for nothing."""
    if depth > MOST_DEPTH:
        raise Refused("conditions are nested too deeply")
    parts = list(_parts(profile, graph, depth))
    if not parts:
        told = some_text(language_map(profile.get("ceterms:description") or profile.get("ceterms:name")))
        if not told:
            raise Refused("a condition that asks for nothing")
        parts = [{"text": told[:TEXT_LENGTH]}]
    return parts[0] if len(parts) == 1 else {"all": parts}


def _parts(profile: Node, graph: Graph, depth: int) -> Iterator[dict[str, Any]]:
    for name, value in profile.items():
        if name in _TARGETS:
            yield from (_target(one, graph) for one in several(value))
        elif name == "ceterms:targetCompetency":
            yield from (_skill(graph.node(one), graph) for one in several(value))
        elif name == "ceterms:minimumAge":
            yield _age(value)
        elif name in ("ceterms:yearsOfExperience", "ceterms:experience"):
            continue
        elif name == "ceterms:condition":
            yield from ({"text": text[:TEXT_LENGTH]} for text in all_texts(value))
        elif name == "ceterms:alternativeCondition":
            yield {"any": [read_rule(graph.node(one), graph, depth + 1) for one in several(value)]}
        elif name in _NO_CONDITION:
            graph.skip(name)
        elif name not in _TOLD:
            graph.skip(name)
            yield {"text": f"{name.partition(':')[2] or name}: {_words(value, graph)}"[:TEXT_LENGTH]}
    yield from _experience(profile)


def _target(value: Any, graph: Graph) -> dict[str, Any]:
    """Holding what is meant; in words where that cannot be told apart from others."""
    try:
        return {"holds": graph.reference(value)}
    except Refused:
        words = _words(value, graph)
        if not words:
            raise
        return {"text": words[:TEXT_LENGTH]}


def _age(value: Any) -> dict[str, Any]:
    number = _number(value)
    return (
        {"text": f"minimum age: {str(value)[:WORD_LENGTH]}"} if number is None else {"condition": "AGE", "minimum": number}
    )


def _experience(profile: Node) -> Iterator[dict[str, Any]]:
    stated_years, text = profile.get("ceterms:yearsOfExperience"), some_text(language_map(profile.get("ceterms:experience")))
    years = _number(stated_years)
    if stated_years is not None and years is None:
        yield {"text": f"years of experience: {str(stated_years)[:WORD_LENGTH]}"}
    if years is not None and text and len(text) <= WORD_LENGTH:
        yield {"condition": "EXPERIENCE", "years": years, "text": text}
        return
    if years is not None:
        yield {"condition": "EXPERIENCE", "years": years}
    if text:
        yield {"text": text[:TEXT_LENGTH]}


def _number(value: Any) -> float | None:
    if isinstance(value, str) and value.strip().isdecimal() and len(value) < 10:  # noqa: PLR2004 - no age is longer
        return int(value)
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return value if is_number and value >= 0 else None


def _skill(node: Node, graph: Graph) -> dict[str, Any]:
    coded = skill_names(node, graph)
    return {"skill": ":".join(coded)} if coded else {"text": some_text(read_skill(node, graph)["label"])}


def _words(value: Any, graph: Graph) -> str:
    """What an unknown condition says, as far as it has words."""
    found = [text for one in several(value) for text in _named(one, graph)]
    return "; ".join(found) or "see the source"


def _named(value: Any, graph: Graph) -> list[str]:
    if not isinstance(value, Mapping):
        return all_texts(graph.node(value).get("ceterms:name")) or [str(value)]
    node = graph.node(value)
    if "schema:value" in node:
        units = [one.rpartition(":")[2] for one in all_texts(node.get("ceterms:creditUnitType"))]
        return [" ".join([str(node["schema:value"]), *units])]
    named = all_texts(node.get("ceterms:name")) or all_texts(node.get("ceterms:targetNodeName"))
    return named or all_texts(node.get("ceterms:description")) or [one for one in [node.get("@id")] if isinstance(one, str)]
