from dataclasses import asdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.model.reading.lengths import Length, read_length
from tests.model.reading.written import TEXTS, outcome, taken


def exact(number, most=None, **more):
    return {"min": number, "max": number if most is None else most, **more}


def weeks(*bounds, **more):
    return Length(weeks=exact(*bounds, **more))


def hours(*bounds, **more):
    return Length(hours=exact(*bounds, **more))


@pytest.mark.parametrize(
    ("written", "length"),
    [
        ("PT40H", hours(40.0)),
        ("PT40H30M", hours(40.5)),
        ("PT90S", hours(0.025)),
        ("PT1,5H", hours(1.5)),
        ("PT168H", hours(168.0)),
        ("P0DT40H", hours(40.0)),
        ("P6W", weeks(6.0)),
        ("p6w", weeks(6.0)),
        ("P1.5W", weeks(1.5)),
        ("P7D", weeks(1.0, text="P7D", basis="DERIVED")),
        ("P3D", weeks(0.43, text="P3D", basis="DERIVED")),
        ("P10W2D", weeks(10.29, text="P10W2D", basis="DERIVED")),
        ("P3M", weeks(12.71, 13.14, text="P3M", basis="DERIVED")),
        ("P1Y", weeks(52.14, 52.29, text="P1Y", basis="DERIVED")),
        ("P0.5Y", weeks(25.86, 26.29, text="P0.5Y", basis="DERIVED")),
    ],
)
def test_iso_8601_keeps_work_and_time_apart(written, length):
    assert read_length(written) == length


@pytest.mark.parametrize(
    "written", ["P", "PT", "PT0S", "P0D", "P1W2DT5H", "-P1D", "P1H", "PT1W", "P6W2", "P99999999999Y", "P2000Y"]
)
def test_a_broken_iso_duration_is_refused(written):
    assert outcome(read_length, written) == "VALUE_UNREADABLE"


@pytest.mark.parametrize(
    ("written", "length"),
    [
        ("6 weeks", weeks(6.0)),
        ("six weeks", weeks(6.0)),
        ("one-week", weeks(1.0)),
        ("6 wks.", weeks(6.0)),
        ("8 to 12 weeks", weeks(8.0, 12.0)),
        ("8-12 weeks", weeks(8.0, 12.0)),
        ("8 \u2013 12 weeks", weeks(8.0, 12.0)),
        ("between 8 and 12 weeks", weeks(8.0, 12.0)),
        ("from 8 to 12 weeks", weeks(8.0, 12.0)),
        ("one or two weeks", weeks(1.0, 2.0)),
        ("12 weeks at most", Length(weeks={"max": 12.0})),
        ("up to 12 weeks", Length(weeks={"max": 12.0})),
        ("at least 5 hours", Length(hours={"min": 5.0})),
        ("120+ hours", Length(hours={"min": 120.0})),
        ("over 40 hours", Length(hours={"min": 40.0, "text": "over 40 hours"})),
        ("less than 40 hours", Length(hours={"max": 40.0, "text": "less than 40 hours"})),
        ("1,200 hours", hours(1200.0)),
        ("40 hrs.", hours(40.0)),
        ("twenty-five hours", hours(25.0)),
        ("40 instructional hours", hours(40.0)),
        ("90 min", hours(1.5)),
        ("1 h 30 min", hours(1.5)),
        ("1h30m", hours(1.5)),
        ("2 hours and 15 minutes", hours(2.25)),
        ("1\u00bd hours", hours(1.5)),
        ("2 1/2 hours", hours(2.5)),
        ("12 x 3-hour sessions", hours(36.0, text="12 x 3-hour sessions", basis="DERIVED")),
        ("approx. 40 hours", hours(40.0, text="approx. 40 hours")),
        ("~40 hours", hours(40.0, text="~40 hours")),
        ("6-10 hours a week", Length(weekly_hours=exact(6.0, 10.0))),
        ("3 hrs/wk", Length(weekly_hours=exact(3.0))),
        ("3 hours weekly", Length(weekly_hours=exact(3.0))),
        ("6 to 10 hours of study per week", Length(weekly_hours=exact(6.0, 10.0))),
        ("10 weeks, 3 hrs/week", Length(weekly_hours=exact(3.0), weeks=exact(10.0))),
        ("6 weeks (3 hrs/wk)", Length(weekly_hours=exact(3.0), weeks=exact(6.0))),
        ("6 weeks (40 hours)", Length(hours=exact(40.0), weeks=exact(6.0))),
    ],
)
def test_words_that_are_understood_whole(written, length):
    assert read_length(written) == length


def test_hours_over_weeks_are_both():
    text = "40 hours over 12 weeks"
    assert read_length(text) == Length(hours=exact(40.0, text=text), weeks=exact(12.0, text=text))


