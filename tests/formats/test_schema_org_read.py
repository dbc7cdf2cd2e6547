"""schema.org read: files and pages, what each property becomes, and what is told instead of guessed."""

import json
from collections import Counter

import pytest

from catalog.formats.schema_org.read import FORMAT, read, recognises
from catalog.formats.schema_org.write import write_course
from catalog.model.reading.content import open_content
from catalog.model.reading.delivery import Told
from catalog.model.record import content
from tests.formats.documents import AROUND, document_of
from tests.formats.schema_org_seed import seed_listings
from tests.served import ROOT

TOLD = Told(provider="uni")
ID = "https://uni.example/web"
WEB = {"@context": "https://schema.org", "@type": "Course", "@id": ID, "name": "Web Basics"}
BARE = {
    "type": "credential",
    "ref": ID,
    "identifiers": [{"scheme": "url", "value": ID}],
    "provider": "uni",
    "title": {"en": "Web Basics"},
    "kind": "COURSE",
}
SAMPLES = ROOT.parent / "shared" / "samples" / "schema.org"


def opened(value, told=TOLD):
    data = value if isinstance(value, bytes) else value.encode() if isinstance(value, str) else json.dumps(value).encode()
    return open_content(data, told)


def delivered(value, told=TOLD):
    return read(opened(value, told), told)


def contents(value, told=TOLD):
    return [content(one) for one in delivered(value, told).records]


def stated(properties, told=TOLD):
    """What the properties add to a bare course."""
    delivery = delivered(WEB | properties, told)
    assert len(delivery.records) == 1, delivery.issues
    found = content(delivery.records[0])
    return {name: value for name, value in found.items() if BARE.get(name) != value}


def issues(value, told=TOLD):
    return [(one.code, one.path, one.severity.value) for one in delivered(value, told).issues]


def run(properties):
    """The offering of a course with one dated run."""
    value = stated({"hasCourseInstance": {"@type": "CourseInstance", "startDate": "2026-09-08"} | properties})
    assert set(value) <= {"offerings", "statedHours", "weeklyHours"}, value
    found = value["offerings"][0]
    assert found.pop("startsOn") == {"earliest": "2026-09-08", "latest": "2026-09-08", "precision": "DAY"}
    return found


def page(*blocks, body="", head="<html>"):
    scripts = "".join(f'<script type="application/ld+json">{one}</script>' for one in blocks)
    return f"<!doctype html>{head}<head>{scripts}</head><body>{body}</body></html>"


# How a file may be written


def test_a_plain_course():
    delivery = delivered(WEB)
    assert (FORMAT, delivery.format, delivery.issues) == ("schema.org", "schema.org", [])
    assert [content(one) for one in delivery.records] == [BARE]
    assert delivery.places == {1: "$"}


@pytest.mark.parametrize(
    "value",
    [
        [WEB],
        {"@context": "http://schema.org/", "@graph": [{name: one for name, one in WEB.items() if name != "@context"}]},
        {"@context": {"@vocab": "https://schema.org/"}, "@type": ["Course", "Thing"], "@id": ID, "name": ["Web Basics"]},
        {"@context": {"s": "http://schema.org/"}, "@type": "s:Course", "@id": ID, "s:name": "Web Basics"},
        {"@context": {"title": "https://schema.org/name"}, "@type": "schema:Course", "@id": ID, "title": "Web Basics"},
        {"@type": "schema:Course", "@id": ID, "schema:name": "Web Basics"},
        [{"@type": ["http://schema.org/Course"], "@id": ID, "https://schema.org/name": [{"@value": "Web Basics"}]}],
        {
            "@context": "https://schema.org",
            "type": "Course",
            "id": ID,
            "name": {"@value": "Web Basics", "@language": "en-CA"},
        },
        {"@context": "https://schema.org", "@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": WEB}]},
        {"@context": "https://schema.org", "@type": "WebPage", "mainEntity": WEB},
    ],
)
def test_every_way_of_writing_says_the_same(value):
    assert recognises(opened(value))
    assert contents(value) == [BARE]


@pytest.mark.parametrize(
    "value",
    [
        {"@context": "https://credreg.net/ctdl/schema/context/json", "@type": "ceterms:Course", "ceterms:name": "X"},
        {"@context": ["https://schema.org"], "@type": ["Course", "ceterms:Course"], "name": "X"},
        {"@context": "https://w3id.org/openbadges/v2", "type": "BadgeClass", "name": "X"},
        {"@context": "https://schema.org", "@type": "Event", "name": "X"},
        {"type": "Course", "name": "Anybody's"},
        {"@context": "https://example.org/terms", "@type": "Course", "name": "X"},
        [1, "Course", None],
    ],
)
def test_json_of_others_is_not_claimed(value):
    assert not recognises(opened(value))


def test_any_page_is_recognised_also_as_xhtml():
    assert recognises(opened("<!doctype html><p>Nothing"))
    assert recognises(opened('<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body/></html>'))
    assert not recognises(opened('<?xml version="1.0"?><catalog/>'))
    assert not recognises(opened("ref,title\n1,Web\n"))


# Pages


def test_a_broken_block_does_not_lose_the_others():
    delivery = delivered(page('{"@type": "BreadcrumbList",}', json.dumps(WEB), '{"@type": "Course", "name"'))
    assert [content(one) for one in delivery.records] == [BARE]
    told = [(one.code, one.place, one.severity.value) for one in delivery.issues]
    assert told == [("JSON_INVALID", "block 1", "WARNING"), ("FILE_TRUNCATED", "block 3", "ERROR")]
    assert delivery.places[delivery.rows[0]] == "block 2"


