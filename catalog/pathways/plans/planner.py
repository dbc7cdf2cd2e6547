"""Finds the best plan, and plans that differ from it."""

import time
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from catalog.pathways.plans.cuts import Cut, other_credentials, other_runs
from catalog.pathways.plans.limits import NO_END, clashes, crowds
from catalog.pathways.plans.objectives import Costs
from catalog.pathways.plans.problem import Candidate, Limits, PlanObjective, PlanStatus, Problem, Solution
from catalog.pathways.plans.program import Written
from catalog.pathways.plans.reducing import within_reach
from catalog.pathways.plans.solver import Answer, Search
from catalog.pathways.plans.terms import Sum

HALF = 0.5
HEAVIER, STEP, ELSEWHERE, DAY = 1_000.0, 5.0, 4.0, 0.0005
"""What weighs where needless steps are left out: a dollar, a step, one at an institution that is not preferred, a day.

All days together weigh less than a cent, and no preference is worth another step.
"""
MOST_RUNS = 400


@dataclass(frozen=True, slots=True)
class Outcome:
    """The best plan first. Without one, INFEASIBLE is proven, and UNKNOWN means that the time was up."""

    status: PlanStatus
    solutions: list[Solution]


@dataclass(frozen=True, slots=True)
class _Reached:
    """An answer and whether it is the best, or that there is none."""

    answer: Answer | None
    status: PlanStatus


