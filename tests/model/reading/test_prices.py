from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.model.reading.prices import read_price
from tests.model.reading.written import TEXTS, offered, outcome


def fee(amount, currency="CAD", **more):
    return {"kind": "TUITION", "amount": {"amount": amount, "currency": currency}, **more}


def most(amount, currency="CAD"):
    return {"amount": amount, "currency": currency}


@pytest.mark.parametrize(
    ("written", "amount", "currency"),
    [
        ("$3,500", "3500.00", "CAD"),
        ("3500", "3500.00", "CAD"),
        ("$749.10", "749.10", "CAD"),
        ("$500.5", "500.50", "CAD"),
        ("84.0000", "84.00", "CAD"),
        ("1,234,567.89", "1234567.89", "CAD"),
        ("3 500 $", "3500.00", "CAD"),
        ("$ 1\u00a0200", "1200.00", "CAD"),
        ("CAD 3500", "3500.00", "CAD"),
        ("CAD $3,500.00", "3500.00", "CAD"),
        ("CA$3500", "3500.00", "CAD"),
        ("CDN $500", "500.00", "CAD"),
        ("$500 Canadian", "500.00", "CAD"),
        ("500 dollars", "500.00", "CAD"),
        ("US$500", "500.00", "USD"),
        ("$500 US dollars", "500.00", "USD"),
        ("500 USD", "500.00", "USD"),
        ("\u20ac500", "500.00", "EUR"),
        ("500 \u20ac", "500.00", "EUR"),
        ("\u00a3500", "500.00", "GBP"),
        ("GBP6,000", "6000.00", "GBP"),
        ("Cost: $3,500*", "3500.00", "CAD"),
        ("Tuition fee: $3,500", "3500.00", "CAD"),
        ("<b>$3,500</b>", "3500.00", "CAD"),
        ("Free", "0.00", "CAD"),
        ("FREE!", "0.00", "CAD"),
        ("no cost", "0.00", "CAD"),
        ("tuition-free", "0.00", "CAD"),
        ("$0.00", "0.00", "CAD"),
        ("$500 per person", "500.00", "CAD"),
    ],
)
def test_one_amount(written, amount, currency):
    assert read_price(written) == [fee(amount, currency)]


def test_a_plain_sign_is_of_the_currency_that_was_told():
    assert read_price("$500", "USD") == [fee("500.00", "USD")]
    assert read_price("CA$500", "USD") == [fee("500.00")]
    assert read_price("free", "USD") == [fee("0.00", "USD")]


@pytest.mark.parametrize(
    ("written", "more"),
    [
        ("$500 per week", {"per": "WEEK"}),
        ("$500/wk", {"per": "WEEK"}),
        ("$500 a week", {"per": "WEEK"}),
        ("$500 weekly", {"per": "WEEK"}),
        ("$500/credit", {"per": "CREDIT"}),
        ("$500 per course", {"per": "COURSE"}),
        ("$500 CAD per semester", {"per": "TERM"}),
        ("$500 + GST", {"tax": "EXTRA"}),
        ("$500, plus applicable taxes", {"tax": "EXTRA"}),
        ("$500 (GST not included)", {"tax": "EXTRA"}),
        ("$500 (incl. GST)", {"tax": "INCLUDED"}),
        ("$500, tax included", {"tax": "INCLUDED"}),
        ("$500 (GST exempt)", {"tax": "EXEMPT"}),
        ("$500, no GST", {"tax": "EXEMPT"}),
        ("$500 domestic", {"residency": "DOMESTIC"}),
        ("Canadian students: $500", {"residency": "DOMESTIC"}),
        ("International tuition: $500", {"residency": "INTERNATIONAL"}),
        ("$500 for BC residents", {"residency": "BC"}),
        ("$500 out-of-province", {"residency": "OUT_OF_PROVINCE"}),
        ("$500 domestic and international", {"residency": "ALL"}),
        ("$500 per term + GST, international", {"per": "TERM", "tax": "EXTRA", "residency": "INTERNATIONAL"}),
    ],
)
def test_what_is_said_of_it(written, more):
    assert read_price(written) == [fee("500.00", **more)]


