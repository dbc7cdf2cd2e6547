"""A call in batches ends exactly where the same call at once ends, and is seen at once."""

import threading

import pytest

from catalog.db.engine import open_database
from catalog.db.transactions import read_snapshot, write_transaction
from catalog.errors import RecordsRejected, StorageError
from catalog.ingest.formats import read_delivery
from catalog.model.reading.delivery import Told
from catalog.model.state import lock_state, read_state
from catalog.model.vocabulary import RecordType
from catalog.publishing import batches as large
from catalog.publishing.apply import apply_records
from catalog.publishing.batches import apply_batches
from catalog.publishing.check import check
from catalog.publishing.manner import Manner
from tests.conftest import NOW
from tests.publishing.contents import contents
from tests.records import credential, institution, source
from tests.served import SEED


def clock():
    return NOW


def in_batches(records, size):
    numbered = list(enumerate(records, start=1))
    return lambda: (numbered[start : start + size] for start in range(0, len(numbered), size))


def publish(database, records, own=None, size=2, **more):
    return apply_batches(database, in_batches(records, size), own or source(), clock, **more)


def codes(error):
    return [(issue.code, issue.row) for issue in error.value.issues]


def holds(*refs):
    return [{"kind": "PREREQUISITE", "rule": {"all": [{"holds": f"uni/{ref}"} for ref in refs]}}]


@pytest.fixture
def opening():
    """Opens databases, and closes them after the test."""
    opened = []

    def opens(url):
        opened.append(open_database(url))
        return opened[-1]

    yield opens
    for one in opened:
        one.dispose()


def test_the_seed_in_batches_of_seven_is_the_seed(sqlite_url, sqlite_seeded_url, opening):
    database, whole = opening(sqlite_url), opening(sqlite_seeded_url)
    for path in SEED:
        delivery = read_delivery(path.read_bytes(), Told())
        applied = publish(database, list(delivery.records), delivery.source, size=7)
        assert applied.records == len(delivery.records)
    assert contents(database) == contents(whole)
    with database.read.connect() as connection:
        assert check(connection) == []
    again = read_delivery(SEED[-1].read_bytes(), Told())
    before = contents(database)
    assert publish(database, list(again.records), again.source, size=7).revision is None
    assert contents(database) == before


def test_one_revision_and_one_run_for_all_batches(database):
    applied = publish(database, [institution(), *(credential(f"c{n}") for n in range(9))], size=2)
    assert (applied.revision, applied.records, sum(applied.kinds.values())) == (1, 10, 10)
    assert publish(database, [institution(), *(credential(f"c{n}") for n in range(9))], size=3).revision is None


def test_what_refers_to_a_later_batch_waits_for_it(database):
    records = [
        credential("last", requirements=holds("first", "middle"), requirementsStated="LISTED"),
        credential("middle", requirements=holds("first"), requirementsStated="LISTED", components=["uni/last"]),
        institution(),
        credential("first"),
    ]
    assert publish(database, records, size=1).revision == 1
    with database.read.connect() as connection:
        assert check(connection) == []


def test_a_circle_over_batches_is_refused_and_nothing_is_written(database):
    records = [institution(), *(
        credential(ref, requirements=holds(other), requirementsStated="LISTED") for ref, other in (("a", "b"), ("b", "c"), ("c", "a"))
    )]  # fmt: skip
    before = contents(database)
    with pytest.raises(RecordsRejected) as error:
        publish(database, records, size=1)
    assert {code for code, _ in codes(error)} == {"PREREQUISITE_CIRCLE"}
    assert contents(database) == before


def test_every_issue_has_the_number_of_its_record(database):
    records = [institution(), credential("a"), credential("b", provider="nobody"), credential("c"), credential("a", weeks=2),
               credential("d", occupations=["99999"])]  # fmt: skip
    with pytest.raises(RecordsRejected) as error:
        publish(database, records, size=2)
    assert sorted(codes(error), key=str) == sorted(
        [("REFERENCE_UNKNOWN", 3), ("REF_DUPLICATE", 5), ("REFERENCE_UNKNOWN", 6)], key=str
    )
    with pytest.raises(RecordsRejected) as error:
        publish(database, [institution(), credential("a"), credential("other", slug="uni/a")], size=1)
    assert ("THING_SHARED", 3) in codes(error)


