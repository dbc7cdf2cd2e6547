"""Scores and reasons of pairs, exactly."""

import pytest

from catalog.ingest.likeness.evidence import EVIDENCE
from catalog.ingest.likeness.reason import reason_of
from catalog.ingest.likeness.scoring import LEAST_SCORE, LEAST_TITLE, TITLE, UNLIKE_TITLE, UNSAID, find_likeness
from catalog.ingest.likeness.wording import in_words
from tests.ingest.likenesses import listing

TITLES = ("Electric Vehicle (EV) Maintenance Training", "Electric vehicle maintenance")


def compared(one, other, titles=TITLES):
    return find_likeness(listing("a", titles[0], **one), listing("b", titles[1], **other))


def told(found):
    return [(str(one.code), round(one.share, 2), in_words(one)) for one in found.reasons]


def test_weights_add_up_to_one_and_no_evidence_makes_up_for_a_title():
    assert TITLE + sum(EVIDENCE.values()) == pytest.approx(1)
    most = TITLE * (LEAST_TITLE - UNLIKE_TITLE) / (1 - UNLIKE_TITLE) + sum(EVIDENCE.values())
    assert most == pytest.approx(LEAST_SCORE)


def test_title_and_kind_alone_are_proposed_and_silence_counts_half():
    found = compared({}, {})
    assert found.score == pytest.approx(TITLE + 0.08 + UNSAID * 0.42)
    assert told(found) == [
        ("TITLE_ALIKE", 1.0, "the same words in both titles"),
        ("KIND_SAME", 1.0, "both micro credential"),
    ]


def test_everything_that_speaks_for_it():
    stated = {
        "skills": ["s1", "s2", "s3"],
        "hours": {"statedHours": (30, 30)},
        "credit": ("CREDIT", 1.5),
        "occupations": ["o"],
        "summaries": {"en": "What a technician needs."},
    }
    found = compared(stated, stated)
    assert found.score == 1.0
    assert [code for code, _, _ in told(found)] == [
        "TITLE_ALIKE",
        "SKILLS_SHARED",
        "HOURS_SAME",
        "KIND_SAME",
        "SUMMARY_ALIKE",
        "CREDIT_SAME",
        "OCCUPATIONS_SHARED",
    ]


def test_figures_of_what_differs():
    one = {"skills": list("abcdef"), "hours": {"totalHours": (40, 40)}, "credit": ("CREDIT", 1), "occupations": ["o"]}
    other = {"skills": list("abcdexy"), "hours": {"totalHours": (60, 60)}, "credit": ("CREDIT", 2), "occupations": ["p"]}
    found = compared(one, other | {"kind": "COURSE"})
    assert told(found) == [
        ("TITLE_ALIKE", 1.0, "the same words in both titles"),
        ("SKILLS_SHARED", 0.77, "5 of 6 and 7 skills in common"),
        ("HOURS_DIFFER", 0.53, "40 and 60 hours in all"),
        ("KIND_DIFFERS", 0.5, "micro credential and course"),
        ("CREDIT_DIFFERS", 0.0, "1 and 2 credit"),
        ("OCCUPATIONS_NONE_SHARED", 0.3, "no occupations in common of 1 and 1"),
    ]
    assert [reason_of(one.to_json()) for one in found.reasons] == list(found.reasons)


def test_hours_of_one_kind_only_are_compared_and_weeks_say_less():
    assert "HOURS" not in str(told(compared({"hours": {"totalHours": (30, 30)}}, {"hours": {"statedHours": (60, 60)}})))
    weeks = compared({"weeks": (2, 2)}, {"weeks": (12, 12)})
    assert told(weeks)[1] == ("WEEKS_DIFFER", 0.15, "2 and 12 weeks")
    assert told(compared({"weeks": (8, 12)}, {"weeks": (12, 12)}))[1] == ("WEEKS_SAME", 0.85, "8 to 12 and 12 weeks")


def test_three_times_as_long_is_something_else():
    assert compared({"hours": {"statedHours": (30, 30)}}, {"hours": {"statedHours": (100, 100)}}) is None
    assert compared({"hours": {"statedHours": (30, 50)}}, {"hours": {"statedHours": (100, 100)}}) is not None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"at": ["x"]}, {"at": ["x"]}),
        ({"at": ["x", "y"]}, {"at": ["y"]}),
        ({"bound": ["b"]}, {}),
        ({}, {"bound": ["a"]}),
        ({"languages": ["fr"]}, {"languages": ["en"]}),
        ({"kind": "DIPLOMA"}, {"kind": "CERTIFICATE"}),
        ({"kind": "GRADUATE_CERTIFICATE"}, {"kind": "MICRO_CREDENTIAL"}),
    ],
)
def test_what_can_never_be_the_same(one, other):
    assert compared(one, other) is None


def test_languages_in_common_or_unsaid_are_no_obstacle():
    assert compared({"languages": ["fr", "en"]}, {"languages": ["en"]}) is not None
    assert compared({"languages": ["fr"]}, {}) is not None


def test_titles_are_compared_in_one_language_only():
    assert compared({}, {}, ({"fr": "Communication interculturelle"}, {"en": "Communication interculturelle"})) is None
    both = {"en": "Project Management", "fr": "Gestion de projets"}
    assert compared({}, {}, (both, {"fr": "Gestion de projets"})) is not None
    levels = ({"en": "Welding", "fr": "Soudure niveau 1"}, {"en": "Welding", "fr": "Soudure niveau 2"})
    assert compared({}, {}, levels) is None


def test_an_extra_word_needs_evidence():
    titles = ("Mental Health First Aid", "Mental Health First Aid for Youth")
    assert compared({}, {}, titles) is None
    alike = {"skills": ["s", "t"], "hours": {"statedHours": (12, 12)}}
    assert compared(alike, alike, titles).score == pytest.approx(0.36 + 0.18 + 0.14 + 0.08 + 0.05, abs=0.002)


def test_one_word_needs_evidence():
    assert compared({}, {}, ("Agroecology", "Agroecology")) is None
    assert compared({"skills": ["s"]}, {"skills": ["s"]}, ("Agroecology", "Agroecology")) is not None


def test_the_order_of_the_two_changes_the_figures_only():
    one, other = listing("a", TITLES[0], skills=["s", "t"]), listing("b", TITLES[1], skills=["s"])
    assert find_likeness(one, other).score == find_likeness(other, one).score
