"""Fees as CostProfile, both ways."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from catalog.formats.ctdl.mapping import CURRENCIES, FEES, MORE_FEES, OPTIONAL, PATTERNS, RESIDENCIES, UNCOUNTED_FEES
from catalog.formats.ctdl.nodes import concepts, english, stated, words
from catalog.formats.ctdl.reading import Refused, english_text, language_map, names_of, some_text, targets
from catalog.formats.ctdl.taking import Taker
from catalog.model.shapes import LINE_LENGTH

_KINDS = {target: kind for kind, target in FEES.items()} | MORE_FEES
_RESIDENCIES = {frozenset(targets): residency for residency, targets in RESIDENCIES.items()}
_PATTERNS = {text: per for per, text in PATTERNS.items()}
_AMOUNT = re.compile(r"[0-9]{1,9}(\.[0-9]{1,2})?")
_CURRENCY = re.compile(r"[A-Z]{3}")


def write_costs(fees: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """A fee that is a range has no price in CTDL: its bounds are said in words."""
    return [_cost(fee) for fee in fees if fee["kind"] not in UNCOUNTED_FEES]


def _cost(fee: Mapping[str, Any]) -> dict[str, Any]:
    amount = None if fee["amountMax"] else fee["amount"]
    kinds = [FEES[fee["kind"]]] if fee["kind"] in FEES else []
    valid = fee["validFor"] or {}
    return stated(
        {
            "@type": "ceterms:CostProfile",
            "ceterms:directCostType": concepts(kinds + ([OPTIONAL] if fee["optional"] else [])),
            "ceterms:price": amount and amount["amount"],
            "ceterms:currency": amount and amount["currency"],
            "ceterms:paymentPattern": english(PATTERNS.get(fee["per"])),
            "ceterms:residencyType": concepts(RESIDENCIES.get(fee["residency"], ())),
            "ceterms:condition": english(_bounds(fee)),
            "ceterms:description": words(fee["text"]),
            "ceterms:startDate": valid.get("from"),
            "ceterms:endDate": valid.get("to"),
        }
    )


def _bounds(fee: Mapping[str, Any]) -> str | None:
    if not fee["amountMax"]:
        return None
    least = f"from {fee['amount']['amount']} " if fee["amount"] else ""
    return f"{least}up to {fee['amountMax']['amount']} {fee['amountMax']['currency']}"


def read_cost(taker: Taker) -> dict[str, Any]:
    """The fee; a price that cannot be an amount of money stays as words, with a warning. Takes what it reads."""
    types = taker.take("ceterms:directCostType")
    kinds, residencies = targets(types), taker.take("ceterms:residencyType")
    told = [some_text(language_map(taker.take(f"ceterms:{name}"))) for name in ("name", "description", "condition")]
    pattern = language_map(taker.take("ceterms:paymentPattern"))
    per = _PATTERNS.get(english_text(pattern))
    residency = _RESIDENCIES.get(frozenset(targets(residencies)))
    amount, words = _money(taker)
    said = [*told]
    if residencies and residency is None:
        said += [", ".join(names_of(residencies) or targets(residencies))]
    if pattern and per is None:
        words = words or (f"{amount['amount']} {amount['currency']}" if amount else None)
        said += [words, some_text(pattern)]
    elif words:
        said += [words]
    fee = {
        "kind": next((_KINDS[one] for one in kinds if one in _KINDS), "OTHER"),
        "amount": None if pattern and per is None else amount,
        "per": per,
        "residency": residency,
        "optional": True if OPTIONAL in kinds else None,
        "text": "; ".join(one for one in said if one)[:LINE_LENGTH],
        "validFor": stated({"from": taker.day("ceterms:startDate"), "to": taker.day("ceterms:endDate")}),
    }
    taker.end()
    return stated(fee)


def _money(taker: Taker) -> tuple[dict[str, str] | None, str | None]:
    """(amount, None), or (None, the words) where the price is no amount of a known currency."""
    price, currency = taker.take("ceterms:price"), taker.take("ceterms:currency")
    if price is None:
        return None, None
    text = f"{price:.2f}" if isinstance(price, float) else str(price).strip() if isinstance(price, int | str) else ""
    named = str(currency).strip() if isinstance(currency, str) else ""
    code = CURRENCIES.get(named.lower(), named)
    if not _AMOUNT.fullmatch(text):
        taker.refuse("ceterms:price", Refused(f"is no amount: {str(price)[:40]!r}", "VALUE_UNREADABLE"))
    elif not _CURRENCY.fullmatch(code):
        taker.refuse("ceterms:currency", Refused(f"is no currency that we know: {named[:40]!r}", "VALUE_UNREADABLE"))
    else:
        return {"amount": text, "currency": code}, None
    return None, f"{text} {named}".strip()[:80] or None
