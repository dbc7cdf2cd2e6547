"""How far a learner has come on a pathway: what counts where, what is left to choose, and what has grown too old.

One holding counts in one part, but for parts that may share. It is given where it does most good: an assignment, so that
the order in which parts are written changes nothing.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import Any

from catalog.model.durations import later
from catalog.model.render.rule import rule_of
from catalog.model.rule import Holds
from catalog.model.vocabulary import PartOrder, PickUnit
from catalog.pathways.evaluation.evaluator import Evaluator
from catalog.pathways.evaluation.holdings import holding_meets
from catalog.pathways.evaluation.moments import Span
from catalog.pathways.evaluation.outcomes import MET, NOT_MET, UNKNOWN, Value
from catalog.pathways.programs.amounts import Bounds, Need, bounds_of, need_of, total
from catalog.pathways.programs.sharing import Options, Sharing

Part = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class PartProgress:
    """`counted` items are met by what is held, `choices` would count next, `expired` would have counted once.

    `coming` items are in progress.
    """

    part: Part
    value: Value
    counted: tuple[str, ...]
    choices: tuple[str, ...]
    expired: tuple[str, ...]
    coming: tuple[str, ...]
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
    """`is_held`: the award itself is. `unknowns` are limits of the pathway that are not worked out."""

    parts: tuple[PartProgress, ...]
    is_held: bool = False
    unknowns: tuple[str, ...] = ()

    @property
    def value(self) -> Value:
        """Limits can still stand in the way of what has all its parts."""
        if self.is_held:
            return MET
        return min([*(one.value for one in self.parts), UNKNOWN if self.unknowns else MET])

    @property
    def fraction(self) -> float:
        """The mean of what the parts have reached, each as heavy as another."""
        if self.is_held:
            return 1.0
        shares = [one.share for one in self.parts if one.share is not None]
        return round(sum(shares) / len(shares), 4) if shares else 1.0


def progress(pathway: Mapping[str, Any], evaluator: Evaluator) -> Progress:
    """As of the day asked about."""
    parts: list[Part] = pathway["parts"]
    needs = [need_of(part) for part in parts]
    usable = [_usable(part, need, evaluator) for part, need in zip(parts, needs, strict=True)]
    counted = _assigned(parts, needs, [one.tokens for one in usable], evaluator)
    found = [_part(*one, evaluator) for one in zip(parts, needs, usable, counted, strict=True)]
    now = Span(evaluator.profile.on, evaluator.profile.on)
    is_held = bool(pathway.get("award")) and evaluator.holds(pathway["award"], now) == MET
    return Progress(tuple(found), is_held, tuple(limits_in_words(pathway.get("limits", ()))))


def limits_in_words(limits: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """How much must be new or earned here, or may come from elsewhere: nobody tells where things were earned."""
    for one in limits:
        bounds = [f"{word} {one[key]:g}" for key, word in (("min", "at least"), ("max", "at most")) if one[key] is not None]
        amount = f"{' and '.join(bounds)} {str(one['unit'] or '').lower()}".strip()
        kind = str(one["kind"]).replace("_", " ").lower()
        yield one["text"] or f"{kind}: {amount}"


@dataclass(frozen=True, slots=True)
class _Usable:
    """Items of a part that something held meets, with what is held; and those that time has taken."""

    tokens: dict[str, tuple[str, ...]]
    unsure: frozenset[str]
    expired: tuple[str, ...]
    coming: tuple[str, ...]


def _usable(part: Part, need: Need, evaluator: Evaluator) -> _Usable:
    """Where a part must be done within a time, the items that lie in the best such stretch of time."""
    tokens = {item: _tokens(item, evaluator) for item in part["items"]}
    met = {item: own[MET] for item, own in tokens.items() if own[MET]}
    unsure = frozenset(item for item, own in tokens.items() if own[UNKNOWN] and item not in met)
    coming = tuple(item for item, own in tokens.items() if item not in met and _is_coming(item, evaluator))
    lapsed = tuple(item for item, own in tokens.items() if own[NOT_MET] and item not in met and item not in coming)
    if part["within"] is None:
        return _Usable(met, unsure - {*coming}, lapsed, coming)
    days = {item: _completed(own, evaluator) for item, own in met.items()}
    dated = {item: day for item, day in days.items() if day is not None}
    together = _best_stretch(dated, part["within"], need, evaluator)
    old = tuple(item for item in dated if item not in together)
    undated = frozenset(item for item in met if item not in dated)
    return _Usable({item: met[item] for item in together}, (unsure | undated) - {*coming}, (*lapsed, *old), coming)


def _tokens(item: str, evaluator: Evaluator) -> dict[Value, tuple[str, ...]]:
    """The held credentials that meet an item, may meet it, or have lapsed: itself, or what counts as it."""
    now = Span(evaluator.profile.on, evaluator.profile.on)
    found: dict[Value, tuple[str, ...]] = {MET: (), UNKNOWN: (), NOT_MET: ()}
    if evaluator.holds(item, now) == UNKNOWN and not evaluator.profile.holdings:
        return found
    for one in evaluator.courses.same_as(item):
        holdings = evaluator.profile.holdings.get(one)
        if holdings:
            course = evaluator.courses.course(one)
            value = max(holding_meets(Holds(one), own, course, now) for own in holdings)
            found[value] = (*found[value], one)
    return found


def _is_coming(item: str, evaluator: Evaluator) -> bool:
    """In progress: expected later than the day asked about."""
    holdings = (own for one in evaluator.courses.same_as(item) for own in evaluator.profile.holdings.get(one, ()))
    return any(one.expected_on and not one.completed_on and one.expected_on > evaluator.profile.on for one in holdings)


def _completed(tokens: Iterable[str], evaluator: Evaluator) -> date | None:
    """The latest day on which any of them was completed."""
    days = [one.completed_on for token in tokens for one in evaluator.profile.holdings[token] if one.completed_on]
    return max(days, default=None)


def _best_stretch(dated: Mapping[str, date], within: str, need: Need, evaluator: Evaluator) -> list[str]:
    """The items of one stretch that is enough, else of the fullest one that still can be: it must not be over yet."""
    ends = {first: later(first, within) for first in dated.values()}
    stretches = {first: [one for one, day in dated.items() if first <= day <= end] for first, end in ends.items()}
    amounts = {first: total(own, need.unit, evaluator.courses)[0] for first, own in stretches.items()}
    enough = [first for first in stretches if need.least > 0 and amounts[first] >= need.least]
    still = [first for first in stretches if ends[first] >= evaluator.profile.on]
    best = max(enough or still, key=lambda first: (amounts[first], len(stretches[first])), default=None)
    return [] if best is None else stretches[best]


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
    left = [item for item in part["items"] if item not in counted and item not in usable.coming and value != MET]
    if part["order"] == PartOrder.FIXED:
        left = left[:1]
    return PartProgress(part, value, tuple(counted), tuple(left), usable.expired, usable.coming, got, need)
