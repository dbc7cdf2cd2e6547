"""Needs ranked by what serves them, alternatives, and too much of the same."""

import json
import math

import pytest

from catalog.coverage.short_training import ShortTrainingInvalid, read_short_training
from catalog.publishing.apply import apply_records
from tests.conftest import NOW
from tests.coverage.test_measures import run
from tests.records import SOURCE, credential, institution, record
from tests.served import serve

GAPS = """query ($by: CoverageDimension!, $filter: CredentialFilter, $region: String, $year: String, $teers: [String!], $first: Int, $after: String) {
  gaps(by: $by, filter: $filter, region: $region, year: $year, teers: $teers, first: $first, after: $after) { totalCount note year teers
    pageInfo { hasNextPage endCursor } edges { node { key { dimension value label } openingsPerYear regions { code } seatsPerYear ratio startsUnknown
      offered { credentials offerings seats seatsUnknown } throughSkills { credentials seats } teer regulated
      nearest { slug } nearestThrough nearestKm nearestOnline unmetAskers } } } }"""
OVERSUPPLY = """query ($filter: CredentialFilter) { oversupply(filter: $filter) { totalCount edges { node { region { value } likeness
  measures { credentials institutions seats } credentials { totalCount edges { node { slug } } } } } } }"""
NORTH, SOUTH = (54.5, -128.6), (48.4, -123.4)


def region(code):
    return record({"type": "region", "ref": code, "scheme": "bc", "code": code, "labels": code.title()})


def demand(ref, value, occupation=None, regions=("british-columbia",)):
    fields = {"from": 2025, "to": 2035, "value": value, "regions": list(regions)}
    named = {"occupation": occupation} if occupation else {}
    return record({"type": "demand", "ref": ref, **fields, **named})


def base():
    yield from map(region, ("british-columbia", "north", "west", "south"))
    for code, title in (
        ("72410", "Mechanics"),
        ("72200", "Electricians"),
        ("31301", "Registered nurses"),
        ("10022", "Managers"),
    ):
        yield record({"type": "occupation", "ref": code, "scheme": "noc-2021", "code": code, "labels": title})
    for ref, place, (latitude, longitude) in (("uni", "north", NORTH), ("college", "south", SOUTH)):
        campus = {"ref": "main", "name": "Main", "city": ref, "region": place, "latitude": latitude, "longitude": longitude}
        yield institution(ref, region=place, campuses=[campus])


def taught(ref, at="uni", seats=None, year=2026, state=None, **fields):
    """In the fiscal year that begins in `year`."""
    dates = {"startsOn": f"{year + 1}-01-11", "endsOn": f"{year + 1}-02-20"}
    own = {
        "places": [{"campus": f"{at}#main"}],
        **({"seats": seats} if seats is not None else {}),
        **({"run": state} if state else {}),
    }
    return credential(ref, provider=at, slug=f"{at}/{ref}", offerings=[run("1", **{**own, **dates})], **fields)


@pytest.fixture
def world(served):
    def ask(*records, by="OCCUPATION", **asked):
        if records:
            apply_records(served.database, [*base(), *records], SOURCE, lambda: NOW)
            served.index_all()
        answer = served.data(GAPS, {"by": by, **asked})["gaps"]
        return {edge["node"]["key"]["value"]: edge["node"] for edge in answer["edges"]}, answer

    ask.served = served
    return ask


@pytest.mark.parametrize("url", ["sqlite", "postgresql"], indirect=True)
def test_first_what_no_seat_serves_then_the_most_openings_a_seat_then_the_unknown(world):
    found, answer = world(
        demand("m", 1000, "72410"),
        demand("e", 500, "72200"),
        demand("n", 9000, "31301"),
        taught("a", seats=20, occupations=["72410"]),
        taught("b", occupations=["72200"]),
        teers=["1", "2"],
    )
    assert list(found) == ["31301", "72410", "72200"]
    assert [(one["seatsPerYear"], one["ratio"]) for one in found.values()] == [(0, None), (20, 5.0), (None, None)]
    assert found["72410"]["openingsPerYear"] == 100.0, "ten years' total, a year"
    assert found["72200"]["offered"]["seatsUnknown"] == 1
    assert answer["note"] == "Forecast openings, not vacancies. Which professions are regulated is not known here."
    assert answer["year"] == "2026/27"


def test_only_what_short_training_serves(world):
    figures = [demand(code, 100, code) for code in ("72410", "72200", "31301", "10022")]
    found, answer = world(*figures)
    assert (set(found), answer["teers"]) == ({"72410", "72200"}, ["2", "3", "4"])
    assert [found["72410"]["teer"], found["72410"]["regulated"]] == ["2", None]
    found, answer = world(teers=["0", "1"])
    assert (set(found), answer["teers"]) == ({"31301", "10022"}, ["0", "1"])


