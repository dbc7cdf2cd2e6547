"""XCRI-CAP: every mapped element as a Record has it, what is wrong said by code, and memory that does not grow."""

import random
from functools import cache

import pytest

from catalog.errors import Severity
from catalog.formats.xcri_cap.names import CAP_1_1, CAP_1_2
from catalog.formats.xcri_cap.read import FORMAT, read, recognises
from catalog.formats.xcri_cap.stream import courses
from catalog.model.reading.content import ContentRefused, open_content
from catalog.model.reading.delivery import Delivery, Told
from catalog.model.record import content
from catalog.model.vocabulary import RecordType
from tests.served import ROOT

SAMPLES = ROOT.parent / "shared" / "samples"
HEAD = (
    f'<catalog xmlns="{CAP_1_2}" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:mlo="http://purl.org/net/mlo"'
    ' xmlns:cm="http://purl.org/net/cm" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    ' xmlns:t="http://xcri.org/profiles/1.2/catalog/terms" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:geo="http://geo.example/">'
)
PROVIDER = "<dc:title>North Coast College</dc:title><mlo:url>https://ncc.example</mlo:url>"


def feed(courses="", provider=PROVIDER):
    return f"{HEAD}<provider>{provider}{courses}</provider></catalog>"


def course(inner="", presentations="", identifier="W1", attributes=""):
    base = f"<dc:identifier>{identifier}</dc:identifier><dc:title>Welding</dc:title>"
    return f"<course {attributes}>{base}{inner}{presentations}</course>"


def presentation(inner):
    return f"<presentation><dc:identifier>run-1</dc:identifier>{inner}</presentation>"


def deliver(text, told=None, encoding="utf-8"):
    told = told or Told()
    return read(open_content(text.encode(encoding), told), told)


def only(inner="", presentations="", told=None):
    delivery = deliver(feed(course(inner, presentations)), told)
    assert len(delivery.records) == 1, delivery.issues
    return content(delivery.records[0]), delivery.issues


def run(inner, told=None):
    value, issues = only("", presentation(inner), told)
    return value["offerings"][0], issues


def codes(issues, *, dropped=False):
    return [one.code for one in issues if dropped or one.code != "FIELD_UNKNOWN"]


def dropped(issues):
    return sorted(one.field for one in issues if one.code == "FIELD_UNKNOWN")


def test_a_whole_course():
    value, issues = only(
        "<dc:description>Arc and gas.</dc:description><abstract>Short.</abstract><mlo:url>https://ncc.example/w1</mlo:url>"
        "<mlo:assessment>A test piece</mlo:assessment><mlo:prerequisite>Grade 10</mlo:prerequisite>"
        "<learningOutcome>Weld a pipe.</learningOutcome>"
        "<mlo:qualification><dc:title>Certificate</dc:title></mlo:qualification>"
        "<mlo:credit><cm:scheme>CATS</cm:scheme><cm:level>4</cm:level><cm:value>10</cm:value></mlo:credit>",
        presentation(
            '<mlo:start dtf="2026-09-01">Early September</mlo:start><end>2026-10-12</end>'
            '<mlo:duration interval="P6W">six weeks</mlo:duration><applyFrom>2026-05-01</applyFrom>'
            '<applyUntil dtf="2026-08-15">mid August</applyUntil><applyTo>https://ncc.example/apply</applyTo>'
            '<studyMode identifier="PT">Part time</studyMode><attendanceMode identifier="MM">Mixed mode</attendanceMode>'
            '<attendancePattern identifier="EV">Evening</attendancePattern><mlo:languageOfInstruction>eng</mlo:languageOfInstruction>'
            "<mlo:places>18</mlo:places><mlo:cost>$3,500</mlo:cost>"
            "<venue><provider><dc:title>Trades Building</dc:title><mlo:location><mlo:town>Terrace</mlo:town></mlo:location></provider></venue>"
        ),
    )
    assert value == {
        "type": "credential",
        "ref": "W1",
        "provider": "north-coast-college",
        "title": {"en": "Welding"},
        "summary": {"en": "Short."},
        "description": {"en": "Arc and gas.\n\nWeld a pipe."},
        "url": "https://ncc.example/w1",
        "kind": "CERTIFICATE",
        "providerTerm": "Certificate",
        "credit": {"value": 10.0, "unit": "LOCAL", "per": "CREDENTIAL", "text": "10 CATS level 4"},
        "assessmentMethods": ["A test piece"],
        "requirements": [{"kind": "PREREQUISITE", "rule": {"text": "Grade 10"}, "original": "Grade 10"}],
        "offerings": [
            {
                "ref": "run-1",
                "startsOn": {
                    "earliest": "2026-09-01",
                    "latest": "2026-09-01",
                    "precision": "DAY",
                    "text": "Early September",
                },
                "endsOn": {"earliest": "2026-10-12", "latest": "2026-10-12", "precision": "DAY"},
                "weeks": {"min": 6.0, "max": 6.0, "text": "six weeks", "basis": "STATED"},
                "registrationWindows": [{"opensAt": "2026-05-01", "closesAt": "2026-08-15"}],
                "applyUrl": "https://ncc.example/apply",
                "studyLoad": "PART_TIME",
                "mode": "BLENDED",
                "attendance": ["EVENING"],
                "languages": ["en"],
                "seats": 18,
                "fees": [{"kind": "TUITION", "amount": {"amount": "3500.00", "currency": "CAD"}}],
                "places": [{"role": "CLASS", "community": "Terrace"}],
            }
        ],
    }
    assert (codes(issues), dropped(issues)) == ([], ["venue/title"])


