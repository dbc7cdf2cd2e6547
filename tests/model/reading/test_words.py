import pytest
from hypothesis import given

from catalog.model.reading.words import read_attendance, read_language, read_mode
from catalog.model.vocabulary import Attendance, DeliveryMode
from tests.model.reading.written import TEXTS, offered, outcome


@pytest.mark.parametrize(
    ("written", "mode"),
    [
        ("Online", "ONLINE"),
        ("100% online", "ONLINE"),
        ("Distance learning", "ONLINE"),
        ("Online (live)", "ONLINE_LIVE"),
        ("Online - real time", "ONLINE_LIVE"),
        ("online asynchronous", "ONLINE_ANYTIME"),
        ("Online, self-paced", "ONLINE_ANYTIME"),
        ("In person", "IN_PERSON"),
        ("In-Class", "IN_PERSON"),
        ("on campus", "IN_PERSON"),
        ("Face-to-face", "IN_PERSON"),
        ("Hybrid", "BLENDED"),
        ("Blended learning", "BLENDED"),
        ("in person and online", "BLENDED"),
        ("HyFlex", "HYFLEX"),
        ("On-the-job", "WORKPLACE"),
        *((mode.value, mode.value) for mode in DeliveryMode),
    ],
)
def test_modes(written, mode):
    assert read_mode(written) == mode


@pytest.mark.parametrize(
    "written",
    [
        "",
        "varies by course",
        "online or in person",
        "Online/In-person",
        "hybrid (online or in person)",
        "online, some short on-campus electives",
        "self-paced",
        "h\u0259n\u0313q\u0313\u0259min\u0313\u0259m\u0313",
        "x" * 301,
    ],
)
def test_a_choice_of_modes_is_none(written):
    assert outcome(read_mode, written) == "VALUE_UNREADABLE"


@pytest.mark.parametrize(
    ("written", "times"),
    [
        ("Daytime", ["DAYTIME"]),
        ("Part Time Day", ["DAYTIME"]),
        ("weekdays", ["DAYTIME"]),
        ("Evening", ["EVENING"]),
        ("weekday evenings", ["EVENING"]),
        ("Tuesday evening", ["EVENING"]),
        ("Saturday mornings", ["WEEKEND"]),
        ("Evenings and weekends", ["EVENING", "WEEKEND"]),
        ("Weekends; evenings", ["EVENING", "WEEKEND"]),
        ("day and evening", ["DAYTIME", "EVENING"]),
        ("Day/Block release", ["DAY_BLOCK"]),
        ("Block Release", ["DAY_BLOCK"]),
        ("anytime", ["ANYTIME"]),
        ("self-paced", ["ANYTIME"]),
        *((time.value, [time.value]) for time in Attendance),
    ],
)
def test_times_of_the_week(written, times):
    assert read_attendance(written) == times


@pytest.mark.parametrize(
    "written", ["", "Full time", "5 days a week", "no evenings", "mostly evenings", "Tues & Thurs 6-9 pm", "every day"]
)
def test_other_words_are_no_times_of_the_week(written):
    assert outcome(read_attendance, written) == "VALUE_UNREADABLE"


@pytest.mark.parametrize(
    ("written", "tag"),
    [
        ("en", "en"),
        ("EN", "en"),
        ("en_CA", "en-CA"),
        ("fr-ca", "fr-CA"),
        ("English", "en"),
        ("eng", "en"),
        ("eng-CA", "en-CA"),
        ("Fran\u00e7ais", "fr"),
        ("franc\u0327ais", "fr"),
        ("fre", "fr"),
        ("zh-hant-tw", "zh-Hant-TW"),
        ("es-419", "es-419"),
        ("hur", "hur"),
        ("str", "str"),
    ],
)
def test_languages(written, tag):
    assert read_language(written) == tag


@pytest.mark.parametrize(
    "written", ["", "Klingon", "English, French", "TBD", "all", "und", "e", "en-", "en--CA", "en-" + "abcdefgh-" * 9 + "a"]
)
def test_what_is_no_language(written):
    assert outcome(read_language, written) == "VALUE_UNREADABLE"


@given(TEXTS)
def test_whatever_is_written_a_record_takes_the_words(text):
    mode, times, language = (outcome(read, text) for read in (read_mode, read_attendance, read_language))
    if mode != "VALUE_UNREADABLE":
        assert offered(mode=mode) == {"mode": mode}
    if times != "VALUE_UNREADABLE":
        assert offered(attendance=times) == {"attendance": times}
    if language != "VALUE_UNREADABLE":
        assert offered(languages=[language]) == {"languages": [language]}
