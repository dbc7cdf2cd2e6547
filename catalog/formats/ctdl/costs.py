"""Fees as CostProfile, both ways."""

from collections.abc import Iterable, Mapping
from typing import Any

from catalog.formats.ctdl.mapping import FEES, MORE_FEES, OPTIONAL, PATTERNS, RESIDENCIES, UNCOUNTED_FEES
from catalog.formats.ctdl.nodes import concepts, english, stated, words
from catalog.formats.ctdl.reading import Refused, language_map, some_text, targets
from catalog.model.shapes import LINE_LENGTH

_KINDS = {target: kind for kind, target in FEES.items()} | MORE_FEES
_RESIDENCIES = {frozenset(targets): residency for residency, targets in RESIDENCIES.items()}
_PATTERNS = {text: per for per, text in PATTERNS.items()}


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


def read_cost(node: Mapping[str, Any]) -> dict[str, Any]:
    """The fee. Raises Refused where its price is no amount of a currency."""
    kinds = targets(node.get("ceterms:directCostType"))
    told = [some_text(language_map(node.get(f"ceterms:{name}"))) for name in ("description", "condition")]
    pattern = language_map(node.get("ceterms:paymentPattern"))
    per = _PATTERNS.get(pattern.get("en", ""))
    if pattern and not per:
        told.append(some_text(pattern))
    price = node.get("ceterms:price")
    residencies = frozenset(targets(node.get("ceterms:residencyType")))
    fee = {
        "kind": next((_KINDS[one] for one in kinds if one in _KINDS), "OTHER"),
        "amount": None if price is None or (pattern and not per) else _money(price, node.get("ceterms:currency")),
        "per": per,
        "residency": _RESIDENCIES.get(residencies),
        "optional": True if OPTIONAL in kinds else None,
        "text": "; ".join(one for one in told if one)[:LINE_LENGTH],
        "validFor": stated({"from": node.get("ceterms:startDate"), "to": node.get("ceterms:endDate")}),
    }
    return stated(fee)


def _money(price: Any, currency: Any) -> dict[str, str]:
    if not isinstance(currency, str):
        raise Refused("a price without a currency")
    text = f"{price:.2f}" if isinstance(price, float) else str(price)
    if isinstance(price, bool) or not isinstance(price, int | float | str):
        raise Refused("the price is no number")
    return {"amount": text, "currency": currency}
