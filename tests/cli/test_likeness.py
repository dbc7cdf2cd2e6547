"""`catalog likeness`: what may be the same, in words, and what a person says of it."""

import pytest

from catalog.db.engine import open_database
from catalog.publishing.apply import apply_records
from tests.commands import run
from tests.conftest import NOW
from tests.ingest.likenesses import followed
from tests.processes import environment
from tests.records import SOURCE, credential, institution

BY = ["--by", "Articulation office"]


@pytest.fixture
def catalog(sqlite_url, tmp_path):
    database = open_database(sqlite_url)
    skills = [{"label": "batteries"}, {"label": "high voltage"}]
    records = [
        *map(institution, ("one", "two", "three")),
        credential(
            "a", slug="one/ev", provider="one", title="Electric Vehicle (EV) Maintenance", statedHours=40, skills=skills
        ),
        credential("b", slug="two/ev", provider="two", title="Electric vehicle maintenance", statedHours=60, skills=skills),
        credential("c", slug="three/ev", provider="three", title="Electric Vehicle Maintenance", kind="COURSE"),
    ]
    apply_records(database, records, SOURCE, lambda: NOW)
    followed(database)
    database.dispose()
    env = environment(sqlite_url, tmp_path) | {"CATALOG_NOW": NOW.isoformat()}
    return lambda *arguments, expect=0: run(["likeness", *arguments], env, tmp_path, expect=expect)


def test_the_list_says_score_and_reasons(catalog):
    done = catalog("list")
    lines = done.stdout.splitlines()
    pair = lines[0].split("  ")[1].split(" = ")
    assert (lines[0][:4], sorted(pair), len(lines), done.stderr) == ("0.88", ["one/ev", "two/ev"], 6, "")
    hours = "40 and 60" if pair[0] == "one/ev" else "60 and 40"
    assert lines[1].split("; ") == [
        "      the same words in both titles",
        "2 of 2 skills in common",
        f"{hours} hours",
        "both micro credential",
    ]
    assert catalog("list", "--most", "1").stderr == "and 2 more\n"


def test_a_pair_is_shown_with_both_listings(catalog):
    shown = catalog("show", "two/ev", "one/ev").stdout
    assert "one/ev: Electric Vehicle (EV) Maintenance\n  provider: Institution one\n  kind: MICRO_CREDENTIAL\n" in shown
    assert "  statedHours: 60\n" in shown or "  statedHours: 60 to 60\n" in shown
    assert "  0.53 x 0.14  HOURS_DIFFER: " in shown
    assert "proposed on 2026-11-23\n" in shown


def test_accept_reject_and_what_is_left(catalog):
    assert "one/ev = two/ev: 1 created\n" in catalog("accept", "one/ev", "two/ev", *BY, "--dry-run").stdout
    accepted = catalog("accept", "one/ev", "two/ev", *BY).stdout
    assert accepted.startswith("one/ev = two/ev: 1 created at revision 2\nto take it back: catalog ingest rollback ")
    assert catalog("reject", "three/ev", "one/ev", *BY).stdout == "three/ev and one/ev are not the same\n"
    assert "rejected by Articulation office on 2026-11-23" in catalog("list", "--state", "rejected").stdout
    assert "accepted by Articulation office on 2026-11-23" in catalog("list", "--state", "accepted").stdout
    left = catalog("list")
    assert len(left.stdout.splitlines()) == 2
    assert left.stderr == "the worker has not compared everything yet; `catalog work` does\n"
    assert "LIKENESS_REJECTED" in catalog("accept", "three/ev", "two/ev", *BY, expect=2).stderr


WRONG = [
    (["accept", "one/ev", "nobody/ev", *BY], "LIKENESS_UNKNOWN", 2),
    (["accept", "one/ev", *BY], "ARGUMENT_INVALID", 2),
    (["accept", "one/ev", "one/ev", *BY], "ARGUMENT_INVALID", 2),
    (["accept", "one/ev", "two/ev"], "Missing option", 2),
    (["accept", "one/ev", "two/ev", "--by", "someone@example.org"], "ARGUMENT_INVALID", 2),
    (["reject", "one/ev", "two/ev", "--by", " "], "ARGUMENT_INVALID", 2),
    (["show", "one/ev", "nobody/ev"], "LIKENESS_UNKNOWN", 2),
    (["list", "--state", "perhaps"], "Invalid value", 2),
]


@pytest.mark.parametrize(("arguments", "said", "code"), WRONG)
def test_what_is_called_wrongly(catalog, arguments, said, code):
    assert said in catalog(*arguments, expect=code).stderr


def test_nothing_to_decide(catalog):
    assert catalog("list", "--state", "rejected").stderr == "nothing is rejected\n"
