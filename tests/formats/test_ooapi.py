"""The Open Education API: every shape it answers in, every mapped property, and what is wrong said by code."""

import json
import random
from copy import deepcopy

import pytest

from catalog.errors import Severity
from catalog.formats.ooapi.read import FORMAT, read, recognises
from catalog.model.reading.content import ContentRefused, open_content
from catalog.model.reading.delivery import Cover, Delivery, Told
from catalog.model.record import content
from tests.served import ROOT

SAMPLES = ROOT.parent / "shared" / "samples" / "ooapi"
UNIVERSITY = {
    "organizationId": "org-1",
    "organizationType": "root",
    "name": [{"language": "en", "value": "Coast University"}],
    "shortName": "CU",
    "link": "https://cu.example",
}
FACULTY = {"organizationId": "org-2", "organizationType": "faculty", "name": "Arts", "parent": "org-1"}
COURSE = {
    "courseId": "c-1",
    "primaryCode": {"codeType": "identifier", "code": "WELD 1"},
    "name": [{"language": "en-GB", "value": "Welding"}, {"language": "nl-NL", "value": "Lassen"}],
    "organization": "org-2",
}
OFFERING = {"offeringId": "o-1", "offeringType": "course", "course": "c-1", "startDate": "2026-09-01"}


def deliver(value, told=None):
    told = told or Told()
    data = value if isinstance(value, bytes) else json.dumps(value).encode()
    return read(open_content(data, told), told)


def only(told=None, **more):
    delivery = deliver(COURSE | more, told or Told(provider="cu"))
    assert len(delivery.records) == 1, delivery.issues
    return content(delivery.records[0]), delivery.issues


def offering(**more):
    delivery = deliver(OFFERING | more)
    assert len(delivery.records) == 1, delivery.issues
    return content(delivery.records[0])["offerings"][0], delivery.issues


def codes(issues):
    return [one.code for one in issues if one.code != "FIELD_UNKNOWN"]


def dropped(issues):
    return sorted(one.field for one in issues if one.code == "FIELD_UNKNOWN")


def test_a_bundle_is_put_together():
    delivery = deliver({"organizations": [UNIVERSITY, FACULTY], "courses": [COURSE], "courseOfferings": [OFFERING]})
    assert [content(one) for one in delivery.records] == [
        {
            "type": "institution",
            "ref": "org-1",
            "slug": "coast-university",
            "name": {"en": "Coast University"},
            "shortName": "CU",
            "kind": "NOT_STATED",
            "url": "https://cu.example",
        },
        {
            "type": "credential",
            "ref": "c-1",
            "provider": "coast-university",
            "title": {"en-GB": "Welding", "nl-NL": "Lassen"},
            "kind": "COURSE",
            "identifiers": [{"scheme": "ooapi-identifier-coast-university", "value": "WELD 1"}],
            "offerings": [
                {"ref": "o-1", "startsOn": {"earliest": "2026-09-01", "latest": "2026-09-01", "precision": "DAY"}},
            ],
        },
    ]
    assert (delivery.mentioned, delivery.covers, delivery.rows) == ([], [None, None], [1, 3])
    assert delivery.places == {
        1: "$.organizations[0]",
        2: "$.organizations[1]",
        3: "$.courses[0]",
        4: "$.courseOfferings[0]",
    }
    assert dropped(delivery.issues) == ["organization (faculty)"]


@pytest.mark.parametrize(
    "value",
    [
        COURSE,
        [COURSE],
        {"pageSize": 10, "pageNumber": 1, "hasNextPage": False, "items": [COURSE]},
        {"courses": [COURSE]},
        {"courses": {"pageNumber": 1, "items": [COURSE]}},
        {"courses": [{"hasNextPage": True, "items": [COURSE]}, {"hasNextPage": False, "items": []}]},
        {"pageSize": 1, "_embedded": {"items": [COURSE]}},
        {"courses": [COURSE, COURSE]},
    ],
)
def test_every_shape_gives_the_same_course(value):
    told = Told(provider="cu")
    delivery = deliver(value, told)
    assert [one.ref for one in delivery.records] == ["c-1"]
    assert (content(delivery.records[0])["provider"], delivery.issues) == ("cu", [])
    assert recognises(open_content(json.dumps(value).encode(), told))


