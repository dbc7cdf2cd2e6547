"""Constraints of conditions: bounds where they are plain numbers, words where they are anything else."""

from dataclasses import dataclass, field
from typing import Any

from catalog.formats.ctdl.graph import Graph
from catalog.formats.ctdl.nodes import stated
from catalog.formats.ctdl.pathway_terms import AT_LEAST, AT_MOST, BOUNDS, CONSTRAINT
from catalog.formats.ctdl.reading import Node, all_texts, several, targets
from catalog.model.rule import TEXT_LENGTH

_JOINED = {"and": " and ", "or": " or ", "not": " not "}


@dataclass(slots=True)
class Constraints:
    """`bounds` by left side: {min, max} as text; `words` say the rest, which stays asked for."""

    bounds: dict[str, dict[str, str]] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)


def write_bounds(left: str, least: str | None, most: str | None) -> list[dict[str, Any]]:
    """One constraint for each bound; the sides are lists of text."""
    pairs = [(AT_LEAST, least), (AT_MOST, most)]
    return [
        {"@type": CONSTRAINT, "ceterms:leftSource": [left], "ceterms:comparator": comparator, "ceterms:rightSource": [value]}
        for comparator, value in pairs
        if value is not None
    ]


def read_constraints(condition: Node, graph: Graph) -> Constraints:
    """Where they are joined by anything but `and` they stay one sentence."""
    found = Constraints()
    nodes = graph.nodes(condition.get("ceterms:hasConstraint"))
    operator = _tail(next(iter(targets(condition.get("ceterms:logicalOperator"))), "and"))
    is_choice = len(nodes) > 1 and (operator != "and" or "ceterms:requiredConstraints" in condition)
    if is_choice:
        joined = _JOINED.get(operator, ", ").join(_sentence(one, graph) for one in nodes)
        number = condition.get("ceterms:requiredConstraints")
        found.words.append((f"{number} of: {joined}" if number else joined)[:TEXT_LENGTH])
        return found
    for one in nodes:
        left, right = targets(one.get("ceterms:leftSource")), targets(one.get("ceterms:rightSource"))
        names = BOUNDS.get(_tail(next(iter(targets(one.get("ceterms:comparator"))), "")))
        is_plain = not (one.get("ceterms:leftAction") or one.get("ceterms:rightAction"))
        if names and is_plain and len(left) == len(right) == 1:
            found.bounds.setdefault(left[0], {}).update(dict.fromkeys(names, right[0]))
        else:
            found.words.append(_sentence(one, graph)[:TEXT_LENGTH])
    return found


def bounds_in_words(left: str, bounds: dict[str, str]) -> str:
    return " and ".join(
        f"{left.rpartition(':')[2]} at {'least' if name == 'min' else 'most'} {one}" for name, one in bounds.items()
    )


def read_number(text: str) -> float | None:
    """A plain number; lengths such as PT10H give their hours."""
    plain = text.removeprefix("PT").removesuffix("H").strip()
    is_number = plain.replace(".", "", 1).isdecimal() and len(plain) < 10  # noqa: PLR2004 - nothing is counted in more
    return float(plain) if is_number else None


def _sentence(constraint: Node, graph: Graph) -> str:
    told = all_texts(constraint.get("ceterms:description")) or all_texts(constraint.get("ceterms:name"))
    if told:
        return told[0]
    parts = [_side(constraint, "left", graph), _tail(next(iter(targets(constraint.get("ceterms:comparator"))), "?"))]
    return " ".join([*parts, _side(constraint, "right", graph)])


def _side(constraint: Node, side: str, graph: Graph) -> str:
    action = next(iter(targets(constraint.get(f"ceterms:{side}Action"))), "")
    values = [_name(one, graph) for one in several(constraint.get(f"ceterms:{side}Source"))]
    return " ".join(one for one in [_tail(action), ", ".join(values)] if one)


def _name(value: Any, graph: Graph) -> str:
    named = stated(dict(graph.node(value)))
    texts = all_texts(named.get("ceterms:name")) or all_texts(named.get("skos:prefLabel")) or targets(value)
    text = texts[0] if texts else "?"
    return text if text.startswith("http") else text.rpartition(":")[2]


def _tail(term: str) -> str:
    return term.rpartition(":")[2].rpartition("/")[2].lower()
