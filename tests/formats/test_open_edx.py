"""Course-discovery and its neighbours: what is published of a course comes out, prices by mode, people never."""

import copy
import json

import pytest

from catalog.errors import Severity
from catalog.formats.open_edx.keys import credential_ref, run_ref
from catalog.formats.open_edx.read import FORMAT, read, recognises
from catalog.model.reading.content import Content, Kind, open_content
from catalog.model.reading.delivery import Told
from catalog.model.record import content
from tests.served import ROOT

SAMPLES = ROOT.parent / "shared" / "samples" / "openedx-and-provider-json"
RUN = {
    "key": "course-v1:NorthX+WELD1+2026_T3",
    "uuid": "0c1d1f4e-0000-4000-8000-000000000001",
    "status": "published",
    "start": "2026-09-08T15:00:00Z",
    "end": "2026-12-01T00:00:00Z",
    "enrollment_start": "2026-06-01T00:00:00Z",
    "enrollment_end": None,
    "pacing_type": "self_paced",
    "min_effort": 4,
    "max_effort": 6,
    "weeks_to_complete": 12,
    "content_language": "fr-ca",
    "seats": [
        {"type": "audit", "price": "0.00", "currency": "CAD"},
        {"type": "verified", "price": "149.00", "currency": "CAD", "sku": "A1"},
    ],
    "staff": [{"given_name": "Ann", "family_name": "Example"}],
}
COURSE = {
    "key": "NorthX+WELD1",
    "uuid": "0c1d1f4e-0000-4000-8000-000000000002",
    "title": "Welding <b>one</b>",
    "short_description": "<p>Short.</p>",
    "full_description": "<p>One.</p><p>Two.</p>",
    "owners": [
        {"key": "NorthX", "name": "North College", "homepage_url": "https://north.example"},
        {"key": "SouthX", "name": "South"},
    ],
    "marketing_url": "https://north.example/weld",
    "skill_names": ["Welding", "Safety"],
    "skills": [{"name": "Safety"}, {"name": "Reading of drawings"}],
    "prerequisites_raw": "<p>Grade 10.</p>",
    "level_type": "Introductory",
    "outcome": "<p>You can weld.</p>",
    "course_runs": [RUN],
}
PROGRAM = {
    "uuid": "0c1d1f4e-0000-4000-8000-000000000003",
    "title": "Metal",
    "subtitle": "All of it.",
    "type": "MicroMasters",
    "status": "active",
    "authoring_organizations": [{"key": "NorthX", "name": "North College"}],
    "courses": [{"key": "NorthX+WELD1", "title": "Welding one"}, {"key": "NorthX+WELD2"}],
    "price_ranges": [{"currency": "USD", "min": 149, "max": 199, "total": 348}],
    "marketing_url": "https://north.example/metal",
    "min_hours_effort_per_week": 4,
    "max_hours_effort_per_week": 6,
}


def delivered(value, told=None):
    return read(Content(b"", Kind.JSON, value=value), told or Told())


def only(value, told=None):
    got = delivered(value, told)
    assert len(got.records) == 1, got.issues
    return content(got.records[0]), [(one.code, one.path) for one in got.issues if one.code != "FIELD_UNKNOWN"]


def course(**more):
    return COURSE | more


def run(**more):
    return course(course_runs=[RUN | more])


def fees(*seats, told=None):
    got, issues = only(run(seats=list(seats)), told)
    return got["offerings"][0].get("fees"), issues


def cad(amount):
    return {"amount": amount, "currency": "CAD"}