@pytest.mark.parametrize("around", ["<!--\n{}\n-->", "//<![CDATA[\n{}\n//]]>", "/*<![CDATA[*/{}/*]]>*/", "\n {};"])
def test_what_hides_a_script_from_old_browsers_is_taken_off(around):
    assert contents(page(around.replace("{}", json.dumps(WEB)))) == [BARE]


def test_a_key_that_stands_twice_is_no_course():
    assert issues(page('{"@type": "Course", "name": "A", "name": "B"}'))[0] == ("KEY_DUPLICATE", "", "ERROR")


MICRODATA = """<div itemscope itemtype="https://schema.org/Course" itemid="https://uni.example/web">
<h1 itemprop="name">Web <b>Basics</b></h1><a itemprop="url" href="/web">more</a>
<meta itemprop="timeRequired" content="PT30H"><time itemprop="startDate" datetime="2026-09-08">this fall</time>
<div itemprop="offers" itemscope itemtype="https://schema.org/Offer"><data itemprop="price" value="395">$395</data></div></div>"""


def test_microdata_is_read_where_there_is_no_json():
    told = Told(provider="uni", address="https://uni.example/list")
    assert contents(page(body=MICRODATA), told) == [
        BARE
        | {
            "url": "https://uni.example/web",
            "statedHours": {"min": 30.0, "max": 30.0, "basis": "STATED"},
            "offerings": [
                {
                    "fees": [{"kind": "TUITION", "amount": {"amount": "395.00", "currency": "CAD"}}],
                    "startsOn": {"earliest": "2026-09-08", "latest": "2026-09-08", "precision": "DAY"},
                }
            ],
        }
    ]


def test_microdata_of_a_course_that_json_gives_is_passed_over():
    other = '<p itemscope itemtype="https://schema.org/Course"><i itemprop="name">Other</i></p>'
    found = delivered(page(json.dumps(WEB), body=MICRODATA + other))
    assert [one.title for one in found.records] == [{"en": "Web Basics"}, {"en": "Other"}]
    assert found.places[found.rows[1]] == "microdata item 2"


RDFA = '<div vocab="https://schema.org/" typeof="Course"><h1 property="name">Web</h1></div>'


def test_rdfa_alone_is_said_to_be_not_read():
    assert issues(page(body=RDFA)) == [("RDFA_NOT_READ", "", "ERROR")]
    assert issues(page(json.dumps(WEB), body=RDFA)) == []


def test_a_page_without_courses_says_what_it_has():
    found = delivered(page('{"@context": "https://schema.org", "@type": "Event", "name": "Open day"}')).issues
    assert [(one.code, one.message) for one in found] == [
        ("NOTHING_FOUND", "there is no course in the file: it describes Event, and no course")
    ]
    assert "application/ld+json" in found[0].hint


def test_other_types_beside_a_course_are_passed_over():
    assert issues(page('{"@context": "https://schema.org", "@type": "Organization", "name": "U"}', json.dumps(WEB))) == []


def test_a_page_in_french_has_french_texts():
    assert contents(page(json.dumps(WEB), head='<html lang="fr-CA">'))[0]["title"] == {"fr": "Web Basics"}


def test_the_source_of_a_page_is_read_with_a_warning():
    source = f"<?php $schema = '<script type=\"application/ld+json\">{json.dumps(WEB)}</script>'; ?><html></html>"
    delivery = delivered(source)
    assert [content(one) for one in delivery.records] == [BARE]
    assert [one.code for one in delivery.issues] == ["PAGE_IS_TEMPLATE"]


def test_a_page_that_is_too_deep_says_so():
    assert issues("<html>" + "<div>" * 50_000 + page(json.dumps(WEB)))[0][0] == "PAGE_TOO_DEEP"


# What a course is called


def refs(properties, told=TOLD):
    value = {name: one for name, one in (WEB | properties).items() if one is not None}
    return [(one["ref"], one.get("identifiers")) for one in contents(value, told)]


def test_the_ref_is_the_id_else_identifier_code_address_and_name():
    own = {"@id": None}
    code = {"@type": "PropertyValue", "propertyID": "https://registry.example/ctid", "value": "ce-1"}
    assert refs({"courseCode": "W1"}) == [
        (ID, [{"scheme": "url", "value": ID}, {"scheme": "uni-code", "value": "W1"}]),
    ]
    assert refs(own | {"identifier": code, "courseCode": "W1"}) == [
        ("W1", [{"scheme": "ctid", "value": "ce-1"}, {"scheme": "uni-code", "value": "W1"}])
    ]
    assert refs(own | {"identifier": "77"}) == [("77", [{"scheme": "uni-id", "value": "77"}])]
    assert refs(own | {"url": ID}) == [(ID, [{"scheme": "url", "value": ID}])]
    assert refs(own) == [("web-basics", None)]
    assert issues({name: one for name, one in WEB.items() if name != "@id"}) == [("REF_DERIVED", "ref", "WARNING")]


def test_a_code_is_only_its_providers():
    value = {"@id": None, "courseCode": "F300", "provider": {"@type": "CollegeOrUniversity", "name": "Other U"}}
    assert refs(value, Told()) == [("other-u/F300", [{"scheme": "other-u-code", "value": "F300"}])]


def test_an_id_with_other_signs_gives_a_ref_with_a_hash_and_stays_an_identifier():
    address = "https://uni.example/c?id=7&l=en#course"
    found = refs({"@id": address})
    assert found == [("https://uni.example/c-id-7-l-en-course-04cb9a33", [{"scheme": "url", "value": address}])]
    assert refs({"@id": "#course", "url": ID}) == refs({"@id": None, "url": ID})
    assert refs({"@id": "#course"}, Told(provider="uni", address=ID))[0][1] == [{"scheme": "url", "value": f"{ID}#course"}]


