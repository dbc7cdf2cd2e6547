"""schema.org: exact nodes, nothing invented, and the published rules of Google and Bioschemas."""

import json
from collections import Counter

import pytest

from catalog.formats.schema_org.rules import problems
from catalog.formats.schema_org.write import AWARDED, PROGRAMS, write_course
from tests.formats.documents import AROUND, OWN_ID, document_of, identity, seed_documents

# Domains of https://schema.org/docs/developers.html (release of 2026), as far as we write them.
_WORK = "name description url identifier provider offers"
PROPERTIES = {
    "Course": f"""{_WORK} abstract inLanguage keywords teaches about timeRequired numberOfCredits coursePrerequisites
    isAccessibleForFree educationalCredentialAwarded hasPart hasCourseInstance""",
    "EducationalOccupationalProgram": f"""{_WORK} educationalProgramMode occupationalCategory timeToComplete numberOfCredits
    programPrerequisites educationalCredentialAwarded hasCourse""",
    "EducationalOccupationalCredential": f"{_WORK} credentialCategory validFor",
    "CourseInstance": """name courseMode eventAttendanceMode courseWorkload courseSchedule duration location inLanguage offers url
    startDate endDate eventStatus maximumAttendeeCapacity""",
    "Schedule": "duration repeatFrequency repeatCount",
    "Offer": "category price priceCurrency url",
    "Organization": "name url sameAs",
    "Place": "name address geo",
    "VirtualLocation": "name url",
    "PostalAddress": "addressLocality",
    "GeoCoordinates": "latitude longitude",
    "PropertyValue": "propertyID value",
    "QuantitativeValue": "value unitText",
    "DefinedTerm": "name termCode inDefinedTermSet",
    "CategoryCode": "name codeValue inCodeSet",
}
CONFORMS_TO = "http://purl.org/dc/terms/conformsTo"
UNI = {
    "@type": "Organization",
    "@id": f"urn:uuid:{identity('institution', 'uni')}",
    "name": "Uni",
    "url": "https://uni.example",
    "sameAs": "https://uni.example",
}
FEE = {"kind": "TUITION", "amount": {"amount": "749.10"}}
RUN = {
    "ref": "fall",
    "label": "Fall 2026",
    "startsOn": "2026-09-08",
    "endsOn": {"earliest": "2026-11-01", "latest": "2026-11-30", "precision": "MONTH"},
    "mode": "IN_PERSON",
    "places": [{"role": "CLASS", "campus": "uni#main"}, {"role": "EXAM", "community": "Trail"}],
    "fees": [FEE],
    "seats": 20,
}
FULL = {
    "title": {"en": "Web Basics", "fr": "Bases du Web"},
    "summary": "Pages that work.",
    "skills": [{"label": "SEO"}],
    "occupations": ["21231"],
    "languages": ["en"],
    "totalHours": 30,
    "weeks": 6,
    "registerUrl": "https://uni.example/register",
    "offerings": [RUN],
}


def written(value, around=AROUND):
    node = write_course(document_of(value)[1], around)
    assert json.loads(json.dumps(node)) == node
    return node


def test_a_full_listing_is_written_exactly_and_passes_every_rule():
    offer = {
        "@type": "Offer",
        "category": "Paid",
        "price": "749.10",
        "priceCurrency": "CAD",
        "url": "https://uni.example/register",
    }
    node = written(FULL)
    instance = node.pop("hasCourseInstance")[0]
    assert node == {
        "@type": "Course",
        "@id": f"urn:uuid:{OWN_ID}",
        "name": "Web Basics",
        "description": "Pages that work.",
        "keywords": "seo",
        "inLanguage": ["en"],
        "teaches": [{"@type": "DefinedTerm", "@id": f"urn:uuid:{identity('skill', 'local:seo')}", "name": "seo"}],
        "about": [
            {
                "@type": "CategoryCode",
                "@id": f"urn:uuid:{identity('occupation', '21231')}",
                "name": "21231",
                "codeValue": "21231",
                "inCodeSet": "test",
            }
        ],
        "timeRequired": "PT30H",
        "isAccessibleForFree": False,
        "provider": [UNI],
        "offers": [offer],
        "educationalCredentialAwarded": {
            "@type": "EducationalOccupationalCredential",
            "name": "Web Basics",
            "credentialCategory": "Micro-credential",
        },
        CONFORMS_TO: {"@id": "https://bioschemas.org/profiles/Course/1.0-RELEASE"},
    }
    assert instance.pop("@id").startswith("urn:uuid:")
    assert instance.pop("location").pop("@id").startswith("urn:uuid:")
    assert instance == {
        "@type": "CourseInstance",
        "name": "Fall 2026",
        "courseMode": "Onsite",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "courseWorkload": "PT30H",
        "duration": "P6W",
        "startDate": "2026-09-08",
        "inLanguage": ["en"],
        "offers": offer,
        "url": "https://uni.example/register",
        "maximumAttendeeCapacity": 20,
        CONFORMS_TO: {"@id": "https://bioschemas.org/profiles/CourseInstance/1.0-RELEASE"},
    }
    assert problems(written(FULL)) == []


