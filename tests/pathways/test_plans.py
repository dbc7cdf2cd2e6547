"""Plans equal brute force on small problems; meetings, links and calendars."""

import math
from dataclasses import replace
from datetime import date
from itertools import combinations
from random import Random

import pytest

from bench.plan_problems import problem as large_problem
from catalog.model.rule import AnyOf, Holds, TextRule
from catalog.pathways.evaluation.evaluator import Evaluator
from catalog.pathways.plans.clashes import clash, meeting
from catalog.pathways.plans.links import LinkedStep, LinkInvalid, read_link, write_link
from catalog.pathways.plans.planner import Planner
from catalog.pathways.plans.problem import Candidate, Fund, Limits, Part, PlanObjective, PlanStatus, Problem, Program
from catalog.pathways.plans.solver import Search
from catalog.pathways.profile import Held
from tests.pathways.courses import ON, course, profile, shelf
from tests.pathways.planning import FIRST, every_plan, is_valid, net, random_problem, value


@pytest.mark.parametrize("block", range(10))
def test_plans_equal_brute_force(block):
    """600 problems, each for every objective: prerequisites of all shapes, recency, corequisites, equivalents, clashes, weekly
    hours, how many at once, budgets after funding, last days, fixed orders, and what must lie close together."""
    for seed in range(block * 60, block * 60 + 60):
        problem = random_problem(Random(seed))
        plans = list(every_plan(problem))
        for objective in PlanObjective:
            outcome = Planner(problem).plan(objective)
            best = min((value(one, objective, problem) for one in plans), default=None)
            if best is None:
                assert outcome.status is PlanStatus.INFEASIBLE, (seed, objective)
                continue
            (solution,) = outcome.solutions
            assert outcome.status is PlanStatus.OPTIMAL
            assert is_valid(solution.steps, problem), (seed, objective)
            assert math.isclose(value(solution.steps, objective, problem), best, abs_tol=1e-6), (seed, objective)
            assert math.isclose(solution.value, best, abs_tol=1e-6)
            assert no_step_is_needless(solution.steps, objective, problem), (seed, objective)


def no_step_is_needless(steps, objective, problem):
    """Taking one away breaks the plan, or makes it worse."""
    whole = value(steps, objective, problem)
    fewer = combinations(steps, len(steps) - 1) if steps else ()
    return not any(is_valid(one, problem) and value(one, objective, problem) <= whole for one in fewer)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("objective", list(PlanObjective))
def test_large_problems_are_solved_as_small_ones_are(seed, objective, monkeypatch):
    """Where only the columns that matter are looked at, the plan is valid, and as good as where all are."""
    own = large_problem(seed, 600)
    (found,) = Planner(own, 60.0).plan(objective).solutions
    assert found.is_proven
    assert is_valid(found.steps, own)
    assert math.isclose(value(found.steps, objective, own), found.value, abs_tol=1e-6)
    monkeypatch.setattr(Search, "good", lambda search, seconds, more=(): search._tableau(more).solve(seconds))
    (whole,) = Planner(own, 60.0).plan(objective).solutions
    assert math.isclose(found.value, whole.value, abs_tol=1e-6)


@pytest.mark.parametrize("objective", list(PlanObjective))
def test_without_time_there_is_a_plan_or_none_is_said_to_be_known(objective):
    for seconds in (0.3, 0.6):
        outcome = Planner(large_problem(1, 900), seconds).plan(objective)
        if outcome.status in (PlanStatus.OPTIMAL, PlanStatus.FEASIBLE):
            (found,) = outcome.solutions
            assert is_valid(found.steps, large_problem(1, 900))
            assert (found.gap is None) == found.is_proven
        else:
            assert (outcome.status, outcome.solutions) == (PlanStatus.UNKNOWN, [])


@pytest.mark.parametrize("block", range(2))
def test_alternatives_differ_and_are_valid(block):
    for seed in range(block * 40, block * 40 + 40):
        problem = random_problem(Random(seed))
        found = Planner(problem).plan(PlanObjective.CHEAPEST, 3).solutions
        for one in found:
            assert is_valid(one.steps, problem), seed
        for one, other in combinations(found, 2):
            assert {step.key for step in one.steps} != {step.key for step in other.steps}
        assert all(one.value <= other.value + 1e-6 for one in found[:1] for other in found)


def candidate(key, name, start, weeks=4, cost=100.0, **more):
    starts = FIRST + start * 7
    return Candidate(key, name, key, starts, starts + weeks * 7 - 1, cost, **more)


def problem(candidates, *items, courses=None, held=(), made_of=None, funds=None, **limits):
    known = courses or shelf()
    goal = Program((Part(items, float(len(items)), dict.fromkeys(items, 1.0)),))
    own = Limits(not_before=FIRST, **limits)
    return Problem(candidates, [goal], known, Evaluator(known, profile(held)), made_of or {}, funds or {}, own)


