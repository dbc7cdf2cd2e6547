"""Eligibility, unlocks, progress, money and plans as the API answers them: the seed's real cases, and catalogues made here."""

from itertools import pairwise

import anyio
import httpx
import pytest
from icalendar import Calendar

from catalog.app import create_app
from catalog.http.service import PRIVATE
from catalog.publishing.apply import apply_records
from catalog.settings import Settings
from tests.conftest import NOW
from tests.records import SOURCE, credential, institution, record
from tests.served import serve

VERDICT = "outcome stated complete stepsAway nodes { id parentId outcome } missing { credentials { slug } conditions texts cost { amount } }"
ELIGIBLE = f"query ($slug: String!, $profile: ProfileInput!) {{ credential(slug: $slug) {{ eligibility(profile: $profile) {{ {VERDICT} }} }} }}"
PLAN = """query ($goal: PlanGoal!, $profile: ProfileInput, $constraints: PlanConstraints, $objective: PlanObjective, $more: Int) {
  plan(goal: $goal, profile: $profile, constraints: $constraints, objective: $objective, alternatives: $more) {
    status gap conflicts { constraints relaxations message }
    plans { link unknowns total { amount } netTotal { amount } finishesOn { latest text }
      steps { credential { slug } offering { ref } startsOn { earliest } endsOn { latest } price { amount } netPrice { amount } because typical } } } }"""


@pytest.fixture(params=["sqlite"])
def url(request):
    """What is asked here does not depend on the kind of database; statements are counted on both in test_statements."""
    return request.getfixturevalue("sqlite_url")


@pytest.fixture(scope="module")
def seed(sqlite_seed, tmp_path_factory):
    from catalog.db.engine import open_database

    database = open_database(f"sqlite:///{sqlite_seed}")
    yield serve(database, tmp_path_factory.mktemp("index"), NOW)
    database.dispose()


def eligible(served, slug, **profile):
    return served.data(ELIGIBLE, {"slug": slug, "profile": profile})["credential"]["eligibility"]


def held(*slugs):
    return [{"credential": one} for one in slugs]


def plan(served, goal, objective="CHEAPEST", more=0, profile=None, **constraints):
    variables = {"goal": goal, "objective": objective, "more": more, "profile": profile, "constraints": constraints or None}
    return served.data(PLAN, variables)["plan"]


def taken(answer, place=0):
    return [one["credential"]["slug"] for one in answer["plans"][place]["steps"]]


# ---- the seed's real cases


def test_forest_carbon_management_in_order_within_two_years(seed):
    query = """query ($profile: ProfileInput!) { pathway(slug: "ubc/forest-carbon-management") {
      progress(profile: $profile) { fraction parts { counted { slug } choices { slug } expired { slug } } } } }"""
    recent = [{"credential": "ubc/carbon-accounting", "completedOn": "2026-01-05"}]
    own = seed.data(query, {"profile": {"held": recent}})["pathway"]["progress"]
    assert own["fraction"] == 0.25
    assert own["parts"][0]["choices"] == [{"slug": "ubc/carbon-data"}]
    old = [{"credential": "ubc/carbon-accounting", "completedOn": "2024-01-05"}]
    assert seed.data(query, {"profile": {"held": old}})["pathway"]["progress"]["parts"][0]["expired"] == [
        {"slug": "ubc/carbon-accounting"}
    ]
    found = plan(seed, {"pathway": "ubc/forest-carbon-management"}, "FASTEST")
    assert found["status"] == "OPTIMAL"
    steps = found["plans"][0]["steps"]
    assert taken(found) == ["ubc/carbon-accounting", "ubc/carbon-data", "ubc/carbon-initiatives", "ubc/carbon-policy"]
    assert all(one["startsOn"]["earliest"] < other["startsOn"]["earliest"] for one, other in pairwise(steps))
    assert all(one["typical"] for one in steps)
    assert any("typical length" in one for one in found["plans"][0]["unknowns"])


def test_else_454_after_452(seed):
    slug = "institute-for-environmental-learning/else-45"
    lacking = eligible(seed, f"{slug}4", held=[])
    assert lacking["outcome"] == "NOT_MET"
    assert lacking["missing"][0]["credentials"] == [{"slug": f"{slug}2"}]
    assert lacking["stepsAway"] == 1
    assert taken(plan(seed, {"credential": f"{slug}4"})) == [f"{slug}2", f"{slug}4"]
    assert taken(plan(seed, {"credential": f"{slug}4"}, profile={"held": held(f"{slug}2")})) == [f"{slug}4"]