def test_a_page_that_is_not_the_last_says_so():
    delivery = deliver({"pageNumber": 1, "hasNextPage": True, "items": [COURSE]}, Told(provider="cu"))
    assert ([one.ref for one in delivery.records], codes(delivery.issues)) == (["c-1"], ["PAGES_MISSING"])


def test_offerings_alone_speak_of_nothing_else():
    delivery = deliver([OFFERING, OFFERING | {"offeringId": "o-2"}])
    assert [content(one).keys() for one in delivery.records] == [{"type", "ref", "offerings"}]
    assert [one["ref"] for one in content(delivery.records[0])["offerings"]] == ["o-1", "o-2"]
    (cover,) = delivery.covers
    assert isinstance(cover, Cover)
    assert (cover.fields, "startsOn" in cover.offerings) == (frozenset(), True)


def test_an_offering_can_carry_its_course_and_a_course_its_offerings():
    expanded = deliver(OFFERING | {"course": COURSE}, Told(provider="cu"))
    nested = deliver(COURSE | {"offerings": [{"offeringId": "o-1", "startDate": "2026-09-01"}]}, Told(provider="cu"))
    assert [content(one) for one in expanded.records] == [content(one) for one in nested.records]
    assert content(nested.records[0])["title"]["en-GB"] == "Welding"
    assert expanded.covers == nested.covers == [None]


def test_whose_listing_it_is():
    inside = deliver(COURSE | {"organization": UNIVERSITY})
    assert content(inside.records[0])["provider"] == "coast-university"
    assert [one.ref for one in inside.mentioned] == ["coast-university"]
    missing = deliver(COURSE)
    assert "provider" not in content(missing.records[0])
    assert [(one.code, one.value) for one in missing.issues] == [("FIELD_MISSING", "org-2")]
    root = deliver({"organizations": [UNIVERSITY], "courses": [{"courseId": "c", "name": "A"}]})
    assert content(root.records[1])["provider"] == "coast-university"
    circle = [UNIVERSITY | {"parent": "org-2", "organizationType": "x"}, FACULTY]
    assert deliver({"organizations": circle, "courses": [COURSE]}).records


def test_texts_in_markup_and_outcomes():
    value, issues = only(
        description=[{"language": "en-GB", "value": "<p>Arc.</p><p>Gas.</p>"}],
        learningOutcomes=[[{"language": "en-GB", "value": "Weld a pipe"}], [{"language": "nl-NL", "value": "Las een pijp"}]],
        assessment=[{"language": "nl-NL", "value": "Proef"}, {"language": "en-GB", "value": "<b>Test</b> piece"}],
    )
    assert value["description"] == {"en-GB": "Arc.\nGas.\n\nWeld a pipe", "nl-NL": "Las een pijp"}
    assert (value["assessmentMethods"], codes(issues)) == (["Test piece"], [])
    assert "skills" not in value


def test_two_texts_of_one_language():
    value, issues = only(name=[{"language": "en", "value": "A"}, {"language": "en", "value": "B"}])
    assert (value["title"], codes(issues)) == ({"en": "A"}, ["VALUE_REPEATED"])


