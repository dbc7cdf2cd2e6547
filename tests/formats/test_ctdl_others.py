"""CTDL as others send it: envelopes, requests, lists, older terms, manifests, competencies; and what is wrong with it."""

import json

import pytest

from catalog.errors import Severity
from catalog.formats.ctdl.mapping import CONTEXT
from catalog.formats.ctdl.read import read, recognises
from catalog.model.reading.content import open_content
from catalog.model.reading.delivery import Gone, Told
from catalog.model.record import content
from catalog.model.vocabulary import RecordType

CTID = "ce-11111111-1111-4111-8111-111111111111"
OTHER = "ce-22222222-2222-4222-8222-222222222222"
REGISTRY = "https://credentialengineregistry.org/resources/"
COURSE = {"@id": REGISTRY + CTID, "@type": "ceterms:Course", "ceterms:ctid": CTID, "ceterms:name": {"en": "Welding"}}
FOUND = {
    "type": "credential",
    "ref": CTID,
    "identifiers": [{"scheme": "ctid", "value": CTID}],
    "title": {"en": "Welding"},
    "kind": "COURSE",
}


def opened(value, told=None):
    return open_content(json.dumps(value).encode(), told or Told())


def read_value(value, told=None):
    return read(opened(value, told), told or Told())


def course(told=None, **more):
    """The record and (code, field) of the issues of one course with these properties."""
    named = {f"ceterms:{name}": value for name, value in more.items()}
    delivery = read_value({"@context": CONTEXT, **COURSE, **named}, told)
    (found,) = map(content, delivery.records)
    return {key: one for key, one in found.items() if key not in FOUND}, [(one.code, one.field) for one in delivery.issues]


# What it comes in.

WRAPPED = {
    "a node": COURSE,
    "a node with a context": {"@context": CONTEXT, **COURSE},
    "an older context": {"@context": "http://credreg.net/ctdl/schema/context/json", **COURSE},
    "a context written out": {"@context": {"ceterms": "http://purl.org/ctdl/terms/", "@language": "en"}, **COURSE},
    "a graph": {"@context": CONTEXT, "@graph": [COURSE]},
    "a list": [COURSE],
    "a list of graphs": [{"@context": CONTEXT, "@graph": [COURSE]}],
    "an envelope": {"envelope_ctdl_type": "ceterms:Course", "resource": "e30", "decoded_resource": {"@graph": [COURSE]}},
    "envelopes": {"envelopes": [{"envelope_ctdl_type": "ceterms:Course", "decoded_resource": COURSE}]},
    "a request with a graph": {
        "PublishForOrganizationIdentifier": "",
        "GraphInput": {"@context": CONTEXT, "@graph": [COURSE]},
    },
    "bare terms": {"@context": CONTEXT, "@id": REGISTRY + CTID, "@type": "Course", "name": {"en": "Welding"}},
    "whole addresses": {
        "@id": REGISTRY + CTID,
        "@type": "https://purl.org/ctdl/terms/Course",
        "http://purl.org/ctdl/terms/name": {"en": "Welding"},
    },
    "a request": {"Course": {"CTID": CTID, "Name": "Welding"}},
    "a request with languages": {"LearningOpportunity": {"Type": "Course", "Ctid": CTID, "Name_Map": {"en": "Welding"}}},
}


@pytest.mark.parametrize("value", WRAPPED.values(), ids=WRAPPED)
def test_one_course_is_the_same_in_whatever_it_comes(value):
    assert recognises(opened(value))
    delivery = read_value(value)
    assert list(map(content, delivery.records)) == [FOUND]
    assert delivery.issues == []


@pytest.mark.parametrize(
    "value",
    [
        [],
        {},
        7,
        None,
        "ceterms:Course",
        [[[[[[[[[[COURSE]]]]]]]]]],
        {"@type": 7},
        {"@type": "Course"},
        {"Credential": 7},
        {"@context": {"ceterms": "https://evil.example/"}, **COURSE},
        {"@context": "https://schema.org", "@type": "Course"},
        {"@context": ["https://w3id.org/openbadges/v2"], "@type": "ceterms:Course"},
    ],
)
def test_what_is_not_ctdl_is_not_recognised(value):
    assert not recognises(opened(value))
    delivery = read_value(value)
    assert (delivery.records, [one.code for one in delivery.issues]) == ([], ["FORMAT_UNKNOWN"])


