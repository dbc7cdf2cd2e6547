"""Proposals come and go as listings change, and never speak of what must not be compared."""

import time
from datetime import timedelta

import pytest
from sqlalchemy import select, update
from structlog.testing import capture_logs

from catalog.db.engine import open_database
from catalog.db.transactions import read_snapshot, write_transaction
from catalog.errors import StorageError
from catalog.ingest.likeness import following
from catalog.ingest.likeness.following import LikenessFollower
from catalog.ingest.likeness.position import find_reached
from catalog.ingest.likeness.proposals import LikenessState, load_proposals
from catalog.model.bulk import table_of
from catalog.model.state import read_state, start_epoch
from catalog.model.tables import FollowerRow, LikenessRow
from catalog.model.vocabulary import RecordType
from catalog.publishing.apply import apply_records
from catalog.publishing.erase import erase
from catalog.publishing.manner import Manner
from catalog.worker.likeness import Likenesses
from tests.conftest import NOW
from tests.ingest.likenesses import followed, ids, pairs, proposed
from tests.records import SOURCE, credential, institution, record

TITLE = "Electric Vehicle Maintenance"
EV = pairs(["one/ev", "two/ev"])


@pytest.fixture
def database(sqlite_url):
    opened = open_database(sqlite_url)
    apply_records(opened, [institution("one"), institution("two"), institution("three")], SOURCE, lambda: NOW)
    publish(opened, ev("one"), ev("two"))
    yield opened
    opened.dispose()


def ev(at, **fields):
    return credential(f"{at}-ev", **{"provider": at, "slug": f"{at}/ev", "title": TITLE, **fields})


def publish(database, *records, **more):
    return apply_records(database, records, SOURCE, lambda: NOW, **more)


def withdraw(database, *refs, record_type=RecordType.CREDENTIAL):
    apply_records(database, [], SOURCE, lambda: NOW, manner=Manner(gone=[(record_type, ref) for ref in refs]))


def equivalence(*members, basis="SHARED_CURRICULUM"):
    return record({"type": "equivalence", "ref": "same", "members": list(members), "basis": basis})


def test_a_pair_is_proposed_once_with_score_and_reasons(database):
    assert followed(database) == EV
    with read_snapshot(database) as connection:
        (one,) = load_proposals(connection)
    assert sorted(one.pair) == sorted(ids(database, "one/ev", "two/ev"))
    assert (one.score, [reason.code for reason in one.reasons]) == (0.79, ["TITLE_ALIKE", "KIND_SAME"])
    assert (one.state, one.proposed_at, one.decided_at) == (LikenessState.PROPOSED, NOW, None)
    assert LikenessFollower(database, lambda: NOW).follow() is None


NEVER = [
    {"illustration": True},
    {"catalogued": False},
    {"visibility": "UNLISTED"},
    {"visibility": "BY_REFERRAL"},
    {"stewardship": {"community": "A Nation"}},
    {"stewardship": {"community": "A Nation", "consentOn": "2026-01-05"}, "reuse": "OPEN"},
    {"provider": "one"},
    {"partnerships": [{"role": "CO_PROVIDER", "institution": "one"}]},
    {"components": ["one/ev"]},
    {"supersedes": "one/ev"},
    {"title": f"{TITLE} Level 2"},
    {"title": {"fr": TITLE}},
]


@pytest.mark.parametrize("stated", NEVER)
def test_what_is_never_proposed(database, stated):
    publish(database, ev("two", **stated))
    assert followed(database) == set()


@pytest.mark.parametrize("stated", NEVER)
def test_what_came_to_be_so_is_proposed_no_longer_and_comes_back(database, stated):
    follower = LikenessFollower(database, lambda: NOW)
    follower.follow()
    publish(database, ev("two", **stated))
    assert (follower.follow(), proposed(database)) == (1, set())
    publish(database, ev("two"))
    assert (follower.follow(), proposed(database)) == (1, EV)


