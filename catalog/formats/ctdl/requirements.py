"""Reads ConditionProfiles as requirements; what cannot be taken stays as words, so that nothing gets easier."""

from collections.abc import Iterator, Mapping
from typing import Any

from catalog.formats.ctdl.graph import Graph
from catalog.formats.ctdl.mapping import CONDITION_NAMES, KINDS_OF_CONDITION, MOMENTS
from catalog.formats.ctdl.reading import Node, Refused, all_texts, language_map, several, some_text, types
from catalog.formats.ctdl.skills import find_code, read_skill
from catalog.model.rule import MOST_DEPTH, TEXT_LENGTH

_NAMED = {CONDITION_NAMES[kind] + moment: (kind, at) for kind in CONDITION_NAMES for at, moment in MOMENTS.items()}
_TARGETS = ("ceterms:targetCredential", "ceterms:targetLearningOpportunity")
_TOLD = frozenset({"@id", "@type", "ceterms:name", "ceterms:description", "ceterms:subjectWebpage", "ceterms:assertedBy"})


def read_requirement(graph: Graph, name: str, value: Any) -> dict[str, Any]:
    """The requirement that a value of the property states; what others call `requires` is what it takes to earn it.

    Raises Refused.
    """
    profile = graph.node(value)
    if "ceterms:ConditionProfile" not in types(profile):
        return {"kind": KINDS_OF_CONDITION[name], "rule": {"holds": graph.reference(value)}}
    label = language_map(profile.get("ceterms:name")).get("en", "")
    kind, at = _NAMED.get(label, (KINDS_OF_CONDITION[name], "COMPLETION" if name == "ceterms:requires" else None))
    original = some_text(language_map(profile.get("ceterms:description")))
    found = {"kind": kind, "at": at, "rule": read_rule(profile, graph, 1), "original": original}
    return {key: one for key, one in found.items() if one is not None}


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
            yield from ({"holds": graph.reference(one)} for one in several(value))
        elif name == "ceterms:targetCompetency":
            yield from (_skill(one) for one in several(value))
        elif name == "ceterms:minimumAge":
            yield {"condition": "AGE", "minimum": _number(value)}
        elif name in ("ceterms:yearsOfExperience", "ceterms:experience"):
            continue
        elif name == "ceterms:condition":
            yield from ({"text": text[:TEXT_LENGTH]} for text in all_texts(value))
        elif name == "ceterms:alternativeCondition":
            yield {"any": [read_rule(graph.node(one), graph, depth + 1) for one in several(value)]}
        elif name not in _TOLD:
            graph.skip(name)
            yield {"text": f"{name.partition(':')[2] or name}: {_words(value, graph)}"[:TEXT_LENGTH]}
    yield from _experience(profile)


def _experience(profile: Node) -> Iterator[dict[str, Any]]:
    years, text = profile.get("ceterms:yearsOfExperience"), some_text(language_map(profile.get("ceterms:experience")))
    if years is not None:
        yield {"condition": "EXPERIENCE", "years": _number(years)} | ({"text": text} if text else {})
    elif text:
        yield {"text": text[:TEXT_LENGTH]}


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Refused(f"{str(value)[:40]!r} is no number")
    return value


def _skill(value: Any) -> dict[str, Any]:
    coded = find_code(value)
    return {"skill": ":".join(coded)} if coded else {"text": some_text(read_skill(value)["label"])}


def _words(value: Any, graph: Graph) -> str:
    """What an unknown condition says, as far as it has words."""
    found = [text for one in several(value) for text in _named(one, graph)]
    return "; ".join(found) or "see the source"


def _named(value: Any, graph: Graph) -> list[str]:
    if isinstance(value, Mapping):
        node = graph.node(value)
        return all_texts(node.get("ceterms:name")) or all_texts(node.get("ceterms:description"))
    return [str(value)]
