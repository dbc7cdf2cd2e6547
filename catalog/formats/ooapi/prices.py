"""priceInformation as fees."""

import re
from collections.abc import Mapping
from typing import Any

from catalog.formats.ooapi.texts import as_list, one_line, plain
from catalog.model.reading.delivery import Reading
from catalog.model.reading.unreadable import Unreadable

TOTAL = "total costs"
SUBSIDY = "STAP eligible"
"""The part of the total that a Dutch subsidy pays back: no fee of its own."""
_AMOUNT = re.compile(r"(\d{1,9})(?:\.(\d{1,2})0*)?")
_CURRENCY = re.compile(r"[A-Z]{3}")


def fees(reading: Reading, path: str, value: Any) -> list[dict[str, Any]]:
    """The total is what a learner pays; other costs are named by their type. Amounts that cannot be read stay texts."""
    found: list[dict[str, Any]] = []
    for one in as_list(value):
        if not isinstance(one, Mapping):
            reading.warn("VALUE_UNREADABLE", f"{path} is no cost", path)
            continue
        kind = plain(reading, f"{path}.costType", one.get("costType"))
        if kind == SUBSIDY:
            reading.drop("priceInformation (STAP eligible)")
            continue
        fee = _fee(reading, path, one)
        fee["kind"] = "TUITION" if kind == TOTAL else "OTHER"
        if kind and kind != TOTAL:
            fee["text"] = "; ".join(part for part in (kind, fee.get("text")) if part)[:300]
        found.append(fee)
    return found


def _fee(reading: Reading, path: str, cost: Mapping[str, Any]) -> dict[str, Any]:
    said = plain(reading, f"{path}.amount", cost.get("amount"))
    amount = reading.take(f"{path}.amount", _amount, said)
    if amount is None:
        return {"text": one_line(reading, f"{path}.displayAmount", cost.get("displayAmount")) or said}
    stated = cost.get("currency")
    currency = stated if isinstance(stated, str) and _CURRENCY.fullmatch(stated) else reading.told.currency
    tax = "INCLUDED" if cost.get("vatAmount") not in (None, "", 0, "0") else None
    return {"amount": {"amount": amount, "currency": currency}, "tax": tax}


def _amount(text: str) -> str:
    found = _AMOUNT.fullmatch(text)
    if found is None:
        raise Unreadable(f"is no amount: {text[:40]!r}", hint="write amounts with a point, such as 340.84")
    return f"{found[1]}.{(found[2] or '').ljust(2, '0')}"
