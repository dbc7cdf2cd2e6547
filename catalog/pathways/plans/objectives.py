"""What is minimised, as sums over columns: cost after funding, kilometres, or the number of steps."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, combinations
from math import inf

from catalog.pathways.plans.problem import Candidate, PlanObjective
from catalog.pathways.plans.program import Written
from catalog.pathways.plans.terms import Sum

MOST_TOGETHER = 6
UNPRICED = 50_000.0
"""As if what has no known price, or no known place, were dearer or farther than anything that has one."""


@dataclass
class Costs:
    """The columns that objectives and budgets speak of, made when they are first asked for."""

    written: Written
    _funding: dict[str, int] | None = None

    def of(self, objective: PlanObjective) -> Sum:
        match objective:
            case PlanObjective.CHEAPEST:
                return self.net(unpriced=UNPRICED)
            case PlanObjective.LEAST_TRAVEL:
                return self._each({place: UNPRICED if one.km is None else one.km for place, one in self._candidates()})
            case PlanObjective.FEWEST:
                return self._each({place: 1.0 for place, _ in self._candidates()})
            case PlanObjective.FASTEST:
                raise AssertionError("the first day by which it can be done is searched for, not summed up")

    def value(self, objective: PlanObjective, steps: Sequence[Candidate]) -> float:
        """What these steps come to: dollars after funding, the last day, kilometres, or their number.

        The last day is counted from the first that is planned for; what has no known price or place counts as UNPRICED.
        """
        match objective:
            case PlanObjective.CHEAPEST:
                return round(sum(UNPRICED if one.cost is None else one.cost for one in steps) - self._paid(steps), 2)
            case PlanObjective.FASTEST:
                first = self.written.problem.limits.not_before
                return float(max((one.ends - first for one in steps), default=0))
            case PlanObjective.LEAST_TRAVEL:
                return sum(UNPRICED if one.km is None else one.km for one in steps)
            case PlanObjective.FEWEST:
                return float(len(steps))

    def _paid(self, steps: Sequence[Candidate]) -> float:
        """As far as caps and prices go; which of programs that exclude each other pays, the most is taken of."""
        paid = {
            key: min(sum(one.funded.get(key, 0.0) for one in steps), inf if fund.left is None else fund.left)
            for key, fund in self.written.problem.funds.items()
        }
        return max((self._together(own, paid, steps) for own in self._allowed(list(paid))), default=0.0)

    def _together(self, keys: list[str], paid: Mapping[str, float], steps: Sequence[Candidate]) -> float:
        """The least of all bounds: what some of them cover together, and what the others may pay at most."""
        bounds = [sum(paid[key] for key in keys)]
        for some in chain([(key,) for key in keys], _several(keys)):
            covered = sum(self._covered(one, some) for one in steps)
            bounds.append(covered + sum(paid[key] for key in keys if key not in some))
        return min(bounds)

    def _covered(self, one: Candidate, keys: Sequence[str]) -> float:
        """What any of these programs pays for of a candidate."""
        funds = self.written.problem.funds
        paying = [key for key in keys if one.funded.get(key)]
        if not one.fees or any(not funds[key].covers for key in paying):
            return (one.cost or 0.0) if paying else 0.0
        kinds = frozenset().union(*(funds[key].covers for key in paying))
        return min(sum(amount for kind, amount in one.fees.items() if kind in kinds), sum(one.funded[key] for key in paying))

    def _allowed(self, keys: list[str]) -> Iterator[list[str]]:
        """Sets of programs of which none excludes another."""
        funds = self.written.problem.funds
        for chosen in chain.from_iterable(combinations(keys, size) for size in range(len(keys), 0, -1)):
            if not any(other in funds[one].excludes for one in chosen for other in chosen):
                yield list(chosen)

    def net(self, unpriced: float = 0.0) -> Sum:
        """Prices less funding."""
        prices = self._each({place: unpriced if one.cost is None else one.cost for place, one in self._candidates()})
        return prices | dict.fromkeys(self.funding.values(), -1.0)

    @property
    def funding(self) -> Mapping[str, int]:
        """What each program pays in all: no more than it covers of what is taken, and than is left of it."""
        if self._funding is None:
            self._funding = {}
            for key, fund in self.written.problem.funds.items():
                self._fund(key, fund.left)
            self._share()
        return self._funding

    def _fund(self, key: str, left: float | None) -> None:
        assert self._funding is not None
        mip = self.written.mip
        paid = {self.written.taken[place]: one.funded[key] for place, one in self._candidates() if one.funded.get(key)}
        if paid:
            column = self._funding[key] = mip.column(0.0, sum(paid.values()) if left is None else left, whole=False)
            mip.row({column: 1.0} | {own: -value for own, value in paid.items()}, at_most=0.0)

    def _share(self) -> None:
        """Programs together pay no more than the price; some are not paid beside others."""
        assert self._funding is not None
        mip, funding = self.written.mip, self._funding
        for keys in _several(list(funding)):  # no set of programs pays more than what they cover together
            covered = {self.written.taken[place]: -self._covered(one, keys) for place, one in self._candidates()}
            paid = {funding[key]: 1.0 for key in keys}
            mip.row(paid | {column: value for column, value in covered.items() if value}, at_most=0.0)
        used = {key: mip.column() for key in funding if self._is_exclusive(key)}
        for key, column in used.items():
            mip.row({funding[key]: 1.0, column: -(mip.upper[funding[key]] or 0.0)}, at_most=0.0)
        for key, fund in self.written.problem.funds.items():
            for other in fund.excludes & used.keys():
                if key in used:
                    mip.row({used[key]: 1.0, used[other]: 1.0}, at_most=1.0)

    def _is_exclusive(self, key: str) -> bool:
        funds = self.written.problem.funds
        return bool(funds[key].excludes) or any(key in one.excludes for one in funds.values())

    def _candidates(self) -> list[tuple[int, Candidate]]:
        return list(enumerate(self.written.problem.candidates))

    def _each(self, values: Mapping[int, float]) -> Sum:
        return {self.written.taken[place]: value for place, value in values.items() if value}


def _several(keys: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """All sets of two and more; of very many programs only all of them together."""
    if len(keys) > MOST_TOGETHER:
        yield tuple(keys)
        return
    for size in range(2, len(keys) + 1):
        yield from combinations(keys, size)
