"""A build that is broken on purpose is caught by the very checks that find nothing in ours."""

import pytest

from tests.ingest.killed.failpoints import POINTS
from tests.ingest.killed.killing import ROLLBACK_STEP, SOURCE, Build, kill_at_point
from tests.ingest.killed.sabotage import SABOTAGES
from tests.ingest.killed.ways import PLAIN

CAUGHT = [
    ("commit_row_first", "after things", {"SUBMISSION_STATE", "RUN_HALF", "CHANGES", "STATE", "DONE"}),
    ("statements_early", "after things", {"catalogue: COMMIT_MISSING", "COMMIT_UNKNOWN", "STATE"}),
    ("half_of_the_documents_early", "after changes", {"catalogue: COMMIT_MISSING", "STATE"}),
    ("number_apart", "between number and commit row", {"catalogue: REVISION_GAP", "NUMBERING"}),
    ("staged_after_apply", "after planning", {"RECEIVED"}),
    ("staged_after_apply", "just after COMMIT", {"SUBMISSION_MISSING"}),
    ("ended_apart", "after the delivery's end", {"SUBMISSION_STATE", "STEPS"}),
    ("replaced_later", "after statements", {"STATED_TWICE", "COMMIT_UNKNOWN", "STATE"}),
]
SEEN = ["commit_row_first", "replaced_later", "half_of_the_documents_early"]


def codes(found):
    return {code for line in found for code in (line.split(": ")[0], ": ".join(line.split(": ")[:2]))}


@pytest.mark.parametrize(
    ("url", "sabotage", "point", "expected"),
    [("sqlite", *one) for one in CAUGHT] + [("postgresql", *one) for one in CAUGHT[2:4]],
    indirect=["url"],
)
def test_a_killed_broken_build_is_caught(nursery, url, undisturbed, sabotage, point, expected):
    reference = undisturbed(SOURCE, ROLLBACK_STEP, PLAIN)
    found = kill_at_point(nursery, url, reference, Build(sabotage=sabotage), POINTS[point])
    assert expected - codes(found) == set(), found


@pytest.mark.parametrize(
    ("url", "sabotage"),
    [("sqlite", SEEN[0]), ("sqlite", SEEN[1]), ("postgresql", SEEN[2])],
    indirect=["url"],
)
def test_a_reader_sees_the_halves_of_a_broken_build_that_nobody_kills(nursery, url, tmp_path, sabotage):
    assert follow_writing(nursery, url, tmp_path, sabotage) != []


def test_a_reader_sees_no_halves_of_ours(nursery, url, tmp_path):
    assert follow_writing(nursery, url, tmp_path, None) == []


def follow_writing(nursery, url, folder, sabotage):
    stop = folder / "stop"
    reader = nursery.start("follow", url=url, sources=[SOURCE], stop=str(stop))
    wrote, _ = nursery.wait(nursery.start("write", url=url, source=SOURCE, last=4, sabotage=sabotage))
    assert wrote == 0 or sabotage, nursery.log.read_text()[-3_000:]  # a broken build may trip over its own halves
    stop.touch()
    code, found = nursery.wait(reader)
    assert (code, found["snapshots"] > 3) == (0, True), nursery.log.read_text()[-3_000:]
    return found["found"]


def test_every_sabotage_is_tried():
    assert {sabotage for sabotage, _, _ in CAUGHT} == set(SABOTAGES)