def best(own, objective=PlanObjective.CHEAPEST):
    outcome = Planner(own).plan(objective)
    return [one.key for one in outcome.solutions[0].steps] if outcome.solutions else outcome.status


def test_what_is_held_need_not_be_taken():
    assert best(problem([candidate("a", "A", 0)], "A", held=["A"])) == []
    assert best(problem([], "A", held=["A"])) == []


def test_a_credential_is_bought_whole_or_put_together():
    """Whichever is cheaper: the program, or its courses one by one."""
    parts = [Program((Part(("A", "B"), 2.0, {"A": 1.0, "B": 1.0}),))]
    courses = [candidate("a", "A", 0, cost=300.0), candidate("b", "B", 5, cost=300.0)]
    assert best(problem([*courses, candidate("whole", "C", 0, cost=500.0)], "C", made_of={"C": parts})) == ["whole"]
    assert best(problem([*courses, candidate("whole", "C", 0, cost=700.0)], "C", made_of={"C": parts})) == ["a", "b"]


def test_what_is_put_together_opens_what_asks_for_it():
    parts = [Program((Part(("A", "B"), 2.0, {"A": 1.0, "B": 1.0}),))]
    courses = shelf(D=course("D", Holds("C")))
    runs = [candidate("a", "A", 0), candidate("b", "B", 2), candidate("early", "D", 3), candidate("late", "D", 6)]
    assert best(problem(runs, "D", courses=courses, made_of={"C": parts})) == ["a", "b", "late"]


def test_an_equivalent_is_a_substitute():
    assert best(problem([candidate("b", "B", 0)], "A", courses=shelf("AB"))) == ["b"]


def test_somebodys_permission_is_not_relied_on_where_there_is_another_way():
    courses = shelf(B=course("B", AnyOf((Holds("A"), TextRule("permission")))))
    runs = [candidate("a", "A", 0), candidate("b", "B", 6)]
    assert best(problem(runs, "B", courses=courses)) == ["a", "b"]
    assert best(problem(runs[1:], "B", courses=courses)) == ["b"]  # there is no other way


def test_funding_changes_which_is_cheapest():
    dear = candidate("dear", "A", 0, cost=900.0, funded={"grant": 900.0})
    runs = [dear, candidate("cheap", "A", 0, cost=500.0)]
    assert best(problem(runs, "A", funds={"grant": Fund(600.0)})) == ["dear"]
    assert best(problem(runs, "A", funds={"grant": Fund(300.0)})) == ["cheap"]
    assert best(problem([dear], "A", funds={"grant": Fund(600.0)}, budget=299.0)) is PlanStatus.INFEASIBLE
    assert best(problem([dear], "A", funds={"grant": Fund(600.0)}, budget=300.0)) == ["dear"]


def test_programs_that_exclude_each_other_pay_once():
    run = candidate("a", "A", 0, cost=900.0, funded={"one": 900.0, "two": 900.0})
    funds = {"one": Fund(500.0, frozenset({"two"})), "two": Fund(600.0)}
    assert Planner(problem([run], "A", funds=funds)).plan(PlanObjective.CHEAPEST).solutions[0].value == 300.0
    both = {"one": Fund(500.0), "two": Fund(600.0)}
    assert Planner(problem([run], "A", funds=both)).plan(PlanObjective.CHEAPEST).solutions[0].value == 0.0


def test_what_has_no_price_is_not_the_cheapest():
    runs = [candidate("unknown", "A", 0, cost=None), candidate("known", "A", 9, cost=2_000.0)]
    assert best(problem(runs, "A")) == ["known"]
    assert best(problem(runs[:1], "A")) == ["unknown"]


def test_equally_good_plans_go_where_it_is_preferred():
    runs = [candidate("a", "A", 0), candidate("b", "B", 0, is_preferred=True)]
    assert best(problem(runs, "A", courses=shelf("AB"))) == ["b"]
    dearer = [runs[0], replace(runs[1], cost=101.0)]
    assert best(problem(dearer, "A", courses=shelf("AB"))) == ["a"]  # never at a price
    assert best(problem(dearer, "A", courses=shelf("AB")), PlanObjective.FEWEST) == ["b"]


def test_what_is_in_progress_is_counted_on():
    """From the day on which it is expected."""
    courses = shelf(B=course("B", Holds("A")))
    held = [Held("A", expected_on=date.fromordinal(FIRST + 30))]
    runs = [candidate("early", "B", 2), candidate("late", "B", 6)]
    assert best(problem(runs, "B", courses=courses, held=held)) == ["late"]
    assert best(problem([], "A", held=held)) == []


