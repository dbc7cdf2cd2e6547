"""CASE: the items of a framework become skills; how they belong together is counted and left out."""

import json
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog.errors import Severity
from catalog.formats.case.read import FORMAT, read, recognises
from catalog.model.reading.content import Content, ContentRefused, Kind, open_content
from catalog.model.reading.delivery import Told
from catalog.model.record import content
from tests.served import ROOT

SAMPLES = ROOT.parent / "shared" / "samples" / "case"
FIRST, SECOND = "11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222"
DOCUMENT = {"identifier": "33333333-3333-4333-8333-333333333333", "title": "Skills of Welding"}
ITEM = {"identifier": FIRST, "fullStatement": "Weld in every position", "humanCodingScheme": "W.1"}
READ = {
    "type": "skill",
    "ref": FIRST,
    "identifiers": [{"scheme": "case", "value": FIRST}],
    "scheme": "skills-of-welding",
    "code": "W.1",
    "labels": {"en": "Weld in every position"},
}


def opened(value):
    return open_content(json.dumps(value).encode(), Told())


def delivered(value, told=None):
    return read(opened(value), told or Told())


def package(*items, **document):
    return {"CFDocument": DOCUMENT | document, "CFItems": list(items)}


def codes(delivery, severity=None):
    return [one.code for one in delivery.issues if severity in (None, one.severity)]


def only(more, **document):
    """The content of the one record, and the issues as (code, field)."""
    delivery = delivered(package(ITEM | more, **document))
    assert len(delivery.records) == 1, delivery.issues
    return content(delivery.records[0]), [(one.code, one.field) for one in delivery.issues]


def test_an_item_is_a_skill_of_its_framework():
    assert only({}) == (READ, [])


def test_where_items_stand():
    delivery = delivered([package(ITEM), package(ITEM | {"identifier": SECOND}, title="Other")])
    assert (delivery.format, FORMAT) == ("case", "case")
    assert [delivery.places[row] for row in delivery.rows] == ["$[0].CFItems[0]", "$[1].CFItems[0]"]
    assert [content(one)["scheme"] for one in delivery.records] == ["skills-of-welding", "Other"]


def test_without_a_code_of_its_own_it_goes_by_its_identifier():
    got, issues = only({"humanCodingScheme": None})
    assert (got, issues) == (READ | {"code": FIRST}, [])


def test_a_code_with_other_characters_is_kept_as_an_identifier():
    got, issues = only({"humanCodingScheme": "W.1 (b)"})
    human = {"scheme": "human-code", "value": "W.1 (b)"}
    assert (got, issues) == (READ | {"code": FIRST, "identifiers": [*READ["identifiers"], human]}, [])


def test_the_address_is_kept_and_never_asked():
    got, _ = only({"uri": "https://case.example/uri/1"})
    assert got["identifiers"] == [*READ["identifiers"], {"scheme": "url", "value": "https://case.example/uri/1"}]


def test_the_language_is_the_items_else_the_frameworks_else_the_senders():
    assert only({"language": "fr-CA"}, language="de")[0]["labels"] == {"fr-CA": "Weld in every position"}
    assert only({}, language="de")[0]["labels"] == {"de": "Weld in every position"}
    told = delivered(package(ITEM), Told(language="fr"))
    assert content(told.records[0])["labels"] == {"fr": "Weld in every position"}


@pytest.mark.parametrize("wrong", ["Klingonese", 7, ["en"]])
def test_a_language_that_is_none(wrong):
    got, issues = only({"language": wrong}, language="fr")
    assert (got["labels"], issues) == ({"fr": "Weld in every position"}, [("VALUE_UNREADABLE", "language")])


def test_a_long_statement_stands_whole_in_the_description():
    statement = ("Weld " * 100).strip()
    got, issues = only({"fullStatement": statement, "notes": "For example <b>pipes</b>."})
    assert issues == []
    assert got["labels"]["en"] == ("Weld " * 59).strip() + "…"
    assert got["description"] == {"en": f"{statement}\n\nFor example pipes."}


