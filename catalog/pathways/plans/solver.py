"""A mixed-integer program, put together row by row and given to HiGHS, which is imported with the first plan."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import inf
from typing import Any

Terms = Mapping[int, float]
"""Columns with their coefficients."""


@dataclass(frozen=True, slots=True)
class Answer:
    """`values` by column; `bound` is what no solution is better than. None where there is none."""

    values: list[float] | None
    objective: float
    bound: float
    is_optimal: bool
    is_infeasible: bool


@dataclass
class Mip:
    """Minimises. Columns and rows are only added, so that a solved program can be made stricter and solved again."""

    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    is_whole: list[bool] = field(default_factory=list)
    rows: list[tuple[Terms, float, float]] = field(default_factory=list)

    def column(self, lower: float = 0.0, upper: float = 1.0, *, whole: bool = True) -> int:
        self.lower.append(lower)
        self.upper.append(upper)
        self.is_whole.append(whole)
        return len(self.lower) - 1

    def row(self, terms: Terms, at_least: float = -inf, at_most: float = inf) -> None:
        self.rows.append((terms, at_least, at_most))

    def solve(self, costs: Terms, seconds: float, more: Iterable[tuple[Terms, float, float]] = ()) -> Answer:
        """`more` are rows for this time only."""
        import highspy  # noqa: PLC0415 - takes 0.2 s: only who plans pays for it
        import numpy as np  # noqa: PLC0415

        rows = [*self.rows, *more]
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = len(self.lower), len(rows)
        cost = np.zeros(len(self.lower))
        for column, value in costs.items():
            cost[column] = value
        lp.col_cost_, lp.col_lower_, lp.col_upper_ = cost, np.array(self.lower), np.array(self.upper)
        lp.row_lower_, lp.row_upper_ = np.array([one for _, one, _ in rows]), np.array([one for _, _, one in rows])
        starts = np.zeros(len(rows) + 1, dtype=np.int32)
        starts[1:] = np.cumsum([len(terms) for terms, _, _ in rows])
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = starts
        lp.a_matrix_.index_ = np.array([column for terms, _, _ in rows for column in terms], dtype=np.int32)
        lp.a_matrix_.value_ = np.array([value for terms, _, _ in rows for value in terms.values()], dtype=np.float64)
        whole, part = highspy.HighsVarType.kInteger, highspy.HighsVarType.kContinuous
        lp.integrality_ = [whole if one else part for one in self.is_whole]
        return _run(highspy, lp, seconds)


OPTIONS: dict[str, Any] = {"output_flag": False, "mip_rel_gap": 0.0, "mip_abs_gap": 1e-6, "threads": 1, "random_seed": 0}


def _run(highspy: Any, lp: Any, seconds: float) -> Answer:
    solver = highspy.Highs()
    for name, value in {**OPTIONS, "time_limit": max(seconds, 0.01)}.items():
        solver.setOptionValue(name, value)
    solver.passModel(lp)
    solver.run()
    status, info = solver.getModelStatus(), solver.getInfo()
    is_infeasible = status in (highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible)
    has_solution = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    values = list(solver.getSolution().col_value) if has_solution and not is_infeasible else None
    is_optimal = status == highspy.HighsModelStatus.kOptimal
    bound = info.objective_function_value if is_optimal else info.mip_dual_bound
    return Answer(values, info.objective_function_value, bound, is_optimal, is_infeasible)
