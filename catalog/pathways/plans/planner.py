"""Finds the best plan, and plans that differ from it."""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from catalog.pathways.plans.limits import NO_END, clashes, crowds
from catalog.pathways.plans.objectives import Costs
from catalog.pathways.plans.problem import Candidate, Limits, PlanObjective, PlanStatus, Problem, Solution
from catalog.pathways.plans.program import Written
from catalog.pathways.plans.reducing import within_reach
from catalog.pathways.plans.solver import Answer, Row, Search
from catalog.pathways.plans.terms import Sum

HALF = 0.5
HEAVIER, STEP, DAY = 1_000.0, 5.0, 0.0005
"""What a dollar, a step and a day weigh where needless steps are left out: all days together less than a cent."""
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

    def __post_init__(self) -> None:
        self._until = time.monotonic() + self.seconds
        self.problem = replace(self.problem, candidates=within_reach(self.problem))
        self.written = Written(self.problem)
        self.costs = Costs(self.written)
        _ = self.costs.funding  # all columns are there before anything is solved

    def plan(self, objective: PlanObjective, alternatives: int = 0) -> Outcome:
        """Alternatives differ from all plans before them in what is taken, or else in most of the runs."""
        best = self.best(objective, self.problem.limits, [])
        if isinstance(best, PlanStatus):
            return Outcome(best, [])
        found, cuts = [best], list[Row]()
        while len(found) <= alternatives and found[-1].steps:
            trials = [[*cuts, _other_credentials(self.written, found[-1])], [*cuts, _other_runs(self.written, found[-1])]]
            more = [
                (one, cut) for cut in trials if isinstance(one := self.best(objective, self.problem.limits, cut), Solution)
            ]
            if not more:
                break
            (solution, cuts), *_ = more
            found.append(solution)
        return Outcome(PlanStatus.OPTIMAL if best.is_proven else PlanStatus.FEASIBLE, found)

    def best(self, objective: PlanObjective, limits: Limits, rows: Sequence[Row]) -> Solution | PlanStatus:
        """The best plan under these limits; else why there is none."""
        if objective is PlanObjective.FASTEST:
            reached, limits = self._soonest(limits, rows)
        else:
            reached = self._reach(self.costs.of(objective), limits, rows)
        if reached.answer is None:
            return reached.status
        steps = self._needed(self._chosen(reached.answer), objective, limits, rows)
        is_proven = reached.status is PlanStatus.OPTIMAL
        distance = abs(reached.answer.objective - reached.answer.bound) / max(abs(reached.answer.objective), 1.0)
        return Solution(tuple(steps), self.costs.value(objective, steps), is_proven, None if is_proven else distance)

    def _soonest(self, limits: Limits, rows: Sequence[Row]) -> tuple[_Reached, Limits]:
        """Looks for the first day by which it can be done, from the first on which nothing speaks against it.

        From there the steps grow until there is a plan; then they are halved. What is done by that day is done cheaply.
        """
        days = sorted(
            {one.ends for one in self.problem.candidates if limits.finish_by is None or one.ends <= limits.finish_by}
        )
        if self._is_done():
            return self._reach({}, limits, rows), limits
        low, high = self._first_open(days, rows), len(days)
        latest, step = low, 1
        while latest < high:
            reached = self._reach({}, replace(limits, finish_by=days[latest]), rows)
            if reached.status is PlanStatus.UNKNOWN:
                return reached, limits
            if reached.answer is not None:
                high = latest
                break
            low, latest, step = latest + 1, min(latest + step, high - 1) if latest < high - 1 else high, step * 2
        if high == len(days):
            return _Reached(None, PlanStatus.INFEASIBLE), limits
        while low < high:
            middle = (low + high) // 2
            reached = self._reach({}, replace(limits, finish_by=days[middle]), rows)
            if reached.status is PlanStatus.UNKNOWN:
                break
            low, high = (low, middle) if reached.answer is not None else (middle + 1, high)
        limits = replace(limits, finish_by=days[high])
        cheap = self._reach(self.costs.of(PlanObjective.CHEAPEST), limits, rows, prove=False)
        status = PlanStatus.OPTIMAL if low == high else PlanStatus.FEASIBLE
        return _Reached(cheap.answer, status), limits

    def _is_done(self) -> bool:
        """Whether nothing need be taken at all."""
        nothing = Search(self.written.mip, {}, self.written.taken).good(self._left())
        return nothing.values is not None

    def _first_open(self, days: list[int], rows: Sequence[Row]) -> int:
        """The first day by which the relaxed program has a solution."""
        low, high = 0, len(days)
        while low < high:
            middle = (low + high) // 2
            if self.written.mip.is_relaxable(1.0, rows, self._later_than(days[middle])):
                high = middle
            else:
                low = middle + 1
        return low

    def _later_than(self, day: int | None) -> list[int]:
        taken = zip(self.written.taken, self.problem.candidates, strict=True)
        return [column for column, one in taken if day is not None and one.ends > day]

    def _reach(
        self, costs: Sum, limits: Limits, rows: Sequence[Row], closed: Iterable[int] = (), *, prove: bool = True
    ) -> _Reached:
        """Solves, looks for what is broken, forbids that and solves again, until nothing is."""
        own = [*rows, *([(self.costs.net(), -NO_END, limits.budget)] if limits.budget is not None else [])]
        shut = {*closed, *self._later_than(limits.finish_by)}
        search, is_last = Search(self.written.mip, costs, shut), False
        answer = search.good(self._left(), own)
        while answer.values is not None:
            steps = self._chosen(answer)
            clashing, crowded = list(clashes(self.written, steps)), list(crowds(self.written, steps, limits))
            self.written.mip.rows += clashing
            own += crowded
            if clashing or crowded:
                answer, is_last = search.good(self._left(), own), False
            elif answer.is_optimal or is_last or not prove:
                return _Reached(answer, PlanStatus.OPTIMAL if answer.is_optimal else PlanStatus.FEASIBLE)
            else:
                answer, is_last = search.prove(answer, self._left(), own), True
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
        self, steps: list[Candidate], objective: PlanObjective, limits: Limits, rows: Sequence[Row]
    ) -> list[Candidate]:
        """Without steps that could be left out, since they cost nothing; and of runs that are as good, earlier ones."""
        taken = zip(self.written.taken, self.problem.candidates, strict=True)
        own = {one.credential for one in steps}
        runs = {column: one for column, one in taken if one.credential in own}
        if len(runs) > MOST_RUNS:
            keys = {one.key for one in steps}
            runs = {column: one for column, one in runs.items() if one.key in keys}
        costs = {} if objective is PlanObjective.FASTEST else self.costs.of(objective)
        heavy = {column: HEAVIER * value for column, value in costs.items()}
        for column, one in runs.items():
            heavy[column] = heavy.get(column, 0.0) + STEP + (one.ends - self.problem.limits.not_before) * DAY
        others = set(self.written.taken) - runs.keys()
        reached = self._reach(heavy, limits, rows, others) if steps else _Reached(None, PlanStatus.UNKNOWN)
        return steps if reached.answer is None else self._chosen(reached.answer)


def _other_credentials(written: Written, solution: Solution) -> Row:
    """At least one credential is another one."""
    credentials = {one.credential for one in solution.steps}
    terms = {written.taken[place]: 1.0 for one in credentials for place in written.of[one]}
    return terms, -NO_END, float(len(credentials) - 1)


def _other_runs(written: Written, solution: Solution) -> Row:
    """At least half of the runs are others."""
    keys = {one.key for one in solution.steps}
    taken = zip(written.taken, written.problem.candidates, strict=True)
    return {column: 1.0 for column, one in taken if one.key in keys}, -NO_END, float(len(keys) // 2)