@pytest.mark.parametrize(
    ("load", "expected"),
    [
        (
            {"studyLoadUnit": "ects", "value": 3},
            {"credit": {"value": 3.0, "unit": "LOCAL", "per": "CREDENTIAL", "text": "3 ECTS"}},
        ),
        (
            {"studyLoadUnit": "sp", "value": 2.5},
            {"credit": {"value": 2.5, "unit": "LOCAL", "per": "CREDENTIAL", "text": "2.5 study points"}},
        ),
        ({"studyLoadUnit": "hour", "value": 84}, {"totalHours": {"min": 84.0, "max": 84.0, "basis": "STATED"}}),
        ({"studyLoadUnit": "sbu", "value": 28}, {"totalHours": {"min": 28.0, "max": 28.0, "basis": "STATED"}}),
        (
            {"studyLoadUnit": "contacttime", "value": 20},
            {"instructionalHours": {"min": 20.0, "max": 20.0, "basis": "STATED"}},
        ),
    ],
)
def test_study_loads(load, expected):
    value, issues = only(studyLoad=load)
    names = ("credit", "totalHours", "instructionalHours", "weeks")
    assert ({name: value[name] for name in names if name in value}, codes(issues)) == (expected, [])


def test_version_4_has_plain_texts_and_numbers():
    value, issues = only(name="Lassen", studyLoad=None, mainLanguage="nl-NL")
    assert (value["title"], value["languages"]) == ({"en": "Lassen"}, ["nl-NL"])
    value, issues = only(told=Told(provider="cu", language="nl"), name="Lassen", ects=3)
    assert value["title"] == {"nl": "Lassen"}
    assert (value["credit"], codes(issues)) == ({"value": 3.0, "unit": "LOCAL", "per": "CREDENTIAL", "text": "3 ECTS"}, [])


def test_durations():
    assert only(duration="P6W")[0]["weeks"] == {"min": 6.0, "max": 6.0, "basis": "STATED"}
    assert only(duration="PT40H")[0]["statedHours"] == {"min": 40.0, "max": 40.0, "basis": "STATED"}
    value, issues = only(duration="P1DT30H4S")
    assert (value["weeks"], codes(issues)) == ({"text": "P1DT30H4S", "basis": "STATED"}, ["VALUE_UNREADABLE"])


@pytest.mark.parametrize(
    ("stated", "mode"),
    [
        (["distance-learning"], "ONLINE"),
        (["on campus"], "IN_PERSON"),
        ("online", "ONLINE"),
        (["hybrid"], "BLENDED"),
        (["situated"], "IN_PERSON"),
        (["online", "distance-learning"], "ONLINE"),
    ],
)
def test_modes(stated, mode):
    value, issues = only(modeOfDelivery=stated)
    assert (value["usual"], codes(issues)) == ({"mode": mode}, [])


def test_several_modes_are_neither_a_choice_nor_a_mixture():
    value, issues = only(modeOfDelivery=["on campus", "online"])
    assert "usual" not in value
    assert [(one.code, one.value) for one in issues] == [("VALUE_UNREADABLE", "on campus, online")]


def test_ways_of_study():
    assert only(modeOfStudy="part-time")[0]["usual"] == {"studyLoad": "PART_TIME"}
    assert only(modeOfStudy="self-paced")[0]["usual"] == {"attendance": ["ANYTIME"]}
    assert codes(only(modeOfStudy="dual training")[1]) == ["VALUE_UNREADABLE"]


@pytest.mark.parametrize(
    ("more", "kind", "term"),
    [
        ({"programType": "program", "qualificationAwarded": "MSc"}, "DEGREE", "MSc"),
        ({"programType": "program", "qualificationAwarded": "AD"}, "ASSOCIATE_DEGREE", "AD"),
        ({"programType": "program", "qualificationAwarded": "None"}, "OTHER", None),
        ({"programType": "program"}, "OTHER", None),
        ({"programType": "minor", "qualificationAwarded": "MSc"}, "OTHER", "minor"),
        ({"programType": "microcredential"}, "MICRO_CREDENTIAL", None),
        ({"programType": "program", "qualificationAwarded": "Knighthood"}, "OTHER", "Knighthood"),
    ],
)
def test_kinds_of_programs(more, kind, term):
    delivery = deliver({"programId": "p", "name": "P"} | more, Told(provider="cu"))
    value = content(delivery.records[0])
    assert (value["kind"], value.get("providerTerm")) == (kind, term)