def test_a_course():
    got, issues = only({"count": 1, "next": None, "previous": None, "results": [COURSE]})
    assert got == {
        "type": "credential",
        "ref": "NorthX-WELD1",
        "identifiers": [
            {"scheme": "open-edx", "value": "NorthX+WELD1"},
            {"scheme": "uuid", "value": "0c1d1f4e-0000-4000-8000-000000000002"},
        ],
        "url": "https://north.example/weld",
        "kind": "COURSE",
        "provider": "north-college",
        "title": {"en": "Welding one"},
        "summary": {"en": "Short."},
        "description": {"en": "One.\nTwo."},
        "partnerships": [{"role": "CO_PROVIDER", "text": "South"}],
        "skills": [{"label": {"en": "Safety"}}, {"label": {"en": "Reading of drawings"}}, {"label": {"en": "Welding"}}],
        "requirements": [{"kind": "PREREQUISITE", "rule": {"text": "Grade 10."}}],
        "weeklyHours": {"min": 4.0, "max": 6.0, "basis": "STATED"},
        "offerings": [
            {
                "ref": "course-v1-NorthX-WELD1-2026_T3",
                "identifiers": [
                    {"scheme": "open-edx", "value": "course-v1:NorthX+WELD1+2026_T3"},
                    {"scheme": "uuid", "value": "0c1d1f4e-0000-4000-8000-000000000001"},
                ],
                "startsOn": {"earliest": "2026-09-08", "latest": "2026-09-08", "precision": "DAY"},
                "endsOn": {"earliest": "2026-12-01", "latest": "2026-12-01", "precision": "DAY"},
                "registrationWindows": [{"opensAt": "2026-06-01T00:00:00Z"}],
                "attendance": ["ANYTIME"],
                "weeks": {"min": 12.0, "max": 12.0, "basis": "STATED"},
                "languages": ["fr-CA"],
                "fees": [{"kind": "TUITION", "amount": cad("149.00"), "text": "verified"}],
            }
        ],
    }
    assert issues == []


def test_what_is_dropped_is_counted():
    got = delivered(COURSE)
    assert sorted(one.field for one in got.issues if one.code == "FIELD_UNKNOWN") == [
        "course_runs.seats.sku",
        "course_runs.staff",
        "level_type",
        "outcome",
        "seats of the mode audit",
    ]
    assert not got.is_refused


def test_people_are_not_read():
    got = delivered(COURSE)
    assert "Example" not in repr(got.records) + repr(got.issues)


def test_the_day_is_that_of_the_time_zone_that_is_told():
    got, _ = only(run(start="2026-09-08T03:00:00Z"), Told(time_zone="America/Vancouver"))
    assert got["offerings"][0]["startsOn"]["earliest"] == "2026-09-07"


def test_the_provider_that_is_told_counts():
    got = delivered(COURSE, Told(provider="north"))
    assert (content(got.records[0])["provider"], got.mentioned) == ("north", [])


def test_the_institution_is_mentioned():
    [one] = delivered(COURSE).mentioned
    assert content(one) == {
        "type": "institution",
        "ref": "north-college",
        "slug": "north-college",
        "url": "https://north.example",
        "name": {"en": "North College"},
        "kind": "NOT_STATED",
    }


@pytest.mark.parametrize("mode", ["verified", "professional", "no-id-professional"])
def test_a_paid_mode_is_tuition(mode):
    assert fees({"type": mode, "price": "300.00", "currency": "USD"}) == (
        [{"kind": "TUITION", "amount": {"amount": "300.00", "currency": "USD"}, "text": mode}],
        [],
    )


def test_auditing_is_no_fee():
    assert fees({"type": "audit", "price": "0.00", "currency": "USD"}) == (None, [])


def test_a_verified_seat_for_nothing_is_free():
    assert fees({"type": "verified", "price": 0, "currency": "CAD"})[0] == [
        {"kind": "TUITION", "amount": cad("0.00"), "text": "verified"}
    ]


def test_credit_of_a_university_comes_on_top():
    got, _ = fees(
        {"type": "verified", "price": 25, "currency": "CAD"}, {"type": "credit", "price": "250", "currency": "CAD"}
    )
    assert got == [
        {"kind": "TUITION", "amount": cad("25.00"), "text": "verified"},
        {"kind": "OTHER", "amount": cad("250.00"), "optional": True, "text": "credit"},
    ]


def test_several_paid_modes_are_one_choice():
    got, _ = fees(
        {"type": "verified", "price": "100", "currency": "CAD"}, {"type": "professional", "price": "250", "currency": "CAD"}
    )
    assert got == [
        {
            "kind": "TUITION",
            "amount": cad("100.00"),
            "amountMax": cad("250.00"),
            "text": "verified 100.00, professional 250.00",
        }
    ]


def test_of_several_currencies_the_one_that_is_told_is_taken():
    got, _ = fees(
        {"type": "verified", "price": "70", "currency": "USD"}, {"type": "verified", "price": "100", "currency": "CAD"}
    )
    assert got == [{"kind": "TUITION", "amount": cad("100.00"), "text": "verified"}]


