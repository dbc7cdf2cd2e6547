"""Rules with three values: each kind of leaf by examples, and the laws that hold for every rule."""

from datetime import date
from random import Random

import pytest

from catalog.model.rule import AllOf, AnyOf, AtLeast, Condition, CreditSum, HasSkill, Holds, TextRule
from catalog.model.vocabulary import (
    ConditionKind,
    Outcome,
    RequirementKind,
    RequirementMoment,
    RequirementsStated,
    Visibility,
)
from catalog.pathways.course import Course
from catalog.pathways.evaluation.evaluator import Evaluator
from catalog.pathways.evaluation.holdings import grade_meets
from catalog.pathways.evaluation.moments import Run, Span, moments
from catalog.pathways.evaluation.outcomes import MET, NOT_MET, UNKNOWN, outcome_of
from catalog.pathways.profile import Held, LanguageTest
from tests.pathways.courses import (
    NAMES,
    NOW,
    ON,
    age,
    course,
    evaluator,
    profile,
    random_held,
    random_rule,
    random_shelf,
    shelf,
)

LATER = Span(date(2027, 9, 1), date(2027, 9, 30))
UNDATED = Span(ON, ON, is_known=False)


def condition(kind, **qualifiers):
    return Condition(ConditionKind(kind), tuple(sorted(qualifiers.items())))


@pytest.mark.parametrize(
    ("held", "rule", "span", "expected"),
    [
        (["A"], Holds("A"), NOW, MET),
        (["B"], Holds("A"), NOW, NOT_MET),
        (None, Holds("A"), NOW, UNKNOWN),
        # in progress: from the expected day on
        ([Held("A", expected_on=date(2027, 8, 31))], Holds("A"), LATER, MET),
        ([Held("A", expected_on=date(2027, 9, 15))], Holds("A"), LATER, UNKNOWN),
        ([Held("A", expected_on=date(2027, 10, 1))], Holds("A"), LATER, NOT_MET),
        ([Held("A", expected_on=date(2026, 6, 1))], Holds("A"), NOW, NOT_MET),
        ([Held("A", expected_on=date(2026, 6, 1))], Holds("A"), UNDATED, UNKNOWN),
        ([Held("A", expected_on=date(2025, 6, 1))], Holds("A"), UNDATED, UNKNOWN),
        # recency, as of the day asked about and as of a start that is only half known
        ([Held("A", date(2024, 1, 1))], Holds("A", within="P2Y"), NOW, MET),
        ([Held("A", date(2023, 12, 31))], Holds("A", within="P2Y"), NOW, NOT_MET),
        ([Held("A", date(2025, 9, 15))], Holds("A", within="P2Y"), LATER, UNKNOWN),
        (["A"], Holds("A", within="P2Y"), NOW, UNKNOWN),
        # the better of two holdings
        ([Held("A", date(2020, 1, 1)), Held("A", date(2025, 1, 1))], Holds("A", within="P2Y"), NOW, MET),
        # grades
        ([Held("A", grade="B+")], Holds("A", min_grade="B"), NOW, MET),
        ([Held("A", grade="C")], Holds("A", min_grade="B"), NOW, NOT_MET),
        ([Held("A", grade="72%")], Holds("A", min_grade="B"), NOW, UNKNOWN),
        (["A"], Holds("A", min_grade="B"), NOW, UNKNOWN),
        (["A"], TextRule("permission"), NOW, UNKNOWN),
    ],
)  # fmt: skip
def test_holding(held, rule, span, expected):
    assert evaluator(held).value(rule, span) == expected


@pytest.mark.parametrize(
    ("grade", "minimum", "expected"),
    [("73", "72.9%", MET), ("65 %", "70%", NOT_MET), ("A+", "A", MET), ("b", "B-", MET), ("F", "D", NOT_MET),
     ("pass", "C", UNKNOWN), ("B", "60%", UNKNOWN), ("140", "70", UNKNOWN)],
)  # fmt: skip
def test_grades_are_compared_with_their_own_kind(grade, minimum, expected):
    assert grade_meets(grade, minimum) == expected


