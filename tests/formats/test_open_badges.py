"""Open Badges: definitions become credentials, nothing of who received one is read, and what is written comes back."""

import json
import re
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog.errors import Severity
from catalog.formats.open_badges.mapping import CONTEXT, KIND_OF_TYPE, TYPE_OF_KIND
from catalog.formats.open_badges.read import FORMAT, read, recognises
from catalog.formats.open_badges.write import problems, write_achievement
from catalog.model.reading.content import Content, ContentRefused, Kind, open_content
from catalog.model.reading.delivery import Told
from catalog.model.record import content
from catalog.model.vocabulary import CredentialKind
from tests.formats.documents import AROUND, OWN_ID, document_of
from tests.served import ROOT

SAMPLES = ROOT.parent / "shared" / "samples"
HERE = Told(provider="college")
BASIC = {"type": ["Achievement"], "id": "https://college.example/badges/welding", "name": "Welding", "criteria": {}}
READ = {
    "type": "credential",
    "ref": "https://college.example/badges/welding",
    "identifiers": [{"scheme": "open-badge", "value": "https://college.example/badges/welding"}],
    "provider": "college",
    "title": {"en": "Welding"},
    "kind": "OTHER",
    "records": ["BADGE"],
}
SECRETS = ["Amina", "amina@example.net", "did:example:amina", "did-the-work", "A-1234", "wonderful essay"]
PERSON = {
    "id": "did:example:amina",
    "type": ["AchievementSubject"],
    "identifier": [{"type": "IdentityObject", "identityHash": "amina@example.net", "hashed": False}],
    "licenseNumber": "A-1234",
    "result": [{"type": ["Result"], "value": "did-the-work"}],
}
ISSUER = {"id": "https://college.example", "type": ["Profile"], "name": "Coast College", "url": "https://college.example"}


def opened(value):
    return open_content(json.dumps(value).encode(), HERE)


def delivered(value, told=HERE):
    return read(opened(value), told)


def only(more, told=HERE):
    """The content of the one record, and the issues as (code, field)."""
    delivery = delivered(BASIC | more, told)
    assert len(delivery.records) == 1, delivery.issues
    return content(delivery.records[0]), [(one.code, one.field) for one in delivery.issues]


def credential(achievement, **more):
    subject = PERSON | {"achievement": achievement}
    types = ["VerifiableCredential", "OpenBadgeCredential"]
    return {"@context": list(CONTEXT), "type": types, "issuer": ISSUER, "credentialSubject": subject} | more


def codes(delivery, severity=None):
    return [one.code for one in delivery.issues if severity in (None, one.severity)]


def test_an_achievement_is_a_credential_that_issues_a_badge():
    assert only({}) == (READ, [])


def test_a_file_says_where_its_definitions_stand():
    delivery = delivered([BASIC, credential(BASIC | {"id": "urn:uuid:2"})])
    assert [delivery.places[row] for row in delivery.rows] == ["$[0]", "$[1].credentialSubject.achievement"]
    assert delivery.format == FORMAT == "open-badges"


def test_texts_are_in_the_language_of_the_achievement():
    got, issues = only({"name": "Soudure", "description": "<p>Souder</p> en sécurité", "inLanguage": "fr-CA"})
    assert issues == []
    assert got == READ | {
        "title": {"fr-CA": "Soudure"},
        "description": {"fr-CA": "Souder\nen sécurité"},
        "languages": ["fr-CA"],
    }


def test_texts_may_be_in_several_languages():
    got, _ = only({"name": {"en": "Welding", "fr": "Soudure"}, "description": [{"@value": "Weld", "@language": "en"}]})
    assert (got["title"], got["description"]) == ({"en": "Welding", "fr": "Soudure"}, {"en": "Weld"})


def test_criteria_are_what_it_takes_by_completion():
    got, issues = only({"criteria": {"id": "https://college.example/welding", "narrative": "Pass *both* tests."}})
    rule = {
        "kind": "PREREQUISITE",
        "at": "COMPLETION",
        "rule": {"text": "Pass *both* tests."},
        "original": "Pass *both* tests.",
    }
    assert issues == []
    assert got == READ | {"url": "https://college.example/welding", "requirements": [rule]}


