"""What a pathway takes at least and at most, from what is offered now; what is not known is named, never filled in."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

from catalog.model.vocabulary import PartOrder, PickUnit

Amount: TypeAlias = Decimal | float
Bounds: TypeAlias = tuple[Amount | None, Amount | None]
UNKNOWN: Bounds = (None, None)


@dataclass(frozen=True, slots=True)
class Run:
    """A run that can still be got into: its first possible day, and the day on which it is surely over."""

    starts: date
    ends: date


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


def envelope(parts: Sequence[Mapping[str, Any]], items: Mapping[str, Item], on: date) -> Envelope:
    """`items` are those of the parts that can be shown."""
    found = Envelope()
    found.unknowns = list(dict.fromkeys(_unknowns(parts, items)))
    found.cost, found.hours = _summed(parts, items, "cost"), _summed(parts, items, "hours")
    found.weeks = _weeks(parts, items)
    finishes = [_finish(part, items, on) for part in parts if _takes(part, items)]
    undated = next((one for day, one in finishes if day is None), None)
    if undated is not None or any(part["unlisted"] or part["rule"] for part in parts):
        found.bottleneck = undated
    elif finishes:
        found.earliest_finish, found.bottleneck = max((day, one) for day, one in finishes if day is not None)
    return found


def _unknowns(parts: Sequence[Mapping[str, Any]], items: Mapping[str, Item]) -> Iterator[str]:
    for number, part in enumerate(parts, 1):
        name = part["title"] or f"part {number}"
        if part["unlisted"]:
            yield f"{name}: {part['unlisted']}"
        if part["rule"]:
            yield f"{name}: what its rule asks for is not counted in"
        if any(one not in items for one in part["items"]):
            yield f"{name}: something that cannot be shown"
        for item in (items[one] for one in part["items"] if one in items):
            yield from (f"{item.title}: {what}" for what in _missing(item))


def _missing(item: Item) -> Iterator[str]:
    if None in item.cost:
        yield "price not stated"
    if None in item.hours:
        yield "hours not stated"
    if None in item.weeks:
        yield "weeks not stated"
    if not item.runs:
        yield "no dated run that can be got into"


def _takes(part: Mapping[str, Any], items: Mapping[str, Item]) -> list[str]:
    """The items of which some must be taken; none where nothing must."""
    return [one for one in part["items"] if one in items] if _counts(part)[0] else []


def _counts(part: Mapping[str, Any]) -> tuple[int, int]:
    """How many items are taken at least and at most. Where credits or hours are asked for, one to all."""
    pick, number = part["pick"], len(part["items"])
    if pick is None:
        return number, number
    if pick["unit"] != PickUnit.COUNT:
        return min(1, number), number
    least = min(int(pick["min"] or 0), number)
    return least, max(least, min(int(pick["max"] or 0), number))


def _summed(parts: Sequence[Mapping[str, Any]], items: Mapping[str, Item], name: str) -> Bounds:
    bounds = [_part(part, items, name) for part in parts]
    least = [low for part, (low, _) in zip(parts, bounds, strict=True) if low is not None and not _is_optional(part)]
    greatest = [high for _, high in bounds if high is not None]
    is_whole = len(greatest) == len(bounds) and bool(bounds)
    return sum(least) if least else None, sum(greatest) if is_whole else None


def _is_optional(part: Mapping[str, Any]) -> bool:
    return bool(part["items"]) and not _counts(part)[0]


def _part(part: Mapping[str, Any], items: Mapping[str, Item], name: str) -> Bounds:
    """The cheapest that is enough, of what is known at least; the dearest only where all of it is known."""
    known: list[Bounds] = [getattr(items[one], name) if one in items else UNKNOWN for one in part["items"]]
    fewest, most = _counts(part)
    lows = sorted(low for low, _ in known if low is not None)
    highs = sorted((high for _, high in known if high is not None), reverse=True)
    is_counted = part["pick"] is None or part["pick"]["unit"] == PickUnit.COUNT
    is_whole = is_counted and len(highs) == len(known) and not part["unlisted"] and not part["rule"]
    return sum(lows[:fewest]) if lows or _is_optional(part) else None, sum(highs[:most]) if is_whole else None


def _weeks(parts: Sequence[Mapping[str, Any]], items: Mapping[str, Item]) -> Bounds:
    """One after the other where the order is fixed; else at least as long as the longest, at most one after the other."""
    least: list[Amount] = []
    for part in parts:
        fewest, _ = _counts(part)
        lows = sorted(low for one in part["items"] if one in items and (low := items[one].weeks[0]) is not None)[:fewest]
        if lows:
            least.append(sum(lows) if part["order"] == PartOrder.FIXED else max(lows))
    return max(least, default=None), _summed(parts, items, "weeks")[1]


def _finish(part: Mapping[str, Any], items: Mapping[str, Item], on: date) -> tuple[date | None, str]:
    """The earliest day on which the part can be done, and what decides it: the item that is last, or has no date."""
    listed = _takes(part, items)
    if part["order"] == PartOrder.FIXED and part["pick"] is None:
        return _in_order(listed, items, on)
    ends = sorted((_earliest(items[one], on) or date.max, one) for one in listed)
    day, last = ends[_counts(part)[0] - 1] if _counts(part)[0] <= len(ends) else ends[-1]
    return (None if day == date.max else day), last


def _in_order(listed: list[str], items: Mapping[str, Item], on: date) -> tuple[date | None, str]:
    day = on
    for one in listed:
        end = _earliest(items[one], day)
        if end is None:
            return None, one
        day = end
    return day, listed[-1]


def _earliest(item: Item, on: date) -> date | None:
    return min((run.ends for run in item.runs if run.starts >= on), default=None)
