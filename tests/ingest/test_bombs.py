"""Files made to take all time or all memory: each is refused within a second, or read in at most 200 MB.

They are read in processes of their own, so that what one takes is not there already for the next.
"""

import json
import subprocess
import sys

import pytest

from catalog.ingest.arrival import Arrival, Handling
from catalog.ingest.run import ingest, ingest_file
from catalog.ingest.submissions import SubmissionState
from tests.conftest import NOW
from tests.ingest.bombs.running import Cost, chosen
from tests.served import ROOT

SECOND, MEGABYTES = 1.0, 200
SLACK = 2
"""How much longer a processor may take that others use, too."""
HEAVY = {"64 MB: half letters in JSON": 4.0, "64 MB: escaped letters in JSON": 4.0, "64 MB: backslashes in JSON": 3.0}
"""Files at the limit of size with nothing but escapes in them: what they may take in seconds."""
NO_ERRORS = {
    "deep objects in a cell of a stranger",  # it is the title, and is cut
}


@pytest.fixture(scope="module")
def costs():
    command = [sys.executable, "-m", "tests.ingest.bombs.running"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=600)
    return {cost.name: cost for cost in (Cost(**json.loads(line)) for line in done.stdout.splitlines())}


def test_every_bomb_was_read(costs):
    assert sorted(costs) == sorted(chosen())
    assert {name: cost.crash for name, cost in costs.items() if cost.crash} == {}


def test_each_is_refused_within_a_second_or_read_in_200_megabytes(costs):
    over = {
        name: (cost.seconds, cost.megabytes)
        for name, cost in costs.items()
        if cost.seconds > HEAVY.get(name, SECOND) * SLACK and cost.megabytes > MEGABYTES
    }
    assert over == {}


def test_none_takes_much_time_or_memory(costs):
    assert {name: cost.seconds for name, cost in costs.items() if cost.seconds > 10 * SLACK} == {}
    assert {name: cost.megabytes for name, cost in costs.items() if cost.megabytes > 350} == {}


def test_each_is_refused_with_a_code(costs):
    assert {name for name, cost in costs.items() if not cost.codes} == NO_ERRORS


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("billion laughs", "XML_DTD_FORBIDDEN"),
        ("quadratic entities, UTF-16", "XML_DTD_FORBIDDEN"),
        ("external entity", "XML_DTD_FORBIDDEN"),
        ("external type", "XML_DTD_FORBIDDEN"),
        ("laughs in a sheet", "XML_DTD_FORBIDDEN"),
        ("laughs in texts, UTF-16", "XML_DTD_FORBIDDEN"),
        ("deep lists", "JSON_INVALID"),
        ("deep objects", "JSON_INVALID"),
        ("a zip of 10 GB of zeros as a sheet", "FILE_TOO_LARGE"),
        ("390 MB of empty rows, badly packed", "FILE_TOO_LARGE"),
        ("64 MB: braces", "FILE_TOO_LARGE"),
        ("64 MB: elements", "FORMAT_UNKNOWN"),
        ("64 MB: commas", "ROWS_EMPTY"),
        ("64 MB: spaces", "FILE_EMPTY"),
        ("64 MB: one ref", "ROWS_TOO_MANY"),
        ("64 MB: one row", "ROW_TOO_LONG"),
        ("64 MB: text in a course", "ITEM_TOO_LARGE"),
        ("64 MB: deep elements of a page", "FILE_TOO_LARGE"),
        ("gzip", "FORMAT_UNKNOWN"),
        ("PDF", "FORMAT_UNKNOWN"),
    ],
)
def test_what_is_wrong_is_said_as_what_it_is(costs, word, code):
    assert costs[word].codes == [code]


def test_a_line_of_a_gigabyte_is_refused_unread(tmp_path):
    path = tmp_path / "line.csv"
    with path.open("wb") as file:
        file.write(b"ref,title\n1,")
        file.truncate(1_000_000_000)  # sparse: nothing is written
    report = ingest_file(path, None, lambda: NOW, largest_bytes=1_000_000)
    assert (report.state, [one.code for one in report.issues]) == (SubmissionState.REFUSED, ["FILE_TOO_LARGE"])


def test_what_is_too_large_is_not_even_kept():
    handling = Handling(most_bytes=10)
    assert ingest(Arrival("a", b"x" * 11), None, lambda: NOW, handling).issues[0].code == "FILE_TOO_LARGE"
