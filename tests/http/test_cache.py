"""Whole answers are kept while they stay true, and never longer."""

import random
import shutil
import time
from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest

from catalog.db.engine import open_database
from catalog.db.transactions import write_transaction
from catalog.http.messages import Question
from catalog.model.filter import CredentialFilter
from catalog.model.filter_sql import CredentialQuery, Moment
from catalog.model.state import start_epoch
from catalog.model.viewer import Anonymous, Everything
from catalog.publishing.apply import apply_records
from catalog.publishing.seats import record_seats
from catalog.schema.context import RequestContext
from catalog.search.finder import Request
from catalog.search.narrowing.order import SearchSort
from catalog.search.sync import follow
from catalog.search.tantivy.writer import TantivyWriter
from catalog.settings import Settings
from tests.conftest import NOW
from tests.http.asking import Asked
from tests.records import SOURCE, credential, institution, record

CLOSE = datetime.fromisoformat("2026-12-16T00:00:00-07:00")
RUN = {"ref": "x", "startsOn": "2027-01-11", "registrationWindows": [{"opensAt": "2026-11-01", "closesAt": "2026-12-15"}]}
TITLES = "{ credentials { edges { node { title } } } }"
STATUS = '{ credential(slug: "uni/a") { status offerings(when: ALL) { id status seatsLeft } } }'
SEARCH = '{ search(query: "welding") { totalCount indexRevision } }'


def records(title="Welding", **more):
    return [institution(), credential("a", title=title, offerings=[RUN], **more)]


@pytest.fixture
def asked(database, tmp_path):
    apply_records(database, records(), SOURCE, lambda: NOW)
    with Asked(database, tmp_path / "index", NOW).open() as opened:
        opened.database, opened.index = database, tmp_path / "index"
        follow(database, TantivyWriter(opened.index), lambda: NOW)
        yield opened


def titles(asked):
    return [edge["node"]["title"] for edge in asked.data(TITLES)["credentials"]["edges"]]


def test_a_repeated_question_is_answered_from_what_was_kept(asked):
    first = asked.post(TITLES)
    assert asked.cache == "miss"
    again = asked.post(TITLES)
    assert (asked.cache, again.content) == ("hit", first.content)
    asked.get(TITLES)
    assert asked.cache == "hit"  # the same question in another form
    asked.post(TITLES + " ")
    assert asked.cache == "miss"


def test_variables_and_operation_names_are_part_of_the_question(asked):
    query = "query A($n: Int) { credentials(first: $n) { edges { cursor } } } query B { catalog { credentials } }"
    for variables, name in (({"n": 1}, "A"), ({"n": 2}, "A"), ({}, "B")):
        asked.post(query, variables, operationName=name)
        assert asked.cache == "miss"
        asked.post(query, variables, operationName=name)
        assert asked.cache == "hit"


def test_what_is_published_is_seen_at_once(asked):
    assert titles(asked) == ["Welding"]
    apply_records(asked.database, records("Advanced welding"), SOURCE, lambda: NOW)
    assert titles(asked) == ["Advanced welding"]
    assert asked.cache == "miss"


def test_a_search_right_after_a_publish_is_not_kept_beyond_the_index(asked):
    assert asked.data(SEARCH)["search"]["totalCount"] == 1
    apply_records(asked.database, [*records(), credential("b", title="Welding two")], SOURCE, lambda: NOW)
    early = asked.data(SEARCH)["search"]
    assert (early["totalCount"], asked.cache) == (1, "miss")  # the index is behind, and says so
    asked.data(SEARCH)
    assert asked.cache == "hit"
    follow(asked.database, TantivyWriter(asked.index), lambda: NOW)
    late = asked.data(SEARCH)["search"]
    assert (late["totalCount"], asked.cache) == (2, "miss")
    assert late["indexRevision"] > early["indexRevision"]


def test_the_clock_ends_what_hangs_on_it_and_nothing_else(asked):
    asked.clock.now = CLOSE - timedelta(microseconds=1)
    assert asked.data(STATUS)["credential"]["status"] == "OPEN"
    titles(asked)
    asked.clock.now = CLOSE - timedelta(microseconds=1)
    asked.data(STATUS)
    assert asked.cache == "hit"
    asked.clock.now = CLOSE
    assert asked.data(STATUS)["credential"]["status"] == "CLOSED"
    assert asked.cache == "miss"
    titles(asked)
    assert asked.cache == "hit"  # titles do not hang on the clock


