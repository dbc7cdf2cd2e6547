"""What seed/ carries, and what becomes of it when it is published."""

from collections import Counter

from catalog.ingest.formats import read_delivery
from catalog.ingest.run import ingest_file
from catalog.model.reading.delivery import NOTHING_TOLD
from catalog.publishing.check import check
from tests.conftest import NOW
from tests.seed.facts import seed_records
from tests.served import SEED


def test_every_file_reads_without_an_issue():
    for path in SEED:
        assert read_delivery(path.read_bytes(), NOTHING_TOLD).issues == [], path.name


def test_how_much_of_each_type():
    counts = Counter(record["type"] for _, record in seed_records())
    assert counts["institution"] == 80
    assert counts["region"] == 8 + 29 + 1
    assert (counts["sector"], counts["theme"], counts["demand"]) == (18, 5, 151)
    assert (counts["pathway"], counts["recognition"], counts["equivalence"]) == (51, 44, 2)
    assert (counts["menu"], counts["fundingProgram"], counts["fundingAward"]) == (2, 2, 15)


def test_only_what_is_composed_by_us_is_an_illustration():
    made_up = [record["ref"] for _, record in seed_records() if record.get("illustration")]
    assert made_up == ["clean-building"]


def test_seeding_again_writes_nothing_and_nothing_is_inconsistent(seeded):
    with seeded.database.read.connect() as connection:
        assert check(connection) == []
    before = seeded.data("{ catalog { revision credentials offerings institutions pathways menus } }")["catalog"]
    assert before == {
        "revision": len(SEED), "credentials": 206, "offerings": 92, "institutions": 74, "pathways": 51, "menus": 2,
    }  # fmt: skip
    for path in SEED:
        report = ingest_file(path, seeded.database, lambda: NOW, largest_bytes=10_000_000)
        assert report.applied.revision is None, path.name
        assert (report.issues, report.applied.kinds) == ((), {}), path.name
    assert seeded.data("{ catalog { revision } }")["catalog"]["revision"] == before["revision"]
