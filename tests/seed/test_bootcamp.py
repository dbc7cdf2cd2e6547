"""The case that began it: a real bootcamp, its two runs, its partners, its money and what sources disagree on."""

from datetime import datetime

import pytest

from tests.served import serve

QUERY = """{ credential(slug: "alacrity-canada/digital-marketing-bootcamp") {
  title kind status provider { name slug } skills { label } audiences
  partnerships { role text institution { slug } amount { amount currency } }
  offerings(when: ALL) { ref status startsOn { earliest latest precision text } registrationClosesAt weeks { min max basis } seats mode
    partnerships { role institution { slug } amount { amount } } outcomes { measure value count basis } enrolmentText }
  provenance { field source value chosen url statedOn confirmedOn basis words evidence } } }"""


@pytest.fixture
def ask(seeded):
    return lambda now: serve(seeded.database, seeded.index, datetime.fromisoformat(now)).data(QUERY)["credential"]


def test_all_of_it_is_there(ask):
    found = ask("2020-07-27T12:00:00-07:00")
    assert found["provider"] == {"name": "Alacrity Canada", "slug": "alacrity-canada"}
    assert [skill["label"] for skill in found["skills"]] == ["search engine optimization", "analytics", "content"]
    roles = {one["role"]: one for one in found["partnerships"]}
    assert roles["COMMUNITY_PARTNER"]["institution"]["slug"] == "south-island-prosperity-partnership"
    assert roles["FUNDER"]["institution"]["slug"] == "ministry-of-jobs-economic-development-and-competitiveness"
    assert roles["FUNDER"]["amount"] == {"amount": "250000", "currency": "CAD"}
    pilot, summer = found["offerings"]
    assert (pilot["ref"], summer["ref"]) == ("pilot", "summer-2020")
    assert pilot["outcomes"] == [
        {"measure": "PLACED", "value": 0.85, "count": None, "basis": "of almost 45 participants; no head count is stated"}
    ]
    assert summer["startsOn"] == {"earliest": "2020-08-04", "latest": "2020-08-04", "precision": "DAY", "text": None}
    assert summer["registrationClosesAt"] == "2020-07-31T23:59:59-07:00"
    assert (summer["weeks"]["min"], summer["weeks"]["max"], summer["seats"], summer["mode"]) == (6, 6, 250, "ONLINE")
    assert {
        "role": "FUNDER",
        "institution": {"slug": "ministry-of-jobs-economic-development-and-competitiveness"},
        "amount": {"amount": "250000"},
    } in summer["partnerships"]


def test_six_and_eight_weeks_are_two_statements_and_six_is_shown(ask):
    provenance = ask("2020-07-27T12:00:00-07:00")["provenance"]
    weeks = [one for one in provenance if one["field"] == "offerings[summer-2020].weeks"]
    assert [(one["source"], one["chosen"]) for one in weeks] == [
        ("partner/south-island-prosperity", True),
        ("news/bcbusiness", False),
    ]
    assert '"min":6.0' in weeks[0]["value"]
    assert '"min":8.0' in weeks[1]["value"]
    assert weeks[0]["statedOn"] == weeks[0]["confirmedOn"] == "2020-07-24"
    assert all(one["url"] for one in provenance if one["source"] != "catalogue/classification")
    (classified,) = (one for one in provenance if one["field"] == "occupations")
    assert (classified["basis"], classified["words"], classified["evidence"]) == (
        "CLASSIFIED",
        "digital marketing",
        "NOC 2021 10022 Advertising, marketing and public relations managers",
    )


@pytest.mark.parametrize(
    ("now", "status"),
    [
        ("2020-07-27T12:00:00-07:00", "OPEN"),
        ("2020-07-31T23:59:59-07:00", "OPEN"),
        ("2020-08-01T00:01:00-07:00", "CLOSED"),
        ("2026-11-23T12:00:00-08:00", "ENDED"),
    ],
)
def test_the_summer_run_by_the_clock(ask, now, status):
    found = ask(now)
    assert found["offerings"][1]["status"] == status
    assert found["status"] == status


def test_the_shared_award_is_one_and_shows_no_amount_where_it_covers_more(seeded):
    awards = seeded.data(
        "{ fundingAwards { totalCount edges { node { slug allocation amount { amount } recipients { slug } covers { credential { slug } } } } } }"
    )["fundingAwards"]
    assert awards["totalCount"] == 15
    shared = next(edge["node"] for edge in awards["edges"] if edge["node"]["slug"] == "go-electric-ev-maintenance-2021")
    assert shared["amount"] == {"amount": "440000"}
    assert [one["slug"] for one in shared["recipients"]] == ["camosun-college", "okanagan-college", "cnc"]
    partners = seeded.data(
        '{ credential(slug: "cnc/electric-vehicle-maintenance-training") { partnerships { role amount { amount } } } }'
    )
    found = [(one["role"], one["amount"]) for one in partners["credential"]["partnerships"]]
    assert found == [("INDUSTRY_PARTNER", None), ("FUNDER", None)]
    awards = seeded.data(
        '{ credential(slug: "cnc/electric-vehicle-maintenance-training") { fundingAwards { allocation amount { amount } provenance { field url } } } }'
    )
    assert awards["credential"]["fundingAwards"][0]["amount"] == {"amount": "440000"}
    assert all(one["url"] for one in awards["credential"]["fundingAwards"][0]["provenance"])
