"""Writes a problem as a mixed-integer program: what is taken has its requirements met, and one of the goals is reached."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from catalog.model.durations import later
from catalog.model.rule import Condition, Holds, Rule, walk
from catalog.pathways.evaluation.moments import Moments, Run, Span, moments_of
from catalog.pathways.plans.obtaining import EVER, Obtaining
from catalog.pathways.plans.problem import Candidate, Part, Problem, Program
from catalog.pathways.plans.reducing import deadline
from catalog.pathways.plans.terms import Bound, Sum


@dataclass
class Written(Obtaining):
    """A problem as a program."""

    def __post_init__(self) -> None:
        super().__post_init__()
        for credential in list(self.of):
            self._require(credential)
        self._reach(self.problem.goals)

    def _require(self, credential: str) -> None:
        """For each day on which a run begins: what has begun by then has its requirements met by then."""
        course = self.problem.courses.course(credential)
        if course is None or not course.hard:
            return
        for place in self.of[credential]:
            one = self.candidate(place)
            when = _moments(one, self.problem)
            for asked in course.hard:
                before = deadline(asked, one)
                bound = self.met(asked.rule, before, when.of(asked.kind, asked.at))
                is_lasting = before == one.starts and isinstance(bound, dict) and self._lasts(asked.rule)
                column = self.begun(credential, one.starts) if is_lasting else self.taken[place]
                self.terms.at_most({column: 1.0}, bound)

    def _lasts(self, rule: Rule) -> bool:
        """Whether what holds on one day holds on every later one: then all that began before can be asked together."""
        for _, node in walk(rule):
            if isinstance(node, Condition) or (isinstance(node, Holds) and (node.within or self._expires(node))):
                return False
        return True

    def _expires(self, rule: Holds) -> bool:
        known = (self.problem.courses.course(one) for one in self.problem.courses.same_as(str(rule.credential)))
        return any(one is not None and one.valid_for for one in known)

    # ---- goals

    def _reach(self, goals: Iterable[Program]) -> None:
        self.terms.at_most({self.mip.column(lower=1.0): 1.0}, self.terms.any_of([self.program(one, EVER) for one in goals]))

    def program(self, program: Program, before: int) -> Bound:
        """A whole column: the parts of one alternative are not mixed with those of another."""
        column = self.mip.column()
        shares: dict[str, Sum] = {}
        for part in program.parts:
            self._part(column, part, before, shares)
        for item, terms in shares.items():
            bound = self.obtained(item, before)
            if len(terms) > 1:
                self.mip.row(terms, at_most=1.0)
            for own in terms:
                self.terms.at_most({own: 1.0}, bound)
        return {column: 1.0}

    def _part(self, program: int, part: Part, before: int, shares: dict[str, Sum]) -> None:
        if part.rule is not None:
            on = self.problem.evaluator.profile.on
            self.terms.at_most({program: 1.0}, self.met(part.rule, before, Span(on, on)))
        if part.least > 0:
            terms: Sum = {program: part.least}
            for item in part.items:
                own = self.mip.column()
                terms[own] = -part.amounts.get(item, 0.0)
                if part.may_share:
                    self.terms.at_most({own: 1.0}, self.obtained(item, before))
                else:
                    shares.setdefault(item, {})[own] = 1.0
            self.mip.row(terms, at_most=0.0)
        if part.is_fixed:
            self._in_order(program, part)
        if part.within:
            self._together(program, part)

    def _in_order(self, program: int, part: Part) -> None:
        """Nothing begins before what stands before it is finished, if this is the program that is followed."""
        for earlier, item in zip(part.items, part.items[1:], strict=False):
            for place in self.of.get(item, ()):
                starts = self.candidate(place).starts
                before = self.obtained(earlier, starts)
                ahead = {column: -value for column, value in before.items()} if isinstance(before, dict) else {}
                if before != 1.0:
                    self.mip.row({self.begun(item, starts): 1.0, program: 1.0} | ahead, at_most=1.0)

    def _together(self, program: int, part: Part) -> None:
        """From the first day of one to the last day of another no more than the time that is allowed."""
        assert part.within is not None
        held = self._held_since(part)
        credentials = [item for item in part.items if item in self.of]
        for credential in credentials:
            for place in self.of[credential]:
                one = self.candidate(place)
                until = later(date.fromordinal(one.starts), part.within).toordinal()
                for other in credentials:
                    late = {} if other == credential else self.finished_behind(other, until)
                    if late:
                        self.mip.row(late | {self.taken[place]: 1.0, program: 1.0}, at_most=2.0)
                if held is not None and one.ends > held:
                    self.mip.row({self.taken[place]: 1.0, program: 1.0}, at_most=1.0)

    def _held_since(self, part: Part) -> int | None:
        """Until when everything must be done because something is done already; None where nothing dated is."""
        assert part.within is not None
        profile = self.problem.evaluator.profile
        days = [
            later(held.completed_on, part.within)
            for item in part.items
            for one in self.problem.courses.same_as(item)
            for held in profile.holdings.get(one, ())
            if held.completed_on
        ]
        return min(days).toordinal() if days else None


def _moments(one: Candidate, problem: Problem) -> Moments:
    starts, ends = date.fromordinal(one.starts), date.fromordinal(one.ends)
    return moments_of(problem.evaluator.profile.on, Run(starts, starts, ends, ends))
