"""Status around every boundary; the clock is injected, days are the offering's own."""

import itertools
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.model.records.offering import Offering
from catalog.model.status import (
    Timeline,
    boundaries,
    confirmation_boundaries,
    credential_status,
    is_wanted,
    status,
    status_at,
    timeline,
)
from catalog.model.vocabulary import OfferingStatus, OfferingWhen
from catalog.model.zones import zone

HERE = zone("America/Vancouver")
S = OfferingStatus


def offering(**fields):
    import json

    return Offering.model_validate_json(json.dumps({"ref": "x", **fields}))


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=HERE)


def on(one, moment, confirmed="2020-07-24", seats=None):
    return status(one, date.fromisoformat(confirmed) if confirmed else None, seats, at(moment))


SUMMER = offering(startsOn="2020-08-04", weeks=6, registrationWindows=[{"closesAt": "2020-07-31"}])


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2020-07-23T12:00", S.UPCOMING),
        ("2020-07-24T00:00", S.OPEN),
        ("2020-07-27T12:00", S.OPEN),
        ("2020-07-31T23:59", S.OPEN),
        ("2020-08-01T00:00", S.CLOSED),
        ("2020-08-04T12:00", S.CLOSED),
        ("2020-09-15T23:59", S.CLOSED),
        ("2020-09-16T00:00", S.ENDED),
    ],
)
def test_the_bootcamp_of_2020_hour_by_hour(moment, expected):
    assert on(SUMMER, moment) is expected


@pytest.mark.parametrize(
    ("fields", "moment", "confirmed", "seats", "expected"),
    [
        ({"run": "CANCELLED", "startsOn": "2020-01-01"}, "2019-01-01T00:00", None, None, S.CANCELLED),
        ({}, "2020-07-27T12:00", "2020-07-24", None, S.UNKNOWN),
        ({"startsOn": "2020-08-04"}, "2020-08-03T23:59", None, None, S.UPCOMING),
        ({"startsOn": "2020-08-04"}, "2020-08-04T00:00", None, None, S.UNKNOWN),
        ({"startsOn": "2020-08-04"}, "2020-08-05T00:00", None, None, S.STARTED),
        ({"startsOn": "2020-08-04"}, "2021-08-04T23:59", None, None, S.STARTED),
        ({"startsOn": "2020-08-04"}, "2021-08-05T00:00", None, None, S.ENDED),
        (
            {"startsOn": {"earliest": "2020-08-01", "latest": "2020-08-31", "precision": "MONTH"}},
            "2020-08-15T00:00",
            None,
            None,
            S.UNKNOWN,
        ),
        (
            {"startsOn": {"earliest": "2020-08-01", "latest": "2020-08-31", "precision": "MONTH"}},
            "2020-09-01T00:00",
            None,
            None,
            S.STARTED,
        ),
        ({"startsOn": {"recurs": [1, 5, 9]}}, "2020-08-15T00:00", "2020-07-24", None, S.UNKNOWN),
        ({"run": "POSTPONED"}, "2020-08-15T00:00", "2020-07-24", None, S.UNKNOWN),
        ({"run": "POSTPONED", "intake": "CONTINUOUS"}, "2020-08-15T00:00", "2020-07-24", None, S.UNKNOWN),
        ({"run": "POSTPONED", "startsOn": "2020-09-01"}, "2020-08-15T00:00", None, None, S.UPCOMING),
        ({"intake": "CONTINUOUS"}, "2020-08-15T00:00", "2020-07-24", None, S.OPEN),
        ({"intake": "CONTINUOUS"}, "2020-08-15T00:00", None, None, S.UNKNOWN),
        ({"intake": "ON_DEMAND"}, "2021-08-28T12:00", "2020-07-24", None, S.OPEN),
        ({"intake": "ON_DEMAND"}, "2021-08-30T12:00", "2020-07-24", None, S.UNKNOWN),
        ({"intake": "CONTINUOUS", "startsOn": "2020-01-06"}, "2020-08-15T00:00", "2020-07-24", None, S.OPEN),
        ({"intake": "CONTINUOUS"}, "2020-08-15T00:00", "2020-07-24", 0, S.FULL),
        ({"intake": "CONTINUOUS", "waitlist": {"open": True}}, "2020-08-15T00:00", "2020-07-24", 0, S.WAITLIST),
        ({"registrationWindows": [{"opensAt": "2020-09-01"}]}, "2020-08-15T00:00", "2020-07-24", None, S.UPCOMING),
        (
            {"registrationWindows": [{"opensAt": "2020-08-01"}], "startsOn": "2020-09-08"},
            "2020-08-15T00:00",
            None,
            None,
            S.OPEN,
        ),
        ({"registrationWindows": [{"opensAt": "2020-08-01"}]}, "2025-08-15T00:00", "2020-07-24", None, S.UNKNOWN),
        (
            {
                "registrationWindows": [
                    {"opensAt": "2020-08-01", "closesAt": "2020-08-10"},
                    {"opensAt": "2020-08-20", "closesAt": "2020-08-30"},
                ]
            },
            "2020-08-15T00:00",
            None,
            None,
            S.UPCOMING,
        ),
        (
            {
                "registrationWindows": [
                    {"opensAt": "2020-08-01", "closesAt": "2020-08-10"},
                    {"opensAt": "2020-08-20", "closesAt": "2020-08-30"},
                ]
            },
            "2020-08-31T00:00",
            None,
            None,
            S.CLOSED,
        ),
        ({"registrationWindows": [{"closesAt": "2020-08-10T17:00-07:00"}]}, "2020-08-10T16:59", "2020-07-24", None, S.OPEN),
        (
            {"registrationWindows": [{"closesAt": "2020-08-10T17:00-07:00"}]},
            "2020-08-10T17:00",
            "2020-07-24",
            None,
            S.CLOSED,
        ),
        ({"registrationWindows": [{"closesAt": "2020-08-10"}]}, "2020-08-01T00:00", None, None, S.UNKNOWN),
        ({"endsOn": "2020-08-10"}, "2020-08-11T00:00", None, None, S.ENDED),
        ({"startsOn": "2025-10-01", "weeks": {"min": 80}}, "2026-11-23T12:00", None, None, S.STARTED),
        (
            {"startsOn": "2025-10-01", "endsOn": {"earliest": "2028-01-01", "precision": "YEAR"}},
            "2026-11-23T12:00",
            None,
            None,
            S.STARTED,
        ),
        (
            {
                "registrationWindows": [
                    {"audience": "INDIGENOUS", "opensAt": "2026-11-01", "closesAt": "2026-12-01"},
                    {"opensAt": "2027-01-01", "closesAt": "2027-02-01"},
                ]
            },
            "2026-11-23T12:00",
            None,
            None,
            S.UPCOMING,
        ),
        (
            {"registrationWindows": [{"audience": "INDIGENOUS", "opensAt": "2026-11-01", "closesAt": "2026-12-01"}]},
            "2026-11-23T12:00",
            None,
            None,
            S.OPEN,
        ),
        ({"startsOn": "2199-12-31", "weeks": 9_999_999}, "2020-08-11T00:00", None, None, S.UPCOMING),
    ],
)
def test_status(fields, moment, confirmed, seats, expected):
    assert on(offering(**fields), moment, confirmed, seats) is expected