@pytest.mark.parametrize(
    ("seat", "kept", "issue"),
    [
        ({"type": "verified", "price": "25", "currency": "123"}, None, ("VALUE_UNREADABLE", "course_runs.seats.currency")),
        ({"type": "lottery", "price": "25", "currency": "CAD"}, None, ("TYPE_UNKNOWN", "seats.type")),
        ({"type": "verified", "price": "ask", "currency": "CAD"}, "ask", ("VALUE_UNREADABLE", "seats.price")),
        ({"type": "verified", "price": "25"}, "verified", ("CURRENCY_ASSUMED", "seats.price")),
    ],
)
def test_seats_that_are_not_plain(seat, kept, issue):
    got, issues = fees(seat)
    assert ([fee["text"] for fee in got or []] or [None]) == [kept]
    assert issues == [issue]


@pytest.mark.parametrize("more", [{"status": "unpublished"}, {"hidden": True}, {"draft": True}, {"status": "reviewed"}])
def test_a_run_that_nobody_may_see_is_no_offering(more):
    got, issues = only(run(**more))
    assert ("offerings" in got, "weeklyHours" in got, issues) == (False, False, [])


def test_efforts_that_contradict_are_left_out():
    got, issues = only(run(min_effort=7, max_effort=5))
    assert ("weeklyHours" in got, issues) == (False, [("VALUE_INVALID", "weeklyHours")])
    got, issues = only(course(course_runs=[RUN, RUN | {"key": "course-v1:NorthX+WELD1+2027_T1", "max_effort": 9}]))
    assert ("weeklyHours" in got, len(got["offerings"]), issues) == (False, 2, [("VALUE_INVALID", "weeklyHours")])


def test_paced_by_an_instructor_says_nothing_of_when():
    got, issues = only(run(pacing_type="instructor_paced"))
    assert ("attendance" in got["offerings"][0], issues) == (False, [])
    assert only(run(pacing_type="lunar"))[1] == [("VALUE_UNREADABLE", "course_runs.pacing_type")]


def test_none_is_a_word():
    got, _ = only(course(prerequisites_raw="None"))
    assert (got["requirementsStated"], "requirements" in got) == ("NONE", False)
    assert "requirementsStated" not in only(course(prerequisites_raw=""))[0]


def test_a_program():
    got, issues = only(PROGRAM)
    assert got == {
        "type": "credential",
        "ref": "0c1d1f4e-0000-4000-8000-000000000003",
        "identifiers": [{"scheme": "uuid", "value": "0c1d1f4e-0000-4000-8000-000000000003"}],
        "url": "https://north.example/metal",
        "kind": "SHORT_PROGRAM",
        "providerTerm": "MicroMasters",
        "lifecycle": "ACTIVE",
        "provider": "north-college",
        "title": {"en": "Metal"},
        "summary": {"en": "All of it."},
        "weeklyHours": {"min": 4.0, "max": 6.0, "basis": "STATED"},
        "components": [{"scheme": "open-edx", "value": "NorthX+WELD1"}, {"scheme": "open-edx", "value": "NorthX+WELD2"}],
        "usual": {"fees": [{"kind": "TUITION", "amount": {"amount": "348.00", "currency": "USD"}, "text": "all courses"}]},
    }
    assert issues == []


@pytest.mark.parametrize(
    ("words", "kind", "codes"),
    [
        ("Professional Certificate", "CERTIFICATE", []),
        ("MicroBachelors", "SHORT_PROGRAM", []),
        ("XSeries", "SHORT_PROGRAM", []),
        ("Masters", "DEGREE", []),
        ("Moonshot", "OTHER", ["TYPE_UNKNOWN"]),
    ],
)
def test_types_of_programs(words, kind, codes):
    got, issues = only(PROGRAM | {"type": words})
    assert (got["kind"], got["providerTerm"], [code for code, _ in issues]) == (kind, words, codes)


def test_programs_that_are_over_or_not_published():
    assert only(PROGRAM | {"status": "retired"})[0]["lifecycle"] == "DISCONTINUED"
    got = delivered([PROGRAM | {"status": "unpublished"}])
    assert (got.records, [one.field for one in got.issues]) == ([], ["programs of the status unpublished"])


def test_a_program_without_a_total_costs_what_nobody_says():
    assert "usual" not in only(PROGRAM | {"price_ranges": [{"currency": "USD", "min": 1, "max": 2, "total": 0}]})[0]