def test_requirements_are_the_source_s_words():
    value, _ = only(admissionRequirements="Grade 12", qualificationRequirements=[{"language": "en", "value": "All modules"}])
    assert value["requirements"] == [
        {"kind": "ADMISSION", "rule": {"text": "Grade 12"}, "original": "Grade 12"},
        {"kind": "PREREQUISITE", "at": "COMPLETION", "rule": {"text": "All modules"}, "original": "All modules"},
    ]


def test_a_whole_offering():
    value, issues = offering(
        name="Fall",
        endDate="2026-12-01",
        enrollStartDate="2026-05-01",
        enrollEndDate="2026-08-01",
        flexibleEntryPeriodStart="2026-09-01",
        flexibleEntryPeriodEnd="2026-10-01",
        teachingLanguage="nld",
        modeOfDelivery=["hybrid"],
        maxNumberStudents=20,
        minNumberStudents=6,
        otherCodes=[{"codeType": "x", "code": "A-1"}],
        addresses=[{"addressType": "teaching", "city": "Utrecht"}, {"addressType": "postal", "city": "Delft"}],
        priceInformation=[
            {"costType": "total costs", "amount": "340.84", "vatAmount": "40", "currency": "EUR"},
            {"costType": "STAP eligible", "amount": "300"},
            {"costType": "books", "displayAmount": [{"language": "en", "value": "about 50 euros"}]},
        ],
        description="For nurses",
        resultExpected=True,
    )
    day = {"earliest": "2026-09-01", "latest": "2026-09-01", "precision": "DAY"}
    assert value == {
        "ref": "o-1",
        "label": "Fall",
        "identifiers": [{"scheme": "ooapi", "value": "A-1"}],
        "startsOn": day,
        "endsOn": {"earliest": "2026-12-01", "latest": "2026-12-01", "precision": "DAY"},
        "registrationWindows": [{"opensAt": "2026-05-01", "closesAt": "2026-08-01"}],
        "intake": "CONTINUOUS",
        "languages": ["nl"],
        "mode": "BLENDED",
        "seats": 20,
        "minEnrolment": 6,
        "places": [{"role": "CLASS", "community": "Utrecht"}],
        "fees": [
            {"kind": "TUITION", "amount": {"amount": "340.84", "currency": "EUR"}, "tax": "INCLUDED"},
            {"kind": "OTHER", "text": "books; about 50 euros"},
        ],
        "note": "For nurses",
    }
    assert codes(issues) == []
    assert dropped(issues) == ["offering.addresses", "offering.resultExpected", "priceInformation (STAP eligible)"]


def test_an_offering_that_only_names_its_term():
    session = {
        "academicSessionId": "s",
        "academicSessionType": "semester",
        "name": [{"language": "en", "value": "Fall 2026"}],
        "startDate": "2026-09-01",
        "endDate": "2026-12-20",
    }
    one = {"offeringId": "o-1", "course": "c-1", "academicSession": "s"}
    delivery = deliver({"academicSessions": [session], "offerings": [one]})
    assert content(delivery.records[0])["offerings"] == [
        {
            "ref": "o-1",
            "startsOn": {"earliest": "2026-09-01", "latest": "2026-12-20", "precision": "TERM", "text": "Fall 2026"},
        }
    ]
    assert delivery.issues == []


