"""A delivery that is too large for memory: kept in a file, published in batches, with the same report and the same result."""

import csv
import io

import pytest

from catalog.db.engine import open_database
from catalog.formats.template.write import write_rows
from catalog.formats.template.write_plain import flatten, write_csv
from catalog.ingest import publish
from catalog.ingest.arrival import Arrival, Handling, OnError
from catalog.ingest.deciding import roll_back_run
from catalog.ingest.run import ingest
from catalog.ingest.submissions import SubmissionState
from catalog.model.reading import held
from catalog.model.record import content
from catalog.publishing.apply import apply_records
from catalog.publishing.check import check
from tests.conftest import NOW
from tests.publishing.contents import contents
from tests.records import credential, institution, source

COUNT = 60
OWN = source(key="test/csv", owner="uni")


def clock():
    return NOW


@pytest.fixture
def small(monkeypatch):
    """Ten records are many."""
    monkeypatch.setattr(held, "MOST_HERE", 10)
    monkeypatch.setattr(publish, "BATCH", 7)


def table(count=COUNT, **fields):
    made = [credential(f"c{n}", skills=[{"label": f"skill {n % 5}"}], offerings=[{"ref": "fall", "seats": 10 + n}], **fields)
            for n in range(count)]  # fmt: skip
    return write_csv(flatten(write_rows([content(one) for one in made], "en")))


def send(database, data, own=OWN, **more):
    return ingest(Arrival("large.csv", data, own), database, clock, Handling(**more))


def test_it_ends_where_the_same_delivery_ends_at_once(sqlite_url, tmp_path, small, monkeypatch):
    databases = [open_database(sqlite_url), open_database(f"sqlite:///{tmp_path}/other.db")]
    import shutil

    shutil.copy(sqlite_url.removeprefix("sqlite:///"), tmp_path / "other.db")
    reports = []
    for database, most in zip(databases, (10, 10_000), strict=True):
        monkeypatch.setattr(held, "MOST_HERE", most)
        apply_records(database, [institution()], source(), clock)
        reports.append([send(database, table()), send(database, table(weeks=3)), send(database, table(weeks=3))])
    large, whole = reports
    assert contents(databases[0]) == contents(databases[1])
    assert [one.state for one in large] == [one.state for one in whole] == ["PUBLISHED", "PUBLISHED", "UNCHANGED"]
    assert [one.issues for one in large] == [one.issues for one in whole]
    assert [one.differences for one in large] == [one.differences for one in whole]
    assert [one.applied.kinds for one in large] == [one.applied.kinds for one in whole]
    for database in databases:
        with database.read.connect() as connection:
            assert check(connection) == []
        database.dispose()


def test_issues_name_the_line_and_nothing_is_written(database, small):
    apply_records(database, [institution()], source(), clock)
    before = contents(database)
    rows = list(csv.DictReader(io.StringIO(table().decode("utf-8-sig"))))
    rows[33]["provider"], rows[40]["provider"] = "noone", "nobody"
    data = _written(rows)
    report = send(database, data)
    assert report.state is SubmissionState.REFUSED
    assert [(one.code, one.place) for one in report.issues if one.severity == "ERROR"] == [
        ("REFERENCE_UNKNOWN", "line 35"),
        ("REFERENCE_UNKNOWN", "line 42"),
    ]
    assert contents(database) == before
    partly = send(database, data, on_error=OnError.REJECT_FAILED)
    assert (partly.state, len(partly.rejected_rows), partly.applied.records) == ("PUBLISHED", 2, COUNT - 2)
    given_back = list(csv.DictReader(io.StringIO(partly.rejected.decode("utf-8-sig"))))
    assert [row["ref"] for row in given_back] == ["c33", "c40"]


def test_a_large_step_is_held_and_a_large_run_can_be_rolled_back(database, small):
    apply_records(database, [institution()], source(), clock)
    own = OWN.model_copy(update={"complete": True})
    first = send(database, table(), own)
    before = contents(database)
    held_run = send(database, table(COUNT - 20), own)
    assert held_run.state is SubmissionState.HELD
    assert contents(database) == before
    again = send(database, table(weeks=4), own)
    assert again.state is SubmissionState.PUBLISHED
    assert roll_back_run(database, again.run, clock).kinds == {"UPDATED": COUNT}
    assert first.applied.kinds == {"CREATED": COUNT + 5}


def test_a_dry_run_writes_nothing(database, small):
    apply_records(database, [institution()], source(), clock)
    before = contents(database)
    report = send(database, table(), dry_run=True)
    assert (report.applied.revision, report.applied.kinds) == (None, {"CREATED": COUNT + 5})
    assert contents(database) == before


def _written(rows):
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()
