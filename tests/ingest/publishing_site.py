"""An institution on 127.0.0.1 whose feeds are pulled, and the small things that tests of feeds need."""

import json
from contextlib import contextmanager
from datetime import timedelta
from urllib.parse import urlsplit

from catalog.db.transactions import read_snapshot, write_transaction
from catalog.ingest.feeds.feed import Feed, How, add_feed, find_feed
from catalog.ingest.feeds.getting import Getting
from catalog.ingest.feeds.pull import pull
from catalog.ingest.feeds.pulls import load_pulls
from catalog.publishing.apply import apply_records
from tests.conftest import NOW
from tests.ingest.fetching.serving import Server, outside, reply
from tests.records import SOURCE, institution

SPEAKER = {"key": "uni/feed", "name": "Feed of the university", "kind": "PROVIDER", "owner": "uni"}


class Clock:
    """Stands still until a test moves it; sleeping moves only its seconds."""

    def __init__(self):
        self.now, self.seconds, self.slept = NOW, 0.0, []

    def __call__(self):
        return self.now

    def sleep(self, seconds):
        self.slept.append(round(seconds, 3))
        self.seconds += seconds

    def moved(self, **parts):
        self.now += timedelta(**parts)


@contextmanager
def publishing(paths=None):
    """`paths`: what stands where, as bytes of a whole answer or a function of what was asked; tests change it."""
    found = dict(paths or {})

    def answer(asked):
        one = found.get(asked.target) or found.get(urlsplit(asked.target).path) or reply(b"", 404)
        return one if isinstance(one, bytes) else one(asked)

    with Server(answer) as server:
        server.paths = found
        yield server


def delivery(*titles, **source):
    """A file of record JSON; the ref of each course is its title in small letters."""
    records = [
        {"type": "credential", "ref": one.lower(), "provider": "uni", "title": one, "kind": "COURSE"} for one in titles
    ]
    return json.dumps({"format": "record/1", "source": SPEAKER | source, "records": records})


def found_institution(database):
    """What the listings stand on."""
    assert apply_records(database, [institution()], SOURCE, lambda: NOW).revision


def add(database, server, target="/feed.json", how=How.FILE, *, name="uni", source=None, told=None, **more):
    feed = Feed(
        name=name,
        address=target if "://" in target else server.at(target),
        how=how,
        source=SPEAKER | (source or {}),
        every_minutes=60,
        due_at=NOW,
        added_at=NOW,
        told=told or {},
        **more,
    )
    with write_transaction(database) as connection:
        add_feed(connection, feed)
    return feed


def getting(server, clock, **more):
    settings = {"hosts": server.hosts, "sleep": clock.sleep, "environment": {}} | more
    return Getting(1_000_000, outside=outside(clock=lambda: clock.seconds, now=clock), **settings)


def pulled(database, server, clock, *, name="uni", dry_run=False, **more):
    """Pulls as the worker does: from what is written of the feed now."""
    return pull(feed(database, name), database, clock, getting(server, clock, **more), dry_run=dry_run)


def feed(database, name="uni"):
    with read_snapshot(database) as connection:
        return find_feed(connection, name)


def outcomes(database, name="uni"):
    """Of all pulls, the oldest first."""
    with read_snapshot(database) as connection:
        pulls = load_pulls(connection, name, 1_000)
    return [one.outcome for one in sorted(pulls, key=lambda one: one.at)]


def titles(database):
    """Of what is published now."""
    with read_snapshot(database) as connection:
        bodies = connection.exec_driver_sql("SELECT body FROM document WHERE type = 'credential'").scalars().all()
    return sorted(json.loads(body)["title"]["en"] for body in bodies)


def count(database, table):
    with read_snapshot(database) as connection:
        return connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one()
