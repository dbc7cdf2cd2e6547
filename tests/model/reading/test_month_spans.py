from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.model.reading.month_spans import days_of_months, weeks_of_months
from catalog.model.reading.unreadable import Unreadable


@pytest.mark.parametrize(
    ("months", "days"),
    [
        (0, (0, 0)),
        (1, (28, 31)),
        (2, (59, 62)),
        (3, (89, 92)),
        (6, (181, 184)),
        (9, (273, 276)),
        (11, (334, 337)),
        (12, (365, 366)),
        (24, (730, 731)),
        (48, (1460, 1461)),  # 2100 is no leap year
        (1200, (36524, 36525)),
    ],
)
def test_the_fewest_and_the_most_days(months, days):
    assert days_of_months(months) == days


@given(st.integers(1900, 2099), st.integers(1, 12), st.integers(0, 1200))
def test_every_span_of_the_calendar_lies_between_them(year, month, months):
    last = year * 12 + month - 1 + months
    span = (date(last // 12, last % 12 + 1, 1) - date(year, month, 1)).days
    least, most = days_of_months(months)
    assert least <= span <= most


def test_part_of_a_month_is_part_of_a_short_or_a_long_one():
    assert weeks_of_months(0.5) == (2.0, 15.5 / 7)
    assert weeks_of_months(4.5) == ((120 + 14) / 7, (123 + 15.5) / 7)


def test_more_than_a_hundred_years_is_refused():
    with pytest.raises(Unreadable):
        weeks_of_months(1201)
