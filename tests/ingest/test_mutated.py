"""Damaged feeds of every format: none crashes anything, none is published in part, and whatever is wrong has a code.

CATALOG_SOAK=1 makes ten times as many.
"""

import json
import os
import re
from random import Random

import pytest
from sqlalchemy import text

from catalog.db.engine import open_database
from catalog.db.transactions import read_snapshot
from catalog.errors import Severity
from catalog.ingest.arrival import Arrival, Handling, OnError
from catalog.ingest.formats import read_delivery
from catalog.ingest.run import ingest
from catalog.ingest.submissions import SubmissionState
from catalog.model.reading.delivery import Told
from catalog.publishing.apply import apply_records
from catalog.publishing.check import check
from tests.conftest import NOW
from tests.ingest.mutated.feeds import FEEDS, KEY
from tests.ingest.mutated.mutations import mutant
from tests.records import SOURCE, institution, record, source

COUNT = 20_000 if os.environ.get("CATALOG_SOAK") else 2_000
WHOLE_EVERY = 10
"""So many are only read for each that goes through the whole flow, which costs most."""
CODE = re.compile(r"[A-Z]+(?:_[A-Z0-9]+)*")
FEED = source(key=KEY, name="Feed of tests", owner="uni")
COMPLETE = FEED.model_copy(update={"complete": True})
NOT_CONTENT = ("staged", "submission", "alembic_version")
TOLD = Told(provider="uni")


@pytest.fixture
def database(sqlite_url):
    opened = open_database(sqlite_url)
    occupations = [
        record({"type": "occupation", "ref": f"noc-{code}", "scheme": "noc-2021", "code": code, "labels": {"en": code}})
        for code in ("72402", "72106")
    ]
    apply_records(opened, [institution(), *occupations], SOURCE, lambda: NOW)
    yield opened
    opened.dispose()


def arrive(database, data, sender=FEED, handling=None):
    return ingest(Arrival("feed", data, sender), database, lambda: NOW, handling or Handling())


def fingerprint(database):
    """Of every table but those that keep what arrived: how many rows it has, and how far they have come."""
    with read_snapshot(database) as connection:
        tables = connection.scalars(text("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")).all()
        counts = {
            name: tuple(connection.execute(text(f'SELECT count(*), max(rowid) FROM "{name}"')).one())
            for name in tables
            if name not in NOT_CONTENT and not name.startswith("sqlite_")
        }
        state = connection.execute(text("SELECT * FROM catalog_state")).all()
        said = connection.execute(text("SELECT total(length(body)), max(slug) FROM document")).one()
    return counts, [tuple(one) for one in state], tuple(said)


def look_at(issues, what):
    """Every issue can be told to a person, kept, and found in the file."""
    for one in issues:
        assert CODE.fullmatch(one.code), (what, one)
        assert one.message.strip(), (what, one)
        assert one.place or not one.row, (what, one)
        assert len(one.message) < 2_000, (what, one.code, len(one.message))
        json.dumps(one.to_json(), ensure_ascii=False).encode()


def mutants(count):
    """(what it is called, its bytes): the number is the seed."""
    names = sorted(FEEDS)
    for number in range(count):
        name = names[number % len(names)]
        yield f"{name} {number}", mutant(name, Random(number))


@pytest.mark.parametrize("name", sorted(FEEDS))
def test_each_feed_is_published_as_it_stands(name, database):
    report = arrive(database, FEEDS[name])
    assert report.state is SubmissionState.PUBLISHED, [str(one) for one in report.issues]
    assert report.records > 0


def test_damaged_feeds_are_read_or_refused_with_a_code():
    outcomes = set()
    for number, (what, data) in enumerate(mutants(COUNT)):
        if number % WHOLE_EVERY == 0:
            continue
        delivery = read_delivery(data, TOLD)
        look_at(delivery.issues, what)
        says_nothing = not (delivery.records or delivery.gone or delivery.mentioned or delivery.issues)
        assert not says_nothing or delivery.format == "record/1", what  # whose list of records may be empty
        assert len(delivery.records) == len(delivery.rows) == len(delivery.covers), what
        outcomes.add((delivery.format, delivery.is_refused))
    assert {one for one, is_refused in outcomes if not is_refused} >= {
        "record/1", "template", "schema.org", "ctdl", "open-badges", "case", "ooapi", "open-edx", "table", "xcri-cap",
    }  # fmt: skip
    assert len([one for one, is_refused in outcomes if is_refused]) > 8


def test_damaged_feeds_are_published_whole_or_not_at_all(database):
    arrive(database, FEEDS["record/1"])
    counted = dict.fromkeys(SubmissionState, 0)
    before = fingerprint(database)
    for number, (what, data) in enumerate(mutants(COUNT)):
        if number % WHOLE_EVERY:
            continue
        random = Random(number)
        on_error = OnError.REJECT_FAILED if random.random() < 0.2 else OnError.REJECT_ALL
        handling = Handling(on_error=on_error, dry_run=random.random() < 0.1)
        report = arrive(database, data, COMPLETE if random.random() < 0.2 else FEED, handling)
        look_at(report.issues, what)
        counted[report.state] += 1
        after = fingerprint(database)
        if report.is_refused or handling.dry_run:
            assert after == before, (what, report.state)
        if report.state is SubmissionState.REFUSED:
            assert any(one.severity is Severity.ERROR for one in report.issues), what
        before = after
    with read_snapshot(database) as connection:
        assert [str(one) for one in check(connection)] == []
    assert counted[SubmissionState.PUBLISHED] > 20, counted
    assert counted[SubmissionState.REFUSED] > 50, counted
