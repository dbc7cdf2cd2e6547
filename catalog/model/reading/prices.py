"""What something costs, as people write it: "$3,500", "2 x $500", "$500 per week", "$3,500 domestic, $9,000 international".

Only what is understood to the last word becomes an amount. Everything else stays a text, and the reader says so.
"""

import re
from decimal import Decimal
from typing import Any

from catalog.model.reading.numbers import refuse_decimal_comma
from catalog.model.reading.unreadable import Unreadable
from catalog.model.shapes import LINE_LENGTH

_FREE = re.compile(
    r"free(?: of charge)?|no (?:cost|charge|fee)s?|at no (?:cost|charge)|fully funded|\$?0(?:\.00?)?", re.IGNORECASE
)
_SIGN = r"(?P<sign{n}>CA\$|CAD\s*\$?|C\$|US\$|USD\s*\$?|\$|EUR\s*|\u20ac|GBP\s*|\u00a3)?"
_NUMBER = r"(?P<number{n}>\d{{1,3}}(?:[, ]\d{{3}})+(?:\.\d{{1,2}})?|\d+(?:\.\d{{1,2}})?)"
_AFTER = r"(?:\s?(?P<after{n}>CAD|USD|EUR|GBP)\b)?"


def _money(number: int) -> str:
    return (_SIGN + r"\s?" + _NUMBER + _AFTER).format(n=number)


_ONE = re.compile(
    rf"(?:(?P<times>\d{{1,2}})\s*(?:x|\u00d7|payments? of|instalments? of|installments? of)\s*)?{_money(1)}"
    rf"(?:\s*(?:-|\u2013|\u2014|to)\s*{_money(2)})?",
    re.IGNORECASE,
)
_PER = {
    "WEEK": r"(?:/|per|a|each)\s*(?:week|wk)\b|weekly\b",
    "CREDIT": r"(?:/|per|a|each)\s*(?:credit(?: hour)?|unit)\b",
    "COURSE": r"(?:/|per|a|each)\s*(?:course|module)\b",
    "TERM": r"(?:/|per|a|each)\s*(?:term|semester)\b",
}
_RESIDENCY = {
    "INTERNATIONAL": r"\(?\b(?:for )?(?:international|int'?l|overseas|foreign)(?: students?| learners?| fees?| tuition)?\b:?\)?",
    "DOMESTIC": r"\(?\b(?:for )?(?:domestic|canadian|home)(?: students?| learners?| fees?| tuition)?\b:?\)?",
}
_TAX = {
    "EXTRA": r"\(?\+\s*(?:applicable\s*)?(?:tax(?:es)?|gst|hst)\b\)?|\(?plus\s*(?:applicable\s*)?(?:tax(?:es)?|gst|hst)\b\)?",
    "INCLUDED": r"\(?incl(?:\.|uding|udes|uded)?\s*(?:tax(?:es)?|gst|hst)\b\)?|\(?(?:tax(?:es)?|gst|hst) incl(?:uded|\.)?\)?",
}
_FILLER = re.compile(
    r"\b(?:tuition(?: fee)?|total|fees?|costs?|price|and|only|students?|learners?)\b|[\s.,;:/|&()*=-]", re.IGNORECASE
)
_CURRENCY = {
    "CA": "CAD",
    "C": "CAD",
    "CAD": "CAD",
    "US": "USD",
    "USD": "USD",
    "EUR": "EUR",
    "\u20ac": "EUR",
    "GBP": "GBP",
    "\u00a3": "GBP",
}
_PART = re.compile(r"\s*(?:;|\||\n| / |,(?!\s?\d{3}(?!\d))|\band\b)\s*", re.IGNORECASE)


def read_price(text: str, currency: str = "CAD") -> list[dict[str, Any]]:
    """Fees as a Record has them, of the kind TUITION; a plain `$` is `currency`.

    Raises Unreadable for anything that is not understood whole: then the words themselves are all there is to keep.
    """
    plain = " ".join(text.split())
    if not plain or len(plain) > LINE_LENGTH:
        raise Unreadable("is empty" if not plain else f"has {len(plain)} characters where a price was expected")
    if _FREE.fullmatch(plain.strip(" .!")):
        return [{"kind": "TUITION", "amount": _amount(Decimal(0), currency)}]
    refuse_decimal_comma(plain)
    fees = [_fee(one, plain, currency) for one in _PART.split(plain) if one.strip()]
    if len(fees) > 1 and len({fee.get("residency") for fee in fees}) < len(fees):
        raise Unreadable(f"names several prices: {plain[:60]!r}")
    return fees


def _fee(part: str, whole: str, currency: str) -> dict[str, Any]:
    found = _ONE.search(part)
    if found is None:
        raise Unreadable(f"cannot be read as a price: {whole[:60]!r}")
    rest = part[: found.start()] + " " + part[found.end() :]
    fee: dict[str, Any] = {"kind": "TUITION"}
    for name, patterns in (("per", _PER), ("residency", _RESIDENCY), ("tax", _TAX)):
        for value, pattern in patterns.items():
            rest, count = re.subn(pattern, " ", rest, flags=re.IGNORECASE)
            if count and name in fee:
                raise Unreadable(f"says two things at once: {whole[:60]!r}")
            if count:
                fee[name] = value
    if _FILLER.sub("", rest):
        raise Unreadable(f"says more than a price: {whole[:60]!r}")
    least, most = _value(found["number1"]), _value(found["number2"]) if found["number2"] else None
    times = int(found["times"] or 1)
    if times > 1 and most is not None:
        raise Unreadable(f"is a range of instalments: {whole[:60]!r}")
    unit = _unit(found, currency)
    fee["amount"] = _amount(least * times, unit)
    if most is not None:
        fee["amountMax"] = _amount(most, unit)
    return fee | ({"text": whole} if times > 1 else {})


def _unit(found: re.Match[str], currency: str) -> str:
    """What the signs before and after the amounts say; a plain `$` says nothing."""
    signs = [(found[name] or "").upper().strip(" $") for name in ("sign1", "after1", "sign2", "after2")]
    named = {_CURRENCY[one] for one in signs if one}
    if len(named) > 1:
        raise Unreadable("names two currencies")
    return next(iter(named), currency)


def _value(text: str) -> Decimal:
    return Decimal(text.replace(",", "").replace(" ", ""))


def _amount(value: Decimal, currency: str) -> dict[str, str]:
    if value >= Decimal(10) ** 9:
        raise Unreadable("is more than any course costs")
    return {"amount": f"{value:.2f}", "currency": currency}
