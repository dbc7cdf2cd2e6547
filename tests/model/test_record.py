"""The Record: strict, and its messages name path and field."""

import json

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.errors import Issue
from catalog.model.record import content, ingest_json_schema, missing_fields, parse_record
from tests.served import SEED


def credential(**fields):
    return {"type": "credential", "ref": "x", **fields}


def issues(value):
    found = parse_record(value, 7)
    assert isinstance(found, list), "a record was read where issues were expected"
    return found


@pytest.mark.parametrize(
    ("fields", "path", "code"),
    [
        ({"price": 3}, "price", "FIELD_UNKNOWN"),
        ({"title": ""}, "title", "VALUE_INVALID"),
        ({"title": {"english": "x"}}, "title", "VALUE_INVALID"),
        ({"title": "x" * 301}, "title", "VALUE_INVALID"),
        ({"weeks": "6"}, "weeks", "VALUE_INVALID"),
        ({"weeks": {"min": 8, "max": 6}}, "weeks", "VALUE_INVALID"),
        ({"weeks": {}}, "weeks", "VALUE_INVALID"),
        ({"weeks": True}, "weeks", "VALUE_INVALID"),
        ({"kind": "BADGE"}, "kind", "VALUE_NOT_ALLOWED"),
        ({"provider": "Not A Ref"}, "provider", "VALUE_INVALID"),
        ({"confirmedOn": "24 July 2020"}, "confirmedOn", "VALUE_INVALID"),
        ({"confirmedOn": "2020-02-30"}, "confirmedOn", "VALUE_INVALID"),
        ({"confirmedOn": "0001-01-01"}, "confirmedOn", "VALUE_INVALID"),
        ({"url": "javascript:alert(1)"}, "url", "VALUE_INVALID"),
        ({"offerings": [{"ref": "a"}, {"ref": "a"}]}, "", "VALUE_INVALID"),
        (
            {"offerings": [{"ref": "a", "fees": [{"kind": "TUITION", "amount": "1e9"}]}]},
            "offerings[0].fees[0].amount.amount",
            "VALUE_INVALID",
        ),
        (
            {"offerings": [{"ref": "a", "fees": [{"kind": "TUITION", "amount": 749}]}]},
            "offerings[0].fees[0].amount.amount",
            "VALUE_INVALID",
        ),
        ({"offerings": [{"ref": "a", "timeZone": "Mars/Base"}]}, "offerings[0].timeZone", "VALUE_INVALID"),
        ({"offerings": [{"ref": "a", "timeZone": "../../etc/passwd"}]}, "offerings[0].timeZone", "VALUE_INVALID"),
        ({"offerings": [{"ref": "a", "registrationWindows": [{}]}]}, "offerings[0].registrationWindows[0]", "VALUE_INVALID"),
        ({"offerings": [{"ref": "a", "startsOn": {"recurs": [1, 13]}}]}, "offerings[0].startsOn.recurs[1]", "VALUE_INVALID"),
        ({"offerings": [{"ref": str(n)} for n in range(201)]}, "offerings", "TOO_MANY"),
        ({"skills": [{"label": str(n)} for n in range(51)]}, "skills", "TOO_MANY"),
        ({"skills": [{"level": "2"}]}, "skills[0]", "VALUE_INVALID"),
        ({"offerings": [{"ref": "a", "startsOn": "2027-01-11", "endsOn": "2026-01-01"}]}, "offerings[0]", "VALUE_INVALID"),
        (
            {"offerings": [{"ref": "a", "registrationWindows": [{"opensAt": "2026-12-01", "closesAt": "2026-11-01"}]}]},
            "offerings[0].registrationWindows[0]",
            "VALUE_INVALID",
        ),
        (
            {"offerings": [{"ref": "a", "fees": [{"kind": "TUITION", "amount": "749", "amountMax": "10"}]}]},
            "offerings[0].fees[0]",
            "VALUE_INVALID",
        ),
        (
            {"requirementsStated": "NONE", "requirements": [{"kind": "PREREQUISITE", "rule": {"text": "x"}}]},
            "",
            "VALUE_INVALID",
        ),
        ({"offerings": [{"ref": "a", "startsOn": "January 2027"}]}, "offerings[0].startsOn", "VALUE_INVALID"),
        (
            {"offerings": [{"ref": "a", "registrationWindows": [{"closesAt": "9999-12-31T23:59:59-08:00"}]}]},
            "offerings[0].registrationWindows[0].closesAt",
            "VALUE_INVALID",
        ),
        ({"identifiers": [{"scheme": "a", "value": "\u0000"}]}, "identifiers[0].value", "VALUE_INVALID"),
        ({"url": "https://a\u0000b"}, "url", "VALUE_INVALID"),
    ],
)
def test_what_is_wrong_is_named_with_path_and_field(fields, path, code):
    first = issues(credential(**fields))[0]
    assert (first.path, first.code, first.row) == (path, code, 7)
    assert first.message