@pytest.mark.parametrize(
    ("more", "path"),
    [
        ({"maxNumberStudents": -1}, "maxNumberStudents"),
        ({"maxNumberStudents": "many"}, "maxNumberStudents"),
        ({"minNumberStudents": 1.5}, "minNumberStudents"),
        ({"startDate": "2026-02-30"}, "startDate"),
        ({"startDate": ["2026-02-03"]}, "startDate"),
        ({"enrollEndDate": "summer"}, "enrollEndDate"),
        ({"teachingLanguage": "--X--"}, "offering.teachingLanguage"),
        ({"modeOfDelivery": ["by pigeon"]}, "offering.modeOfDelivery"),
        ({"modeOfDelivery": [{}]}, "offering.modeOfDelivery"),
        ({"name": [{"language": "en"}]}, "offering.name"),
        ({"priceInformation": ["5"]}, "priceInformation"),
        ({"priceInformation": [{"costType": "total costs", "amount": "a lot"}]}, "priceInformation.amount"),
    ],
)
def test_values_that_cannot_be_read_are_warnings(more, path):
    value, issues = offering(**more)
    assert value["ref"] == "o-1"
    assert [(one.code, one.path, one.severity) for one in issues] == [("VALUE_UNREADABLE", path, Severity.WARNING)]


def test_people_are_not_read_not_even_into_issues():
    person = {"personId": "p-1", "givenName": "Jo", "surname": "Doe", "mail": "jo.doe@cu.example"}
    delivery = deliver(
        {
            "persons": [person],
            "associations": [{"associationId": "a", "person": person}],
            "courses": [COURSE | {"coordinators": [person]}],
        },
        Told(provider="cu"),
    )
    assert (codes(delivery.issues), dropped(delivery.issues)) == (["PEOPLE_DROPPED"], ["course.coordinators"])
    said = repr(delivery.issues) + repr([content(one) for one in delivery.records]) + repr(delivery.items)
    assert "doe" not in said.lower()


def test_codes_that_several_listings_have_identify_none():
    code = {"primaryCode": {"codeType": "crohoCreboCode", "code": "34572"}}
    programs = [{"programId": name, "name": name, "programType": "program"} | code for name in ("a", "b")]
    delivery = deliver({"programs": programs}, Told(provider="cu"))
    assert [content(one).get("identifiers") for one in delivery.records] == [None, None]
    assert codes(delivery.issues) == ["IDENTIFIER_SHARED", "IDENTIFIER_SHARED"]


def test_ids_that_are_no_refs_are_kept_beside_what_is_made_of_them():
    value, _ = only(courseId="--X 1--", primaryCode=None)
    assert value["ref"] == "X-1-d6ec0380"
    assert value["identifiers"] == [{"scheme": "ooapi-id-cu", "value": "--X 1--"}]


def test_two_things_with_one_id():
    delivery = deliver({"courses": [COURSE, COURSE | {"name": "Other"}], "offerings": [OFFERING, OFFERING | {"name": "x"}]})
    errors = [(one.code, one.path, one.row, one.place) for one in delivery.issues if one.severity is Severity.ERROR]
    assert errors == [
        ("REF_DUPLICATE", "courseId", 2, "$.courses[1]"),
        ("REF_DUPLICATE", "offeringId", 4, "$.offerings[1]"),
    ]


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ({"openapi": "3.0.3", "info": {"title": "Open Education API"}, "paths": {}}, "NOT_A_FEED"),
        ({"a": 1}, "FORMAT_UNKNOWN"),
        ({}, "FORMAT_UNKNOWN"),
        ([], "NOTHING_FOUND"),
        ({"courses": []}, "NOTHING_FOUND"),
        ([1, "a", None], "TYPE_UNKNOWN"),
        ([[[[[[[COURSE]]]]]]], "TYPE_UNKNOWN"),
        ({"courses": [{"name": "No id"}]}, "REF_MISSING"),
        ({"courses": [COURSE | {"courseId": {"a": 1}}]}, "REF_MISSING"),
        ({"programId": True, "programType": "minor"}, "REF_MISSING"),
        ({"organizationType": "root", "name": "X"}, "REF_MISSING"),
        ({"organizationId": "o", "organizationType": "root"}, "FIELD_MISSING"),
        ({"offeringId": "o", "offeringType": "course"}, "FIELD_MISSING"),
        (OFFERING | {"endDate": "2020-01-01"}, "VALUE_INVALID"),
    ],
)
def test_files_that_cannot_be_published_say_why(value, code):
    delivery = deliver(value)
    errors = [one.code for one in delivery.issues if one.severity is Severity.ERROR]
    assert errors
    assert set(errors) == {code}


