"""What the withdrawal of credentials would break, and what would only lose a choice: looked at before it is done."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import inf
from typing import Any

from sqlalchemy import Connection, select

from catalog.model.bulk import chunks, table_of
from catalog.model.documents import Document, load_documents
from catalog.model.render.rule import rule_of
from catalog.model.rule import AllOf, AnyOf, AtLeast, CreditSum, HasSkill, Holds, Rule, credentials_in
from catalog.model.tables import ReferenceRow, RuleReferenceRow
from catalog.model.viewer import Everything
from catalog.model.vocabulary import PickUnit
from catalog.pathways.course import HARD, Courses

COMPONENTS = "components"


class Effect(StrEnum):
    """BREAKS: it could no longer be met. LOSES: a choice less, and still it can."""

    BREAKS = "BREAKS"
    LOSES = "LOSES"


@dataclass(frozen=True, slots=True)
class Impact:
    """`place` is the path inside the thing, such as `parts[core]`, `requirements[0].rule` or `award`."""

    thing: str
    type: str
    slug: str
    place: str
    effect: Effect
    credential: str
    """What would be missed there."""


POINTING = (table_of(ReferenceRow).c, table_of(RuleReferenceRow).c)
"""Where it stands what points at what."""


def find_impact(connection: Connection, withdrawn: Iterable[str], courses: Courses) -> list[Impact]:
    """Everything published that names one of them, in the order of slugs."""
    gone = frozenset(withdrawn)
    pointing: set[str] = set()
    for table in POINTING:
        for chunk in chunks(sorted(gone)):
            pointing |= set(connection.scalars(select(table.thing).where(table.target.in_(chunk))))
    documents = load_documents(connection, sorted(pointing - gone), Everything())
    found = [one for document in documents.values() for one in _impacts(document, gone, courses)]
    return sorted(found, key=lambda one: (one.effect, one.slug, one.place))


def _impacts(document: Document, gone: frozenset[str], courses: Courses) -> Iterator[Impact]:
    for place, effect, credential in _places(document, gone, courses):
        yield Impact(document["id"], document["__typename"], document["slug"], place, effect, credential)


def _places(document: Document, gone: frozenset[str], courses: Courses) -> Iterator[tuple[str, Effect, str]]:
    if document.get("award") in gone:
        yield "award", Effect.BREAKS, document["award"]
    match document["__typename"]:
        case "Credential":
            yield from _credential(document, gone, courses)
        case "Pathway":
            for part in document["parts"]:
                yield from _part(part, gone, courses)
        case "Menu":
            for section in document["sections"]:
                yield from _items(f"sections[{section['ref']}]", section, gone, courses)
        case "FundingProgram":
            yield from (("designations", Effect.LOSES, one) for one in document["designations"] if one in gone)
            yield from _rule("rule", document["rule"], gone, courses)
        case "Recognition":
            yield from ((end, Effect.BREAKS, document[end]) for end in ("from", "to") if document[end] in gone)
        case "Equivalence":
            left = [one for one in document["members"] if one not in gone]
            effect = Effect.BREAKS if len(left) == 1 else Effect.LOSES
            yield from (("members", effect, one) for one in document["members"] if one in gone)


def _credential(document: Document, gone: frozenset[str], courses: Courses) -> Iterator[tuple[str, Effect, str]]:
    yield from ((COMPONENTS, Effect.BREAKS, one) for one in document["components"] if one in gone)
    for index, one in enumerate(document["requirements"]):
        yield from _rule(f"requirements[{index}].rule", one["rule"], gone, courses, is_hard=one["kind"] in HARD)


def _part(part: dict[str, Any], gone: frozenset[str], courses: Courses) -> Iterator[tuple[str, Effect, str]]:
    place = f"parts[{part['ref']}]"
    yield from _items(place, part, gone, courses)
    yield from _rule(f"{place}.rule", part["rule"], gone, courses)


def _items(place: str, part: Mapping[str, Any], gone: frozenset[str], courses: Courses) -> Iterator[tuple[str, Effect, str]]:
    """A part that leaves something unnamed may be met by what is not listed; an equivalent takes an item's place."""
    lost = [one for one in part["items"] if one in gone]
    left = [one for one in part["items"] if not gone.issuperset(courses.same_as(one))]
    effect = Effect.LOSES if part.get("unlisted") or _suffices(part, left, courses) else Effect.BREAKS
    yield from ((f"{place}.items", effect, one) for one in lost)


def _suffices(part: Mapping[str, Any], left: list[str], courses: Courses) -> bool:
    pick = part["pick"]
    if pick is None:
        return len(left) == len(part["items"])
    if not left:
        return not part["items"] or (pick["min"] or 0) == 0
    if pick["unit"] == PickUnit.COUNT:
        return len(left) >= (pick["min"] or 0)
    amounts = [_amount(one, pick["unit"], courses) for one in left]
    return sum(amounts) >= (pick["min"] or 0)


def _amount(credential: str, unit: str, courses: Courses) -> float:
    """At most; what nobody counts may be enough."""
    course = courses.course(credential)
    if course is None:
        return inf
    most = course.hours[1] if unit == PickUnit.HOURS else course.credit and course.credit[0]
    return inf if most is None else most


def _rule(
    place: str, rendered: dict[str, Any] | None, gone: frozenset[str], courses: Courses, *, is_hard: bool = True
) -> Iterator[tuple[str, Effect, str]]:
    if rendered is None:
        return
    rule = rule_of(rendered)
    effect = Effect.LOSES if not is_hard or can_be_met(rule, gone, courses) else Effect.BREAKS
    yield from ((place, effect, one) for one in dict.fromkeys(credentials_in(rule)) if one in gone)


def can_be_met(rule: Rule, gone: frozenset[str], courses: Courses) -> bool:
    """Whether anybody could still meet it who does not hold what is gone; facts and skills can be had otherwise."""
    match rule:
        case AllOf(rules):
            return all(can_be_met(one, gone, courses) for one in rules)
        case AnyOf(rules):
            return any(can_be_met(one, gone, courses) for one in rules)
        case AtLeast(count, rules):
            return sum(can_be_met(one, gone, courses) for one in rules) >= count
        case Holds(credential):
            return not gone.issuperset(courses.same_as(str(credential)))
        case CreditSum(minimum, unit, credentials):
            return most_of(unit, [str(one) for one in credentials if str(one) not in gone], courses) >= minimum
        case HasSkill() | _:
            return True


def most_of(unit: str, credentials: Iterable[str], courses: Courses) -> float:
    """The most that they can add up to: what nobody counts, or nobody knows, may be any amount."""
    total = 0.0
    for one in credentials:
        course = courses.course(one)
        most = course.amount(unit)[1] if course else None
        total += inf if most is None else most
    return total