def test_what_was_not_done_well_enough_is_done_again():
    courses = shelf(B=course("B", Holds("A", min_grade="75")))
    runs = [candidate("a", "A", 0), candidate("b", "B", 6)]
    assert best(problem(runs, "B", courses=courses, held=[Held("A", ON, "60")])) == ["a", "b"]
    assert best(problem(runs, "B", courses=courses, held=[Held("A", ON, "80")])) == ["b"]
    assert best(problem(runs, "B", courses=courses, held=["A"])) == ["b"]  # nobody told the grade: the plan names it


def test_what_has_grown_too_old_is_done_again():
    courses = shelf(B=course("B", Holds("A", within="P1Y")))
    runs = [candidate("a", "A", 0), candidate("b", "B", 6)]
    assert best(problem(runs, "B", courses=courses, held=[Held("A", date(2020, 1, 1))])) == ["a", "b"]
    assert best(problem(runs, "B", courses=courses, held=[Held("A", ON)])) == ["b"]


def test_programs_that_cover_different_fees_pay_for_both():
    """A grant for tuition and one for books: together no more than there is of each."""
    fees = {"TUITION": 600.0, "MATERIALS": 300.0}
    run = candidate("a", "A", 0, cost=900.0, funded={"tuition": 600.0, "books": 300.0}, fees=fees)
    funds = {
        "tuition": Fund(1_000.0, covers=frozenset({"TUITION"})),
        "books": Fund(200.0, covers=frozenset({"MATERIALS"})),
    }
    assert Planner(problem([run], "A", funds=funds)).plan(PlanObjective.CHEAPEST).solutions[0].value == 100.0
    both = funds | {"books": Fund(900.0, covers=frozenset({"TUITION"}))}
    again = replace(run, funded={"tuition": 600.0, "books": 600.0})
    assert Planner(problem([again], "A", funds=both)).plan(PlanObjective.CHEAPEST).solutions[0].value == 300.0


def test_the_time_limit_returns_what_was_found():
    """Nothing is made up: without time there is no plan, and it is not said to be impossible."""
    outcome = Planner(problem([candidate("a", "A", 0)], "A"), seconds=-1.0).plan(PlanObjective.CHEAPEST)
    assert outcome.status in (PlanStatus.OPTIMAL, PlanStatus.UNKNOWN, PlanStatus.FEASIBLE)
    with pytest.raises(TimeoutError):
        Planner(problem([candidate("a", "A", 0)], "A"), check=_late).plan(PlanObjective.CHEAPEST)


def _late():
    raise TimeoutError


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ((0, 18, 20, 0, 70), (0, 19, 21, 0, 70), True),
        ((0, 18, 20, 0, 70), (0, 20, 21, 0, 70), False),  # one ends as the other begins
        ((0, 18, 20, 0, 70), (1, 18, 20, 0, 70), False),
        ((0, 18, 20, 0, 70), (0, 18, 20, 71, 140), False),
        ((0, 18, 20, 0, 70, 2), (0, 18, 20, 7, 70, 2), False),  # every other week, in turn
        ((0, 18, 20, 0, 70, 2), (0, 18, 20, 14, 70, 2), True),
        ((0, 18, 20, 0, 70, 2), (0, 18, 20, 7, 70, 3), True),
    ],
)
def test_meetings_clash(left, right, expected):
    def made(weekday, begins, ends, first, last, every=1):
        return (meeting(weekday, begins * 60, ends * 60, FIRST + first, FIRST + last, every),)

    assert clash(made(*left), made(*right)) is expected
    assert clash(made(*right), made(*left)) is expected


def test_a_day_without_meeting_does_not_clash():
    monday = date(2026, 1, 5)
    one = meeting(0, 600, 660, monday.toordinal(), monday.toordinal(), except_on=[monday])
    assert not clash([one], [meeting(0, 600, 660, monday.toordinal(), monday.toordinal())])


def test_links_carry_the_plan():
    own = "57ec25c6-9365-55c6-bee2-dc7232690 29d".replace(" ", "")
    steps = [LinkedStep(own, None, FIRST, FIRST + 13), LinkedStep(own, own, FIRST + 14, FIRST + 20)]
    assert read_link(write_link(steps)) == steps


@pytest.mark.parametrize(
    "text",
    ["", "é", "W1", "e30", "x" * 20_000, write_link([LinkedStep("not-an-id", None, FIRST, FIRST)]),
     write_link([LinkedStep("57ec25c6-9365-55c6-bee2-dc723269029d", None, FIRST, FIRST - 1)]),
     write_link([LinkedStep("57ec25c6-9365-55c6-bee2-dc723269029d", None, 1, FIRST)])],
)  # fmt: skip
def test_links_that_are_none(text):
    with pytest.raises(LinkInvalid):
        read_link(text)


def test_brute_force_knows_what_is_net():
    own = problem([candidate("a", "A", 0, cost=300.0, funded={"grant": 300.0})], "A", funds={"grant": Fund(200.0)})
    assert net(own.candidates, own) == 100.0
    assert replace(own, candidates=[]).candidates == []
    assert ON.toordinal() == FIRST
