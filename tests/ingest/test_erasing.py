"""What was erased is gone also from what arrived: files as they came, reports, messages, proposals, drafts."""

import pytest

from catalog.db.engine import open_database
from catalog.db.transactions import read_snapshot, write_transaction
from catalog.errors import StorageError
from catalog.ingest.arrival import Arrival
from catalog.ingest.deciding import release_run
from catalog.ingest.run import ingest
from catalog.ingest.staging import content_digest
from catalog.ingest.submissions import find_submission
from catalog.model.bulk import insert_rows
from catalog.model.tables import DraftRow, LikenessRow
from catalog.publishing.erase import erase
from tests.ingest.fetching.serving import reply
from tests.ingest.publishing_site import Clock, add, count, delivery, found_institution, publishing, pulled


@pytest.fixture
def database(sqlite_url):
    opened = open_database(sqlite_url)
    found_institution(opened)
    yield opened
    opened.dispose()


@pytest.fixture
def clock():
    return Clock()


def sent(database, clock, *names, **source):
    clock.moved(minutes=1)
    report = ingest(Arrival("file.json", delivery(*names, **source).encode()), database, clock)
    assert report.run
    return report


def thing(database, ref):
    with read_snapshot(database) as connection:
        query = "SELECT thing FROM statement WHERE ref = ?"
        return connection.exec_driver_sql(query, (ref,)).scalars().first()


def submission(database, report):
    with read_snapshot(database) as connection:
        return find_submission(connection, report.run)


def is_kept(database, report):
    with read_snapshot(database) as connection:
        query = "SELECT count(*) FROM staged WHERE hash = ?"
        kept = connection.exec_driver_sql(query, (find_submission(connection, report.run).hash,)).scalar_one()
    return bool(kept)


def test_files_and_reports_of_every_source_that_spoke_of_it_are_removed(database, clock):
    first = sent(database, clock, "Welding")
    later = sent(database, clock, "Baking")
    strange = sent(database, clock, "Sewing", key="other/feed", name="Other")
    erase(database, thing(database, "welding"), clock)
    assert [is_kept(database, one) for one in (first, later, strange)] == [False, False, True]
    assert [submission(database, one).report is None for one in (first, later, strange)] == [True, True, False]
    assert submission(database, first).hash == content_digest(delivery("Welding").encode()), "the hash stays"
    assert submission(database, first).state == "PUBLISHED"


def test_also_of_one_that_takes_it_back_and_of_deliveries_that_were_refused(database, clock):
    sent(database, clock, "Welding", complete=True)
    refused = sent(database, clock, "Welding", "Welding ", complete=True)
    gone = sent(database, clock, "Baking", complete=True)
    assert (refused.state, gone.applied.withdrawn) == ("REFUSED", 1)
    erase(database, thing(database, "welding"), clock)
    assert [is_kept(database, one) for one in (refused, gone)] == [False, False]
    assert submission(database, refused).report is None


def test_a_file_that_another_source_sent_too_goes_with_them(database, clock):
    name = delivery("Welding").encode()
    sent(database, clock, "Welding")
    with write_transaction(database) as connection:
        connection.exec_driver_sql("UPDATE submission SET source = 'other/feed'")
    assert ingest(Arrival("same.json", name), database, clock).state == "UNCHANGED"
    erase(database, thing(database, "welding"), clock)
    assert count(database, "staged") == 0
    with read_snapshot(database) as connection:
        told = connection.exec_driver_sql("SELECT report IS NULL FROM submission ORDER BY source").scalars().all()
    assert told == [0, 1], "what is said of the other source's own delivery is its own"


def test_what_waited_for_a_person_has_to_be_sent_again(database, clock):
    sent(database, clock, *(f"C{number}" for number in range(9)), complete=True)
    held = sent(database, clock, "C0", complete=True)
    assert held.is_held
    erase(database, thing(database, "c5"), clock)
    with pytest.raises(StorageError) as refused:
        release_run(database, held.run, clock, may_break=False, most_bytes=1_000)
    assert refused.value.code == "STAGED_MISSING"


def test_what_the_history_of_a_feed_says_of_it_is_removed(database, clock):
    with publishing({"/feed.json": reply(delivery("Welding"))}) as server:
        add(database, server)
        pulled(database, server, clock)
        clock.moved(hours=1)
        server.paths["/feed.json"] = reply(delivery("Welding").replace('"COURSE"', '"Welding for all"'))
        assert pulled(database, server, clock).state == "REFUSED"
    with read_snapshot(database) as connection:
        messages = connection.exec_driver_sql("SELECT message FROM pull").scalars().all()
    assert any("welding" in (one or "") for one in messages), messages
    erase(database, thing(database, "welding"), clock)
    with read_snapshot(database) as connection:
        assert connection.exec_driver_sql("SELECT message FROM pull").scalars().all() == [None, None]
        assert connection.exec_driver_sql("SELECT count(*) FROM pull WHERE submission IS NOT NULL").scalar_one() == 2


def test_proposals_and_drafts_about_it_are_removed_and_others_are_not(database, clock):
    sent(database, clock, "Welding", "Baking", "Sewing")
    one, other, third = (thing(database, ref) for ref in ("welding", "baking", "sewing"))
    plain = {"score": 0.9, "reasons": [], "state": "PROPOSED", "titles": "x", "proposed_at": clock()}
    draft = {
        "owner": "uni/feed", "type": "credential", "base_version": None, "record_format": "record/1", "record": {},
        "state": "ROLLED_OVER", "created_at": clock(), "updated_at": clock(),
    }  # fmt: skip
    with write_transaction(database) as connection:
        pairs = [(one, other), (third, one), (other, third)]
        insert_rows(connection, LikenessRow, [{"one": a, "other": b, **plain} for a, b in pairs])
        insert_rows(connection, DraftRow, [{"id": about, "thing": about, **draft} for about in (one, other)])
    erase(database, one, clock)
    with read_snapshot(database) as connection:
        assert connection.exec_driver_sql("SELECT one, other FROM likeness").all() == [(other, third)]
        assert connection.exec_driver_sql("SELECT thing FROM draft").scalars().all() == [other]