def test_one_id_for_two_courses_is_refused_unless_they_are_equal():
    graph = {"@context": "https://schema.org"}
    course = {name: one for name, one in WEB.items() if name != "@context"}
    assert contents(graph | {"@graph": [course, course]}) == [BARE]
    assert contents(graph | {"@graph": [course, {"@id": ID, "@type": "Course", "description": "More."}]}) == [
        BARE | {"description": {"en": "More."}}
    ]
    assert issues(graph | {"@graph": [course, course | {"name": "Other"}]}) == [("REF_DUPLICATE", "ref", "ERROR")]


def test_what_two_courses_share_tells_neither_apart():
    graph = [WEB | {"courseCode": "W1"}, WEB | {"@id": f"{ID}/2", "courseCode": "W1"}]
    assert [one["identifiers"] for one in contents(graph)] == [
        [{"scheme": "url", "value": ID}],
        [{"scheme": "url", "value": f"{ID}/2"}],
    ]


def test_a_course_without_a_name_or_a_provider_is_told():
    assert issues({"@context": "https://schema.org", "@type": "Course", "@id": ID}) == [("FIELD_MISSING", "title", "ERROR")]
    assert issues(WEB, Told()) == [("FIELD_MISSING", "provider", "ERROR")]


# Who gives it


def test_providers_become_institutions_that_are_only_mentioned():
    value = {"provider": [{"@type": "Organization", "name": "Uni B", "url": "https://b.example"}, {"name": "College C"}]}
    delivery = delivered(WEB | value, Told())
    assert [content(one) for one in delivery.mentioned] == [
        {"type": "institution", "ref": "uni-b", "slug": "uni-b", "name": {"en": "Uni B"}, "kind": "NOT_STATED", "url": "https://b.example"},
        {"type": "institution", "ref": "college-c", "slug": "college-c", "name": {"en": "College C"}, "kind": "NOT_STATED"},
    ]  # fmt: skip
    record = content(delivery.records[0])
    assert record["provider"] == "uni-b"
    assert record["partnerships"] == [{"role": "CO_PROVIDER", "institution": "college-c"}]
    assert stated(value) == {"partnerships": [{"role": "CO_PROVIDER", "text": "College C"}]}


def test_a_provider_may_be_named_by_its_id_in_text_or_by_its_catalogue():
    org = {"@type": "Organization", "@id": "#org", "name": "Uni B"}
    course = {name: one for name, one in WEB.items() if name != "@context"}
    graph = {"@context": "https://schema.org", "@graph": [course | {"provider": {"@id": "#org"}}, org]}
    assert contents(graph, Told())[0]["provider"] == "uni-b"
    assert contents(WEB | {"provider": "Uni B"}, Told())[0]["provider"] == "uni-b"
    listed = org | {
        "hasOfferCatalog": {"@type": "OfferCatalog", "itemListElement": [{"@type": "Offer", "itemOffered": course}]}
    }
    assert contents({"@context": "https://schema.org"} | listed, Told())[0]["provider"] == "uni-b"


def test_people_are_never_read():
    person = {"@type": "Person", "name": "Zoe Hidden"}
    value = {"instructor": person, "author": [person], "provider": person, "teaches": person, "audience": person,
             "coursePrerequisites": person, "hasCourseInstance": {"@type": "CourseInstance", "instructor": person, "location": person}}  # fmt: skip
    delivery = delivered(WEB | value, Told())
    assert "Zoe" not in json.dumps([content(one) for one in delivery.records]) + str(
        [(str(one), one.value) for one in delivery.issues]
    )
    dropped = {one.field for one in delivery.issues if one.code == "FIELD_UNKNOWN"}
    assert {"instructor", "author", "provider", "hasCourseInstance.instructor"} <= dropped


# What it is


@pytest.mark.parametrize(
    ("award", "kind", "more"),
    [
        ("Micro-credential", "MICRO_CREDENTIAL", {}),
        ({"@type": "EducationalOccupationalCredential", "credentialCategory": "Certificate"}, "CERTIFICATE", {}),
        (
            {"@type": "EducationalOccupationalCredential", "name": "Certified Baker"},
            "COURSE",
            {"providerTerm": "Certified Baker"},
        ),
        ("Digital badge", "COURSE", {"records": ["BADGE"]}),
        ("Badge of honour", "COURSE", {"providerTerm": "Badge of honour"}),
        ("https://schema.org/Diploma", "DIPLOMA", {}),
    ],
)
def test_the_kind_is_what_the_award_is_called_and_never_guessed(award, kind, more):
    assert {"kind": kind} | more == {"kind": "COURSE"} | stated({"educationalCredentialAwarded": award})


def test_programs_and_awards_of_unknown_kind_are_other():
    assert stated({"@type": "EducationalOccupationalProgram"}) == {"kind": "OTHER"}
    licence = {"@type": "EducationalOccupationalCredential", "credentialCategory": "License", "validFor": "P3Y"}
    assert stated(licence) == {"kind": "LICENCE", "validFor": "P3Y"}
    assert issues(WEB | licence | {"validFor": "three years"}) == [("VALUE_UNREADABLE", "validFor", "WARNING")]


def test_an_award_that_one_course_leads_to_is_read_with_it():
    award = {
        "@type": "EducationalOccupationalCredential",
        "@id": "#award",
        "name": "Baker",
        "credentialCategory": "Certificate",
    }
    course = WEB | {"educationalCredentialAwarded": {"@id": "#award"}}
    assert [one["kind"] for one in contents([course, WEB | award])] == ["CERTIFICATE"]