def test_runs_of_one_course_become_one_listing():
    lms = {"name": "Welding one", "org": "NorthX", "number": "WELD1", "pacing": "self", "short_description": "Short."}
    got, issues = only(
        [
            lms | {"id": "course-v1:NorthX+WELD1+A", "start": "2026-01-05T00:00:00Z"},
            lms | {"id": "course-v1:NorthX+WELD1+B", "start": None},
            lms | {"id": "course-v1:NorthX+WELD1+C", "hidden": True},
        ]
    )
    assert (got["ref"], got["provider"], got["title"], got["summary"]) == (
        "NorthX-WELD1",
        "northx",
        {"en": "Welding one"},
        {"en": "Short."},
    )
    assert [one["ref"] for one in got["offerings"]] == ["course-v1-NorthX-WELD1-A", "course-v1-NorthX-WELD1-B"]
    assert issues == []


def test_a_list_of_runs_of_discovery():
    got, _ = only({"results": [RUN | {"title": "Welding one", "course": "NorthX+WELD1"}]}, Told(provider="north"))
    assert (got["ref"], got["weeklyHours"]["max"], len(got["offerings"])) == ("NorthX-WELD1", 6.0, 1)


def test_a_platform_with_lists_of_its_own():
    value = {
        "courses": [
            {
                "id": 10,
                "readable_id": "course-v1:NorthX+A",
                "title": "A",
                "page": {"page_url": "/courses/a", "live": True, "description": "<p>About A.</p>"},
                "time_commitment": "5-7 Hours per Week",
                "duration": "3 Weeks",
                "format": "Online",
                "courseruns": [
                    {"courseware_id": "course-v1:NorthX+A+1", "start_date": "2026-01-05T05:00:00Z", "current_price": 999.0}
                ],
            }
        ],
        "programs": [
            {
                "id": 1,
                "readable_id": "program-a",
                "title": "All of A",
                "req_tree": [
                    {
                        "data": {"node_type": "operator", "operator": "all_of"},
                        "children": [
                            {"data": {"node_type": "course", "course": 10}},
                            {"data": {"node_type": "course", "course": 11}},
                            {"data": {"node_type": "operator", "operator": "min_number_of"}, "children": []},
                        ],
                    }
                ],
            }
        ],
    }
    got = delivered(value, Told(provider="north", address="https://north.example/api/"))
    one, program = map(content, got.records)
    assert one == {
        "type": "credential",
        "ref": "course-v1:NorthX-A",
        "identifiers": [{"scheme": "open-edx", "value": "course-v1:NorthX+A"}],
        "url": "https://north.example/courses/a",
        "kind": "COURSE",
        "provider": "north",
        "title": {"en": "A"},
        "description": {"en": "About A."},
        "weeklyHours": {"min": 5.0, "max": 7.0, "basis": "STATED"},
        "weeks": {"min": 3.0, "max": 3.0, "basis": "STATED"},
        "offerings": [
            {
                "ref": "course-v1-NorthX-A-1",
                "identifiers": [{"scheme": "open-edx", "value": "course-v1:NorthX+A+1"}],
                "startsOn": {"earliest": "2026-01-05", "latest": "2026-01-05", "precision": "DAY"},
                "mode": "ONLINE",
                "fees": [{"kind": "TUITION", "amount": cad("999.00")}],
            }
        ],
    }
    assert program["components"] == [{"scheme": "open-edx", "value": "course-v1:NorthX+A"}]
    assert [(issue.code, issue.place or issue.field) for issue in got.issues] == [
        ("CURRENCY_ASSUMED", "$.courses[0]"),
        ("VALUE_UNREADABLE", "$.programs[0]"),
        ("FIELD_UNKNOWN", "choices in req_tree"),
    ]


def test_prices_for_the_early_and_the_late():
    value = {
        "course_id": "B1",
        "title": "Bootcamp",
        "start_date": "2026-06-15T00:00:01Z",
        "prices": [{"price": 8500, "mode": "Early Bird"}, {"price": 9500, "mode": "Standard"}],
        "location": "Nelson",
        "platform": "Camps",
        "instructors": [{"first_name": "Ann", "last_name": "Example"}],
    }
    got, _ = only(value, Told(provider="north"))
    assert got["offerings"] == [
        {
            "startsOn": {"earliest": "2026-06-15", "latest": "2026-06-15", "precision": "DAY"},
            "places": [{"community": "Nelson"}],
            "fees": [
                {
                    "kind": "TUITION",
                    "amount": cad("8500.00"),
                    "amountMax": cad("9500.00"),
                    "text": "Early Bird 8500.00, Standard 9500.00",
                }
            ],
        }
    ]
    assert delivered([value | {"published": False}]).records == []


