"""What is obtained before a day, and whether rules hold by then, as bounds over columns.

One binary column says whether a candidate is taken. Everything else grows from that: what is obtained before a day is a
running sum over the candidates of a credential by their last day, and a rule holds before a day as far as its leaves do.
"""

from abc import ABC, abstractmethod
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from catalog.model.durations import later
from catalog.model.rule import AllOf, AnyOf, AtLeast, CreditSum, HasSkill, Holds, Rule, children
from catalog.pathways.evaluation.evaluator import alike
from catalog.pathways.evaluation.moments import Span
from catalog.pathways.evaluation.outcomes import MET, NOT_MET, UNKNOWN
from catalog.pathways.plans.problem import Candidate, Problem, Program
from catalog.pathways.plans.solver import Mip
from catalog.pathways.plans.terms import Bound, Sum, Terms

EVER = date.max.toordinal()
"""Before this day everything is obtained that is obtained at all."""
MOST_DEPTH = 4
"""How deep what is put together may itself be put together."""


@dataclass
class Obtaining(ABC):
    """`taken` is the column of each candidate, by its place."""

    problem: Problem
    mip: Mip = field(default_factory=Mip)
    terms: Terms = field(init=False)
    taken: list[int] = field(default_factory=list)
    of: dict[str, list[int]] = field(default_factory=dict)
    """The places of a credential's candidates."""
    _by_end: dict[str, tuple[list[int], list[int]]] = field(default_factory=dict)
    _by_start: dict[str, tuple[list[int], list[int]]] = field(default_factory=dict)
    _met: dict[tuple[object, ...], Bound] = field(default_factory=dict)
    _depth: int = 0

    def __post_init__(self) -> None:
        self.terms = Terms(self.mip)
        for place, one in enumerate(self.problem.candidates):
            self.taken.append(self.mip.column())
            self.of.setdefault(one.credential, []).append(place)
        for places in self.of.values():
            self.mip.row({self.taken[place]: 1.0 for place in places}, at_most=1.0)

    @abstractmethod
    def program(self, program: Program, before: int) -> Bound:
        """Whether all parts of a program are met before a day."""

    def candidate(self, place: int) -> Candidate:
        return self.problem.candidates[place]

    def obtained(self, credential: str, before: int) -> Bound:
        """Whether it, or what counts as it, is held or finished before a day."""
        key = ("obtained", credential, before)
        if key not in self._met:
            self._met[key] = self._obtained(credential, before)
        return self._met[key]

    def _obtained(self, credential: str, before: int) -> Bound:
        day = self._last_expected() if before == EVER else date.fromordinal(before)
        if self.problem.evaluator.value(Holds(credential), Span(day, day)) == MET:
            return 1.0
        found: Sum = {}
        for one in self.problem.courses.same_as(credential):
            column = self._finished(one, before)
            if column is not None:
                found[column] = 1.0
            made = self._made(one, before)
            if made is not None:
                found[made] = 1.0
        return found or 0.0

    def _last_expected(self) -> date:
        """By when everything that is in progress is held, if it goes as expected."""
        profile = self.problem.evaluator.profile
        days = [one.expected_on for one in profile.held or () if one.expected_on and not one.completed_on]
        return max([profile.on, *days])

    def _finished(self, credential: str, before: int) -> int | None:
        """The running sum of a credential's candidates whose last day comes before that day."""
        if credential not in self.of:
            return None
        if credential not in self._by_end:
            self._by_end[credential] = self._running(credential, lambda one: one.ends)
        days, columns = self._by_end[credential]
        place = bisect_left(days, before)
        return columns[place - 1] if place else None

    def finished_behind(self, credential: str, day: int) -> Sum:
        """Whether one of its candidates that ends behind that day is taken; empty where there is none."""
        whole, before = self._finished(credential, EVER), self._finished(credential, day + 1)
        if whole is None or whole == before:
            return {}
        return {whole: 1.0} if before is None else {whole: 1.0, before: -1.0}

    def begun(self, credential: str, day: int) -> int:
        """The running sum of those that begin on that day or before it."""
        if credential not in self._by_start:
            self._by_start[credential] = self._running(credential, lambda one: one.starts)
        days, columns = self._by_start[credential]
        return columns[bisect_right(days, day) - 1]

    def _running(self, credential: str, day_of: Callable[[Candidate], int]) -> tuple[list[int], list[int]]:
        """Days, each once, rising, with the column that says whether one of the candidates up to it is taken."""
        by_day: dict[int, list[int]] = {}
        for place in self.of[credential]:
            by_day.setdefault(day_of(self.candidate(place)), []).append(self.taken[place])
        days = sorted(by_day)
        columns: list[int] = []
        for day in days:
            own = by_day[day]
            if not columns and len(own) == 1:
                columns.append(own[0])
                continue
            column = self.mip.column(whole=False)
            terms = {column: -1.0} | dict.fromkeys(own, 1.0) | ({columns[-1]: 1.0} if columns else {})
            self.mip.row(terms, 0.0, 0.0)
            columns.append(column)
        return days, columns

    def _made(self, credential: str, before: int) -> int | None:
        """A column for putting it together from what it is made of, all of that before the day."""
        programs = self.problem.made_of.get(credential)
        if not programs or self._depth >= MOST_DEPTH:
            return None
        column = self.mip.column()
        self._depth += 1
        self.terms.at_most({column: 1.0}, self.terms.any_of([self.program(one, before) for one in programs]))
        self._depth -= 1
        return column

    # ---- rules

    def met(self, rule: Rule, before: int, span: Span) -> Bound:
        """Whether a rule holds by what is obtained before a day, and by facts as of the span."""
        if self.problem.evaluator.value(rule, span) == MET:
            return 1.0
        key = ("met", rule, before, span)
        if key not in self._met:
            self._met[key] = self._rule(rule, before, span)
        return self._met[key]

    def _rule(self, rule: Rule, before: int, span: Span) -> Bound:
        match rule:
            case AllOf(rules):
                return self.terms.all_of([self.met(one, before, span) for one in rules])
            case AnyOf(rules):
                planned = self.terms.any_of([self.met(one, before, span) for one in rules if _is_planned(one)])
                return planned if planned != 0.0 else self.terms.any_of([self.met(one, before, span) for one in rules])
            case AtLeast(count, rules):
                return self.terms.counted(count, [self.met(one, before, span) for one in rules])
            case CreditSum():
                return self._summed(rule, before)
            case Holds() | HasSkill() if self.problem.evaluator.value(rule, span) == UNKNOWN and self._is_told(rule):
                return 1.0  # a grade or a level that nobody told: the plan names it
            case Holds(credential, within, min_grade) if within or min_grade:
                return self._anew(str(credential), before, within)
            case Holds(credential):
                return self.obtained(str(credential), before)
            case HasSkill(skill):
                teachers = [one for one in self.of if self._teaches(one, skill)]
                return (
                    self.terms.any_of([self.obtained(one, before) for one in teachers])
                    if teachers
                    else self._fact(rule, span)
                )
            case _:
                return self._fact(rule, span)

    def _is_told(self, rule: Holds | HasSkill) -> bool:
        """Whether it is held in some way, so that only how well or when is open."""
        profile = self.problem.evaluator.profile
        if isinstance(rule, HasSkill):
            return rule.level is not None
        return any(one in profile.holdings for one in self.problem.courses.same_as(str(rule.credential)))

    def _anew(self, credential: str, before: int, within: str | None) -> Bound:
        """What is finished before a day, not too long before it. What is held is too old, or was not done well enough."""
        found: Sum = {}
        for one in self.problem.courses.same_as(credential):
            for place in self.of.get(one, ()):
                ends = self.candidate(place).ends
                lasts = within is None or before == EVER or later(date.fromordinal(ends), within).toordinal() >= before
                if ends < before and lasts:
                    found[self.taken[place]] = 1.0
        return found or 0.0

    def _fact(self, rule: Rule, span: Span) -> float:
        """What nobody knows yet is not planned around: the plan names it."""
        return 0.0 if self.problem.evaluator.value(rule, span) == NOT_MET else 1.0

    def _teaches(self, credential: str, skill: str) -> bool:
        course = self.problem.courses.course(credential)
        return course is not None and skill in course.skills

    def _summed(self, rule: CreditSum, before: int) -> Bound:
        counted: list[tuple[float, Bound]] = []
        for group in alike(rule.credentials, self.problem.courses):
            own = [(self._credit(one, rule.unit), self.obtained(one, before)) for one in group]
            counted += own if len(own) == 1 else self.terms.one_of(own)
        return self.terms.reaches(rule.minimum, counted)

    def _credit(self, credential: str, unit: str) -> float:
        course = self.problem.courses.course(credential)
        return (course.amount(unit)[0] if course else None) or 0.0


def _is_planned(rule: Rule) -> bool:
    """Whether it can be planned for: such ways are preferred to what hangs on a decision or an unknown fact alone."""
    below = children(rule)
    return any(_is_planned(one) for one in below) if below else isinstance(rule, Holds | CreditSum | HasSkill)
