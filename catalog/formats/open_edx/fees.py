"""What a run costs: the price of each mode of enrolment. Auditing is free, and is not what leads to the credential."""

import re
from decimal import Decimal
from typing import Any

from catalog.formats.open_edx.feed import Feed
from catalog.formats.open_edx.fields import Fields
from catalog.model.reading.prices import read_price
from catalog.model.reading.unreadable import Unreadable
from catalog.model.shapes import LINE_LENGTH

AUDIT = frozenset({"audit"})
LEADING = frozenset(
    {"verified", "professional", "no-id-professional", "honor", "masters", "paid-executive-education", "paid-bootcamp"}
    | {"unpaid-executive-education", "unpaid-bootcamp", "executive-education", "bootcamp"}
)
"""Modes whose price is what the course costs; of several, one is chosen."""
ON_TOP = frozenset({"credit"})
"""Modes that one may add, such as credit of a university."""
Fee = dict[str, Any]


def seat_fees(reading: Feed, seats: list[Fields]) -> list[Fee]:
    """One TUITION, and what is optional."""
    chosen: list[tuple[str, Fee]] = []
    optional: list[Fee] = []
    for seat in seats:
        mode = seat.text("type", "mode") or ""
        if mode in AUDIT:
            reading.drop("seats of the mode audit")
            continue
        if mode and mode not in LEADING | ON_TOP:
            reading.warn(
                "TYPE_UNKNOWN", f"seats of the type {mode[:40]!r} are not known; it is left out", "seats.type", mode
            )
            continue
        fee = _fee(reading, seat)
        seat.end()
        if fee and mode in ON_TOP:
            optional.append(fee | {"kind": "OTHER", "optional": True, "text": mode})
        elif fee:
            chosen.append((mode, fee))
    return [*alternatives(reading, chosen), *optional]


def _fee(reading: Feed, seat: Fields) -> Fee | None:
    currency = seat.text("currency")
    if currency is not None and not re.fullmatch("[A-Z]{3}", currency):
        seat.refuse("currency", f"is no currency: {currency[:20]!r}", currency)
        return None
    return plain_fee(reading, "seats.price", seat.text("price"), currency)


def plain_fee(reading: Feed, path: str, price: str | None, currency: str | None = None) -> Fee | None:
    """A price that is one amount; words that are no such price are kept as its text."""
    if price is None:
        return None
    try:
        fees = read_price(price, currency or reading.told.currency)
    except Unreadable as error:
        reading.warn(error.code, f"{path} {error}; its words are kept", path, price, error.hint)
        return {"kind": "TUITION", "text": price[:LINE_LENGTH]}
    if len(fees) > 1:
        reading.warn("VALUE_UNREADABLE", f"{path} names several prices; its words are kept", path, price)
        return {"kind": "TUITION", "text": price[:LINE_LENGTH]}
    if currency is None and fees[0].get("amount", {}).get("currency") == reading.told.currency:
        message = f"prices without a currency are taken for {reading.told.currency}"
        reading.warn_once("CURRENCY_ASSUMED", message, path, "say for the source which currency its plain prices have")
    return fees[0]


def alternatives(reading: Feed, priced: list[tuple[str, Fee]]) -> list[Fee]:
    """One fee for prices of which a learner pays one: from the least to the greatest, its text naming each."""
    known = [(name, fee) for name, fee in priced if "amount" in fee]
    if not known:
        return [fee for _, fee in priced[:1]]
    currencies = [fee["amount"]["currency"] for _, fee in known]
    currency = reading.told.currency if reading.told.currency in currencies else currencies[0]
    for other in currencies:
        if other != currency:
            reading.drop(f"prices in {other} beside those in {currency}")
    alike = [(name, fee) for name, fee in known if fee["amount"]["currency"] == currency]
    amounts = sorted((Decimal(fee["amount"]["amount"]) for _, fee in alike))
    if amounts[0] == amounts[-1]:
        return [alike[0][1] | _text(", ".join(dict.fromkeys(name for name, _ in alike if name)))]
    words = ", ".join(f"{name} {fee['amount']['amount']}".strip() for name, fee in alike)
    bounds = {name: {"amount": f"{value:.2f}", "currency": currency} for name, value in _ends(amounts)}
    return [{"kind": "TUITION", **bounds, **_text(words)}]


def _ends(amounts: list[Decimal]) -> list[tuple[str, Decimal]]:
    return [("amount", amounts[0]), ("amountMax", amounts[-1])]


def _text(words: str) -> dict[str, str]:
    return {"text": words[:LINE_LENGTH]} if words else {}
