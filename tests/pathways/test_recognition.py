"""Credit kept and lost for each destination, guaranteed or case by case, in force on a day."""

from datetime import date

import pytest

from catalog.pathways.recognition import destinations

DAY = date(2027, 6, 30)
THREE = {"value": 3.0, "unit": "CREDIT"}


def recognition(credential, to="degree", **more):
    stated = {"from": credential, "to": to, "institution": "uni", "kind": "COURSE", "credit": THREE, "guaranteed": True}
    return stated | {"effectiveFrom": "2020-01-01", "effectiveTo": None} | more


def only(recognitions):
    (found,) = destinations(recognitions, {one["from"]: (3.0, "CREDIT") for one in recognitions}, DAY)
    return found.kept, found.lost, found.guaranteed


def test_all_is_kept():
    assert only([recognition("a"), recognition("b")]) == (6.0, 0.0, True)


def test_what_gets_no_credit_is_lost():
    assert only([recognition("a"), recognition("b", kind="NONE", credit=None)]) == (3.0, 3.0, True)
    assert only([recognition("a"), recognition("b", credit={"value": 1.0, "unit": "CREDIT"})]) == (4.0, 2.0, True)


def test_case_by_case_is_not_known():
    assert only([recognition("a"), recognition("b", kind="CASE_BY_CASE", credit=None, guaranteed=False)]) == (
        None,
        None,
        False,
    )


def test_silence_is_no_guarantee():
    assert only([recognition("a", guaranteed=None)]) == (3.0, 0.0, None)


@pytest.mark.parametrize(
    ("window", "kept"),
    [
        ({"effectiveFrom": "2027-01-01"}, 3.0),
        ({"effectiveFrom": "2027-07-01"}, 0.0),
        ({"effectiveTo": "2027-06-30"}, 3.0),
        ({"effectiveTo": "2027-06-29"}, 0.0),
    ],
)
def test_only_what_is_in_force_counts(window, kept):
    other = recognition("b")  # so that there is a unit
    assert only([recognition("a", **window), other])[0] == kept + 3.0


def test_units_are_never_added_up():
    assert only([recognition("a"), recognition("b", credit={"value": 1.5, "unit": "UVIC_UNIT"})]) == (None, None, True)


def test_the_best_of_several_ways_counts_once():
    assert only([recognition("a"), recognition("a", credit={"value": 1.0, "unit": "CREDIT"})]) == (3.0, 0.0, True)


def test_each_destination_by_itself():
    found = destinations(
        [recognition("a"), recognition("a", "diploma", kind="NONE", credit=None)], {"a": (3.0, "CREDIT")}, DAY
    )
    assert [(one.credential, one.kept, one.lost) for one in found] == [("degree", 3.0, 0.0), ("diploma", 0.0, 3.0)]


def test_what_is_recognised_nowhere_is_lost():
    (found,) = destinations([recognition("a")], {"a": (3.0, "CREDIT"), "b": (3.0, "CREDIT")}, DAY)
    assert (found.kept, found.lost) == (3.0, 3.0)


def test_nobody_says_that_it_is_in_force():
    assert only([recognition("a", effectiveFrom=None)]) == (None, None, None)