def test_a_place_is_where_it_is_taught():
    place = written(FULL)["hasCourseInstance"][0]["location"]
    assert (place["name"], place["address"]["addressLocality"], place["geo"]["latitude"]) == ("Main Campus", "Nelson", 49.5)


def test_what_nobody_states_stays_out():
    node = written({})
    assert set(node) == {"@type", "@id", "name", "provider", "educationalCredentialAwarded"}


def test_what_is_not_around_is_left_out():
    node = written(FULL, {})
    assert {"provider", "teaches", "about", "keywords"}.isdisjoint(node)
    assert "location" not in node["hasCourseInstance"][0]


@pytest.mark.parametrize(
    ("value", "failing"),
    [
        ({"summary": None}, "description is missing"),
        ({"title": "Web Basics, only $30!"}, "name carries a price or a discount"),
        ({"skills": None}, "keywords is missing, or is more than one text"),
        ({"totalHours": None}, "hasCourseInstance has neither courseWorkload nor courseSchedule"),
        ({"offerings": []}, "hasCourseInstance is missing"),
        ({"offerings": [RUN | {"fees": []}]}, "offers is missing"),
        ({"offerings": [{key: RUN[key] for key in RUN if key != "mode"}]}, "hasCourseInstance.courseMode is missing"),
        ({"offerings": [RUN | {"places": []}]}, "hasCourseInstance.location is missing, or is more than one"),
        ({"kind": "DIPLOMA"}, "@type is not Course"),
    ],
)
def test_a_listing_that_lacks_something_fails_the_rule_that_asks_for_it(value, failing):
    stated = {key: one for key, one in (FULL | value).items() if one is not None}
    assert failing in {one.partition(": ")[2] for one in problems(written(stated))}


@pytest.mark.parametrize(
    ("change", "failing"),
    [
        ({"provider": [{"@type": "Organization"}]}, "google-course-list: provider has no name"),
        ({"@id": None}, "bioschemas: @id is missing"),
        (
            {"offers": {"@type": "Offer", "category": "Cheap"}},
            "google-course-info: offers.category is none of those allowed",
        ),
        (
            {"offers": {"@type": "Offer", "category": "Paid", "price": "1"}},
            "google-course-info: offers.priceCurrency is missing",
        ),
        ({CONFORMS_TO: None}, "bioschemas: conformsTo does not name the profile"),
        (
            {"hasCourseInstance": {"@id": "x", "courseMode": "Remote", "location": "Online", "courseWorkload": "PT3H"}},
            "google-course-info: hasCourseInstance.courseMode is none of those allowed",
        ),
        (
            {"hasCourseInstance": {"@id": "x", "courseMode": "Online", "location": "Online", "courseWorkload": "30 hours"}},
            "google-course-info: hasCourseInstance.courseWorkload is no ISO 8601 duration",
        ),
        (
            {
                "hasCourseInstance": {
                    "@id": "x",
                    "courseMode": "Online",
                    "location": "Online",
                    "courseSchedule": {"repeatCount": 3},
                }
            },
            "google-course-info: hasCourseInstance.courseSchedule needs repeatCount and repeatFrequency",
        ),
        (
            {"hasCourseInstance": {"courseMode": "Online", "location": "Online"}},
            "bioschemas: hasCourseInstance.@id is missing",
        ),
    ],
)
def test_a_node_of_others_fails_the_rule_that_it_breaks(change, failing):
    assert failing in problems(written(FULL) | change)


def test_hours_by_the_week_are_a_schedule():
    node = written({**{key: FULL[key] for key in FULL if key != "totalHours"}, "weeklyHours": 2.5})
    assert node["hasCourseInstance"][0]["courseSchedule"] == {
        "@type": "Schedule",
        "duration": "PT2.5H",
        "repeatFrequency": "Weekly",
        "repeatCount": 6,
    }
    assert problems(node) == []


def test_instructional_hours_are_not_the_workload():
    assert "timeRequired" not in written({"instructionalHours": 30})


def test_a_range_is_no_workload():
    assert "timeRequired" not in written({"totalHours": {"min": 20, "max": 30}})


def test_without_offerings_what_usually_holds_is_the_instance():
    node = written({"usual": {"mode": "ONLINE_ANYTIME", "fees": [{"kind": "TUITION", "amount": "0"}]}})
    assert node["hasCourseInstance"] == [
        {
            "@type": "CourseInstance",
            "@id": f"urn:uuid:{OWN_ID}#usual",
            "courseMode": "Online",
            "eventAttendanceMode": "https://schema.org/OnlineEventAttendanceMode",
            "location": {"@type": "VirtualLocation", "name": "Online"},
            "offers": {"@type": "Offer", "category": "Free", "price": "0", "priceCurrency": "CAD"},
            CONFORMS_TO: {"@id": "https://bioschemas.org/profiles/CourseInstance/1.0-RELEASE"},
        }
    ]
    assert node["isAccessibleForFree"] is True