def test_texts_are_plain_and_shortened_with_a_warning():
    assert stated({"description": "<p>One &amp; two</p><script>x</script>", "abstract": "Short."}) == {
        "description": {"en": "One & two"},
        "summary": {"en": "Short."},
    }
    texts = [{"@value": "Web", "@language": "en"}, {"@value": "Toile", "@language": "fr-CA"}]
    assert stated({"name": texts})["title"] == {"en": "Web", "fr": "Toile"}
    assert issues(WEB | {"name": "word " * 100}) == [("TEXT_SHORTENED", "title", "WARNING")]


def test_a_creative_work_that_names_the_course_profile_is_a_course():
    work = {
        "@type": "CreativeWork",
        "dct:conformsTo": "https://bioschemas.org/profiles/Course/1.0-RELEASE",
        "hasCourseInstance": [],
    }
    work["hasCourseInstance"] = {"@type": "CourseInstance", "startDate": "2026-09-08"}
    assert [one["kind"] for one in contents(WEB | work)] == ["COURSE"]
    assert issues(WEB | work) == [("TYPE_UNKNOWN", "@type", "WARNING")]


# How long, how much


def test_hours_of_work_stay_apart_from_weeks():
    assert stated({"timeRequired": "PT40H"}) == {"statedHours": {"min": 40.0, "max": 40.0, "basis": "STATED"}}
    assert stated({"timeToComplete": "P6W"}) == {"weeks": {"min": 6.0, "max": 6.0, "basis": "STATED"}}
    duration = {"@type": "Duration", "value": "3 to 4 hours per week"}
    assert stated({"timeRequired": duration}) == {"weeklyHours": {"min": 3.0, "max": 4.0, "basis": "STATED"}}
    assert issues(WEB | {"timeRequired": "P1DT5H"}) == [("VALUE_UNREADABLE", "timeRequired", "WARNING")]


def test_workload_of_the_runs_is_the_courses_where_they_agree():
    runs = [{"@type": "CourseInstance", "startDate": f"2026-0{month}-08", "courseWorkload": "PT30H"} for month in (1, 9)]
    assert stated({"hasCourseInstance": runs})["statedHours"] == {"min": 30.0, "max": 30.0, "basis": "STATED"}
    runs[1]["courseWorkload"] = "PT20H"
    assert issues(WEB | {"hasCourseInstance": runs}) == [("VALUE_UNREADABLE", "hours", "WARNING")]
    assert stated({"courseWorkload": "as you like"})["statedHours"] == {"text": "as you like", "basis": "STATED"}


def test_credits_have_their_unit_or_its_words():
    assert stated({"numberOfCredits": 3}) == {"credit": {"value": 3.0, "per": "CREDENTIAL"}}
    value = {"@type": "QuantitativeValue", "value": "7.5", "unitText": "ECTS"}
    assert stated({"numberOfCredits": value}) == {"credit": {"value": 7.5, "per": "CREDENTIAL", "text": "ECTS"}}
    assert stated({"numberOfCredits": "three"}) == {"credit": {"value": 3.0, "per": "CREDENTIAL"}}
    assert stated({"numberOfCredits": "some"}) == {"credit": {"text": "some"}}


def test_skills_have_a_code_only_with_its_scheme():
    terms = [
        "HTML",
        {"@type": "DefinedTerm", "name": "CSS", "termCode": "S1", "inDefinedTermSet": "esco"},
        {"@type": "DefinedTerm", "name": "SEO", "termCode": "S2"},
        {
            "name": "JS",
            "termCode": "http://data.europa.eu/esco/skill/ab-1",
            "inDefinedTermSet": "http://data.europa.eu/esco/x",
        },
        {
            "name": "SQL",
            "termCode": "9",
            "inDefinedTermSet": {"@type": "DefinedTermSet", "url": "https://www.skills.example/set"},
        },
    ]
    assert stated({"teaches": terms})["skills"] == [
        {"label": {"en": "HTML"}},
        {"scheme": "esco", "code": "S1", "label": {"en": "CSS"}},
        {"label": {"en": "SEO"}},
        {"scheme": "esco", "code": "ab-1", "label": {"en": "JS"}},
        {"scheme": "skills-example-set", "code": "9", "label": {"en": "SQL"}},
    ]
    assert stated({"about": [*terms[1:3], "the web"]})["skills"] == [
        {"scheme": "esco", "code": "S1", "label": {"en": "CSS"}}
    ]
    assert stated({"competencyRequired": "HTML"})["requirements"][0]["rule"] == {"text": "HTML"}


def test_more_skills_than_a_record_takes_are_told():
    value = WEB | {"teaches": [f"skill {number}" for number in range(60)]}
    assert len(contents(value)[0]["skills"]) == 50
    assert issues(value) == [("TOO_MANY", "skills", "WARNING")]


def test_occupations_are_of_noc_only_if_it_says_so():
    coded = {"@type": "CategoryCode", "codeValue": "21231", "inCodeSet": "NOC 2021"}
    assert stated({"occupationalCategory": [coded, "NOC 21234", coded]}) == {"occupations": ["21231", "21234"]}
    assert stated({"about": coded}) == {"occupations": ["21231"]}
    for value, code in (
        ("15-1254.00", "VALUE_UNREADABLE"),
        (coded | {"inCodeSet": "NOC 2016", "codeValue": "2174"}, "NOC_OUTDATED"),
        (coded | {"inCodeSet": "https://noc.esdc.gc.ca/", "codeValue": "12"}, "LEADING_ZERO_LOST"),
    ):
        assert issues(WEB | {"occupationalCategory": value}) == [(code, "occupations", "WARNING")]


