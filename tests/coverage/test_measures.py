"""What is counted of cells: once each, only what is stated, money by distinct awards."""

import pytest

from catalog.publishing.apply import apply_records
from catalog.publishing.seats import record_seats
from tests.conftest import NOW
from tests.records import SOURCE, credential, institution, record

MEASURES = """credentials offerings openOfferings institutions seats seatsUnknown seatsLeft seatsLeftUnknown hours hoursUnknown
  price { min { amount } max { amount } } medianPrice { amount } priceUnknown fundedAmount { amount } sharedAmount { amount } awards { slug } awardsCount
  awardsUnknown amountPerSeat { amount } openingsPerYear openingsSharedBy { code } priceStated hoursStated"""
ASKED = f"""query ($by: [CoverageDimension!]!, $filter: CredentialFilter, $empty: Boolean = false, $first: Int, $after: String) {{
  coverage(by: $by, filter: $filter, includeEmpty: $empty) {{ revision totals {{ {MEASURES} }}
    cells(first: $first, after: $after) {{ totalCount pageInfo {{ hasNextPage endCursor }} edges {{ cursor node {{
      keys {{ dimension value label }} measures {{ {MEASURES} }} credentials {{ edges {{ node {{ slug }} }} }} }} }} }} }} }}"""


def run(ref, **fields):
    dates = {"startsOn": "2027-01-11", "endsOn": "2027-02-19"}
    return {"ref": ref, **dates, **fields}


def fee(amount):
    return [{"kind": "TUITION", "amount": amount, "residency": "ALL", "per": "TOTAL"}]


def award(ref, covers, **fields):
    own = {"type": "fundingAward", "ref": ref, "slug": ref, "funder": "uni", "recipients": ["uni"], "covers": covers}
    return record({**own, "amount": {"amount": "900", "currency": "CAD"}, "allocation": "EXACT", **fields})


class Counted:
    def __init__(self, answer):
        self.revision, self.totals = answer["revision"], answer["totals"]
        self.page = answer["cells"]
        self.nodes = [edge["node"] for edge in answer["cells"]["edges"]]
        self.cells = {tuple(key["value"] for key in one["keys"]): one["measures"] for one in self.nodes}

    def slugs(self, *key):
        (node,) = [one for one in self.nodes if tuple(own["value"] for own in one["keys"]) == key]
        return [edge["node"]["slug"] for edge in node["credentials"]["edges"]]


@pytest.fixture
def world(served):
    """Publishes records at Uni, and counts."""

    def count(*records, **asked):
        if records:
            apply_records(served.database, [institution("uni"), institution("college"), *records], SOURCE, lambda: NOW)
            served.index_all()
        return Counted(served.data(ASKED, {"by": ["KIND"], **asked})["coverage"])

    count.served = served
    return count


def test_sums_are_of_what_is_stated_and_say_how_many_do_not(world):
    found = world(
        credential("a", totalHours=20, offerings=[run("1", seats=12, fees=fee("100")), run("2", fees=fee("300"))]),
        credential("b", totalHours={"min": 10, "max": 30}, offerings=[run("1", seats=0)]),
        credential("c", usual={"fees": fee("500")}),
    ).totals
    assert (found["credentials"], found["offerings"]) == (3, 3)
    assert (found["seats"], found["seatsUnknown"]) == (12, 1), "12 and 0 are stated, one is not"
    assert (found["hours"], found["hoursUnknown"]) == (20.0, 2), "a range is no number, and nothing is none"
    assert found["price"] == {"min": {"amount": "100.00"}, "max": {"amount": "500.00"}}
    assert found["medianPrice"] == {"amount": "300.00"}
    assert (found["priceUnknown"], found["priceStated"], found["hoursStated"]) == (1, 0.6667, 0.3333)


def test_a_sum_of_nothing_is_not_zero(world):
    found = world(credential("a", offerings=[run("1")])).totals
    assert [found[name] for name in ("seats", "seatsLeft", "hours", "price", "medianPrice", "fundedAmount")] == [None] * 6
    assert (found["seatsUnknown"], found["seatsLeftUnknown"], found["hoursUnknown"], found["awardsCount"]) == (1, 1, 1, 0)
    nothing = world(filter={"kinds": ["LICENCE"], "includeUnknown": False}).totals
    assert (nothing["credentials"], nothing["priceStated"], nothing["hoursStated"]) == (0, None, None)


def test_what_may_not_be_counted_is_left_out(world):
    found = world(
        credential("a"),
        credential("heading", countable=False),
        credential("example", illustration=True),
        credential("red-seal", catalogued=False),
        credential("quiet", visibility="UNLISTED"),
    )
    assert found.totals["credentials"] == 1
    assert found.slugs("MICRO_CREDENTIAL") == ["uni/a"]