def test_a_registration_time_without_offset_is_refused():
    window = {"closesAt": "2020-07-31T23:59"}
    (first, *_) = issues(credential(offerings=[{"ref": "a", "registrationWindows": [window]}]))
    assert "offset" in first.message


def test_every_issue_of_a_record_is_reported():
    found = issues(credential(kind="X", price=1, weeks={}))
    assert [issue.path for issue in found] == ["kind", "weeks", "price"]


@pytest.mark.parametrize("value", [None, [], "x", {}, {"type": "nothing"}, {"type": "skill"}, {"type": 3}])
def test_what_is_no_record_is_an_issue(value):
    assert all(isinstance(issue, Issue) for issue in issues(value))


def test_empty_is_not_stated_and_content_has_only_what_is_stated():
    record = parse_record(credential(title="T", confirmedOn="2020-07-24", skills=[]))
    assert content(record) == {"type": "credential", "ref": "x", "title": {"en": "T"}}
    assert missing_fields(record) == ["provider", "kind"]


def test_money_keeps_its_digits_and_texts_their_language():
    fee = {"kind": "TUITION", "amount": {"amount": "749.10", "currency": "CAD"}}
    record = parse_record(credential(title={"fr": "Été"}, offerings=[{"ref": "a", "fees": [fee]}]))
    stated = content(record)
    assert stated["title"] == {"fr": "Été"}
    assert stated["offerings"][0]["fees"][0]["amount"] == {"amount": "749.10", "currency": "CAD"}


dates = st.dates().filter(lambda day: 1900 <= day.year <= 2199).map(str)
offerings = st.fixed_dictionaries(
    {"ref": st.from_regex(r"[a-z0-9]{1,8}", fullmatch=True)},
    optional={
        "startsOn": dates,
        "weeks": st.integers(0, 60),
        "mode": st.sampled_from(["ONLINE", "IN_PERSON"]),
        "registrationWindows": st.lists(st.fixed_dictionaries({"closesAt": dates}), max_size=2),
        "fees": st.lists(
            st.fixed_dictionaries({"kind": st.just("TUITION"), "amount": st.sampled_from(["0", "749.00"])}), max_size=2
        ),
    },
)


@given(st.text(min_size=1, max_size=40).filter(str.strip), st.lists(offerings, max_size=3, unique_by=lambda one: one["ref"]))
def test_content_parses_back_to_the_same_content(title, runs):
    record = parse_record(credential(title=title, offerings=runs))
    if isinstance(record, list):  # a title that is nothing but markup or control characters
        assert record[0].path == "title"
        return
    stated = content(record)
    assert content(parse_record(stated)) == stated