def test_a_request_has_lengths_costs_and_owners():
    request = {
        "PublishForOrganizationIdentifier": OTHER,
        "DefaultLanguage": "fr-CA",
        "Credential": {
            "CredentialType": "MicroCredential",
            "CTID": CTID,
            "Name": "Soudage",
            "SubjectWebpage": "https://uni.example/soudage",
            "InLanguage": ["fr"],
            "EstimatedDuration": [{"ExactDuration": {"Weeks": 6}}, {"TimeRequired": {"Hours": 40}}],
            "EstimatedCost": [{"DirectCostType": "Tuition", "Price": 500, "Currency": "CAD"}],
            "Requires": [{"Description": "adults", "MinimumAge": 19}],
        },
    }
    (found,) = map(content, read_value(request).records)
    assert found == {
        "type": "credential",
        "ref": CTID,
        "identifiers": [{"scheme": "ctid", "value": CTID}],
        "provider": {"scheme": "ctid", "value": OTHER},
        "title": {"fr-CA": "Soudage"},
        "kind": "MICRO_CREDENTIAL",
        "url": "https://uni.example/soudage",
        "languages": ["fr"],
        "weeks": {"min": 6, "max": 6, "basis": "STATED"},
        "statedHours": {"min": 40, "max": 40, "basis": "STATED"},
        "requirements": [
            {"kind": "PREREQUISITE", "at": "COMPLETION", "rule": {"condition": "AGE", "minimum": 19}, "original": "adults"}
        ],
        "usual": {"fees": [{"kind": "TUITION", "amount": {"amount": "500", "currency": "CAD"}}]},
    }


def test_a_deleted_envelope_is_a_mark():
    envelope = {
        "envelope_ctdl_type": "ceterms:Course",
        "envelope_ceterms_ctid": CTID,
        "node_headers": {"deleted_at": "2026-01-01"},
    }
    delivery = read_value(envelope)
    assert delivery.gone == [Gone(RecordType.CREDENTIAL, CTID, 1)]
    assert (delivery.records, delivery.issues) == ([], [])


def test_an_envelope_in_code_alone_says_so():
    delivery = read_value({"envelope_ctdl_type": "ceterms:Course", "envelope_ceterms_ctid": CTID, "resource": "abc"})
    assert [(one.code, one.severity) for one in delivery.issues] == [("FIELD_MISSING", Severity.ERROR)]


def test_issues_say_where_a_node_stands():
    delivery = read_value({"@context": CONTEXT, "@graph": [COURSE, {"@type": "ceterms:Course", "ceterms:name": "x"}]})
    assert [(one.code, one.place, one.row) for one in delivery.issues] == [("REF_MISSING", "$.@graph[1]", 2)]


def test_two_nodes_of_one_id_must_say_the_same():
    other = {**COURSE, "ceterms:name": {"en": "Brazing"}}
    del other["@id"]
    assert [one.code for one in read_value([COURSE, COURSE]).issues] == []
    assert [one.code for one in read_value([COURSE, other]).issues] == ["REF_DUPLICATE"]


def test_capital_letters_of_a_ctid_are_the_same_ctid():
    shouted = {
        **COURSE,
        "@id": REGISTRY + CTID.upper().replace("CE-", "ce-"),
        "ceterms:ctid": CTID.upper().replace("CE-", "ce-"),
    }
    assert list(map(content, read_value(shouted).records)) == [FOUND]


def test_prefixes_of_the_file_make_addresses_that_are_identities():
    context = [CONTEXT, {"res": "https://uni.example/things/"}]
    whole = {
        "@id": "res:a",
        "@type": "ceterms:LearningProgram",
        "ceterms:name": {"en": "A"},
        "ceterms:hasPart": ["res:b c", {"@id": "res:b"}],
    }
    part = {"@id": "res:b", "@type": "ceterms:Course", "ceterms:name": {"en": "B"}}
    found = {one.ref: content(one) for one in read_value({"@context": context, "@graph": [whole, part]}).records}
    named = [{"scheme": "url", "value": f"https://uni.example/things/{one}"} for one in ("b c", "b")]
    assert found["https://uni.example/things/a"]["components"] == named
    assert found["https://uni.example/things/b"]["identifiers"] == [named[1]]


