import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.model.reading.lines import one_line
from catalog.model.reading.numbers import read_number, refuse_decimal_comma
from catalog.model.reading.ranges import derived_range, stated_range
from tests.model.reading.written import TEXTS, outcome


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("7", 7.0),
        (" 7.5 ", 7.5),
        ("1,200", 1200.0),
        ("1,200,000.25", 1200000.25),
        ("0", 0.0),
        ("six", 6.0),
        ("Twenty", 20.0),
        ("twenty-five", 25.0),
        ("ninety-nine", 99.0),
    ],
)
def test_numbers(written, number):
    assert read_number(written) == number


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("7,5", "DECIMAL_COMMA"),
        ("1,20", "DECIMAL_COMMA"),
        ("1,2000", "DECIMAL_COMMA"),
        ("", "VALUE_UNREADABLE"),
        ("1,200,5", "VALUE_UNREADABLE"),
        ("-7", "VALUE_UNREADABLE"),
        ("1e3", "VALUE_UNREADABLE"),
        ("nan", "VALUE_UNREADABLE"),
        ("7.", "VALUE_UNREADABLE"),
        ("one hundred", "VALUE_UNREADABLE"),
        ("\u0661\u0662", "VALUE_UNREADABLE"),
        ("9" * 30, "VALUE_UNREADABLE"),
    ],
)
def test_what_is_no_number(written, code):
    assert outcome(read_number, written) == code


@given(TEXTS)
def test_whatever_is_written_there_is_a_number_or_a_reason(text):
    found = outcome(read_number, text)
    assert isinstance(found, float) or found in ("DECIMAL_COMMA", "VALUE_UNREADABLE")
    assert outcome(refuse_decimal_comma, text) in (None, "DECIMAL_COMMA")


@given(st.integers(0, 10**14), st.integers(0, 99))
def test_a_number_is_read_back(whole, part):
    assert read_number(f"{whole:,}") == whole
    assert read_number(f"{whole % 10**9}.{part:02}") == float(f"{whole % 10**9}.{part:02}")


def test_a_line_has_single_spaces_and_no_markup():
    assert one_line(" <b>6 &amp;</b>\n 8\u00a0weeks\x00", "a length") == "6 & 8 weeks"
    assert (
        one_line("T\u015dilhqot\u2019in, h\u0259n\u0313q\u0313\u0259min\u0313\u0259m\u0313", "a name")
        == "T\u015dilhqot\u2019in, h\u0259n\u0313q\u0313\u0259min\u0313\u0259m\u0313"
    )


@pytest.mark.parametrize(
    "value",
    [None, 7, 7.5, True, ["6 weeks"], {"en": "6 weeks"}, "", " \n", "<br>", "x" * 301, "\ud800", "<\udfff", "\ufb2c" * 200],
)
def test_what_is_no_line(value):
    assert outcome(one_line, value, "a line") == "VALUE_UNREADABLE"


def test_ranges_say_only_what_is_known():
    assert stated_range(6, None) == {"min": 6}
    assert stated_range(None, 8) == {"max": 8}
    assert derived_range(1 / 3, 2 / 3, "x") == {"min": 0.33, "max": 0.67, "text": "x", "basis": "DERIVED"}


@pytest.mark.parametrize("bounds", [(8, 6), (0, 0), (None, 2e6), (2e6, None)])
def test_ranges_that_are_none(bounds):
    assert outcome(stated_range, *bounds) == "VALUE_UNREADABLE"