def test_criteria_may_be_an_address_or_plain_words():
    assert only({"criteria": "https://college.example/c"})[0]["url"] == "https://college.example/c"
    assert only({"criteria": "Pass the test"})[0]["requirements"][0]["original"] == "Pass the test"


def test_long_criteria_are_shortened_and_said_so():
    got, issues = only({"criteria": {"narrative": "word " * 1000}})
    assert issues == [("TEXT_SHORTENED", "criteria")]
    assert len(got["requirements"][0]["rule"]["text"]) <= 2000
    assert got["requirements"][0]["rule"]["text"].endswith("word…")


@pytest.mark.parametrize(
    ("stated", "kind", "term"),
    [
        ("MicroCredential", "MICRO_CREDENTIAL", None),
        ("Badge", "OTHER", None),
        ("Achievement", "OTHER", None),
        ("Certificate", "CERTIFICATE", None),
        ("CertificateOfCompletion", "STATEMENT", None),
        ("BachelorDegree", "DEGREE", "Bachelor degree"),
        ("License", "LICENCE", None),
        ("LearningProgram", "SHORT_PROGRAM", None),
        ("CommunityService", "OTHER", "Community service"),
        ("ext:Nanodegree", "OTHER", "Nanodegree"),
    ],
)
def test_achievement_types(stated, kind, term):
    got, issues = only({"achievementType": stated})
    assert (got["kind"], got.get("providerTerm"), issues) == (kind, term, [])


def test_only_the_type_makes_a_micro_credential():
    assert only({"name": "Microcredential in welding"})[0]["kind"] == "OTHER"


def test_every_kind_of_the_tables_is_one_of_ours():
    assert set(KIND_OF_TYPE.values()) | set(TYPE_OF_KIND) <= {one.value for one in CredentialKind}
    assert set(TYPE_OF_KIND) == {one.value for one in CredentialKind}
    assert set(TYPE_OF_KIND.values()) <= set(KIND_OF_TYPE)


@pytest.mark.parametrize(("stated", "term"), [("Nanodegree", "Nanodegree"), (["Degree"], None), (7, None)])
def test_unknown_types_are_other_with_a_warning(stated, term):
    got, issues = only({"achievementType": stated})
    assert (got["kind"], got.get("providerTerm"), issues) == ("OTHER", term, [("VALUE_UNREADABLE", "achievementType")])


UUID = "74f5bb7d-d7cc-11e8-824f-0242ac160002"


@pytest.mark.parametrize(
    ("alignment", "skill"),
    [
        (
            {"targetCode": "W.1", "targetFramework": "Red Seal Welder", "targetName": "Arc", "targetType": "CFItem"},
            {"scheme": "red-seal-welder", "code": "W.1", "label": {"en": "Arc"}},
        ),
        ({"targetFramework": "esco", "targetCode": "s1"}, {"scheme": "esco", "code": "s1"}),
        (
            {"targetFramework": "ESCO", "targetName": "Arc", "targetUrl": f"http://data.europa.eu/esco/skill/{UUID}"},
            {"scheme": "ESCO", "code": UUID, "label": {"en": "Arc"}},
        ),
        (
            {"targetType": "CTDL", "targetName": "Arc", "targetUrl": f"https://credentialfinder.org/competency/ce-{UUID}"},
            {"scheme": "ctid", "code": f"ce-{UUID}", "label": {"en": "Arc"}},
        ),
        ({"targetName": "Arc welding"}, {"label": {"en": "Arc welding"}}),
        ({"name": "Arc welding", "url": "https://x.example"}, {"label": {"en": "Arc welding"}}),
    ],
)
def test_alignments_are_skills(alignment, skill):
    got, issues = only({"alignment": [{"type": ["Alignment"], **alignment}]})
    assert (got["skills"], issues) == ([skill], [])


def test_a_code_without_its_framework_says_nothing():
    got, issues = only({"alignment": {"targetCode": "7", "targetName": "Arc"}})
    assert (got["skills"], issues) == ([{"label": {"en": "Arc"}}], [("FIELD_UNKNOWN", "alignment.targetCode")])


