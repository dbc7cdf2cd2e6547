"""What makes a plan another one: at most so many of these runs. It holds whatever else is planned with."""

from collections.abc import Iterable
from dataclasses import dataclass

from catalog.pathways.plans.limits import NO_END
from catalog.pathways.plans.problem import Candidate, Solution
from catalog.pathways.plans.program import Written
from catalog.pathways.plans.solver import Row


@dataclass(frozen=True, slots=True)
class Cut:
    """`keys` are those of candidates."""

    keys: frozenset[str]
    most: int

    def row(self, written: Written) -> Row:
        taken = zip(written.taken, written.problem.candidates, strict=True)
        return {column: 1.0 for column, one in taken if one.key in self.keys}, -NO_END, float(self.most)


def other_credentials(candidates: Iterable[Candidate], solution: Solution) -> Cut:
    """At least one credential is another one."""
    credentials = {one.credential for one in solution.steps}
    return Cut(frozenset(one.key for one in candidates if one.credential in credentials), len(credentials) - 1)


def other_runs(solution: Solution) -> Cut:
    """At least half of the runs are others."""
    return Cut(frozenset(one.key for one in solution.steps), len(solution.steps) // 2)