def test_days_of_several_runs_in_one_text():
    value = {
        "uuid": "u-1",
        "title": "Design",
        "learning_format": "On Campus",
        "start_date": "2026-07-17|2026-09-01",
        "end_date": "2026-07-19|2026-09-03",
        "enrollment_end_date": "2026-06-17|2026-08-01",
        "price": "$3600",
        "duration": "3 Days",
    }
    got, _ = only(value, Told(provider="north"))
    assert [(one["startsOn"]["earliest"], one["registrationWindows"], one["mode"]) for one in got["offerings"]] == [
        ("2026-07-17", [{"closesAt": "2026-06-17"}], "IN_PERSON"),
        ("2026-09-01", [{"closesAt": "2026-08-01"}], "IN_PERSON"),
    ]
    got, issues = only(value | {"end_date": "2026-07-19"}, Told(provider="north"))
    assert ("offerings" in got, got["usual"]["mode"]) == (False, "IN_PERSON")
    assert ("VALUE_UNREADABLE", "start_date") in issues


def test_seconds_since_1970():
    value = {
        "nid": "547",
        "title": "Machines",
        "field_course_or_program": "program",
        "certificate_name": "Professional Certificate",
        "start_value": [1673352000],
        "department": "North Lab",
        "format_name": "Online",
    }
    got, issues = only({"data": {"searchAPISearch": {"documents": [value]}}})
    assert (got["kind"], got["provider"], got["offerings"][0]["startsOn"]["earliest"]) == (
        "CERTIFICATE",
        "north-lab",
        "2023-01-10",
    )
    assert issues == []


def test_refs():
    assert credential_ref("NorthX+A") == "NorthX-A"
    assert run_ref("course-v1:NorthX+A+1") == "course-v1-NorthX-A-1"
    assert run_ref("NorthX/A/1") == "NorthX-A-1"
    assert credential_ref("North X") != credential_ref("North%X")
    assert len(run_ref("x" * 500)) <= 100


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ([COURSE, COURSE | {"title": "Other"}], [("REF_DUPLICATE", "$[1]")]),
        ([COURSE, COURSE], []),
        ([COURSE, 7, None, []], [("TYPE_UNKNOWN", "$[1]"), ("TYPE_UNKNOWN", "$[2]"), ("TYPE_UNKNOWN", "$[3]")]),
        ({"results": [COURSE | {"key": ""}]}, [("REF_MISSING", "$.results[0]")]),
        ([{"id": "a/b/c", "products": []}], [("TYPE_UNKNOWN", "$[0]")]),
        ({"last_active_run_key": "course-v1:a+b+c"}, [("TYPE_UNKNOWN", "$")]),
        ({}, [("TYPE_UNKNOWN", "$")]),
        (None, [("TYPE_UNKNOWN", "$")]),
        ([], [("NOTHING_FOUND", None)]),
        ({"results": []}, [("NOTHING_FOUND", None)]),
        (run(start="2027-01-01", end="2026-01-01"), [("VALUE_INVALID", "$")]),
    ],
)
def test_what_is_wrong_is_said_with_its_place(value, expected):
    assert [(one.code, one.place) for one in delivered(value).issues if one.severity is Severity.ERROR] == expected


def places(value, path=()):
    """Where anything stands in a value."""
    yield path
    if isinstance(value, dict | list):
        for key, one in value.items() if isinstance(value, dict) else enumerate(value):
            yield from places(one, (*path, key))


def changed(value, path, new):
    """A copy with something else at one place."""
    if not path:
        return new
    found = copy.deepcopy(value)
    at = found
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = new
    return found


WEIRD = (None, True, -1, 10**30, "", "\ud800", "x" * 3_000, [], [[]], {}, {"a": {"b": []}}, [None, 1, "x"])


@pytest.mark.parametrize("value", [[COURSE], [PROGRAM]], ids=["course", "program"])
def test_whatever_stands_anywhere_there_is_no_traceback(value):
    for number, path in enumerate(places(value)):
        for weird in (WEIRD * 2)[number % len(WEIRD) :][:4]:
            got = delivered(changed(value, path, weird))
            assert got.records or got.issues
            assert all(one.code.isupper() for one in got.issues)


def test_deep_and_many():
    deep: dict = {}
    for _ in range(5_000):
        deep = {"data": deep}
    assert [one.code for one in delivered(deep).issues] == ["TYPE_UNKNOWN"]
    tree: list = []
    for _ in range(5_000):
        tree = [tree]
    got, _ = only({"readable_id": "p", "title": "P", "req_tree": tree}, Told(provider="north"))
    assert got["ref"] == "p"
    assert len(delivered([7] * 10_500).issues) == 10_001