def test_a_program_and_its_components_have_the_same_seats_and_hours(world):
    parts = [credential(f"part{n}", totalHours=10, offerings=[run("1", seats=20)]) for n in (1, 2)]
    whole = {"components": ["uni/part1", "uni/part2"], "totalHours": 20, "offerings": [run("1", seats=20)]}
    found = world(*parts, credential("whole", registration="TOGETHER", **whole)).totals
    assert (found["credentials"], found["offerings"], found["seats"], found["hours"]) == (3, 3, 20, 20.0)
    apart = world(*parts, credential("whole", registration="EACH", **whole)).totals
    assert (apart["seats"], apart["hours"]) == (60, 40.0), "whoever may take each alone takes a seat of its own"


def test_included_offerings_and_shared_seats_count_once(world):
    pool = {"for": "PUBLIC", "seats": 15, "sharedWith": ["uni/d#1"]}
    found = world(
        credential("a", offerings=[run("1", seats=10, includes=["uni/b#1"])]),
        credential("b", offerings=[run("1", seats=10)]),
        credential("c", offerings=[run("1", seats=15, seatPools=[pool])]),
        credential("d", offerings=[run("1", seats=15)]),
    ).totals
    assert (found["offerings"], found["seats"]) == (4, 25)


def whole(**fields):
    return credential("whole", registration="TOGETHER", components=["uni/part"], **fields)


def test_a_whole_that_states_nothing_takes_nothing_away(world):
    part = credential("part", totalHours=30, offerings=[run("1", seats=20), run("2", seats=20)])
    without = world(part, whole()).totals
    assert (without["seats"], without["seatsUnknown"], without["hours"]) == (40, 0, 30.0)
    silent = world(part, whole(offerings=[run("1")])).totals
    assert (silent["seats"], silent["seatsUnknown"], silent["hours"]) == (40, 1, 30.0)


def test_one_pool_that_three_draw_from_counts_once_in_every_cell(world):
    pool = {"for": "PUBLIC", "seats": 20, "sharedWith": ["uni/b#1", "uni/c#1"]}
    found = world(
        credential("a", kind="COURSE", offerings=[run("1", seats=20, seatPools=[pool])]),
        credential("b", offerings=[run("1", seats=20)]),
        credential("c", offerings=[run("1", seats=20)]),
    )
    assert found.totals["seats"] == 20
    assert found.cells["MICRO_CREDENTIAL",]["seats"] == 20, "b and c share what a says that they share"


def test_of_offerings_that_share_a_pool_each_has_its_other_seats(world):
    pool = {"for": "FUNDED", "seats": 10, "sharedWith": ["uni/b#1"]}
    named = credential("a", offerings=[run("1", seats=30, seatPools=[pool])])
    assert world(named, credential("b", offerings=[run("1", seats=25)])).totals["seats"] == 45
    assert world(named, credential("b", offerings=[run("1")])).totals["seats"] == 30, "what b has besides is not known"


def test_two_that_include_each_other_count_once(world):
    found = world(
        credential("a", offerings=[run("1", seats=10, includes=["uni/b#1"])]),
        credential("b", offerings=[run("1", seats=10, includes=["uni/a#1"])]),
    )
    assert found.totals["seats"] == 10


def test_cancelled_offerings_have_no_seats(world):
    found = world(
        credential("a", offerings=[run("1", seats=20, run="CANCELLED"), run("2", seats=5), run("3", run="CANCELLED")])
    )
    assert (found.totals["offerings"], found.totals["seats"], found.totals["seatsUnknown"]) == (3, 5, 0)


def test_shared_money_stays_shared_where_a_filter_hides_the_others(world):
    listed = [credential("a"), credential("b", provider="college", slug="college/b")]
    found = world(*listed, award("both", ["uni/a", "college/b"], allocation="SHARED_NOT_SPLIT"), by=["INSTITUTION"])
    assert found.totals["fundedAmount"] == {"amount": "900.00"}
    alone = world(by=["INSTITUTION"], filter={"institutions": ["uni"]})
    own = [one for key, one in alone.cells.items() if key != ("SHARED_NOT_SPLIT",)]
    assert [one["fundedAmount"] for one in own] == [None]
    assert alone.cells["SHARED_NOT_SPLIT",]["fundedAmount"] == {"amount": "900.00"}
    assert (alone.totals["fundedAmount"], alone.totals["sharedAmount"]) == (None, {"amount": "900.00"})


def test_each_funder_has_its_own_awards_and_no_other(world):
    shared = {"allocation": "SHARED_NOT_SPLIT"}
    found = world(
        credential("a"), award("one", ["uni/a"]), award("two", ["uni/a"], funder="college", **shared), by=["FUNDER"]
    )
    amounts = {tuple(award["slug"] for award in one["awards"]) for one in found.cells.values()}
    assert amounts == {("one",), ("two",)}
    assert ("SHARED_NOT_SPLIT",) not in found.cells


