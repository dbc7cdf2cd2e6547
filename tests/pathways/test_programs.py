"""Pathways and menus: what counts where, what is left, what it takes, and whether picks make a program."""

from datetime import date
from decimal import Decimal
from itertools import combinations, product
from math import inf
from random import Random

import pytest

from catalog.model.render.rule import flatten
from catalog.model.rule import AnyOf, Holds
from catalog.model.vocabulary import PickUnit
from catalog.pathways.course import Course
from catalog.pathways.evaluation.outcomes import MET, NOT_MET, UNKNOWN
from catalog.pathways.profile import Held
from catalog.pathways.programs.amounts import Need
from catalog.pathways.programs.choosing import greatest, least
from catalog.pathways.programs.envelope import Item, envelope
from catalog.pathways.programs.finishing import Run
from catalog.pathways.programs.menus import check_picks
from catalog.pathways.programs.progress import progress
from catalog.pathways.programs.sharing import Sharing
from tests.pathways.courses import NAMES, ON, course, evaluator, shelf


def part(*items, pick=None, unit="COUNT", **more):
    stated = {"title": None, "order": None, "within": None, "mayShare": None, "unlisted": None, "rule": None}
    bounds = None if pick is None else {"unit": unit, "min": pick[0], "max": pick[1]}
    return stated | {"id": "p", "ref": "1", "items": list(items), "pick": bounds} | more


def came(parts, *held, courses=None, **more):
    return progress({"parts": parts}, evaluator(held, courses, **more))


def holds(credential):
    return {"__typename": "Holds", "credential": credential, "within": None, "minGrade": None}


def test_all_items_where_nothing_is_picked():
    own = came([part("A", "B", "C", "D", order="FIXED")], "A", "C")
    assert (own.fraction, own.value) == (0.5, NOT_MET)
    assert own.parts[0].counted == ("A", "C")
    assert own.parts[0].choices == ("B",)  # the next one
    assert came([part("A", "B")], "A", "B").value == MET


def test_four_and_one():
    """Net-Zero: four required courses and one optional one."""
    parts = [part("A", "B", "C", "D", pick=(4, 4)), part("E", pick=(0, 1))]
    assert came(parts, "A", "B", "C").fraction == 0.75
    whole = came(parts, "A", "B", "C", "D")
    assert (whole.fraction, whole.value) == (1.0, MET)


def test_a_holding_counts_once_and_where_it_is_needed():
    parts = [part("A", "B", pick=(1, None)), part("A", pick=(1, 1))]
    both = came(parts, "A", "B")
    assert both.value == MET
    assert [one.counted for one in both.parts] == [("B",), ("A",)]
    assert came(parts, "A").value == NOT_MET
    shared = [part("A", "B", pick=(1, None), mayShare=True), part("A", pick=(1, 1))]
    assert came(shared, "A").value == MET


@pytest.mark.parametrize("seed", range(5))
def test_sharing_is_as_good_as_any(seed):
    """Against every way of giving holdings to parts."""
    for number in range(100):
        random = Random(seed * 100 + number)
        options = [
            {
                item: tuple(random.sample("xyz", random.randint(1, 2)))
                for item in random.sample(NAMES[:4], random.randint(1, 3))
            }
            for _ in range(random.randint(1, 3))
        ]
        sharing = Sharing(options)
        for place, own in enumerate(options):
            sharing.fill(place, len(own))
        best = 0
        for chosen in product(
            *([None, *((p, i) for p, own in enumerate(options) for i in own if t in own[i])] for t in "xyz")
        ):
            given = [one for one in chosen if one is not None]
            if len(set(given)) == len(given):
                best = max(best, len(given))
        assert sum(len(sharing.items(place)) for place in range(len(options))) == best


def test_what_is_not_named_is_never_satisfied():
    own = came([part("A", pick=(1, None), unlisted="other electives")], "A")
    assert own.value == UNKNOWN
    assert came([part(pick=(3, 3), unlisted="three core courses")]).fraction == 0.0


def test_a_rule_decides_beside_what_is_not_named():
    """Any one course, from these providers or another one."""
    rule = {"__typename": "AnyOf", "rules": [holds("A"), holds("B")]}
    assert flatten(rule)
    ece = [part(pick=(1, None), unlisted="or any other accepted course", rule=rule)]
    assert came(ece, "B").value == MET
    assert came(ece).value == UNKNOWN


def test_old_components_expire():
    """Four courses within two years of each other."""
    parts = [part("A", "B", within="P2Y")]
    old = came(parts, Held("A", date(2023, 12, 1)))
    assert (old.parts[0].expired, old.parts[0].counted) == (("A",), ())
    assert came(parts, Held("A", date(2024, 2, 1))).parts[0].counted == ("A",)
    assert came(parts, Held("A", date(2010, 1, 1)), Held("B", date(2011, 6, 1))).value == MET  # it was done then
    assert came(parts, Held("A", date(2010, 1, 1)), Held("B", date(2025, 6, 1))).parts[0].expired == ("A",)
    undated = came(parts, "A", Held("B", ON))
    assert undated.value == UNKNOWN  # nobody knows when


