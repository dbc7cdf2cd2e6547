"""What something costs, as people write it: "$3,500", "2 x $500", "$500 per week", "$3,500 domestic, $9,000 international".

Only what is understood to the last word becomes an amount. Everything else stays a text, and the reader says so.
"""

import re
from decimal import Decimal
from typing import Any

from catalog.model.reading.lines import one_line
from catalog.model.reading.money import read_money
from catalog.model.reading.numbers import refuse_decimal_comma
from catalog.model.reading.price_words import said_of_a_price
from catalog.model.reading.unreadable import Unreadable

_FREE = re.compile(
    r"free(?: of charge)?|(?:at )?no (?:costs?|charge|fees?)"
    r"|no tuition(?: fees?)?|tuition[ -]free|free tuition|complimentary"
)
_SEPARATOR = re.compile(r"( ?(?:;|\||/|\+|,(?![0-9]{3}(?![0-9]))|\band\b|\bplus\b) ?)")
_BELOW_ZERO = re.compile(r"(?<![^\s:(])[-\u2212](?:\$ ?)?[0-9]|^[-\u2212]|^\([^()a-z]*\)$")
_DIGIT = re.compile(r"[0-9]")


def read_price(text: str, currency: str = "CAD") -> list[dict[str, Any]]:
    """Fees as a Record has them, of the kind TUITION; a plain `$` is `currency`. Lines are told apart.

    Raises Unreadable for anything that is not understood whole: then the words themselves are all there is to keep.
    """
    whole = one_line("; ".join(text.splitlines()) if isinstance(text, str) else text, "a price")
    plain = whole.lower()
    if _FREE.fullmatch(plain.strip(" .!;")):
        return [{"kind": "TUITION", "amount": _amount(Decimal(0), currency)}]
    refuse_decimal_comma(plain)
    if _BELOW_ZERO.search(plain):
        raise Unreadable(f"may be below zero: {whole[:60]!r}")
    try:
        fees = [_fee(part, whole, currency) for part in _parts(plain)]
    except Unreadable as error:
        raise Unreadable(f"{error}: {whole[:60]!r}") from None
    whose = [fee.get("residency") for fee in fees]
    if len(set(whose)) < len(whose) or ("ALL" in whose and len(whose) > 1):
        raise Unreadable(f"names several prices: {whole[:60]!r}")
    return fees


def _parts(text: str) -> list[str]:
    """Cut between two numbers only: words without one stay with the amount beside them, as in "$500, plus tax"."""
    first, *others = _SEPARATOR.split(text)
    parts, last = [], first
    for separator, piece in zip(others[::2], others[1::2], strict=True):
        if _DIGIT.search(last) and _DIGIT.search(piece):
            parts.append(last)
            last = piece
        else:
            last += separator + piece
    return [*parts, last]


def _fee(part: str, whole: str, currency: str) -> dict[str, Any]:
    money, words = read_money(part)
    unit = money.currency or currency
    fee: dict[str, Any] = {"kind": "TUITION"} | said_of_a_price(words, is_several=money.times > 1)
    fee["amount"] = _amount(money.least, unit)
    if money.most is not None:
        fee["amountMax"] = _amount(money.most, unit)
    return fee | ({"text": whole} if money.times > 1 else {})


def _amount(value: Decimal, currency: str) -> dict[str, str]:
    return {"amount": f"{value:.2f}", "currency": currency}
