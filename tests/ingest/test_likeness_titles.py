"""Titles as they are compared: subject, level, number and form."""

import pytest

from catalog.ingest.likeness.contradictions import titles_contradict
from catalog.ingest.likeness.title_vocabulary import Tier
from catalog.ingest.likeness.title_words import read_title
from catalog.ingest.likeness.titles import title_likeness


def alike(one, other):
    left, right = read_title(one), read_title(other)
    assert title_likeness(left, right) == title_likeness(right, left)
    assert titles_contradict(left, right) == titles_contradict(right, left)
    return None if titles_contradict(left, right) else title_likeness(left, right)


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Electric Vehicle (EV) Maintenance Training", ("electric", "vehicle", "maintenance")),
        ("Rural economic development micro-credential", ("rural", "economic", "development")),
        ("Micro-certificate in Fire Ecology", ("fire", "ecology")),
        ("FOR-012 Timber Cruising (in-person)", ("timber", "cruising")),
        ("AHVS 488I Indigenous Cultural Stewardship", ("indigenous", "cultural", "stewardship")),
        ("EC1100 Understanding Child Growth", ("understanding", "child", "growth")),
        ("Études environnementales et durabilité", ("etude", "environnementale", "durabilite")),
        ("Policies and classes", ("policy", "classe")),
        ("MATH 0001", ()),
        ("Certificate program", ()),
        ("", ()),
    ],
)
def test_the_subject_is_what_is_left(title, words):
    assert read_title(title).words == words


@pytest.mark.parametrize(
    ("title", "numbers"),
    [
        ("Building service worker level 1", {"1"}),
        ("Timber Cruising II", {"2"}),
        ("FoodSafe Level I", {"1"}),
        ("Niveau deux de soudure", {"2"}),
        ("Welding Level C", {"c"}),
        ("Grade 12 Math", {"12"}),
        ("Leadership 2025", {"2025"}),
        ("ABC 2025 Leadership", {"2025"}),
        ("Year One Foundations of Trades", {"1"}),
        ("The 7 Habits", {"7"}),
        ("Class of one", set()),
        ("C++ for C# programmers", set()),
    ],
)
def test_numbers_are_read_however_they_are_written(title, numbers):
    assert read_title(title).numbers == numbers


def test_levels_in_words():
    assert read_title("Introduction to Bookkeeping").tiers == {Tier.INTRODUCTORY}
    assert read_title("Enhanced Bridge Watch Rating (BWR-E)").tiers == {Tier.ADVANCED}
    assert read_title("Comptabilité intermédiaire").tiers == {Tier.INTERMEDIATE}


SAME = [
    ("Electric Vehicle (EV) Maintenance Training", "Electric vehicle maintenance"),
    ("EV Maintenance", "Electric Vehicle Maintenance Certificate"),
    ("Rural economic development micro-credential", "Micro-credential in Rural Economic Development"),
    ("Data Analytics Level 1", "DATA ANALYTICS I"),
    ("Introduction to Project Management", "Fundamentals of Project Management"),
    ("Organic Master Gardener (online)", "Organic Master Gardener Certificate"),
    ("ESS115 Introduction to Group Lodging", "Introduction to group lodging"),
    ("Gestion de projets", "Gestion des projets"),
    ("Resumé writing", "Resume Writing"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_the_same_title_written_otherwise(one, other):
    assert alike(one, other) == 1.0


CONTRADICTORY = [
    ("Building service worker level 1", "Building service worker level 2"),
    ("Building service worker level 1", "Building service worker"),
    ("Timber Cruising I", "Timber Cruising II"),
    ("Welding Level B", "Welding Level C"),
    ("Digital Leadership 2025", "Digital Leadership 2026"),
    ("Introduction to Bookkeeping", "Advanced Bookkeeping"),
    ("Introduction to Bookkeeping", "Intermediate Bookkeeping"),
    ("Bookkeeping", "Advanced Bookkeeping"),
    ("Enhanced Bridge Watch Rating (BWR-E)", "Bridge Watch Rating"),
    ("Early Childhood Educator", "Early Childhood Educator Assistant"),
    ("Advanced First Aid", "Advanced First Aid Exam Challenge"),
    ("First Aid", "First Aid Instructor"),
    ("Airtightness of Passive House Buildings", "Airtightness Lab of Passive House Buildings"),
    ("Soudure niveau 1", "Soudure niveau 2"),
]


@pytest.mark.parametrize(("one", "other"), CONTRADICTORY)
def test_titles_that_say_themselves_that_they_differ(one, other):
    assert alike(one, other) is None


OTHERS = [
    ("Photovoltaic design", "Photovoltaic installation"),
    ("Forest Health Management", "Forest Carbon Management"),
    ("Passive house design", "Passive house trades skills"),
    ("Human Resources Management", "Human Services Management"),
    ("Wildfire Science Certificate", "Wildfire Leadership Certificate"),
    ("Mechanical Engineering Technology", "Electrical Engineering Technology"),
    ("Immigration Law", "Migration Law"),
    ("Hypotension Care", "Hypertension Care"),
    ("C++ Programming", "C# Programming"),
    ("Web development", "Full-stack mobile development"),
    ("Data science bootcamp", "Foundations in Rural Data Science"),
]


@pytest.mark.parametrize(("one", "other"), OTHERS)
def test_titles_of_other_subjects_are_far_below_what_is_proposed(one, other):
    assert alike(one, other) < 0.76


def test_a_slip_in_a_long_word_counts_nearly_as_the_word():
    assert alike("Electric vehicle maintenence", "Electric vehicle maintenance") == pytest.approx((2 + 0.9) / 3, abs=1e-4)


def test_one_word_or_a_level_that_only_one_says_is_less_than_certain():
    assert alike("Leadership", "Leadership certificate") == 0.9
    assert alike("Project Management", "Project Management Fundamentals") == 0.9


def test_an_extra_word_tells():
    assert alike("Mental Health First Aid", "Mental Health First Aid for Youth") == pytest.approx(8 / 9, abs=1e-4)