def test_skills_stand_once_and_are_fifty_at_most():
    twice = [{"targetCode": "A", "targetFramework": "x"}, {"targetCode": "a", "targetFramework": "X"}]
    assert len(only({"alignment": twice})[0]["skills"]) == 1
    many = [{"targetName": f"Skill {number}"} for number in range(60)]
    got, issues = only({"alignment": many})
    assert (len(got["skills"]), issues) == (50, [("TOO_MANY", "alignment")])


def test_alignments_with_what_is_no_skill_are_counted():
    others = [{"targetType": "ext:EQF", "targetName": "EQF 4"}, {"targetType": "CFRubric", "targetName": "R"}]
    got, issues = only({"alignment": others})
    assert "skills" not in got
    assert issues == [
        ("FIELD_UNKNOWN", "alignment of the type ext:EQF"),
        ("FIELD_UNKNOWN", "alignment of the type CFRubric"),
    ]


@pytest.mark.parametrize("wrong", ["text", 7, {}, {"targetName": ["deep", {"a": []}]}, {"targetType": ["CFItem"]}])
def test_alignments_of_the_wrong_shape_are_warned_of(wrong):
    got, issues = only({"alignment": [wrong]})
    assert "skills" not in got
    assert len(issues) >= 1


@pytest.mark.parametrize(("stated", "value"), [(3, 3.0), (1.5, 1.5), ("2", 2.0), (0, 0.0)])
def test_credits_are_for_the_whole_in_no_stated_unit(stated, value):
    assert only({"creditsAvailable": stated})[0]["credit"] == {"value": value, "per": "CREDENTIAL"}


@pytest.mark.parametrize("wrong", [-1, True, [3], {"a": 1}, 1e30])
def test_credits_that_are_none(wrong):
    got, issues = only({"creditsAvailable": wrong})
    assert (got, issues) == (READ, [("VALUE_UNREADABLE", "creditsAvailable")])


def test_credits_in_words_keep_their_words():
    got, issues = only({"creditsAvailable": "three or so"})
    assert (got["credit"], issues) == ({"text": "three or so"}, [("VALUE_UNREADABLE", "creditsAvailable")])


def test_identifiers():
    others = [
        {"type": "IdentifierEntry", "identifier": "42", "identifierType": "ext:CROHO"},
        {"type": "IdentifierEntry", "identifier": "978-3", "identifierType": "isbn"},
        {"type": "IdentifierEntry", "identifier": "amina@example.net", "identifierType": "emailAddress"},
        {"type": "IdentifierEntry"},
    ]
    got, issues = only({"humanCode": "WELD 101", "otherIdentifier": others})
    assert "amina" not in repr(delivered(BASIC | {"otherIdentifier": others}))
    assert got["identifiers"][1:] == [
        {"scheme": "human-code", "value": "WELD 101"},
        {"scheme": "croho", "value": "42"},
        {"scheme": "isbn", "value": "978-3"},
    ]
    assert issues == [("VALUE_UNREADABLE", "otherIdentifier"), ("FIELD_UNKNOWN", "otherIdentifier.emailAddress")]


def test_an_id_with_other_characters_keeps_its_own_ref_and_the_original():
    got, issues = only({"id": "https://college.example/b?id=7&v=é"})
    assert issues == []
    assert re.fullmatch(r"https://college\.example/b-id-7-v-[0-9a-f]{12}", got["ref"])
    assert got["identifiers"] == [{"scheme": "open-badge", "value": "https://college.example/b?id=7&v=é"}]
    assert only({"id": "https://college.example/b?id=7&v=e"})[0]["ref"] != got["ref"]


def test_terms_of_dutch_issuers():
    more = {
        "ECTS": 3.5,
        "SBU": 28,
        "assessmentType": "testing",
        "participationType": "online",
        "educationProgramIdentifier": 7,
    }
    got, issues = only(more)
    assert issues == []
    assert got == READ | {
        "credit": {"value": 3.5, "per": "CREDENTIAL", "text": "3.5 ECTS"},
        "statedHours": {"min": 28.0, "max": 28.0, "text": "28 SBU", "basis": "STATED"},
        "assessmentMethods": ["testing"],
        "usual": {"mode": "ONLINE"},
        "identifiers": [*READ["identifiers"], {"scheme": "education-program-identifier", "value": "7"}],
    }


