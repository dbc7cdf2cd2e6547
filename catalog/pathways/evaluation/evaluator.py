"""The outcome of rules for one learner. Every leaf is worked out once, however many rules ask for it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from catalog.model.rule import (
    AllOf,
    AnyOf,
    AtLeast,
    Condition,
    CreditSum,
    HasSkill,
    Holds,
    Rule,
    RuleReference,
    TextRule,
    children,
)
from catalog.model.vocabulary import Visibility
from catalog.pathways.course import Course, Courses, Requirement
from catalog.pathways.evaluation.conditions import condition_meets
from catalog.pathways.evaluation.holdings import holding_meets
from catalog.pathways.evaluation.moments import Moments, Span, moments
from catalog.pathways.evaluation.outcomes import (
    MET,
    NOT_MET,
    UNKNOWN,
    Value,
    all_of,
    any_of,
    at_least,
    least_and_greatest,
)
from catalog.pathways.profile import Held, Profile

Leaf: TypeAlias = CreditSum | Holds | HasSkill | TextRule | Condition


@dataclass(slots=True)
class Evaluator:
    """`readable`: what a viewer may not see is UNKNOWN, however much the learner holds."""

    courses: Courses
    profile: Profile
    readable: frozenset[Visibility] = frozenset(Visibility)
    _leaves: dict[tuple[Leaf, Span], Value] = field(default_factory=dict)
    _known_holdings: tuple[frozenset[str], frozenset[str]] | None = None

    def value(self, rule: Rule, span: Span) -> Value:
        match rule:
            case AllOf(rules):
                return all_of([self.value(one, span) for one in rules])
            case AnyOf(rules):
                return any_of([self.value(one, span) for one in rules])
            case AtLeast(count, rules):
                return at_least(count, [self.value(one, span) for one in rules])
            case _:
                known = self._leaves.get((rule, span))
                if known is None:
                    known = self._leaves[rule, span] = self._leaf(rule, span)
                return known

    def preorder(self, rule: Rule, span: Span) -> Iterator[Value]:
        """The outcome of every node, in the order in which trees are laid flat."""
        yield self.value(rule, span)
        for child in children(rule):
            yield from self.preorder(child, span)

    def of_course(self, course: Course, when: Moments | None = None) -> Value:
        """Whether its hard requirements are met. Silence is UNKNOWN, and half a list is never better."""
        if course.clauses is not None and self.profile.held is not None:
            plain = self._plainly(course.clauses)
            if plain is not None:
                return UNKNOWN if plain == MET and not course.is_whole else plain
        spans = when or moments(self.profile.on, course.runs)
        value = self.of_requirements(course.hard, spans)
        return min(value, MET if course.is_whole else UNKNOWN)

    def _plainly(self, clauses: tuple[frozenset[str], ...]) -> Value | None:
        """Where what is held decides it at any time: most courses ask for no more. None: it must be looked at closely."""
        sure, perhaps = self._holdings
        value: Value | None = MET
        for clause in clauses:
            if sure.isdisjoint(clause):
                if perhaps.isdisjoint(clause) and all(map(self._is_shown, clause)):
                    return NOT_MET
                value = None
        return value

    @property
    def _holdings(self) -> tuple[frozenset[str], frozenset[str]]:
        """What holds from the day asked about for ever, by whatever counts as it; and what else may hold at some time."""
        if self._known_holdings is None:
            sure: set[str] = set()
            perhaps: set[str] = set()
            for one, holdings in self.profile.holdings.items():
                course = self.courses.course(one)
                lasts = (
                    course is not None and not course.valid_for and any(_is_done(own, self.profile.on) for own in holdings)
                )
                same = filter(self._is_shown, self.courses.same_as(one))
                (sure if lasts else perhaps).update(same)
            self._known_holdings = (frozenset(sure), frozenset(perhaps - sure))
        return self._known_holdings

    def of_requirements(self, requirements: Iterable[Requirement], when: Moments) -> Value:
        return all_of([self.value(one.rule, when.of(one.kind, one.at)) for one in requirements])

    def holds(self, credential: str, span: Span) -> Value:
        """Whether it, or what counts as the same, is held."""
        return self.value(Holds(credential), span)

    def _leaf(self, rule: Leaf, span: Span) -> Value:
        match rule:
            case Holds():
                return self._holds(rule, span)
            case HasSkill():
                return self._has_skill(rule, span)
            case CreditSum():
                return self._credits(rule, span)
            case Condition():
                return condition_meets(rule, self.profile, span)
            case TextRule():
                return UNKNOWN

    def _is_shown(self, credential: str) -> bool:
        course = self.courses.course(credential)
        return course is not None and course.visibility in self.readable

    def _holds(self, rule: Holds, span: Span) -> Value:
        credential = str(rule.credential)
        if self.profile.held is None or not self._is_shown(credential):
            return UNKNOWN
        best = NOT_MET
        for one in self.courses.same_as(credential):
            for held in self.profile.holdings.get(one, ()):
                best = max(best, holding_meets(rule, held, self.courses.course(one), span))
        return best

    def _has_skill(self, rule: HasSkill, span: Span) -> Value:
        """Told, or taught by what is held; nobody tells a level, so one that is asked for is UNKNOWN."""
        taught = [self.holds(one, span) for one in self.profile.holdings if self._teaches(one, rule.skill)]
        if any_of(taught) == MET or rule.skill in (self.profile.skills or ()):
            return UNKNOWN if rule.level else MET
        if self.profile.skills is None or self.profile.held is None:
            return UNKNOWN
        return any_of(taught)

    def _teaches(self, credential: str, skill: str) -> bool:
        course = self.courses.course(credential)
        return course is not None and skill in course.skills

    def _credits(self, rule: CreditSum, span: Span) -> Value:
        if self.profile.held is None or not all(self._is_shown(str(one)) for one in rule.credentials):
            return UNKNOWN
        certain = possible = 0.0
        for group in alike(rule.credentials, self.courses):
            amounts = [self._amount(one, rule.unit, span) for one in group]
            certain += max(least for least, _ in amounts)
            possible += max(greatest for _, greatest in amounts)
        return least_and_greatest(rule.minimum, certain, possible)

    def _amount(self, credential: str, unit: str, span: Span) -> tuple[float, float]:
        """What holding it certainly, and at most, adds; what no source counts may be any amount."""
        value = self.holds(credential, span)
        if value == NOT_MET:
            return 0.0, 0.0
        course = self.courses.course(credential)
        least, greatest = course.amount(unit) if course else (None, None)
        return (least or 0.0) if value == MET else 0.0, float("inf") if greatest is None else greatest


def _is_done(held: Held, on: date) -> bool:
    return held.completed_on <= on if held.completed_on else held.expected_on is None


def alike(credentials: Iterable[RuleReference], courses: Courses) -> list[list[str]]:
    """Credentials in groups that count only once: those that are equivalent, also by way of each other."""
    groups: list[list[str]] = []
    for one in dict.fromkeys(map(str, credentials)):
        same = frozenset(courses.same_as(one))
        joined = [group for group in groups if not same.isdisjoint(group)]
        groups = [group for group in groups if group not in joined]
        groups.append([*(member for group in joined for member in group), one])
    return groups
