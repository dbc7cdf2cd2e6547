"""Small planning problems made at random, and all their plans, found by trying every set of candidates."""

from datetime import date, timedelta
from itertools import combinations, product

from catalog.model.durations import later
from catalog.model.rule import AllOf, AnyOf, AtLeast, CreditSum, Holds
from catalog.model.vocabulary import RequirementKind
from catalog.pathways.course import Course
from catalog.pathways.plans.clashes import clash, meeting
from catalog.pathways.plans.problem import Candidate, Fund, Limits, Part, PlanObjective, Problem, Program
from tests.pathways.courses import NAMES, ON, Shelf, course, evaluator

FIRST = ON.toordinal()
PLANNED = NAMES[:5]


def random_rule(random, own, depth=0):
    others = [name for name in PLANNED if name != own]
    if depth < 2 and random.random() < 0.4:
        rules = tuple(random_rule(random, own, depth + 1) for _ in range(random.randint(1, 3)))
        return random.choice([AllOf, AnyOf, lambda all_: AtLeast(random.randint(1, len(all_)), all_)])(rules)
    if random.random() < 0.2:
        return CreditSum(random.choice([2, 3]), "CREDIT", tuple(random.sample(others, 3)))
    return Holds(random.choice(others), within=random.choice([None, None, None, "P6M"]))


def random_courses(random):
    known = {}
    for name in PLANNED:
        rule = random_rule(random, name) if random.random() < 0.4 else None
        kind = random.choice([RequirementKind.PREREQUISITE, RequirementKind.PREREQUISITE, RequirementKind.COREQUISITE])
        known[name] = course(name, rule, kind, credit=(random.choice([1, 1.5, 2]), "CREDIT"))
    return Shelf(known, [frozenset(random.sample(PLANNED, 2))] if random.random() < 0.3 else [])


def random_candidates(random):
    found = []
    for number in range(random.randint(4, 8)):
        starts = FIRST + random.randint(0, 12) * 14
        ends = starts + random.choice([13, 27, 55])
        cost = random.choice([0.0, 100.0, 250.0, 300.0, 749.0])
        meets = (
            (meeting(random.randint(0, 2), 18 * 60, 20 * 60, starts, ends, random.choice([1, 1, 2])),)
            if random.random() < 0.6
            else ()
        )
        found.append(
            Candidate(
                f"o{number}", random.choice(PLANNED), f"o{number}", starts, ends, cost,
                funded={"grant": cost} if random.random() < 0.5 else {},
                hours=random.choice([2.0, 4.0, 6.0]), km=random.choice([0.0, 5.0, 40.0]), meetings=meets,
            )
        )  # fmt: skip
    return found


def random_problem(random):
    items = tuple(random.sample(PLANNED, random.randint(1, 3)))
    least = float(random.randint(1, len(items)))
    is_whole = least == len(items)
    part = Part(
        items, least, dict.fromkeys(items, 1.0),
        is_fixed=is_whole and random.random() < 0.5,
        within=random.choice([None, None, "P3M"]),
    )  # fmt: skip
    goals = [Program((part,))]
    if random.random() < 0.3:
        other = random.choice(PLANNED)
        goals.append(Program((Part((other,), 1.0, {other: 1.0}),)))
    courses = random_courses(random)
    limits = Limits(
        budget=random.choice([None, None, 500.0]), hours=random.choice([None, None, 8.0]),
        at_once=random.choice([None, None, 1]), not_before=FIRST,
        finish_by=random.choice([None, None, FIRST + 160]),
    )  # fmt: skip
    funds = {"grant": Fund(random.choice([200.0, 500.0]))} if random.random() < 0.5 else {}
    held = random.sample(PLANNED, random.choice([0, 0, 1]))
    return Problem(random_candidates(random), goals, courses, evaluator(held, courses), {}, funds, limits)


def every_plan(problem):
    """All sets of candidates that are valid plans."""
    everything = problem.candidates
    for size in range(len(everything) + 1):
        for chosen in combinations(everything, size):
            if is_valid(chosen, problem):
                yield chosen


