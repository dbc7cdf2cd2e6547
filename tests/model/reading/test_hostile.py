"""No text makes a parser raise anything but Unreadable, and none takes longer than its length."""

import time

import pytest

from catalog.model.reading.days import read_date, read_day, read_moment
from catalog.model.reading.encodings import mojibake
from catalog.model.reading.lengths import read_length
from catalog.model.reading.markup import read_title
from catalog.model.reading.numbers import read_number, refuse_decimal_comma
from catalog.model.reading.occupations import read_noc
from catalog.model.reading.prices import read_price
from catalog.model.reading.words import read_attendance, read_language, read_mode
from tests.model.reading.written import HOSTILE, SECONDS, outcome

SHORT = (
    read_length,
    read_price,
    read_day,
    read_date,
    read_moment,
    read_number,
    read_noc,
    read_mode,
    read_attendance,
    read_language,
)
LINE = 300


@pytest.mark.parametrize("read", [*SHORT, read_title, mojibake, refuse_decimal_comma])
def test_a_long_text_takes_no_longer_than_its_length(read):
    for text in HOSTILE:
        start = time.process_time()
        outcome(read, text)
        assert time.process_time() - start < SECONDS, text[:20]


@pytest.mark.parametrize("read", SHORT)
def test_neither_do_texts_that_are_just_short_enough(read):
    ends = ("", "!", "1", " weeks", " x", "$", " 2026", "</b>")
    for text in HOSTILE:
        for end in ends:
            start = time.process_time()
            outcome(read, text[: LINE - len(end)] + end)
            assert time.process_time() - start < SECONDS / 10, text[:20]


@pytest.mark.parametrize("read", SHORT)
@pytest.mark.parametrize("value", [None, 7, 7.5, True, [], {}, ["6 weeks"], b"6 weeks"])
def test_what_is_no_text_is_unreadable(read, value):
    assert outcome(read, value) == "VALUE_UNREADABLE"
