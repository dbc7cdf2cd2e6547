"""Missing sets are exactly the smallest sets that a search through all subsets finds."""

from dataclasses import replace
from datetime import date
from itertools import combinations
from random import Random

import pytest

from catalog.model.rule import AllOf, AnyOf, AtLeast, Condition, CreditSum, HasSkill, Holds, TextRule, walk
from catalog.pathways.course import Course
from catalog.pathways.evaluation.evaluator import Evaluator
from catalog.pathways.evaluation.missing import MOST_SETS, Credential, Fact, Skill, find_missing
from catalog.pathways.evaluation.outcomes import MET
from catalog.pathways.profile import Held
from tests.pathways.courses import NAMES, NOW, ON, age, evaluator, profile, random_held, random_rule, random_shelf, shelf


def atoms_of(rule):
    """Everything that a rule names: what could be missing."""
    for _, node in walk(rule):
        match node:
            case Holds(credential):
                yield Credential(credential)
            case CreditSum(credentials=credentials):
                yield from map(Credential, credentials)
            case HasSkill(skill):
                yield Skill(skill)
            case Condition() | TextRule():
                yield Fact(node)


def given(rule, facts):
    """The rule where these facts hold: a fact that holds asks for nothing."""
    match rule:
        case AllOf(rules):
            return AllOf(tuple(given(one, facts) for one in rules))
        case AnyOf(rules):
            return AnyOf(tuple(given(one, facts) for one in rules))
        case AtLeast(count, rules):
            return AtLeast(count, tuple(given(one, facts) for one in rules))
        case Condition() | TextRule() if Fact(rule) in facts:
            return AllOf(())
        case _:
            return rule


def is_met(rule, courses, learner, atoms):
    """By evaluating the rule for a learner who has obtained all of that: no code of the search is used."""
    obtained = tuple(Held(one.id, ON) for one in atoms if isinstance(one, Credential))
    skills = learner.skills | {one.id for one in atoms if isinstance(one, Skill)}
    richer = replace(learner, held=(*learner.held, *obtained), skills=skills)
    return Evaluator(courses, richer).value(given(rule, atoms), NOW) == MET


def brute_force(rule, courses, learner):
    found = []
    named = set(atoms_of(rule))
    alike = {Credential(other) for one in named if isinstance(one, Credential) for other in courses.same_as(one.id)}
    atoms = sorted(named | alike, key=repr)
    for size in range(len(atoms) + 1):
        for chosen in map(frozenset, combinations(atoms, size)):
            if not any(smaller <= chosen for smaller in found) and is_met(rule, courses, learner, chosen):
                found.append(chosen)
    return set(found)


@pytest.mark.parametrize("block", range(20))
def test_missing_sets_equal_brute_force(block):
    """2,000 rules in all, with equivalents, skills that courses give, sums of credit, and what is held already."""
    for seed in range(block * 100, block * 100 + 100):
        random = Random(seed)
        courses, rule = random_shelf(random), random_rule(random)
        learner = profile(random_held(random), skills=frozenset(), age=random.choice([None, 18, 20]))
        found = find_missing([(rule, NOW)], Evaluator(courses, learner))
        assert found.is_complete
        assert len(set(found.sets)) == len(found.sets)
        assert set(found.sets) == brute_force(rule, courses, learner), (seed, rule)


def test_one_credential_may_bring_what_another_leaf_asks_for():
    courses = shelf(A=Course("A", skills=frozenset({"s1"})))
    rule = AllOf((Holds("A"), HasSkill("s1")))
    assert find_missing([(rule, NOW)], evaluator([], courses, skills=frozenset())).sets == (frozenset({Credential("A")}),)


def test_cheapest_first():
    rule = AnyOf((Holds("A"), AllOf((Holds("B"), Holds("C"))), age(19)))
    prices = {"A": 500.0, "B": 100.0, "C": 150.0}

    def weigh(atoms):
        return (
            sum(isinstance(one, Fact) for one in atoms),
            sum(prices[one.id] for one in atoms if isinstance(one, Credential)),
        )

    sets = find_missing([(rule, NOW)], evaluator([]), weigh).sets
    assert sets == (frozenset({Credential("B"), Credential("C")}), frozenset({Credential("A")}), frozenset({Fact(age(19))}))


def test_nothing_is_missing_where_all_is_met():
    assert find_missing([(Holds("A"), NOW)], evaluator(["A"])).sets == (frozenset(),)


def test_a_bound_is_said_and_every_set_still_does():
    names = [f"{letter}{number}" for letter in NAMES for number in range(5)]
    courses = shelf(**{name: Course(name) for name in names})
    rule = AtLeast(10, tuple(map(Holds, names)))
    learner = profile([], skills=frozenset())
    found = find_missing([(rule, NOW)], Evaluator(courses, learner))
    assert not found.is_complete
    assert len(found.sets) == MOST_SETS
    assert all(len(one) == 10 and is_met(rule, courses, learner, one) for one in found.sets)


def test_several_requirements_are_met_together():
    asked = [(Holds("A"), NOW), (AnyOf((Holds("A"), Holds("B"))), NOW)]
    assert find_missing(asked, evaluator([])).sets == (frozenset({Credential("A")}),)


@pytest.mark.parametrize("most", [60, 150])
def test_hostile_sums_end(most):
    names = tuple(f"x{number}" for number in range(most))
    courses = shelf(**{name: Course(name, credit=(1 + number / 97, "CREDIT")) for number, name in enumerate(names)})
    found = find_missing([(CreditSum(most / 2, "CREDIT", names), NOW)], evaluator([], courses))
    assert not found.is_complete
    assert found.sets


def test_the_deadline_ends_it():
    def check():
        raise TimeoutError

    with pytest.raises(TimeoutError):
        find_missing([(AllOf((Holds("A"), Holds("B"))), NOW)], evaluator([]), check=check)


def test_recency_needs_it_anew():
    late = evaluator([Held("A", date(2020, 1, 1))])
    assert find_missing([(Holds("A", within="P1Y"), NOW)], late).sets == (frozenset({Credential("A")}),)
