"""Made-up curricula and planning problems of any size: every number of one comes from its seed."""

from datetime import date
from random import Random

from catalog.model.rule import AllOf, AnyOf, Holds, Rule
from catalog.model.vocabulary import RequirementKind, RequirementsStated
from catalog.pathways.course import Course, Requirement
from catalog.pathways.evaluation.evaluator import Evaluator
from catalog.pathways.graph.graph import Graph, graph_of
from catalog.pathways.plans.clashes import meeting
from catalog.pathways.plans.problem import Candidate, Fund, Limits, Part, Problem, Program
from catalog.pathways.profile import Profile

ON = date(2026, 9, 1)
FIRST = ON.toordinal()
PRICES = (199, 350, 495, 749, 899, 1_200, 1_499, 1_899)
CREDENTIALS = 40


def course(name: str, rule: Rule | None) -> Course:
    asked = () if rule is None else (Requirement(RequirementKind.PREREQUISITE, None, rule),)
    stated = RequirementsStated.NONE if rule is None else RequirementsStated.LISTED
    return Course(name, name, stated=stated, requirements=asked, credit=(3.0, "CREDIT"))


def clauses(number: int, random: Random) -> list[list[str]]:
    """What a course asks for: all of one to three, each a choice of one or two, among the 2,000 before it."""
    earlier = range(max(0, number - 2_000), number)
    return [[f"c{random.choice(earlier)}" for _ in range(random.choice([1, 1, 2]))] for _ in range(random.choice([1, 2, 3]))]


def curriculum(size: int, seed: int = 1) -> dict[str, list[list[str]]]:
    """By course; a fifth of them ask for nothing."""
    random = Random(seed)
    return {f"c{n}": clauses(n, random) if n > 10 and random.random() < 0.8 else [] for n in range(size)}


def rule_of(wanted: list[list[str]]) -> Rule | None:
    groups = tuple(AnyOf(tuple(map(Holds, own))) if len(own) > 1 else Holds(own[0]) for own in wanted)
    return None if not groups else groups[0] if len(groups) == 1 else AllOf(groups)


def graph(made: dict[str, list[list[str]]]) -> Graph:
    return graph_of((course(name, rule_of(wanted)) for name, wanted in made.items()), {})


def problem(seed: int, offerings: int) -> Problem:
    """Ten of sixteen courses with their prerequisites, over two and a half years: a grant for a third of the offerings,
    evenings that clash, at most 20 hours a week and four courses at once, six of them within two years."""
    random = Random(seed)
    names = [f"c{number}" for number in range(CREDENTIALS)]
    known = graph_of([course(name, _prerequisite(random, names[:number])) for number, name in enumerate(names)], {})
    usual = {name: random.choice(PRICES) for name in names}
    candidates = [_candidate(random, f"o{number}", names[number % CREDENTIALS], usual) for number in range(offerings)]
    core, electives = tuple(names[20:26]), tuple(names[26:36])
    parts = (
        Part(core, 6.0, dict.fromkeys(core, 1.0), within="P2Y"),
        Part(electives, 4.0, dict.fromkeys(electives, 1.0)),
    )
    limits = Limits(budget=20_000.0, hours=20.0, at_once=4, not_before=FIRST, finish_by=FIRST + 900)
    learner = Evaluator(known, Profile(ON, held=()))
    return Problem(candidates, [Program(parts)], known, learner, {}, {"grant": Fund(3_500.0)}, limits)


def _prerequisite(random: Random, earlier: list[str]) -> Rule | None:
    if len(earlier) < 5 or random.random() > 0.6:
        return None
    named = tuple(map(Holds, random.sample(earlier, random.randint(1, 2))))
    return AllOf(named) if random.random() < 0.5 else AnyOf(named)


def _candidate(random: Random, key: str, name: str, usual: dict[str, int]) -> Candidate:
    starts = FIRST + random.randint(0, 104) * 7
    ends = starts + random.choice([27, 55, 83])
    cost = float(round(usual[name] * random.uniform(0.8, 1.2)))
    evening = meeting(random.randint(0, 4), random.choice([9, 13, 18]) * 60, random.choice([19, 20, 21]) * 60, starts, ends)
    return Candidate(
        key, name, key, starts, ends, cost,
        funded={"grant": cost} if random.random() < 0.3 else {},
        hours=random.choice([3.0, 6.0, 10.0, None]),
        km=random.choice([0.0, 3.0, 12.0, 80.0]),
        meetings=(evening,) if random.random() < 0.7 else (),
    )  # fmt: skip