def test_net_zero_four_and_one(seed):
    found = plan(seed, {"pathway": "bcit/essentials-of-net-zero-and-passive-house-construction"}, "FEWEST")
    assert sorted(taken(found)) == [
        "bcit/airtightness", "bcit/residential-mechanical-systems", "bcit/solar-photovoltaic", "bcit/zero-energy-fundamentals",
    ]  # fmt: skip


def test_the_bcit_ladder(seed):
    query = """query ($profile: ProfileInput!) { pathway(slug: "bcit/computing-ladder") {
      progress(profile: $profile) { fraction outcome parts { choices { slug } } } } }"""
    steps = ["bcit/applied-software-development", "bcit/applied-computer-information-systems"]
    own = seed.data(query, {"profile": {"held": held(*steps)}})["pathway"]["progress"]
    assert (own["fraction"], own["outcome"]) == (0.5, "NOT_MET")
    assert own["parts"][0]["choices"] == [{"slug": "bcit/computer-systems-certificate"}]


def test_core_plus_electives_that_no_source_names(seed):
    """CACE: nothing of it is named, so nothing is planned and nothing is satisfied."""
    found = plan(seed, {"pathway": "uvic/adult-and-continuing-education"})
    assert (found["status"], found["plans"]) == ("UNKNOWN", [])
    assert "does not name" in found["conflicts"][0]["message"]
    query = """query ($profile: ProfileInput!) { pathway(slug: "uvic/adult-and-continuing-education") {
      progress(profile: $profile) { fraction outcome parts { outcome needed unit } } envelope { cost { min { amount } } unknowns } } }"""
    own = seed.data(query, {"profile": {"held": []}})["pathway"]
    assert [(one["outcome"], one["needed"], one["unit"]) for one in own["progress"]["parts"]] == [
        ("UNKNOWN", 4.0, "COUNT"), ("UNKNOWN", 4.0, "CREDITS"),
    ]  # fmt: skip
    assert own["envelope"]["cost"] is None
    assert len(own["envelope"]["unknowns"]) == 2


def test_a_ticket_or_the_course(seed):
    """North Island College takes a valid ticket in place of a course, each."""
    query = """query ($profile: ProfileInput!) { pathway(slug: "north-island-college/coastal-forest-worker") {
      progress(profile: $profile) { parts { part { title } outcome } } } }"""
    nic, tickets = "north-island-college/", ["outside/occupational-first-aid-level-1", "outside/whmis"]
    courses = [f"{nic}{one}" for one in ("ofa-015", "for-012", "wfo-015", "wsf-038")]
    own = seed.data(query, {"profile": {"held": held(*tickets, *courses)}})["pathway"]["progress"]["parts"]
    assert {one["part"]["title"]: one["outcome"] for one in own}["A valid ticket or the course, each"] == "MET"
    own = seed.data(query, {"profile": {"held": held(*courses)}})["pathway"]["progress"]["parts"]
    assert {one["part"]["title"]: one["outcome"] for one in own}["A valid ticket or the course, each"] == "NOT_MET"


def test_ev_maintenance_from_any_of_four_providers(seed):
    slugs = [
        f"{one}/electric-vehicle-maintenance-training" for one in ("bcit", "camosun-college", "cnc", "okanagan-college")
    ]
    for slug in slugs:
        assert eligible(seed, slug, held=[])["outcome"] == "NOT_MET"
        assert eligible(seed, slug, held=held("outside/red-seal-automotive-service-technician"))["outcome"] != "NOT_MET"
        found = plan(seed, {"credential": slug})
        assert found["status"] == "INFEASIBLE"
        assert "Red Seal automotive service technician" in found["conflicts"][0]["message"]