def test_an_address_that_no_ref_can_be_becomes_one():
    (found,) = map(
        content,
        read_value({"@id": "https://uni.example/c?id=7", "@type": "ceterms:Course", "ceterms:name": {"en": "B"}}).records,
    )
    assert found["ref"] == "https-uni-example-c-id-7"
    assert found["identifiers"] == [{"scheme": "url", "value": "https://uni.example/c?id=7"}]


# Who offers it.

UNI = {
    "@id": "_:u",
    "@type": "ceterms:CredentialOrganization",
    "ceterms:name": {"en": "Uni"},
    "ceterms:subjectWebpage": "https://uni.example",
    "ceterms:email": "dean@uni.example",
}


def test_an_organisation_that_is_only_named_is_mentioned():
    delivery = read_value([{**COURSE, "ceterms:ownedBy": ["_:u"]}, UNI])
    assert [content(one)["provider"] for one in delivery.records] == ["uni"]
    assert [content(one) for one in delivery.mentioned] == [
        {
            "type": "institution",
            "ref": "uni",
            "slug": "uni",
            "name": {"en": "Uni"},
            "kind": "NOT_STATED",
            "url": "https://uni.example",
        }
    ]
    assert "dean" not in str(delivery.issues) + str(delivery.mentioned)


def test_who_sends_for_one_institution_speaks_of_its_listings():
    more = {"@type": "ceterms:CredentialOrganization", "ceterms:name": {"en": "Guild"}}
    found, issues = course(Told(provider="college"), ownedBy=[UNI], offeredBy=[UNI, more], recognizedBy=[more])
    assert found == {
        "provider": "college",
        "partnerships": [{"role": "CO_PROVIDER", "text": "Guild"}, {"role": "RECOGNIZER", "text": "Guild"}],
    }
    assert issues == []


def test_people_and_addresses_of_an_organisation_stay_out():
    org = {
        "@type": "ceterms:Organization",
        "ceterms:ctid": OTHER,
        "ceterms:name": "Uni",
        "ceterms:email": ["ann@uni.example"],
    }
    org |= {"ceterms:targetContactPoint": [{"ceterms:name": "Ann Lee", "ceterms:telephone": ["1"]}]}
    delivery = read_value(org)
    assert [content(one) for one in delivery.records] == [
        {
            "type": "institution",
            "ref": OTHER,
            "identifiers": [{"scheme": "ctid", "value": OTHER}],
            "name": {"en": "Uni"},
            "kind": "NOT_STATED",
        }
    ]
    assert [(one.code, one.field) for one in delivery.issues] == [
        ("FIELD_UNKNOWN", "ceterms:email"),
        ("FIELD_UNKNOWN", "ceterms:targetContactPoint"),
    ]
    assert not any("nn" in str(one.value) or "Lee" in one.message for one in delivery.issues)


# Texts and numbers.


def test_plain_texts_are_in_the_language_of_the_source():
    found, _ = course(Told(language="fr"), description="Bonjour", subjectWebpage="https://uni.example")
    assert found == {"description": {"fr": "Bonjour"}, "url": "https://uni.example"}
    found, _ = course(description={"en-us": ["One", "Two"], "ar-SA": "x"})
    assert found == {"description": {"en-US": "One", "ar-SA": "x"}}


def test_a_title_that_is_too_long_is_shortened():
    delivery = read_value({**COURSE, "ceterms:name": {"en": "word " * 100}})
    assert len(content(delivery.records[0])["title"]["en"]) <= 300
    assert [one.code for one in delivery.issues] == ["TEXT_SHORTENED"]


@pytest.mark.parametrize(
    ("profile", "found"),
    [
        ({"exactDuration": "P6W"}, {"weeks": {"min": 6, "max": 6, "basis": "STATED"}}),
        ({"timeRequired": "PT40H"}, {"statedHours": {"min": 40, "max": 40, "basis": "STATED"}}),
        (
            {"minimumDuration": "P2W", "maximumDuration": "P1M"},
            {"weeks": {"min": 2, "max": 4.43, "basis": "DERIVED", "text": "P1M"}},
        ),
        (
            {"exactDuration": "P9M", "description": {"en": "full-time"}},
            {"weeks": {"min": 39, "max": 39.43, "basis": "DERIVED", "text": "full-time; P9M"}},
        ),
        ({"description": "Self-paced"}, {"weeks": {"text": "Self-paced", "basis": "STATED"}}),
    ],
)
def test_lengths(profile, found):
    assert course(estimatedDuration=[{f"ceterms:{name}": one for name, one in profile.items()}]) == (found, [])