def test_more_skills_than_a_listing_takes():
    got, issues = only(course(skill_names=[f"Skill {number}" for number in range(80)], skills=[]))
    assert (len(got["skills"]), issues) == (50, [("TOO_MANY", "skills")])


@pytest.mark.parametrize(
    ("value", "answer"),
    [
        ([COURSE], True),
        ({"next": "", "results": [PROGRAM]}, True),
        ({"@context": "https://schema.org", "@type": "Course", "key": "a", "title": "b", "owners": []}, False),
        ({"courses": [{"courseId": "1", "name": "A"}]}, False),
        ({"format": "record/1", "records": []}, False),
        ([], False),
        ({"results": "none"}, False),
    ],
)
def test_recognised_by_content(value, answer):
    assert recognises(open_content(json.dumps(value).encode(), Told())) is answer


FILES = {
    "course-discovery__courses_api_bodies.json": (2, []),
    "course-discovery__courses_api_body_second.json": (1, []),
    "course-discovery__ecommerce_api_bodies.json": (0, ["TYPE_UNKNOWN"] * 5),
    "course-discovery__programs_api_bodies.json": (3, []),
    "course-discovery__valid_course_rerun_data.json": (0, ["TYPE_UNKNOWN"]),
    "mit-learn__bootcamps.json": (3, []),
    "mit-learn__mitxonline_child_program_positions.json": (3, []),
    "mit-learn__mitxonline_program_children_loader.json": (6, []),
    "mit-learn__professional_ed_resources_1.json": (1, []),
    "mit-learn__prolearn_csail_programs.json": (2, ["REF_DUPLICATE"]),
    "mit-learn__test_mitx_course.json": (2, []),
    "mit-learn__test_non_mitx_course.json": (1, []),
    "mit-learn__test_sloan_courses.json": (99, []),
    "mit-learn__xpro_courses.json": (2, []),
}


def sample(name):
    path = SAMPLES / name
    if not path.exists():
        pytest.skip("../shared/samples is not here")
    opened = open_content(path.read_bytes(), Told())
    assert recognises(opened)
    return read(opened, Told())


@pytest.mark.parametrize(("name", "expected"), FILES.items())
def test_a_sample(name, expected):
    got = sample(name)
    found = [one.code for one in got.issues if one.severity is Severity.ERROR]
    assert (got.format, len(got.records), found) == (FORMAT, *expected)


def test_every_sample_is_expected():
    if not SAMPLES.exists():
        pytest.skip("../shared/samples is not here")
    assert {path.name for path in SAMPLES.glob("*.json")} == FILES.keys()


def test_the_analytics_edge():
    edge, review = map(content, sample("mit-learn__test_mitx_course.json").records)
    assert (edge["ref"], edge["title"]["en"], edge["weeklyHours"]["max"]) == ("MITx-15.071x", "The Analytics Edge", 15.0)
    assert edge["offerings"][0]["fees"] == [
        {"kind": "TUITION", "amount": {"amount": "150.00", "currency": "USD"}, "text": "verified"}
    ]
    assert (review["title"]["en"], "offerings" in review) == ("Quantum Information Science I, Part 3 REVIEW", False)


def test_xseries_have_their_courses():
    water, chain, data = map(content, sample("course-discovery__programs_api_bodies.json").records)
    assert [one["value"] for one in water["components"]] == ["DelftX+CTB3300WCx", "DelftX+CTB3365STx", "DelftX+CTB3365DWx"]
    assert (chain["provider"], len(chain["components"]), "components" in data) == (
        "massachusetts-institute-of-technology",
        3,
        False,
    )


def test_xpro_has_its_runs():
    first, second = map(content, sample("mit-learn__xpro_courses.json").records)
    assert [len(one["offerings"]) for one in (first, second)] == [3, 3]
    assert (second["weeklyHours"], second["weeks"]) == (
        {"min": 5.0, "max": 7.0, "basis": "STATED"},
        {"min": 3.0, "max": 4.0, "basis": "STATED"},
    )
    assert first["offerings"][0]["registrationWindows"] == [
        {"opensAt": "2024-03-06T00:00:00Z", "closesAt": "2025-02-17T23:59:00Z"}
    ]


def test_no_person_of_a_sample_is_read():
    got = [sample(name) for name in FILES]
    said = repr([(one.records, one.issues, one.mentioned) for one in got])
    assert not [name for name in ("Bertsimas", "Van Maanen", "Sanjay", "Kotelly", "Schmidt") if name in said]
