from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.model.reading.days import read_date, read_day, read_moment
from tests.model.reading.written import TEXTS, offered, outcome

HERE = "America/Vancouver"
EIGHTH = {"earliest": "2026-09-08", "latest": "2026-09-08", "precision": "DAY"}
DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))


@pytest.mark.parametrize(
    "written",
    [
        "2026-09-08",
        "2026-9-8",
        "2026/09/08",
        "2026.09.08",
        "20260908",
        "2026-09-08Z",
        "2026-09-08-07:00",
        "September 8, 2026",
        "September 8,2026",
        "SEPTEMBER 8 2026",
        "Sept. 8th, 2026",
        "Sep 8 2026",
        "8 September 2026",
        "8th of September 2026",
        "the 8th of September, 2026",
        "08-SEP-2026",
        "2026-Sep-08",
        "Tuesday, September 8, 2026",
        "Tues., Sept. 8, 2026",
        "le 8 septembre 2026",
        "mardi 8 septembre 2026",
        "<p>September 8, 2026</p>",
        " September\u00a08,\n2026 ",
    ],
)
def test_one_day(written):
    assert read_day(written) == date(2026, 9, 8)
    assert read_date(written) == EIGHTH
    assert read_moment(written) == "2026-09-08"


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("13/09/2026", "2026-09-13"),
        ("09/13/2026", "2026-09-13"),
        ("09/09/2026", "2026-09-09"),
        ("13.9.2026", "2026-09-13"),
        ("31/4/2024", None),
        ("1er ao\u00fbt 2026", "2026-08-01"),
        ("F\u00e9vrier 29, 2024", "2024-02-29"),
        ("fe\u0301vrier 29, 2024", "2024-02-29"),
    ],
)
def test_days_in_other_orders_and_letters(written, day):
    assert outcome(lambda: read_day(written).isoformat()) == (day or "VALUE_UNREADABLE")


@pytest.mark.parametrize("written", ["08/09/2026", "8.9.2026", "9-8-2026", "9/8/26", "8-Sep-26", "8 Sept '26"])
def test_two_days_in_one_are_refused(written):
    for read in (read_day, read_date, read_moment):
        assert outcome(read, written) == "DATE_AMBIGUOUS"


@pytest.mark.parametrize(
    "written",
    [
        "2026-02-30",
        "February 29, 2026",
        "March 32, 2026",
        "00/00/2026",
        "0/5/2026",
        "31/31/2026",
        "20261301",
        "1899-12-31",
        "2200-01-01",
        "0000-01-01",
        "Monday, September 8, 2026",
        "2026-13",
        "1850",
        "46273",
        "45000.0",
        "9/8",
        "2026-09-08T25:00",
        "2026-09-08T09:00:60Z",
        "2026-09-08T09:00+25:00",
        "2026-09-08T09:00+07:99",
        "",
        "<br>",
        "x" * 301,
    ],
)
def test_days_that_there_are_not_and_numbers_that_are_none_are_refused(written):
    assert outcome(read_date, written, HERE) == "VALUE_UNREADABLE"


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("September 2026", {"earliest": "2026-09-01", "latest": "2026-09-30", "precision": "MONTH"}),
        ("Sept. 2026", {"earliest": "2026-09-01", "latest": "2026-09-30", "precision": "MONTH"}),
        ("2024-02", {"earliest": "2024-02-01", "latest": "2024-02-29", "precision": "MONTH"}),
        ("02/2100", {"earliest": "2100-02-01", "latest": "2100-02-28", "precision": "MONTH"}),
        ("2199-12", {"earliest": "2199-12-01", "latest": "2199-12-31", "precision": "MONTH"}),
        ("mid-September 2026", {"earliest": "2026-09-01", "latest": "2026-09-30", "precision": "MONTH"}),
        ("2026", {"earliest": "2026-01-01", "latest": "2026-12-31", "precision": "YEAR"}),
        ("early 2026", {"earliest": "2026-01-01", "latest": "2026-12-31", "precision": "YEAR"}),
        ("2025/26", {"precision": "YEAR"}),
        ("2026-27", {"precision": "YEAR"}),
        ("2022/23 academic year", {"precision": "YEAR"}),
        ("January, May and September", {"recurs": [1, 5, 9]}),
        ("Jan/May/Sept.", {"recurs": [1, 5, 9]}),
        ("May", {"recurs": [5]}),
        ("every September", {"recurs": [9]}),
        ("September intake", {"recurs": [9]}),
        ("fall 2026", {"precision": "SEASON"}),
        ("Fall 2024 or winter 2025", {"precision": "SEASON"}),
        ("Spring semester", {"precision": "SEASON"}),
        ("term 2", {"precision": "TERM"}),
        ("TBA", {"precision": "UNKNOWN"}),
        ("Continuous", {"precision": "UNKNOWN"}),
        ("Monday", {"precision": "UNKNOWN"}),
        ("28 March, no year", {"precision": "UNKNOWN"}),
        ("September 8", {"precision": "UNKNOWN"}),
        ("Sept 26", {"precision": "UNKNOWN"}),
        ("Sep-26", {"precision": "UNKNOWN"}),
        ("late September", {"precision": "UNKNOWN"}),
        ("Sept 8 - Oct 10, 2026", {"precision": "UNKNOWN"}),
        ("January to May", {"precision": "UNKNOWN"}),
        ("Jan-May", {"precision": "UNKNOWN"}),
        ("January and September 2026", {"precision": "UNKNOWN"}),
        ("may vary", {"precision": "UNKNOWN"}),
        ("decoct", {"precision": "UNKNOWN"}),
        ("augu\u017ft 2026", {"precision": "UNKNOWN"}),
        ("apr\u0131l 5, 2026", {"precision": "UNKNOWN"}),
        ("20\u0662\u0666", {"precision": "UNKNOWN"}),
        ("h\u0259n\u0313q\u0313\u0259min\u0313\u0259m\u0313", {"precision": "UNKNOWN"}),
    ],
)
def test_less_than_a_day_stays_less_and_keeps_its_words(written, found):
    assert read_date(written, HERE) == found | {"text": written}
    assert outcome(read_day, written) == "VALUE_UNREADABLE"