@pytest.mark.parametrize(
    "profile",
    [
        {"exactDuration": "P1Y2M3W4DT5H"},
        {"exactDuration": "six weeks"},
        {"exactDuration": 6},
        {"minimumDuration": "P6W", "maximumDuration": "P2W"},
        {"minimumDuration": "P2W", "maximumDuration": "PT9H"},
    ],
)
def test_a_length_that_cannot_be_read_keeps_its_words(profile):
    found, issues = course(estimatedDuration=[{f"ceterms:{name}": one for name, one in profile.items()}])
    assert found == {"weeks": {"text": "; ".join(str(one) for one in profile.values()), "basis": "STATED"}}
    assert issues == [("VALUE_UNREADABLE", "ceterms:estimatedDuration")]


def fees(*profiles):
    found, issues = course(estimatedCost=[{f"ceterms:{name}": one for name, one in each.items()} for each in profiles])
    return found["usual"]["fees"], issues


def test_costs():
    concept = {"ceterms:targetNode": "http://purl.org/ctdl/vocabs/costType/Tuition"}
    own = {
        "directCostType": [concept],
        "price": 1200.0,
        "currency": "US Dollar",
        "residencyType": [{"ceterms:targetNode": "residency:International"}],
    }
    assert fees(own) == (
        [{"kind": "TUITION", "amount": {"amount": "1200.00", "currency": "USD"}, "residency": "INTERNATIONAL"}],
        [],
    )


@pytest.mark.parametrize(
    ("profile", "text", "field"),
    [
        ({"price": "about 500", "currency": "CAD"}, "about 500 CAD", "price"),
        ({"price": -5, "currency": "CAD"}, "-5 CAD", "price"),
        ({"price": True, "currency": "CAD"}, "CAD", "price"),
        ({"price": 500}, "500", "currency"),
        ({"price": 500, "currency": "shells"}, "500 shells", "currency"),
    ],
)
def test_a_price_that_cannot_be_read_keeps_its_words(profile, text, field):
    del field
    found, issues = fees(profile)
    assert found[0]["text"].endswith(text)
    assert "amount" not in found[0]
    assert issues == [("VALUE_UNREADABLE", "ceterms:estimatedCost")]


def test_a_sum_of_costs_is_not_tuition():
    found, _ = fees({"directCostType": "costType:AggregateCost", "price": 9, "currency": "CAD", "name": {"en": "All"}})
    assert found == [{"kind": "OTHER", "amount": {"amount": "9", "currency": "CAD"}, "text": "All"}]


def test_a_payment_pattern_that_we_do_not_know_makes_the_price_words():
    found, _ = fees({"price": 9, "currency": "CAD", "paymentPattern": "per gram"})
    assert found == [{"kind": "OTHER", "text": "9 CAD; per gram"}]


def test_manifests_are_read_where_a_listing_names_them():
    costs = {
        "@id": REGISTRY + OTHER,
        "@type": "ceterms:CostManifest",
        "ceterms:ctid": OTHER,
        "ceterms:estimatedCost": [{"ceterms:price": 5, "ceterms:currency": "CAD"}],
    }
    conditions = {
        "@id": "_:c",
        "@type": "ceterms:ConditionManifest",
        "ceterms:entryCondition": [{"@type": "ceterms:ConditionProfile", "ceterms:minimumAge": "16"}],
    }
    own = {**COURSE, "ceterms:commonCosts": [REGISTRY + OTHER], "ceterms:commonConditions": ["_:c"]}
    delivery = read_value([own, costs, conditions])
    (found,) = map(content, delivery.records)
    assert found["usual"] == {"fees": [{"kind": "OTHER", "amount": {"amount": "5", "currency": "CAD"}}]}
    assert found["requirements"] == [{"kind": "ADMISSION", "rule": {"condition": "AGE", "minimum": 16}}]
    assert delivery.issues == []
    assert [one.code for one in read_value([COURSE, costs]).issues] == ["MANIFEST_UNUSED"]