def test_a_statement_too_long_for_everything_is_shortened_and_said_so():
    got, issues = only({"fullStatement": "Weld " * 50_000})
    assert issues == [("TEXT_SHORTENED", "fullStatement")]
    assert len(got["description"]["en"]) <= 20_000


@pytest.mark.parametrize("text", ["Item 𝑑 1", "hən̓q̓əmin̓əm̓ wayfinding", "Tŝilhqot’in", "溶接", "Ölprüfung – ½ ≥ ⅓"])
def test_every_letter_is_kept(text):
    for data in (
        json.dumps(package(ITEM | {"fullStatement": text}), ensure_ascii=False),
        json.dumps(package(ITEM | {"fullStatement": text})),
    ):
        delivery = read(open_content(data.encode(), Told()), Told())
        assert content(delivery.records[0])["labels"] == {"en": text}


def test_the_scheme_is_the_title_so_that_alignments_of_badges_mean_it():
    assert only({}, title="ESCO")[0]["scheme"] == "ESCO"
    assert only({}, title="Framework for the Future, 2nd Ed.")[0]["scheme"] == "framework-for-the-future-2nd-ed"
    assert only({}, title=None)[0]["scheme"] == DOCUMENT["identifier"]
    assert only({}, title="溶接")[0]["scheme"].startswith("n-")
    assert len(only({}, title="Long " * 100)[0]["scheme"]) <= 80


@pytest.mark.parametrize(
    "value",
    [
        ITEM | {"CFDocumentURI": {"title": "Skills of Welding", "identifier": "x", "uri": "https://case.example"}},
        {"CFItem": ITEM | {"CFDocumentURI": {"title": "Skills of Welding"}}, "CFAssociations": []},
        [ITEM | {"CFDocumentURI": {"title": "Skills of Welding"}}],
        {"document": DOCUMENT, "items": [ITEM]},
    ],
)
def test_an_item_may_come_alone(value):
    assert recognises(opened(value))
    assert [content(one) for one in delivered(value).records] == [READ]


def test_an_item_of_no_framework_fails():
    delivery = delivered(ITEM | {"CFDocumentURI": "https://case.example/d"})
    assert (delivery.records, codes(delivery), delivery.issues[0].field) == ([], ["FIELD_MISSING"], "CFDocumentURI")


@pytest.mark.parametrize("wrong", [None, "", "  ", "<br>"])
def test_an_item_without_words_fails(wrong):
    delivery = delivered(package(ITEM | {"fullStatement": wrong}, ITEM | {"identifier": SECOND, "humanCodingScheme": "W.2"}))
    assert [content(one)["ref"] for one in delivery.records] == [SECOND]
    assert [(one.code, one.field, one.place) for one in delivery.issues] == [
        ("FIELD_MISSING", "fullStatement", "$.CFItems[0]")
    ]


def test_an_item_whose_words_are_no_text_fails():
    assert codes(delivered(package(ITEM | {"fullStatement": ["a"]}))) == ["VALUE_UNREADABLE", "FIELD_MISSING"]


@pytest.mark.parametrize("wrong", [None, "", 7, []])
def test_an_item_without_an_identifier_fails(wrong):
    assert codes(delivered(package(ITEM | {"identifier": wrong}))) == ["REF_MISSING"]


def test_older_files_say_sourced_id():
    item = {name: one for name, one in ITEM.items() if name != "identifier"} | {"sourcedId": FIRST}
    assert [content(one) for one in delivered(package(item)).records] == [READ]


def test_an_identifier_with_other_characters():
    got, _ = only({"identifier": "welding/1 é?", "humanCodingScheme": None})
    assert got["ref"] == got["code"]
    assert got["ref"].startswith("welding-1-")
    assert got["identifiers"] == [{"scheme": "case", "value": "welding/1 é?"}]


