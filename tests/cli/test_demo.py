"""Example College: what can be seen of it, and that it is an illustration wherever it is looked at."""

from datetime import datetime, timedelta

import pytest

from catalog.ingest.demo import demo_records, publish_demo
from catalog.publishing.check import check
from tests.served import serve

TODAY = datetime.fromisoformat("2026-11-23T09:00:00-08:00")
QUERY = '{ credential(slug: "example-college/%s") { illustration status statusText offerings(when: ALL) { ref status seatsLeft } } }'


@pytest.fixture
def demo(database, tmp_path):
    publish_demo(database, lambda: TODAY)
    return lambda now=TODAY: serve(database, tmp_path / "index", now)


def statuses(served, local):
    found = served.data(QUERY % local)["credential"]
    return found["status"], {one["ref"]: one["status"] for one in found["offerings"]}


def test_every_status_can_be_seen(demo):
    status, runs = statuses(demo(), "evening-bookkeeping")
    assert (status, runs) == ("OPEN", {"open": "OPEN", "full": "FULL", "upcoming": "UPCOMING", "closed": "CLOSED"})
    assert statuses(demo(), "pottery-kilns") == ("WAITLIST", {"waitlist": "WAITLIST"})
    assert statuses(demo(), "spreadsheets") == ("OPEN", {"anytime": "OPEN"})
    assert demo().data(QUERY % "evening-bookkeeping")["credential"]["statusText"] == "Open for registration."


def test_a_later_day_moves_the_dates_and_the_same_day_changes_nothing(demo, database):
    assert publish_demo(database, lambda: TODAY + timedelta(hours=3)).revision is None
    later = TODAY + timedelta(days=200)
    assert statuses(demo(later), "evening-bookkeeping")[0] == "ENDED"
    publish_demo(database, lambda: later)
    assert statuses(demo(later), "evening-bookkeeping")[0] == "OPEN"
    with database.read.connect() as connection:
        assert check(connection) == []


def test_all_of_it_is_marked(demo):
    for one in demo_records(TODAY.date()):
        assert (one.illustration, one.countable, str(one.reuse)) == (True, False, "NO_EXPORT"), one.ref
        named = getattr(one, "name", None) or one.title
        assert "(illustration)" in named["en"]
    assert demo().data(QUERY % "studio-business")["credential"]["illustration"] is True