def test_prerequisites_are_words_or_a_course_of_the_file():
    first = WEB | {"@id": f"{ID}/1", "name": "First"}
    second = WEB | {"coursePrerequisites": ["Grade 12", {"@type": "Course", "@id": f"{ID}/1", "name": "First"}]}
    assert contents([first, second])[1]["requirements"] == [
        {"kind": "PREREQUISITE", "rule": {"text": "Grade 12"}, "original": "Grade 12"},
        {"kind": "PREREQUISITE", "rule": {"holds": {"scheme": "url", "value": f"{ID}/1"}}},
    ]
    target = {"@type": "AlignmentObject", "targetName": "Level 4"}
    assert stated({"programPrerequisites": target})["requirements"][0]["original"] == "Level 4"
    assert stated({"coursePrerequisites": "None."}) == {"requirementsStated": "NONE"}


def test_parts_are_components_if_the_file_describes_them():
    part = {"@type": "Course", "@id": f"{ID}/1", "name": "First", "description": "The first."}
    program = WEB | {"@type": "EducationalOccupationalProgram", "hasCourse": [part, {"@type": "Course", "name": "Second"}]}
    found = contents(program)
    assert [one["title"]["en"] for one in found] == ["Web Basics", "First"]
    assert found[0]["components"] == [{"scheme": "url", "value": f"{ID}/1"}]
    assert issues(program) == [("COMPONENT_NOT_DESCRIBED", "components", "WARNING")]


def test_languages_and_audience():
    language = {"@type": "Language", "name": "English", "alternateName": "en"}
    assert stated({"inLanguage": [language, "fr_CA"], "availableLanguage": "Hindi"}) == {"languages": ["en", "fr-CA", "hi"]}
    audience = [{"@type": "EducationalAudience", "educationalRole": "student"}, "Newcomers"]
    assert stated({"audience": audience}) == {"audienceText": "student; Newcomers"}


# Runs


def test_a_run():
    value = run(
        {
            "@id": "urn:uuid:8a35dba3-e314-5ec5-ba1f-73c2492f78b4",
            "name": "Fall",
            "endDate": "November 2026",
            "courseMode": ["full-time", "Online", "synchronous"],
            "duration": "P6W",
            "courseWorkload": "PT30H",
            "eventStatus": "https://schema.org/EventCancelled",
            "maximumAttendeeCapacity": "20",
            "inLanguage": "fr",
            "url": "https://uni.example/register",
        }
    )
    assert value == {
        "ref": "8a35dba3-e314-5ec5-ba1f-73c2492f78b4",
        "label": "Fall",
        "endsOn": {"earliest": "2026-11-01", "latest": "2026-11-30", "precision": "MONTH", "text": "November 2026"},
        "mode": "ONLINE_LIVE",
        "studyLoad": "FULL_TIME",
        "weeks": {"min": 6.0, "max": 6.0, "basis": "STATED"},
        "run": "CANCELLED",
        "seats": 20,
        "languages": ["fr"],
        "registerUrl": "https://uni.example/register",
    }


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Onsite", {"mode": "IN_PERSON"}),
        (["onsite", "synchronous"], {"mode": "IN_PERSON"}),
        ("Blended, evenings", {"mode": "BLENDED", "attendance": ["EVENING"]}),
        ("https://schema.org/Online", {"mode": "ONLINE"}),
        (["Posted", "distance learning"], {}),
        (["Online", "Onsite"], {}),
    ],
)
def test_a_mode_only_where_every_word_is_understood(words, found):
    assert run({"courseMode": words}) == found


def test_where_nothing_says_the_mode_the_place_or_the_event_does():
    assert run({"location": {"@type": "VirtualLocation", "url": "https://x.example"}}) == {"mode": "ONLINE"}
    assert run({"eventAttendanceMode": "https://schema.org/MixedEventAttendanceMode"}) == {"mode": "BLENDED"}


def test_places_are_communities():
    address = {"@type": "PostalAddress", "streetAddress": "1 Main St", "addressLocality": "Nelson"}
    places = [
        {"@type": "Place", "name": "Main Campus", "address": address},
        "Trail",
        {"@type": "Place", "name": "Castlegar"},
    ]
    assert run({"location": places}) == {"places": [{"community": one} for one in ("Nelson", "Trail", "Castlegar")]}


def test_dates_are_never_more_exact_than_they_are_written():
    runs = [
        {"@type": "CourseInstance", "startDate": one}
        for one in ("2026", "03/04/2026", "Fall term", "2026-09-08T18:30:00-07:00")
    ]
    assert [one["startsOn"] for one in stated({"hasCourseInstance": runs})["offerings"]] == [
        {"earliest": "2026-01-01", "latest": "2026-12-31", "precision": "YEAR", "text": "2026"},
        {"precision": "UNKNOWN", "text": "03/04/2026"},
        {"precision": "SEASON", "text": "Fall term"},
        {"earliest": "2026-09-08", "latest": "2026-09-08", "precision": "DAY"},
    ]
    assert issues(WEB | {"hasCourseInstance": runs}) == [("DATE_AMBIGUOUS", "startsOn", "WARNING")]
    assert run({"endDate": "2026-09-01"}) == {}


