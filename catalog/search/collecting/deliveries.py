"""Facts of deliveries, from the tables that filters read: the same values, so the same answers."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, select

from catalog.db.types import to_microseconds
from catalog.model.bulk import table_of
from catalog.model.live import load_confirmations
from catalog.model.tables import DeliveryPlaceRow, DeliveryRow, DeliveryTagRow, DeliveryWindowRow, SeatEventRow
from catalog.model.vocabulary import Attendance
from catalog.search.columns.layout import CAMPUS, ELSEWHERE, NEVER, ONLINE

DELIVERY = table_of(DeliveryRow)
WINDOW = table_of(DeliveryWindowRow)
PLACE = table_of(DeliveryPlaceRow)
TAG = table_of(DeliveryTagRow)
SEAT = table_of(SeatEventRow)
BITS = {str(one): 1 << number for number, one in enumerate(Attendance)}
NOT_KNOWN = float("nan")
FLAGS = ("cancelled", "unscheduled", "self_paced", "waitlist_open")
NUMBERS = {
    "price_min": "price_min_cents",
    "price_max": "price_max_cents",
    "weeks_min": "weeks_min",
    "weeks_max": "weeks_max",
}
INSTANTS = ("ended_at", "started_at", "future_until", "closes_at")
EMPTY: dict[str, Any] = {
    "id": "", "is_delivery": False, "is_offering": False, "mode": None, "attendance": 0, "no_cost": -1,
    "starts_earliest": NOT_KNOWN, "starts_latest": NOT_KNOWN, "confirmed_on": NOT_KNOWN,
    **dict.fromkeys(FLAGS, False), **dict.fromkeys(NUMBERS, NOT_KNOWN), **dict.fromkeys(INSTANTS, NEVER),
    "languages": [], "places": [], "place_kinds": [], "window_opens": [], "window_closes": [],
    "seat_moments": [], "seats_left": [], "seats": NOT_KNOWN, "price": NOT_KNOWN, "includes": [],
    "seats_shared": [], "pools": [], "pool_seats": [], "funders": [],
}  # fmt: skip
"""The row of a credential without offerings and without `usual`."""


def load_deliveries(connection: Connection, credentials: Sequence[str], now: datetime) -> dict[str, list[dict[str, Any]]]:
    """Facts by credential, each with the delivery's own id as `key`; six statements."""
    windows, places = _grouped(connection, WINDOW, credentials), _grouped(connection, PLACE, credentials)
    tags, seats = _grouped(connection, TAG, credentials), _seats(connection, credentials, now)
    confirmed = load_confirmations(connection, credentials)
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    rows = connection.execute(select(DELIVERY).where(DELIVERY.c.credential.in_(credentials)).order_by(DELIVERY.c.id))
    for row in map(dict, rows.mappings()):
        key = row["id"]
        on = confirmed.get((row["credential"], row["source"] or ""))
        own = _plain(row, on) | _tags(tags.get(key, ())) | _places(places.get(key, ()))
        own |= _windows(windows.get(key, ())) | _seat_facts(seats.get(key, ()))
        found[row["credential"]].append(own | {"key": key})
    return found


def _grouped(connection: Connection, table: Any, credentials: Sequence[str]) -> dict[str, list[Mapping[str, Any]]]:
    found: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in connection.execute(select(table).where(table.c.credential.in_(credentials))).mappings():
        found[row["delivery"]].append(dict(row))
    return found


def _seats(connection: Connection, credentials: Sequence[str], now: datetime) -> dict[str, list[tuple[datetime, int]]]:
    """The newest count up to now (of two at one instant the smaller), and those of clocks that are ahead."""
    query = select(SEAT.c.offering, SEAT.c.at, SEAT.c.seats_left).where(SEAT.c.credential.in_(credentials))
    found: dict[str, list[tuple[datetime, int]]] = {}
    for row in connection.execute(query.order_by(SEAT.c.at, SEAT.c.seats_left.desc())):
        own = found.setdefault(row.offering, [])
        if own and row.at <= now:
            own.clear()
        own.append((row.at, row.seats_left))
    return found


def _plain(row: Mapping[str, Any], confirmed_on: date | None) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "id": row["id"] if row["is_offering"] else "",
        "is_delivery": True,
        "is_offering": row["is_offering"],
        "mode": row["mode"],
        "no_cost": -1 if row["no_cost"] is None else int(row["no_cost"]),
        "confirmed_on": _day(confirmed_on),
        "starts_earliest": _day(row["starts_earliest"]),
        "starts_latest": _day(row["starts_latest"]),
    }
    facts |= {name: row[name] for name in FLAGS}
    facts |= {name: NOT_KNOWN if row[column] is None else float(row[column]) for name, column in NUMBERS.items()}
    return facts | {name: _instant(row[name]) for name in INSTANTS}


def _day(value: date | None) -> float:
    return NOT_KNOWN if value is None else float(value.toordinal())


def _instant(value: datetime | None) -> int:
    return NEVER if value is None else to_microseconds(value)


def _tags(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    attendance = sum(BITS[row["value"]] for row in rows if row["kind"] == "attendance")
    return {"attendance": attendance, "languages": sorted(row["value"] for row in rows if row["kind"] == "language")}


def _places(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    named = [_place(one) for one in sorted(rows, key=lambda one: one["ordinal"])]
    return {"places": [name for name, _ in named], "place_kinds": [kind for _, kind in named]}


def _place(row: Mapping[str, Any]) -> tuple[str, int]:
    """A community is named as cities are compared."""
    if row["campus"]:
        return row["campus"], CAMPUS
    if row["is_online"]:
        return "", ONLINE
    return row["community_key"] or "", ELSEWHERE


def _windows(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """An open that is not stated is NEVER, as a close is; the columns stand beside each other."""
    ordered = sorted(rows, key=lambda one: one["ordinal"])
    return {f"window_{name}": [_instant(one[f"{name}_at"]) for one in ordered] for name in ("opens", "closes")}


def _seat_facts(events: Sequence[tuple[datetime, int]]) -> dict[str, Any]:
    return {"seat_moments": [to_microseconds(at) for at, _ in events], "seats_left": [left for _, left in events]}
