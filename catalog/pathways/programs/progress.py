"""How far a learner has come on a pathway: what counts where, what is left to choose, and what has grown too old.

One holding counts in one part, but for parts that may share. It is given where it does most good: an assignment, so that
the order in which parts are written changes nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import Any

from catalog.model.durations import later
from catalog.model.render.rule import rule_of
from catalog.model.vocabulary import PartOrder, PickUnit
from catalog.pathways.evaluation.evaluator import Evaluator
from catalog.pathways.evaluation.moments import Span
from catalog.pathways.evaluation.outcomes import MET, UNKNOWN, Value
from catalog.pathways.programs.amounts import Bounds, Need, bounds_of, need_of, total
from catalog.pathways.programs.sharing import Options, Sharing

Part = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class PartProgress:
    """`counted` items are met by what is held, `choices` would count next, `expired` would have counted once."""

    part: Part
    value: Value
    counted: tuple[str, ...]
    choices: tuple[str, ...]
    expired: tuple[str, ...]
    got: Bounds
    need: Need

    @property
    def share(self) -> float | None:
        """From 0 to 1; None where it asks for nothing that must be."""
        if self.value == MET:
            return 1.0 if self.need.least or self.part["rule"] else None
        least = self.need.least or (1.0 if self.part["unlisted"] or self.part["rule"] else 0.0)
        if self.part["unlisted"] and self.part["pick"] is None:
            least += 1.0  # what is not named is at least one thing more
        return min(self.got[0] / least, 1.0) if least else None


@dataclass(frozen=True, slots=True)
class Progress:
    parts: tuple[PartProgress, ...]

    @property
    def value(self) -> Value:
        return min((one.value for one in self.parts), default=MET)

    @property
    def fraction(self) -> float:
        """The mean of what the parts have reached, each as heavy as another."""
        shares = [one.share for one in self.parts if one.share is not None]
        return round(sum(shares) / len(shares), 4) if shares else 1.0


def progress(pathway: Mapping[str, Any], evaluator: Evaluator) -> Progress:
    """As of the day asked about."""
    parts: list[Part] = pathway["parts"]
    needs = [need_of(part) for part in parts]
    usable = [_usable(part, need, evaluator) for part, need in zip(parts, needs, strict=True)]
    counted = _assigned(parts, needs, [one.tokens for one in usable], evaluator)
    return Progress(tuple(_part(*one, evaluator) for one in zip(parts, needs, usable, counted, strict=True)))


@dataclass(frozen=True, slots=True)
class _Usable:
    """Items of a part that something held meets, with what is held; and those that time has taken."""

    tokens: dict[str, tuple[str, ...]]
    unsure: frozenset[str]
    expired: tuple[str, ...]


def _usable(part: Part, need: Need, evaluator: Evaluator) -> _Usable:
    """Where a part must be done within a time, the items that lie in the best such stretch of time."""
    on = evaluator.profile.on
    tokens = {item: _tokens(item, evaluator) for item in part["items"]}
    values = {item: evaluator.holds(item, Span(on, on)) for item in part["items"]}
    met = [item for item in part["items"] if values[item] == MET and tokens[item]]
    unsure = frozenset(item for item in part["items"] if values[item] == UNKNOWN and tokens[item])
    if part["within"] is None:
        return _Usable({item: tokens[item] for item in met}, unsure, ())
    days = {item: _completed(tokens[item], evaluator) for item in met}
    dated = {item: day for item, day in days.items() if day is not None}
    together = _best_stretch(dated, part["within"], need, on)
    expired = tuple(item for item in met if item in dated and item not in together)
    undated = frozenset(item for item in met if item not in dated)
    return _Usable({item: tokens[item] for item in together}, unsure | undated, expired)


def _tokens(item: str, evaluator: Evaluator) -> tuple[str, ...]:
    """The held credentials that meet an item: itself, or what counts as it."""
    return tuple(one for one in evaluator.courses.same_as(item) if one in evaluator.profile.holdings)


def _completed(tokens: Iterable[str], evaluator: Evaluator) -> date | None:
    """The latest day on which any of them was completed."""
    days = [one.completed_on for token in tokens for one in evaluator.profile.holdings[token] if one.completed_on]
    return max(days, default=None)


def _best_stretch(dated: Mapping[str, date], within: str, need: Need, on: date) -> list[str]:
    """The items of one stretch that is whole, else of the one that still can be: it must not be over yet."""
    ends = {first: later(first, within) for first in dated.values()}
    stretches = {first: [one for one, day in dated.items() if first <= day <= end] for first, end in ends.items()}
    whole = [own for own in stretches.values() if need.unit is PickUnit.COUNT and len(own) >= max(need.least, 1)]
    still = [own for first, own in stretches.items() if ends[first] >= on]
    return max(whole or still, key=len, default=[])


def _assigned(
    parts: Sequence[Part], needs: Sequence[Need], options: Sequence[Options], evaluator: Evaluator
) -> list[list[str]]:
    """The items that count in each part: first what every part needs at least, then what it can take."""
    sharing = Sharing(options)
    single = [place for place, part in enumerate(parts) if not part["mayShare"]]
    enough = [_enough(need, own, evaluator) for need, own in zip(needs, options, strict=True)]
    most = [int(min(need.most, len(own))) for need, own in zip(needs, options, strict=True)]
    for limits in (enough, most):
        for place in single:
            sharing.fill(place, limits[place])
    return [sharing.items(place) if place in single else list(options[place])[: most[place]] for place in range(len(parts))]


def _enough(need: Need, options: Options, evaluator: Evaluator) -> int:
    """How many items reach the least that is asked for; of credits and hours, if they are the largest ones."""
    if need.unit is PickUnit.COUNT:
        return int(need.least)
    amounts = sorted((bounds_of(item, need.unit, evaluator.courses)[0] for item in options), reverse=True)
    reached = list(accumulate(amounts))
    return next((number for number, amount in enumerate(reached, 1) if amount >= need.least), len(options))


def _part(part: Part, need: Need, usable: _Usable, counted: list[str], evaluator: Evaluator) -> PartProgress:
    got = total(counted, need.unit, evaluator.courses)
    possible = total([*counted, *usable.unsure], need.unit, evaluator.courses)
    value = need.reached((got[0], possible[1]))
    if part["unlisted"]:
        value = UNKNOWN
    if part["rule"]:
        on = evaluator.profile.on
        ruled = evaluator.value(rule_of(part["rule"]), Span(on, on))
        own = MET if not part["items"] else value
        value = min(ruled, own) if ruled == MET or not part["unlisted"] else UNKNOWN
    left = [item for item in part["items"] if item not in counted and value != MET]
    if part["order"] == PartOrder.FIXED:
        left = left[:1]
    return PartProgress(part, value, tuple(counted), tuple(left), usable.expired, got, need)