def test_one_of_three_courses_from_any_accepted_provider(seed):
    query = """query ($profile: ProfileInput!) { pathway(slug: "bc-ece-registry/ece-assistant-certificate") {
      progress(profile: $profile) { outcome earnedOnTheWay { slug } } } }"""
    for slug in ("vanwest-college/ec1200", "ubc/ece-assistant-course", "dea-college/early-childhood-educator-assistant"):
        assert seed.data(query, {"profile": {"held": held(slug)}})["pathway"]["progress"]["outcome"] == "MET"
    assert (
        seed.data(query, {"profile": {"held": held("royal-metro-college/child-guidance")}})["pathway"]["progress"]["outcome"]
        == "UNKNOWN"
    )
    assert (
        seed.data(query, {"profile": {"held": []}})["pathway"]["progress"]["outcome"] == "UNKNOWN"
    )  # another provider's course
    found = plan(seed, {"pathway": "bc-ece-registry/ece-assistant-certificate"}, more=2)
    assert found["status"] == "FEASIBLE"  # its source names others that it does not list
    assert len({tuple(taken(found, place)) for place in range(len(found["plans"]))}) == len(found["plans"]) == 3


def test_silence_is_not_eligibility(seed):
    own = eligible(seed, "ubc/carbon-accounting", held=[], age=40)
    assert (own["outcome"], own["stated"], own["complete"], own["nodes"]) == ("UNKNOWN", "NOT_STATED", False, [])


def test_impact_before_a_withdrawal(seed):
    query = '{ impact(credential: "ubc/carbon-data") { effect type slug place } }'
    assert seed.data(query)["impact"] == [
        {"effect": "BREAKS", "type": "Credential", "slug": "ubc/carbon-initiatives", "place": "requirements[0].rule"},
        {"effect": "BREAKS", "type": "Credential", "slug": "ubc/forest-carbon-management", "place": "components"},
        {"effect": "BREAKS", "type": "Pathway", "slug": "ubc/forest-carbon-management", "place": "parts[1].items"},
    ]


def test_the_grant_of_the_seed_is_not_said_to_be_open(seed):
    query = """query ($profile: ProfileInput!) { credential(slug: "north-island-college/marine-training") {
      netPrice(profile: $profile) { applied { reason } possible { program { slug } reason outcome } } } }"""
    profile = {"age": 30, "bcResident": True, "citizenship": "CITIZEN", "fundingUsed": []}
    own = seed.data(query, {"profile": profile})["credential"]["netPrice"]
    assert own["applied"] == []
    (grant,) = [one for one in own["possible"] if one["program"]["slug"] == "strongerbc-future-skills-grant"]
    assert "its source says: waitlist" in grant["reason"] or "no source says" in grant["reason"]


def test_eligible_now_in_search_and_lists(seed):
    seed.index_all()
    query = """query ($profile: ProfileInput, $filter: CredentialFilter) {
      search(profile: $profile, filter: $filter, facets: [ELIGIBLE_NOW], first: 100) { totalCount facets { values { value count selected } } edges { node { slug } } }
      credentials(profile: $profile, filter: $filter, first: 100) { totalCount edges { node { slug } } } }"""
    profile = {"held": held("ubc/carbon-accounting"), "age": 30}
    for wanted in (
        {"eligibleNow": True, "includeUnknown": False},
        {"eligibleNow": False, "includeUnknown": False},
        {"eligibleNow": True},
    ):
        own = seed.data(query, {"profile": profile, "filter": wanted})
        assert own["search"]["totalCount"] == own["credentials"]["totalCount"]
        if wanted.get("includeUnknown") is False:
            slugs = {one["node"]["slug"] for one in own["search"]["edges"]}
            assert slugs == {one["node"]["slug"] for one in own["credentials"]["edges"]}
            assert ("ubc/carbon-data" in slugs) == wanted["eligibleNow"]
            counts = {one["value"]: one["count"] for one in own["search"]["facets"][0]["values"]}
            assert own["search"]["totalCount"] == counts[str(wanted["eligibleNow"]).lower()]
    for profile in ({"held": []}, {"held": held("ubc/carbon-accounting")}):  # nobody is shown another one's counts
        own = seed.data(query, {"profile": profile, "filter": None})
        counts = {one["value"]: one["count"] for one in own["search"]["facets"][0]["values"]}
        assert (
            counts["true"]
            == seed.data(query, {"profile": profile, "filter": {"eligibleNow": True, "includeUnknown": False}})["search"][
                "totalCount"
            ]
        )


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("{ search(filter: { eligibleNow: true }) { totalCount } }", "PROFILE_REQUIRED"),
        ("{ search(facets: [ELIGIBLE_NOW]) { totalCount } }", "PROFILE_REQUIRED"),
        ("{ credentials(filter: { eligibleNow: true }) { totalCount } }", "PROFILE_REQUIRED"),
        (
            '{ institution(slug: "uvic") { credentials(filter: { eligibleNow: true }) { totalCount } } }',
            "FILTER_NOT_ALLOWED",
        ),
        ('{ plan(goal: { pathway: "nobody/nothing" }) { status } }', "GOAL_UNKNOWN"),
        ('{ impact(credential: "nobody/nothing") { slug } }', "ARGUMENT_INVALID"),
        ("{ plan(goal: { skills: [] }) { status } }", "ARGUMENT_INVALID"),
        ('{ plan(goal: { pathway: "bcit/computing-ladder" }, alternatives: 99) { status } }', "PAGE_INVALID"),
    ],
)
def test_refusals(seed, query, code):
    assert seed.codes(query) == [code]


