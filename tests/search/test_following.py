"""The index follows the change log, equals the database, and no search fails or comes back empty while it is rebuilt."""

import pydoc
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from catalog.db.transactions import write_transaction
from catalog.errors import SearchUnavailable, StorageError
from catalog.model.state import start_epoch
from catalog.model.vocabulary import OfferingStatus
from catalog.publishing.apply import apply_records
from catalog.publishing.seats import record_seats
from catalog.search import sync
from catalog.search.finder import Finder
from catalog.search.opening import open_engine, open_writer
from catalog.search.sync import compare, follow
from tests.records import SOURCE, credential, institution, record, source
from tests.served import SYNONYMS

OPEN = frozenset({OfferingStatus.OPEN})


def publish(indexed, *records, by=SOURCE):
    return apply_records(indexed.database, list(records), by, indexed.clock)


def differences(indexed):
    return [f"{one.thing} {one.what}" for one in compare(indexed.database, indexed.writer, indexed.clock)]


def test_it_follows_new_changed_withdrawn_and_renamed_things(indexed):
    full = source(complete=True)
    one, two = credential("a", title="Welding"), credential("b", title="Baking", skills=[{"label": "sourdough"}])
    publish(indexed, institution(name="Coastal"), one, two, by=full)
    indexed.settle()
    assert [indexed.find(text).total for text in ("welding", "sourdough", "coastal")] == [1, 1, 2]
    publish(indexed, institution(name="Inland"), credential("a", title="Forging"), by=full)
    assert indexed.settle().revision == 2
    assert [indexed.find(text).total for text in ("welding", "forging", "baking", "coastal", "inland", "")] == [
        0,
        1,
        0,
        0,
        1,
        1,
    ]
    assert differences(indexed) == []


def test_pathways_menus_and_funding_that_name_a_credential_and_then_do_not(indexed):
    def pathway(*items):
        return record({"type": "pathway", "ref": "p", "slug": "uni/p", "title": "Lantern way", "owner": "uni", "award": "uni/award", "parts": [{"title": "All", "items": list(items)}]})  # fmt: skip

    publish(indexed, institution(), credential("a"), credential("b"), credential("award"), pathway("uni/a"))
    indexed.settle()
    assert set(indexed.refs("lantern")) == {"a", "award"}
    publish(indexed, pathway("uni/b"))
    indexed.settle()
    assert set(indexed.refs("lantern")) == {"b", "award"}
    assert differences(indexed) == []


def test_a_campus_that_moves_is_found_where_it_is(indexed):
    def school(city):
        return institution(campuses=[{"ref": "main", "name": "Main", "city": city}])

    publish(indexed, school("Victoria"), credential("a", offerings=[{"ref": "o", "places": [{"campus": "uni#main"}]}]))
    indexed.settle()
    assert indexed.find("victoria").total == 1
    publish(indexed, school("Nanaimo"))
    indexed.settle()
    assert (indexed.find("victoria").total, indexed.find("nanaimo").total) == (0, 1)
    assert differences(indexed) == []


def test_seats_and_confirmations_are_followed_too(indexed):
    listing = {"intake": "CONTINUOUS", "ref": "o"}
    publish(indexed, institution(), credential("a", offerings=[listing], confirmedOn="2020-01-01"))
    indexed.settle()
    assert indexed.find("", status=OPEN, include_unknown=False).total == 0
    publish(indexed, credential("a", offerings=[listing], confirmedOn="2026-11-01"))  # no version, no change
    position = indexed.settle()
    assert (position.revision, position.confirmations) == (1, 1)
    found = indexed.find("", status=OPEN, include_unknown=False)
    assert found.total == 1
    (offering,) = found.offerings["uni/a"]
    record_seats(indexed.database, offering, 0, SOURCE.key, indexed.now, indexed.clock)
    indexed.settle()
    assert indexed.find("", status=OPEN).total == 0
    assert indexed.find("", status=frozenset({OfferingStatus.FULL}), include_unknown=False).total == 1
    assert differences(indexed) == []


def test_nothing_goes_stale_between_updates(indexed):
    """The index knows instants; the clock alone closes registration."""
    window = {"opensAt": "2026-11-01", "closesAt": "2026-11-30"}
    publish(indexed, institution(), credential("a", offerings=[{"ref": "o", "registrationWindows": [window]}]))
    indexed.settle()
    open_now = indexed.find("", status=OPEN, include_unknown=False)
    later = indexed.find("", now=indexed.now + timedelta(days=10), status=OPEN, include_unknown=False)
    assert (open_now.total, later.total) == (1, 0)


