"""What is published while a file is written does not appear in it."""

import csv
import io
import json
import zipfile

import pytest

from catalog.publishing.apply import apply_records
from tests.conftest import NOW
from tests.export.asking import ENDINGS, bundle, csv_rows, export, ids, listed, offering_ids, sheets
from tests.records import credential, institution, source

WHOLE = source(complete=True)
SLUGS = [f"uni/c{number}" for number in range(8)]
RUN = {"ref": "fall", "seats": 5}


def things(title, numbers):
    return [institution(), *(credential(f"c{one}", title=f"{title} {one}", offerings=[RUN]) for one in numbers)]


def publish(served, title, numbers):
    assert apply_records(served.database, things(title, numbers), WHOLE, lambda: NOW).revision


@pytest.fixture
def changing(small, monkeypatch):
    """A catalogue in which everything changes when a file is half written: titles, new ones, withdrawn ones."""
    monkeypatch.setattr("catalog.export.items.TOGETHER", 3)
    monkeypatch.setattr("catalog.export.items.PAGE", 4)
    publish(small, "Before", range(8))
    looks = []

    def check():
        looks.append(1)
        if len(looks) == 2:
            publish(small, "After", range(2, 12))

    return small, check, looks


@pytest.mark.parametrize("ending", ENDINGS)
def test_credentials(changing, ending):
    served, check, looks = changing
    before = [one["id"] for one in listed(served)]
    written = export(served, ending, check=check)
    assert len(looks) == 4, "pages of four, read three at a time"
    assert ids(ending, written.data) == before
    text = str(sheets(written.data)) if ending == "xlsx" else written.data.decode()
    assert ("Before 7" in text, "After" in text) == (True, False)
    later = export(served, ending)
    assert ids(ending, later.data) == [one["id"] for one in listed(served)] != before
    assert (written.items.exported, later.items.exported) == (8, 10)


def test_about_is_of_the_same_revision(changing):
    served, check, _ = changing
    assert json.loads(export(served, "json", check=check).data)["about"]["revision"] == 1
    assert json.loads(export(served, "json").data)["about"]["revision"] == 2


def test_the_bundle_whose_files_are_read_one_after_the_other(changing):
    served, check, _ = changing
    with zipfile.ZipFile(io.BytesIO(bundle(served, check))) as archive:
        tables = {name: list(csv.DictReader(io.StringIO(archive.read(name).decode()))) for name in archive.namelist()[:3]}
        records = [json.loads(line) for line in archive.read("credentials.ndjson").splitlines()]
        version = json.loads(archive.read("datapackage.json"))["version"]
    assert [one["slug"] for one in tables["credentials.csv"]] == [one["slug"] for one in records] == SLUGS
    assert [one["credential_slug"] for one in tables["offerings.csv"]] == SLUGS
    assert {one["title"]["en"].split()[0] for one in records} == {"Before"}
    assert version == "1"


def test_a_cancelled_offering_is_told_as_such(small):
    """The tables say it; CTDL has no word for it, and leaves it out."""
    runs = [RUN, {"ref": "spring", "run": "CANCELLED"}]
    apply_records(small.database, [institution(), credential("a", offerings=runs)], WHOLE, lambda: NOW)
    rows = {one["offering_ref"]: one for one in csv_rows(export(small, "csv").data)}
    assert {ref: one["run"] for ref, one in rows.items()} == {"fall": None, "spring": "CANCELLED"}
    assert len(offering_ids("json", export(small, "json").data)) == 2
    assert offering_ids("ctdl.json", export(small, "ctdl.json").data) == [rows["fall"]["offering_id"]]