@pytest.mark.parametrize(
    ("constraints", "argument"),
    [
        ({"budget": "-1"}, "constraints.budget"),
        ({"hoursPerWeek": 169}, "constraints.hoursPerWeek"),
        ({"atOnce": 0}, "constraints.atOnce"),
        ({"startAfter": "1066-10-14"}, "constraints.startAfter"),
        ({"startAfter": "2027-02-01", "finishBefore": "2027-01-01"}, "constraints.finishBefore"),
        ({"near": {"latitude": 200, "longitude": 0, "km": 5}}, "constraints.near"),
    ],
)
def test_constraints_are_read_strictly(seed, constraints, argument):
    (error,) = seed.ask(PLAN, {"goal": {"pathway": "bcit/computing-ladder"}, "constraints": constraints})["errors"]
    assert error["extensions"]["argument"] == argument


@pytest.mark.parametrize(
    ("profile", "argument"),
    [
        ({"held": [{"credential": "nobody/nothing"}]}, "profile.held[0].credential"),
        ({"skills": ["no:skill"]}, "profile.skills[0]"),
        ({"age": -1}, "profile.age"),
        ({"birthYear": 3000}, "profile.birthYear"),
        ({"held": held("ubc/carbon-data") * 201}, "profile.held"),
        ({"fundingUsed": [{"program": "strongerbc-future-skills-grant", "amount": "-1"}]}, "profile.fundingUsed"),
        ({"licences": ["x" * 300]}, "profile.licences"),
        ({"held": [{"credential": "ubc/carbon-data", "completedOn": "2999-01-01"}]}, "profile.held[0].completedOn"),
        (
            {"held": [{"credential": "ubc/carbon-data", "completedOn": "2020-01-01", "expectedOn": "2999-01-01"}]},
            "profile.held[0].expectedOn",
        ),
    ],
)
def test_profiles_are_read_strictly(seed, profile, argument):
    answer = seed.ask(ELIGIBLE, {"slug": "ubc/carbon-data", "profile": profile})
    (error,) = answer["errors"]
    assert error["extensions"]["argument"] == argument
    assert "3000" not in error["message"]


def test_what_is_told_is_private():
    assert {"profile", "held", "constraints", "near"} <= PRIVATE


# ---- a catalogue of our own, with dates and prices


def offering(ref, starts, ends, price=None, **more):
    fees = [] if price is None else [{"kind": "TUITION", "amount": {"amount": str(price), "currency": "CAD"}}]
    return {"ref": ref, "startsOn": starts, "endsOn": ends, "fees": fees, "mode": "ONLINE_ANYTIME", **more}


def publish(served, clock, *records):
    apply_records(served.database, [institution(), *records], SOURCE, clock)


GRANT = {
    "type": "fundingProgram", "ref": "grant", "name": "Grant", "owner": "uni", "decision": "FIRST_COME", "slug": "grant",
    "cap": {"amount": {"amount": "3500", "currency": "CAD"}, "per": "LIFETIME"}, "covers": ["TUITION"], "paysTo": "PROVIDER",
    "rule": {"condition": "AGE", "minimum": 19}, "windows": [{"status": "OPEN", "asOf": "2026-11-01"}],
}  # fmt: skip