def test_an_index_of_another_epoch_is_built_anew(indexed):
    publish(indexed, institution(), credential("a"))
    before = indexed.settle()
    with write_transaction(indexed.database) as connection:
        start_epoch(connection)
    after = indexed.settle()
    assert before.epoch != after.epoch
    assert indexed.find("").total == 1


def test_a_commit_larger_than_a_batch_is_taken_whole(indexed, monkeypatch):
    monkeypatch.setattr(sync, "BATCH", 5)
    publish(indexed, institution())
    indexed.settle()
    publish(indexed, *(credential(f"c{n}") for n in range(12)))
    publish(indexed, credential("last"))
    assert indexed.settle().revision == 3
    assert indexed.find("").total == 13
    assert differences(indexed) == []


def test_searches_never_fail_or_come_back_empty_while_it_is_rebuilt_and_written_to(indexed):
    publish(indexed, institution(), *(credential(f"c{n}") for n in range(50)))
    indexed.settle()
    failures, stop = [], threading.Event()

    def search():
        finder = Finder(open_engine(indexed.url, indexed.key), SYNONYMS)
        from tests.search.engines import Indexed

        mine = Indexed(indexed.database, indexed.url, indexed.key)
        mine.finder = finder
        while not stop.is_set():
            try:
                found = mine.find("credential")
                if found.total < 50:
                    failures.append(found.total)
            except Exception as error:  # noqa: BLE001 - shown by the test
                failures.append(repr(error))

    threads = [threading.Thread(target=search) for _ in range(2)]
    for thread in threads:
        thread.start()
    for round_ in range(4):
        publish(indexed, credential("c7", title=f"Credential number {round_}"))
        indexed.reindex()
        publish(indexed, credential("c8", title=f"Credential number {round_}"), credential(f"new{round_}"))
        follow(indexed.database, indexed.writer, indexed.clock)
    stop.set()
    for thread in threads:
        thread.join()
    assert failures == []
    assert differences(indexed) == []


def test_writes_made_while_a_rebuild_runs_are_there_when_it_ends(indexed, monkeypatch):
    """Without any worker: the rebuild itself takes in what was written since its snapshot."""
    publish(indexed, institution(), credential("a"))
    indexed.settle()
    loaded, written = sync.load_labels, []

    def meanwhile(*arguments):
        if not written:
            written.append(publish(indexed, credential("b")))
        return loaded(*arguments)

    monkeypatch.setattr(sync, "load_labels", meanwhile)
    indexed.reindex()
    assert set(indexed.refs("")) == {"a", "b"}
    assert differences(indexed) == []


def test_of_two_writers_one_waits_and_nothing_is_lost(indexed):
    """`catalog reindex` beside a worker that follows: whoever comes second finds the other's work done."""
    publish(indexed, institution(), *(credential(f"c{n}") for n in range(20)))
    indexed.settle()
    stop, failures = threading.Event(), []

    def worker():
        writer = open_writer(indexed.url, indexed.key)
        while not stop.is_set():
            try:
                follow(indexed.database, writer, indexed.clock)
            except Exception as error:  # noqa: BLE001 - shown by the test
                failures.append(repr(error))

    thread = threading.Thread(target=worker)
    thread.start()
    for round_ in range(3):
        publish(indexed, credential("c3", title=f"Round {round_}"), credential(f"more{round_}"))
        indexed.reindex()
    stop.set()
    thread.join()
    indexed.settle()
    assert failures == []
    assert differences(indexed) == []
    assert indexed.find("").total == 23


def test_a_rebuild_that_would_drop_a_fifth_is_refused_unless_forced(indexed):
    full = source(complete=True)
    publish(indexed, institution(), *(credential(f"c{n}") for n in range(40)), by=full)
    indexed.settle()
    publish(indexed, institution(), *(credential(f"c{n}") for n in range(30)), by=full)
    with pytest.raises(StorageError) as refused:
        indexed.reindex()
    assert refused.value.code == "INDEX_WOULD_SHRINK"
    assert "from 40 to 30" in refused.value.message
    assert indexed.find("").total == 40
    assert indexed.reindex(is_forced=True) == 30
    assert indexed.find("").total == 30


def test_a_difference_is_named(indexed):
    publish(indexed, institution(), credential("a"), credential("b"))
    indexed.settle()
    publish(indexed, credential("a", title="Otherwise"), credential("c"))
    found = differences(indexed)
    assert len([one for one in found if one.endswith("is missing")]) == 1
    assert len([one for one in found if one.endswith("is indexed as it was before")]) == 1
    assert found[0] == "the index is at revision 1, the catalogue at 2"
    indexed.settle()
    assert differences(indexed) == []