def test_what_has_no_place_is_counted_by_name():
    others = {"image": "data:image/png;base64,AAAA", "tag": ["x"], "version": "2", "related": [], "resultDescription": [{}]}
    got, issues = only(others)
    assert (got, sorted(field for _, field in issues)) == (READ, sorted(others))
    assert {code for code, _ in issues} == {"FIELD_UNKNOWN"}


def test_the_creator_is_the_provider_and_who_gives_it_a_partner():
    creator = ISSUER | {"name": "Guild of Welders", "email": "office@guild.example"}
    delivery = delivered(credential(BASIC | {"creator": creator}), Told())
    got = content(delivery.records[0])
    assert (got["provider"], got["partnerships"]) == ("guild-of-welders", [{"role": "PARTNER", "text": "Coast College"}])
    assert [content(one)["name"] for one in delivery.mentioned] == [{"en": "Guild of Welders"}]
    assert "office@guild.example" not in repr(delivery)


def test_without_a_creator_the_issuer_is_the_provider():
    delivery = delivered(credential(BASIC), Told())
    assert content(delivery.records[0])["provider"] == "coast-college"
    assert [content(one)["url"] for one in delivery.mentioned] == ["https://college.example"]


def test_a_profile_of_a_wrong_type_still_has_its_name():
    delivery = delivered(credential(BASIC, issuer=ISSUER | {"type": ["Invalid"]}), Told())
    assert content(delivery.records[0])["provider"] == "coast-college"
    assert codes(delivery) == ["PEOPLE_DROPPED", "TYPE_UNKNOWN"]


@pytest.mark.parametrize("issuer", ["https://college.example/issuer.json", None, {}, {"name": 7}, 7, []])
def test_an_issuer_without_a_name_is_warned_of_and_never_fetched(issuer):
    delivery = delivered(BASIC | {"type": "BadgeClass", "issuer": issuer}, Told())
    assert [content(one).get("provider") for one in delivery.records] == [None]
    assert ("FIELD_MISSING", "provider") in [(one.code, one.field) for one in delivery.issues]


def test_an_issuer_of_the_same_file_is_found_by_its_id():
    badge = BASIC | {"type": "BadgeClass", "issuer": ISSUER["id"]}
    delivery = delivered({"@context": "https://w3id.org/openbadges/v2", "@graph": [badge, ISSUER]}, Told())
    assert ([content(one)["provider"] for one in delivery.records], delivery.issues) == (["coast-college"], [])


@pytest.mark.parametrize(
    "profile", [{"type": ["Profile"], "name": "Amina", "familyName": "Amina"}, {"type": "Person", "name": "Amina"}]
)
def test_an_issuer_who_is_a_person_is_not_read(profile):
    delivery = delivered(BASIC | {"creator": profile}, Told())
    assert "PEOPLE_DROPPED" in codes(delivery)
    assert "Amina" not in repr(delivery)
    assert "provider" not in content(delivery.records[0])


@pytest.mark.parametrize(
    "value",
    [
        credential(BASIC, evidence=[{"narrative": "wonderful essay"}], name="Badge of Amina", proof={"x": "did-the-work"}),
        credential([BASIC]),
        {
            "@context": "https://w3id.org/openbadges/v2",
            "type": "Assertion",
            "recipient": {"type": "email", "identity": "amina@example.net"},
            "evidence": {"narrative": "wonderful essay"},
            "badge": BASIC | {"type": "BadgeClass"},
        },
        {"type": ["VerifiablePresentation"], "holder": "did:example:amina", "verifiableCredential": [credential(BASIC)]},
        [credential(BASIC), credential(BASIC)],
        credential(BASIC, type=["VerifiableCredential"], validUntil="2011-01-01T00:00:00Z", credentialStatus={"id": "x"}),
    ],
)
def test_of_what_somebody_received_only_the_definition_is_read(value):
    assert recognises(opened(value))
    delivery = delivered(value)
    assert [content(one) for one in delivery.records] == [READ]
    assert codes(delivery, Severity.ERROR) == []
    assert codes(delivery).count("PEOPLE_DROPPED") == 1
    assert not [secret for secret in SECRETS if secret in repr(delivery)]