def test_an_outside_qualification_expires():
    whmis = Course("A", valid_for="P3Y")
    courses = shelf(A=whmis)
    assert evaluator([Held("A", date(2023, 1, 1))], courses).value(Holds("A"), NOW) == MET
    assert evaluator([Held("A", date(2022, 12, 31))], courses).value(Holds("A"), NOW) == NOT_MET
    assert evaluator(["A"], courses).value(Holds("A"), NOW) == UNKNOWN  # when was it?


def test_what_is_reviewed_as_equivalent_counts():
    courses = shelf("AB", "BC")
    assert evaluator(["B"], courses).value(Holds("A"), NOW) == MET
    assert evaluator(["C"], courses).value(Holds("A"), NOW) == NOT_MET  # not by way of another


def test_what_a_viewer_may_not_see_is_unknown():
    hidden = shelf(A=Course("A", visibility=Visibility.BY_REFERRAL))
    seen = frozenset({Visibility.PUBLIC})
    for rule in (Holds("A"), CreditSum(1, "CREDIT", ("A", "B")), Holds("withdrawn")):
        assert Evaluator(hidden, profile(["A", "B"]), seen).value(rule, NOW) == UNKNOWN


def test_skills_are_told_or_taught():
    courses = shelf(A=Course("A", skills=frozenset({"s1"})))
    assert evaluator(["A"], courses).value(HasSkill("s1"), NOW) == MET
    assert evaluator([], courses, skills=frozenset({"s1"})).value(HasSkill("s1"), NOW) == MET
    assert evaluator([], courses, skills=frozenset()).value(HasSkill("s1"), NOW) == NOT_MET
    assert evaluator([], courses).value(HasSkill("s1"), NOW) == UNKNOWN  # the profile does not tell
    assert evaluator(["A"], courses).value(HasSkill("s1", "expert"), NOW) == UNKNOWN


def test_credits_add_up_in_their_own_unit_and_once_for_equivalents():
    courses = shelf("AB", A=Course("A", credit=(3, "CREDIT")), B=Course("B", credit=(3, "CREDIT")),
                    C=Course("C", credit=(1.5, "UVIC_UNIT")), D=Course("D", hours=(10, 20)))  # fmt: skip
    both = evaluator(["A", "B"], courses)
    assert both.value(CreditSum(3, "CREDIT", ("A", "B")), NOW) == MET
    assert both.value(CreditSum(6, "CREDIT", ("A", "B")), NOW) == NOT_MET
    # a unit is never another one: how many credits 1.5 units are, nobody has said
    assert evaluator(["C"], courses).value(CreditSum(1, "CREDIT", ("C",)), NOW) == UNKNOWN
    hours = evaluator(["D"], courses)
    assert [hours.value(CreditSum(n, "hours", ("D",)), NOW) for n in (10, 15, 21)] == [MET, UNKNOWN, NOT_MET]


@pytest.mark.parametrize(
    ("told", "span", "expected"),
    [
        ({"age": 19}, NOW, MET), ({"age": 18}, NOW, NOT_MET), ({}, NOW, UNKNOWN),
        ({"age": 18}, UNDATED, UNKNOWN),  # time alone would bring it
        ({"age": 17}, LATER, UNKNOWN), ({"age": 18}, LATER, MET), ({"age": 16}, LATER, NOT_MET),
        ({"birth_year": 2007}, NOW, UNKNOWN), ({"birth_year": 2006}, NOW, MET), ({"birth_year": 2008}, NOW, NOT_MET),
        ({"birth_year": 2007, "age": 18}, NOW, NOT_MET),
        ({"birth_year": 2008}, LATER, UNKNOWN), ({"birth_year": 2007}, LATER, MET),
    ],
)  # fmt: skip
def test_ages_are_as_of_then(told, span, expected):
    assert evaluator([], **told).value(age(19), span) == expected


