"""Kleene's three values as numbers: a conjunction is the least, a disjunction the greatest."""

from collections.abc import Iterable
from typing import TypeAlias

from catalog.model.vocabulary import Outcome

Value: TypeAlias = int
NOT_MET, UNKNOWN, MET = 0, 1, 2
_OUTCOMES = (Outcome.NOT_MET, Outcome.UNKNOWN, Outcome.MET)


def outcome_of(value: Value) -> Outcome:
    return _OUTCOMES[value]


def all_of(values: Iterable[Value]) -> Value:
    return min(values, default=MET)


def any_of(values: Iterable[Value]) -> Value:
    return max(values, default=NOT_MET)


def at_least(count: int, values: Iterable[Value]) -> Value:
    """AllOf and AnyOf are this with `count` all and one."""
    known = sorted(values, reverse=True)
    return MET if count <= 0 else known[count - 1] if count <= len(known) else NOT_MET


def least_and_greatest(minimum: float, certain: float, possible: float) -> Value:
    """Whether an amount reaches `minimum`, of which only the bounds are known."""
    return MET if certain >= minimum else UNKNOWN if possible >= minimum else NOT_MET
