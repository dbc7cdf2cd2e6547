"""What a pathway takes, from what is offered now."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from catalog.model.status import MOST_WEEKS
from catalog.model.vocabulary import OfferingStatus
from catalog.pathways.programs.envelope import Envelope, Item, envelope
from catalog.pathways.programs.finishing import Run
from catalog.schema.context import RequestContext
from catalog.schema.fields import pick_language
from catalog.schema.profiles import today
from catalog.schema.relations import live
from catalog.schema.relations.pricing import CANADIAN, money

LIVE = frozenset({OfferingStatus.OPEN, OfferingStatus.UPCOMING})
MOST_UNKNOWNS = 500


def envelopes(parents: Sequence[Any], context: RequestContext) -> list[dict[str, Any]]:
    documents = context.documents(one for parent in parents for part in parent["parts"] for one in part["items"])
    items, on = _items(documents, context), today(context)
    return [_shown_envelope(envelope(parent, items, context.graph, on), documents) for parent in parents]


def _items(documents: Mapping[str, Any], context: RequestContext) -> dict[str, Item]:
    credentials = list(documents.values())
    prices = live.credential_price(credentials, context)
    statuses = context.statuses([offering for one in credentials for offering in one["offerings"]])
    return {one["id"]: _item(one, price, statuses) for one, price in zip(credentials, prices, strict=True)}


def _item(document: Mapping[str, Any], price: Any, statuses: Mapping[str, OfferingStatus]) -> Item:
    is_known = price is not None and price["min"]["currency"] == CANADIAN
    live = [one for one in document["offerings"] if statuses[one["id"]] in LIVE]
    runs = [_run(one, document) for one in live]
    return Item(
        title_of(document),
        (Decimal(price["min"]["amount"]), Decimal(price["max"]["amount"])) if is_known else (None, None),
        bounds_of(document["totalHours"] or document["instructionalHours"] or document["statedHours"]),
        _weeks(live, document),
        tuple(one for one in runs if one is not None),
    )


def title_of(document: Mapping[str, Any]) -> str:
    return pick_language(document["title"], None) or str(document["slug"])


def bounds_of(value: Mapping[str, Any] | None) -> tuple[float | None, float | None]:
    return (value["min"], value["max"]) if value else (None, None)


def _weeks(runs: Sequence[Mapping[str, Any]], document: Mapping[str, Any]) -> tuple[float | None, float | None]:
    """Of the runs that can still be got into, each as it says or else as the credential does."""
    bounds = [bounds_of(one["weeks"] or document["weeks"]) for one in runs] or [bounds_of(document["weeks"])]
    lows, highs = ([one for one in own if one is not None] for own in zip(*bounds, strict=True))
    return (
        min(lows) if len(lows) == len(bounds) else None,
        max(highs) if len(highs) == len(bounds) else None,
    )


def _run(offering: Mapping[str, Any], document: Mapping[str, Any]) -> Run | None:
    """None where it is not stated when it begins, or neither when it ends nor how long it takes."""
    starts, ends = offering["startsOn"] or {}, offering["endsOn"] or {}
    if not (starts.get("earliest") and starts.get("latest")):
        return None
    if ends.get("latest"):
        return Run(date.fromisoformat(starts["earliest"]), date.fromisoformat(ends["latest"]))
    weeks = (offering["weeks"] or document["weeks"] or {}).get("max")
    last = date.fromisoformat(starts["latest"])
    return Run(date.fromisoformat(starts["earliest"]), last + timedelta(weeks=min(weeks, MOST_WEEKS))) if weeks else None


def _shown_envelope(own: Envelope, documents: Mapping[str, Any]) -> dict[str, Any]:
    low, high = own.cost
    finish = own.earliest_finish and own.earliest_finish.isoformat()
    return {
        "cost": {"min": _money(low), "max": _money(high)} if low is not None or high is not None else None,
        "hours": range_of(own.hours),
        "weeks": range_of(own.weeks),
        "earliestFinish": {"earliest": finish, "latest": finish, "precision": "DAY"} if finish else None,
        "bottleneck": documents.get(own.bottleneck or ""),
        "unknowns": own.unknowns[:MOST_UNKNOWNS],
    }


def _money(amount: Any) -> dict[str, str] | None:
    return None if amount is None else money(Decimal(amount))


def range_of(bounds: tuple[Any, Any]) -> dict[str, Any] | None:
    """A Range that follows from others; null where neither bound is known."""
    if bounds == (None, None):
        return None
    return {"min": bounds[0], "max": bounds[1], "text": None, "basis": "DERIVED"}