@pytest.mark.parametrize(
    ("rule", "told", "expected"),
    [
        (condition("RESIDENCY", place="BC"), {"bc_resident": True}, MET),
        (condition("RESIDENCY", place="BC"), {"bc_resident": False}, NOT_MET),
        (condition("RESIDENCY", place="BC"), {}, UNKNOWN),
        (condition("RESIDENCY", place="Canada"), {"bc_resident": False}, UNKNOWN),
        (condition("RESIDENCY", place="cariboo"), {"region": "CARIBOO"}, MET),
        (condition("RESIDENCY", place="Nanaimo"), {"region": "CARIBOO"}, UNKNOWN),
        (condition("EDUCATION", level="SECONDARY"), {"high_school_graduate": True}, MET),
        (condition("EDUCATION", level="SECONDARY"), {"high_school_graduate": False}, NOT_MET),
        (condition("EDUCATION", level="SECONDARY"), {"education": "DIPLOMA", "high_school_graduate": False}, MET),
        (condition("EDUCATION", level="SECONDARY"), {"education": "SOME_POST_SECONDARY"}, UNKNOWN),
        (condition("EDUCATION", level="BACHELOR"), {"education": "SOME_POST_SECONDARY"}, NOT_MET),
        (condition("EDUCATION", level="SOME_POST_SECONDARY"), {"education": "CERTIFICATE"}, MET),
        (condition("EDUCATION", level="SOME_POST_SECONDARY"), {"education": "SECONDARY"}, NOT_MET),
        (condition("EDUCATION", level="apprenticeship"), {"education": "GRADUATE"}, UNKNOWN),
        (condition("LICENCE", scheme="bc", code="class-5"), {"licences": frozenset({"BC:Class-5"})}, MET),
        (condition("LICENCE", scheme="bc", code="class-5"), {"licences": frozenset({"class-5"})}, UNKNOWN),
        (condition("LICENCE", scheme="bc", code="class-5"), {"licences": frozenset()}, NOT_MET),
        (condition("EXPERIENCE", years=2), {"years_of_experience": 2}, MET),
        (condition("EXPERIENCE", years=2, text="in carpentry"), {"years_of_experience": 9}, UNKNOWN),
        (condition("EXPERIENCE", years=2, text="in carpentry"), {"years_of_experience": 1}, NOT_MET),
        (condition("EMPLOYMENT", status="EMPLOYED"), {"employment": "SELF_EMPLOYED"}, MET),
        (condition("EMPLOYMENT", status="UNEMPLOYED"), {"employment": "EMPLOYED"}, NOT_MET),
        (condition("EMPLOYMENT", status="laid off by a mill"), {"employment": "UNEMPLOYED"}, UNKNOWN),
        (condition("CITIZENSHIP", any=("CITIZEN", "PERMANENT_RESIDENT")), {"citizenship": "PERMANENT_RESIDENT"}, MET),
        (condition("CITIZENSHIP", any=("CITIZEN",)), {"citizenship": "OTHER"}, NOT_MET),
        (condition("CITIZENSHIP", any=("CITIZEN", "work permit")), {"citizenship": "OTHER"}, UNKNOWN),
        (condition("LANGUAGE", language="en", test="IELTS", score=6.5), {"language_tests": (LanguageTest("en", "ielts", 7),)}, MET),
        (condition("LANGUAGE", language="en", test="IELTS", score=6.5), {"language_tests": (LanguageTest("en", "ielts", 6),)}, NOT_MET),
        (condition("LANGUAGE", language="en", test="IELTS", score=6.5), {"language_tests": (LanguageTest("en", "TOEFL", 100),)}, UNKNOWN),
        (condition("BENEFIT", code="EI"), {"benefits": frozenset({"ei"})}, MET),
        (condition("BENEFIT", code="EI"), {"benefits": frozenset()}, NOT_MET),
        (condition("GRADE_AVERAGE", minimum=2.33), {"grade_average": 3.0}, MET),
        (condition("GRADE_AVERAGE", minimum=2.33), {"grade_average": 80.0}, UNKNOWN),
        (condition("GRADE_AVERAGE", minimum=65), {"grade_average": 60.0}, NOT_MET),
        (condition("FUNDING_NOT_RECEIVED", program="grant"), {"funding_used": {}}, MET),
        (condition("FUNDING_NOT_RECEIVED", program="grant"), {"funding_used": {"id": 5}, "funding_slugs": {"id": "grant"}}, NOT_MET),
        (condition("FUNDING_NOT_RECEIVED", program="any other"), {"funding_used": {"id": 5}}, UNKNOWN),
        (condition("FUNDING_NOT_RECEIVED", program="grant"), {}, UNKNOWN),
    ],
)  # fmt: skip
def test_facts(rule, told, expected):
    assert evaluator([], **told).value(rule, NOW) == expected


