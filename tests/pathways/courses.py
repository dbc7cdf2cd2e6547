"""Courses and learners made up for tests: nothing is read from a database."""

from dataclasses import dataclass, field
from datetime import date

from catalog.model.rule import AllOf, AnyOf, AtLeast, Condition, CreditSum, HasSkill, Holds, TextRule
from catalog.model.vocabulary import ConditionKind, RequirementKind, RequirementsStated
from catalog.pathways.course import Course, Requirement
from catalog.pathways.evaluation.evaluator import Evaluator
from catalog.pathways.evaluation.moments import Span
from catalog.pathways.profile import Held, Profile

ON = date(2026, 1, 1)
NOW = Span(ON, ON)
NAMES = "ABCDEF"
SKILLS = ("s1", "s2")


@dataclass
class Shelf:
    """Where courses of a test stand."""

    courses: dict = field(default_factory=dict)
    groups: list = field(default_factory=list)

    def course(self, one):
        return self.courses.get(one)

    def same_as(self, one):
        return (one, *sorted({other for group in self.groups if one in group for other in group} - {one}))


def shelf(*groups, **courses):
    known = {name: Course(name, slug=name) for name in NAMES}
    return Shelf(known | courses, [frozenset(one) for one in groups])


def course(name, rule=None, kind=RequirementKind.PREREQUISITE, at=None, stated=RequirementsStated.LISTED, **more):
    asked = () if rule is None else (Requirement(kind, at, rule),)
    return Course(name, slug=name, stated=stated, requirements=asked, **more)


def profile(held=(), **more):
    listed = None if held is None else tuple(one if isinstance(one, Held) else Held(one) for one in held)
    return Profile(ON, listed, **more)


def evaluator(held=(), courses=None, **more):
    return Evaluator(courses or shelf(), profile(held, **more))


def age(minimum):
    return Condition(ConditionKind.AGE, (("minimum", minimum),))


def random_rule(random, depth=0):
    """A rule over NAMES, SKILLS and two ages; deep ones are rare."""
    if depth < 3 and random.random() < 0.5:
        rules = tuple(random_rule(random, depth + 1) for _ in range(random.randint(1, 3)))
        return random.choice([AllOf, AnyOf, lambda own: AtLeast(random.randint(1, len(own)), own)])(rules)
    match random.choice("hhhsct"):
        case "h":
            return Holds(random.choice(NAMES), within=random.choice([None, None, "P1Y"]))
        case "s":
            return HasSkill(random.choice(SKILLS))
        case "c":
            return CreditSum(random.choice([1, 2, 3, 4.5]), "CREDIT", tuple(random.sample(NAMES, random.randint(1, 4))))
        case _:
            return random.choice([age(16), age(19), TextRule("permission of the department")])


def random_shelf(random):
    courses = {
        name: Course(
            name,
            slug=name,
            skills=frozenset(random.sample(SKILLS, random.choice([0, 0, 1]))),
            credit=(random.choice([1, 1.5, 2, 3]), "CREDIT") if random.random() < 0.8 else None,
        )
        for name in NAMES
    }
    return Shelf(courses, [frozenset(random.sample(NAMES, 2)) for _ in range(random.choice([0, 0, 1, 2]))])


def random_held(random, most=2):
    days = [None, date(2025, 6, 1), date(2020, 1, 1)]
    return [Held(name, random.choice(days)) for name in random.sample(NAMES, random.randint(0, most))]
