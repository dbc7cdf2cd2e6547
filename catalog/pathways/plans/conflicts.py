"""Why there is no plan: wishes that cannot hold together, and by how little each would have to give way."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from math import ceil

from catalog.pathways.plans.candidates import Found, kept
from catalog.pathways.plans.planner import Planner
from catalog.pathways.plans.problem import Limits, PlanObjective, PlanStatus, Problem, Solution
from catalog.pathways.plans.wishes import Wishes

MOST_HOURS, MOST_AT_ONCE = 60, 10


@dataclass(frozen=True, slots=True)
class Conflict:
    """`constraints` cannot hold together, but all but any one of them can. Each relaxation alone is enough."""

    constraints: tuple[str, ...]
    relaxations: tuple[str, ...]
    message: str


@dataclass
class Diagnosis:
    """One problem that has no plan, tried again without some of the wishes."""

    problem: Problem
    found: Sequence[Found]
    wishes: Wishes
    seconds: float
    """For all that is tried, together."""
    check: Callable[[], None]
    _until: float = field(init=False)

    def __post_init__(self) -> None:
        self._until = time.monotonic() + self.seconds

    def find(self) -> list[Conflict]:
        """All that are apart from each other: none where the time was up; an empty one where no wish is in the way."""
        left = [name for name, value in self._asked().items() if value]
        without_all = self._is_possible(left)
        if without_all is not True:
            return [] if without_all is None else [Conflict((), (), "")]
        sets: list[list[str]] = []
        while needed := self._in_the_way(left, [name for one in sets for name in one]):
            sets.append(needed)
            left = [name for name in left if name not in needed]
        return [self._conflict(own, [name for other in sets if other is not own for name in other]) for own in sets]

    def _in_the_way(self, wishes: Sequence[str], dropped: Sequence[str]) -> list[str]:
        """Wishes that cannot hold together, although all but any one of them can. Empty where the rest can be kept."""
        if self._is_possible(dropped) is not False:
            return []
        needed = list(wishes)
        for name in wishes:
            others = [one for one in needed if one != name]
            possible = self._is_possible([*dropped, *(one for one in wishes if one not in others)])
            if possible is None:
                return []
            if not possible:
                needed = others
        return needed

    def _conflict(self, names: Sequence[str], elsewhere: Sequence[str]) -> Conflict:
        """Each relaxation with every other wish as it was, but for those that another conflict speaks of."""
        relaxations = tuple(relaxed for name in names if (relaxed := self._relaxed(name, elsewhere)) is not None)
        return Conflict(tuple(names), relaxations, self._message(names, relaxations, elsewhere))

    def _asked(self) -> Mapping[str, bool]:
        own = self.wishes
        return {
            "budget": own.budget is not None,
            "finishBefore": own.finish_before is not None,
            "startAfter": own.start_after is not None,
            "hoursPerWeek": own.hours_per_week is not None,
            "atOnce": own.at_once is not None,
            "regions": own.regions is not None,
            "near": own.near is not None,
            "modes": own.modes is not None,
            "attendance": own.attendance is not None,
            "languages": own.languages is not None,
            "avoidInstitutions": bool(own.avoid_institutions),
        }

    def _planner(self, dropped: Sequence[str]) -> Planner:
        own = self.problem.limits
        limits = Limits(
            None if "budget" in dropped else own.budget,
            None if "hoursPerWeek" in dropped else own.hours,
            None if "atOnce" in dropped else own.at_once,
            own.not_before if "startAfter" not in dropped else min((one.candidate.starts for one in self.found), default=0),
            None if "finishBefore" in dropped else own.finish_by,
        )
        problem = replace(self.problem, candidates=kept(self.found, dropped), limits=limits)
        return Planner(problem, max(self._until - time.monotonic(), 0.0), self.check)

    def _is_possible(self, dropped: Sequence[str]) -> bool | None:
        planner = self._planner(dropped)
        answer = planner.best(PlanObjective.FEWEST, planner.problem.limits)
        return True if isinstance(answer, Solution) else False if answer is PlanStatus.INFEASIBLE else None

    def _relaxed(self, name: str, elsewhere: Sequence[str]) -> str | None:
        match name:
            case "budget":
                return self._more_budget(elsewhere)
            case "finishBefore":
                return self._later_end(elsewhere)
            case "hoursPerWeek":
                return self._more("hours", ceil(self.wishes.hours_per_week or 0), MOST_HOURS, "hours a week", elsewhere)
            case "atOnce":
                return self._more("at_once", self.wishes.at_once or 0, MOST_AT_ONCE, "at once", elsewhere)
            case _:
                return f"without {name}" if self._is_possible([name, *elsewhere]) else None

    def _more_budget(self, elsewhere: Sequence[str]) -> str | None:
        planner = self._planner(["budget", *elsewhere])
        best = planner.best(PlanObjective.CHEAPEST, planner.problem.limits)
        if not isinstance(best, Solution) or any(one.cost is None for one in best.steps):
            return None
        return f"budget + {ceil(best.value - (self.wishes.budget or 0.0))}"

    def _later_end(self, elsewhere: Sequence[str]) -> str | None:
        planner = self._planner(["finishBefore", *elsewhere])
        best = planner.best(PlanObjective.FASTEST, planner.problem.limits)
        if not isinstance(best, Solution):
            return None
        day = date.fromordinal(planner.problem.limits.not_before + int(best.value))
        return f"finish by {day.isoformat()}"

    def _more(self, name: str, least: int, most: int, words: str, elsewhere: Sequence[str]) -> str | None:
        """The least whole number that is enough; more is never worse."""
        low, high = least + 1, most
        planner = self._planner(["hoursPerWeek" if name == "hours" else "atOnce", *elsewhere])
        reached = None
        while low <= high:
            middle = (low + high) // 2
            limits = replace(planner.problem.limits, **{name: middle})
            if isinstance(planner.best(PlanObjective.FEWEST, limits), Solution):
                reached, high = middle, middle - 1
            else:
                low = middle + 1
        return None if reached is None else f"{reached} {words}"

    def _message(self, names: Sequence[str], relaxations: Sequence[str], elsewhere: Sequence[str]) -> str:
        together = " and ".join(self._in_words(name) for name in names)
        verb = "cannot hold together" if len(names) > 1 else "cannot be kept"
        ways = f": enough would be {', or '.join(relaxations)}" if relaxations else ""
        beside = f" (another conflict is over {' and '.join(elsewhere)})" if elsewhere else ""
        return f"{together} {verb}{ways}{beside}"

    def _in_words(self, name: str) -> str:
        own = self.wishes
        match name:
            case "budget":
                return f"a budget of {own.budget:g}"
            case "finishBefore":
                return f"finishing by {own.finish_before}"
            case "startAfter":
                return f"not starting before {own.start_after}"
            case "hoursPerWeek":
                return f"{own.hours_per_week:g} hours a week"
            case "atOnce":
                return f"{own.at_once} at once"
            case "avoidInstitutions":
                return "the institutions to avoid"
            case _:
                return f"the {name} asked for"