def test_a_schedule_gives_weekly_hours_weeks_and_meetings():
    schedule = {"@type": "Schedule", "repeatFrequency": "Weekly", "repeatCount": 6, "duration": "PT3H",
                "byDay": ["https://schema.org/Monday", "WE"], "startTime": "18:30:00", "endTime": "21:30"}  # fmt: skip
    value = stated({"hasCourseInstance": {"@type": "CourseInstance", "startDate": "2026-09-08", "courseSchedule": schedule}})
    assert value["weeklyHours"] == {"min": 3.0, "max": 3.0, "basis": "STATED"}
    assert value["offerings"][0]["weeks"] == {"min": 6.0, "max": 6.0, "basis": "STATED"}
    assert value["offerings"][0]["meetings"] == [
        {"days": ["MON", "WED"], "startTime": "18:30", "endTime": "21:30", "everyWeeks": 1}
    ]


def test_one_run_without_dates_is_what_usually_holds_and_two_are_two():
    one = {"@type": "CourseInstance", "courseMode": "Online", "offers": {"price": 10, "priceCurrency": "CAD"}}
    fee = {"kind": "TUITION", "amount": {"amount": "10.00", "currency": "CAD"}}
    assert stated({"hasCourseInstance": one}) == {"usual": {"mode": "ONLINE", "fees": [fee]}}
    two = stated({"hasCourseInstance": [one, one | {"courseMode": "Onsite"}]})["offerings"]
    assert two == [{"mode": "ONLINE", "fees": [fee]}, {"mode": "IN_PERSON", "fees": [fee]}]


def test_what_the_course_says_of_price_and_mode_holds_for_runs_that_say_nothing():
    value = stated({"offers": {"price": "395", "priceCurrency": "CAD"}, "courseMode": "Online",
                    "hasCourseInstance": {"@type": "CourseInstance", "startDate": "2026-09-08"}})  # fmt: skip
    fees = [{"kind": "TUITION", "amount": {"amount": "395.00", "currency": "CAD"}}]
    assert value["usual"] == {"mode": "ONLINE", "fees": fees}
    assert (value["offerings"][0]["mode"], value["offerings"][0]["fees"]) == ("ONLINE", fees)


def test_a_program_with_dates_is_one_offering():
    program = {"@type": "EducationalOccupationalProgram", "startDate": "2026-09-08", "applicationDeadline": "2026-06-30"}
    assert stated(program)["offerings"] == [
        {
            "startsOn": {"earliest": "2026-09-08", "latest": "2026-09-08", "precision": "DAY"},
            "registrationWindows": [{"closesAt": "2026-06-30"}],
        }
    ]


def test_a_run_alone_is_a_course_of_its_own_with_a_warning():
    alone = WEB | {"@type": "CourseInstance", "startDate": "2026-09-08"}
    assert [one["kind"] for one in contents(alone)] == ["COURSE"]
    assert issues(alone) == [("COURSE_NOT_DESCRIBED", "", "WARNING")]
    course = WEB | {"hasCourseInstance": {"@id": "#run"}}
    assert len(contents([course, alone | {"@id": "#run"}])) == 1


def test_two_runs_with_one_id_are_told():
    runs = [{"@type": "CourseInstance", "@id": "urn:x:1", "startDate": f"2026-0{month}-08"} for month in (1, 9)]
    assert issues(WEB | {"hasCourseInstance": runs}) == [("REF_DUPLICATE", "offerings", "WARNING")]


# Prices


def money(amount, currency="CAD"):
    return {"amount": amount, "currency": currency}


@pytest.mark.parametrize(
    ("offers", "fees"),
    [
        ({"category": "Free"}, [{"amount": money("0.00")}]),
        ({"category": "Paid"}, None),
        ({"price": "$3,500", "priceCurrency": "CAD"}, [{"amount": money("3500.00")}]),
        ({"price": 395.5, "priceCurrency": "GBP"}, [{"amount": money("395.50", "GBP")}]),
        ({"@type": "AggregateOffer", "lowPrice": 100, "highPrice": 200}, [{"amount": money("100.00"), "amountMax": money("200.00")}]),
        ({"priceSpecification": {"price": 50, "unitText": "week"}}, [{"amount": money("50.00"), "per": "WEEK"}]),
        ({"price": 90, "name": "International students"}, [{"amount": money("90.00"), "residency": "INTERNATIONAL"}]),
        ({"price": 90, "name": "Early bird", "validThrough": "2026-06-30"}, [{"amount": money("90.00"), "text": "Early bird", "validFor": {"to": "2026-06-30"}}]),
        ({"price": 9, "category": "Subscription"}, [{"text": "Subscription 9"}]),
        ({"price": "call us"}, [{"text": "call us"}]),
        ({"price": 9, "priceCurrency": "dollars"}, [{"text": "9 dollars"}]),
        ([{"price": 9}, {"price": 9}], [{"amount": money("9.00")}]),
        ("$20", [{"amount": money("20.00")}]),
    ],
)  # fmt: skip
def test_fees(offers, fees):
    found = run({"offers": offers}).get("fees")
    assert found == (fees and [{"kind": "TUITION"} | one for one in fees])


def test_several_offers_are_alternatives_and_never_a_sum():
    offers = [
        {"price": 120, "name": "Academic"},
        {"price": 600, "name": "Industry"},
        {"price": 900, "name": "international"},
    ]
    assert run({"offers": offers})["fees"] == [
        {"kind": "TUITION", "amount": money("120.00"), "amountMax": money("600.00"), "text": "Academic: 120.00 CAD; Industry: 600.00 CAD"},
        {"kind": "TUITION", "amount": money("900.00"), "residency": "INTERNATIONAL"},
    ]  # fmt: skip
    mixed = [{"price": 10, "priceCurrency": "CAD"}, {"price": 8, "priceCurrency": "USD"}]
    assert run({"offers": mixed})["fees"] == [{"kind": "TUITION", "text": "10.00 CAD; 8.00 USD"}]