def test_in_a_cell_of_its_own_a_component_has_its_seats(world):
    found = world(
        credential("part", kind="COURSE", totalHours=10, offerings=[run("1", seats=20)]),
        credential("whole", kind="CERTIFICATE", registration="TOGETHER", components=["uni/part"], offerings=[run("1", seats=20)]),
    )  # fmt: skip
    assert {key: one["seats"] for key, one in found.cells.items()} == {("COURSE",): 20, ("CERTIFICATE",): 20}
    assert found.totals["seats"] == 20


@pytest.mark.parametrize("url", ["sqlite", "postgresql"], indirect=True)
def test_awards_are_whole_in_each_cell_and_once_in_the_totals(world):
    both = [credential("a", kind="COURSE"), credential("b", kind="CERTIFICATE")]
    found = world(*both, award("exact", ["uni/a", "uni/b"]), award("more", ["uni/a"], amount=None))
    assert found.cells["COURSE",]["fundedAmount"] == {"amount": "900.00"}
    assert found.cells["CERTIFICATE",]["fundedAmount"] == {"amount": "900.00"}
    assert found.totals["fundedAmount"] == {"amount": "900.00"}
    assert (found.cells["COURSE",]["awardsCount"], found.cells["COURSE",]["awardsUnknown"]) == (2, 1)
    assert [one["slug"] for one in found.totals["awards"]] == sorted(one["slug"] for one in found.totals["awards"])


def test_what_is_shared_and_not_split_has_a_row_of_its_own(world):
    listed = [credential("a", kind="COURSE"), credential("b", kind="CERTIFICATE"), credential("c", kind="COURSE")]
    shared = {"allocation": "SHARED_NOT_SPLIT"}
    found = world(*listed, award("across", ["uni/a", "uni/b"], **shared), award("within", ["uni/a", "uni/c"], **shared))
    assert [one["slug"] for one in found.cells["SHARED_NOT_SPLIT",]["awards"]] == ["across"]
    assert found.cells["SHARED_NOT_SPLIT",]["credentials"] == 0
    assert [one["slug"] for one in found.cells["COURSE",]["awards"]] == ["within"], "both ends lie in one cell"
    assert found.cells["CERTIFICATE",]["fundedAmount"] is None
    assert found.totals["fundedAmount"] == {"amount": "1800.00"}
    assert found.nodes[-1]["keys"][0]["label"] == "Shared, not split"
    assert found.nodes[-1]["credentials"]["edges"] == []


def test_an_award_for_one_offering_pays_for_that_one_alone(world):
    found = world(
        credential("a", offerings=[run("1", mode="IN_PERSON"), run("2", mode="BLENDED")]),
        award("one", ["uni/a#2"]),
        by=["MODE"],
    )
    assert found.cells["IN_PERSON",]["fundedAmount"] is None
    assert found.cells["BLENDED",]["fundedAmount"] == {"amount": "900.00"}


@pytest.mark.parametrize(
    ("fields", "per_seat"),
    [
        ({"purpose": "SEATS", "seatsFunded": 30}, {"amount": "30.00"}),
        ({"purpose": "DELIVERY", "seatsFunded": 30}, {"amount": "30.00"}),
        ({"purpose": "DEVELOPMENT", "seatsFunded": 30}, None),
        ({"purpose": "SEATS"}, None),
        ({"purpose": "SEATS", "seatsFunded": 30, "amount": None}, None),
        ({"seatsFunded": 30}, None),
    ],
)
def test_per_seat_only_where_seats_were_bought_and_are_known(world, fields, per_seat):
    assert world(credential("a"), award("one", ["uni/a"], **fields)).totals["amountPerSeat"] == per_seat


def test_one_award_without_seats_leaves_no_figure_per_seat(world):
    bought = award("one", ["uni/a"], purpose="SEATS", seatsFunded=30)
    assert world(credential("a"), bought, award("two", ["uni/a"])).totals["amountPerSeat"] is None


def test_seats_left_as_last_counted(world):
    world(credential("a", offerings=[run("1", seats=10), run("2", seats=10)]))
    served = world.served
    (first, _) = served.data('{ credential(slug: "uni/a") { offerings(when: ALL) { id } } }')["credential"]["offerings"]
    record_seats(served.database, first["id"], 4, "test", NOW, lambda: NOW)
    served.index_all()
    found = world().totals
    assert (found["seatsLeft"], found["seatsLeftUnknown"]) == (4, 1)