@pytest.fixture
def dated(served, clock):
    """Three courses in a row; the first has a cheap late run and a dear early one."""
    needs_a = [{"kind": "PREREQUISITE", "rule": {"holds": "uni/a"}}]
    needs_b = [{"kind": "PREREQUISITE", "rule": {"holds": "uni/b"}}]
    listed = {"requirementsStated": "LISTED"}
    publish(
        served, clock,
        credential("a", requirementsStated="NONE", offerings=[
            offering("early", "2027-01-11", "2027-02-05", 900), offering("late", "2027-03-01", "2027-03-26", 400)]),
        credential("b", requirements=needs_a, **listed, offerings=[
            offering("spring", "2027-02-15", "2027-03-12", 749), offering("summer", "2027-05-03", "2027-05-28", 749)]),
        credential("c", requirements=needs_b, **listed, offerings=[offering("fall", "2027-09-06", "2027-10-01", 749)]),
        record(GRANT | {"designations": ["uni/a", "uni/b", "uni/c"]}),
    )  # fmt: skip
    return served


def test_the_cheapest_and_the_fastest(dated):
    cheap = plan(dated, {"credential": "uni/c"}, profile={"held": []})
    assert cheap["plans"][0]["steps"][0]["offering"]["ref"] == "late"
    assert cheap["plans"][0]["total"] == {"amount": "1898.00"}
    assert cheap["plans"][0]["finishesOn"]["latest"] == "2027-10-01"
    assert [one["because"] for one in cheap["plans"][0]["steps"]] == [
        "needed for Credential b",
        "needed for Credential c",
        "the goal",
    ]
    fast = plan(dated, {"credential": "uni/b"}, "FASTEST", profile={"held": []})
    assert [one["offering"]["ref"] for one in fast["plans"][0]["steps"]] == ["early", "spring"]


def test_funding_is_applied_to_the_whole_plan(dated):
    profile = {"held": [], "age": 30, "fundingUsed": [{"program": "grant", "amount": "2500"}]}
    own = plan(dated, {"credential": "uni/c"}, profile=profile)["plans"][0]
    assert (own["total"]["amount"], own["netTotal"]["amount"]) == ("1898.00", "898.00")
    assert [one["netPrice"]["amount"] for one in own["steps"]] == ["0.00", "149.00", "749.00"]


def test_what_must_be_paid_now_is_held_to_the_cash_that_is_there(served, clock):
    early = offering("x", "2027-01-11", "2027-02-05")
    early["fees"] = [{"kind": "TUITION", "amount": {"amount": "900", "currency": "CAD"}, "due": "REGISTRATION"}]
    publish(served, clock, credential("a", offerings=[early]))
    query = """query ($profile: ProfileInput!) { credential(slug: "uni/a") {
      netPrice(profile: $profile) { upFront { amount } unknowns } } }"""

    def unknowns(cash):
        own = served.data(query, {"profile": {"cashNow": cash}})["credential"]["netPrice"]
        assert own["upFront"] == {"amount": "900.00"}
        return own["unknowns"]

    assert "due up front: 400.00 more than you have now (cashNow)" in unknowns("500")
    assert unknowns("900") == []


def test_conflicts_say_by_how_little(dated):
    own = plan(dated, {"credential": "uni/c"}, profile={"held": []}, budget="1778")
    assert own["status"] == "INFEASIBLE"
    assert own["conflicts"] == [
        {
            "constraints": ["budget"],
            "relaxations": ["budget + 120"],
            "message": "a budget of 1778 cannot be kept: enough would be budget + 120",
        }
    ]
    own = plan(dated, {"credential": "uni/b"}, profile={"held": []}, budget="1200", finishBefore="2027-04-01")
    assert sorted(own["conflicts"][0]["constraints"]) == ["budget", "finishBefore"]
    assert sorted(own["conflicts"][0]["relaxations"]) == ["budget + 449", "finish by 2027-05-28"]
    own = plan(dated, {"credential": "uni/b"}, modes=["IN_PERSON"])
    assert own["conflicts"][0]["constraints"] == ["modes"]
    assert own["conflicts"][0]["relaxations"] == ["without modes"]
    own = plan(dated, {"credential": "uni/b"}, modes=["IN_PERSON"], budget="100")
    assert sorted(one["constraints"] for one in own["conflicts"]) == [["budget"], ["modes"]]
    assert [one["relaxations"] for one in own["conflicts"] if one["constraints"] == ["modes"]] == [["without modes"]]
    assert "the modes asked for cannot be kept: enough would be without modes (another conflict is over budget)" in [
        one["message"] for one in own["conflicts"]
    ]