def test_two_ways_of_teaching_are_no_mode():
    both = [{"ceterms:targetNode": {"@id": f"deliveryType:{one}"}} for one in ("InPerson", "OnlineOnly")]
    assert course(deliveryType=both) == ({}, [("VALUE_INVALID", "ceterms:deliveryType")])
    assert course(deliveryType=both[:1]) == ({"usual": {"mode": "IN_PERSON"}}, [])


def test_codes_of_occupations_are_those_of_noc_2021():
    entries = [
        {"ceterms:codedNotation": one, "ceterms:frameworkName": {"en": "NOC"}} for one in ("NOC 21231", "2173", "213")
    ]
    found, issues = course(occupationType=entries)
    assert found == {"occupations": ["21231"]}
    assert issues == [("NOC_OUTDATED", "ceterms:occupationType"), ("LEADING_ZERO_LOST", "ceterms:occupationType")]


def test_lists_are_held_to_what_a_record_takes():
    found, issues = course(teaches=[{"ceterms:targetNodeName": {"en": f"skill {one}"}} for one in range(60)])
    assert len(found["skills"]) == 50
    assert issues == [("TOO_MANY", "ceterms:teaches")]


def test_credit_of_others_keeps_its_unit_as_words():
    value = {"@type": "ceterms:ValueProfile", "schema:value": "3", "ceterms:creditUnitType": ["creditUnit:DegreeCredit"]}
    assert course(creditValue=[value])[0] == {"credit": {"value": 3, "text": "DegreeCredit"}}
    assert course(creditHourValue=20.0, creditHourType={"en": "contact"})[0] == {"credit": {"value": 20, "text": "contact"}}
    assert course(creditValue=[{"schema:value": "some"}]) == ({}, [("VALUE_UNREADABLE", "ceterms:creditValue")])


# Conditions.


def rule(**profile):
    named = {f"ceterms:{name}": one for name, one in profile.items()}
    return course(requires=[{"@type": "ceterms:ConditionProfile", **named}])[0]["requirements"][0]["rule"]


def test_targets_without_an_identity_stay_words():
    named = {"@type": "ceterms:Certificate", "ceterms:name": "First aid", "ceterms:subjectWebpage": "https://x.example"}
    assert rule(targetCredential=[named]) == {"text": "First aid"}
    assert rule(targetLearningOpportunity=["_:x"]) == {"text": "_:x"}
    assert rule(targetCredential=["https://uni.example/c1"]) == {
        "holds": {"scheme": "url", "value": "https://uni.example/c1"}
    }


def test_weights_are_no_condition_and_credits_are_words():
    assert rule(weight=0.25, condition=["a", "b"]) == {"all": [{"text": "a"}, {"text": "b"}]}
    assert rule(creditValue=[{"schema:value": 25, "ceterms:creditUnitType": ["creditUnit:DegreeCredit"]}]) == {
        "text": "creditValue: 25 DegreeCredit"
    }


@pytest.mark.parametrize("age", ["nineteen", -1, True, [19]])
def test_an_age_that_is_no_number_is_still_asked_for(age):
    assert rule(minimumAge=age) == {"text": f"minimum age: {age}"}


def test_long_experience_is_said_beside_the_years():
    assert rule(yearsOfExperience=2, experience="x" * 300) == {
        "all": [{"condition": "EXPERIENCE", "years": 2}, {"text": "x" * 300}]
    }
    assert rule(yearsOfExperience=2, experience="forestry") == {"condition": "EXPERIENCE", "years": 2, "text": "forestry"}


# Competencies.

FRAMEWORK = {
    "@id": REGISTRY + OTHER,
    "@type": "ceasn:CompetencyFramework",
    "ceterms:ctid": OTHER,
    "ceasn:name": {"en-us": "Trade skills"},
}
COMPETENCY = {
    "@id": REGISTRY + CTID,
    "@type": "ceasn:Competency",
    "ceterms:ctid": CTID,
    "ceasn:isPartOf": REGISTRY + OTHER,
    "ceasn:competencyText": {"en-us": ["Weld steel"], "fr": "Souder"},
}


def skills(*nodes):
    delivery = read_value({"@context": "https://credreg.net/ctdlasn/schema/context/json", "@graph": list(nodes)})
    return list(map(content, delivery.records)), [(one.code, one.field) for one in delivery.issues]


