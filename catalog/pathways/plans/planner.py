"""Finds the best plan, and plans that differ from it.

Meetings, weekly hours and how many at once are looked at in what comes out: where they are broken, exactly that is forbidden
and the program solved again. They rarely bind, and there are too many of them to write down beforehand.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from catalog.pathways.plans.clashes import clash
from catalog.pathways.plans.objectives import Costs
from catalog.pathways.plans.problem import Candidate, Limits, Objective, PlanStatus, Problem, Solution
from catalog.pathways.plans.program import Sum, Written
from catalog.pathways.plans.solver import Answer

Row = tuple[Sum, float, float]
NO_END = float("inf")
HALF = 0.5
EPSILON = 1e-6


@dataclass
class Outcome:
    status: PlanStatus
    solutions: list[Solution]


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
        self.written = Written(self.problem)
        self.costs = Costs(self.written)
        _ = self.costs.funding, self.costs.finish  # all columns are there before anything is solved

    def plan(self, objective: Objective, alternatives: int = 0) -> Outcome:
        """The best plan first; alternatives differ from all before them in what is taken, or in most of the runs."""
        best, status = self._best(self.costs.of(objective), self.problem.limits, [])
        if best is None:
            return Outcome(status, [])
        found = [best]
        cuts: list[Row] = []
        for _ in range(alternatives):
            more = None
            for cut in (_other_credentials, _other_runs):
                trial = [*cuts, (cut(self.written, found[-1]), -NO_END, _most(cut, found[-1]))]
                more, _ = self._best(self.costs.of(objective), self.problem.limits, trial)
                if more is not None:
                    cuts = trial
                    break
            if more is None:
                break
            found.append(more)
        return Outcome(status, found)

    def least(self, costs: Sum, limits: Limits) -> tuple[float | None, PlanStatus]:
        """The least that a sum can be under other limits: what a constraint would have to be."""
        answer, status = self._solve(costs, limits, [])
        return (answer.objective if answer else None), status

    def is_possible(self, limits: Limits) -> bool | None:
        """None where there was no time to find out."""
        _, status = self._solve({}, limits, [])
        return None if status is PlanStatus.UNKNOWN else status is not PlanStatus.INFEASIBLE

    def _best(self, costs: Sum, limits: Limits, rows: Sequence[Row]) -> tuple[Solution | None, PlanStatus]:
        """The objective is brought to its best; among the best, the earliest and shortest is taken."""
        answer, status = self._solve(costs, limits, rows)
        if answer is None or answer.values is None:
            return None, status
        value = answer.objective
        if status is PlanStatus.OPTIMAL:
            tied = [*rows, (costs, -NO_END, value + max(EPSILON, abs(value) * EPSILON))]
            nicer, again = self._solve(self._niceness(), limits, tied)
            if nicer is not None and nicer.values is not None and again is PlanStatus.OPTIMAL:
                answer = Answer(nicer.values, value, value, is_optimal=True, is_infeasible=False)
        return self._solution(answer, status), status

    def _niceness(self) -> Sum:
        """Fewer steps, then what is preferred, then an earlier end of all steps together."""
        first = self.problem.limits.not_before
        return {
            column: 1_000.0 + (0.0 if one.is_preferred else 100.0) + (one.ends - first) * 0.01
            for column, one in zip(self.written.taken, self.problem.candidates, strict=True)
        }

    def _solution(self, answer: Answer, status: PlanStatus) -> Solution:
        is_proven = status is PlanStatus.OPTIMAL
        gap = None if is_proven else abs(answer.objective - answer.bound) / max(abs(answer.objective), 1.0)
        return Solution(tuple(self._chosen(answer)), answer.objective, is_proven, gap)

    def _chosen(self, answer: Answer) -> list[Candidate]:
        values = answer.values or []
        taken = zip(self.problem.candidates, self.written.taken, strict=True)
        chosen = [one for one, column in taken if values[column] > HALF]
        return sorted(chosen, key=lambda one: (one.starts, one.ends, one.key))

    def _solve(self, costs: Sum, limits: Limits, rows: Sequence[Row]) -> tuple[Answer | None, PlanStatus]:
        """Solves, looks for what is broken, forbids that and solves again, until nothing is."""
        bounds = [*rows, *self._limits(limits)]
        while True:
            self.check()
            left = self._until - time.monotonic()
            if left <= 0:
                return None, PlanStatus.UNKNOWN
            answer = self.written.mip.solve(costs, left, bounds)
            if answer.is_infeasible:
                return None, PlanStatus.INFEASIBLE
            if answer.values is None:
                return None, PlanStatus.UNKNOWN
            steps = self._chosen(answer)
            broken = list(self._broken(steps, limits))
            if not broken:
                return answer, PlanStatus.OPTIMAL if answer.is_optimal else PlanStatus.FEASIBLE
            for row, is_always in broken:
                if is_always:
                    self.written.mip.rows.append(row)
                else:
                    bounds.append(row)

    def _limits(self, limits: Limits) -> Iterator[Row]:
        taken = zip(self.written.taken, self.problem.candidates, strict=True)
        if limits.budget is not None:
            yield self.costs.net(), -NO_END, limits.budget
        if limits.finish_by is not None:
            late = {column: 1.0 for column, one in taken if one.ends > limits.finish_by}
            yield late, -NO_END, 0.0

    def _broken(self, steps: Sequence[Candidate], limits: Limits) -> Iterator[tuple[Row, bool]]:
        """Rows that forbid what these steps break; True where they hold whatever the limits are."""
        for number, one in enumerate(steps):
            for other in steps[:number]:
                if clash(one.meetings, other.meetings):
                    yield self._apart(one, other), True
        for one in steps:
            running = [other for other in steps if other.starts <= one.starts <= other.ends]
            if limits.at_once is not None and len(running) > limits.at_once:
                yield (self._running(one.starts), -NO_END, float(limits.at_once)), False
            if limits.hours is not None and sum(other.hours or 0.0 for other in running) > limits.hours + EPSILON:
                yield (self._load(one.starts), -NO_END, limits.hours), False

    def _apart(self, one: Candidate, other: Candidate) -> Row:
        """All runs of the other's credential that clash with the one are forbidden with it at once."""
        column = {own.key: self.written.taken[place] for place, own in enumerate(self.problem.candidates)}
        clashing = [
            self.written.taken[place]
            for place in self.written.of[other.credential]
            if clash(one.meetings, self.written.candidate(place).meetings)
        ]
        return dict.fromkeys(clashing, 1.0) | {column[one.key]: 1.0}, -NO_END, 1.0

    def _running(self, day: int) -> Sum:
        """All that runs on a day."""
        taken = zip(self.written.taken, self.problem.candidates, strict=True)
        return {column: 1.0 for column, one in taken if one.starts <= day <= one.ends}

    def _load(self, day: int) -> Sum:
        """The weekly hours of all that runs on a day; hours that are not stated count as none, and are named in the plan."""
        taken = zip(self.written.taken, self.problem.candidates, strict=True)
        return {column: one.hours for column, one in taken if one.hours and one.starts <= day <= one.ends}


def _other_credentials(written: Written, solution: Solution) -> Sum:
    """Over every run of what the plan takes."""
    credentials = {one.credential for one in solution.steps}
    return {written.taken[place]: 1.0 for one in credentials for place in written.of[one]}


def _other_runs(written: Written, solution: Solution) -> Sum:
    keys = {one.key for one in solution.steps}
    return {column: 1.0 for column, one in zip(written.taken, written.problem.candidates, strict=True) if one.key in keys}


def _most(cut: Callable[[Written, Solution], Sum], solution: Solution) -> float:
    """At least one credential is another one, or at least half of the runs are."""
    number = len(solution.steps)
    return float(number - 1) if cut is _other_credentials else float(number // 2)
