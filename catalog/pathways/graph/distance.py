"""How far it is to a goal, what leads to it, and what it leads to."""

from collections.abc import Iterable, Mapping
from math import inf

from catalog.model.rule import AllOf, AnyOf, AtLeast, CreditSum, HasSkill, Holds, Rule
from catalog.model.vocabulary import RequirementKind, Visibility
from catalog.pathways.course import Course
from catalog.pathways.graph.graph import Graph, named
from catalog.pathways.graph.opening import Reach

EVERYTHING = frozenset(Visibility)


def leading_to(graph: Graph, credential: str, readable: frozenset[Visibility] = EVERYTHING) -> dict[str, Course]:
    """The course and everything that its requirements name, and theirs, as far as it goes and may be seen."""
    found: dict[str, Course] = {}
    waiting = [credential]
    while waiting:
        one = waiting.pop()
        course = graph.courses.get(one)
        if course is None or one in found or course.visibility not in readable:
            continue
        found[one] = course
        for name in named(course):
            waiting += [*graph.same_as(name), *graph.taught_by.get(name, ())]
    return found


def following(graph: Graph, credential: str) -> frozenset[str]:
    """Everything that asks for it, and what asks for that, as far as it goes."""
    found: set[str] = set()
    waiting = [credential]
    while waiting:
        new = graph.dependents(waiting.pop()) - found
        found |= new
        waiting += new
    return frozenset(found - {credential})


def steps_away(graph: Graph, goal: str, held: Iterable[str], readable: frozenset[Visibility] = EVERYTHING) -> int | None:
    """How many rounds of other credentials come before it may be taken, where all that is open is taken at once.

    Facts, recency and grades count as given, silence and what may not be seen as no requirement; None where no
    number of rounds leads there, since it goes in a circle or asks for what nobody here offers.
    """
    courses = leading_to(graph, goal, readable)
    beyond = [one for one, course in courses.items() if not course.is_catalogued and one != goal]
    found = rounds(graph, courses, held, beyond=beyond).get(goal, inf)
    return None if found == inf else int(found)


def rounds(
    graph: Graph,
    courses: Mapping[str, Course],
    held: Iterable[str] = (),
    skills: Iterable[str] = (),
    beyond: Iterable[str] = (),
) -> dict[str, float]:
    """For each of these courses, after how many rounds it may be taken: inf where its prerequisites go round in a circle.

    What the graph does not know counts as held. Corequisites are taken at the same time and make nothing wait.
    """
    reach = Reach(graph, held, skills)
    found: dict[str, float] = dict.fromkeys(courses, inf)
    outside = frozenset(beyond)
    waiting = dict.fromkeys(one for one in courses if one not in outside)
    while waiting:
        one = next(iter(waiting))
        del waiting[one]
        asked = [requirement.rule for requirement in courses[one].hard if requirement.kind != RequirementKind.COREQUISITE]
        needed = max((_rounds(rule, graph, found, reach) for rule in asked), default=0.0)
        if needed < found[one]:
            found[one] = needed
            waiting.update(
                dict.fromkeys(other for other in graph.dependents(one) if other in courses and other not in outside)
            )
    return found


def _rounds(rule: Rule, graph: Graph, rounds: dict[str, float], reach: Reach) -> float:
    """After how many rounds the rule is met."""
    match rule:
        case Holds(credential):
            return _obtained(graph.same_as(str(credential)), rounds, reach)
        case HasSkill(skill):
            taught = graph.taught_by.get(skill)
            return 0.0 if skill in reach.skills or not taught else _obtained(taught, rounds, reach)
        case AllOf(rules):
            return max(_rounds(one, graph, rounds, reach) for one in rules)
        case AnyOf(rules):
            return min(_rounds(one, graph, rounds, reach) for one in rules)
        case AtLeast(count, rules):
            return sorted(_rounds(one, graph, rounds, reach) for one in rules)[count - 1]
        case CreditSum():
            return _summed(rule, graph, rounds, reach)
        case _:
            return 0.0


def _obtained(credentials: Iterable[str], rounds: dict[str, float], reach: Reach) -> float:
    listed = list(credentials)
    if any(one in reach.reached for one in listed):
        return 0.0
    return min((rounds[one] + 1 if one in rounds else 0.0 for one in listed), default=inf)


def _summed(rule: CreditSum, graph: Graph, rounds: dict[str, float], reach: Reach) -> float:
    """The first round after which what is obtained by then reaches the sum; what nobody counts may be enough."""
    by_round: dict[float, float] = {}
    for one in rule.credentials:
        course = graph.courses.get(str(one))
        amount = course.amount(rule.unit)[1] if course else None
        when = _obtained(graph.same_as(str(one)), rounds, reach)
        by_round[when] = by_round.get(when, 0.0) + (inf if amount is None else amount)
    total = 0.0
    for when in sorted(by_round):
        total += by_round[when]
        if total >= rule.minimum:
            return when
    return inf