def test_the_provider_is_named_and_the_sender_s_own_comes_first():
    delivery = deliver(feed(course()))
    assert [content(one) for one in delivery.mentioned] == [
        {
            "type": "institution",
            "ref": "north-coast-college",
            "slug": "north-coast-college",
            "name": {"en": "North Coast College"},
            "kind": "NOT_STATED",
            "url": "https://ncc.example",
        }
    ]
    told = deliver(feed(course()), Told(provider="ncc"))
    assert (content(told.records[0])["provider"], told.mentioned) == ("ncc", [])


def test_a_provider_without_a_title_is_said_once():
    delivery = deliver(feed(course() + course(identifier="W2"), provider=""))
    assert [content(one).get("provider") for one in delivery.records] == [None, None]
    assert codes(delivery.issues) == ["FIELD_MISSING"]


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        ('<studyMode identifier="FT"/>', {"studyLoad": "FULL_TIME"}),
        ("<studyMode>Full-Time</studyMode>", {"studyLoad": "FULL_TIME"}),
        ("<studyMode>Part-Time Day</studyMode>", {"studyLoad": "PART_TIME", "attendance": ["DAYTIME"]}),
        ('<studyMode identifier="PF">Part of a full time programme</studyMode>', {}),
        ('<studyMode identifier="NK">Not known</studyMode>', {}),
        ('<attendanceMode identifier="CM"/>', {"mode": "IN_PERSON"}),
        ("<attendanceMode>Distance without attendance</attendanceMode>", {"mode": "ONLINE"}),
        ('<attendanceMode identifier="DA">x</attendanceMode>', {"mode": "BLENDED"}),
        ("<attendanceMode>Online (no attendance)</attendanceMode>", {"mode": "ONLINE"}),
        ('<attendanceMode identifier="WB"/>', {"mode": "WORKPLACE"}),
        ("<attendanceMode>Face-to-face non-campus</attendanceMode>", {"mode": "IN_PERSON"}),
        ("<attendancePattern>Day/Block release</attendancePattern>", {"attendance": ["DAY_BLOCK"]}),
        ('<attendancePattern identifier="TW">Twilight</attendancePattern>', {"attendance": ["EVENING"]}),
        ("<studyMode>Twilight and/or Weekends</studyMode>", {"attendance": ["EVENING", "WEEKEND"]}),
        ('<mlo:engagement identifier="ON">Online</mlo:engagement>', {"mode": "ONLINE"}),
    ],
)
def test_codes_and_words_of_engagement(inner, expected):
    value, issues = run(inner)
    assert ({key: one for key, one in value.items() if key != "ref"}, codes(issues)) == (expected, [])