def test_units_are_respected():
    courses = shelf(A=Course("A", credit=(1.0, "CREDIT")), B=Course("B", credit=(1.5, "UVIC_UNIT")),
                    C=Course("C", hours=(20.0, 30.0)), D=Course("D", credit=(0.5, "CREDIT")))  # fmt: skip
    by_credits = [part("A", "B", "D", pick=(1.5, None), unit="CREDITS")]
    assert came(by_credits, "A", "D", courses=courses).value == MET
    assert came(by_credits, "A", "B", courses=courses).value == UNKNOWN  # two units do not add up
    assert [came([part("C", pick=(n, None), unit="HOURS")], "C", courses=courses).value for n in (20, 25, 31)] == [
        MET, UNKNOWN, NOT_MET,
    ]  # fmt: skip


def money(low, high=None):
    return (Decimal(low), Decimal(high or low))


ITEMS = {
    "A": Item("A", money(100, 150), (10, 10), (2, 2), (Run(date(2026, 2, 1), date(2026, 3, 1)), Run(date(2026, 6, 1), date(2026, 7, 1)))),
    "B": Item("B", money(300), (20, 20), (4, 4), (Run(date(2026, 2, 15), date(2026, 3, 15)), Run(date(2026, 4, 1), date(2026, 5, 1)))),
    "C": Item("C", (None, None), (5, 5), (1, 1), ()),
}  # fmt: skip


def takes(parts, courses=None, **more):
    return envelope({"parts": parts, **more}, ITEMS, courses or shelf(), ON)


def test_an_envelope_in_a_fixed_order():
    own = takes([part("A", "B", order="FIXED")])
    assert (own.cost, own.hours, own.weeks) == (money(400, 450), (30, 30), (6, 6))
    assert (own.earliest_finish, own.bottleneck) == (date(2026, 5, 1), "B")  # B begins again after A has ended
    assert own.unknowns == []


def test_an_envelope_in_any_order():
    own = takes([part("A", "B")])
    assert (own.earliest_finish, own.bottleneck, own.weeks) == (date(2026, 3, 15), "B", (4, 6))


def test_unknowns_of_an_envelope_are_named():
    own = takes([part("A", "C", title="Core"), part(unlisted="a project")])
    assert own.cost == (Decimal(100), None)
    assert (own.earliest_finish, own.bottleneck) == (None, "C")
    assert own.unknowns == ["C: price not stated", "C: no dated run that can be got into", "part 2: a project"]


def test_choices_of_an_envelope_are_the_cheapest_and_the_dearest():
    own = takes([part("A", "B", pick=(1, 1))])
    assert own.cost == money(100, 300)
    assert takes([part("A", pick=(0, 1))]).cost == (None, Decimal(150))


def test_what_nobody_prices_is_not_the_cheapest_choice():
    """A choice that may fall on what has no price has no known least."""
    assert takes([part("A", "C", pick=(1, 1))]).cost == (None, None)
    assert takes([part("A", "C", pick=(2, 2))]).cost == (Decimal(100), None)


def test_an_envelope_counts_credits_and_hours():
    courses = shelf(
        A=Course("A", credit=(3, "CREDIT"), hours=(10, 10)), B=Course("B", credit=(1.5, "CREDIT"), hours=(20, 20))
    )
    by_credits = takes([part("A", "B", pick=(4, None), unit="CREDITS")], courses)
    assert (by_credits.cost, by_credits.earliest_finish, by_credits.bottleneck) == (money(400, 450), date(2026, 3, 15), "B")
    assert takes([part("A", "B", pick=(3, None), unit="CREDITS")], courses).cost == money(
        100, 150
    )  # with A nothing else is needed
    by_hours = takes([part("A", "B", pick=(15, None), unit="HOURS")], courses)
    assert (by_hours.hours, by_hours.cost, by_hours.bottleneck) == ((20, 20), money(300), "B")


def test_credits_of_several_units_are_not_counted_in_an_envelope():
    courses = shelf(A=Course("A", credit=(3, "CREDIT")), B=Course("B", credit=(1, "CEU")))
    own = takes([part("A", "B", pick=(3, None), unit="CREDITS", title="Core")], courses)
    assert (own.cost, own.earliest_finish) == ((Decimal(100), None), None)
    assert own.unknowns == ["Core: credits of several units do not add up"]


