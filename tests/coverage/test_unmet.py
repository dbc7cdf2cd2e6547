"""Searches that found nothing: counted from ten distinct askers up, by sketch, under a key of one day; nothing else kept."""

import random
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.coverage import unmet as module
from catalog.coverage.unmet import Sketch, Unmet, UnmetCounter, UnmetKind, topic_of
from catalog.db.transactions import read_snapshot, write_transaction
from catalog.http.messages import Question
from catalog.http.unmet import UnmetWriter
from catalog.model.bulk import table_of
from catalog.model.tables import UnmetDemandRow
from catalog.model.unmet import load_unmet
from catalog.model.viewer import Anonymous
from catalog.publishing.apply import apply_records
from tests.conftest import NOW
from tests.coverage.test_gaps import base, demand
from tests.coverage.test_measures import run
from tests.records import SOURCE, credential
from tests.served import serve

DAY = date(2026, 11, 23)
WELDING = Unmet(UnmetKind.NOTHING, "underwat weld", "underwater welding", "north")
SEARCH = "query ($q: String, $f: CredentialFilter, $p: ProfileInput) { search(query: $q, filter: $f, profile: $p) { totalCount } }"


def test_a_topic_is_the_same_however_it_is_typed():
    assert topic_of("Underwater  welding") == topic_of("welding UNDERWATER") == ("underwat weld", "underwater welding")
    assert topic_of("weld welds")[0] == "weld weld"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "604 555 0199",
        "ab",
        "a b c d",
        "I am Jane Doe from Terrace",
        "jane@example.org",
        "https://example.org",
        "x" * 25,
        "term2 course9",
    ],
)
def test_what_is_no_topic_is_not_counted(text):
    assert topic_of(text) is None


def told(counter, askers, day=DAY, unmet=(WELDING,)):
    for asker in askers:
        counter.note(asker, unmet, day)
    return counter.take(day)


def test_nothing_is_told_of_fewer_than_ten_askers():
    """Over many keys: a sketch may say one too few, never ten of nine."""
    for _ in range(60):
        counter = UnmetCounter()
        assert told(counter, [f"10.0.0.{n}" for n in range(9)] * 5) == []


def test_ten_askers_are_told_of_nearly_always():
    found = [told(UnmetCounter(), [f"10.0.0.{n}" for n in range(10)]) for _ in range(60)]
    assert sum(one != [] for one in found) > 50
    assert {counted.askers for one in found for counted in one} == {10}


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 8_000), st.integers(0, 2**32))
def test_sketches_are_near_the_truth(askers, seed):
    chance = random.Random(seed)
    sketch = Sketch()
    for _ in range(askers):
        sketch.add(chance.getrandbits(64))
    assert abs(sketch.estimate - askers) <= max(2, 0.18 * askers), "5 times the standard error of 1024 registers"


def test_the_key_of_a_day_and_all_that_was_counted_under_it_are_thrown_away(monkeypatch):
    keys = iter([b"1" * 32, b"2" * 32])
    monkeypatch.setattr(module.secrets, "token_bytes", lambda _length: next(keys))
    counter = UnmetCounter()
    told(counter, [f"10.0.0.{n}" for n in range(8)])
    tomorrow = DAY + timedelta(days=1)
    assert told(counter, [f"10.0.1.{n}" for n in range(8)], tomorrow) == [], "eight and eight others are not sixteen"
    assert counter._key == b"2" * 32


def test_what_ended_with_its_day_is_still_told_once():
    counter = UnmetCounter()
    for n in range(12):
        counter.note(f"10.0.0.{n}", [WELDING], DAY)
    (found,) = counter.take(DAY + timedelta(days=1))
    assert (found.day, found.topic, found.askers >= 10) == (DAY, "underwat weld", True)
    assert counter.take(DAY + timedelta(days=1)) == []


def test_addresses_and_hashes_are_nowhere_in_what_is_kept():
    counter = UnmetCounter()
    told(counter, ["203.0.113.77"])
    kept = repr(vars(counter)) + repr([bytes(one.sketch._registers) for one in counter._topics.values()])
    assert "203.0.113" not in kept
    assert sum(len(one.sketch._registers) for one in counter._topics.values()) == 1024, (
        "a kilobyte a topic, however many ask"
    )


def test_whoever_makes_up_topics_does_not_end_the_counting(monkeypatch):
    monkeypatch.setattr(module, "MOST_TOPICS", 30)
    counter = UnmetCounter()
    for n in range(6):
        counter.note(f"10.0.0.{n}", [WELDING], DAY)
    counter.note("10.9.9.9", [Unmet(UnmetKind.NOTHING, f"topic{n}", f"topic{n}", None) for n in range(2_000)], DAY)
    assert len(counter._topics) == 30
    for n in range(6, 14):
        counter.note(f"10.0.0.{n}", [WELDING], DAY)
    assert [one.topic for one in counter.take(DAY)] == ["underwat weld"]


