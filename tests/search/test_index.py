"""The index follows the change log, and no search fails while it is rebuilt."""

import threading

import pytest
from catalog.search.tantivy_engine import TantivyEngine
from catalog.search.tantivy_writer import TantivyWriter

from catalog.db.transactions import write_transaction
from catalog.errors import SearchUnavailable
from catalog.model.state import start_epoch
from catalog.publishing.apply import apply_records
from catalog.search.port import After
from catalog.search.sync import follow, reindex
from tests.conftest import NOW
from tests.records import SOURCE, credential, institution, source


def clock():
    return NOW


@pytest.fixture
def index(tmp_path):
    return tmp_path / "index"


def found(index, words):
    engine = TantivyEngine(index)
    return engine.search(words, 100).total


def settle(database, index):
    writer = TantivyWriter(index)
    for _ in range(20):
        if not follow(database, writer):
            return writer.position()
    raise AssertionError("the index never catches up")


def test_it_follows_new_changed_withdrawn_and_renamed_things(database, index):
    full = source(complete=True)
    one, two = credential("a", title="Welding"), credential("b", title="Baking", skills=[{"label": "sourdough"}])
    apply_records(database, [institution(name="Coastal"), one, two], full, clock)
    settle(database, index)
    assert (found(index, "welding"), found(index, "sourdough"), found(index, "coastal")) == (1, 1, 2)
    apply_records(database, [institution(name="Inland"), credential("a", title="Forging")], full, clock)
    position = settle(database, index)
    assert position.revision == 2
    assert [found(index, words) for words in ("welding", "forging", "baking", "coastal", "inland", "")] == [0, 1, 0, 0, 1, 1]


def test_words_are_found_whatever_their_case_and_accents(database, index):
    apply_records(
        database,
        [institution(), credential("a", title="Été à SENĆOŦEN"), credential("b", title="Tŝilhqot’in stories")],
        SOURCE,
        clock,
    )
    settle(database, index)
    assert found(index, "ete") == 1
    assert found(index, "SENCOTEN") == 1
    assert found(index, "tsilhqot") == 1
    assert found(index, 'a" OR (b:') == 0


def test_an_index_of_another_epoch_is_built_anew(database, index):
    apply_records(database, [institution(), credential("a")], SOURCE, clock)
    before = settle(database, index)
    with write_transaction(database) as connection:
        start_epoch(connection)
    after = settle(database, index)
    assert before.epoch != after.epoch


def test_a_commit_larger_than_a_batch_is_taken_whole(database, index, monkeypatch):
    from catalog.search import sync

    monkeypatch.setattr(sync, "BATCH", 5)
    apply_records(database, [institution()], SOURCE, clock)
    settle(database, index)
    apply_records(database, [credential(f"c{n}") for n in range(12)], SOURCE, clock)
    apply_records(database, [credential("last")], SOURCE, clock)
    assert settle(database, index).revision == 3
    assert found(index, "") == 13


def test_searches_never_fail_while_the_index_is_rebuilt(database, index):
    apply_records(database, [institution(), *(credential(f"c{n}") for n in range(50))], SOURCE, clock)
    settle(database, index)
    engine, failures, stop = TantivyEngine(index), [], threading.Event()

    def search():
        while not stop.is_set():
            try:
                if engine.search("credential", 10).total != 50:
                    failures.append("missed")
            except Exception as error:  # noqa: BLE001 - shown by the test
                failures.append(error)

    threads = [threading.Thread(target=search) for _ in range(2)]
    for thread in threads:
        thread.start()
    for _ in range(8):
        reindex(database, TantivyWriter(index))
    stop.set()
    for thread in threads:
        thread.join()
    assert failures == []


def test_pages_hold_together(database, index):
    apply_records(
        database, [institution(), *(credential(f"c{n}", title="Same words here") for n in range(30))], SOURCE, clock
    )
    settle(database, index)
    engine, seen, after = TantivyEngine(index), [], None
    while hits := engine.search("words", 7, after).hits:
        seen += [hit.id for hit in hits]
        after = After(hits[-1].score, hits[-1].id)
    assert len(seen) == len(set(seen)) == 30


def test_without_an_index_search_is_unavailable(index):
    with pytest.raises(SearchUnavailable):
        TantivyEngine(index).search("x", 1)