def test_what_is_not_public_or_not_listed_is_not_found(indexed):
    publish(
        indexed,
        institution(),
        credential("open"),
        credential("secret", visibility="BY_REFERRAL"),
        credential("quiet", visibility="UNLISTED"),
        credential("outside", catalogued=False),
        credential("gone"),
    )
    indexed.settle()
    assert set(indexed.refs("")) == {"open", "gone"}
    publish(indexed, credential("gone", visibility="UNLISTED"))
    indexed.settle()
    assert indexed.refs("") == ["open"]
    assert [one.text for one in indexed.finder.suggest("cred", 20)] == ["Credential open"]


def test_without_an_index_search_is_unavailable(indexed):
    with pytest.raises(SearchUnavailable) as refused:
        indexed.find("x")
    assert "catalog reindex" in refused.value.message


TANTIVY_STEPS = [
    "catalog.search.tantivy.writer.write_batch",
    "catalog.search.tantivy.folder.IndexFolder.write",
    "catalog.search.tantivy.writer.TantivyWriter._join_files",
]
MEILISEARCH_STEPS = [f"catalog.search.meilisearch.writer.MeilisearchWriter.{name}" for name in ("_add", "_forget")]


@pytest.mark.parametrize("calls", [0, 1])
def test_a_writer_that_dies_anywhere_repeats_harmlessly(indexed, monkeypatch, calls):
    """Whatever part of an update was done: doing it again ends in what the database says."""
    publish(indexed, institution(), credential("a"), credential("b"))
    indexed.settle()
    publish(indexed, credential("a", title="Changed"), credential("c"))
    for step in TANTIVY_STEPS if type(indexed.writer).__name__ == "TantivyWriter" else MEILISEARCH_STEPS:
        owner, name = step.rsplit(".", 1)
        real, count = pydoc.locate(step), []

        def die(*arguments, real=real, count=count, **more):
            count.append(1)
            if len(count) > calls:
                raise OSError("killed")
            return real(*arguments, **more)

        with monkeypatch.context() as patched:
            patched.setattr(pydoc.locate(owner), name, die)
            try:
                while follow(indexed.database, indexed.writer, indexed.clock):
                    pass
            except OSError as error:
                assert str(error) == "killed"  # noqa: PT017 - some steps are not reached so often
        assert indexed.find("credential").total >= 1  # never empty meanwhile
    indexed.settle()
    assert differences(indexed) == []
    assert set(indexed.refs("")) == {"a", "b", "c"}
    assert indexed.find("changed").total == 1


def test_a_word_that_nothing_holds_any_more_may_be_mistyped(indexed):
    publish(indexed, institution(), credential("a", title="Weldign"), credential("b", title="Baking"))
    indexed.settle()
    assert indexed.refs("weldign") == ["a"]
    publish(indexed, credential("a", title="Welding"))
    indexed.settle()
    assert indexed.refs("welding") == ["a"]
    if type(indexed.writer).__name__ == "TantivyWriter":  # Meilisearch forgets words at the next rebuild
        assert indexed.refs("weldign") == ["a"]


def test_a_name_in_a_language_that_is_gone_is_not_suggested(indexed):
    publish(indexed, institution(), credential("a", title={"en": "Welding", "fr": "Soudage"}))
    indexed.settle()
    assert [one.text for one in indexed.finder.suggest("soud", 5)] == ["Soudage"]
    publish(indexed, credential("a", title={"en": "Welding"}))
    indexed.settle()
    assert indexed.finder.suggest("soud", 5) == []
    assert differences(indexed) == []


def test_a_broken_pointer_or_file_is_no_index_and_is_built_anew(opened_engine, request, tmp_path):
    request.param = "tantivy"
    with opened_engine(request) as indexed:
        publish(indexed, institution(), credential("a"))
        indexed.settle()
        folder = Path(indexed.url)
        pointer = folder / "current.json"
        for broken in (b"", b"{", b"[]", b'{"format": 2}', b"null"):
            pointer.write_bytes(broken)
            assert indexed.finder.state() is None
            with pytest.raises(SearchUnavailable):
                indexed.find("x")
            indexed.settle()
            assert indexed.find("credential").total == 1
        (columns,) = (
            folder.glob("generation-*/columns-*.bin")
            if len(list(folder.glob("generation-*"))) == 1
            else [max(folder.glob("generation-*/columns-*.bin"), key=lambda path: path.stat().st_mtime)]
        )
        for broken in (b"", b"nonsense" * 50, columns.read_bytes()[:300]):
            columns.write_bytes(broken)
            indexed.finder = Finder(open_engine(indexed.url, None), SYNONYMS)
            with pytest.raises(SearchUnavailable):
                indexed.find("credential")
        indexed.reindex(is_forced=True)
        assert indexed.find("credential").total == 1