def is_valid(chosen, problem):
    names = [one.credential for one in chosen]
    limits = problem.limits
    return (
        len(set(names)) == len(names)
        and all(not clash(one.meetings, other.meetings) for one, other in combinations(chosen, 2))
        and all(_requirements_met(one, chosen, problem) for one in chosen)
        and any(_follows(program, chosen, problem) for program in problem.goals)
        and (limits.finish_by is None or all(one.ends <= limits.finish_by for one in chosen))
        and (limits.budget is None or net(chosen, problem) <= limits.budget + 1e-6)
        and all(_fits(one.starts, chosen, limits) for one in chosen)
    )


def _fits(day, chosen, limits):
    running = [one for one in chosen if one.starts <= day <= one.ends]
    if limits.at_once is not None and len(running) > limits.at_once:
        return False
    return limits.hours is None or sum(one.hours or 0.0 for one in running) <= limits.hours


def _has(name, before, chosen, problem, within=None):
    same = problem.courses.same_as(name)
    if any(one in problem.evaluator.profile.holdings for one in same):
        return True  # since when is not told: a plan may rely on it, and says so
    done = [one.ends for one in chosen if one.credential in same and one.ends < before]
    return any(within is None or later(date.fromordinal(end), within).toordinal() >= before for end in done)


def _met(rule, before, chosen, problem):
    match rule:
        case AllOf(rules):
            return all(_met(one, before, chosen, problem) for one in rules)
        case AnyOf(rules):
            return any(_met(one, before, chosen, problem) for one in rules)
        case AtLeast(count, rules):
            return sum(_met(one, before, chosen, problem) for one in rules) >= count
        case CreditSum(minimum, _, credentials):
            groups = {}
            for one in credentials:
                groups.setdefault(frozenset(problem.courses.same_as(one)), []).append(one)
            total = sum(
                max(
                    [problem.courses.course(one).credit[0] for one in group if _has(one, before, chosen, problem)], default=0
                )
                for group in groups.values()
            )
            return total >= minimum
        case Holds(name, within):
            return _has(name, before, chosen, problem, within)


def _requirements_met(one, chosen, problem):
    for asked in problem.courses.course(one.credential).hard:
        before = one.ends + 1 if asked.kind is RequirementKind.COREQUISITE else one.starts
        if not _met(asked.rule, before, chosen, problem):
            return False
    return True


def _follows(program, chosen, problem):
    for part in program.parts:
        if _counted(part.items, chosen, problem) < part.least:
            return False
        own = [one for one in chosen if one.credential in part.items]
        if part.is_fixed:
            for earlier, item in zip(part.items, part.items[1:], strict=False):
                if any(one.credential == item and not _has(earlier, one.starts, chosen, problem) for one in own):
                    return False
        if part.within and own:
            for one in own:
                until = later(date.fromordinal(one.starts), part.within).toordinal()
                if any(other.ends > until for other in own if other.credential != one.credential):
                    return False
    return True


def _counted(items, chosen, problem):
    """How many items are met, each by a credential of its own: the best of all ways to give them out."""
    have = [*problem.evaluator.profile.holdings, *(one.credential for one in chosen)]
    own = [{name for name in have if name in problem.courses.same_as(item)} for item in items]
    ways = product(*([None, *sorted(one)] for one in own))
    given = ([name for name in way if name] for way in ways)
    return max((len(way) for way in given if len(set(way)) == len(way)), default=0)


def net(chosen, problem):
    paid = sum(one.cost for one in chosen)
    if "grant" in problem.funds:
        paid -= min(problem.funds["grant"].left, sum(one.funded.get("grant", 0.0) for one in chosen))
    return paid


def value(chosen, objective, problem):
    match objective:
        case PlanObjective.CHEAPEST:
            return net(chosen, problem)
        case PlanObjective.FASTEST:
            return max((one.ends - problem.limits.not_before for one in chosen), default=0)
        case PlanObjective.LEAST_TRAVEL:
            return sum(one.km for one in chosen)
        case PlanObjective.FEWEST:
            return len(chosen)


__all__ = ["Course", "every_plan", "is_valid", "random_problem", "timedelta", "value"]