def test_free_for_everybody():
    free = {"fees": [{"kind": "TUITION", "amount": money("0")}]}
    assert stated({"isAccessibleForFree": True}) == {"usual": free}
    assert stated({"isAccessibleForFree": False}) == {}


# Nothing is lost in silence, and nothing breaks it


def test_what_is_not_taken_is_counted():
    found = delivered([WEB | {"keywords": "a, b"}, WEB | {"@id": f"{ID}/2", "keywords": "c", "image": "x"}])
    assert [one.message for one in found.issues] == [
        "keywords is not taken; it stands there 2 times",
        "image is not taken; it stands there 1 times",
    ]


ODD = [True, 5, 1e300, "", "x" * 30_000, "\ud800", [], {}, [[[]]], {"@value": None}, {"@list": [None, {"a": []}]}, {"@id": 5},
       {"name": {"name": {}}}, {"@type": 7}, "http://[bad", "1,5", {"@id": "#itself", "name": "n"}]  # fmt: skip
EVERY = [
    "name",
    "description",
    "abstract",
    "url",
    "identifier",
    "courseCode",
    "provider",
    "offers",
    "hasCourseInstance",
    "timeRequired",
    "inLanguage",
    "teaches",
    "about",
    "occupationalCategory",
    "coursePrerequisites",
    "educationalCredentialAwarded",
    "hasPart",
    "numberOfCredits",
    "audience",
    "isAccessibleForFree",
    "courseMode",
    "startDate",
    "endDate",
    "location",
    "courseSchedule",
    "maximumAttendeeCapacity",
    "eventStatus",
    "duration",
    "courseWorkload",
    "validFor",
    "@graph",
    "@context",
    "@id",
]


@pytest.mark.parametrize("name", EVERY)
def test_odd_values_are_survived(name):
    for odd in ODD:
        inner = {"@type": "CourseInstance", name: odd}
        delivery = delivered([WEB | {"hasCourseInstance": inner} | {name: odd}])
        assert delivery.records or delivery.issues
        assert {one.code for one in delivery.issues if one.severity == "ERROR"} <= {
            "FIELD_MISSING", "NOTHING_FOUND", "REF_DUPLICATE"
        }  # fmt: skip


@pytest.mark.parametrize("data", ["null", "[]", "{}", '"Course"', "<html", "<p>", "<?php", "<!doctype html>", "<html>&lt;"])
def test_files_without_anything(data):
    assert [one.code for one in delivered(data if data[0] in "[{<" else f"[{data}]").issues][-1] == "NOTHING_FOUND"


def test_deep_nesting_is_survived():
    deep = '{"@type":"Course","@id":"https://a.example/1","name":"A","hasPart":' * 150 + "1" + "}" * 150
    assert delivered('{"@context":"https://schema.org","mainEntity":' + deep + "}").issues
    codes = [one.code for one in delivered("<html><script type='application/ld+json'>" + "[" * 100_000).issues]
    assert codes == ["JSON_INVALID", "NOTHING_FOUND"]


def test_reading_stops_after_very_many_issues(monkeypatch):
    monkeypatch.setattr("catalog.model.reading.delivery.MOST_ISSUES", 100)
    delivery = delivered("<html>" + "<script type='application/ld+json'>{\"Course\"</script>" * 200)
    assert [one.code for one in delivery.issues[-2:]] == ["FILE_TRUNCATED", "TOO_MANY_ISSUES"]
    assert delivery.issues[0].place == "block 1"


# What our own writer writes comes back


def test_a_written_listing_comes_back():
    value = {
        "title": "Web Basics", "description": "Pages that work.", "summary": "Short.", "skills": [{"label": {"en": "seo"}}],
        "languages": ["en"], "statedHours": 30, "kind": "MICRO_CREDENTIAL", "credit": {"value": 3, "unit": "CREDIT", "per": "CREDENTIAL"},
        "url": "https://uni.example/web",
        "offerings": [{"ref": "fall", "label": "Fall 2026", "startsOn": "2026-09-08", "weeks": 6, "mode": "IN_PERSON", "seats": 20,
                       "run": "CANCELLED", "fees": [{"kind": "TUITION", "amount": {"amount": "749.10"}}]}],
    }  # fmt: skip
    made, document = document_of(value)
    node = {"@context": "https://schema.org"} | write_course(document, AROUND)
    back, was = contents(node)[0], content(made)
    assert back.pop("offerings")[0] == was.pop("offerings")[0] | {"ref": document["offerings"][0]["id"]}
    urn = f"urn:uuid:{document['id']}"
    del was["slug"]
    assert back == was | {"ref": urn, "identifiers": [{"scheme": "urn", "value": urn}]}


@pytest.fixture(scope="module")
def seed():
    return seed_listings()


def test_the_seed_comes_back_in_these_fields(seed):
    listings, around = seed
    nodes = [write_course(document, around) for _, document in listings]
    delivery = delivered({"@context": "https://schema.org", "@graph": nodes})
    assert not delivery.is_refused
    back = {one.ref: content(one) for one in delivery.records}
    assert len(back) == len(listings) > 250
    equal, stated_ones = Counter(), Counter()
    for was, document in listings:
        found = back[f"urn:uuid:{document['id']}"]
        told = was.get("description") or was.get("summary")  # the writer's description is one of them
        kept = was | ({"description": told} if told else {})
        stated_ones.update(list(kept))
        equal.update(name for name, value in kept.items() if found.get(name) == value)
        assert set(found) - set(kept) <= {"identifiers"}
    whole = {name for name in equal if equal[name] == stated_ones[name]}
    assert whole == {"type", "title", "description", "url", "languages"}
    partly = {name: equal[name] / stated_ones[name] for name in equal.keys() - whole}
    assert {name for name, share in partly.items() if share > 0.5} == {"skills", "kind", "statedHours", "providerTerm"}