def test_the_json_schema_takes_the_seed_and_refuses_a_wrong_field():
    schema = jsonschema.Draft202012Validator(ingest_json_schema())
    for path in SEED:
        assert list(schema.iter_errors(json.loads(path.read_text(encoding="utf-8")))) == [], path.name
    wrong = {
        "format": "record/1",
        "source": {"key": "a", "name": "A", "kind": "NEWS"},
        "records": [{"type": "skill", "labelz": "x"}],
    }
    assert list(schema.iter_errors(wrong))


def test_messages_say_what_to_write():
    said = {
        "1,200.00": "1200.00",
        "$749.00": "1200.00",
    }
    for amount, word in said.items():
        (first, *_) = issues(credential(offerings=[{"ref": "a", "fees": [{"kind": "TUITION", "amount": amount}]}]))
        assert word in first.message
    assert issues(credential(tittle="x"))[0].hint == "did you mean title?"
    assert issues({"type": "institution", "ref": "u", "visibility": "BY_REFERRAL"})[0].code == "VALUE_INVALID"
    assert [
        path
        for path in missing_fields(parse_record({"type": "institution", "ref": "u", "campuses": [{"ref": "m"}]}))
        if "[" in path
    ] == ["campuses[m].name", "campuses[m].city"]


WAY = {"type": "pathway", "ref": "p", "title": "P", "owner": "uni", "award": "uni/z"}
MENU = {"type": "menu", "ref": "m", "title": "M", "owner": "uni"}
COUNT_3 = {"unit": "COUNT", "min": 3}


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (WAY | {"parts": [{"title": "nothing"}]}, "neither items, unlisted nor a rule"),
        (WAY | {"parts": [{"items": ["uni/a"], "pick": COUNT_3}]}, "asks for 3 of 1 items"),
        (WAY | {"parts": [{"items": ["uni/a", "uni/a"]}]}, "used 2 times"),
        (WAY | {"parts": [{"items": ["uni/z"]}]}, "has the award itself"),
        (WAY | {"parts": [{"items": ["uni/a"]}, {"ref": "0", "items": ["uni/b"]}]}, "used 2 times"),
        (WAY | {"validFrom": "2030-01-01", "validTo": "2020-01-01"}, "is before"),
        (WAY | {"limits": [{"kind": "NEW", "min": 5, "max": 1}]}, "is greater than"),
        (WAY | {"limits": [{"kind": "NEW", "unit": "FRACTION", "max": 50}]}, "share from 0 to 1"),
        (MENU | {"sections": [{"title": "S", "pick": COUNT_3, "items": ["uni/a"]}]}, "asks for 3 of 1 items"),
        (MENU | {"sections": [{"title": "S", "pick": {"unit": "COUNT", "min": 1.5}, "items": ["uni/a"]}]}, "whole things"),
        (MENU | {"window": {"opensOn": "2030-01-01", "closesOn": "2020-01-01"}}, "is before"),
        ({"type": "equivalence", "ref": "e", "members": ["uni/a", "uni/a"], "basis": "REVIEWED"}, "used 2 times"),
        ({"type": "recognition", "ref": "r", "from": "uni/a", "to": "uni/a"}, "as itself"),
        (
            {"type": "recognition", "ref": "r", "from": "uni/a", "to": "uni/b", "kind": "WAIVER", "credit": {"value": 3}},
            "gives no credit",
        ),
        (
            {"type": "fundingProgram", "ref": "f", "windows": [{"opensOn": "2030-01-01", "closesOn": "2020-01-01"}]},
            "is before",
        ),
        ({"type": "fundingProgram", "ref": "f", "rule": {"condition": "BENEFIT", "code": " \u200b "}}, "must be text of 1"),
        ({"type": "demand", "ref": "d", "from": 2035, "to": 2025}, "before it begins"),
        (
            {"type": "region", "ref": "r", "scheme": "bc", "code": "nc", "slug": "north-coast", "labels": "N"},
            "goes by its code",
        ),
    ],
)
def test_what_can_never_hold_is_refused(value, words):
    issues = parse_record(value)
    assert isinstance(issues, list)
    assert words in issues[0].message, issues[0].message