def test_an_installation_has_a_list_of_its_own_and_regulated_professions_do_not_lead(world, tmp_path):
    path = tmp_path / "list.json"
    path.write_text(json.dumps({"teers": ["1", "2"], "regulated": ["31301"]}))
    world(demand("m", 10, "72410"), demand("n", 9000, "31301"))
    served = serve(world.served.database, world.served.index, NOW, short_training=path)
    edges = served.data(GAPS, {"by": "OCCUPATION"})["gaps"]["edges"]
    assert [(edge["node"]["key"]["value"], edge["node"]["regulated"]) for edge in edges] == [
        ("72410", False),
        ("31301", True),
    ]


@pytest.mark.parametrize(
    "content", ["", "{}", '{"teers": ["9"]}', '{"teers": "2"}', '{"teers": ["2"], "regulated": [1]}', "[]"]
)
def test_a_list_that_is_none_is_refused(tmp_path, content):
    path = tmp_path / "list.json"
    path.write_text(content)
    with pytest.raises(ShortTrainingInvalid, match=r"list\.json"):
        read_short_training(path)


def test_seats_are_those_that_surely_start_in_the_year(world):
    listings = [
        taught("this", seats=5, occupations=["72410"]),
        taught("last", seats=7, year=2025, occupations=["72410"]),
        credential("some", occupations=["72410"], offerings=[run("1", startsOn={"earliest": "2027-03-01", "latest": "2027-05-01", "precision": "RANGE"}, endsOn="2027-06-01", seats=9)]),
        credential("never", occupations=["72410"]),
    ]  # fmt: skip
    found, _ = world(demand("m", 1000, "72410"), *listings)
    assert (found["72410"]["seatsPerYear"], found["72410"]["startsUnknown"]) == (5, 2)
    found, answer = world(year="2025/26")
    assert (found["72410"]["seatsPerYear"], answer["year"]) == (7, "2025/26")
    found, _ = world(year="2020/21")
    assert found["72410"]["seatsPerYear"] is None, "one listing says nothing of when it runs"


def test_in_a_region_only_what_is_taught_there_counts_and_the_nearest_is_named_with_its_distance(world):
    near = taught("near", at="college", seats=9, occupations=["72410"])
    found, _ = world(demand("m", 1000, "72410", ["north"]), near, region="north")
    one = found["72410"]
    assert (one["seatsPerYear"], [own["code"] for own in one["regions"]]) == (0, ["north"])
    assert ([own["slug"] for own in one["nearest"]], one["nearestThrough"], one["nearestOnline"]) == (
        ["college/near"],
        "TAGS",
        False,
    )
    flat = math.hypot(6.1 * 111.2, 5.2 * 111.2 * math.cos(math.radians(51.45)))
    assert one["nearestKm"] == pytest.approx(flat, rel=0.005), "6.1 degrees north and 5.2 west, some 768 km"
    here, _ = world(filter={"regions": ["south"]})
    assert here == {}, "no figure is published for the south alone"


def test_a_place_that_is_not_known_may_be_here(world):
    """Neither zero seats nor a gap that leads: nobody knows."""
    nowhere = credential("a", occupations=["72410"], offerings=[run("1", seats=20)])
    silent = credential("b", occupations=["72200"])
    found, _ = world(
        demand("m", 1000, "72410", ["north"]), demand("e", 10, "72200", ["north"]), nowhere, silent, region="north"
    )
    assert [(one["seatsPerYear"], one["startsUnknown"]) for one in found.values()] == [(None, 1), (None, 1)]


def test_cancelled_runs_serve_nobody_and_what_was_put_off_may(world):
    cancelled = taught("a", occupations=["72410"], seats=500, state="CANCELLED")
    put_off = credential("b", occupations=["72200"], offerings=[{"ref": "1", "run": "POSTPONED", "seats": 7}])
    found, _ = world(demand("m", 1000, "72410"), demand("e", 10, "72200"), cancelled, put_off)
    assert [(key, one["seatsPerYear"], one["startsUnknown"]) for key, one in found.items()] == [
        ("72410", 0, 0),
        ("72200", None, 1),
    ]


def test_what_is_counted_is_no_alternative_to_itself(world):
    both = credential(
        "a",
        occupations=["72410"],
        offerings=[run(ref, seats=5, startsOn=day, endsOn="2028-01-01", places=[{"campus": "uni#main"}]) for ref, day in (("1", "2027-01-11"), ("2", "2027-09-01"))],
    )  # fmt: skip
    found, _ = world(demand("m", 1000, "72410", ["north"]), both, region="north")
    assert (found["72410"]["seatsPerYear"], found["72410"]["nearest"]) == (5, [])


def test_one_of_the_nearest_is_online_where_any_is(world):
    far = [taught(f"c{n}", at="college", occupations=["72410"]) for n in range(4)]
    online = credential("web", occupations=["72410"], offerings=[run("1", mode="ONLINE", places=[])])
    found, _ = world(demand("m", 1000, "72410", ["north"]), *far, online, region="north")
    assert [one["slug"] for one in found["72410"]["nearest"]][2] == "uni/web"
    assert found["72410"]["nearestOnline"] is True