def test_what_nobody_can_change_is_said(dated, clock):
    aged = credential("d", requirementsStated="LISTED", requirements=[{"kind": "ADMISSION", "rule": {"condition": "AGE", "minimum": 19}}],
                      offerings=[offering("x", "2027-01-11", "2027-02-05", 10)])  # fmt: skip
    apply_records(dated.database, [aged], SOURCE, clock)
    own = plan(dated, {"credential": "uni/d"}, profile={"held": [], "age": 15})
    assert own["conflicts"][0]["constraints"] == []
    assert "Credential d asks for age 19 or over" in own["conflicts"][0]["message"]
    assert plan(dated, {"credential": "uni/d"}, profile={"held": [], "age": 30})["status"] == "OPTIMAL"
    unknown = plan(dated, {"credential": "uni/d"}, profile={"held": []})["plans"][0]["unknowns"]
    assert "Credential d: asks for: age 19 or over" in unknown


def test_full_and_closed_offerings_are_not_planned_with(served, clock):
    closed = {"registrationWindows": [{"opensAt": "2026-01-01", "closesAt": "2026-02-01"}]}
    publish(
        served,
        clock,
        credential("a", weeks={"min": 4, "max": 4}, offerings=[offering("x", "2027-01-11", "2027-02-05", 10, **closed)]),
    )
    own = plan(served, {"credential": "uni/a"})["plans"][0]["steps"]
    assert [(one["offering"], one["typical"]) for one in own] == [(None, True)]


@pytest.mark.parametrize(
    ("left", "right", "status"),
    [
        (("MON", "18:00", "20:00"), ("MON", "19:00", "21:00"), "INFEASIBLE"),
        (("MON", "18:00", "20:00"), ("TUE", "19:00", "21:00"), "OPTIMAL"),
        (("MON", "22:00", "02:00"), ("TUE", "01:00", "03:00"), "INFEASIBLE"),  # over midnight
        (("MON", "22:00", "02:00"), ("TUE", "02:00", "03:00"), "OPTIMAL"),
        (("MON", "18:00", "20:00"), ("MON", "21:30", "22:30", "America/Toronto"), "INFEASIBLE"),  # 18:30 here
        (("MON", "18:00", "20:00"), ("MON", "18:00", "20:00", "America/Toronto"), "OPTIMAL"),
    ],
)
def test_stated_meetings_do_not_clash(served, clock, left, right, status):
    def run(days, begins, ends, zone="America/Vancouver"):
        meets = [{"kind": "CLASS", "days": [days], "startTime": begins, "endTime": ends}]
        return [offering("x", "2027-01-11", "2027-02-05", 10, meetings=meets, timeZone=zone)]

    asks = [{"kind": "PREREQUISITE", "rule": {"all": [{"holds": "uni/a"}, {"holds": "uni/b"}]}}]
    publish(
        served, clock,
        credential("a", requirementsStated="NONE", offerings=run(*left)),
        credential("b", requirementsStated="NONE", offerings=run(*right)),
        credential("c", requirementsStated="LISTED", requirements=asks, offerings=[offering("x", "2027-03-01", "2027-03-26", 10)]),
    )  # fmt: skip
    assert plan(served, {"credential": "uni/c"}, profile={"held": []})["status"] == status


def test_menus_are_checked_and_planned(served, clock):
    menu = record({
        "type": "menu", "ref": "m", "title": "Menu", "owner": "uni", "slug": "uni/m",
        "sections": [{"title": "Core", "pick": {"unit": "COUNT", "min": 1, "max": 1}, "items": ["uni/a", "uni/b"]}],
    })  # fmt: skip
    publish(
        served, clock, menu, record(GRANT | {"designations": ["uni/a", "uni/b"]}),
        credential("a", offerings=[offering("x", "2027-01-11", "2027-02-05", 900)], totalHours={"min": 20, "max": 20}),
        credential("b", offerings=[offering("x", "2027-01-11", "2027-02-05", 300)]),
        credential("other"),
    )  # fmt: skip
    assert taken(plan(served, {"menu": "uni/m"})) == ["uni/b"]
    ids = {
        slug: served.data(f'{{ credential(slug: "{slug}") {{ id }} }}')["credential"]["id"]
        for slug in ("uni/a", "uni/b", "uni/other")
    }
    query = """query ($picks: [ID!]!, $profile: ProfileInput) { menu(slug: "uni/m") { check(picks: $picks, profile: $profile) {
      valid violations { code message fix section { title } credential { slug } } total { amount } netTotal { amount } hours { min } } } }"""

    def check(*slugs, profile=None):
        return served.data(query, {"picks": [ids[one] for one in slugs], "profile": profile})["menu"]["check"]

    whole = check("uni/a", profile={"held": [], "age": 30, "fundingUsed": [{"program": "grant", "amount": "3000"}]})
    assert (whole["valid"], whole["total"], whole["netTotal"]) == (True, {"amount": "900.00"}, {"amount": "400.00"})
    assert whole["hours"] == {"min": 20.0}
    both = check("uni/a", "uni/b", "uni/other")
    assert [one["code"] for one in both["violations"]] == ["PICK_NOT_ON_MENU", "SECTION_TOO_MANY"]
    assert all(one["fix"] for one in both["violations"])