def test_what_says_no_way_of_taking_part_is_a_warning():
    value, issues = run("<studyMode>Flexible study [day/eve and/or home]</studyMode>")
    assert value == {"ref": "run-1"}
    assert [(one.code, one.path, one.value) for one in issues] == [
        ("VALUE_UNREADABLE", "presentation/studyMode", "Flexible study [day/eve and/or home]")
    ]


def test_a_second_word_does_not_overrule_the_first():
    value, issues = run('<attendanceMode identifier="CM"/><mlo:engagement identifier="ON"/>')
    assert (value["mode"], codes(issues)) == ("IN_PERSON", ["VALUE_REPEATED"])


@pytest.mark.parametrize(
    ("inner", "weeks"),
    [
        ('<mlo:duration interval="P2Y">2 years</mlo:duration>', (104.29, 104.43, "2 years", "DERIVED")),
        ("<mlo:duration>12 weeks</mlo:duration>", (12.0, 12.0, None, "STATED")),
        ("<mlo:duration>Variable</mlo:duration>", (None, None, "Variable", "STATED")),
        ('<mlo:duration interval="P1WT5H">a week</mlo:duration>', None),
    ],
)
def test_durations_that_are_time(inner, weeks):
    value, issues = run(inner)
    if weeks is None:
        assert codes(issues) == ["VALUE_UNREADABLE"]
        assert value["weeks"]["text"] == "a week"
    else:
        found = value["weeks"]
        assert (found.get("min"), found.get("max"), found.get("text"), found["basis"]) == weeks


def test_hours_are_the_course_s_and_no_weeks_are_made_of_them():
    one = '<presentation><dc:identifier>a</dc:identifier><mlo:duration interval="PT{}H"/></presentation>'
    value, _ = only("", one.format(30))
    assert (value["statedHours"], value["offerings"]) == ({"min": 30.0, "max": 30.0, "basis": "STATED"}, [{"ref": "a"}])
    value, _ = only("", one.format(30) + one.format(40).replace(">a<", ">b<"))
    assert value["statedHours"] == {"min": 30.0, "max": 40.0, "basis": "DERIVED"}


def test_dates_stay_as_exact_as_they_are():
    value, issues = run('<mlo:start dtf="2026-09">September</mlo:start><end>Spring 2027</end>')
    assert value["startsOn"] == {
        "earliest": "2026-09-01",
        "latest": "2026-09-30",
        "precision": "MONTH",
        "text": "September",
    }
    assert value["endsOn"]["precision"] == "SEASON"
    value, issues = run('<mlo:start dtf="2026-13-01">Soon</mlo:start><applyUntil dtf="2026-08">August</applyUntil>')
    assert value["startsOn"]["text"] == "Soon"
    assert "registrationWindows" not in value
    assert [(one.code, one.path) for one in issues] == [
        ("VALUE_UNREADABLE", "presentation/start@dtf"),
        ("VALUE_UNREADABLE", "presentation/applyUntil"),
    ]


def test_costs():
    told = Told(currency="GBP")
    assert run("<mlo:cost>11.0000</mlo:cost>", told)[0]["fees"] == [
        {"kind": "TUITION", "amount": {"amount": "11.00", "currency": "GBP"}}
    ]
    value, issues = run("<mlo:cost>GBP6,000 per stage</mlo:cost>", told)
    assert value["fees"] == [{"kind": "TUITION", "text": "GBP6,000 per stage"}]
    assert [(one.code, one.value) for one in issues] == [("VALUE_UNREADABLE", "GBP6,000 per stage")]