def test_things_that_are_not_taken_are_counted():
    delivery = deliver({"courses": [COURSE], "components": [{"componentId": "x"}], "strange": [1]}, Told(provider="cu"))
    assert dropped(delivery.issues) == ["components", "strange"]
    sessions = deliver({"academicSessionId": "s", "academicSessionType": "semester"})
    assert dropped(sessions.issues) == ["academicSession"]
    component = deliver({"offeringId": "o", "offeringType": "component"})
    assert dropped(component.issues) == ["componentOffering"]


def test_a_sender_who_speaks_for_one_institution_states_no_others():
    delivery = deliver({"organizations": [UNIVERSITY], "courses": [COURSE]}, Told(provider="cu"))
    assert [one.ref for one in delivery.records] == ["c-1"]
    assert dropped(delivery.issues) == ["organization"]


def test_only_what_is_ours_is_recognised():
    def known(value):
        return recognises(open_content(json.dumps(value).encode(), Told()))

    assert known(OFFERING)
    assert known({"openapi": "3.0.3", "info": {"title": "Open Education API"}, "paths": {}})
    assert not known({"openapi": "3.0.3", "info": {"title": "Pets"}, "paths": {}})
    assert not known({"openapi": "3.0.3", "info": [], "paths": {}})
    assert not known({"courses": [{"title": "A", "key": "B"}]})
    assert not known({"@context": "https://schema.org", "@type": "Course", "name": "A", "courseId": "x"})
    assert not known([])
    assert not recognises(open_content(b"<catalog/>", Told()))


def test_half_letters_and_deep_values_are_survived():
    value, _ = only(name="a\ud800b", organization=None)
    assert value["title"] == {"en": "a\ufffdb"}
    assert [one.ref for one in deliver(UNIVERSITY | {"name": "\ud800"}).records] == ["org-1"]
    deep = b'{"courseId": "c", "name": "A", "ext": ' + b"[" * 800 + b"]" * 800 + b"}"
    assert [one.ref for one in deliver(b"[" + deep + b"," + deep + b"]").records] == ["c"]


def test_many_offerings_of_one_course_take_no_more_time_each():
    delivery = deliver([OFFERING | {"offeringId": f"o-{number}"} for number in range(3_000)])
    assert [one.code for one in delivery.issues] == ["TOO_MANY"]


def test_mutated_files_are_survived():
    whole = {
        "organizations": [UNIVERSITY, FACULTY],
        "courses": [COURSE | {"studyLoad": {"studyLoadUnit": "ects", "value": 3}}],
    }
    whole["courseOfferings"] = [OFFERING | {"priceInformation": [{"costType": "total costs", "amount": "5"}]}]
    chance = random.Random(6)
    strange = [None, True, -1, 1e300, "", "x" * 5_000, [], {}, [[]], {"value": {}}, "\ud800", "<p>", 10**400]
    for _ in range(400):
        value = json.loads(json.dumps(whole))
        for _ in range(chance.randint(1, 4)):
            change(value, chance, strange)
        delivery = deliver_or_refuse(value)
        assert delivery.records or delivery.issues
        assert all(one.code for one in delivery.issues)


def change(value, chance, strange):
    """One value somewhere in it becomes another."""
    while True:
        key = chance.choice(list(value) if isinstance(value, dict) else range(len(value))) if value else None
        if key is None:
            return
        if chance.random() < 0.3 or not isinstance(value[key], dict | list):
            value[key] = deepcopy(chance.choice(strange))
            return
        value = value[key]


def deliver_or_refuse(value):
    """What nothing can read is refused before any format sees it."""
    try:
        return deliver(value)
    except ContentRefused as error:
        return Delivery(FORMAT, issues=[error.issue])


needs_samples = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the samples are not on this machine")


def sample(name):
    return deliver((SAMPLES / name).read_bytes())


