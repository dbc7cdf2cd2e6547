"""Net prices: fees that apply, funding that is surely theirs, and everything else with its reason."""

from datetime import date
from decimal import Decimal

import pytest

from catalog.pathways.money.fees import bill
from catalog.pathways.money.net import Purchase, net_price
from catalog.pathways.money.programs import closed, help_of
from tests.pathways.courses import ON, evaluator, profile


def fee(kind, amount, total=True, **more):
    money = None if amount is None else {"amount": str(amount), "currency": "CAD"}
    stated = {"residency": None, "optional": None, "covers": [], "due": None, "text": None, "per": None}
    return stated | {"kind": kind, "amount": money, "_total": money if total else None} | more


def purchase(*fees, programs=("grant",), learner=None):
    return Purchase(bill({"fees": list(fees)}, learner), frozenset(programs))


OPEN = {"opensOn": None, "closesOn": None, "status": "OPEN", "asOf": "2025-12-01"}


def program(key="grant", **more):
    """The StrongerBC future skills grant as its facts have it, with an open window."""
    rule = {"__typename": "AllOf", "rules": [
        condition("RESIDENCY", place="BC"),
        {"__typename": "AnyOf", "rules": [condition("AGE", minimum=19), condition("EDUCATION", level="SECONDARY")]},
        condition("FUNDING_NOT_RECEIVED", program="any other for the same costs"),
    ]}  # fmt: skip
    stated = {
        "id": key, "rule": rule, "cap": {"amount": "3500", "currency": "CAD"}, "capPer": "LIFETIME", "windows": [OPEN],
        "designations": ["x"], "decision": "FIRST_COME", "covers": ["TUITION", "MANDATORY", "MATERIALS"],
        "paysTo": "PROVIDER", "learnerContribution": None, "approvalFirst": [], "excludes": [],
    }  # fmt: skip
    return stated | more


def condition(kind, **qualifiers):
    return {"__typename": "Condition", "kind": kind, "_qualifiers": qualifiers}


def helped(*programs, used=None, **told):
    facts = {"age": 30, "bc_resident": True, "funding_used": {k: Decimal(v) for k, v in (used or {}).items()}} | told
    found = {one["id"]: help_of(one, evaluator([], **facts), one["id"]) for one in programs}
    return {key: one for key, one in found.items() if one is not None}


def test_five_courses_with_75_already_charged():
    bought = [purchase(fee("TUITION", 749)) for _ in range(5)]
    net = net_price(bought, helped(program(), used={"grant": "75"}))
    assert (net.list, net.to_pay) == (Decimal(3745), Decimal(320))
    assert [(one.program, one.amount) for one in net.applied] == [("grant", Decimal(3425))]


def test_tuition_fees_and_books():
    bought = [purchase(fee("TUITION", 3894), fee("MANDATORY", 75), fee("MATERIALS", 1030))]
    net = net_price(bought, helped(program()))
    assert (net.list, net.to_pay) == (Decimal(4999), Decimal(1499))


@pytest.mark.parametrize(
    ("told", "outcome"),
    [
        ({"age": 18}, "UNKNOWN"),  # may be a high-school graduate
        ({"age": 18, "high_school_graduate": True}, "MET"),
        ({"age": 18, "education": "NONE", "high_school_graduate": False}, None),
        ({"bc_resident": False}, None),
        ({"bc_resident": None}, "UNKNOWN"),
    ],
)
def test_who_may_have_the_grant(told, outcome):
    net = net_price([purchase(fee("TUITION", 100))], helped(program(), **told))
    assert bool(net.applied) == (outcome == "MET")
    assert bool(net.possible) == (outcome == "UNKNOWN")
    assert net.to_pay == (0 if outcome == "MET" else 100)