def test_a_record_of_learning_holds_definitions_and_credentials():
    record = {
        "type": ["VerifiableCredential", "ClrCredential"],
        "issuer": ISSUER,
        "credentialSubject": {
            "type": ["ClrSubject"],
            "achievement": [BASIC | {"id": "urn:uuid:1", "achievementType": "Course"}],
            "verifiableCredential": [credential(BASIC | {"id": "urn:uuid:2"})],
        },
    }
    got = [content(one) for one in delivered(record).records]
    assert [(one["ref"], one["kind"], one.get("records")) for one in got] == [
        ("urn:uuid:1", "COURSE", None),
        ("urn:uuid:2", "OTHER", ["BADGE"]),
    ]


def test_what_is_sent_back_holds_what_is_read_and_can_be_read_again():
    more = {"image": "data:x", "extensions:recipient": "Amina", "creator": ISSUER | {"official": "Amina"}, "name": ""}
    delivery = delivered(credential(BASIC | more), Told())
    assert list(delivery.items.values()) == [{**BASIC, "name": "", "issuer": ISSUER, "creator": ISSUER}]
    again = delivered(next(iter(delivery.items.values())) | {"name": "Welding"}, Told())
    assert content(again.records[0]) == READ | {"provider": "coast-college"}


def test_an_endorsement_defines_nothing():
    value = {
        "type": ["VerifiableCredential", "EndorsementCredential"],
        "credentialSubject": {"type": ["EndorsementSubject"]},
    }
    assert recognises(opened(value))
    assert codes(delivered(value)) == ["TYPE_UNKNOWN"]


def test_a_subject_of_a_wrong_type_is_warned_of():
    value = credential(BASIC)
    value["credentialSubject"]["type"] = ["Invalid"]
    delivery = delivered(value)
    assert ([content(one) for one in delivery.records], codes(delivery)) == ([READ], ["PEOPLE_DROPPED", "TYPE_UNKNOWN"])


@pytest.mark.parametrize(
    "value",
    [
        credential("https://college.example/badges/welding"),
        {"type": "Assertion", "badge": "https://college.example/badges/welding", "recipient": {}},
    ],
)
def test_a_definition_elsewhere_is_not_fetched(value):
    assert codes(delivered(value)) == ["PEOPLE_DROPPED", "DEFINITION_ELSEWHERE"]


def test_a_definition_of_the_same_file_is_found_by_its_id():
    assertion = {"type": "Assertion", "badge": BASIC["id"], "recipient": {}}
    delivery = delivered([BASIC | {"type": "BadgeClass"}, assertion])
    assert ([content(one) for one in delivery.records], codes(delivery)) == ([READ], ["PEOPLE_DROPPED"])


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ({**BASIC, "id": None}, "REF_MISSING"),
        ({**BASIC, "id": "_:b0"}, "REF_MISSING"),
        ({**BASIC, "id": 7}, "REF_MISSING"),
        ({**BASIC, "name": None}, "FIELD_MISSING"),
        ({**BASIC, "name": "<p> </p>"}, "FIELD_MISSING"),
        ({"type": "Assertion", "badge": None}, "FIELD_MISSING"),
        ({"type": ["OpenBadgeCredential"], "credentialSubject": {}}, "FIELD_MISSING"),
        ({"type": ["OpenBadgeCredential"], "credentialSubject": "x"}, "FIELD_MISSING"),
        ({"type": "Profile", "name": "x"}, "TYPE_UNKNOWN"),
        ({"narrative": "x"}, "TYPE_UNKNOWN"),
        ({"type": []}, "TYPE_UNKNOWN"),
        ([7], "TYPE_UNKNOWN"),
        ([], "NOTHING_FOUND"),
        ({}, "TYPE_UNKNOWN"),
    ],
)
def test_what_cannot_be_read_says_so(value, code):
    delivery = delivered(value)
    assert delivery.records == []
    assert code in codes(delivery, Severity.ERROR)