def test_the_seeds_runs_come_back(seed):
    listings, around = seed
    equal, stated_ones = Counter(), Counter()
    for was, document in listings:
        node = write_course(document, around)
        if node["@type"] != "Course" or not was.get("offerings"):
            continue
        found = contents({"@context": "https://schema.org"} | node)[0].get("offerings", [])
        assert len(found) == len(was["offerings"])
        for one, other in zip(was["offerings"], found, strict=True):
            exact = {name: one[name] for name in ("startsOn", "endsOn") if one.get(name, {}).get("precision") == "DAY"}
            kept = exact | {name: one[name] for name in ("label", "weeks", "seats", "registerUrl") if name in one}
            stated_ones.update(list(kept))
            equal.update(name for name, value in kept.items() if other.get(name) == value)
    assert equal == stated_ones
    assert stated_ones["label"] > 80


# Samples of others


COUNTS = {
    "heliumlearnwebsite__course-10th.html": (1, 0),
    "heliumlearnwebsite__course-12th.html": (1, 0),
    "heliumlearnwebsite__course-iit-jee.html": (1, 0),
    "schemaorg__eg-0260-jsonld.html": (1, 1),
    "schemaorg__eg-0260-microdata.html": (1, 1),
    "schemaorg__eg-0260-rdfa.html": (0, 1),
    "schemaorg__eg-0334-jsonld.html": (1, 1),
    "schemaorg__eg-0334-rdfa.html": (0, 1),
    "schemaorg__eg-0338-jsonld.html": (1, 0),
    "schemaorg__eg-0338-rdfa.html": (0, 1),
    "specifications__Course_examples_0.10-DRAFT_course.json": (1, 0),
    "specifications__Course_examples_0.8-DRAFT_course.json": (1, 0),
    "specifications__Course_examples_0.9-DRAFT_course.json": (1, 0),
    "specifications__Course_examples_1.0-RELEASE_course.json": (1, 0),
    "tess__ols_relative_id.json": (1, 0),
    "tess__sib_course.json": (1, 0),
}
"""Records and errors; all other samples describe events and materials, and say so in one error."""
samples = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the samples are not part of the repository")


def sample(name, told=None):
    return delivered((SAMPLES / name).read_bytes(), told or Told())


@samples
def test_every_sample_gives_records_or_says_why_not():
    paths = sorted(path for path in SAMPLES.iterdir() if path.suffix != ".md")
    assert len(paths) > 30
    for path in paths:
        found = sample(path.name)
        errors = [one.code for one in found.issues if one.severity == "ERROR"]
        assert (len(found.records), len(errors)) == COUNTS.get(path.name, (0, 1)), path.name
        if path.name not in COUNTS:
            assert errors == ["NOTHING_FOUND"]


@samples
def test_a_distance_course_has_two_prices_and_one_mode():
    value = content(sample("schemaorg__eg-0334-jsonld.html", TOLD).records[0])
    assert value["title"] == {"en": "Basic Proofreading"}
    assert value["offerings"] == [
        {"mode": "ONLINE", "fees": [{"kind": "TUITION", "amount": money("395.00", "GBP")}]},
        {"fees": [{"kind": "TUITION", "amount": money("440.00", "GBP")}]},
    ]


@samples
def test_the_same_credential_as_json_and_as_microdata_is_the_same():
    json_ld, microdata = (sample(f"schemaorg__eg-0260-{one}.html", TOLD).records[0] for one in ("jsonld", "microdata"))
    assert content(json_ld) == content(microdata)
    assert (json_ld.ref, json_ld.kind, json_ld.provider_term) == ("https://www.bcsp.org/CSP", "OTHER", "Certification")


@samples
def test_a_course_of_an_institute_with_two_runs():
    value = content(sample("tess__sib_course.json").records[0])
    assert (value["provider"], value["title"]) == (
        "sib-swiss-institute-of-bioinformatics",
        {"en": "First steps with R in Life Sciences"},
    )
    runs = [
        (one["startsOn"]["earliest"], one["mode"], one["places"], one["fees"][0]["amount"]) for one in value["offerings"]
    ]
    assert runs == [
        ("2022-06-08", "IN_PERSON", [{"community": "Lausanne"}], money("120.00", "CHF")),
        ("2022-10-10", "IN_PERSON", [{"community": "Zürich"}], money("120.00", "CHF")),
    ]


@samples
def test_a_page_of_a_school():
    value = content(sample("heliumlearnwebsite__course-iit-jee.html").records[0])
    assert (value["provider"], value["languages"], value["usual"]) == ("helium-learn", ["en", "hi"], {"mode": "ONLINE"})
    assert value["requirements"][0]["original"] == "Class 10 pass or currently in Class 11/12"
    assert len(value["skills"]) == 5


@samples
def test_the_example_of_a_profile():
    value = content(sample("specifications__Course_examples_1.0-RELEASE_course.json").records[0])
    assert (value["ref"], value["title"], len(value["skills"])) == ("university-of-manchester/CS101", {"en": "My Course"}, 5)
    assert [one["rule"]["text"] for one in value["requirements"]] == [
        "Higher Education Credit Framework For England",
        "Foundation Course in CS",
    ]
    assert value["offerings"][0]["startsOn"]["earliest"] == "2019-02-04"
