import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.model.reading.occupations import read_noc
from catalog.model.reading.unreadable import Unreadable
from tests.model.reading.written import TEXTS, outcome, taken


@pytest.mark.parametrize(
    "written",
    [
        "21231",
        " 21231 ",
        "21231.0",
        "NOC 21231",
        "NOC21231",
        "noc: 21231",
        "CNP 21231",
        "2021 21231",
        "NOC 2021 21231",
        "NOC_2021_21231",
        "NOC 2021 v1.0: 21231",
        "2021.1 NOC 21231",
        "https://noc.esdc.gc.ca/Structure/NocProfile/21231",
        "21231 - Software engineers and designers",
        "NOC 21231 Software engineers and designers",
    ],
)
def test_codes_of_2021(written):
    assert read_noc(written) == "21231"


def test_leading_zeros_are_kept():
    assert read_noc("NOC 2021 00018") == "00018"


@pytest.mark.parametrize(
    "written", ["2174", "NOC 2174", "NOC 2016 2174", "2011: 2174", "NOC 2016 21231", "2174 - Computer programmers", "0213"]
)
def test_codes_of_older_editions_are_known_as_such(written):
    assert outcome(read_noc, written) == "NOC_OUTDATED"


@pytest.mark.parametrize("written", ["18", "NOC 2021 1231", "231"])
def test_a_lost_zero_is_named(written):
    assert outcome(read_noc, written) == "LEADING_ZERO_LOST"


def test_the_hint_writes_the_zeros():
    with pytest.raises(Unreadable) as caught:
        read_noc("18")
    assert caught.value.hint == "did you mean 00018? Format the cells of codes as text"


@pytest.mark.parametrize(
    "written",
    [
        "",
        "Software engineers",
        "212311",
        "29999",
        "21231.5",
        "21231, 21232",
        "15-1252.00",
        "https://example.org/page/21231",
        "\u0662\u0661\u0662\u0663\u0661",
    ],
)
def test_what_is_no_code(written):
    assert outcome(read_noc, written) == "VALUE_UNREADABLE"


@given(TEXTS | st.from_regex(r"(NOC|noc)?[ :]?(2021|2016)?[ -]?[0-9]{1,6}", fullmatch=True))
def test_whatever_is_written_a_record_takes_the_code(text):
    found = outcome(read_noc, text)
    if found.isdigit():
        assert len(found) == 5
        assert taken(occupations=[found]) == {"occupations": [found]}