def test_seats_that_run_out_are_seen_and_content_stays(asked):
    offering = asked.data(STATUS)["credential"]["offerings"][0]
    assert offering == {"id": offering["id"], "status": "OPEN", "seatsLeft": None}
    titles(asked)
    record_seats(asked.database, offering["id"], 0, "uni", NOW, lambda: NOW)
    (now,) = asked.data(STATUS)["credential"]["offerings"]
    assert (now["status"], now["seatsLeft"], asked.cache) == ("FULL", 0, "miss")
    titles(asked)
    assert asked.cache == "hit"


def test_a_filter_by_status_hangs_on_seats_and_the_clock(asked):
    query = "{ credentials(filter: {status: [OPEN], includeUnknown: false}) { totalCount } }"
    assert asked.data(query)["credentials"]["totalCount"] == 1
    offering = asked.data(STATUS)["credential"]["offerings"][0]["id"]
    record_seats(asked.database, offering, 0, "uni", NOW, lambda: NOW)
    assert asked.data(query)["credentials"]["totalCount"] == 0
    record_seats(asked.database, offering, 3, "uni", NOW + timedelta(seconds=1), lambda: NOW + timedelta(seconds=1))
    asked.clock.now = CLOSE - timedelta(seconds=1)
    assert asked.data(query)["credentials"]["totalCount"] == 1
    asked.clock.now = CLOSE
    assert asked.data(query)["credentials"]["totalCount"] == 0


def test_a_confirmation_that_moves_is_seen(asked):
    query = '{ credential(slug: "uni/a") { provenance { confirmedOn } } }'
    first = asked.data(query)
    apply_records(asked.database, records(confirmedOn="2026-11-22"), SOURCE, lambda: NOW)
    assert asked.data(query) != first
    assert asked.cache == "miss"


def test_the_change_log_is_never_behind(asked):
    query = "{ changes(first: 100) { edges { node { kind } } } catalog { revision } }"
    before = asked.data(query)
    offering = asked.data(STATUS)["credential"]["offerings"][0]["id"]
    record_seats(asked.database, offering, 4, "uni", NOW, lambda: NOW)
    after = asked.data(query)
    assert after["catalog"]["revision"] == before["catalog"]["revision"] + 1
    assert len(after["changes"]["edges"]) == len(before["changes"]["edges"]) + 1


def test_a_restore_voids_answers_and_etags(asked):
    etag = asked.get(TITLES).headers["etag"]
    assert asked.get(TITLES, headers={"if-none-match": etag}).status_code == 304
    with write_transaction(asked.database) as connection:
        start_epoch(connection)
    answer = asked.get(TITLES, headers={"if-none-match": etag})
    assert (answer.status_code, asked.cache) == (200, "miss")
    assert answer.headers["etag"] != etag


def test_two_audiences_never_share_an_answer(asked):
    query = '{ credential(slug: "uni/b") { title } credentials { totalCount } }'
    restricted = credential("b", title="By referral", visibility="BY_REFERRAL")
    apply_records(asked.database, [*records(), restricted], SOURCE, lambda: NOW)
    public = {"credential": None, "credentials": {"totalCount": 1}}
    assert asked.data(query) == public
    asked.endpoint.viewer = Everything()
    assert asked.data(query)["credential"] == {"title": "By referral"}
    assert asked.cache == "miss"
    asked.endpoint.viewer = Anonymous()
    assert asked.data(query) == public
    assert asked.cache == "hit"


@pytest.mark.parametrize("kind", ["profile", "near"])
def test_questions_about_a_person_are_never_kept(asked, kind):
    near = (
        "query($v: NearInput) { credentials(filter: {near: $v}) { totalCount } }",
        {"v": {"latitude": 48, "longitude": -123, "km": 5}},
    )
    profile = (
        "query($v: ProfileInput) { credentials(profile: $v) { totalCount } catalog { menus } }",
        {"v": {"birthYear": 1985}},
    )
    query, variables = {"near": near, "profile": profile}[kind]
    for _ in range(3):
        answer = asked.post(query, variables)
        assert (answer.status_code, asked.cache) == (200, "off")
        assert answer.headers["cache-control"] == "no-store"
    assert len(asked.endpoint._kept.cache) == 0
    assert asked.endpoint._kept.cache._keys == {}


