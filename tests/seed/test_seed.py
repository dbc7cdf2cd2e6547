"""What seed/ carries: real things, each with its source, and nothing that the facts do not say."""

import json
from pathlib import Path

import pytest

from catalog.formats.record_json.read import read_ingest_file
from tests.served import SEED

FACTS = Path(__file__).parents[3] / "shared" / "facts"


@pytest.fixture(scope="module")
def records():
    return [(path.name, record) for path in SEED for record in json.loads(path.read_text(encoding="utf-8"))["records"]]


def test_every_file_reads_without_an_issue():
    for path in SEED:
        assert read_ingest_file(path.read_bytes()).issues == [], path.name


def test_at_least_ten_real_credentials(records):
    credentials = {record["slug"] for _, record in records if record["type"] == "credential"}
    assert len(credentials) == 20
    assert "alacrity-canada/digital-marketing-bootcamp" in credentials


def test_no_record_without_a_source(records):
    for name, record in records:
        assert any(note.get("url") for notes in record["sources"].values() for note in notes), (name, record["ref"])


def test_no_illustration_and_no_coordinate_is_passed_off_as_real(records):
    for name, record in records:
        assert not record.get("illustration"), name
        assert all("latitude" not in campus for campus in record.get("campuses", [])), name


def test_numbers_are_those_of_the_facts(records):
    """Hours, weeks, seats and start dates of the seed occur in the facts about the same provider."""
    if not FACTS.exists():
        pytest.skip(f"{FACTS} is not here: the facts are held elsewhere")
    facts = json.loads((FACTS / "offerings.json").read_text(encoding="utf-8"))
    by_title = {}
    for fact in facts:
        by_title.setdefault(fact["title"].split(" (summer")[0].split(" (pilot")[0], []).append(fact)
    compared = 0
    for _, record in records:
        if record["type"] != "credential" or "title" not in record:
            continue
        own = by_title[record["title"]]
        text = json.dumps(own)
        if "statedHours" in record:
            assert record["statedHours"] in [fact["hours"] for fact in own], record["ref"]
            compared += 1
        for offering in record.get("offerings", []):
            start = offering.get("startsOn")
            if isinstance(start, str):
                assert start in text, (record["ref"], start)
                compared += 1
            elif start and "text" in start:
                assert start["text"] in text, (record["ref"], start)
        for skill in record.get("skills", []):
            assert skill["label"] in text, (record["ref"], skill)
            compared += 1
    assert compared > 30