def test_a_partner_that_is_no_co_provider_is_no_obstacle(database):
    publish(database, ev("two", partnerships=[{"role": "DEVELOPER", "institution": "one"}]))
    assert followed(database) == EV


def test_a_listing_that_goes_takes_its_proposals_with_it(database):
    follower = LikenessFollower(database, lambda: NOW)
    publish(database, ev("three"))
    follower.follow()
    assert proposed(database) == pairs(["one/ev", "two/ev", "three/ev"])
    withdraw(database, "three-ev")
    follower.follow()
    assert proposed(database) == EV
    erase(database, ids(database, "two/ev")[0], lambda: NOW)
    follower.follow()
    assert proposed(database) == set()


@pytest.mark.parametrize("basis", ["SHARED_CURRICULUM", "REVIEWED", "PROPOSED"])
def test_what_stands_in_an_equivalence_together_is_not_proposed(database, basis):
    publish(database, equivalence("one/ev", "two/ev", basis=basis))
    assert followed(database) == set()
    publish(database, ev("three"))
    assert followed(database) == pairs(["one/ev", "three/ev"], ["two/ev", "three/ev"])
    withdraw(database, "same", record_type=RecordType.EQUIVALENCE)
    assert followed(database) == pairs(["one/ev", "two/ev", "three/ev"])


def test_only_what_changed_is_compared_and_a_new_score_keeps_the_day(database):
    follower = LikenessFollower(database, lambda: NOW)
    assert follower.follow() == 2
    publish(database, ev("one", skills=[{"label": "batteries"}]))
    publish(database, ev("two", skills=[{"label": "batteries"}]), credential("else", provider="three", slug="three/else"))
    follower.clock = lambda: NOW + timedelta(days=3)
    assert follower.follow() == 3
    with read_snapshot(database) as connection:
        (one,) = load_proposals(connection)
    assert (one.score, one.proposed_at) == (0.88, NOW)


def test_a_follower_that_begins_anew_goes_on_where_the_last_one_stood(database):
    followed(database)
    publish(database, ev("three"))
    assert LikenessFollower(database, lambda: NOW).follow() == 1
    assert proposed(database) == pairs(["one/ev", "two/ev", "three/ev"])


@pytest.mark.parametrize("moved", ["epoch", "format", "revision"])
def test_after_a_restore_or_with_other_weights_all_is_compared_anew(database, moved):
    follower = LikenessFollower(database, lambda: NOW)
    follower.follow()
    table = table_of(FollowerRow)
    with write_transaction(database) as connection:
        if moved == "epoch":
            start_epoch(connection)
        else:
            connection.execute(update(table).values(**{moved: table.c[moved] + 1_000}))
        connection.execute(update(table_of(LikenessRow)).values(score=0.1))
    assert follower.follow() == 2
    with read_snapshot(database) as connection:
        assert [one.score for one in load_proposals(connection)] == [0.79]
        assert (find_reached(connection).epoch, find_reached(connection).revision) == (
            read_state(connection).epoch,
            read_state(connection).revision,
        )


def test_of_two_workers_the_slower_writes_nothing(database, monkeypatch):
    slow, other = LikenessFollower(database, lambda: NOW), LikenessFollower(database, lambda: NOW)
    renew = following.write_transaction

    def overtaken(opened):
        monkeypatch.setattr(following, "write_transaction", renew)
        other.follow()
        publish(database, ev("two", title="Something else entirely"))
        other.follow()
        return renew(opened)

    monkeypatch.setattr(following, "write_transaction", overtaken)
    assert slow.follow() == 0
    assert proposed(database) == set()


def test_what_was_not_reached_before_the_end_is_compared_next_time(database):
    assert LikenessFollower(database, lambda: NOW, lambda: True).follow() == 0
    with read_snapshot(database) as connection:
        assert find_reached(connection) is None
    assert followed(database) == EV


