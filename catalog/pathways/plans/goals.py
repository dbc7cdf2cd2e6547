"""What must be obtained, as parts of a program. Reads rendered pathways and menus."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from catalog.model.render.rule import rule_of
from catalog.model.vocabulary import PartOrder
from catalog.pathways.course import Courses
from catalog.pathways.plans.problem import Part, Program
from catalog.pathways.programs.amounts import bounds_of, need_of


def one_of(credentials: Iterable[str]) -> Part:
    """Any of them will do, and may count elsewhere too."""
    items = tuple(dict.fromkeys(credentials))
    return Part(items, 1.0, dict.fromkeys(items, 1.0), may_share=True)


def all_of(credentials: Iterable[str]) -> Part:
    items = tuple(dict.fromkeys(credentials))
    return Part(items, float(len(items)), dict.fromkeys(items, 1.0))


def program_of(parts: Iterable[Mapping[str, Any]], courses: Courses) -> Program:
    """A pathway's parts or a menu's sections, as far as they are named; what is not, `unnamed` says."""
    return Program(tuple(_part(one, courses) for one in parts))


def _part(part: Mapping[str, Any], courses: Courses) -> Part:
    need = need_of(part)
    amounts = {item: bounds_of(item, need.unit, courses)[0] for item in part["items"]}
    least = min(need.least, sum(amounts.values())) if part.get("unlisted") else need.least
    if part.get("rule") and not part["items"]:
        least = 0.0  # the rule says it all
    return Part(
        tuple(part["items"]),
        least,
        amounts,
        is_fixed=part.get("order") == PartOrder.FIXED and part["pick"] is None,
        within=part.get("within"),
        may_share=bool(part.get("mayShare")),
        rule=rule_of(part["rule"]) if part.get("rule") else None,
    )


def unnamed(parts: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """What a plan cannot hold because its source does not name it."""
    for number, part in enumerate(parts, 1):
        if part.get("unlisted"):
            yield f"{part['title'] or f'part {number}'}: {part['unlisted']}"
