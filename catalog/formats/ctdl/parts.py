"""Reads what a component asks for as parts of a pathway, and choices among groups as rules.

All conditions of a component must be met. A group (a component that stands for no credential but has conditions of its own)
becomes parts of its own where all of it is asked for, and a rule where it is one of several. What has a name but no
credential behind it becomes `unlisted`, so that nobody takes the list for whole.
"""

from collections.abc import Iterator
from typing import Any

from catalog.formats.ctdl.components import Component, count_beyond, in_fixed_order, read_components
from catalog.formats.ctdl.constraints import Constraints, bounds_in_words, read_constraints, read_number
from catalog.formats.ctdl.graph import Graph
from catalog.formats.ctdl.nodes import stated
from catalog.formats.ctdl.pathway_terms import COUNT, LIMITS, NOT_COUNTED, OR, ORDERS, PICKS, SHARED, WITHIN
from catalog.formats.ctdl.reading import Node, Refused, all_texts, english_text, language_map, targets
from catalog.formats.ctdl.taking import NOTE_LENGTH
from catalog.model.rule import DURATION, MOST_DEPTH, MOST_NODES, TEXT_LENGTH
from catalog.model.shapes import LINE_LENGTH

MOST_PARTS, MOST_ITEMS = 50, 100
Part = dict[str, Any]


