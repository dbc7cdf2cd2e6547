"""Example College: an illustration whose offerings are dated from today, so that every status can be seen.

Everything in it is marked as an illustration, not countable and not to be exported.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from catalog.db.engine import Database
from catalog.db.transactions import read_snapshot
from catalog.model.identity import part_id
from catalog.model.live import load_seats_left
from catalog.model.record import Record, parse_record
from catalog.model.source import Source
from catalog.model.vocabulary import RecordType
from catalog.model.zones import zone
from catalog.publishing.apply import Applied, apply_records
from catalog.publishing.existing import load_slugs
from catalog.publishing.seats import record_seats

ZONE = "America/Vancouver"
SLUG = "example-college"
NAME = "Example College (illustration)"
MARKS = {"illustration": True, "countable": False, "reuse": "NO_EXPORT"}
SOURCE = Source.model_validate(
    {"key": "demo/example-college", "name": NAME, "kind": "DEMO", "owner": NAME, "defaultTimeZone": ZONE, "complete": True},
    strict=False,
)
FULL = ("evening-bookkeeping#full", "pottery-kilns#waitlist")
"""Offerings without a seat left."""


def publish_demo(database: Database, clock: Callable[[], datetime]) -> Applied:
    """Publishes Example College as of the clock's day; the same day again changes nothing."""
    today = clock().astimezone(zone(ZONE)).date()
    applied = apply_records(database, demo_records(today), SOURCE, clock)
    _fill(database, clock)
    return applied


def demo_records(today: date) -> list[Record]:
    parsed = [parse_record(one | MARKS) for one in _records(today)]
    assert all(not isinstance(one, list) for one in parsed), parsed
    return [one for one in parsed if not isinstance(one, list)]


def _fill(database: Database, clock: Callable[[], datetime]) -> None:
    """Takes the last seat of the full offerings, once."""
    with read_snapshot(database) as connection:
        things = load_slugs(connection, [f"{SLUG}/{one.partition('#')[0]}" for one in FULL])
        offerings = [
            part_id(things[RecordType.CREDENTIAL, f"{SLUG}/{local}"], "offering", ref)
            for local, _, ref in (one.partition("#") for one in FULL)
        ]
        left = load_seats_left(connection, offerings, clock())
    for offering in offerings:
        if left.get(offering) != 0:
            record_seats(database, offering, 0, SOURCE.key, clock().astimezone(UTC), clock)


def _records(today: date) -> list[dict[str, Any]]:
    campus = {"ref": "main", "name": "Main campus (illustration)", "city": "Exampleville", "timeZone": ZONE}
    college = {"type": "institution", "ref": SLUG, "slug": SLUG, "name": NAME, "kind": "OTHER", "campuses": [campus]}
    parts = [{"order": "FIXED", "items": [f"{SLUG}/evening-bookkeeping", f"{SLUG}/pottery-kilns"]}]
    award = f"{SLUG}/studio-business"
    way = {"type": "pathway", "ref": "studio-business", "slug": award, "owner": SLUG, "award": award, "parts": parts}
    return [college, *_credentials(today), way | {"title": "Studio business (illustration)"}]


def _credentials(today: date) -> Iterator[dict[str, Any]]:
    yield _credential(
        today, "evening-bookkeeping", "Evening bookkeeping", "One run is open, one is full, one opens soon."
    ) | {
        "statedHours": 36,
        "offerings": [
            _run(today, "open", "Open now", starts=28, opens=-7, closes=14),
            _run(today, "full", "Full", starts=35, opens=-14, closes=14),
            _run(today, "upcoming", "Opens soon", starts=90, opens=14, closes=70),
            _run(today, "closed", "Closed yesterday", starts=10, opens=-40, closes=-1),
        ],
    }
    yield _credential(today, "pottery-kilns", "Looking after pottery kilns", "Full, with a waitlist; bookkeeping first.") | {
        "requirementsStated": "LISTED",
        "requirements": [{"kind": "PREREQUISITE", "rule": {"holds": f"{SLUG}/evening-bookkeeping"}}],
        "offerings": [_run(today, "waitlist", "Waitlist", starts=21, opens=-14, closes=7) | {"waitlist": {"open": True}}],
    }
    anytime = {"ref": "anytime", "label": "Any day", "intake": "CONTINUOUS", "mode": "ONLINE_ANYTIME"}
    free = {"attendance": ["ANYTIME"], "fees": [{"kind": "TUITION", "amount": "0"}]}
    yield _credential(today, "spreadsheets", "Spreadsheets at your own pace", "Begin on any day; free of charge.") | {
        "offerings": [anytime | free]
    }
    yield _credential(today, "studio-business", "Studio business", "What the two together make.") | {"kind": "CERTIFICATE"}


def _credential(today: date, ref: str, title: str, summary: str) -> dict[str, Any]:
    named = {"ref": ref, "slug": f"{SLUG}/{ref}", "title": f"{title} (illustration)", "summary": summary}
    common = {"type": "credential", "provider": SLUG, "kind": "MICRO_CREDENTIAL", "confirmedOn": today.isoformat()}
    return common | named


def _run(today: date, ref: str, label: str, *, starts: int, opens: int, closes: int) -> dict[str, Any]:
    """An evening run; `starts`, `opens` and `closes` are days from today."""
    first, opening, last = ((today + timedelta(days=after)).isoformat() for after in (starts, opens, closes))
    return {
        "ref": ref,
        "label": label,
        "startsOn": first,
        "registrationWindows": [{"opensAt": opening, "closesAt": last}],
        "intake": "SCHEDULED",
        "weeks": 6,
        "seats": 16,
        "mode": "IN_PERSON",
        "attendance": ["EVENING"],
        "places": [{"role": "CLASS", "campus": f"{SLUG}#main"}],
        "fees": [{"kind": "TUITION", "amount": "480.00"}],
    }