@pytest.mark.parametrize("written", ["$500-$700", "$500 - 700", "$500 to $700", "500 \u2013 700", "$500-700 CAD"])
def test_a_range(written):
    assert read_price(written) == [fee("500.00", amountMax=most("700.00"))]


@pytest.mark.parametrize(
    "written", ["2 x $500", "2x500", "2 \u00d7 $500", "$500 x 2", "two payments of $500", "2 instalments of $500 each"]
)
def test_several_payments_are_their_sum_in_their_words(written):
    assert read_price(written) == [fee("1000.00", text=written)]


@pytest.mark.parametrize(
    "written",
    [
        "$7,890 domestic; $26,000 international",
        "$7,890 domestic, $26,000 international",
        "Domestic: $7,890 / International: $26,000",
        "$7,890 for domestic students and $26,000 for international students",
        "Domestic $7,890\nInternational $26,000",
        "domestic $7,890,international $26,000",
    ],
)
def test_domestic_and_international(written):
    assert read_price(written) == [fee("7890.00", residency="DOMESTIC"), fee("26000.00", residency="INTERNATIONAL")]


@pytest.mark.parametrize(
    "written",
    [
        "TBA",
        "varies",
        "call for price",
        "fully funded",
        "free for members, $50 otherwise",
        "$749.10 + $25 materials",
        "tuition $980 plus $250 application fee",
        "application fee $90",
        "deposit $100",
        "$799.41 plus student-society fees as applicable",
        "$604.47 per course in 2022/23",
        "$625 per 1.0 course",
        "$65 per hour",
        "$500 per month",
        "$500 each",
        "$500 student, $600 public",
        "$500 members / $600 non-members",
        "$500 early bird, $600 regular",
        "$500 less 10%",
        "$500 + 5% GST",
        "$500 per week for 4 weeks",
        "$1,000 ($500 per course)",
        "from $500",
        "up to $3,500 per learner",
        "about $5,490 in all",
        "$500+",
        "~$500",
        "$3,500/$9,000",
        "$500 or $600",
        "$500 & $600",
        "$500 USD, $650 CAD",
        "US$500 CAD",
        "domestic $500 international",
        "Canadian $500",
        "$700-$500",
        "0 x $500",
        "2 x 3 x $500",
        "2 x $500-$700",
        "-$500",
        "($500)",
        "$500 -$700",
        "$1.5k",
        "$4M",
        "A$500",
        "500 AUD",
        "\u00a5500",
        "3.500",
        "$3.500,00",
        "$5.555",
        "$500 500",
        "604-555-1234",
        "January 2024",
        "12 months",
        "$1,23,456",
        "$1000000000",
        "99 x $999999999",
        "\u0661\u0662\u0663",
        "",
        "<br>",
        "$" * 301,
    ],
)
def test_what_is_not_understood_to_the_last_word_is_refused(written):
    assert outcome(read_price, written) == "VALUE_UNREADABLE"


@pytest.mark.parametrize("written", ["$1,2", "749,10", "3 500,00 $"])
def test_a_decimal_comma_is_named(written):
    assert outcome(read_price, written) == "DECIMAL_COMMA"


@given(TEXTS)
def test_whatever_is_written_a_record_takes_the_fees(text):
    found = outcome(read_price, text)
    if not isinstance(found, str):
        assert offered(fees=found) == {"fees": found}


@given(
    st.decimals(0, 999_999_999, places=2),
    st.sampled_from(["${:,.2f}", "{:.2f}", "CAD {:.2f}", "{:,.2f} dollars", "Fee: ${:,.2f} + GST"]),
)
def test_an_amount_is_read_back_exactly(amount, form):
    found = read_price(form.format(amount))
    assert [Decimal(one["amount"]["amount"]) for one in found] == [amount]
