"""Several offers of one run are different prices for different people, never parts of a sum; fees of a Record add up."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from catalog.model.shapes import LINE_LENGTH

Fee = dict[str, Any]
_AWAY = frozenset({"INTERNATIONAL", "OUT_OF_PROVINCE"})
"""Whose fees are never added to those of others."""


def as_alternatives(fees: Iterable[Fee]) -> list[Fee]:
    """One fee for each residency: from the least to the greatest price, with all of them in words."""
    groups: dict[str | None, list[Fee]] = {}
    for fee in fees:
        residency = fee.get("residency")
        group = groups.setdefault(residency if residency in _AWAY else None, [])
        if fee not in group:
            group.append(fee)
    return [group[0] if len(group) == 1 else _together(group) for group in groups.values()]


def _together(group: list[Fee]) -> Fee:
    words = {"kind": "TUITION", "text": "; ".join(map(_told, group))[:LINE_LENGTH]}
    shared = {name: group[0][name] for name in ("per", "residency", "tax") if name in group[0]}
    is_alike = all({name: one[name] for name in ("per", "residency", "tax") if name in one} == shared for one in group)
    amounts = [one[name] for one in group for name in ("amount", "amountMax") if name in one]
    has_all = all("amount" in one for one in group) and len({one["currency"] for one in amounts}) == 1
    if not (is_alike and has_all):
        return words
    in_order = sorted(amounts, key=lambda one: Decimal(one["amount"]))
    return words | shared | {"amount": in_order[0], "amountMax": in_order[-1]}


def _told(fee: Fee) -> str:
    """One price in words: what it is for, how much, and when it holds."""
    bounds = [f"{one['amount']} {one['currency']}" for one in (fee.get("amount"), fee.get("amountMax")) if one]
    valid = fee.get("validFor", {})
    times = [f"{word} {valid[name]}" for word, name in (("from", "from"), ("until", "to")) if name in valid]
    whose = [str(fee[name]).lower() for name in ("residency", "per") if name in fee]
    price = " ".join([" to ".join(bounds), *whose, *times]).strip()
    return ": ".join(one for one in (fee.get("text"), price) if one)