def test_the_day_is_the_offerings_own():
    eastern = offering(startsOn="2020-08-04", timeZone="America/Toronto")
    moment = datetime(2020, 8, 5, 4, 30, tzinfo=UTC)
    assert status(eastern, None, None, moment) is S.STARTED
    assert status(offering(startsOn="2020-08-04"), None, None, moment) is S.UNKNOWN


days = st.dates(date(2020, 1, 1), date(2021, 12, 31))


def _window(pair):
    opens, closes = pair if None in pair else sorted(pair)
    stated = {"opensAt": opens and str(opens), "closesAt": closes and str(closes)}
    return {key: value for key, value in stated.items() if value}


windows = st.tuples(st.none() | days, st.none() | days).filter(any).map(_window)


@st.composite
def offerings(draw):
    fields = {}
    if draw(st.booleans()):
        first, second = sorted((draw(days), draw(days)))
        fields["startsOn"] = {"earliest": str(first), "latest": str(second), "precision": "RANGE"}
    if draw(st.booleans()):
        earliest = date.fromisoformat(fields["startsOn"]["earliest"]) if "startsOn" in fields else date(2020, 1, 1)
        fields["endsOn"] = str(max(earliest, draw(days)))
    if draw(st.booleans()):
        fields["weeks"] = draw(st.integers(1, 40))
    fields["registrationWindows"] = draw(st.lists(windows, max_size=2))
    fields["intake"] = draw(st.sampled_from(["SCHEDULED", "CONTINUOUS", "ON_DEMAND", "NOT_STATED"]))
    fields["run"] = draw(st.sampled_from(["PLANNED", "CONFIRMED", "POSTPONED", "CANCELLED"]))
    return offering(**fields)


@settings(max_examples=300)
@given(offerings(), st.none() | days, st.none() | st.integers(0, 2))
def test_status_changes_only_at_boundaries(one, confirmed, seats):
    times = timeline(one, "America/Vancouver")
    assert Timeline.from_json(times.to_json()) == times
    edges = set(boundaries(times)) | set(confirmation_boundaries(confirmed) if confirmed else ())
    edges |= {datetime(2019, 1, 1, tzinfo=UTC), datetime(2024, 1, 1, tzinfo=UTC)}
    ordered = sorted(edges)
    for begin, end in itertools.pairwise(ordered):
        inside = {
            status_at(times, confirmed, seats, moment)
            for moment in (begin, begin + (end - begin) / 2, end - timedelta(microseconds=1))
        }
        assert len(inside) == 1, (begin, end, inside)


@given(offerings(), st.none() | days)
def test_once_over_it_stays_over(one, confirmed):
    times = timeline(one, "America/Vancouver")
    seen = [status_at(times, confirmed, None, at) for at in sorted(set(boundaries(times)))]
    if S.ENDED in seen:
        assert set(seen[seen.index(S.ENDED) :]) == {S.ENDED}


def test_a_credential_shows_its_most_useful_offering():
    assert credential_status([]) is S.UNKNOWN
    assert credential_status([S.ENDED, S.CANCELLED]) is S.ENDED
    assert credential_status([S.ENDED, S.UPCOMING, S.WAITLIST]) is S.WAITLIST
    assert credential_status(list(S)) is S.OPEN


def test_current_and_past_share_all_statuses_between_them():
    for one in S:
        assert is_wanted(one, OfferingWhen.CURRENT) != is_wanted(one, OfferingWhen.PAST)
        assert is_wanted(one, OfferingWhen.ALL)
    assert [one for one in S if is_wanted(one, OfferingWhen.OPEN)] == [S.OPEN]