def test_two_definitions_of_one_id():
    delivery = delivered([BASIC, BASIC, BASIC | {"name": "Brazing"}])
    assert [content(one) for one in delivery.records] == [READ]
    assert codes(delivery) == ["REF_DUPLICATE"]
    assert delivery.places[3] == delivery.issues[0].place == "$[2]"


@pytest.mark.parametrize("name", ["name", "description", "criteria", "achievementType", "alignment", "inLanguage", "creator", "humanCode", "otherIdentifier"])  # fmt: skip
@pytest.mark.parametrize("wrong", [7, True, [[]], [None], {"a": {"b": [1]}}, [{"@value": 7}], "x" * 100_000])
def test_wrong_shapes_are_survived(name, wrong):
    delivery = delivered(BASIC | {name: wrong})
    assert delivery.issues or content(delivery.records[0])["ref"] == READ["ref"]
    assert all(len(one.value or "") <= 80 for one in delivery.issues)


def test_deep_nesting_and_much_of_it_are_survived():
    deep = BASIC
    for _ in range(150):
        deep = credential(BASIC, credentialSubject={"verifiableCredential": [deep]})
    assert [content(one) for one in delivered(deep).records] == [READ]
    began = time.perf_counter()
    delivery = delivered([credential(BASIC | {"id": f"urn:x:{number}"}) for number in range(1_000)])
    assert (len(delivery.records), time.perf_counter() - began < 2) == (1_000, True)
    assert codes(delivery) == ["PEOPLE_DROPPED"]


def test_reading_ends_where_there_are_too_many_issues():
    delivery = delivered([{"type": "Achievement"}] * 10_500)
    assert (len(delivery.issues), delivery.issues[-1].code) == (10_001, "TOO_MANY_ISSUES")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.sampled_from(["Achievement", "BadgeClass", "Assertion", "https://a.b", ""]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["type", "id", "name", "criteria", "badge", "credentialSubject", "achievement", "issuer", "@graph", "alignment"]),
            inner,
            max_size=5,
        )
    ),
    max_leaves=15,
)  # fmt: skip


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(JSON)
def test_nothing_raises(value):
    told = Told()
    shown = Content(b"", Kind.JSON, value=value)
    recognises(shown)
    delivery = read(shown, told)
    assert delivery.records or delivery.issues


@pytest.mark.parametrize(
    ("value", "is_ours"),
    [
        (BASIC, True),
        ([BASIC], True),
        ({"type": "BadgeClass"}, True),
        ({"@context": "https://w3id.org/openbadges/v2", "type": "Issuer"}, True),
        ({"@context": {"obi": "https://w3id.org/openbadges#"}, "type": []}, True),
        ({"type": "Achievement", "name": "A game's"}, False),
        ({"type": "Assertion", "statement": "A test's"}, False),
        ({"type": ["VerifiableCredential"], "credentialSubject": {"licence": 1}}, False),
        ({"@context": "https://schema.org", "@type": "Course"}, False),
        ({"narrative": "x"}, False),
        ([], False),
        ({}, False),
    ],
)
def test_badges_are_recognised_by_what_only_they_have(value, is_ours):
    assert recognises(opened(value)) is is_ours


def test_a_table_is_no_badge():
    table = open_content(b"a,b\n1,2\n", HERE)
    assert (recognises(table), codes(read(table, HERE))) == (False, ["FORMAT_UNKNOWN"])


# Written, and read back.


def read_back(value):
    """The Achievement of a record, and what reading it gives, for the institution of the test."""
    record, document = document_of(value)
    achievement = write_achievement(document, AROUND)
    delivery = delivered({"@context": list(CONTEXT), **achievement}, Told())
    assert len(delivery.records) == 1, delivery.issues
    return achievement, content(delivery.records[0]), [(one.code, one.field) for one in delivery.issues], content(record)