def test_an_envelope_waits_for_what_its_items_ask_for():
    courses = shelf(B=course("B", Holds("A")))
    own = takes([part("B"), part("A")], courses)
    assert (own.earliest_finish, own.bottleneck) == (date(2026, 5, 1), "B")
    either = takes([part("B", "A")], shelf(B=course("B", AnyOf((Holds("A"), Holds("C"))))))
    assert either.earliest_finish == date(2026, 3, 15)  # somebody may hold C
    assert takes([part("A", "B")], shelf(B=course("B", Holds("C")))).earliest_finish == date(2026, 3, 15)  # C is no item
    never = takes([part("A", "B", "C")], shelf(B=course("B", Holds("C"))))
    assert (never.earliest_finish, never.bottleneck) == (None, "C")
    circle = shelf(A=course("A", Holds("B")), B=course("B", Holds("A")))
    assert takes([part("A", "B")], circle).earliest_finish is not None


def test_limits_of_a_pathway_are_named_in_its_envelope():
    limit = {"kind": "RESIDENCY", "unit": "FRACTION", "min": 0.5, "max": None, "text": None}
    assert takes([part("A")], limits=[limit]).unknowns == ["not counted in: residency: at least 0.5 fraction"]


def test_what_may_count_twice_is_not_paid_twice():
    assert takes([part("A"), part("A", mayShare=True)]).cost[0] == 100
    assert takes([part("A"), part("B", mayShare=True)]).cost[0] == 400


@pytest.mark.parametrize("seed", range(300))
def test_the_least_and_the_greatest_equal_brute_force(seed):
    random = Random(seed)
    unit = random.choice(list(PickUnit))
    names = NAMES[: random.randint(1, 6)]
    brings = {
        one: (1.0, 1.0) if unit is PickUnit.COUNT else (own := random.choice([0.5, 1.5, 3.0, 4.0]), own) for one in names
    }
    values = {one: random.choice([0, 10, 250, 749]) for one in names}
    asked = random.randint(1, 6)
    sums = {own: sum(brings[one][0] for one in own) for size in range(len(names) + 1) for own in combinations(names, size)}
    enough = [own for own, got in sums.items() if got >= asked]
    cost = {own: sum(values[one] for one in own) for own in sums}
    need = Need(unit, asked, inf)
    assert least(need, brings, values) == min((cost[own] for own in enough), default=None)
    needed = [own for own in enough if not any(sums[tuple(x for x in own if x != one)] >= asked for one in own)]
    if needed:
        assert greatest(need, brings, values) == max(cost[own] for own in needed)
    allowed = [own for own, got in sums.items() if got <= asked]
    assert greatest(Need(unit, 0, asked), brings, values) == max(cost[own] for own in allowed)


TITLES = {name: f"Course {name}" for name in NAMES}


def section(*items, pick, unit="COUNT"):
    return part(*items, pick=pick, unit=unit) | {"title": "Choose"}


def codes(sections, picks, courses=None):
    found = check_picks({"sections": sections}, picks, courses or shelf(), TITLES)
    assert all(one.message and one.fix for one in found)
    return [one.code for one in found]


def test_picks_that_make_a_program():
    sections = [section("A", "B", pick=(1, 1)), section("B", "C", pick=(1, 2))]
    assert codes(sections, ["A", "B"]) == []
    assert codes(sections, ["B", "A"]) == []  # B counts where it is needed
    assert codes(sections, ["A", "B", "C"]) == []


@pytest.mark.parametrize(
    ("picks", "expected"),
    [
        ([], ["SECTION_TOO_FEW", "SECTION_TOO_FEW"]),
        (["A"], ["SECTION_TOO_FEW"]),
        (["A", "C", "D"], ["SECTION_TOO_MANY"]),
        (["A", "C", "F"], ["PICK_NOT_ON_MENU"]),
        (["A", "C", "C"], ["PICK_REPEATED"]),
    ],
)
def test_every_violation(picks, expected):
    assert codes([section("A", "B", pick=(1, 1)), section("C", "D", "B", pick=(1, 1))], picks) == expected


def test_picks_that_count_as_the_same():
    assert codes([section("A", "B", "C", pick=(2, 2))], ["A", "B"], shelf("AB")) == ["PICKS_EQUIVALENT"]


def test_picks_by_credits_and_hours():
    courses = shelf(
        A=Course("A", credit=(3, "CREDIT")), B=Course("B", credit=(1.5, "UVIC_UNIT")), C=Course("C", hours=(20, 30))
    )
    assert codes([section("A", "B", pick=(3, None), unit="CREDITS")], ["A"], courses) == []
    assert codes([section("A", "B", pick=(3, None), unit="CREDITS")], ["A", "B"], courses) == ["UNITS_MIXED"]
    assert codes([section("A", "C", pick=(3, None), unit="CREDITS")], ["C"], courses) == ["SECTION_UNKNOWN"]
    assert codes([section("C", pick=(25, None), unit="HOURS")], ["C"], courses) == ["SECTION_UNKNOWN"]
    assert codes([section("C", pick=(31, None), unit="HOURS")], ["C"], courses) == ["SECTION_TOO_FEW"]
