"""What CredentialFilter means."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.model.filter import (
    ONLINE,
    CredentialFacts,
    CredentialFilter,
    Near,
    OfferingFacts,
    PlaceFacts,
    distance_km,
    matches,
    within,
)
from catalog.model.vocabulary import Attendance, CredentialKind, CreditStatus, DeliveryMode, OfferingStatus

VICTORIA = PlaceFacts("c1", "Victoria", "vancouver-island-coast", (48.4284, -123.3656))
NANAIMO = PlaceFacts("c2", "Nanaimo", "vancouver-island-coast", (49.1659, -123.9401))
ONLINE_PLACE = PlaceFacts(city=ONLINE, region=ONLINE)
MICRO = CredentialFacts(CredentialKind.MICRO_CREDENTIAL, institutions=frozenset({"uvic"}), skills=frozenset({"seo"}))
EVENING_VICTORIA = OfferingFacts(places=(VICTORIA,), attendance=frozenset({Attendance.EVENING}), mode=DeliveryMode.IN_PERSON)
DAY_NANAIMO = OfferingFacts(places=(NANAIMO,), attendance=frozenset({Attendance.DAYTIME}), mode=DeliveryMode.BLENDED)


def wants(**conditions):
    lists = {name: frozenset(one) if isinstance(one, list) else one for name, one in conditions.items()}
    return CredentialFilter(**lists)


def test_all_offering_conditions_hold_for_one_offering():
    facts = replace(MICRO, offerings=(EVENING_VICTORIA, DAY_NANAIMO))
    assert matches(wants(cities=["Victoria"], attendance=[Attendance.EVENING]), facts)
    assert not matches(wants(cities=["Nanaimo"], attendance=[Attendance.EVENING]), facts)


def test_within_a_field_or_between_fields_and():
    assert matches(wants(institutions=["bcit", "uvic"], kinds=[CredentialKind.MICRO_CREDENTIAL]), MICRO)
    assert not matches(wants(institutions=["uvic"], kinds=[CredentialKind.COURSE]), MICRO)


@pytest.mark.parametrize(
    "conditions",
    [
        {"occupations": ["10022"]},
        {"creditStatus": None, "credit_status": [CreditStatus.CREDIT]},
        {"cities": ["Victoria"]},
        {"price": (None, Decimal(100))},
        {"status": [OfferingStatus.OPEN]},
        {"hours": (1.0, 10.0)},
    ],
)
def test_unknown_rows_are_kept_only_when_asked(conditions):
    conditions.pop("creditStatus", None)
    assert matches(wants(**conditions), MICRO)
    assert not matches(wants(**conditions, include_unknown=False), MICRO)


def test_usual_speaks_only_where_there_is_no_offering():
    usual = OfferingFacts(mode=DeliveryMode.ONLINE)
    online = wants(modes=[DeliveryMode.ONLINE], include_unknown=False)
    assert matches(online, replace(MICRO, usual=usual))
    assert not matches(online, replace(MICRO, usual=usual, offerings=(EVENING_VICTORIA,)))


def test_attendance_means_every_required_meeting():
    both = replace(EVENING_VICTORIA, attendance=frozenset({Attendance.EVENING, Attendance.WEEKEND}))
    facts = replace(MICRO, offerings=(both,))
    assert not matches(wants(attendance=[Attendance.EVENING]), facts)
    assert matches(wants(attendance=[Attendance.EVENING, Attendance.WEEKEND, Attendance.DAYTIME]), facts)


def test_status_unknown_can_be_asked_for():
    facts = replace(MICRO, offerings=(OfferingFacts(),))
    assert matches(wants(status=[OfferingStatus.UNKNOWN], include_unknown=False), facts)
    assert not matches(wants(status=[OfferingStatus.OPEN], include_unknown=False), facts)


def test_starts():
    facts = replace(MICRO, offerings=(OfferingFacts(starts=(date(2026, 9, 1), date(2026, 9, 30))),))
    assert matches(wants(starts_after=date(2026, 9, 1), include_unknown=False), facts)
    assert not matches(wants(starts_after=date(2026, 9, 10), include_unknown=False), facts)
    assert matches(wants(starts_after=date(2026, 9, 10)), facts)
    assert not matches(wants(starts_after=date(2026, 10, 1)), facts)
    assert not matches(wants(starts_before=date(2026, 8, 31)), facts)


def test_near_counts_online_when_asked_and_unknown_places_as_unknown():
    near = Near(48.4284, -123.3656, 20)
    at = lambda *places: replace(MICRO, offerings=(OfferingFacts(places=places),))  # noqa: E731 - a table of places
    assert matches(wants(near=near, include_unknown=False), at(VICTORIA))
    assert not matches(wants(near=near), at(NANAIMO))
    assert matches(wants(near=near, include_unknown=False), at(ONLINE_PLACE))
    assert not matches(wants(near=replace(near, include_online=False)), at(ONLINE_PLACE))
    assert matches(wants(near=near), at(PlaceFacts(city="Somewhere")))
    assert not matches(wants(near=near, include_unknown=False), at(PlaceFacts(city="Somewhere")))


def test_distance_from_victoria_to_nanaimo():
    assert distance_km(VICTORIA.coordinates, NANAIMO.coordinates) == pytest.approx(92.3, abs=0.5)


numbers = st.none() | st.integers(0, 20)
pairs = st.tuples(numbers, numbers).filter(lambda pair: None in pair or pair[0] <= pair[1])


@given(pairs, pairs)
def test_within_is_true_only_if_true_for_all_that_the_value_can_be(wanted, known):
    low, high = (0 if known[0] is None else known[0]), (20 if known[1] is None else known[1])
    inside = [
        (wanted[0] is None or value >= wanted[0]) and (wanted[1] is None or value <= wanted[1])
        for value in range(low, high + 1)
    ]
    answer = within(wanted, known)
    if answer is True and known != (None, None):
        assert all(inside)
    if answer is False:
        assert not any(inside)


def test_matches_nothing_asked_keeps_everything():
    assert matches(CredentialFilter(), CredentialFacts(CredentialKind.OTHER))