def test_the_same_item_twice_is_one_and_two_items_of_one_identifier_are_an_error():
    delivery = delivered(package(ITEM, ITEM, ITEM | {"notes": "Other"}))
    assert [content(one) for one in delivery.records] == [READ]
    assert [(one.code, one.place) for one in delivery.issues] == [("REF_DUPLICATE", "$.CFItems[2]")]


def test_items_that_share_a_code_go_by_their_identifiers_whatever_their_order():
    items = [ITEM, ITEM | {"identifier": SECOND, "humanCodingScheme": "w.1", "fullStatement": "Cut"}]
    delivery = delivered(package(*items))
    assert [content(one)["code"] for one in delivery.records] == [FIRST, SECOND]
    assert codes(delivery) == ["CODE_NOT_UNIQUE"]
    turned = delivered(package(*reversed(items)))
    assert {one.ref: content(one) for one in turned.records} == {one.ref: content(one) for one in delivery.records}


def test_frameworks_may_use_the_same_codes():
    other = ITEM | {"identifier": SECOND, "CFDocumentURI": {"title": "Cutting"}}
    delivery = delivered([ITEM | {"CFDocumentURI": {"title": "Welding"}}, other])
    assert [(content(one)["scheme"], content(one)["code"]) for one in delivery.records] == [
        ("Welding", "W.1"),
        ("Cutting", "W.1"),
    ]
    assert delivery.issues == []


def test_how_items_belong_together_and_who_made_them_is_counted_and_left_out():
    value = package(ITEM | {"CFItemType": "Standard"}, creator="Amina Person") | {
        "CFAssociations": [{"associationType": "isChildOf"}] * 3,
        "CFDefinitions": {"CFItemTypes": []},
    }
    delivery = delivered(value)
    assert [content(one) for one in delivery.records] == [READ]
    assert {one.field: one.message.rpartition("there ")[2] for one in delivery.issues} == {
        "CFAssociations": "3 times",
        "CFItemType": "1 times",
        "CFDefinitions": "1 times",
        "CFDocument.creator": "1 times",
    }
    assert set(codes(delivery)) == {"FIELD_UNKNOWN"}
    assert "Amina" not in repr(delivery)


def test_an_item_that_is_sent_back_can_be_read_again():
    delivery = delivered(package(ITEM | {"fullStatement": ""}))
    assert delivery.items[1] == {**ITEM, "fullStatement": "", "CFDocumentURI": {"title": "Skills of Welding"}}


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (package(), "FIELD_MISSING"),
        ({"identifier": "x", "title": "Alone", "CFPackageURI": {}}, "FIELD_MISSING"),
        ({"associationType": "isChildOf", "originNodeURI": {}, "destinationNodeURI": {}}, "TYPE_UNKNOWN"),
        ({"CFDocument": DOCUMENT, "CFItems": ["x", 7, None, [[]]]}, "TYPE_UNKNOWN"),
        ({"CFDocument": 7, "CFItems": {"a": 1}}, "TYPE_UNKNOWN"),
        ({"$schema": "https://json-schema.org", "title": "CFItem"}, "FORMAT_UNKNOWN"),
        ({}, "TYPE_UNKNOWN"),
        ([], "TYPE_UNKNOWN"),
        ([7], "TYPE_UNKNOWN"),
        ({"a": 1}, "TYPE_UNKNOWN"),
    ],
)
def test_what_cannot_be_read_says_so(value, code):
    delivery = delivered(value)
    assert (delivery.records, set(codes(delivery, Severity.ERROR))) == ([], {code})


def test_a_table_is_no_framework():
    table = open_content(b"Identifier,fullStatement\n1,Weld\n", Told())
    assert (recognises(table), codes(read(table, Told()))) == (False, ["FORMAT_UNKNOWN"])


