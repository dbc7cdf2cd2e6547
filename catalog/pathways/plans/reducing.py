"""Leaves out candidates that no plan can hold: those that begin before what they need can be finished."""

from math import inf

from catalog.model.rule import AllOf, AnyOf, AtLeast, CreditSum, HasSkill, Holds, Rule
from catalog.model.vocabulary import RequirementKind, RequirementMoment
from catalog.pathways.course import Requirement
from catalog.pathways.plans.problem import Candidate, Problem


def within_reach(problem: Problem) -> list[Candidate]:
    """In the order of the problem. Facts, and what can be put together from something else, count as given."""
    left = [one for one in problem.candidates if _is_in_time(one, problem)]
    while True:
        earliest = _earliest(left)
        kept = [one for one in left if _can_begin(one, problem, earliest)]
        if len(kept) == len(left):
            return kept
        left = kept


def _is_in_time(one: Candidate, problem: Problem) -> bool:
    limits = problem.limits
    return one.starts >= limits.not_before and (limits.budget is None or one.cost is None or not _is_too_dear(one, problem))


def _is_too_dear(one: Candidate, problem: Problem) -> bool:
    assert problem.limits.budget is not None
    assert one.cost is not None
    if any(fund.left is None for fund in problem.funds.values()):
        return False
    return one.cost - sum(fund.left or 0.0 for fund in problem.funds.values()) > problem.limits.budget


def _earliest(candidates: list[Candidate]) -> dict[str, int]:
    """The first day by the end of which each credential can be finished."""
    found: dict[str, int] = {}
    for one in candidates:
        found[one.credential] = min(found.get(one.credential, one.ends), one.ends)
    return found


def _can_begin(one: Candidate, problem: Problem, earliest: dict[str, int]) -> bool:
    course = problem.courses.course(one.credential)
    if course is None:
        return True
    return all(_can_hold(asked.rule, deadline(asked, one), problem, earliest) for asked in course.hard)


def deadline(asked: Requirement, one: Candidate) -> int:
    """Before which day it must be obtained: prerequisites before the start, corequisites by the end."""
    by_end = asked.at is RequirementMoment.COMPLETION or (asked.at is None and asked.kind is RequirementKind.COREQUISITE)
    return one.ends + 1 if by_end else one.starts


def _can_hold(rule: Rule, before: int, problem: Problem, earliest: dict[str, int]) -> bool:
    match rule:
        case AllOf(rules):
            return all(_can_hold(one, before, problem, earliest) for one in rules)
        case AnyOf(rules):
            return any(_can_hold(one, before, problem, earliest) for one in rules)
        case AtLeast(count, rules):
            return sum(_can_hold(one, before, problem, earliest) for one in rules) >= count
        case Holds(credential):  # with a grade or a time it may have to be taken again, which only leaves less
            return _can_have(str(credential), before, problem, earliest)
        case CreditSum(minimum, unit, credentials):
            known = [
                problem.courses.course(str(one)) for one in credentials if _can_have(str(one), before, problem, earliest)
            ]
            return sum((one.amount(unit)[0] if one else None) or 0.0 for one in known) >= minimum
        case HasSkill() | _:
            return True


def _can_have(credential: str, before: int, problem: Problem, earliest: dict[str, int]) -> bool:
    return any(
        one in problem.evaluator.profile.holdings or one in problem.made_of or earliest.get(one, inf) < before
        for one in problem.courses.same_as(credential)
    )