def test_absence_withdraws_only_when_all_batches_are_there(database):
    own = source(complete=True)
    publish(database, [institution(), *(credential(f"c{n}") for n in range(6))], own)
    applied = publish(database, [institution(), *(credential(f"c{n}") for n in range(4))], own, size=1)
    assert (applied.withdrawn, applied.kinds) == (2, {"WITHDRAWN": 2})
    spared = Manner(spared=[(RecordType.CREDENTIAL, "c3")])
    kept = publish(database, [institution(), *(credential(f"c{n}") for n in range(3))], own, size=1, manner=spared)
    assert kept.withdrawn == 0
    gone = Manner(gone=[(RecordType.CREDENTIAL, "c0")])
    marked = publish(database, [institution(), credential("c1")], source(), size=1, manner=gone)
    assert marked.withdrawn == 1


def test_a_dry_run_says_what_would_be_and_writes_nothing(database):
    before = contents(database)
    applied = publish(database, [institution(), credential("a")], size=1, dry_run=True)
    assert (applied.revision, applied.kinds) == (None, {"CREATED": 2})
    assert contents(database) == before


def test_a_guard_that_says_no_leaves_nothing(database):
    before = contents(database)

    def refuse(_connection, plan):
        raise StorageError(f"no: {plan.records}", code="WRITE_BUSY")

    with pytest.raises(StorageError, match="no: 2"):
        publish(database, [institution(), credential("a")], size=1, manner=Manner(guard=refuse))
    assert contents(database) == before


def test_on_sqlite_another_writer_is_told_after_a_second_when_to_come_back(sqlite_url, opening):
    database = opening(sqlite_url)
    with write_transaction(database) as connection:
        lock_state(connection)
        with pytest.raises(StorageError) as error:
            apply_records(opening(sqlite_url), [institution()], source(key="test/other"), clock)
    assert (error.value.code, error.value.details["retry_after_seconds"]) == ("WRITE_BUSY", 5)


class Meanwhile:
    """Lets another publisher commit while a run in batches is under way on PostgreSQL."""

    def __init__(self, url, monkeypatch, records, own):
        self.waited = None
        written = large.write_content
        begun = threading.Event()

        def write(connection, plan, *rest, **more):
            written(connection, plan, *rest, **more)
            if not begun.is_set():
                begun.set()
                other = open_database(url)
                self.applied = apply_records(other, records, own, clock)
                other.dispose()

        monkeypatch.setattr(large, "write_content", write)


def test_on_postgresql_others_write_meanwhile_and_nobody_sees_half_a_run(postgres_url, monkeypatch, opening):
    database = opening(postgres_url)
    seen = []

    def also(_connection, _applied):
        with read_snapshot(database) as connection:
            seen.append(read_state(connection).revision)

    other = Meanwhile(postgres_url, monkeypatch, [institution("college")], source(key="test/other"))
    applied = publish(database, [institution(), *(credential(f"c{n}") for n in range(6))], size=2, also=also)
    assert (other.applied.revision, seen, applied.revision) == (1, [1], 2)
    with database.read.connect() as connection:
        assert check(connection) == []


def test_on_postgresql_a_run_is_made_anew_where_another_changed_what_it_rests_on(postgres_url, monkeypatch, opening):
    database = opening(postgres_url)
    apply_records(database, [institution(), institution("college")], source(key="test/base"), clock)
    campus = {"ref": "main", "name": "Main", "city": "Nelson", "timeZone": "America/Creston"}
    changed = institution(campuses=[campus])
    other = Meanwhile(postgres_url, monkeypatch, [changed], source(key="test/base"))
    runs = [{"ref": "fall", "startsOn": "2027-09-01"}]
    applied = publish(database, [credential(f"c{n}", offerings=runs) for n in range(4)], size=2)
    assert (other.applied.revision, applied.revision) == (2, 3)
    with database.read.connect() as connection:
        assert check(connection) == []  # the runs are in the zone of the campus that came in between
