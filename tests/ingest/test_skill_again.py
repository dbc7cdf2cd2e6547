"""A delivery that was rolled back can be sent again, also where it alone had named a skill."""

import json

from catalog.db.transactions import read_snapshot
from catalog.ingest.arrival import Arrival
from catalog.ingest.deciding import roll_back_run
from catalog.ingest.run import ingest
from catalog.model.record import RECORD_FORMAT
from catalog.publishing.check import check

SOURCE = {"key": "test/uni", "name": "Test University feed", "kind": "PROVIDER"}
RECORDS = [
    {"type": "institution", "ref": "uni", "slug": "uni", "name": "University", "kind": "PUBLIC_UNIVERSITY"},
    {
        "type": "credential",
        "ref": "a",
        "slug": "uni/a",
        "provider": "uni",
        "title": "A",
        "kind": "MICRO_CREDENTIAL",
        "skills": [{"label": "Welding"}],
    },
]


def test_a_delivery_that_was_rolled_back_can_be_sent_again_with_its_skill(database, clock):
    data = json.dumps({"format": RECORD_FORMAT, "source": SOURCE, "records": RECORDS}).encode()
    first = ingest(Arrival("a.json", data), database, clock)
    assert str(first.state) == "PUBLISHED"
    roll_back_run(database, first.run, clock)
    again = ingest(Arrival("a.json", data), database, clock)
    assert (str(again.state), again.issues) == ("PUBLISHED", ())
    with read_snapshot(database) as connection:
        assert check(connection) == []