def test_what_is_taught_online_is_an_alternative_without_distance(world):
    online = credential("web", occupations=["72410"], offerings=[run("1", mode="ONLINE", places=[], startsOn="2026-12-01")])
    found, _ = world(demand("m", 1000, "72410", ["north"]), online, region="north")
    one = found["72410"]
    assert ([own["slug"] for own in one["nearest"]], one["nearestKm"], one["nearestOnline"]) == (["uni/web"], None, True)


def test_a_shared_figure_is_set_against_the_seats_of_all_its_regions(world):
    figure = demand("m", 1000, "72410", ["north", "west"])
    found, _ = world(figure, taught("a", seats=5, occupations=["72410"]), region="west")
    assert (found["72410"]["seatsPerYear"], [one["code"] for one in found["72410"]["regions"]]) == (5, ["north", "west"])


def test_by_region_everything_that_is_taught_there(world):
    found, _ = world(
        demand("all", 700, None, ["north"]), taught("a", seats=5), taught("b", at="college", seats=8), by="REGION"
    )
    assert {code: (one["openingsPerYear"], one["seatsPerYear"]) for code, one in found.items()} == {"north": (70.0, 5)}


def test_a_match_through_skills_is_kept_apart(world):
    skills = [{"label": "brakes"}, {"label": "batteries"}, {"label": "charging"}]
    found, _ = world(
        demand("m", 1000, "72410"),
        taught("tagged", seats=5, occupations=["72410"], skills=skills),
        taught("alike", seats=11, skills=skills[:2]),
        taught("one-of-them", seats=13, skills=skills[:1]),
        taught("other", seats=17, skills=[*skills[:2], *({"label": f"other {n}"} for n in range(3))]),
    )
    one = found["72410"]
    assert (one["seatsPerYear"], one["throughSkills"]) == (5, {"credentials": 1, "seats": 11})


def test_pages_of_gaps(world):
    world(demand("m", 1000, "72410"), demand("e", 500, "72200"))
    _, first = world(first=1)
    rest, second = world(first=1, after=first["pageInfo"]["endCursor"])
    assert (first["totalCount"], list(rest), second["pageInfo"]["hasNextPage"]) == (2, ["72200"], False)


@pytest.mark.parametrize(
    "asked",
    [
        {"by": "SKILL"},
        {"by": "OCCUPATION", "year": "2026"},
        {"by": "OCCUPATION", "year": "2026/28"},
        {"by": "OCCUPATION", "region": "nowhere"},
        {"by": "OCCUPATION", "teers": []},
        {"by": "OCCUPATION", "teers": ["7"]},
        {"by": "OCCUPATION", "filter": {"regions": ["north", "south"]}},
        {"by": "REGION", "region": "north"},
        {"by": "OCCUPATION", "region": "north", "filter": {"regions": ["south"]}},
    ],
)
def test_what_no_figure_answers_is_refused(world, asked):
    world(demand("m", 1000, "72410"))
    assert world.served.codes(GAPS, asked) == ["ARGUMENT_INVALID"]


def test_where_no_figure_is_published_that_is_said(world):
    found, answer = world(taught("a", occupations=["72410"]))
    assert found == {}
    assert "catalog demand import" in answer["note"]


def oversupply(served, *records):
    apply_records(served.database, [*base(), *records], SOURCE, lambda: NOW)
    served.index_all()
    nodes = [edge["node"] for edge in served.data(OVERSUPPLY)["oversupply"]["edges"]]
    return [
        (one["region"]["value"], one["likeness"], sorted(edge["node"]["slug"] for edge in one["credentials"]["edges"]))
        for one in nodes
    ]


def test_near_identical_listings_of_one_region(served):
    found = oversupply(
        served,
        taught("w1", title="Introduction to Arc Welding"),
        taught("w2", title="Arc Welding Micro-credential"),
        taught("w3", at="college", title="Arc Welding"),
        taught("w4", title="Arc Welding", kind="COURSE"),
        taught("other", title="Pipe Welding"),
        taught("past", title="Arc Welding", year=2021),
        taught("short", title="Welding"),
    )
    assert found == [("north", "SAME_TITLE", ["uni/w1", "uni/w2"])]


@pytest.mark.parametrize("url", ["sqlite", "postgresql"], indirect=True)
def test_equivalents_of_one_region(served):
    same = {"type": "equivalence", "ref": "same", "members": ["uni/a", "uni/b", "college/c"]}
    found = oversupply(
        served, taught("a"), taught("b"), taught("c", at="college"), record({**same, "basis": "SHARED_CURRICULUM"})
    )
    assert found == [("north", "EQUIVALENT", ["uni/a", "uni/b"])]
    assert oversupply(served, record({**same, "basis": "PROPOSED"})) == [], "what nobody has decided counts for nothing"
