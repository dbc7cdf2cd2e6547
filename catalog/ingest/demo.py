"""Example College: an illustration whose offerings are dated from today, so that every status can be seen.

Everything in it is marked as an illustration, not countable and not to be exported.
"""

from collections.abc import Callable
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
    def day(after: int) -> str:
        return (today + timedelta(days=after)).isoformat()

    def run(ref: str, label: str, start: int, opens: int, closes: int, **more: Any) -> dict[str, Any]:
        window = {"opensAt": day(opens), "closesAt": day(closes)}
        common = {"weeks": 6, "mode": "IN_PERSON", "attendance": ["EVENING"], "seats": 16, "intake": "SCHEDULED"}
        places = {"places": [{"role": "CLASS", "campus": f"{SLUG}#main"}]}
        stated = {"ref": ref, "label": label, "startsOn": day(start), "registrationWindows": [window]}
        return common | places | stated | {"fees": [{"kind": "TUITION", "amount": "480.00"}]} | more

    def credential(ref: str, title: str, summary: str, **more: Any) -> dict[str, Any]:
        named = {"ref": ref, "slug": f"{SLUG}/{ref}", "provider": SLUG, "title": title, "summary": summary}
        return {"type": "credential", "kind": "MICRO_CREDENTIAL", "confirmedOn": day(0)} | named | more

    campus = {"ref": "main", "name": "Main campus (illustration)", "city": "Exampleville", "timeZone": ZONE}
    return [
        {"type": "institution", "ref": SLUG, "slug": SLUG, "name": NAME, "kind": "OTHER", "campuses": [campus]},
        credential(
            "evening-bookkeeping",
            "Evening bookkeeping (illustration)",
            "One run is open, one is full, and one opens soon.",
            statedHours=36,
            offerings=[
                run("open", "Open now", 28, -7, 14),
                run("full", "Full", 35, -14, 14),
                run("upcoming", "Opens soon", 90, 14, 70),
                run("closed", "Closed yesterday", 10, -40, -1),
            ],
        ),
        credential(
            "pottery-kilns",
            "Looking after pottery kilns (illustration)",
            "Full, with a waitlist; asks for bookkeeping first.",
            requirementsStated="LISTED",
            requirements=[{"kind": "PREREQUISITE", "rule": {"holds": f"{SLUG}/evening-bookkeeping"}}],
            offerings=[run("waitlist", "Waitlist", 21, -14, 7, waitlist={"open": True})],
        ),
        credential(
            "spreadsheets-at-your-own-pace",
            "Spreadsheets at your own pace (illustration)",
            "Begin on any day; free of charge.",
            offerings=[
                {
                    "ref": "anytime", "label": "Any day", "intake": "CONTINUOUS",
                    "mode": "ONLINE_ANYTIME", "attendance": ["ANYTIME"],
                    "fees": [{"kind": "TUITION", "amount": "0"}],
                }
            ],
        ),
        credential("studio-business", "Studio business (illustration)", "What the two together make.", kind="CERTIFICATE"),
        {
            "type": "pathway", "ref": "studio-business", "slug": f"{SLUG}/studio-business",
            "title": "Studio business (illustration)",
            "owner": SLUG, "award": f"{SLUG}/studio-business",
            "parts": [{"order": "FIXED", "items": [f"{SLUG}/evening-bookkeeping", f"{SLUG}/pottery-kilns"]}],
        },
    ]  # fmt: skip