@pytest.mark.parametrize(
    ("fees", "category", "free"),
    [
        ([], None, None),
        ([{"kind": "TUITION", "text": "see the page"}], None, None),
        ([{"kind": "TUITION", "amount": "0"}, {"kind": "EXAM", "text": "unknown"}], None, None),
        ([{"kind": "TUITION", "amount": "500", "coveredFor": [{"audience": "ALL"}]}], "Free", True),
        ([{"kind": "TUITION", "amount": "500", "coveredFor": [{"audience": "YOUTH"}]}], None, None),
        ([{"kind": "TUITION", "amount": "0", "residency": "DOMESTIC"}, {"kind": "TUITION", "amount": "900", "residency": "INTERNATIONAL"}], "Free", False),
        ([{"kind": "TUITION", "amount": "50", "per": "CREDIT"}], "Paid", False),
        ([{"kind": "TUITION", "amount": "0"}, {"kind": "MATERIALS", "amount": "60", "optional": True}], "Free", True),
    ],
)  # fmt: skip
def test_free_is_only_what_is_known_to_be_free(fees, category, free):
    node = written({"usual": {"fees": fees}})
    assert [one["category"] for one in node.get("offers", ())] == ([category] if category else [])
    assert node.get("isAccessibleForFree") == free


def test_a_price_for_each_credit_is_no_price():
    assert "price" not in written({"usual": {"fees": [FEE | {"per": "CREDIT"}]}})["offers"][0]


def test_a_cancelled_run_is_an_instance_and_no_offer():
    node = written({"offerings": [RUN | {"run": "CANCELLED"}]})
    assert node["hasCourseInstance"][0]["eventStatus"] == "https://schema.org/EventCancelled"
    assert "offers" not in node


def test_what_stacks_is_a_course_with_parts_and_a_diploma_a_program_with_courses():
    component = {
        "@type": "Course",
        "@id": f"urn:uuid:{identity('credential', 'uni/basics')}",
        "name": "The uni/basics",
    }
    assert written({"components": ["uni/basics"]})["hasPart"] == [component]
    program = written({"kind": "DIPLOMA", "components": ["uni/basics"], "occupations": ["21231"], "weeks": 40})
    assert (program["@type"], program["hasCourse"], program["timeToComplete"]) == (
        "EducationalOccupationalProgram",
        [component],
        "P40W",
    )
    assert program["occupationalCategory"][0]["codeValue"] == "21231"


def test_a_licence_is_a_credential():
    node = written({"kind": "LICENCE", "validFor": "P3Y"})
    assert (node["@type"], node["credentialCategory"], node["validFor"]) == (
        "EducationalOccupationalCredential",
        "Licence",
        "P3Y",
    )


def test_requirements_are_said_in_the_words_of_the_source_or_from_the_rule():
    requirements = [
        {"kind": "PREREQUISITE", "rule": {"text": "x"}, "original": "Permission."},
        {"kind": "ADMISSION", "rule": {"any": [{"holds": "uni/basics"}, {"condition": "AGE", "minimum": 19}]}},
        {"kind": "RECOMMENDED", "rule": {"text": "Some experience"}},
    ]
    assert written({"requirements": requirements})["coursePrerequisites"] == [
        "Permission.",
        "The uni/basics or age 19 or over",
    ]


def test_joint_delivery_has_two_providers():
    node = written(
        {"partnerships": [{"role": "CO_PROVIDER", "institution": "college"}, {"role": "FUNDER", "institution": "council"}]}
    )
    assert [one["name"] for one in node["provider"]] == ["Uni", "College"]


def test_a_text_is_in_a_language_of_the_listing():
    assert written({"title": FULL["title"], "languages": ["fr"]})["name"] == "Bases du Web"


def test_programs_are_awards():
    assert set(AWARDED) > PROGRAMS


@pytest.mark.parametrize("seeded", ["sqlite"], indirect=True)
def test_the_seed_is_written_in_published_terms_and_says_which_rules_it_fails(seeded):
    documents = seed_documents(seeded.database)
    listed = [one for one in documents.values() if one["__typename"] == "Credential" and one["catalogued"]]
    nodes = [write_course(one, documents) for one in listed]
    for node in every_node(nodes):
        assert {name for name in node if name[0] != "@"} - {CONFORMS_TO} <= set(PROPERTIES[node["@type"]].split()), node
        assert not any(one in (None, "", [], {}) for one in node.values())
    assert Counter(one["@type"] for one in nodes) == {"Course": 195, "EducationalOccupationalProgram": 11}
    profiles = [{one.partition(":")[0] for one in problems(node)} for node in nodes]
    counted = Counter(one for failed in profiles for one in failed)
    assert counted == {"google-course-list": 11, "google-course-info": 205, "bioschemas": 72}


def every_node(value):
    if isinstance(value, list):
        for one in value:
            yield from every_node(one)
    elif isinstance(value, dict):
        if "@type" in value:
            yield value
        for one in value.values():
            yield from every_node(one)