@pytest.mark.parametrize(
    ("written", "bounds"),
    [
        ("9 months (approx)", (39.0, 39.43)),
        ("18-month program", (78.0, 78.57)),
        ("4.5 months", (19.14, 19.79)),
        ("1 year", (52.14, 52.29)),
        ("2 years part time", (104.29, 104.43)),
        ("16 months to 6 years", (69.29, 313.14)),
        ("5 consecutive days", (0.71, 0.71)),
        ("\u00bd day", (0.07, 0.07)),
    ],
)
def test_days_months_and_years_are_weeks_as_far_as_the_calendar_says(written, bounds):
    assert read_length(written) == weeks(*bounds, text=written, basis="DERIVED")


def test_up_to_some_years_bounds_them_above_only():
    text = "up to four years to complete"
    assert read_length(text) == Length(weeks={"max": 208.71, "text": text, "basis": "DERIVED"})


def test_full_time_or_part_time_is_a_range_in_its_words():
    text = "12 weeks part-time or 6 weeks full-time"
    assert read_length(text) == weeks(6.0, 12.0, text=text)
    for text, bounds in (
        ("3 weeks full time or 4 weeks part time", (3.0, 4.0)),
        ("5 weeks full time or 6.5 weeks part time", (5.0, 6.5)),
    ):
        assert read_length(text) == weeks(*bounds, text=text)


@pytest.mark.parametrize(
    "written",
    [
        "Variable",
        "self-paced",
        "non-credit",
        "Tues & Thurs 6-9 pm",
        "10 weeks x 3 hrs",
        "1 week = 40 hours",
        "10 weeks, 3 hours",
        "5 days, 6 hours",
        "half a day",
        "a week",
        "5 days a week",
        "1 day per week for 10 weeks",
        "2 hours/day",
        "4 hours per month",
        "at least 60 minutes a day for five days",
        "six months, about three hours of class a day",
        "six months online plus an eight-day residency",
        "five months: 10 weeks of theory, then 200 practicum hours",
        "includes one year of paid work-integrated learning",
        "30 days from purchase",
        "24/7 access for 6 weeks",
        "one semester",
        "1 year (2 terms)",
        "2 x 3 weeks",
        "2 days, 1 day",
        "2 weeks part-time, 4 weeks online",
        "2 weeks online - 4 weeks in class",
        "6 weeks to complete, 8 weeks online",
        "12 weeks part-time, 6 weeks full-time",
        "3 months or 120 hours",
        "1 year less a day",
        "piloted as two one-week courses",
        "up to 10 sessions of three-hour online classes, usually with two on-site field days",
        "Jan 12 - Mar 16 (10 weeks)",
        "3 credits",
        "6 semaines",
        "as little as 1.200 weeks",
    ],
)
def test_words_that_are_not_understood_whole_stay_words(written):
    assert read_length(written) == Length(weeks={"text": written})


@pytest.mark.parametrize(
    "written",
    [
        "Sat 9am-4pm (6 hours)",
        "eight 2-hour sessions",
        "15 hours online + 3 hours in person",
        "40 hours instruction, 20 hours independent study",
        "3 credit hours",
        "1.200 hours",
        "15 hours per course",
        "-5 hours",
    ],
)
def test_words_of_hours_alone_are_words_for_hours(written):
    assert read_length(written) == Length(hours={"text": written})


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("7,5 hours", "DECIMAL_COMMA"),
        ("", "VALUE_UNREADABLE"),
        ("<br>", "VALUE_UNREADABLE"),
        ("0 hours", "VALUE_UNREADABLE"),
        ("12 to 8 weeks", "VALUE_UNREADABLE"),
        ("99999999 years", "VALUE_UNREADABLE"),
        ("999999999 hours minimum", "VALUE_UNREADABLE"),
        ("9" * 30 + " hours", "VALUE_UNREADABLE"),
        ("w" * 301, "VALUE_UNREADABLE"),
    ],
)
def test_what_is_refused(written, code):
    assert outcome(read_length, written) == code


def test_the_letters_of_every_language_stay_as_they_are():
    for words in ("T\u015dilhqot\u2019in term", "h\u0259n\u0313q\u0313\u0259min\u0313\u0259m\u0313"):
        assert read_length(words) == Length(weeks={"text": words})


@given(TEXTS)
def test_whatever_is_written_a_record_takes_the_length(text):
    found = outcome(read_length, text)
    if isinstance(found, str):
        return
    names = {"hours": "statedHours", "weekly_hours": "weeklyHours", "weeks": "weeks"}
    stated = {names[name]: value for name, value in asdict(found).items() if value}
    assert stated
    assert taken(**stated) == {name: {"basis": "STATED"} | value for name, value in stated.items()}


@given(st.integers(1, 400), st.integers(0, 60), st.sampled_from([" weeks", "-week", " wks"]))
def test_a_range_of_weeks_is_read_back(least, more, unit):
    assert read_length(f"{least}{unit}") == weeks(float(least))
    assert read_length(f"{least} to {least + more}{unit}") == weeks(float(least), float(least + more))


@given(st.integers(1, 2000))
def test_hours_are_never_weeks(number):
    for text in (f"PT{number}H", f"{number} hours"):
        assert read_length(text) == hours(float(number))
