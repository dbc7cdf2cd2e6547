"""What it costs, as Offer: only what the fees really say."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from catalog.formats.schema_org.values import stated

FREE, PAID = "Free", "Paid"
DOMESTIC = frozenset({None, "ALL", "DOMESTIC"})
"""Whose fees decide between Free and Paid: those that the price of a run is made of."""


def offer(run: Mapping[str, Any]) -> dict[str, Any] | None:
    """The Offer of one run, or of what usually holds; None where nobody says what it costs.

    `price` is what every domestic learner must pay in all, and stays out where the fees do not add up to it.
    """
    free = is_free(run)
    if free is None:
        return None
    price = {"amount": "0", "currency": _currency(run)} if free else run["price"]
    amount = price and {"price": price["amount"], "priceCurrency": price["currency"]}
    return stated({"@type": "Offer", "category": FREE if free else PAID, **(amount or {}), "url": run["registerUrl"]})


def offers(runs: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The different offers of all runs."""
    found: list[dict[str, Any]] = []
    for run in runs:
        one = offer(run)
        if one and one not in found:
            found.append(one)
    return found


def free_for_everybody(runs: Iterable[Mapping[str, Any]]) -> bool | None:
    """Whether nobody pays, from wherever; None unless all runs say the same."""
    answers = {_none_pays(run["fees"]) for run in runs}
    return answers.pop() if len(answers) == 1 else None


def is_free(run: Mapping[str, Any]) -> bool | None:
    """Whether a domestic learner pays nothing; None if unknown."""
    return _none_pays([fee for fee in run["fees"] if fee["residency"] in DOMESTIC])


def _none_pays(fees: Iterable[Mapping[str, Any]]) -> bool | None:
    """Every fee that must be paid is 0, or covered for all."""
    costs = [_costs(fee) for fee in fees if not fee["optional"]]
    if any(costs):
        return False
    return True if costs and None not in costs else None


def _costs(fee: Mapping[str, Any]) -> bool | None:
    if any(cover["audience"] == "ALL" and cover["share"] in (None, 1.0) for cover in fee["covers"]):
        return False
    amounts = [Decimal(one["amount"]) for one in (fee["amount"], fee["amountMax"]) if one]
    if not any(amounts):
        return False if fee["amount"] else None
    return None if fee["covers"] or not all(amounts) else True


def _currency(run: Mapping[str, Any]) -> str:
    return next((fee["amount"]["currency"] for fee in run["fees"] if fee["amount"]), "CAD")
