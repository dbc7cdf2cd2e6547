"""Writes a problem as a mixed-integer program: what is taken has its requirements met, and one of the goals is reached."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from catalog.model.durations import later
from catalog.model.rule import Condition, Holds, Rule, walk
from catalog.pathways.evaluation.evaluator import alike
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
        for terms in shares.values():
            if len(terms) > 1:
                self.mip.row(terms, at_most=1.0)
        self._count_once(shares)
        return {column: 1.0}

    def _part(self, program: int, part: Part, before: int, shares: dict[str, Sum]) -> None:
        if part.rule is not None:
            on = self.problem.evaluator.profile.on
            self.terms.at_most({program: 1.0}, self.met(part.rule, before, Span(on, on)))
        used = self._used(part) if part.within else {}
        if part.least > 0:
            terms: Sum = {program: part.least}
            for item in part.items:
                own = self.mip.column()
                terms[own] = -part.amounts.get(item, 0.0)
                self.terms.at_most({own: 1.0}, self._counts(item, before, used))
                if not part.may_share:
                    shares.setdefault(item, {})[own] = 1.0
            self.mip.row(terms, at_most=0.0)
        if part.is_fixed:
            self._in_order(program, part)
        if part.within:
            self._together(program, part, used)

    def _counts(self, item: str, before: int, used: dict[str, tuple[int, int]]) -> Bound:
        """Held or finished; where all must lie within a time, a dated holding counts only if it is chosen to."""
        if item not in used:
            return self.obtained(item, before)
        counted: Sum = {used[item][0]: 1.0}
        for one in self.problem.courses.same_as(item):
            finished = self._finished(one, before)
            if finished is not None:
                counted[finished] = 1.0
        return counted

    def _used(self, part: Part) -> dict[str, tuple[int, int]]:
        """For items held since a known day: a column that says whether that counts, and until when all must be done then."""
        assert part.within is not None
        profile = self.problem.evaluator.profile
        found: dict[str, tuple[int, int]] = {}
        for item in part.items:
            days = [
                held.completed_on
                for one in self.problem.courses.same_as(item)
                for held in profile.holdings.get(one, ())
                if held.completed_on and held.completed_on <= profile.on
            ]
            if days:
                found[item] = (self.mip.column(), later(max(days), part.within).toordinal())
        return found

    def _count_once(self, shares: dict[str, Sum]) -> None:
        """What counts as each other: in all parts together no more items than there are credentials of theirs."""
        for group in alike(shares, self.problem.courses):
            if len(group) == 1:
                continue
            everybody = dict.fromkeys(other for item in group for other in self.problem.courses.same_as(item))
            held = sum(1 for one in everybody if one in self.problem.evaluator.profile.holdings)
            terms: Sum = {column: 1.0 for item in group for column in shares[item]}
            for one in everybody:
                finished = self._finished(one, EVER)
                if finished is not None:
                    terms[finished] = -1.0
            self.mip.row(terms, at_most=float(held))

    def _in_order(self, program: int, part: Part) -> None:
        """Nothing begins before what stands before it is finished, if this is the program that is followed."""
        for earlier, item in zip(part.items, part.items[1:], strict=False):
            for place in self.of.get(item, ()):
                starts = self.candidate(place).starts
                before = self.obtained(earlier, starts)
                ahead = {column: -value for column, value in before.items()} if isinstance(before, dict) else {}
                if before != 1.0:
                    self.mip.row({self.begun(item, starts): 1.0, program: 1.0} | ahead, at_most=1.0)

    def _together(self, program: int, part: Part, used: dict[str, tuple[int, int]]) -> None:
        """From the first day of one to the last day of another no more than the time that is allowed."""
        assert part.within is not None
        credentials = [item for item in part.items if item in self.of]
        for credential in credentials:
            for place in self.of[credential]:
                one = self.candidate(place)
                until = later(date.fromordinal(one.starts), part.within).toordinal()
                for other in credentials:
                    late = {} if other == credential else self.finished_behind(other, until)
                    if late:
                        self.mip.row(late | {self.taken[place]: 1.0, program: 1.0}, at_most=2.0)
        for column, until in used.values():
            for credential in credentials:
                if late := self.finished_behind(credential, until):
                    self.mip.row(late | {column: 1.0, program: 1.0}, at_most=2.0)
            for beside, end in used.values():
                if beside != column and self._is_apart(until, end, part.within):
                    self.mip.row({column: 1.0, beside: 1.0}, at_most=1.0)

    def _is_apart(self, until: int, end: int, within: str) -> bool:
        """Whether what was done by then is too old beside what is good until `end`: its own day is behind `until`."""
        return end > later(date.fromordinal(until), within).toordinal()


def _moments(one: Candidate, problem: Problem) -> Moments:
    starts, ends = date.fromordinal(one.starts), date.fromordinal(one.ends)
    return moments_of(problem.evaluator.profile.on, Run(starts, starts, ends, ends))