def test_what_the_table_says_comes_back():
    passed = {"kind": "PREREQUISITE", "at": "COMPLETION", "rule": {"text": "Pass"}, "original": "Pass"}
    enter = {"kind": "ADMISSION", "at": "APPLICATION", "rule": {"text": "Grade 12"}, "original": "Grade 12"}
    given = {
        "title": {"en": "It", "fr": "Ça"},
        "description": "All of it",
        "languages": ["en"],
        "url": "https://uni.example/it",
        "records": ["BADGE"],
        "credit": {"value": 1.5, "per": "CREDENTIAL"},
        "skills": [{"scheme": "esco", "code": "s1"}, {"label": "seo"}],
        "requirements": [enter, passed],
        "identifiers": [
            {"scheme": "open-badge", "value": "https://uni.example/badges/it"},
            {"scheme": "human-code", "value": "IT 1"},
            {"scheme": "isbn", "value": "978-3"},
            {"scheme": "croho", "value": "42"},
        ],
    }
    achievement, got, issues, record = read_back(given)
    assert issues == []
    assert got == {
        "type": "credential",
        "ref": "https://uni.example/badges/it",
        "title": {"en": "It"},
        "skills": [{"scheme": "esco", "code": "s1", "label": {"en": "s1"}}, {"label": {"en": "seo"}}],
        "requirements": [passed],
        **{
            name: record[name]
            for name in ("provider", "kind", "description", "languages", "url", "records", "credit", "identifiers")
        },
    }
    assert problems(achievement) == []


def test_without_a_badge_of_its_own_it_is_called_by_its_id():
    achievement, got, _, _ = read_back({})
    assert achievement == {
        "id": f"urn:uuid:{OWN_ID}",
        "type": ["Achievement"],
        "achievementType": "MicroCredential",
        "name": "It",
        "inLanguage": "en",
        "creator": {
            "id": achievement["creator"]["id"],
            "type": ["Profile"],
            "name": "Uni",
            "url": "https://uni.example",
        },
    }
    assert got["ref"] == f"urn:uuid:{OWN_ID}"
    assert problems(achievement) == ["description is required", "criteria is required"]


@pytest.mark.parametrize("kind", [one.value for one in CredentialKind])
def test_kinds_come_back(kind):
    _, got, _, _ = read_back({"kind": kind})
    assert got["kind"] == ("CERTIFICATE" if kind in ("ASSOCIATE_CERTIFICATE", "GRADUATE_CERTIFICATE") else kind)
    assert "providerTerm" not in got


def test_the_types_that_a_kind_does_not_say_come_back():
    for stated, kind in KIND_OF_TYPE.items():
        first, _ = only({"achievementType": stated})
        achievement, _, _, _ = read_back(
            {"kind": kind, **({"providerTerm": first["providerTerm"]} if "providerTerm" in first else {})}
        )
        assert achievement["achievementType"] == ("Achievement" if stated == "Badge" else stated if "providerTerm" in first else TYPE_OF_KIND[kind])  # fmt: skip


@pytest.mark.parametrize(
    "credit", [{"value": 1.5, "unit": "UVIC_UNIT"}, {"value": 3, "per": "COURSE"}, {"value": 3, "status": "NON_CREDIT"}]
)
def test_credit_that_would_be_misread_is_not_written(credit):
    assert "creditsAvailable" not in read_back({"credit": credit})[0]


def test_a_rule_without_words_is_said_in_words():
    asked = {"kind": "PREREQUISITE", "at": "COMPLETION", "rule": {"all": [{"holds": "uni/basics"}, {"text": "an essay"}]}}
    assert read_back({"requirements": [asked]})[0]["criteria"] == {"narrative": "The uni/basics and an essay"}


def test_what_is_not_around_is_left_out():
    _, document = document_of({"skills": [{"scheme": "esco", "code": "s1"}], "themes": ["health"]})
    alone = write_achievement(document, {})
    assert not {"creator", "alignment", "tag"} & alone.keys()
    assert write_achievement(document, AROUND)["tag"] == ["health"]


# The samples: what a person would expect of each.