def test_markup_is_cleaned_and_languages_are_kept_apart():
    value, _ = only(
        "<dc:description><h:div><h:p>One\n   line</h:p><h:ul><h:li>a &amp; b</h:li><h:li>c</h:li></h:ul>"
        "<h:script>alert(1)</h:script></h:div></dc:description>"
        '<dc:description xsi:type="t:topic">Pipes</dc:description>'
        '<dc:description xml:lang="fr">&lt;p&gt;Soudage&lt;/p&gt;</dc:description>'
        '<dc:title xml:lang="fr">Soudage</dc:title>'
    )
    assert value["title"] == {"en": "Welding", "fr": "Soudage"}
    assert value["description"] == {"en": "One line\na & b\nc\n\nPipes", "fr": "Soudage"}


def test_descriptions_of_something_else_and_unknown_elements_are_counted():
    _, issues = only(
        '<dc:description xsi:type="t:policy">x</dc:description><dc:subject>Trades</dc:subject><geo:lat>1</geo:lat>'
    )
    assert dropped(issues) == ["course/description (policy)", "course/lat", "course/subject"]


def test_a_qualification_of_another_name_stays_a_course():
    value, _ = only("<mlo:qualification><dc:title>MA</dc:title></mlo:qualification>")
    assert (value["kind"], value["providerTerm"]) == ("COURSE", "MA")


def test_people_are_not_read_not_even_into_issues():
    delivery = deliver(
        feed(
            course(
                "<dc:contributor>Jo Doe</dc:contributor>",
                presentation(
                    "<applyTo>jo.doe@ncc.example</applyTo><enquireTo>jo.doe@ncc.example</enquireTo>"
                    "<venue><provider><mlo:location><mlo:email>jo.doe@ncc.example</mlo:email></mlo:location></provider></venue>"
                ),
            )
        )
    )
    assert "VALUE_UNREADABLE" in codes(delivery.issues)
    said = repr(delivery.issues) + repr([content(one) for one in delivery.records]) + repr(delivery.items)
    assert "doe" not in said.lower()


def test_refs_and_identifiers():
    plain = "<dc:identifier>https://ncc.example/c?id=5&amp;x=%20</dc:identifier>"
    typed = '<dc:identifier xsi:type="t:internalID">W 5</dc:identifier><dc:identifier xsi:type="t:lad">L1</dc:identifier>'
    text = feed(f"<course>{plain}{typed}<dc:title>A</dc:title></course>")
    delivery = deliver(text)
    value = content(delivery.records[0])
    assert value["ref"] == "https://ncc.example/c-id-5-x-20-39d5aa77"
    assert value["identifiers"] == [
        {"scheme": "url", "value": "https://ncc.example/c?id=5&x=%20"},
        {"scheme": "xcri-north-coast-college", "value": "W 5"},
    ]
    assert dropped(delivery.issues) == ["course/identifier (lad)"]


def test_a_typed_identifier_does_not_make_two_courses_one():
    own = '<dc:identifier xsi:type="t:internalID">SAME</dc:identifier>'
    delivery = deliver(feed(course(own) + course(own, identifier="W2")))
    assert [content(one).get("identifiers") for one in delivery.records] == [
        [{"scheme": "xcri-north-coast-college", "value": "SAME"}],
        None,
    ]
    assert codes(delivery.issues) == ["IDENTIFIER_SHARED"]


def test_two_courses_with_one_identifier():
    delivery = deliver(feed(course() + course() + course("<abstract>Other</abstract>")))
    assert len(delivery.records) == 1
    assert [(one.code, one.row, one.place) for one in delivery.issues] == [("REF_DUPLICATE", 3, "line 1, course 3")]
    assert "<abstract>Other</abstract>" in delivery.items[3]
    assert list(delivery.items) == [3]


def test_a_course_without_an_identifier():
    delivery = deliver(feed("<course><dc:title>Nameless</dc:title></course>"))
    assert (delivery.records, codes(delivery.issues)) == ([], ["REF_MISSING"])


def test_recstatus():
    delivery = deliver(feed(course(attributes='recstatus="3"') + course(identifier="W2", attributes='recstatus="2"')))
    assert [(one.type, one.ref, one.row) for one in delivery.gone] == [(RecordType.CREDENTIAL, "W1", 1)]
    assert [one.ref for one in delivery.records] == ["W2"]
    delivery = deliver(feed(course("", '<presentation recstatus="3"/>' + presentation(""), attributes='recstatus="9"')))
    assert [one["ref"] for one in content(delivery.records[0])["offerings"]] == ["run-1"]
    assert codes(delivery.issues) == ["VALUE_INVALID", "OFFERING_DELETED"]


