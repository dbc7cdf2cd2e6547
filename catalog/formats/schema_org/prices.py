"""What it costs: Offer and AggregateOffer as fees. A price that is not understood whole stays a text."""

import re
from typing import Any

from catalog.formats.schema_org.nodes import Node, is_object, text_of
from catalog.formats.schema_org.offers import FREE
from catalog.formats.schema_org.scope import Scope
from catalog.model.reading.days import read_day
from catalog.model.reading.prices import read_price
from catalog.model.reading.unreadable import Unreadable
from catalog.model.shapes import LINE_LENGTH

Fee = dict[str, Any]
MOST_FEES = 40
_PRICED = ("price", "lowPrice", "highPrice", "minPrice", "maxPrice")
_SILENT = frozenset({"paid", "free", ""})
"""Categories that say nothing besides the price."""


def read_fees(node: Node, scope: Scope) -> list[Fee]:
    """A fee for each offer of a course or run; none for one that only says that it is paid."""
    return scope.capped("fees", (fee for one in node.peek("offers") for fee in _fees(one, node, scope)), MOST_FEES)


def _fees(value: Any, node: Node, scope: Scope) -> list[Fee]:
    if not is_object(value):
        return _price(str(text_of(value)), "", None, scope) if text_of(value) else []
    offer = scope.node(value, node.names)
    category = text_of(scope.label(offer.first("category"), offer.names)) or ""
    told = _told(offer, category, scope)
    bare = [offer] if any(name in offer for name in _PRICED) else []
    specified = [scope.node(one, offer.names) for one in offer.take("priceSpecification") if is_object(one)]
    fees: list[Fee] = []
    for one in bare or specified or [offer]:
        fees += _specified(one, offer, told, category, scope)
        if one is not offer:
            scope.leave(one, "offers.priceSpecification.")
    for name in ("url", "availabilityStarts", "availabilityEnds"):
        offer.take(name)
    valid = {key: _day(offer, name, scope) for key, name in (("from", "validFrom"), ("to", "validThrough"))}
    scope.leave(offer, "offers.")
    stated = {key: day for key, day in valid.items() if day}
    return [fee | ({"validFor": stated} if stated else {}) for fee in fees]


def _specified(priced: Node, offer: Node, told: str, category: str, scope: Scope) -> list[Fee]:
    currency = text_of(priced.first("priceCurrency")) or text_of(offer.first("priceCurrency"))
    bounds = [text for name in _PRICED for one in priced.take(name) if (text := text_of(one))]
    unit = text_of(priced.first("unitText"))
    if not bounds:
        is_free = category.rpartition("/")[2].lower() == FREE.lower()
        return _price("free", told, currency, scope) if is_free else [_words(told)] if told else []
    price = " - ".join(dict.fromkeys(bounds[:2])) + (f" per {unit}" if unit else "")
    if category.lower() == "subscription":  # so much again and again, which is no total
        return [_words(" ".join(one for one in (told, price, currency) if one))]
    return _price(price, told, currency, scope)


def _told(offer: Node, category: str, scope: Scope) -> str:
    """What the offer is called, for whom it is, and what sort of offer it is where that is no mere `Paid`."""
    names = scope.lines("fees", offer, "name") + scope.lines("fees", offer, "eligibleCustomerType")
    sort = [] if category.rpartition("/")[2].lower() in _SILENT else [category]
    return ", ".join(dict.fromkeys([*names, *sort]))[:LINE_LENGTH]


def _price(price: str, told: str, currency: str | None, scope: Scope) -> list[Fee]:
    """The fees; what the offer is called is read with the price where all of it is understood, else kept as words."""
    unit = currency.strip().upper() if currency else scope.reading.told.currency
    if not re.fullmatch(r"[A-Z]{3}", unit):
        scope.reading.warn("VALUE_UNREADABLE", "priceCurrency is no currency such as CAD", "fees", currency)
        return [_words(", ".join(one for one in (told, f"{price} {currency}") if one))]
    try:
        return read_price(f"{price} {told}", unit) if told else read_price(price, unit)
    except Unreadable as error:
        if told:
            words = {"text": told[:LINE_LENGTH]}
            return [
                fee if "text" in fee and "amount" not in fee else fee | words for fee in _price(price, "", currency, scope)
            ]
        scope.reading.warn(error.code, f"price {error}", "fees", price, error.hint)
        return [_words(price)]


def _words(text: str) -> Fee:
    return {"kind": "TUITION", "text": text[:LINE_LENGTH]}


def _day(offer: Node, name: str, scope: Scope) -> str | None:
    value = offer.first(name)
    day = scope.parse(f"offers.{name}", read_day, value, scope.reading.told.time_zone) if value is not None else None
    return day.isoformat() if day else None