ERRORS = {
    "badgecriteria": "TYPE_UNKNOWN",
    "invalid-empty-type": "TYPE_UNKNOWN",
    "openbadges_context": "FORMAT_UNKNOWN",
    "valid-alignment-object": "TYPE_UNKNOWN",
    "valid-issuer-extension": "TYPE_UNKNOWN",
    "endorsement-valid": "TYPE_UNKNOWN",
}
"""Files that define no badge. Every other one of the samples gives one credential and no error."""


def samples():
    if not SAMPLES.is_dir():
        return []
    return [one for folder in ("openbadges2", "openbadges3") for one in sorted((SAMPLES / folder).glob("*.json"))]


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the samples of ../shared are not on this machine")
def test_every_sample_gives_its_definition_or_says_why_not():
    assert len(samples()) == 58
    for path in samples():
        try:
            shown = open_content(path.read_bytes(), Told())
        except ContentRefused as refused:
            pytest.fail(f"{path.name}: {refused}")
        delivery = read(shown, Told())
        name = path.stem.rpartition("__")[2]
        if name in ERRORS:
            assert (len(delivery.records), codes(delivery, Severity.ERROR)) == (0, [ERRORS[name]]), name
            continue
        assert recognises(shown), name
        assert (len(delivery.records), codes(delivery, Severity.ERROR)) == (1, []), name
        is_award = path.parent.name == "openbadges3" or name == "open_badges_2.0_example"
        assert codes(delivery).count("PEOPLE_DROPPED") == is_award, name
        for secret in ("did:example", "students/", "alice@", "student@1edtech", "somebody@", "A-9320041", "Horace Mann"):
            assert secret not in repr(delivery), (name, secret)


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the samples of ../shared are not on this machine")
@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("openbadges2/openbadges-types__open_badges_2.0_example", {"ref": "https://example.org/badges/5", "title": {"en": "3-D Printmaster"}, "provider": "example-maker-society", "kind": "OTHER", "records": ["BADGE"]}),
        ("openbadges2/digital-credential__badge-class-invalid-issuer-type", {"title": {"en-US": "Example Badge"}, "url": "http://example.com/badgecriteria.json"}),
        ("openbadges3/digital-credential__complete", {"kind": "DEGREE", "credit": {"value": 36.0, "per": "CREDENTIAL"}, "provider": "1edtech-university", "url": "https://1edtech.edu/achievements/degree"}),
        ("openbadges3/digital-credential__simple-err-expired", {"title": {"en": "Teamwork"}, "provider": "example-corp"}),
        ("openbadges3/digital-credential__credential-status-revoked", {"title": {"en": "Achievement 1"}, "provider": "1edtech-testing"}),
        ("openbadges3/obv3-examples__uvh_at_microcredential_full_1", {"languages": ["nl-NL"], "credit": {"value": 3.0, "per": "CREDENTIAL", "text": "3 ECTS"}, "provider": "universiteit-van-harderwijk", "kind": "OTHER"}),
        ("openbadges3/obv3-examples__theed_microcredential_full_mbo", {"statedHours": {"min": 500.0, "max": 500.0, "text": "500 SBU", "basis": "STATED"}}),
        ("openbadges3/openbadges-specifi__skillAssertionCtdl", {"provider": "example-industry-group", "providerTerm": "Competency", "partnerships": [{"role": "PARTNER", "text": "1EdTech University"}]}),
    ],
)  # fmt: skip
def test_samples_give_what_a_person_reads_in_them(path, expected):
    delivery = read(open_content((SAMPLES / f"{path}.json").read_bytes(), Told()), Told())
    got = content(delivery.records[0])
    assert {name: got.get(name) for name in expected} == expected


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the samples of ../shared are not on this machine")
@pytest.mark.parametrize("name", ["simple-err-issuer-type", "simple-err-credential-subject-type"])
def test_samples_of_wrong_types_say_so(name):
    data = (SAMPLES / "openbadges3" / f"digital-credential__{name}.json").read_bytes()
    assert codes(read(open_content(data, Told()), Told())) == ["PEOPLE_DROPPED", "TYPE_UNKNOWN"]
