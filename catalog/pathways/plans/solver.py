"""A mixed-integer program, put together row by row and given to HiGHS, which is imported with the first plan.

Large programs are solved in three steps. The relaxed one is quick, and says what no plan can be better than, and how much
dearer each column would make it. The columns that cost least then give a good plan. At last all those that could still make
a better one are looked at: where the first two agree, there are none.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import inf
from typing import Any

Terms = Mapping[int, float]
"""Columns with their coefficients."""
Row = tuple[Terms, float, float]
"""Terms, at least, at most."""
LEAST_DIFFERENCE = 0.004
"""Less than half a cent: amounts, days, steps and tenths of kilometres that differ, differ by more than twice this."""
WIDER = 4
SMALL = 200
"""So many whole columns are solved at once, and so many are looked at first where there are more."""
OPTIONS: dict[str, Any] = {
    "output_flag": False,
    "log_to_console": False,
    "threads": 1,
    "random_seed": 0,
    "mip_rel_gap": 0.0,
    "mip_abs_gap": LEAST_DIFFERENCE,
}


@dataclass(frozen=True, slots=True)
class Answer:
    """`values` by column, None where no solution is known; no solution is better than `bound`."""

    values: Sequence[float] | None
    objective: float
    bound: float
    is_optimal: bool = False
    is_infeasible: bool = False


@dataclass
class Mip:
    """Minimises. Columns and rows are only added, so that a solved program can be made stricter and solved again."""

    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    is_whole: list[bool] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)

    def column(self, lower: float = 0.0, upper: float = 1.0, *, whole: bool = True) -> int:
        self.lower.append(lower)
        self.upper.append(upper)
        self.is_whole.append(whole)
        return len(self.lower) - 1

    def row(self, terms: Terms, at_least: float = -inf, at_most: float = inf) -> None:
        self.rows.append((terms, at_least, at_most))

    def is_relaxable(self, seconds: float, more: Iterable[Row] = (), closed: Collection[int] = ()) -> bool:
        """Whether there might be a solution: False is certain."""
        return not _Tableau(self, {}, [*self.rows, *more], closed).relax(seconds).is_infeasible


@dataclass
class Search:
    """A program with costs, solved again and again while rows are added. `closed` columns stay 0."""

    mip: Mip
    costs: Terms
    closed: Collection[int] = ()
    bound: float = -inf
    """No answer is better, as far as is known; rows that are added only make it worse."""
    _near: Any = None
    _size: int = SMALL
    """So many whole columns are near; more where those do not do."""

    def good(self, seconds: float, more: Sequence[Row] = ()) -> Answer:
        """A good answer: among the columns that the relaxed program thinks most of, or among all if these do not do."""
        tableau = self._tableau(more)
        while tableau.whole_columns > self._size:
            if self._near is None:
                relaxed = tableau.relax(seconds)
                if relaxed.values is None:
                    return relaxed
                self.bound = max(self.bound, relaxed.bound)
                self._near = tableau.nearest(relaxed, self._size)
            answer = tableau.solve(seconds / 2, self._near)
            if answer.values is not None:
                return Answer(answer.values, answer.objective, -inf)
            self._near, self._size = None, self._size * WIDER
        return tableau.solve(seconds)

    def prove(self, answer: Answer, seconds: float, more: Sequence[Row] = ()) -> Answer:
        """The answer if nothing is better, else what is: only columns that could be in it are looked at."""
        tableau = self._tableau(more)
        relaxed = tableau.relax(seconds)
        self.bound = max(self.bound, relaxed.bound)
        if answer.objective <= relaxed.bound + LEAST_DIFFERENCE:
            return Answer(answer.values, answer.objective, relaxed.bound, is_optimal=True)
        better = tableau.solve(seconds, tableau.better_than(answer.objective, relaxed))
        if better.values is None:
            return Answer(answer.values, answer.objective, max(better.bound, relaxed.bound), is_optimal=False)
        if self._near is not None:
            self._near = tableau.joined(self._near, better)
        return better

    def _tableau(self, more: Sequence[Row]) -> "_Tableau":
        return _Tableau(self.mip, self.costs, [*self.mip.rows, *more], self.closed)


def _quiet(highspy: Any) -> Any:
    """A solver that says nothing: HiGHS greets on standard output while it makes callbacks ready, before it has options."""

    class Quiet(highspy.Highs):  # type: ignore[misc]
        def enableCallbacks(self) -> None:  # noqa: N802 - its name there
            self.setOptionValue("output_flag", False)
            super().enableCallbacks()

    return Quiet()


class _Tableau:
    """A program as arrays."""

    def __init__(self, mip: Mip, costs: Terms, rows: list[Row], closed: Collection[int]) -> None:
        import numpy as np  # noqa: PLC0415 - with HiGHS: only who plans pays for it

        self.np = np
        self.cost = np.zeros(len(mip.lower))
        for column, value in costs.items():
            self.cost[column] = value
        self.lower, self.upper, self.whole = np.array(mip.lower), np.array(mip.upper), np.array(mip.is_whole, dtype=bool)
        self.index = np.array([column for terms, _, _ in rows for column in terms], dtype=np.int32)
        self.value = np.array([value for terms, _, _ in rows for value in terms.values()], dtype=np.float64)
        self.row_of = np.repeat(np.arange(len(rows)), [len(terms) for terms, _, _ in rows])
        self.least, self.most = np.array([one for _, one, _ in rows]), np.array([one for _, _, one in rows])
        self.open = np.ones(len(self.cost), dtype=bool)
        self.open[list(closed)] = False

    @property
    def whole_columns(self) -> int:
        return int((self.whole & self.open).sum())

    def relax(self, seconds: float) -> "Answer":
        answer, duals = self._run(seconds, self.open, whole=False)
        self.duals = duals
        return answer

    def solve(self, seconds: float, kept: Any = None) -> Answer:
        return self._run(seconds, self.open if kept is None else kept & self.open, whole=True)[0]

    def nearest(self, relaxed: Answer, size: int) -> Any:
        """All columns that are not whole, and the whole ones that are used by the relaxed answer or cost it least."""
        used = self.np.array(relaxed.values) > LEAST_DIFFERENCE
        ranked = self.np.where(used | (self.lower > 0), -1.0, self.duals)
        ranked[~(self.whole & self.open)] = inf
        kept = ~self.whole
        kept[self.np.argsort(ranked, kind="stable")[:size]] = True
        return kept

    def joined(self, kept: Any, answer: Answer) -> Any:
        """With the columns that an answer uses."""
        return kept | (self.np.array(answer.values) > LEAST_DIFFERENCE)

    def better_than(self, cutoff: float, relaxed: Answer) -> Any:
        """Columns that any solution as good as that may hold: those that must be in it, and those that are not too dear."""
        return ~self.whole | (self.lower > 0) | (relaxed.bound + self.duals <= cutoff + LEAST_DIFFERENCE)

    def _run(self, seconds: float, kept: Any, *, whole: bool) -> tuple[Answer, Any]:
        import highspy  # noqa: PLC0415 - takes 0.2 s

        np = self.np
        places, entries = np.cumsum(kept) - 1, kept[self.index]
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = int(kept.sum()), len(self.least)
        lp.col_cost_, lp.col_lower_, lp.col_upper_ = self.cost[kept], self.lower[kept], self.upper[kept]
        lp.row_lower_, lp.row_upper_ = self.least, self.most
        starts = np.zeros(len(self.least) + 1, dtype=np.int32)
        starts[1:] = np.cumsum(np.bincount(self.row_of[entries], minlength=len(self.least)))
        lp.a_matrix_.format_, lp.a_matrix_.start_ = highspy.MatrixFormat.kRowwise, starts
        lp.a_matrix_.index_, lp.a_matrix_.value_ = places[self.index[entries]].astype(np.int32), self.value[entries]
        if whole:
            kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
            lp.integrality_ = [kinds[one] for one in self.whole[kept].astype(int)]
        solver = _quiet(highspy)
        presolve = "on" if whole else "off"  # of a relaxed program it takes longer than solving it
        for name, value in {**OPTIONS, "presolve": presolve, "time_limit": max(seconds, 0.01)}.items():
            solver.setOptionValue(name, value)
        solver.passModel(lp)
        solver.run()
        return self._answer(highspy, solver, kept, whole=whole)

    def _answer(self, highspy: Any, solver: Any, kept: Any, *, whole: bool) -> tuple[Answer, Any]:
        np = self.np
        status, info, solution = solver.getModelStatus(), solver.getInfo(), solver.getSolution()
        statuses = highspy.HighsModelStatus
        if status in (statuses.kInfeasible, statuses.kUnboundedOrInfeasible):
            return Answer(None, inf, inf, is_infeasible=True), None
        has_solution = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
        is_optimal = status == statuses.kOptimal
        bound = info.objective_function_value if is_optimal else info.mip_dual_bound if whole else -inf
        values = np.zeros(len(kept))
        duals = np.zeros(len(kept))
        if has_solution:
            values[kept] = solution.col_value
        if not whole and len(solution.col_dual):
            duals[kept] = solution.col_dual
        answer = Answer(values.tolist() if has_solution else None, info.objective_function_value, bound, is_optimal)
        return answer, duals