def test_a_time_beside_a_day_leaves_the_day_but_closes_nothing():
    for written in ("September 8, 2026 9:00 am", "Sept 8, 2026 at 6 p.m.", "Sep 8, 2026, 18:00"):
        assert read_date(written) == EIGHTH
        assert outcome(read_moment, written) == "VALUE_UNREADABLE"


@pytest.mark.parametrize(
    ("written", "zone", "day"),
    [
        ("2026-09-08T23:30", None, "2026-09-08"),
        ("2026-09-08T23:30", HERE, "2026-09-08"),
        ("2026-09-09T05:00:00Z", None, "2026-09-09"),
        ("2026-09-09T05:00:00Z", HERE, "2026-09-08"),
        ("2026-09-09 05:00:00.123456789 +0000", HERE, "2026-09-08"),
        ("2026-09-08T20:00-07:00", "Asia/Tokyo", "2026-09-09"),
        ("2026-11-15T07:30Z", HERE, "2026-11-15"),  # British Columbia stays at -07:00 from 2026 on
        ("2025-11-15T07:30Z", HERE, "2025-11-14"),
    ],
)
def test_a_moment_is_the_day_of_its_place(written, zone, day):
    assert read_date(written, zone) == {"earliest": day, "latest": day, "precision": "DAY"}


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2026-09-08T23:59", "2026-09-08T23:59-07:00"),
        ("2026-09-08 23:59:59.999", "2026-09-08T23:59:59-07:00"),
        ("2026-09-09T05:00:00Z", "2026-09-09T05:00+00:00"),
        ("2025-12-01T12:00", "2025-12-01T12:00-08:00"),
        ("2026-12-01T12:00", "2026-12-01T12:00-07:00"),
        ("2025-11-02T01:30", "VALUE_UNREADABLE"),  # clocks show it twice
        ("2025-03-09T02:30", "VALUE_UNREADABLE"),  # and skip this
    ],
)
def test_a_time_without_an_offset_is_of_its_zone(written, moment):
    assert outcome(read_moment, written, HERE) == moment
    assert offered(registrationWindows=[{"closesAt": moment}]) if "T" in moment else True


def test_a_time_needs_an_offset_or_a_zone_that_there_is():
    assert outcome(read_moment, "2026-09-08T23:59") == "VALUE_UNREADABLE"
    assert outcome(read_moment, "2026-09-08T23:59", "Nowhere/None") == "VALUE_UNREADABLE"
    assert outcome(read_date, "2026-09-08T23:59Z", "Nowhere/None") == "VALUE_UNREADABLE"


def test_a_zone_never_leads_out_of_the_years_of_a_record():
    assert outcome(read_date, "2199-12-31T23:59-12:00", HERE) == "VALUE_UNREADABLE"
    assert outcome(read_date, "1900-01-01T00:00+14:00", HERE) == "VALUE_UNREADABLE"


@given(TEXTS, st.sampled_from([None, HERE]))
def test_whatever_is_written_a_record_takes_the_date(text, zone):
    found = outcome(read_date, text, zone)
    if not isinstance(found, str):
        assert offered(startsOn=found)["startsOn"] == {"precision": "UNKNOWN"} | found
    closes = outcome(read_moment, text, zone)
    if closes[:1].isdigit():
        assert offered(registrationWindows=[{"closesAt": closes}])


@given(DAYS, st.sampled_from(["%Y-%m-%d", "%B {day}, %Y", "{day} %b %Y", "%A, %B {day}, %Y", "%Y%m%d", "{day}-%b-%Y"]))
def test_a_day_is_read_back(day, form):
    assert read_day(day.strftime(form).replace("{day}", str(day.day))) == day


@given(DAYS, st.sampled_from("/.-"))
def test_numbers_never_give_another_day(day, sign):
    for parts in ((day.day, day.month), (day.month, day.day)):
        found = outcome(read_day, sign.join(map(str, (*parts, day.year))))
        assert found in (day, "DATE_AMBIGUOUS")
        assert (found == day) == (day.day > 12 or day.day == day.month)


@given(st.datetimes(), st.integers(1901, 2198), st.integers(-14 * 60, 14 * 60))
def test_a_moment_is_read_back(moment, year, offset):
    moment = moment.replace(year=year, day=min(moment.day, 28))
    sign = "-" if offset < 0 else "+"
    text = f"{moment.isoformat(timespec='seconds')}{sign}{abs(offset) // 60:02}:{abs(offset) % 60:02}"
    assert datetime.fromisoformat(read_moment(text)) == datetime.fromisoformat(text)