def test_batches_take_no_query_for_each(served, clock):
    """100 credentials in one pass: once the graph is known, statements do not grow with them."""
    courses = [
        credential(
            f"c{number}",
            requirementsStated="LISTED",
            requirements=[{"kind": "PREREQUISITE", "rule": {"holds": f"uni/c{number - 1}"}}] if number else None,
        )
        for number in range(100)
    ]
    publish(served, clock, *courses)
    ids = [
        one["node"]["id"]
        for one in served.data("{ credentials(first: 100) { edges { node { id } } } }")["credentials"]["edges"]
    ]
    query = f"query ($ids: [ID!]!, $profile: ProfileInput!) {{ eligibility(credentials: $ids, profile: $profile) {{ {VERDICT} }} }}"
    counts = []
    for number in (2, 100):
        served.service.library.forget()
        with served.statements() as sent:
            answer = served.data(query, {"ids": ids[:number], "profile": {"held": held("uni/c3")}})
        counts.append(len(sent))
        assert len(answer["eligibility"]) == number
    assert counts[1] <= counts[0]
    assert sum(one["outcome"] == "MET" for one in answer["eligibility"]) == 1


def test_eligibility_by_slug_stands_beside_what_was_asked(dated):
    query = "query ($of: [ID!]!, $profile: ProfileInput!) { eligibility(credentials: $of, profile: $profile) { outcome } }"
    of = ["uni/b", "nobody/nothing", "UNI/A", "uni/b"]
    own = served_outcomes(dated.data(query, {"of": of, "profile": {"held": []}})["eligibility"])
    assert own == ["NOT_MET", None, "MET", "NOT_MET"]


def served_outcomes(verdicts):
    return [one and one["outcome"] for one in verdicts]


def test_the_graph_follows_what_is_published(served, clock):
    listed = {"requirementsStated": "LISTED", "requirements": [{"kind": "PREREQUISITE", "rule": {"holds": "uni/a"}}]}
    publish(served, clock, credential("a"), credential("b", requirementsStated="NONE"))
    assert eligible(served, "uni/b", held=[])["outcome"] == "MET"
    apply_records(served.database, [credential("b", **listed)], SOURCE, clock)
    assert eligible(served, "uni/b", held=[])["outcome"] == "NOT_MET"
    query = "query ($held: [HeldInput!]!) { unlocks(held: $held) { edges { stepsAway together { slug } node { slug } } } }"
    assert served.data(query, {"held": held("uni/a")})["unlocks"]["edges"] == [
        {"stepsAway": 0, "together": [], "node": {"slug": "uni/b"}}
    ]
    same = record({"type": "equivalence", "ref": "e", "members": ["uni/a", "uni/x"], "basis": "REVIEWED"})
    apply_records(served.database, [credential("x"), same], SOURCE, clock)
    assert eligible(served, "uni/b", held=held("uni/x"))["outcome"] == "MET"