def test_a_competency_is_a_skill_of_its_framework():
    found, issues = skills(FRAMEWORK, {**COMPETENCY, "ceasn:weight": 0.4, "ceasn:codedNotation": "1.A"})
    assert found == [
        {
            "type": "skill",
            "ref": CTID,
            "identifiers": [{"scheme": "ctid", "value": CTID}],
            "scheme": OTHER,
            "code": CTID,
            "labels": {"en-US": "Weld steel", "fr": "Souder"},
        }
    ]
    assert issues == [("FIELD_UNKNOWN", "ceasn:weight")]


def test_a_framework_without_a_ctid_goes_by_its_name():
    framework = {
        "@id": "http://uni.example/fw/1",
        "@type": "ceasn:CompetencyFramework",
        "ceasn:name": {"en": "Trade skills"},
    }
    own = {
        "@id": "http://uni.example/fw/1/ab-12",
        "@type": "ceasn:Competency",
        "ceasn:isPartOf": "http://uni.example/fw/1",
        "ceasn:competencyText": "Weld",
    }
    found, issues = skills(framework, own, {**own, "@id": "http://uni.example/fw/1/x", "ceasn:codedNotation": "1.A.1"})
    assert [(one["scheme"], one["code"]) for one in found] == [("trade-skills", "ab-12"), ("trade-skills", "1.A.1")]
    assert found[0]["identifiers"] == [{"scheme": "url", "value": "http://uni.example/fw/1/ab-12"}]
    assert issues == []


def test_a_label_is_short_and_its_text_the_description():
    found, _ = skills(FRAMEWORK, {**COMPETENCY, "ceasn:competencyLabel": {"en": "Welding"}})
    assert (found[0]["labels"], found[0]["description"]) == ({"en": "Welding"}, {"en-US": "Weld steel", "fr": "Souder"})
    found, issues = skills(FRAMEWORK, {**COMPETENCY, "ceasn:competencyText": {"en": "weld " * 100}})
    assert len(found[0]["labels"]["en"]) <= 300
    assert found[0]["description"] == {"en": ("weld " * 100).strip()}
    assert issues == [("TEXT_SHORTENED", "ceasn:competencyText")]


def test_a_course_teaches_a_competency_of_the_file():
    found, _ = skills(
        FRAMEWORK,
        COMPETENCY,
        {**COURSE, "@id": "_:course", "ceterms:ctid": CTID.replace("1", "3"), "ceterms:teaches": [REGISTRY + CTID]},
    )
    assert found[1]["skills"] == [{"scheme": OTHER, "code": CTID, "label": {"en-US": "Weld steel", "fr": "Souder"}}]


def test_levels_and_concepts_are_no_skills():
    found, issues = skills({"@id": REGISTRY + CTID, "@type": "skos:Concept", "skos:prefLabel": {"en": "Level 1"}})
    assert (found, issues) == ([], [("TYPE_UNKNOWN", "@type")])


JUNK = [7, True, [[]], {"@id": 3}, {"@value": 3}, [None, 7], {"en": {"en": []}}, {"ceterms:targetNode": 3}, "x" * 3000]
NAMES = """name description ctid subjectWebpage identifier inLanguage ownedBy offeredBy estimatedCost estimatedDuration requires hasPart
teaches occupationType subject creditValue deliveryType lifeCycleStatusType credentialType commonCosts hasOffering"""


@pytest.mark.parametrize("name", NAMES.split())
def test_junk_in_a_property_never_raises(name):
    for junk in JUNK:
        delivery = read_value({"@context": CONTEXT, **COURSE, f"ceterms:{name}": junk})
        assert delivery.records or delivery.issues


@pytest.mark.parametrize("name", ["isPartOf", "competencyText", "competencyLabel", "codedNotation"])
def test_junk_in_a_competency_never_raises(name):
    for junk in JUNK:
        found, issues = skills({**COMPETENCY, f"ceasn:{name}": junk})
        assert found or issues


def test_more_conditions_than_a_record_holds_stay_words():
    profiles = [
        {"@type": "ceterms:ConditionProfile", "ceterms:description": f"set {one}", "ceterms:condition": ["a"] * 100}
        for one in range(30)
    ]
    found, issues = course(requires=profiles)
    assert [("text" in one["rule"]) for one in found["requirements"]] == [False] + [True] * 19
    assert found["requirements"][1]["rule"] == {"text": "set 1"}
    assert set(issues) == {("TOO_MANY", "ceterms:requires")}