def test_batches(database, monkeypatch):
    monkeypatch.setattr(following, "BATCH", 1)
    publish(database, ev("three"))
    assert followed(database) == pairs(["one/ev", "two/ev", "three/ev"])


def looked(chore):
    chore._not_before = 0.0
    chore.look()
    chore._thread.join(10)


def test_the_chore_looks_in_a_thread_of_its_own_and_not_all_the_time(database):
    chore = Likenesses(database, lambda: NOW)
    with capture_logs() as logs:
        looked(chore)
        first = chore._thread
        chore.look()
        assert chore._thread is first
        looked(chore)
    assert proposed(database) == EV
    assert [(one["event"], one["compared"]) for one in logs] == [("likenesses looked for", 2)]
    chore.close()


def test_a_failure_is_told_and_tried_again(database, monkeypatch):
    chore = Likenesses(database, lambda: NOW)

    def busy(_database):
        raise StorageError("held", code="WRITE_BUSY")

    with monkeypatch.context() as patched, capture_logs() as logs:
        patched.setattr(following, "write_transaction", busy)
        looked(chore)
    assert [one["event"] for one in logs] == ["likenesses not looked for"]
    looked(chore)
    assert proposed(database) == EV
    chore.close()


def test_the_seed(sqlite_seeded_url):
    """What a ministry would want to be asked about, and nothing else."""
    database = open_database(sqlite_seeded_url)
    begun = time.perf_counter()
    found = followed(database)
    assert time.perf_counter() - begun < 5  # 0.2 s on an idle machine
    assistants = [
        "dea-college/early-childhood-educator-assistant",
        "pacific-link-college/ece-assistant-certificate",
        "ubc/ece-assistant-course",
    ]
    educators = ["ridge-meadows-college/early-childhood-education", "vanwest-college/early-childhood-education"]
    assert found == pairs(assistants, educators)
    source = SOURCE.model_copy(update={"key": "catalogue/recognition"})
    withdrawn = Manner(gone=[(RecordType.EQUIVALENCE, ref) for ref in ("ev-maintenance", "rural-economic-development")])
    apply_records(database, [], source, lambda: NOW, manner=withdrawn)
    vehicles = [
        f"{at}/electric-vehicle-maintenance-training" for at in ("bcit", "camosun-college", "cnc", "okanagan-college")
    ]
    colleges = "cnc coast-mountain-college college-of-the-rockies north-island-college northern-lights-college okanagan-college selkirk-college"
    rural = [f"{at}/rural-economic-development" for at in colleges.split()]
    assert followed(database) == pairs(assistants, educators, vehicles, rural)
    database.dispose()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("bcit/enhanced-bridge-watch-rating", "camosun-college/bridge-watch-rating"),  # the enhanced one follows the other
        ("bcit/digital-transformation", "royal-roads/graduate-certificate-in-digital-transformation"),
        ("alacrity-canada/digital-marketing-bootcamp", "ufv/digital-marketing-skills"),
        ("gaia-college/organic-master-gardener", "burnaby-community-and-continuing-education/organic-master-gardener"),
        ("surrey-schools/early-childhood-education-grade-12", "ridge-meadows-college/early-childhood-education"),
        ("dea-college/early-childhood-educator-assistant", "vanwest-college/early-childhood-education"),
        ("ubc/climate-studies-and-action", "uvic/transformative-climate-action"),
        ("outside/occupational-first-aid-level-1", "north-island-college/ofa-010"),
    ],
)
def test_what_looks_alike_in_the_seed_and_is_not(sqlite_seeded_url, one, other):
    database = open_database(sqlite_seeded_url)
    assert len(ids(database, one, other)) == 2
    assert frozenset((one, other)) not in followed(database)
    with read_snapshot(database) as connection:
        assert connection.scalars(select(table_of(LikenessRow).c.state)).all() == ["PROPOSED"] * 4
    database.dispose()