@pytest.mark.parametrize(
    ("value", "is_ours"),
    [
        (package(ITEM), True),
        (ITEM, True),
        ({"associationType": "isChildOf", "originNodeURI": {}, "destinationNodeURI": {}}, True),
        ({"title": "x", "CFPackageURI": "https://case.example"}, True),
        ({"$schema": "x", "CFDocument": {}}, False),
        ({"document": {}, "items": [{"name": "x"}]}, False),
        ({"@type": "Course", "name": "x"}, False),
        ({"type": ["Achievement"], "alignment": [{"targetType": "CFItem"}]}, False),
        ([], False),
        ({}, False),
    ],
)
def test_frameworks_are_recognised_by_their_names(value, is_ours):
    assert recognises(opened(value)) is is_ours


def test_its_time_grows_with_the_file():
    items = [ITEM | {"identifier": f"id-{number}", "humanCodingScheme": f"W.{number}"} for number in range(3_000)]
    began = time.perf_counter()
    delivery = delivered(package(*items))
    assert (len(delivery.records), delivery.issues, time.perf_counter() - began < 2) == (3_000, [], True)


def test_reading_ends_where_there_are_too_many_issues():
    delivery = delivered(package(*[{"fullStatement": "x"}] * 10_500))
    assert (len(delivery.issues), delivery.issues[-1].code) == (10_001, "TOO_MANY_ISSUES")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.sampled_from(["isChildOf", "W.1", "", "https://a.b"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["CFDocument", "CFItems", "CFItem", "identifier", "title", "fullStatement", "language", "notes", "CFDocumentURI", "document", "items"]),
            inner,
            max_size=5,
        )
    ),
    max_leaves=15,
)  # fmt: skip


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(JSON)
def test_nothing_raises(value):
    shown = Content(b"", Kind.JSON, value=value)
    recognises(shown)
    delivery = read(shown, Told())
    assert delivery.records or delivery.issues


EXPECTED = {
    "AdoptedTestFramework": ("adopted-test", 1, "Item 1"),
    "ItemTypeTestFramework": ("item-type-test", 1, "Item 1"),
    "SequenceNumberFramework": ("sequence-number-test", 2, "First Added Item"),
    "Utf8TestFramework": ("utf8-d-test", 1, "Item 𝑑 1"),
    "opensalt-framework-20c5134f-423d-4097-a971-3dd5152bf507": (
        "what-standards-could-be",
        16,
        "Understand ratio concepts and use ratio reasoning to solve problems.",
    ),
}
"""Scheme, number of skills, and the first label; every other file of the samples is a JSON Schema or no JSON."""


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the samples of ../shared are not on this machine")
def test_every_sample_gives_its_items_or_says_why_not():
    paths = sorted(path for path in SAMPLES.iterdir() if path.suffix != ".md")
    assert len(paths) == 17
    for path in paths:
        try:
            shown = open_content(path.read_bytes(), Told())
        except ContentRefused as refused:
            pytest.fail(f"{path.name}: {refused}")
        delivery = read(shown, Told())
        name = path.stem.rpartition("__")[2]
        if name not in EXPECTED:
            assert (recognises(shown), codes(delivery)) == (False, ["FORMAT_UNKNOWN"]), name
            continue
        scheme, count, label = EXPECTED[name]
        got = [content(one) for one in delivery.records]
        assert recognises(shown), name
        assert (len(got), {one["scheme"] for one in got}, got[0]["labels"]) == (count, {scheme}, {"en": label}), name
        assert codes(delivery, Severity.ERROR) == [], name


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the samples of ../shared are not on this machine")
def test_the_frameworks_codes_are_kept():
    path = SAMPLES / "opensalt__opensalt-framework-20c5134f-423d-4097-a971-3dd5152bf507.json"
    delivery = read(open_content(path.read_bytes(), Told()), Told())
    got = {one.code: content(one) for one in delivery.records}
    assert got["CCSS.Math.Content.6.RP.A.2"]["description"] == {
        "en": "Expectations for unit rates in this grade are limited to non-complex fractions."
    }
    assert len(got) == 16
    assert "Brandon" not in repr(delivery)