@dataclass
class Planner:
    """One problem, solved as often as alternatives and relaxations need. `check` raises where the request's time is up."""

    problem: Problem
    seconds: float = 5.0
    check: Callable[[], None] = lambda: None
    written: Written = field(init=False)
    costs: Costs = field(init=False)
    _until: float = field(init=False)
    _apart: set[frozenset[str]] = field(default_factory=set)
    """Pairs of credentials whose clashes are forbidden."""

    def __post_init__(self) -> None:
        self._until = time.monotonic() + self.seconds
        self.problem = replace(self.problem, candidates=within_reach(self.problem))
        self.written = Written(self.problem)
        self.costs = Costs(self.written)
        _ = self.costs.funding  # all columns are there before anything is solved

    def plan(self, objective: PlanObjective, alternatives: int = 0) -> Outcome:
        """Alternatives differ from all plans before them in what is taken, or else in most of the runs."""
        best = self.best(objective, self.problem.limits)
        if isinstance(best, PlanStatus):
            return Outcome(best, [])
        found, cuts = [best], list[Cut]()
        while len(found) <= alternatives and found[-1].steps:
            other = None
            for cut in (other_credentials(self.problem.candidates, found[-1]), other_runs(found[-1])):
                other = self.best(objective, self.problem.limits, [*cuts, cut])
                if isinstance(other, Solution):
                    found.append(other)
                    cuts.append(cut)
                    break
            if not isinstance(other, Solution):
                break
        return Outcome(PlanStatus.OPTIMAL if best.is_proven else PlanStatus.FEASIBLE, found)

    def best(self, objective: PlanObjective, limits: Limits, cuts: Sequence[Cut] = ()) -> Solution | PlanStatus:
        """The best plan under these limits; else why there is none."""
        if objective is PlanObjective.FASTEST:
            return self._fastest(limits, cuts)
        reached = self._reach(self.costs.of(objective), limits, cuts)
        if reached.answer is None:
            return reached.status
        steps = self._chosen(reached.answer)
        if time.monotonic() < self._until:
            steps = self._needed(steps, objective, limits, cuts)
        is_proven = reached.status is PlanStatus.OPTIMAL
        bound = max(reached.answer.bound, 0.0)  # nothing costs less than nothing
        distance = abs(reached.answer.objective - bound) / max(abs(reached.answer.objective), 1.0)
        return Solution(tuple(steps), self.costs.value(objective, steps), is_proven, None if is_proven else distance)

    def _fastest(self, limits: Limits, cuts: Sequence[Cut]) -> Solution | PlanStatus:
        """Tries last days: a sum over days would relax to nothing. Each try is small, since it holds only what ends by then.

        Any plan comes first, so that there is one whenever the time is up. From the first day on which nothing speaks
        against it the steps grow until there is a plan, and are then halved. What can be done by the day that is found is
        done cheaply.
        """
        found = self.any_plan(limits, cuts)
        if isinstance(found, PlanStatus):
            return found
        last = max((one.ends for one in found), default=limits.not_before - 1)
        ends = {one.ends for one in self.problem.candidates if one.ends <= last}
        days = [limits.not_before - 1, *sorted(ends)]  # by the first of them nothing is taken
        low, high, step, is_proven = self._first_open(days), len(days) - 1, 1, True
        while low < high and is_proven:
            place = min(low + step - 1, (low + high) // 2)
            tried = self._by(days[place], limits).any_plan(limits, cuts)
            if isinstance(tried, list):
                found = tried
                high = min(place, bisect_left(days, max((one.ends for one in found), default=days[0])))
            elif tried is PlanStatus.INFEASIBLE:
                low, step = place + 1, step * 2
            else:
                is_proven = False
        cheap = self._by(days[high], limits).best(PlanObjective.CHEAPEST, limits, cuts) if is_proven else None
        steps = cheap.steps if isinstance(cheap, Solution) else found
        value = self.costs.value(PlanObjective.FASTEST, steps)
        first = days[low] - limits.not_before
        return Solution(tuple(steps), value, is_proven, None if is_proven else (value - first) / max(value, 1.0))

    def _by(self, day: int, limits: Limits) -> "Planner":
        """The same problem with what ends by a day."""
        candidates = [one for one in self.problem.candidates if one.ends <= day]
        return Planner(replace(self.problem, candidates=candidates, limits=limits), self._left(), self.check)

    def any_plan(self, limits: Limits, cuts: Sequence[Cut] = ()) -> list[Candidate] | PlanStatus:
        """The first that is found; UNKNOWN where there was no time to find out."""
        reached = self._reach({}, limits, cuts, prove=False)
        return reached.status if reached.answer is None else self._chosen(reached.answer)

    def _first_open(self, days: list[int]) -> int:
        """The place of the first day by which the relaxed program has a solution."""
        low, high = 0, len(days)
        while low < high:
            middle = (low + high) // 2
            if self.written.mip.is_relaxable(self._left(), (), self._later_than(days[middle])):
                high = middle
            else:
                low = middle + 1
        return low

    def _later_than(self, day: int | None) -> list[int]:
        taken = zip(self.written.taken, self.problem.candidates, strict=True)
        return [column for column, one in taken if day is not None and one.ends > day]

    def _reach(
        self, costs: Sum, limits: Limits, cuts: Sequence[Cut], closed: Iterable[int] = (), *, prove: bool = True
    ) -> _Reached:
        """Solves, looks for what is broken, forbids that and solves again, until nothing is."""
        own = [one.row(self.written) for one in cuts]
        if limits.budget is not None:
            own.append((self.costs.net(), -NO_END, limits.budget))
        shut = {*closed, *self._later_than(limits.finish_by)}
        search, is_last, known = Search(self.written.mip, costs, shut), False, list[Answer]()
        answer = search.good(self._left(), own)
        while answer.values is not None:
            steps = self._chosen(answer)
            clashing = list(clashes(self.written, steps, self._apart, self.check))
            crowded = list(crowds(self.written, steps, limits))
            self.written.mip.rows += clashing
            own += crowded
            if clashing or crowded:
                answer, is_last = search.good(self._left(), own), False
            elif answer.is_optimal or is_last or not prove:
                return _Reached(answer, PlanStatus.OPTIMAL if answer.is_optimal else PlanStatus.FEASIBLE)
            else:
                known.append(answer)
                answer, is_last = search.prove(answer, self._left(), own), True
        if known:  # a better one may have been found, but none that breaks nothing
            best = min(known, key=lambda one: one.objective)
            return _Reached(replace(best, bound=search.bound), PlanStatus.FEASIBLE)
        return _Reached(None, PlanStatus.INFEASIBLE if answer.is_infeasible else PlanStatus.UNKNOWN)

    def _left(self) -> float:
        """Seconds; a tenth of one is always left, so that what is nearly done is not thrown away."""
        self.check()
        return max(self._until - time.monotonic(), 0.1)

    def _chosen(self, answer: Answer) -> list[Candidate]:
        values = answer.values or []
        taken = zip(self.problem.candidates, self.written.taken, strict=True)
        chosen = [one for one, column in taken if values[column] > HALF]
        return sorted(chosen, key=lambda one: (one.starts, one.ends, one.key))

    def _needed(
        self, steps: list[Candidate], objective: PlanObjective, limits: Limits, cuts: Sequence[Cut]
    ) -> list[Candidate]:
        """Without needless steps; of plans that are as good, one where it is preferred; and of runs, earlier ones."""
        taken = list(zip(self.written.taken, self.problem.candidates, strict=True))
        keys, own = {one.key for one in steps}, {one.credential for one in steps}
        has_preferred = any(one.is_preferred for _, one in taken)
        runs = {column: one for column, one in taken if has_preferred or one.credential in own}
        if len(runs) > MOST_RUNS and not has_preferred:
            runs = {column: one for column, one in runs.items() if one.key in keys}
        heavy = {column: HEAVIER * value for column, value in self.costs.of(objective).items()}
        for column, one in runs.items():
            elsewhere = ELSEWHERE if has_preferred and not one.is_preferred else 0.0
            heavy[column] = heavy.get(column, 0.0) + STEP + elsewhere + (one.ends - self.problem.limits.not_before) * DAY
        others = set(self.written.taken) - runs.keys()
        reached = self._reach(heavy, limits, cuts, others) if steps else _Reached(None, PlanStatus.UNKNOWN)
        return steps if reached.answer is None else self._chosen(reached.answer)