def test_unlocks_page_by_page(served, clock):
    courses = [
        credential(
            f"c{number}",
            requirementsStated="LISTED",
            requirements=[
                {
                    "kind": "PREREQUISITE",
                    "rule": {"all": [{"holds": "uni/a"}, *([{"holds": "uni/b"}] if number % 2 else [])]},
                }
            ],
        )
        for number in range(9)
    ]
    publish(served, clock, credential("a", requirementsStated="NONE"), credential("b", requirementsStated="NONE"), *courses)
    query = """query ($held: [HeldInput!]!, $after: String) { unlocks(held: $held, first: 2, after: $after) {
      totalCount pageInfo { hasNextPage endCursor } edges { stepsAway together { slug } node { slug } } } }"""
    found, after = [], None
    while True:
        page = served.data(query, {"held": held("uni/a"), "after": after})["unlocks"]
        found += [(one["stepsAway"], one["node"]["slug"], [own["slug"] for own in one["together"]]) for one in page["edges"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert page["totalCount"] == len(found) == 9
    assert found == [(0, f"uni/c{n}", []) for n in (0, 2, 4, 6, 8)] + [(1, f"uni/c{n}", ["uni/b"]) for n in (1, 3, 5, 7)]


# ---- plans behind their links


class Client:
    """The application over ASGI."""

    def __init__(self, app):
        self.app = app

    def get(self, path):
        async def go():
            client = httpx.AsyncClient(transport=httpx.ASGITransport(self.app), base_url="http://127.0.0.1")
            async with self.app.router.router.lifespan_context(self.app.router), client:
                return await client.get(path)

        return anyio.run(go)


@pytest.fixture
def client(dated, url):
    return Client(create_app(Settings(_env_file=None, database_url=url, now=NOW, search_url=str(dated.index))))


def test_a_plan_as_a_calendar(served, clock, client):
    evenings = {"kind": "CLASS", "days": ["TUE"], "startTime": "18:00", "endTime": "20:00"}
    run = offering("x", "2026-10-20", "2026-12-01", 10, meetings=[evenings], timeZone="America/Vancouver") | {
        "startsOn": "2026-12-01",
        "endsOn": "2027-04-27",
    }
    apply_records(served.database, [credential("tue", offerings=[run])], SOURCE, clock)
    link = plan(served, {"credential": "uni/tue"})["plans"][0]["link"]
    answer = client.get(f"{link}.ics")
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    calendar = Calendar.from_ical(answer.content)
    (event,) = calendar.walk("VEVENT")
    assert event["summary"] == "Credential tue"
    (own_zone,) = calendar.walk("VTIMEZONE")
    starts = event.decoded("dtstart").replace(tzinfo=own_zone.to_tz(lookup_tzid=False))
    assert starts.isoformat() == "2026-12-01T18:00:00-07:00"
    # British Columbia stays on daylight time from 2026 on, as the pinned tzdata has it: 18:00 is 01:00 UTC
    assert event["rrule"]["BYDAY"] == ["TU"]
    assert [one["tzid"] for one in calendar.walk("VTIMEZONE")] == ["America/Vancouver"]


def test_a_plan_as_a_page(dated, client):
    own = plan(dated, {"credential": "uni/c"}, profile={"held": [], "age": 61, "birthYear": 1965})["plans"][0]
    page = client.get(own["link"])
    assert page.status_code == 200
    assert "Credential a" in page.text
    assert "1 March 2027 to 26 March 2027" in page.text
    assert f"{own['link']}.ics" in page.text
    assert "1965" not in page.text
    assert page.headers["content-security-policy"].startswith("default-src 'none'")
    assert page.headers["cache-control"] == "no-store"


def test_a_page_says_what_has_changed_since(dated, clock, client):
    """Moved, cancelled or gone: the days of the plan stay, with a word beside them."""
    link = plan(dated, {"credential": "uni/a"}, profile={"held": []})["plans"][0]["link"]
    assert 'class="note"' not in client.get(link).text
    for changes, note in (
        ({"startsOn": "2027-03-08"}, "It was moved: it now starts on 2027-03-08."),
        ({"run": "CANCELLED"}, "This offering was cancelled."),
    ):
        late = offering("late", "2027-03-01", "2027-03-26", 400) | changes
        apply_records(dated.database, [credential("a", requirementsStated="NONE", offerings=[late])], SOURCE, clock)
        assert note in client.get(link).text
    assert "SUMMARY:Credential a" in client.get(f"{link}.ics").text


def test_a_plan_without_steps_has_no_link(dated):
    own = plan(dated, {"credential": "uni/a"}, profile={"held": held("uni/a")})["plans"][0]
    assert (own["steps"], own["link"], own["total"], own["netTotal"]) == ([], None, {"amount": "0.00"}, {"amount": "0.00"})


@pytest.mark.parametrize("path", ["/plans/W1", "/plans/e30.ics", "/plans/W10", "/plans/" + "x" * 17_000])
def test_links_that_lead_nowhere(client, path):
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/plain")