@pytest.mark.parametrize("kind", ConditionKind)
def test_a_condition_without_qualifiers_is_unknown(kind):
    told = {"age": 30, "bc_resident": True, "education": "GRADUATE", "citizenship": "CITIZEN", "employment": "EMPLOYED",
            "licences": frozenset(), "benefits": frozenset(), "language_tests": (), "grade_average": 4.0,
            "years_of_experience": 9.0, "funding_used": {"x": 1}}  # fmt: skip
    assert evaluator([], **told).value(Condition(kind), NOW) == UNKNOWN


@pytest.mark.parametrize(
    ("stated", "rule", "expected"),
    [
        (RequirementsStated.NONE, None, MET),
        (RequirementsStated.NOT_STATED, None, UNKNOWN),
        (RequirementsStated.LISTED, Holds("A"), MET),
        (RequirementsStated.LISTED, None, UNKNOWN),  # a list of nothing says nothing
        (RequirementsStated.PARTLY, Holds("A"), UNKNOWN),
        (RequirementsStated.PARTLY, Holds("B"), NOT_MET),
        (RequirementsStated.NOT_STATED, Holds("A"), UNKNOWN),
    ],
)
def test_silence_is_never_none(stated, rule, expected):
    assert evaluator(["A"]).of_course(course("X", rule, stated=stated)) == expected


@pytest.mark.parametrize("kind", [RequirementKind.RECOMMENDED, RequirementKind.ADVANCED_STANDING])
def test_what_is_only_recommended_keeps_nobody_out(kind):
    assert evaluator([]).of_course(course("X", Holds("A"), kind)) == MET


RUN = Run(date(2026, 9, 1), date(2026, 9, 7), date(2026, 12, 1), date(2026, 12, 1))


@pytest.mark.parametrize(
    ("kind", "at", "expected"),
    [
        (RequirementKind.ADMISSION, None, NOT_MET),  # at application: on the day asked about
        (RequirementKind.PREREQUISITE, None, UNKNOWN),  # at the start: some day of that week
        (RequirementKind.COREQUISITE, None, MET),  # by completion
        (RequirementKind.PREREQUISITE, RequirementMoment.APPLICATION, NOT_MET),
        (RequirementKind.ADMISSION, RequirementMoment.COMPLETION, MET),
    ],
)
def test_when_it_must_be_met(kind, at, expected):
    expecting = [Held("A", expected_on=date(2026, 9, 3))]
    assert evaluator(expecting).of_course(course("X", Holds("A"), kind, at, runs=(RUN,))) == expected


def test_the_next_run_that_has_not_begun_says_when():
    past, next_one, last = (Run(date(year, 9, 1), date(year, 9, 1)) for year in (2025, 2026, 2027))
    assert moments(ON, [last, past, next_one]).start == Span(date(2026, 9, 1), date(2026, 9, 1))
    assert moments(ON, [past]).start == UNDATED


@pytest.mark.parametrize("block", range(3))
def test_laws(block):
    for seed in range(block * 100, block * 100 + 100):
        hold_laws(Random(seed))


def hold_laws(random):
    """More held never makes an outcome worse, AllOf and AnyOf are AtLeast, and preorder says what value says."""
    courses, rule = random_shelf(random), random_rule(random)
    held = random_held(random)
    more = [*held, *(Held(name, ON) for name in random.sample(NAMES, 2))]
    told = {"skills": frozenset(), "age": random.choice([None, 18, 20])}
    fewer, richer = evaluator(held, courses, **told), evaluator(more, courses, **told)
    assert fewer.value(rule, NOW) <= richer.value(rule, NOW)
    others = (rule, random_rule(random), random_rule(random))
    assert fewer.value(AllOf(others), NOW) == fewer.value(AtLeast(3, others), NOW)
    assert fewer.value(AnyOf(others), NOW) == fewer.value(AtLeast(1, others), NOW)
    assert next(iter(fewer.preorder(rule, NOW))) == fewer.value(rule, NOW)
    unknown = evaluator(None, courses)
    assert unknown.value(rule, NOW) <= MET
    assert outcome_of(UNKNOWN) is Outcome.UNKNOWN


def test_a_profile_shows_nothing_of_itself():
    assert "2007" not in repr(profile([Held("A", grade="F")], birth_year=2007))
    assert "F" not in repr(Held("A", grade="F")).replace("Held", "")
