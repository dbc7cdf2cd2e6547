"""Every format holds exactly what the API lists with the same filter, and says where it comes from."""

import json

import pytest

from catalog.formats.schema_org.rules import CONFORMS_TO, bioschemas_problems, course_list_problems
from tests.conftest import NOW
from tests.export.asking import (
    ENDINGS,
    LICENCE,
    csv_rows,
    ctdl_records,
    export,
    graph,
    ids,
    listed,
    moment,
    offering_ids,
    sheets,
)

FILTERS = [
    {},
    {"kinds": ["MICRO_CREDENTIAL"]},
    {"regions": ["cariboo", "ONLINE"], "includeUnknown": False},
    {"status": ["OPEN"]},
    {"price": {"max": "500"}, "includeUnknown": False},
    {"institutions": ["bcit"]},
    {"hours": {"min": 30}, "themes": ["construction-maintenance"]},
]
NAMED = [one for one in ENDINGS if one != "jsonld"]


@pytest.fixture(scope="module")
def whole(seed):
    """Every ending without a filter, written once."""
    return {ending: export(seed, ending) for ending in ENDINGS}


@pytest.fixture(scope="module")
def api(seed):
    found = [listed(seed, one) for one in FILTERS]
    assert all(0 < len(one) < len(found[0]) for one in found[1:]), "each filter must keep some and leave some"
    return found


@pytest.mark.parametrize("place", range(len(FILTERS)), ids=[str(one) for one in FILTERS])
@pytest.mark.parametrize("ending", ENDINGS)
def test_it_holds_what_the_api_lists(seed, api, ending, place):
    written = export(seed, ending, FILTERS[place])
    expected = [one["id"] for one in api[place]]
    assert written.items.left_out == 0
    assert written.items.exported == len(expected)
    found = ids(ending, written.data)
    assert found == expected


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_filter_that_keeps_nothing_makes_a_whole_file_without_credentials(seed, ending):
    written = export(seed, ending, {"kinds": ["LICENCE"], "institutions": ["bcit"]})
    assert written.items.exported == 0
    assert (graph(written.data) if ending == "ctdl.json" else ids(ending, written.data)) == []


@pytest.mark.parametrize("ending", NAMED)
def test_it_has_the_same_offerings(whole, api, ending):
    shown = [run["id"] for one in api[0] for run in one["offerings"]]
    assert len(shown) > 30
    assert sorted(offering_ids(ending, whole[ending].data)) == sorted(shown)


def test_a_credential_without_offerings_has_one_row(whole, api):
    rows = csv_rows(whole["csv"].data)
    for one in api[0]:
        own = [row for row in rows if row["id"] == one["id"]]
        assert len(own) == max(len(one["offerings"]), 1), one["slug"]
        assert {row["slug"] for row in own} == {one["slug"]}


def test_csv_and_workbook_say_the_same(whole):
    workbook = sheets(whole["xlsx"].data)["Credentials"]
    rows = csv_rows(whole["csv"].data)
    assert len(rows) == len(workbook)
    for row, cells in zip(rows, workbook, strict=True):
        for name, cell in cells.items():
            if isinstance(cell, int | float):
                assert float(row[name]) == cell, (row["slug"], name)
            else:
                assert row[name] in (cell, f"'{cell}"), (row["slug"], name)
    numbers = {name for cells in workbook for name, cell in cells.items() if isinstance(cell, int | float)}
    assert {"credit_value", "stated_hours_min", "weeks_max", "usual_price", "seats"} <= numbers


def test_json_says_of_which_state_and_under_which_licence(seed, whole):
    found = json.loads(whole["json"].data)
    state = seed.data("{ catalog { revision epoch credentials } }")["catalog"]
    about = found["about"]
    assert (about["revision"], about["epoch"], about["licence"]) == (state["revision"], state["epoch"], LICENCE)
    assert (moment(about["at"]), about["what"]) == (NOW, "Credentials")
    assert (found["exported"], found["leftOut"]) == (state["credentials"], 0)
    narrowed = json.loads(export(seed, "json", FILTERS[1]).data)["about"]
    assert narrowed["asked"] == {"filter": FILTERS[1]}


