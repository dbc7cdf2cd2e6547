"""The graph: what opens what, how far it is, and that following changes gives what building anew gives."""

from random import Random

import pytest

from catalog.model.rule import AllOf, AnyOf, AtLeast, CreditSum, HasSkill, Holds, TextRule
from catalog.model.vocabulary import RequirementKind
from catalog.pathways.course import Course
from catalog.pathways.evaluation.evaluator import Evaluator
from catalog.pathways.evaluation.outcomes import MET, NOT_MET
from catalog.pathways.graph.distance import following, leading_to, steps_away
from catalog.pathways.graph.graph import graph_of
from catalog.pathways.graph.opening import Reach, one_more, opened_now
from tests.pathways.courses import NAMES, NOW, course, profile, random_rule


def graph(*courses, groups=None):
    return graph_of(courses, {str(place): frozenset(one) for place, one in enumerate(groups or [])})


CHAIN = graph(
    course("A"), course("B", Holds("A")), course("C", Holds("B")), course("D", AllOf((Holds("B"), Holds("E")))), course("E")
)  # fmt: skip


def now(graph_, *held):
    return {one.id for one, value in opened_now(Reach(graph_, held)) if value == MET}


def more(graph_, *held):
    reach = Reach(graph_, held)
    opened = [one for one, value in opened_now(reach) if value == MET]
    return {one.id: singles for one, singles in one_more(reach, opened)}


def test_what_is_open_now_and_with_one_more():
    assert now(CHAIN, "A") == {"B"}
    assert more(CHAIN, "A") == {"C": {"B"}}  # D lacks B and E
    assert now(CHAIN, "A", "B") == {"C"}
    assert more(CHAIN, "A", "B") == {"D": {"E"}}
    assert now(CHAIN) == set()


def test_one_more_of_each_kind_of_rule():
    some = graph(
        course("X", AtLeast(2, (Holds("A"), Holds("B"), Holds("C")))),
        course("Y", AnyOf((AllOf((Holds("A"), Holds("D"))), Holds("E")))),
        course("Z", CreditSum(3, "CREDIT", ("A", "B", "C"))),
        course("A", credit=(1, "CREDIT")), course("B", credit=(2, "CREDIT")), course("C", credit=(1, "CREDIT")),
        course("D"), course("E", skills=frozenset({"s"})), course("S", AllOf((Holds("A"), HasSkill("s")))),
    )  # fmt: skip
    assert more(some, "A") == {"X": {"B", "C"}, "Y": {"D", "E"}, "Z": {"B"}, "S": {"E"}}


def test_an_equivalent_opens_too():
    alike = graph(course("A"), course("B"), course("C", Holds("A")), groups=["AB"])
    assert now(alike, "B") == {"C"}
    assert alike.dependents("B") == {"C"}


def test_distance_is_in_rounds():
    assert [steps_away(CHAIN, goal, ()) for goal in "ABCDE"] == [0, 1, 2, 2, 0]
    assert steps_away(CHAIN, "D", ("B",)) == 1
    assert steps_away(CHAIN, "C", ("B",)) == 0
    either = graph(course("A"), course("B", Holds("A")), course("C", AnyOf((Holds("B"), Holds("A")))))
    assert steps_away(either, "C", ()) == 1


def test_a_circle_leads_nowhere():
    circle = graph(
        course("A", Holds("B")), course("B", Holds("A")), course("C", AnyOf((Holds("A"), Holds("D")))), course("D")
    )
    assert steps_away(circle, "A", ()) is None
    assert steps_away(circle, "A", ("B",)) == 0
    assert steps_away(circle, "C", ()) == 1


def test_corequisites_are_no_circle():
    together = graph(
        course("A", Holds("B"), RequirementKind.COREQUISITE), course("B", Holds("A"), RequirementKind.COREQUISITE)
    )
    assert steps_away(together, "A", ()) == 0


def test_facts_count_as_given_and_skills_can_be_had_otherwise():
    asked = graph(course("A", AllOf((TextRule("permission"), HasSkill("s")))))
    assert steps_away(asked, "A", ()) == 0


def test_closures():
    assert leading_to(CHAIN, "D").keys() == {"D", "B", "A", "E"}
    assert following(CHAIN, "A") == {"B", "C", "D"}


def random_courses(random):
    return {
        name: course(
            name, random_rule(random) if random.random() < 0.7 else None, skills=frozenset(random.sample(["s1", "s2"], 1))
        )
        for name in NAMES
    }


def random_groups(random):
    return {str(key): frozenset(random.sample(NAMES, 2)) for key in range(random.randint(0, 2))}


@pytest.mark.parametrize("block", range(2))
def test_following_changes_gives_what_building_anew_gives(block):
    for seed in range(block * 100, block * 100 + 100):
        random = Random(seed)
        before, groups = random_courses(random), random_groups(random)
        after, changed = dict(before), random_courses(random)
        names = random.sample(NAMES, random.randint(1, 3))
        news = {name: (changed[name] if random.random() < 0.7 else None) for name in names}
        for name, one in news.items():
            after.pop(name)
            if one is not None:
                after[name] = one
        new_groups = random_groups(random)
        regrouped = {key: new_groups.get(key) for key in {*groups, *new_groups}}
        followed = graph_of(before.values(), groups).updated(news, regrouped)
        anew = graph_of(after.values(), new_groups)
        assert followed.courses == anew.courses
        assert followed.needed_by == anew.needed_by
        assert followed.taught_by == anew.taught_by
        assert followed.groups == anew.groups
        assert followed.same == anew.same


@pytest.mark.parametrize("block", range(2))
def test_what_is_open_is_what_evaluating_everything_finds(block):
    """The quick way looks only at what asks for something held; nothing that it leaves out asks for that."""
    for seed in range(block * 100, block * 100 + 100):
        random = Random(seed)
        courses = graph_of(random_courses(random).values(), random_groups(random))
        held = random.sample(NAMES, random.randint(0, 2))
        evaluator = Evaluator(courses, profile(held, skills=frozenset()))
        everything = {
            one.id for one in courses.courses.values()
            if evaluator.of_course(one) == MET and one.id not in Reach(courses, held).reached
            and any(one.id in courses.dependents(other) for other in held)
        }  # fmt: skip
        plain = {one.id for one, value in opened_now(Reach(courses, held)) if value != NOT_MET}
        assert everything <= plain
        for one, singles in one_more(Reach(courses, held)):
            for single in singles:
                richer = Evaluator(courses, profile([*held, single], skills=frozenset()))
                assert all(richer.value(asked.rule, NOW) != NOT_MET or _hangs_on_facts(asked.rule) for asked in one.hard), (
                    seed
                )


def _hangs_on_facts(rule):
    """Ages and recency are not looked at by the quick way; whoever asks has the evaluator decide."""
    return "Condition" in repr(rule) or "P1Y" in repr(rule)


def test_a_course_without_requirements_takes_no_room():
    assert graph(Course("A")).needed_by == {}