def test_version_1_1_is_read():
    delivery = deliver(
        f'<catalog xmlns="{CAP_1_1}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><provider><title>NCC</title><course>'
        '<identifier>W1</identifier><title>Welding</title><description xsi:type="x:prerequisites">Grade 10</description>'
        "<presentation><identifier>a</identifier><start>2026-09-01</start><startUntil>2026-12-01</startUntil><cost>$5</cost>"
        "<attendancePattern>Standard days</attendancePattern><venue><title>Terrace</title></venue></presentation></course>"
        "</provider></catalog>"
    )
    value = content(delivery.records[0])
    assert value["requirements"][0]["rule"] == {"text": "Grade 10"}
    assert value["offerings"] == [
        {
            "ref": "a",
            "startsOn": {"earliest": "2026-09-01", "latest": "2026-12-01", "precision": "RANGE"},
            "fees": [{"kind": "TUITION", "amount": {"amount": "5.00", "currency": "CAD"}}],
            "attendance": ["DAYTIME"],
            "places": [{"role": "CLASS", "community": "Terrace"}],
        }
    ]
    assert delivery.issues == []


def test_another_version_is_named():
    delivery = deliver('<catalog xmlns="http://xcri.org/profiles/2.0/catalog"><provider/></catalog>')
    assert [(one.code, "profiles/2.0" in one.message) for one in delivery.issues] == [("VERSION_UNSUPPORTED", True)]


def test_wrong_and_missing_namespaces_are_said_once_for_each_name():
    inner = (
        "<provider><title>NCC</title><course><identifier>W1</identifier><title>Welding</title></course></provider></catalog>"
    )
    mixed = deliver(f'<catalog xmlns="{CAP_1_2}">{inner}')
    assert content(mixed.records[0])["title"] == {"en": "Welding"}
    assert [(one.code, one.path) for one in mixed.issues] == [
        ("NAMESPACE_MIXED", "identifier"),
        ("NAMESPACE_MIXED", "title"),
    ]
    missing = deliver(f"<catalog>{inner}")
    assert content(missing.records[0])["title"] == {"en": "Welding"}
    assert [(one.code, one.path) for one in missing.issues] == [("NAMESPACE_MISSING", "catalog")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE catalog [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>',
        "<!-- > --><!DOCTYPE catalog\n[\n]>",
        '<!DOCTYPE catalog SYSTEM "x>[" [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    ],
)
def test_document_types_are_refused_whatever_the_encoding(doctype, encoding):
    text = f'<?xml version="1.0"?>{doctype}{feed(course("<abstract>&b;</abstract>"))}'
    delivery = deliver(text, encoding=encoding)
    assert (delivery.records, codes(delivery.issues)) == ([], ["XML_DTD_FORBIDDEN"])


def test_a_document_type_that_only_names_a_schema_is_not_fetched():
    delivery = deliver('<!DOCTYPE catalog SYSTEM "http://127.0.0.1:9/x.dtd">' + feed(course()))
    assert ([one.ref for one in delivery.records], delivery.issues) == (["W1"], [])


def test_what_a_file_says_of_its_encoding_does_not_matter_once_it_is_text():
    text = '<?xml version="1.0" encoding="UTF-16"?>\n' + feed(course("<abstract>caf\u00e9</abstract>"))
    assert content(deliver(text, encoding="utf-16").records[0])["summary"] == {"en": "caf\u00e9"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (feed(course())[:-30], "FILE_TRUNCATED"),
        (feed(course())[: len(HEAD) + 40], "FILE_TRUNCATED"),
        (feed(course()) + "<more/>", "XML_INVALID"),
        (feed(course("<abstract>&nbsp;</abstract>")), "XML_INVALID"),
        (feed(course("<abstract></summary>")), "XML_INVALID"),
        (feed(course("<q:a/>")), "XML_INVALID"),
        (feed(course("<h:p>" * 300 + "</h:p>" * 300)), "XML_INVALID"),
        (feed(course("<abstract>&#1;</abstract>")), "XML_INVALID"),
        (feed(course("<dc:subject/>" * 50_001)), "ITEM_TOO_LARGE"),
        ("<xml><url>no</url></xml>", "FORMAT_UNKNOWN"),
        ('<x:schema xmlns:x="http://www.w3.org/2001/XMLSchema" targetNamespace="http://purl.org/net/mlo"/>', "NOT_A_FEED"),
        (f"{HEAD}</catalog>", "NOTHING_FOUND"),
        (
            feed(course("", "".join(presentation("").replace("run-1", str(number)) for number in range(201)))),
            "TOO_MANY",
        ),
    ],
)
def test_files_that_cannot_be_published_say_why(text, code):
    delivery = deliver(text)
    errors = [one.code for one in delivery.issues if one.severity is Severity.ERROR]
    assert errors == [code]