PROVENANCE = "query ($id: ID!) { credential(id: $id) { provenance { field chosen sourceName sourceKind url } } }"


def provenance(seed, one):
    return [own for own in seed.data(PROVENANCE, {"id": one["id"]})["credential"]["provenance"] if own["chosen"]]


def test_every_credential_has_its_sources(seed, whole):
    """The same that the API's provenance names, field by field."""
    credentials = json.loads(whole["json"].data)["credentials"]
    for one in credentials[::10]:
        stated = {}
        for own in provenance(seed, one):
            stated.setdefault((own["sourceName"], own["sourceKind"]), set()).add(own["field"])
        assert {(own["name"], own["kind"]): set(own["states"]) for own in one["sources"]} == stated, one["slug"]
    assert all(one["sources"] for one in credentials)
    assert sum(len(own["pages"]) for one in credentials for own in one["sources"]) > 100


def test_no_address_is_given_that_the_api_keeps_to_itself(seed, whole):
    for one in json.loads(whole["json"].data)["credentials"]:
        if pages := {page for own in one["sources"] for page in own["pages"]}:
            assert pages <= {own["url"] for own in provenance(seed, one)}, one["slug"]


def test_sources_of_the_whole_are_those_of_its_credentials(whole):
    found = json.loads(whole["json"].data)
    counted = {}
    for one in found["credentials"]:
        for own in one["sources"]:
            counted[own["name"]] = counted.get(own["name"], 0) + 1
    assert {one["name"]: one["count"] for one in found["sources"]} == counted
    workbook = sheets(whole["xlsx"].data)
    assert {one["source"]: one["records"] for one in workbook["Sources"]} == counted
    about = {one["what"]: one["value"] for one in workbook["About"]}
    assert (about["licence"], about["exported"], about["left out"]) == (LICENCE, len(found["credentials"]), 0)
    assert about["revision"] == found["about"]["revision"]


def test_every_line_and_every_row_stands_for_itself(whole):
    about = json.loads(whole["json"].data)["about"]
    state = {name: about[name] for name in ("revision", "epoch", "at")}
    lines = [json.loads(line) for line in whole["ndjson"].data.splitlines()]
    assert all(one["catalogue"] == state and one["licence"] == LICENCE and one["sources"] for one in lines)
    assert all(row["sources"] for row in csv_rows(whole["csv"].data))


def test_without_a_licence_it_says_that_none_is_stated(seed):
    assert json.loads(export(seed, "json", licence=None).data)["about"]["licence"].startswith("Not stated")
    assert graph(export(seed, "jsonld", licence=None).data)[0]["license"].startswith("Not stated")


def test_schema_org_is_a_dataset_and_courses_that_meet_what_they_claim(seed, whole):
    context = json.loads(whole["jsonld"].data)["@context"]
    dataset, *nodes = graph(whole["jsonld"].data)
    assert (context, dataset["@type"], dataset["license"]) == ("https://schema.org", "Dataset", LICENCE)
    assert moment(dataset["dateModified"]) == NOW
    assert f"revision {seed.data('{ catalog { revision } }')['catalog']['revision']}," in dataset["description"]
    claiming = [one for one in nodes if CONFORMS_TO in one]
    assert len(claiming) > 20
    assert [list(bioschemas_problems(one)) for one in claiming] == [[]] * len(claiming)
    courses = [one for one in nodes if one["@type"] == "Course"]
    problems = {problem for one in courses for problem in course_list_problems(one)}
    assert problems <= {"description is missing"}
    assert sum(bool(one.get("isBasedOn")) for one in nodes) > len(nodes) / 2


def test_ctdl_is_read_back_whole(whole):
    """Titles, providers and places; organisations and offerings stand once, whoever names them."""
    read = ctdl_records(whole["ctdl.json"].data)
    for one in json.loads(whole["json"].data)["credentials"]:
        own = read[one["id"]]
        assert (own.slug, own.title, str(own.kind)) == (one["slug"], one["title"], one["kind"])
        assert own.provider == one["provider"]["slug"]
        assert len(own.offerings or ()) == len(one["offerings"]), one["slug"]
    nodes = [one["@id"] for one in graph(whole["ctdl.json"].data)]
    assert len(nodes) == len(set(nodes))