def test_answers_with_errors_are_not_kept(asked):
    for _ in range(2):
        asked.post('{ credential(slug: "x", at: "2026-01-01T00:00:00Z") { slug } catalog { menus } }')
        assert asked.cache == "off"


def test_a_lagging_replica_neither_finds_nor_leaves_anything(sqlite_template, tmp_path):
    """An answer read from a copy that has stayed behind, while a newer state has been seen already."""
    shutil.copy(sqlite_template, tmp_path / "new.db")
    new = open_database(f"sqlite:///{tmp_path / 'new.db'}")
    apply_records(new, records(), SOURCE, lambda: NOW)
    new.dispose()
    shutil.copy(tmp_path / "new.db", tmp_path / "replica.db")
    new, replica = (open_database(f"sqlite:///{tmp_path / name}.db") for name in ("new", "replica"))
    apply_records(new, records("Advanced welding"), SOURCE, lambda: NOW)
    with Asked(new, tmp_path / "index", NOW).open() as asked, Asked(replica, tmp_path / "index", NOW).open() as behind:
        assert titles(asked) == ["Advanced welding"]
        old = behind.service.answer(Question(TITLES), Anonymous())
        assert b"Advanced" not in old.body
        endpoint, key = asked.endpoint, (TITLES, None, b"", "public")
        assert endpoint._kept.cache.keep(key, old, b'W/"old"', endpoint._kept.watch._seen) is None
        assert titles(asked) == ["Advanced welding"]
        assert asked.cache == "hit"
        seen = endpoint._kept.watch._seen
        endpoint._kept.watch.note(old.validity.state)
        assert endpoint._kept.watch._seen is seen  # what is known never goes back
    for database in (new, replica):
        database.dispose()


def test_the_cache_is_bounded_in_bytes_and_forgets_what_was_used_least(asked):
    asked.endpoint._kept.cache._most = 40_000
    for number in range(60):
        asked.post(f"query Q{number} {{ credentials {{ edges {{ node {{ title slug }} }} }} }}")
        asked.post("query Q0 { credentials { edges { node { title slug } } } }")
        assert asked.cache == "hit" if number else True
    cache = asked.endpoint._kept.cache
    assert cache.bytes <= 40_000
    assert 5 < len(cache) < 60
    assert cache.bytes == sum(cache._cost(key, entry) for key, entry in cache._entries.items())


def test_without_bytes_nothing_is_kept(database, tmp_path):
    with Asked(database, tmp_path / "index", NOW, cache_bytes=0).open() as asked:
        for _ in range(2):
            answer = asked.get(TITLES)
            assert asked.cache == "miss"
        assert asked.get(TITLES, headers={"if-none-match": answer.headers["etag"]}).status_code == 304


def test_a_funding_window_closes_by_the_clock(asked):
    program = {
        "type": "fundingProgram", "ref": "grant", "slug": "grant", "name": "Grant", "owner": "uni",
        "windows": [{"opensOn": "2026-11-01", "closesOn": "2026-12-01", "status": "OPEN", "asOf": "2026-11-01"}],
    }  # fmt: skip
    apply_records(asked.database, [*records(), record(program)], SOURCE, lambda: NOW)
    query = '{ fundingProgram(slug: "grant") { windows { status } } }'
    end = datetime.fromisoformat("2026-12-02T00:00:00-07:00")
    for moment, status, cache in (
        (end - timedelta(seconds=1), "OPEN", "miss"), (end - timedelta(seconds=1), "OPEN", "hit"), (end, "CLOSED", "miss"),
    ):  # fmt: skip
        asked.clock.now = moment
        assert asked.data(query)["fundingProgram"] == {"windows": [{"status": status}]}
        assert asked.cache == cache


