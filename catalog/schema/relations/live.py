"""What depends on the clock and on seats: status, current offerings, prices."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from catalog.model.status import CURRENT, is_wanted
from catalog.model.status import credential_status as status_of
from catalog.model.vocabulary import OfferingStatus, OfferingWhen
from catalog.schema.context import RequestContext


def offering_status(parents: Sequence[Any], context: RequestContext) -> list[OfferingStatus]:
    statuses = context.statuses(list(parents))
    return [statuses[parent["id"]] for parent in parents]


def seats_left(parents: Sequence[Any], context: RequestContext) -> list[int | None]:
    seats = context.seats_left(list(parents))
    return [seats[parent["id"]] for parent in parents]


def _statuses(parents: Sequence[Any], context: RequestContext) -> dict[str, OfferingStatus]:
    return context.statuses([offering for parent in parents for offering in parent["offerings"]])


def credential_status(parents: Sequence[Any], context: RequestContext) -> list[OfferingStatus]:
    statuses = _statuses(parents, context)
    return [status_of(statuses[one["id"]] for one in parent["offerings"]) for parent in parents]


def credential_offerings(parents: Sequence[Any], context: RequestContext, when: OfferingWhen) -> list[list[Any]]:
    if when is OfferingWhen.ALL:
        return [parent["offerings"] for parent in parents]
    statuses = _statuses(parents, context)
    return [[one for one in parent["offerings"] if is_wanted(statuses[one["id"]], when)] for parent in parents]


def credential_price(parents: Sequence[Any], context: RequestContext) -> list[dict[str, Any] | None]:
    """Least to greatest over current offerings; where none of them has a price, what usually holds."""
    statuses = _statuses(parents, context)
    found: list[dict[str, Any] | None] = []
    for parent in parents:
        current = [one["price"] for one in parent["offerings"] if statuses[one["id"]] in CURRENT]
        usual = [parent["usual"]["price"]] if parent["usual"] else []
        found.append(_range(current) or _range(usual))
    return found


def last_known_price(parents: Sequence[Any], context: RequestContext) -> list[dict[str, Any] | None]:
    """The price of the newest past offering that has one."""
    statuses = _statuses(parents, context)
    found: list[dict[str, Any] | None] = []
    for parent in parents:
        past = [one for one in parent["offerings"] if one["price"] and statuses[one["id"]] not in CURRENT]
        newest = max(past, key=_start, default=None)
        found.append(_range([newest["price"]]) if newest else None)
    return found


def _start(offering: dict[str, Any]) -> str:
    start = offering["startsOn"] or {}
    return start.get("latest") or start.get("earliest") or ""


def _range(prices: list[dict[str, Any] | None]) -> dict[str, Any] | None:
    known = sorted((price for price in prices if price), key=lambda price: Decimal(price["amount"]))
    if not known or len({price["currency"] for price in known}) > 1:
        return None
    return {"min": known[0], "max": known[-1]}
