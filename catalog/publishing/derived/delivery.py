"""Rows of deliveries: what filters ask of ONE offering, or of `usual` where there is no offering."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from catalog.model.attendance import attendance
from catalog.model.bulk import Row, RowsByTable
from catalog.model.filter import city_key, is_taught_online, language_keys
from catalog.model.price import no_cost_to_learner, price_bounds
from catalog.model.records.credential import CredentialRecord
from catalog.model.records.offering import OfferingShape
from catalog.model.status import Timeline
from catalog.model.tables import DeliveryPlaceRow, DeliveryRow, DeliveryTagRow, DeliveryWindowRow

CENTS = 100
NO_TIMES = Timeline(
    cancelled=False, unscheduled=False, self_paced=False, waitlist_open=False,
    ended_at=None, started_at=None, future_until=None, windows=(),
)  # fmt: skip


def delivery_rows(credential: str, record: CredentialRecord, document: dict[str, Any]) -> RowsByTable:
    rows: RowsByTable = {
        DeliveryRow: [],
        DeliveryWindowRow: [],
        DeliveryPlaceRow: [],
        DeliveryTagRow: [],
    }
    for run, shown in _runs(record, document):
        own = {"delivery": shown.get("id", credential), "credential": credential}
        times = Timeline.from_json(shown["_times"]) if "_times" in shown else NO_TIMES
        places = _places(run, shown)
        facts = _facts(run, shown, record) | {"is_placed": bool(places)}
        rows[DeliveryRow].append({"id": own["delivery"], "credential": credential} | facts | _times(times))
        rows[DeliveryWindowRow] += [
            own | {"ordinal": ordinal, "opens_at": opens, "closes_at": closes}
            for ordinal, (opens, closes) in enumerate(times.windows)
        ]
        rows[DeliveryPlaceRow] += [own | {"ordinal": n} | place for n, place in enumerate(places)]
        rows[DeliveryTagRow] += [own | {"kind": kind, "value": value} for kind, value in _tags(run, record)]
    return rows


def _runs(record: CredentialRecord, document: dict[str, Any]) -> Iterator[tuple[OfferingShape, dict[str, Any]]]:
    if record.offerings:
        yield from zip(record.offerings, document["offerings"], strict=True)
    elif record.usual:
        yield record.usual, document["usual"]


def _facts(run: OfferingShape, shown: dict[str, Any], record: CredentialRecord) -> Row:
    weeks = run.weeks or record.weeks
    least, greatest = price_bounds(run, record)
    starts = shown.get("startsOn") and getattr(run, "starts_on", None)
    return {
        "is_offering": "id" in shown,
        "mode": shown["mode"],
        "price_min_cents": _cents(least),
        "price_max_cents": _cents(greatest),
        "weeks_min": weeks.min if weeks else None,
        "weeks_max": weeks.max if weeks else None,
        "starts_earliest": starts.earliest if starts else None,
        "starts_latest": starts.latest if starts else None,
        "no_cost": no_cost_to_learner(run),
        "source": shown.get("_source"),
    }


def _cents(amount: Decimal | None) -> int | None:
    return None if amount is None else int(amount * CENTS)


def _times(times: Timeline) -> Row:
    return {
        "cancelled": times.cancelled,
        "unscheduled": times.unscheduled,
        "self_paced": times.self_paced,
        "waitlist_open": times.waitlist_open,
        "ended_at": times.ended_at,
        "started_at": times.started_at,
        "future_until": times.future_until,
        "closes_at": times.closes_at,
    }


def _places(run: OfferingShape, shown: dict[str, Any]) -> list[Row]:
    """The campuses and other places; without any, online teaching is at the place ONLINE."""
    if not run.places:
        online = {"campus": None, "is_online": True, "community_key": None}
        return [online] if is_taught_online(run.mode) else []
    return [
        {"campus": place["campus"], "is_online": False, "community_key": place["community"] and city_key(place["community"])}
        for place in shown["places"]
    ]


def _tags(run: OfferingShape, record: CredentialRecord) -> Iterator[tuple[str, str]]:
    yield from (("attendance", str(one)) for one in dict.fromkeys(attendance(run)))
    languages = [key for tag in run.languages or record.languages or () for key in language_keys(tag)]
    yield from (("language", one) for one in dict.fromkeys(languages))