class Parts:
    """Of one pathway. Groups may be shared by many, so how often they are written out is counted and bounded."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._left = MOST_NODES

    def of(self, component: Component) -> list[Part]:
        found = list(self._of(component, None, ()))
        if len(found) <= MOST_PARTS:
            return found
        more = {"unlisted": f"{len(found) - MOST_PARTS + 1} further parts; see the source"}
        self._refuse(f"has {len(found)} parts; the first {MOST_PARTS - 1} are taken", "TOO_MANY")
        return [*found[: MOST_PARTS - 1], more]

    def _of(self, component: Component, title: str | None, above: tuple[str, ...]) -> Iterator[Part]:
        inside = (*above, component.key)
        self._left -= 1
        if component.key in above or len(inside) > MOST_DEPTH or self._left < 0:
            self._refuse(f"is too deep, too wide or in a circle at {component.name[:60]!r}", "VALUE_INVALID")
            yield {"title": title, "unlisted": f"what {component.name} asks for; see the source"}
            return
        conditions = [one for one in map(self._graph.node, component.conditions) if limit_kind(one) is None]
        for one in conditions:
            yield from self._part(one, title, inside)
        if not conditions and component.children:
            yield self._leaves(read_components(component.children, self._graph), {"title": title}, NOT_COUNTED)

    def _part(self, condition: Node, title: str | None, inside: tuple[str, ...]) -> Iterator[Part]:
        components = read_components(condition.get("ceterms:targetComponent"), self._graph)
        groups = [one for one in components if one.is_group]
        constraints = read_constraints(condition, self._graph)
        number = self._number(condition)
        part: Part = {
            "title": _title(condition, title),
            **_told(condition),
            "pick": _pick(number, constraints),
            "within": _within(constraints),
        }
        words = [*constraints.words, *(bounds_in_words(left, one) for left, one in constraints.bounds.items())]
        asked = [{"text": one[:TEXT_LENGTH]} for one in words if one]
        nested = [self._rule(one, inside) for one in map(self._graph.node, _nested(condition))]
        if groups and (number or 0) < len(components) and (number is not None or _is_choice(condition)):
            nested.append(self._rule({**condition, "ceterms:hasCondition": [], "ceterms:hasConstraint": []}, inside))
            yield stated({**part, "pick": None, "rule": _all([*nested, *asked])})
            return
        leaves = [one for one in components if not one.is_group]
        if groups:
            part["pick"] = None
        if _is_choice(condition) and number is None and not groups:
            part["pick"] = {"unit": "COUNT", "min": 1}
        if leaves or nested or asked:
            rule = _all([*nested, *asked]) if nested or asked else None
            yield self._leaves(leaves, {**part, "rule": rule}, self._missing(part, leaves, condition))
        for one in groups:
            yield from self._of(one, one.name[:LINE_LENGTH], inside)
        if not (components or nested or asked):
            text = (
                "; ".join(all_texts(condition.get("ceterms:description"))) or "what its condition asks for; see the source"
            )
            yield stated({**part, "unlisted": text[:NOTE_LENGTH]})

    def _leaves(self, leaves: list[Component], part: Part, missing: str | None) -> Part:
        linked = [one for one in leaves if one.link is not None]
        ordered = in_fixed_order(linked, self._graph)
        items: list[Any] = []
        for one in ordered or linked:
            if one.link not in items:
                items.append(one.link)
        unnamed = [one.name for one in leaves if one.link is None]
        if len(items) > MOST_ITEMS:
            self._refuse(f"has {len(items)} items; the first {MOST_ITEMS} are taken", "TOO_MANY")
            unnamed.append(f"{len(items) - MOST_ITEMS} more")
        said = [*unnamed, *([missing] if missing else [])]
        order = "FIXED" if ordered else part.get("order")
        return stated({**part, "order": order, "items": items[:MOST_ITEMS], "unlisted": "; ".join(said)[:NOTE_LENGTH]})

    def _missing(self, part: Part, leaves: list[Component], condition: Node) -> str | None:
        """More is asked for than the file names or we look at, where all of it would otherwise seem to be known."""
        if beyond := count_beyond(condition.get("ceterms:targetComponent")):
            self._refuse(f"has {beyond} components more than are looked at", "TOO_MANY")
            return f"{beyond} more"
        pick = part.get("pick") or {}
        is_short = pick.get("unit") == "COUNT" and pick.get("min", 0) > len(leaves)
        if not is_short or any(one.link is None for one in leaves) or part.get("rule"):
            return None
        return f"{pick['min']:g} are asked for, {len(leaves)} are named"

    def _rule(self, condition: Node, inside: tuple[str, ...]) -> dict[str, Any]:
        members = [
            self._member(one, inside) for one in read_components(condition.get("ceterms:targetComponent"), self._graph)
        ]
        if len(inside) < MOST_DEPTH:
            members += [self._rule(one, (*inside, "")) for one in map(self._graph.node, _nested(condition))]
        found = read_constraints(condition, self._graph)
        words = [*found.words, *(bounds_in_words(left, one) for left, one in found.bounds.items())]
        number = self._number(condition) or (1 if _is_choice(condition) else len(members))
        if number > len(members):
            words.append(f"{number} are asked for, {len(members)} are named")
        if not members:
            told = all_texts(condition.get("ceterms:description")) or all_texts(condition.get("ceterms:name"))
            return _all([{"text": one[:TEXT_LENGTH]} for one in words or told or ["see the source"]])
        rule = members[0] if len(members) == 1 else _chosen(number, members)
        return _all([rule, *({"text": one[:TEXT_LENGTH]} for one in words)])

    def _member(self, component: Component, inside: tuple[str, ...]) -> dict[str, Any]:
        self._left -= 1
        if component.link is not None:
            return {"holds": component.link}
        conditions = [self._graph.node(one) for one in component.conditions]
        is_open = component.key not in inside and len(inside) < MOST_DEPTH - 1 and self._left > 0
        if not conditions or not is_open:
            return {"text": component.name}
        return _all([self._rule(one, (*inside, component.key)) for one in conditions])

    def _number(self, condition: Node) -> int | None:
        value = condition.get("ceterms:requiredNumber")
        if value is None:
            return None
        text = str(value).strip().removesuffix(".0")
        if isinstance(value, bool) or not text.isdecimal() or len(text) > 6:  # noqa: PLR2004 - nobody asks for a million
            self._refuse(f"has a requiredNumber that is no number: {str(value)[:40]!r}", "VALUE_UNREADABLE")
            return None
        return int(text)

    def _refuse(self, message: str, code: str) -> None:
        self._graph.refuse("ceterms:hasCondition", Refused(message, code))


def limit_kind(condition: Node) -> str | None:
    """Which limit a condition is, by its name; None for one that asks for something."""
    name = english_text(language_map(condition.get("ceterms:name")))
    return next((kind for kind, told in LIMITS.items() if told == name), None)


def _nested(condition: Node) -> list[Any]:
    found = condition.get("ceterms:hasCondition")
    return found if isinstance(found, list) else [] if found is None else [found]


def _is_choice(condition: Node) -> bool:
    return any(
        one.rpartition(":")[2].lower() == OR.rpartition(":")[2].lower()
        for one in targets(condition.get("ceterms:logicalOperator"))
    )


def _all(rules: list[dict[str, Any]]) -> dict[str, Any]:
    return rules[0] if len(rules) == 1 else {"all": rules}


def _chosen(number: int, members: list[dict[str, Any]]) -> dict[str, Any]:
    if number >= len(members):
        return {"all": members}
    return {"any": members} if number <= 1 else {"atLeast": number, "of": members}


def _title(condition: Node, title: str | None) -> str | None:
    texts = all_texts(condition.get("ceterms:name"))
    named = texts[0][:LINE_LENGTH] if texts else None
    return f"{title}: {named}"[:LINE_LENGTH] if title and named else title or named


def _told(condition: Node) -> Part:
    """What our own writer says in sentences."""
    text = english_text(language_map(condition.get("ceterms:description")))
    shared = next((value for value, sentence in SHARED.items() if sentence in text), None)
    order = next((value for value, sentence in ORDERS.items() if sentence in text), None)
    return {"order": order, "mayShare": shared}


def _pick(number: int | None, constraints: Constraints) -> Part | None:
    """Takes the bounds that a pick can hold out of the constraints."""
    if number is not None:
        most = _numbers(constraints.bounds.pop(COUNT, {})).get("max")
        return {"unit": "COUNT", "min": number} | ({} if most is None else {"max": most})
    for unit, left in PICKS.items():
        found = _numbers(constraints.bounds.get(left, {}))
        if found:
            del constraints.bounds[left]
            return {"unit": unit, **found}
    return None


def _numbers(bounds: dict[str, str]) -> dict[str, float]:
    read = {name: read_number(text) for name, text in bounds.items()}
    return {name: value for name, value in read.items() if value is not None}


def _within(constraints: Constraints) -> str | None:
    most = constraints.bounds.get(WITHIN, {}).get("max")
    if most is None or not DURATION.fullmatch(most):
        return None
    del constraints.bounds[WITHIN]
    return most
