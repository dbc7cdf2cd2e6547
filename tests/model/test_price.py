import json

import pytest

from catalog.model.price import no_cost_to_learner, offering_price
from catalog.model.records.offering import Offering
from tests.records import credential


def run(*fees, **fields):
    return Offering.model_validate_json(json.dumps({"ref": "x", "fees": list(fees), **fields}))


def fee(amount="100.00", kind="TUITION", **fields):
    return {"kind": kind, **({"amount": amount} if amount else {}), **fields}


@pytest.mark.parametrize(
    ("fees", "expected"),
    [
        ([], None),
        ([fee("749.00")], "749.00"),
        ([fee("0")], "0.00"),
        ([fee("749.00"), fee("25.50", "APPLICATION"), fee("30", "MATERIALS")], "804.50"),
        ([fee("749.00"), fee(None, "MANDATORY")], None),
        ([fee("749.00"), fee("50", "DEPOSIT"), fee("80", "EXAM")], "749.00"),
        ([fee("749.00"), fee("99", "MATERIALS", optional=True)], "749.00"),
        ([fee("749.00", residency="DOMESTIC"), fee("2000", residency="INTERNATIONAL")], "749.00"),
        ([fee("500", amountMax="600")], None),
        ([fee("500", per="CREDIT")], "1500.00"),
        ([fee("500", per="COURSE")], "1000.00"),
        ([fee("10", per="WEEK")], "60.00"),
        ([fee("500", per="TERM")], None),
        ([fee("100"), {"kind": "TUITION", "amount": {"amount": "5", "currency": "USD"}}], None),
    ],
)
def test_the_price_is_a_sum_of_known_totals_or_unknown(fees, expected):
    whole = credential(credit={"value": 3, "unit": "CREDIT", "per": "CREDENTIAL"}, components=["uni/a", "uni/b"], weeks=6)
    price = offering_price(run(*fees), whole)
    assert (price and price.amount) == expected


@pytest.mark.parametrize("per", ["CREDIT", "COURSE", "WEEK", "TERM"])
def test_a_multiplier_that_is_not_stated_makes_the_price_unknown(per):
    assert offering_price(run(fee(per=per)), credential()) is None


@pytest.mark.parametrize(
    ("fees", "expected"),
    [
        ([], None),
        ([fee("0")], True),
        ([fee("0", amountMax="500")], None),
        ([fee("0", coveredFor=[{"audience": "YOUTH"}])], True),
        ([fee("5")], False),
        ([fee("5", coveredFor=[{"audience": "ALL"}])], True),
        ([fee("5", coveredFor=[{"audience": "ALL", "share": 0.5}])], None),
        ([fee("5", coveredFor=[{"audience": "YOUTH"}])], None),
        ([fee("0"), fee("5", "EXAM", optional=True)], True),
        ([fee("5", coveredFor=[{"audience": "YOUTH"}]), fee("5")], False),
    ],
)
def test_no_cost_to_the_learner_has_three_answers(fees, expected):
    assert no_cost_to_learner(run(*fees)) is expected