def test_seats_counted_by_a_clock_that_is_ahead_are_seen_when_their_time_comes(asked):
    offering = asked.data(STATUS)["credential"]["offerings"][0]["id"]
    ahead = NOW + timedelta(seconds=2)
    record_seats(asked.database, offering, 0, "uni", ahead, lambda: ahead)
    assert asked.data(STATUS)["credential"]["status"] == "OPEN"
    asked.clock.now = ahead
    assert asked.data(STATUS)["credential"]["status"] == "FULL"


def test_an_answer_of_two_searches_hangs_on_the_older_state_of_the_index(asked):
    context = RequestContext(None, None, NOW, Anonymous(), Changing(), None)
    request = Request("a", CredentialQuery(CredentialFilter(), None), Moment(NOW, 400), SearchSort.RELEVANCE)
    context.find(request)
    context.find(request)
    assert context.index_state == "state 1"


class Changing:
    """An index that moves on between two searches."""

    def __init__(self):
        self.searches = 0

    def find(self, _request, _check):
        self.searches += 1
        return SimpleNamespace(state=f"state {self.searches}")


def test_what_tells_of_a_person_under_a_name_nobody_asked_for_is_not_kept_either(asked):
    asked.post(TITLES, {"profile": {"birthYear": 1985}})
    assert asked.cache == "off"
    assert (len(asked.endpoint._kept.cache), asked.endpoint._kept.cache._keys) == (0, {})


EVENTS = ("publish", "seats", "clock", "confirm", "index", "epoch")
QUESTIONS = (
    TITLES,
    STATUS,
    SEARCH,
    "{ catalog { revision credentials nextBoundaryAt } changes(first: 3) { edges { node { revision kind } } } }",
    "{ credentials(filter: {status: [OPEN, FULL]}) { totalCount edges { node { status statusText price { min { amount } } } } } }",
    '{ institution(slug: "uni") { name credentials { totalCount edges { node { offerings { status } } } } } }',
    '{ credential(slug: "uni/a") { provenance { source confirmedOn value } history { totalCount } lastKnownPrice { min { amount } } } }',
)


def test_what_was_kept_never_differs_from_what_would_be_answered_now(asked):
    """Whatever happens in whatever order, an answer from the cache is the one that the service would give."""
    chance = random.Random(7)
    offering = asked.data(STATUS)["credential"]["offerings"][0]["id"]
    hits = 0
    for step in range(150):
        happen(chance.choice(EVENTS), step, asked, offering) if chance.random() < 0.4 else None
        for question in chance.sample(QUESTIONS, 4):
            answer = asked.post(question).content
            hits += asked.cache == "hit"
            assert answer == asked.service.answer(Question(question), Anonymous()).body, (step, question)
    assert hits > 200


def happen(event, step, asked, offering):
    now = asked.clock.now
    if event == "publish":
        apply_records(asked.database, records(f"Welding {step}"), SOURCE, lambda: now)
    elif event == "seats":
        record_seats(asked.database, offering, step % 3, "uni", now, lambda: now)
    elif event == "clock":
        asked.clock.now = now + timedelta(hours=7 + step)
    elif event == "confirm":
        apply_records(asked.database, records(confirmedOn=f"{now.date()}"), SOURCE, lambda: now)
    elif event == "index":
        follow(asked.database, TantivyWriter(asked.index), lambda: NOW)
    else:
        with write_transaction(asked.database) as connection:
            start_epoch(connection)


def test_what_another_process_publishes_is_seen_within_a_second(url, tmp_path, asked):
    """The default settings, a publisher with connections of its own."""
    other = open_database(url)
    with Asked(other, asked.index, NOW, state_seconds=Settings.model_fields["state_seconds"].default).open() as reader:
        assert titles(reader) == ["Welding"]
        apply_records(asked.database, records("Advanced welding"), SOURCE, lambda: NOW)
        published = time.monotonic()
        while titles(reader) != ["Advanced welding"]:
            assert time.monotonic() < published + 1
        titles(reader)
        assert reader.cache == "hit"
        apply_records(asked.database, records("Welding again"), SOURCE, lambda: NOW)
        time.sleep(0.05)
        if not url.startswith("sqlite"):  # where no glance tells, the first to ask has somebody look, and the next ones know
            titles(reader)
            time.sleep(0.05)
        assert titles(reader) == ["Welding again"]
    other.dispose()