def test_a_truncated_file_is_an_error_though_courses_were_read():
    delivery = deliver(feed(course() + course(identifier="W2"))[:-40])
    assert [one.ref for one in delivery.records] == ["W1"]
    assert [(one.code, one.row, one.severity) for one in delivery.issues] == [("FILE_TRUNCATED", None, Severity.ERROR)]


def test_only_what_is_ours_is_recognised():
    def known(text):
        return recognises(open_content(text.encode(), Told()))

    assert known(feed(course()))
    assert known("<catalog><provider/></catalog>")
    assert known('<s:schema xmlns:s="http://www.w3.org/2001/XMLSchema" targetNamespace="http://xcri.org/profiles/catalog"/>')
    assert not known("<catalog><book/></catalog>")
    assert not known('<catalog xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog"><provider/></catalog>')
    assert not known('<schema xmlns="http://www.w3.org/2001/XMLSchema"/>')
    assert not recognises(open_content(b'{"a": 1}', Told()))


def test_no_more_of_a_file_is_held_than_the_piece_that_is_being_read():
    text = feed("".join(course(identifier=f"W{number}") for number in range(20_000)))
    held, count = 0, 0
    for found in courses(text):
        if found.course is not None:
            count += 1
            if count % 500 == 0:
                held = max(held, sum(1 for _ in found.provider.iter()))
    assert count == 20_000
    assert held < 2_000


def deliver_or_refuse(text):
    """What nothing can read is refused before any format sees it."""
    try:
        return deliver(text)
    except ContentRefused as error:
        return Delivery(FORMAT, issues=[error.issue])


def test_mutated_feeds_are_survived():
    whole = feed(
        course(
            "<dc:description><h:p>a</h:p></dc:description><mlo:credit><cm:value>5</cm:value></mlo:credit>",
            presentation(
                '<mlo:start dtf="2026-09-01"/><mlo:cost>$5</mlo:cost><mlo:duration interval="P6W"/><venue><provider/></venue>'
            ),
        )
        * 2
    )
    chance = random.Random(6)
    for _ in range(300):
        letters = list(whole)
        for _ in range(chance.randint(1, 6)):
            place = chance.randrange(len(letters))
            letters[place : place + chance.randint(0, 20)] = chance.choice(
                ["<", ">", '"', "&", "", "\u0000", "x" * 400, "</course>"]
            )
        delivery = deliver_or_refuse("".join(letters))
        assert delivery.records or delivery.gone or delivery.issues
        assert all(one.code for one in delivery.issues)


needs_samples = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the samples are not on this machine")


@cache
def sample(path):
    data = (SAMPLES / path).read_bytes()
    told = Told()
    return read(open_content(data, told), told)