@pytest.fixture
def counting(served):
    """A catalogue that counts; with one listing that is open, one that is over."""
    window = [{"opensAt": "2026-01-01", "closesAt": "2026-12-31"}]
    apply_records(
        served.database,
        [
            *base(),
            demand("m", 1000, "72410"),
            credential("open", title="Pottery", offerings=[run("1", registrationWindows=window)]),
            credential("later", title="Glassblowing", offerings=[run("1")]),
            credential("hard", title="Falconry", requirementsStated="LISTED", requirements=[{"kind": "PREREQUISITE", "rule": {"holds": "uni/open"}}]),
        ],
        SOURCE,
        lambda: NOW,
    )  # fmt: skip
    served.index_all()
    return serve(served.database, served.index, NOW, unmet_demand=True)


def noted(served, text, filter_=None, profile=None):
    answer = served.service.answer(Question(SEARCH, variables={"q": text, "f": filter_, "p": profile}), Anonymous())
    assert b'"errors"' not in answer.body, answer.body
    return [(str(one.kind), one.words, one.region) for one in answer.facts.unmet]


def test_three_kinds_of_not_finding(counting):
    eligible = {"eligibleNow": True, "includeUnknown": False}
    assert noted(counting, "underwater basketry") == [("NOTHING", "basketry underwater", None)]
    assert noted(counting, "underwater basketry", {"regions": ["north"]}) == [("NOTHING", "basketry underwater", "north")]
    assert noted(counting, "glassblowing") == [("NOTHING_OPEN", "glassblowing", None)]
    assert noted(counting, "pottery") == []
    assert noted(counting, "falconry", eligible, {"held": []}) == [("NOTHING_ELIGIBLE", "falconry", None)]
    assert noted(counting, "call me on 604 555 0199") == []
    assert noted(counting, None) == []


def test_off_by_default(counting):
    assert noted(serve(counting.database, counting.index, NOW), "underwater basketry") == []


ASKED = "{ unmetDemand { enabled totalCount edges { node { topic kind region askers days } } } gaps(by: OCCUPATION) { edges { node { key { value } unmetAskers } } } }"


@pytest.mark.parametrize("url", ["sqlite", "postgresql"], indirect=True)
def test_written_down_shown_and_joined_to_gaps(counting):
    counter = UnmetCounter()
    writer = UnmetWriter(counter, counting.database, lambda: NOW)
    mechanics = Unmet(UnmetKind.NOTHING_OPEN, "mechan", "mechanics", None)
    for n in range(14):
        counter.note(f"10.0.0.{n}", [WELDING] if n < 9 else [WELDING, mechanics], NOW.date())
    for n in range(14, 30):
        counter.note(f"10.0.0.{n}", [mechanics], NOW.date())
    writer.write()
    found = counting.data(ASKED)
    assert found["unmetDemand"]["enabled"] is True
    nodes = {edge["node"]["topic"]: edge["node"] for edge in found["unmetDemand"]["edges"]}
    assert set(nodes) == {"underwater welding", "mechanics"}
    assert (nodes["mechanics"]["kind"], nodes["mechanics"]["days"]) == ("NOTHING_OPEN", 1)
    assert 19 <= nodes["mechanics"]["askers"] <= 22
    (gap,) = [edge["node"] for edge in found["gaps"]["edges"]]
    assert gap == {"key": {"value": "72410"}, "unmetAskers": nodes["mechanics"]["askers"]}


@pytest.mark.parametrize("url", ["sqlite", "postgresql"], indirect=True)
def test_what_processes_count_is_not_added_up_within_a_day(counting):
    rows = [(DAY, "one", 12), (DAY, "two", 15), (DAY + timedelta(days=1), "one", 11)]
    with write_transaction(counting.database) as connection:
        for day, process, askers in rows:
            values = {"day": day, "kind": "NOTHING", "topic": "weld", "words": "welding", "region": "", "process": process}
            connection.execute(table_of(UnmetDemandRow).insert().values(**values, askers=askers))
    with read_snapshot(counting.database) as connection:
        (one,) = load_unmet(connection)
        assert (one.askers, one.days, one.region) == (26, 2, None)
        assert [own.askers for own in load_unmet(connection, DAY + timedelta(days=1))] == [11]


def test_columns_say_all_that_is_kept():
    assert set(table_of(UnmetDemandRow).columns.keys()) == {"day", "kind", "topic", "words", "region", "process", "askers"}