@pytest.mark.parametrize(
    ("window", "why"),
    [
        (OPEN, None),
        ({**OPEN, "status": None, "opensOn": "2025-09-01", "closesOn": "2026-03-31"}, None),
        ({**OPEN, "status": None, "opensOn": "2025-09-01"}, "no source says on which day it was open"),
        ({**OPEN, "closesOn": "2025-12-31"}, "its window closed on 2025-12-31"),
        ({**OPEN, "opensOn": "2026-02-01"}, "its window opens on 2026-02-01"),
        ({**OPEN, "status": "WAITLIST"}, "its source says: waitlist (as of 2025-12-01)"),
        ({**OPEN, "asOf": None}, "no source says on which day it was open"),
        ({**OPEN, "asOf": "2023-01-01"}, "its source last said so on 2023-01-01"),
        ({**OPEN, "asOf": "2023-01-01", "closesOn": "2026-12-31"}, None),
        ({**OPEN, "asOf": "2026-05-01"}, "no source says on which day it was open"),
    ],
)
def test_nothing_is_open_that_no_source_says_is_open(window, why):
    assert closed([window], ON) == why
    net = net_price([purchase(fee("TUITION", 100))], helped(program(windows=[window])))
    assert bool(net.applied) == (why is None)
    if why:
        assert why in net.possible[0].reason


def test_without_a_window_nothing_is_open():
    assert closed([], ON) == "no source says that it is open"


@pytest.mark.parametrize(
    "more",
    [{"decision": "DISCRETIONARY"}, {"decision": None}, {"covers": []}, {"designations": []}, {"rule": None}],
)
def test_what_is_not_sure_is_possible_with_its_reason(more):
    net = net_price([purchase(fee("TUITION", 100))], helped(program(**more)))
    assert not net.applied
    assert net.to_pay == 100
    assert net.possible[0].reason


def test_what_was_received_must_be_told():
    net = net_price(
        [purchase(fee("TUITION", 100))], helped(program(rule={"__typename": "AllOf", "rules": []}), funding_used=None)
    )
    assert "fundingUsed" in net.possible[0].reason
    assert not net_price([purchase(fee("TUITION", 100))], helped(program(), used={"grant": "3500"})).possible  # used up


def test_caps_of_an_offering_hold_for_each():
    bought = [purchase(fee("TUITION", 749)) for _ in range(3)]
    each = program(cap={"amount": "500", "currency": "CAD"}, capPer="OFFERING")
    assert net_price(bought, helped(each, used={"grant": "3000"})).to_pay == 3 * 249


def test_a_program_is_spent_only_where_it_may_be():
    bought = [purchase(fee("TUITION", 100)), purchase(fee("TUITION", 200), programs=())]
    assert net_price(bought, helped(program())).to_pay == 200


def test_what_a_program_does_not_cover_is_left():
    bought = [purchase(fee("TUITION", 100), fee("APPLICATION", 40))]
    assert net_price(bought, helped(program())).to_pay == 40


def test_the_learner_pays_a_share_all_the_same():
    shared = program(learnerContribution={"amount": None, "share": 0.2, "text": None})
    assert net_price([purchase(fee("TUITION", 1000))], helped(shared)).to_pay == 200


def test_programs_that_exclude_each_other():
    other = program(
        "other", cap={"amount": "500", "currency": "CAD"}, excludes=[{"cost": None, "program": "grant", "text": None}]
    )
    free = {"__typename": "AllOf", "rules": []}
    bought = [purchase(fee("TUITION", 4000), programs=("grant", "other"))]
    net = net_price(bought, helped(program(rule=free), {**other, "rule": free}))
    assert [one.program for one in net.applied] == ["grant"]
    assert (net.to_pay, net.possible[0].program) == (500, "other")
    beside = net_price(bought, helped(program(rule=free), {**other, "rule": free, "excludes": []}))
    assert beside.to_pay == 0


def test_approval_first_is_a_warning():
    warned = program(approvalFirst=[{"benefit": "EI", "authority": "Service Canada"}])
    net = net_price([purchase(fee("TUITION", 100))], helped(warned, benefits=frozenset({"ei"})))
    assert net.to_pay == 0
    assert net.unknowns[0] == "grant: you receive EI: get the approval of Service Canada before you apply"
    assert "approval" not in " ".join(
        net_price([purchase(fee("TUITION", 100))], helped(warned, benefits=frozenset())).unknowns
    )


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({"citizenship": "CITIZEN", "bc_resident": True}, 500),
        ({"citizenship": "OTHER"}, None),  # what else they must pay is stated only for others
        ({"citizenship": "CITIZEN", "bc_resident": False}, 600),
        ({}, 500),
    ],
)
def test_fees_that_apply(told, expected):
    run = {"fees": [
        fee("TUITION", 400, residency="DOMESTIC"), fee("TUITION", 2000, residency="INTERNATIONAL"),
        fee("MANDATORY", 100, residency="BC"), fee("MANDATORY", 200, residency="OUT_OF_PROVINCE"),
        fee("MATERIALS", 50, optional=True),
    ]}  # fmt: skip
    own = bill(run, profile(**told))
    assert own.total == expected
    assert any("citizenship is not told" in one for one in own.unknowns) == (not told)