@needs_samples
@pytest.mark.parametrize(
    ("path", "records", "errors", "warnings"),
    [
        ("xcri-cap/xcri-rdf__conted.xcricap.xml", 8, [], []),
        ("xcri-cap/xcri__PG_Generic_XCRI-CAP-1.2.xml", 1, [], ["VALUE_UNREADABLE"] * 3),
        (
            "xcri-cap/xcricap-validator__ContentValidation_UniqueValidator_Valid_UniqueIdentifiersWithXsiType.xml",
            2,
            [],
            ["FIELD_MISSING"],
        ),
        ("xcri-cap/xcricap-validator__ContentValidation_UrlValidator_Invalid_TwoNotAUrl.xml", 0, ["FORMAT_UNKNOWN"], []),
        (
            "xcri-cap/xcricap-validator__IValidationService_Invalid_Namespaces_Description.xml",
            0,
            [],
            ["NAMESPACE_MIXED"],
        ),
        (
            "xcri-cap/xcricap-validator__IValidationService_Invalid_Namespaces_OfficialTestFromSchemasWithoutNamespaces.xml",
            1,
            [],
            ["NAMESPACE_MIXED"] * 9,
        ),
        ("xcri-cap/xcricap-validator__IValidationService_Invalid_Structure_XmlNesting.xml", 0, ["XML_INVALID"], []),
        ("xcri-cap/xcricap-validator__IValidationService_Valid_Structure_OfficialTestFromSchemas.xml", 1, [], []),
        ("xcri-cap-xsd/xcri__xcri_cap_1_2.xsd", 0, ["NOT_A_FEED"], []),
        ("xcri-cap-xsd/xcri__xml.xsd", 0, ["NOT_A_FEED"], []),
        ("xcri-cap-xsd/xcri__mlo_test.xml", 0, ["FORMAT_UNKNOWN"], []),
    ],
)
def test_what_a_sample_gives(path, records, errors, warnings):
    delivery = sample(path)
    assert len(delivery.records) == records
    assert [one.code for one in delivery.issues if one.severity is Severity.ERROR] == errors
    assert [
        one.code for one in delivery.issues if one.severity is Severity.WARNING and one.code != "FIELD_UNKNOWN"
    ] == warnings


@needs_samples
def test_a_college_s_whole_catalogue():
    delivery = sample("xcri-cap/xcri-rdf__adamsmith.xcricap.xml")
    assert (len(delivery.places), len(delivery.records), len(delivery.mentioned)) == (326, 325, 1)
    assert [(one.code, one.ref) for one in delivery.issues if one.severity is Severity.ERROR] == [
        ("VALUE_INVALID", "AAWARE")
    ]
    values = {one.ref: content(one) for one in delivery.records}
    assert sum(len(one.get("offerings", [])) for one in values.values()) > 700
    ecdl = values["ADVECDL"]
    assert (ecdl["title"], ecdl["kind"], ecdl["url"]) == (
        {"en": "European Computer Driving Licence"},
        "CERTIFICATE",
        "http://www.adamsmith.ac.uk/student/courses/course/ADVECDL",
    )
    assert [one["places"] for one in ecdl["offerings"]] == [
        [{"role": "CLASS", "community": "Glenrothes"}],
        [{"role": "CLASS", "community": "Kirkcaldy"}],
    ]
    assert ecdl["offerings"][0]["startsOn"] == {"earliest": "2012-08-22", "latest": "2012-08-22", "precision": "DAY"}


@needs_samples
def test_a_university_s_short_courses():
    delivery = sample("xcri-cap/xcri-rdf__conted.xcricap.xml")
    mammals = content(delivery.records[-1])
    assert mammals["title"] == {"en": "Field Techniques for Surveying Mammals & Reptiles"}
    assert mammals["offerings"][0]["mode"] == "ONLINE"
    assert (mammals["offerings"][0]["seats"], "places" in mammals["offerings"][0]) == (19, False)
    credits_of = [content(one).get("credit", {}).get("text") for one in delivery.records]
    assert credits_of.count("10 CATS level 1") == 3


@needs_samples
def test_no_sample_is_silent():
    paths = [one for name in ("xcri-cap", "xcri-cap-xsd") for one in sorted((SAMPLES / name).glob("*.x*"))]
    assert len(paths) == 20
    for path in paths:
        delivery = sample(str(path.relative_to(SAMPLES)))
        assert delivery.format == FORMAT
        assert delivery.records or delivery.issues, path
