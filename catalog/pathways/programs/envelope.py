"""What a pathway takes at least and at most, from what is offered now; what is not known is named, never filled in."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeAlias

from catalog.model.vocabulary import PartOrder, PickUnit
from catalog.pathways.course import Courses
from catalog.pathways.programs.amounts import Bounds as Brings
from catalog.pathways.programs.amounts import Need, bounds_of, credit_units, need_of
from catalog.pathways.programs.choosing import Amount, enough, greatest, least
from catalog.pathways.programs.finishing import Calendar, Run
from catalog.pathways.programs.progress import limits_in_words

Bounds: TypeAlias = tuple[Amount | None, Amount | None]
Items: TypeAlias = Mapping[str, "Item"]
UNKNOWN: Bounds = (None, None)


@dataclass(frozen=True, slots=True)
class Item:
    """A credential as it is offered now: costs in Canadian dollars, hours and weeks, each least and greatest."""

    title: str
    cost: Bounds = UNKNOWN
    hours: Bounds = UNKNOWN
    weeks: Bounds = UNKNOWN
    runs: tuple[Run, ...] = ()


@dataclass
class Envelope:
    """`bottleneck` is the id of the credential that decides when it can be finished, or that nothing is dated for."""

    cost: Bounds = UNKNOWN
    hours: Bounds = UNKNOWN
    weeks: Bounds = UNKNOWN
    earliest_finish: date | None = None
    bottleneck: str | None = None
    unknowns: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Part:
    """A part with what it asks for, and what each of its items brings of that."""

    part: Mapping[str, Any]
    need: Need
    brings: Mapping[str, Brings]
    is_mixed: bool = False
    """Its credits are of several units, which do not add up."""

    @property
    def is_whole(self) -> bool:
        """Whether all that it asks for is named, and can be counted."""
        return not (self.part["unlisted"] or self.part["rule"] or self.is_mixed)

    @property
    def is_fixed(self) -> bool:
        return bool(self.part["order"] == PartOrder.FIXED)


def envelope(pathway: Mapping[str, Any], items: Items, courses: Courses, on: date) -> Envelope:
    """`items` are those that can be shown, of this pathway and of others."""
    parts = [_part(part, courses) for part in pathway["parts"]]
    found = Envelope(unknowns=list(dict.fromkeys(_unknowns(pathway, parts, items))))
    found.cost, found.hours = _summed(parts, items, "cost"), _summed(parts, items, "hours")
    found.weeks = _weeks(parts, items)
    calendar = Calendar({key: items[key].runs for part in parts for key in _shown(part, items)}, courses, on)
    finishes = [_finish(part, items, calendar) for part in parts if part.need.least > 0 and _shown(part, items)]
    undated = next((one for day, one in finishes if day is None), None)
    if undated is not None or not all(part.is_whole for part in parts):
        found.bottleneck = undated
    elif finishes:
        found.earliest_finish, found.bottleneck = max((day, one) for day, one in finishes if day is not None)
    return found


def _part(part: Mapping[str, Any], courses: Courses) -> _Part:
    need, items = need_of(part), part["items"]
    is_mixed = need.unit is PickUnit.CREDITS and len(credit_units(items, courses)) > 1
    if is_mixed:
        one = Need(PickUnit.COUNT, min(need.least, 1.0), len(items))
        return _Part(part, one, dict.fromkeys(items, (1.0, 1.0)), is_mixed)
    if need.unit is PickUnit.COUNT and items:  # more than there are cannot be taken
        need = Need(need.unit, min(need.least, float(len(items))), need.most)
    return _Part(part, need, {item: bounds_of(item, need.unit, courses) for item in items})


def _shown(part: _Part, items: Items) -> list[str]:
    return [one for one in part.brings if one in items]


def _unknowns(pathway: Mapping[str, Any], parts: Sequence[_Part], items: Items) -> Iterator[str]:
    for number, own in enumerate(parts, 1):
        part = own.part
        name = part["title"] or f"part {number}"
        if part["unlisted"]:
            yield f"{name}: {part['unlisted']}"
        if part["rule"]:
            yield f"{name}: what its rule asks for is not counted in"
        if own.is_mixed:
            yield f"{name}: credits of several units do not add up"
        if any(one not in items for one in part["items"]):
            yield f"{name}: something that cannot be shown"
        for item in _shown(own, items):
            if own.brings[item] == (0.0, float("inf")):
                yield f"{items[item].title}: {own.need.unit.lower()} not stated"
            yield from (f"{items[item].title}: {what}" for what in _missing(items[item]))
    yield from (f"not counted in: {text}" for text in limits_in_words(pathway.get("limits") or ()))


def _missing(item: Item) -> Iterator[str]:
    if None in item.cost:
        yield "price not stated"
    if None in item.hours:
        yield "hours not stated"
    if None in item.weeks:
        yield "weeks not stated"
    if not item.runs:
        yield "no dated run that can be got into"


def _values(part: _Part, items: Items, name: str, bound: int) -> dict[str, Amount]:
    known = ((one, getattr(items[one], name)[bound]) for one in _shown(part, items))
    return {one: value for one, value in known if value is not None}


def _summed(parts: Sequence[_Part], items: Items, name: str) -> Bounds:
    """At least what parts ask for that share nothing; of what may count in several parts at least the most that one asks."""
    lows = [(part, least(part.need, part.brings, _values(part, items, name, 0))) for part in parts]
    asked = [(part, low) for part, low in lows if low is not None and part.need.least > 0]
    alone = [low for part, low in asked if not _shares(part, parts)]
    shared = [low for part, low in asked if _shares(part, parts)]
    low = max([sum(alone), *shared]) if asked else None
    highs = [_greatest(part, items, name) for part in parts]
    known = [high for high in highs if high is not None]
    return low, sum(known) if known and len(known) == len(highs) else None


def _shares(part: _Part, parts: Sequence[_Part]) -> bool:
    others = (other for other in parts if other is not part)
    return bool(part.part["mayShare"]) and any(other.brings.keys() & part.brings.keys() for other in others)


def _greatest(part: _Part, items: Items, name: str) -> Amount | None:
    return greatest(part.need, part.brings, _values(part, items, name, 1)) if part.is_whole else None


def _weeks(parts: Sequence[_Part], items: Items) -> Bounds:
    """One after the other where the order is fixed; else at least as long as the longest, at most one after the other."""
    found: list[Amount] = []
    for part in parts:
        lows = _values(part, items, "weeks", 0)
        low = least(part.need, part.brings, lows) if part.is_fixed else _longest(part, lows)
        if low:
            found.append(low)
    return max(found, default=None), _summed(parts, items, "weeks")[1]


def _longest(part: _Part, lows: Mapping[str, Amount]) -> Amount | None:
    """At the same time: as long as the longest of the shortest that can be enough."""
    taken: list[Brings] = []
    for item in sorted(part.brings, key=lambda one: lows.get(one, 0)):
        taken.append(part.brings[item])
        if part.need.least > 0 and enough(part.need, taken):
            return lows.get(item)
    return max(lows.values(), default=None) if part.need.least > 0 else None


def _finish(part: _Part, items: Items, calendar: Calendar) -> tuple[date | None, str]:
    """The earliest day on which the part can be done, and what decides it: the item that is last, or has no date."""
    shown = _shown(part, items)
    if part.is_fixed and part.part["pick"] is None:
        return calendar.in_order(shown)
    ends = sorted((calendar.finish(one) or date.max, one) for one in shown)
    taken: list[Brings] = []
    for day, item in ends:
        taken.append(part.brings[item])
        if enough(part.need, taken) and day != date.max:
            return day, item
    undated = [item for day, item in ends if day == date.max] or [ends[-1][1]]
    return None, next((item for item in undated if not items[item].runs), undated[0])