def test_what_is_covered_for_everybody_and_for_some():
    run = {"fees": [
        fee("TUITION", 1000, covers=[{"audience": "ALL", "share": 0.25, "text": None}]),
        fee("MATERIALS", 100, covers=[{"audience": "INDIGENOUS", "share": None, "text": "with a letter"}]),
    ]}  # fmt: skip
    own = bill(run, None)
    assert own.total == Decimal(850)
    assert own.unknowns == ("materials: covered for indigenous (with a letter), if that is you",)


def test_an_unknown_fee_leaves_the_price_unknown():
    own = bill({"fees": [fee("TUITION", 700), fee("MATERIALS", None)]}, None)
    assert own.total is None
    net = net_price([Purchase(own, frozenset({"grant"}))], helped(program()))
    assert (net.list, net.to_pay) == (None, None)
    assert net.unknowns[0].startswith("materials: no amount")


def test_what_comes_on_top_is_said():
    own = bill({"fees": [fee("TUITION", 700), fee("EXAM", 150)]}, None)
    assert own.total == 700
    assert own.unknowns == ("exam comes on top: 150 CAD",)


def test_what_is_due_up_front():
    fees = [fee("TUITION", 1000, due="INSTALMENT"), fee("APPLICATION", 50, due="APPLICATION")]
    assert net_price([purchase(*fees)], {}).up_front == 50
    assert net_price([purchase(*fees, fee("DEPOSIT", 200, due="REGISTRATION"))], {}).up_front == 250  # a part of tuition
    assert net_price([purchase(*fees, fee("DEPOSIT", 200))], {}).list == 1050
    unsaid = net_price([purchase(fee("TUITION", 1000))], {})
    assert (unsaid.up_front, unsaid.unknowns) == (None, ("when the fees are due is not stated",))


def test_what_is_paid_back_is_due_all_the_same():
    fees = [fee("TUITION", 1000, due="REGISTRATION")]
    assert net_price([purchase(*fees)], helped(program())).up_front == 0
    back = net_price([purchase(*fees)], helped(program(paysTo="REIMBURSED")))
    assert (back.to_pay, back.up_front) == (0, 1000)


def test_windows_know_the_day():
    assert closed([{**OPEN, "closesOn": ON.isoformat()}], ON) is None
    assert closed([{**OPEN, "closesOn": ON.isoformat()}], date(2026, 1, 2)) == "its window closed on 2026-01-01"


def test_of_several_windows_the_newest_word_holds():
    """A page that said OPEN in May is older than one that said CLOSED in October."""
    said = [OPEN | {"asOf": "2025-05-01"}, OPEN | {"asOf": "2025-10-01", "status": "CLOSED"}]
    assert closed(said, ON) == "its source says: closed (as of 2025-10-01)"
    assert closed([*reversed(said)], ON) == "its source says: closed (as of 2025-10-01)"
    assert closed([said[1], OPEN | {"asOf": "2025-12-01"}], ON) is None
    over = {"opensOn": "2024-01-01", "closesOn": "2024-02-01", "status": "OPEN", "asOf": "2025-12-30"}
    assert closed([*said, over], ON) == "its source says: closed (as of 2025-10-01)"


def test_a_fee_stated_only_for_others_is_unknown():
    own = bill({"fees": [fee("TUITION", 900, residency="INTERNATIONAL")]}, profile(citizenship="CITIZEN"))
    assert own.total is None
    assert own.unknowns[0] == "tuition is stated only for others: what you would pay is not"


def test_the_reason_names_the_facts_that_nobody_told():
    (own,) = helped(program(), age=None, used={}).values()
    assert own.reasons[0] == "whether you may have it hangs on: age 19 or over; education: SECONDARY"


def test_two_grants_never_pay_more_than_the_price():
    bought = [purchase(fee("TUITION", 900), programs=("one", "two"))]
    net = net_price(bought, helped(program("one"), program("two", cap={"amount": "500", "currency": "CAD"})))
    assert net.to_pay == Decimal(0)
    assert sum(one.amount for one in net.applied) == Decimal(900)