def test_conditions_on_offerings_narrow_what_is_counted_of_a_credential(world):
    both = [run("1", mode="IN_PERSON", seats=5), run("2", mode="BLENDED", seats=7)]
    found = world(credential("a", offerings=both), filter={"modes": ["BLENDED"], "includeUnknown": False}).totals
    assert (found["credentials"], found["offerings"], found["seats"]) == (1, 1, 7)


def test_empty_cells_are_listed_too(world):
    found = world(credential("a"), credential("b", kind="COURSE"), empty=True)
    kinds = world.served.data('{ __type(name: "CredentialKind") { enumValues { name } } }')["__type"]["enumValues"]
    assert [key for (key,) in found.cells] == [one["name"] for one in kinds], (
        "every kind, in its order; Unknown does not occur"
    )
    assert found.cells["LICENCE",]["credentials"] == 0
    pairs = world(by=["KIND", "INSTITUTION"], empty=True, first=100)
    assert pairs.page["totalCount"] == len(kinds) * 2, "college offers nothing, and is listed"


def test_pages_of_cells(world):
    world(credential("a"), credential("b", kind="COURSE"), credential("c", kind="CERTIFICATE"))
    seen, after = [], None
    while True:
        page = world(first=2, after=after).page
        seen += [edge["node"]["keys"][0]["value"] for edge in page["edges"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert sorted(seen) == ["CERTIFICATE", "COURSE", "MICRO_CREDENTIAL"]
    assert page["totalCount"] == 3


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"by": []}, "ARGUMENT_INVALID"),
        ({"by": ["KIND", "KIND"]}, "ARGUMENT_INVALID"),
        ({"by": ["KIND", "MODE", "CITY", "TEER"]}, "ARGUMENT_INVALID"),
        ({"by": ["KIND"], "filter": {"eligibleNow": True}}, "FILTER_NOT_ALLOWED"),
        ({"by": ["KIND"], "filter": {"regions": ["nowhere"]}}, "ARGUMENT_INVALID"),
        ({"by": ["KIND"], "after": "x"}, "PAGE_INVALID"),
        ({"by": ["KIND"], "first": 1000}, "PAGE_INVALID"),
    ],
)
def test_what_cannot_be_counted_is_refused(world, asked, code):
    world(credential("a"))
    assert world.served.codes(ASKED, asked) == [code]


def test_a_matrix_has_so_many_cells_and_no_more(world, monkeypatch):
    monkeypatch.setattr("catalog.schema.relations.counting.coverage.MOST_CELLS", 3)
    world(credential("a"))
    assert world.served.codes(ASKED, {"by": ["KIND"], "empty": True}) == ["COVERAGE_TOO_LARGE"]


def test_the_future_is_not_counted(world):
    world(credential("a"))
    assert world.served.codes('{ coverage(by: [KIND], at: "2030-01-01T00:00:00Z") { revision } }') == ["ARGUMENT_INVALID"]


def test_the_bootcamp_cost_a_thousand_dollars_a_seat(seeded):
    found = Counted(
        seeded.data(ASKED, {"by": ["INSTITUTION"], "filter": {"institutions": ["alacrity-canada"]}})["coverage"]
    ).totals
    assert (found["fundedAmount"], found["seats"], found["seatsUnknown"]) == ({"amount": "250000.00"}, 250, 1)
    assert found["amountPerSeat"] == {"amount": "1000.00"}


def test_electric_vehicle_maintenance_is_at_four_institutions_and_its_shared_award_counts_once(seeded):
    asked = {"by": ["INSTITUTION"], "filter": {"occupations": ["72410"], "includeUnknown": False}}
    found = Counted(seeded.data(ASKED, asked)["coverage"])
    assert found.totals["institutions"] == 4
    awards = sorted(one["slug"] for one in found.totals["awards"])
    assert awards == ["bcit-ev-curriculum", "go-electric-ev-maintenance-2021"]
    assert found.totals["fundedAmount"] == {"amount": "765000.00"}
    assert found.cells["SHARED_NOT_SPLIT",]["fundedAmount"] == {"amount": "440000.00"}
    own = [one["fundedAmount"] for key, one in found.cells.items() if key != ("SHARED_NOT_SPLIT",)]
    assert sorted(map(str, own)) == sorted(map(str, [{"amount": "325000.00"}, None, None, None]))


def test_shared_figures_are_shown_as_shared(seeded):
    found = Counted(seeded.data(ASKED, {"by": ["REGION"], "empty": True})["coverage"])
    coast, nechako = found.cells["north-coast",], found.cells["nechako",]
    assert coast["openingsPerYear"] == nechako["openingsPerYear"] == 1370.0
    assert [one["code"] for one in coast["openingsSharedBy"]] == ["nechako"]
    assert [one["code"] for one in nechako["openingsSharedBy"]] == ["north-coast"]
    assert found.cells["cariboo",]["openingsSharedBy"] == []
