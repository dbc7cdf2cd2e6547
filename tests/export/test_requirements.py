"""What a credential asks for beforehand keeps its words and its names on the way out."""

import json

import pytest

from catalog.publishing.apply import apply_records
from tests.conftest import NOW
from tests.export.asking import csv_rows, ctdl_records, export, graph
from tests.records import SOURCE, credential, institution

WORDS = "Talk to the office first"


@pytest.fixture
def asking_for(small):
    """A course that asks for another one, and for something said in words; nothing else names the other."""
    rules = [{"kind": "PREREQUISITE", "rule": {"holds": "uni/first"}}, {"kind": "ADMISSION", "rule": {"text": WORDS}}]
    own = credential("own", requirementsStated="LISTED", requirements=rules)
    records = [institution(), credential("first", title="First course"), own]
    assert apply_records(small.database, records, SOURCE, lambda: NOW).revision
    return small


def test_what_a_provider_wrote_is_told(small):
    rule = {"kind": "PREREQUISITE", "rule": {"text": WORDS}, "original": "Grade 12, or talk to us"}
    records = [institution(), credential("own", requirementsStated="LISTED", requirements=[rule])]
    assert apply_records(small.database, records, SOURCE, lambda: NOW).revision
    (row,) = csv_rows(export(small, "csv").data)
    (node,) = graph(export(small, "jsonld").data)[1:]
    (told,) = json.loads(export(small, "json").data)["credentials"][0]["requirements"]
    assert row["requirements"] == node["coursePrerequisites"][0] == told["original"] == "Grade 12, or talk to us"
    assert node["coursePrerequisites"] == ["Grade 12, or talk to us"]


def test_titles_of_what_a_rule_names(asking_for):
    nodes = {one["name"]: one for one in graph(export(asking_for, "jsonld").data)[1:]}
    assert nodes["Credential own"]["coursePrerequisites"] == ["First course", WORDS]
    read = {one.slug: one for one in ctdl_records(export(asking_for, "ctdl.json").data).values()}
    assert any("uni/first" in str(one.rule) for one in read["uni/own"].requirements)


def test_no_condition_of_the_seed_is_a_mere_ellipsis(seed):
    assert '"…"' not in export(seed, "ctdl.json").data.decode()


@pytest.mark.parametrize("ending", ["json", "ndjson"])
def test_words_of_a_rule(asking_for, ending):
    assert WORDS in export(asking_for, ending).data.decode()


def test_a_rule_without_words_of_the_provider_is_said_from_the_rule(asking_for):
    own = {row["slug"]: row for row in csv_rows(export(asking_for, "csv").data)}["uni/own"]
    assert own["requirements"] == f"First course; {WORDS}"
