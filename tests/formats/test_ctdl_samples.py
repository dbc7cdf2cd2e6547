"""Files of others: each yields what a person would expect of it, or says why not."""

from collections import Counter

import pytest

from catalog.formats.ctdl.read import read, recognises
from catalog.model.reading.content import ContentRefused, open_content
from catalog.model.reading.delivery import Told
from catalog.model.record import content
from tests.served import ROOT

SAMPLES = ROOT.parent / "shared" / "samples"
FOLDERS = ("ctdl", "ctdl-asn", "ctdl-pathway")
FILES = sorted(one for name in FOLDERS for one in (SAMPLES / name).glob("*") if one.suffix in (".json", ".txt"))
pytestmark = pytest.mark.skipif(not FILES, reason="../shared/samples is not here")
REFUSED = {"Constraints-API": "JSON_INVALID", "Constraints-CTDL": "JSON_INVALID", "Fluree_Pathway": "JSON_INVALID"}
NOT_OURS = ("EmpoweringTeachingExcellence_Badgr", "French-B-A-Marketable-Skills")  # a badge platform's own pathways
COUNTS = {
    "registry__Course-1a": {"credential": 1},
    "Credential-1-graph": {"credential": 1},
    "Organization-1": {"institution": 1},
    "CostManifest": {},
    "conditionManifest": {},
    "_assessment_": {},
    "organization_69": {"institution": 1},
    "credential_67": {"credential": 1},
    "LearningOpportunity_2163": {"credential": 1},
    "AssessmentEnvelope": {},
    "CredentialGraphSampleInput": {"credential": 1},
    "CredentialWithMultipleLanguages": {"credential": 1},
    "LearningOpportunityEnvelope": {"credential": 1},
    "ProPath_Published": {"credential": 1},
    "invalid_credentialType": {},
    "CredentialTypes__basicDescription": {"credential": 1, "institution": 2},
    "programWithCourses": {"credential": 6, "institution": 1},
    "tvp-example1": {"credential": 1, "institution": 3},
    "ConnectingCredentials.json": {"skill": 91},
    "ConnectingCredentialsLevels": {},
    "ONET_Abilities": {"skill": 71},
    "ONET_Basic": {"skill": 12},
    "SampleCompetencyFramework": {"skill": 13},
    "bcsp-asp": {"skill": 170},
    "bcsp-ohst": {"skill": 101},
    "Marketable_Skills-Nates": {"pathway": 6},
    "EmpoweringTeachingExcellence_Nate": {"pathway": 4},
    "MarketableSkills_CR_sandbox": {"pathway": 6},
    "__CTDL-French": {"pathway": 1},
}


def read_sample(part):
    (path,) = (one for one in FILES if part in one.name)
    return read(open_content(path.read_bytes(), Told()), Told())


def records(part):
    return {one.ref: content(one) for one in read_sample(part).records}


@pytest.mark.parametrize("path", FILES, ids=lambda one: one.name)
def test_every_file_yields_records_or_says_why_not(path):
    try:
        opened = open_content(path.read_bytes(), Told())
    except ContentRefused as refused:
        assert refused.issue.code == next(code for part, code in REFUSED.items() if part in path.name)  # noqa: PT017
        return
    assert recognises(opened) != any(part in path.name for part in NOT_OURS)
    delivery = read(opened, Told())
    assert delivery.records or delivery.issues
    assert delivery.is_refused == any(part in path.name for part in NOT_OURS)
    kinds = Counter(one.type for one in delivery.records)
    for part, expected in COUNTS.items():
        if part in path.name:
            assert kinds == expected


def test_a_course_of_the_ingest_examples():
    found = records("Course-1a")["ce-7160aae4-5185-4564-95ab-428419974643"]
    assert (found["title"], found["kind"], found["lifecycle"]) == ({"en-US": "Personal Growth Mastery"}, "COURSE", "ACTIVE")
    assert found["usual"]["mode"] == "ONLINE"
    assert found["usual"]["fees"][0]["amount"] == {"amount": "995.00", "currency": "USD"}
    assert found["requirements"][0]["rule"] == {"text": "High-school level of mathematics knowledge"}


def test_a_degree_of_2018():
    (found,) = records("credential_67").values()
    assert (found["ref"], found["kind"]) == ("ce-ec73614d-c5d2-4512-a54f-1626d3617020", "DEGREE")
    assert found["sectors"] == ["62111", "621112"]
    assert found["weeks"]["text"] == "full-time; P27M"
    assert [one.ref for one in read_sample("credential_67").mentioned] == ["testing-university-of-la-verne"]
    assert "occupations" not in found  # they are codes of another country's classification


def test_a_driving_school():
    (found,) = records("160_Driving").values()
    assert (found["provider"], found["weeks"]["min"], found["statedHours"]["min"]) == ("160-driving-academy", 4, 160)
    assert found["usual"]["fees"][0]["amount"] == {"amount": "4695", "currency": "USD"}


def test_two_languages():
    (found,) = records("MultipleLanguages").values()
    assert set(found["title"]) == {"en", "ar-SA"}


def test_a_program_and_its_courses():
    found = records("programWithCourses")
    program = found["http://example.edu/resources/1ca80f84-9331-4855-a746-13613a08c101"]
    assert (program["kind"], len(program["components"])) == ("SHORT_PROGRAM", 4)
    assert all(
        {"scheme": "url", "value": one["value"]} in found[one["value"]]["identifiers"] for one in program["components"]
    )


def test_abilities_of_onet():
    found = records("ONET_Abilities")["ce-07c258c1-9119-11e8-b852-782bcb5df6ac"]
    assert (found["scheme"], found["labels"]) == (
        "ce-07c257d6-9119-11e8-b852-782bcb5df6ac",
        {"en-US": "Cognitive Abilities"},
    )


def test_competencies_without_ctids():
    found = records("bcsp-asp")["http://www.bcsp.org/Portals/0/Assets/Competencies/ASP/6345a757-984f-4e93-a4fd-2555b0ac47e4"]
    assert (found["scheme"], found["code"]) == ("associate-safety-professional-asp", "6345a757-984f-4e93-a4fd-2555b0ac47e4")


def test_a_pathway_of_badges():
    found = records("Marketable_Skills-Nates")
    whole = found["ce-4cfc5efd-506c-4d78-8fa4-e668c6950fe9"]
    assert whole["award"] == {"scheme": "url", "value": "https://api.badgr.io/public/badges/JKykbZ2SQb2u211g4jf7BQ"}
    assert [len(one["items"]) for one in whole["parts"]] == [5]
    stage = found["ce-5aff13d6-7ae6-4e6e-b8a6-f2bac0391274"]
    assert (stage["title"], stage["award"]) == ({"en": "Collect and Analyze Data in French"}, whole["parts"][0]["items"][2])
    assert (stage["parts"][0]["rule"]["atLeast"], len(stage["parts"][0]["rule"]["of"])) == (3, 4)


def test_a_pathway_whose_components_are_only_named():
    (found,) = records("__CTDL-French").values()
    assert "award" not in found
    assert found["parts"][1]["title"] == "French 2040/2050"
    assert found["parts"][1]["pick"] == {"unit": "COUNT", "min": 2}
    assert found["parts"][1]["unlisted"].startswith("In Class Oral Participation (FREN 3055); ")