@needs_samples
@pytest.mark.parametrize(
    ("name", "refs", "errors", "warnings"),
    [
        ("1-Organization", ["333e4567-e89b-12d3-a456-123514174eee"], [], []),
        ("organizations", ["333e4567-e89b-12d3-a456-123514174eee"], [], []),
        ("organization", [], ["REF_MISSING"], []),
        ("organization_filter_template", [], ["REF_MISSING"], []),
        ("organization_template", [], [], []),
        ("2-Program", ["123e4567-e89b-12d3-a456-426614174000"], [], ["FIELD_MISSING"]),
        ("program", ["0cd7a366-8a6f-4463-9203-60abc19d10f8"], [], ["FIELD_MISSING", "VALUE_REPEATED"]),
        ("program_invalid", [], ["REF_MISSING"], []),
        ("program-demo04", ["58095060-d18c-fcd2-04df-c20b156736f6"], [], ["FIELD_MISSING", "VALUE_UNREADABLE"]),
        ("program-demo04-offering", ["58095060-d18c-fcd2-04df-c20b156736f6"], [], ["VALUE_UNREADABLE"]),
        ("3-Course", ["1668dd09-660f-4303-a2bf-14bea154b39d"], [], ["FIELD_MISSING", "TEXT_SHORTENED", "VALUE_UNREADABLE"]),
        ("course", ["TESTX-1"], [], ["FIELD_MISSING", "VALUE_UNREADABLE"]),
        ("4-Offering", ["1668dd09-660f-4303-a2bf-14bea154b39d"], [], []),
        ("academic_session_template", [], [], []),
        ("course_filter_template", [], ["REF_MISSING"], []),
    ],
)
def test_what_a_sample_gives(name, refs, errors, warnings):
    delivery = sample(f"oeapi-endpoint-qui__{name}.json")
    assert [one.ref for one in delivery.records] == refs
    assert [one.code for one in delivery.issues if one.severity is Severity.ERROR] == errors
    found = {one.code for one in delivery.issues if one.severity is Severity.WARNING and one.code != "FIELD_UNKNOWN"}
    assert sorted(found) == warnings


@needs_samples
def test_the_demo_program_and_its_offering():
    program = content(sample("oeapi-endpoint-qui__program-demo04.json").records[0])
    assert program["title"]["nl-NL"] == "NL VERTALING: Opleiding tot Oefentherapeut-Mensendieck"
    assert (program["kind"], program["providerTerm"], program["credit"]["text"]) == ("OTHER", "minor", "131 ECTS")
    assert (program["usual"], program["languages"]) == ({"mode": "IN_PERSON", "studyLoad": "PART_TIME"}, ["nl"])
    assert [one["kind"] for one in program["requirements"]] == ["ADMISSION", "PREREQUISITE"]
    run = content(sample("oeapi-endpoint-qui__program-demo04-offering.json").records[0])["offerings"][0]
    assert (run["seats"], run["minEnrolment"], run["intake"]) == (166, 3, "CONTINUOUS")
    assert run["registrationWindows"] == [{"opensAt": "2003-09-01", "closesAt": "2019-01-31"}]


@needs_samples
def test_the_price_of_a_sample():
    delivery = sample("oeapi-endpoint-qui__courseOffering_template.json")
    assert content(delivery.records[0])["offerings"][0]["fees"] == [
        {"kind": "TUITION", "amount": {"amount": "340.84", "currency": "EUR"}, "tax": "INCLUDED"}
    ]


@needs_samples
def test_no_sample_is_silent():
    paths = sorted(SAMPLES.glob("*.json"))
    assert len(paths) == 27
    for path in paths:
        delivery = sample(path.name)
        assert delivery.format == FORMAT
        assert delivery.records or delivery.issues, path
    for name in ("ooapi-demo-data-se__ooapi.json", "specification__v5-openapi-document.json"):
        assert [one.code for one in sample(name).issues] == ["NOT_A_FEED"]
