"""The least and the greatest that a choice among items can come to, where so many, so many credits or so many hours count.

Amounts are counted in their common fraction. Where that would be too many, in thousandths of what is asked for, rounded so
that the least is never too great and the greatest never too small.
"""

from collections.abc import Mapping, Sequence
from math import ceil, floor, inf, isinf
from typing import Any, TypeAlias

from catalog.pathways.programs.amounts import Bounds as Brings
from catalog.pathways.programs.amounts import Need

Amount: TypeAlias = Any
"""Decimal for money, float for hours and weeks: never both in one sum."""
FRACTIONS = (1, 2, 4, 10, 20, 100)
MOST_STEPS = 1_000
SLACK = 1e-6


def least(need: Need, brings: Mapping[str, Brings], values: Mapping[str, Amount]) -> Amount | None:
    """The smallest sum of `values` that can be enough, where each item brings as much as it can.

    What has no value counts as nothing, since nobody can say how little it is; None where nothing else is left of the sum.
    """
    if need.least <= 0:
        return 0
    reached: dict[int, Amount] = {0: 0}
    scale, whole = _scale(need.least, brings)
    for item, (_, most) in brings.items():
        value, step = values.get(item), whole if isinf(most) else ceil(most * scale - SLACK)
        for got, spent in list(reached.items()):
            after = min(got + step, whole)
            total = spent + (value or 0)
            if after not in reached or total < reached[after]:
                reached[after] = total
    found = reached.get(whole)
    return None if not found and len(values) < len(brings) else found


def greatest(need: Need, brings: Mapping[str, Brings], values: Mapping[str, Amount]) -> Amount | None:
    """The greatest sum of what is not more than asked for, or where no most is stated of what has no needless item.

    None where a value, or an amount that is counted by, is not known.
    """
    if len(values) < len(brings) or any(isinf(most) for _, most in brings.values()):
        return None
    if need.most != inf:
        return _within(need, brings, values)
    return 0 if need.least <= 0 else _without_needless(need, brings, values)


def _within(need: Need, brings: Mapping[str, Brings], values: Mapping[str, Amount]) -> Amount:
    scale, whole = _scale(need.most, brings)
    reached: dict[int, Amount] = {0: 0}
    for item, (low, _) in brings.items():
        step = floor(low * scale + SLACK)
        for got, spent in list(reached.items()):
            if got + step <= whole and reached.get(got + step, -1) < spent + values[item]:
                reached[got + step] = spent + values[item]
    return max(reached.values())


def _without_needless(need: Need, brings: Mapping[str, Brings], values: Mapping[str, Amount]) -> Amount:
    """From the largest item to the smallest: a set has no needless one if without its smallest it is not enough."""
    scale, whole = _scale(need.least, brings)
    reached: dict[int, Amount] = {0: 0}
    best: Amount | None = None
    for item in sorted(brings, key=lambda one: -brings[one][0]):
        step = floor(brings[item][0] * scale + SLACK)
        for got, spent in list(reached.items()):
            total = spent + values[item]
            if got + step >= whole:
                best = total if best is None else max(best, total)
            elif reached.get(got + step, -1) < total:
                reached[got + step] = total
    return max(reached.values()) if best is None else best


def _scale(asked: float, brings: Mapping[str, Brings]) -> tuple[float, int]:
    """How many steps one of the unit has, and how many are asked for."""
    amounts = [asked, *(one for bounds in brings.values() for one in bounds if not isinf(one))]
    for parts in FRACTIONS:
        if asked * parts <= MOST_STEPS and all(abs(one * parts - round(one * parts)) < SLACK for one in amounts):
            return parts, round(asked * parts)
    return (MOST_STEPS / asked, MOST_STEPS) if asked else (1.0, 0)


def enough(need: Need, brings: Sequence[Brings]) -> bool:
    """Whether these can be enough, if each brings as much as it can."""
    return sum(most for _, most in brings) >= need.least
