"""Tables of coverage: the API's numbers cell by cell, and the credentials behind each."""

import json
from datetime import datetime, timedelta

import pytest

from catalog.errors import ArgumentInvalid, LimitExceeded
from catalog.publishing.apply import apply_records
from tests.conftest import NOW
from tests.export.asking import LICENCE, coverage, csv_rows, export, sheets
from tests.records import SOURCE, credential, institution

QUERY = """query ($by: [CoverageDimension!]!, $filter: CredentialFilter, $empty: Boolean, $at: DateTime, $first: Int = 25, $after: String, $more: String) {
  coverage(by: $by, filter: $filter, includeEmpty: $empty, at: $at) { revision at totals { ...m awards { slug } }
    cells(first: $first, after: $after) { pageInfo { hasNextPage endCursor } edges { cursor node {
      keys { dimension value label } measures { ...m }
      credentials(first: 100, after: $more) { totalCount pageInfo { hasNextPage endCursor } edges { node {
        id slug title provider { name } } } } } } } } }
fragment m on CoverageMeasures { credentials offerings openOfferings institutions seats seatsUnknown seatsLeft seatsLeftUnknown
  hours hoursUnknown price { min { amount } max { amount } } medianPrice { amount } priceUnknown fundedAmount { amount }
  awardsCount awardsUnknown amountPerSeat { amount } openingsPerYear openingsSharedBy { name } priceStated hoursStated }"""
PLAIN = {
    "credentials": "credentials", "offerings": "offerings", "open_offerings": "openOfferings", "institutions": "institutions",
    "seats": "seats", "seats_unknown": "seatsUnknown", "seats_left": "seatsLeft", "seats_left_unknown": "seatsLeftUnknown",
    "hours": "hours", "hours_unknown": "hoursUnknown", "price_unknown": "priceUnknown", "awards": "awardsCount",
    "awards_unknown": "awardsUnknown", "forecast_openings_per_year_not_vacancies": "openingsPerYear",
    "price_stated": "priceStated", "hours_stated": "hoursStated",
}  # fmt: skip
MONEY = {"median_price": "medianPrice", "funded_amount": "fundedAmount", "amount_per_seat": "amountPerSeat"}
ASKED = [
    {"by": ["REGION"]},
    {"by": ["KIND", "MODE"], "empty": False},
    {"by": ["OCCUPATION", "REGION"], "empty": False},
    {"by": ["FUNDER"]},
    {"by": ["SECTOR", "MODE", "KIND"], "empty": False, "filter": {"kinds": ["MICRO_CREDENTIAL"]}},
    {"by": ["THEME"], "filter": {"price": {"max": "1000"}, "includeUnknown": False}},
    {"by": ["INSTITUTION"], "at": NOW.isoformat(), "empty": False},
]
SHEETS = ["Coverage", "Listings", "Awards", "Sources", "About"]


def money(value):
    return None if value is None else float(value["amount"])


def measured(own):
    """The measures of a row, as the API gives them."""
    price = own["price"] or {"min": None, "max": None}
    shared = "; ".join(one["name"] for one in own["openingsSharedBy"] or ())
    return {
        **{column: own[name] for column, name in PLAIN.items()},
        **{column: money(own[name]) for column, name in MONEY.items()},
        "price_min": money(price["min"]),
        "price_max": money(price["max"]),
        "openings_shared_with": shared or None,
    }


def keyed(keys):
    """The keys of a row."""
    found = {}
    for one in keys:
        name = one["dimension"].lower()
        found |= {name: one["value"], f"{name}_label": one["label"]}
    return found


class Api:
    """What GraphQL answers to the same question, all pages of it."""

    def __init__(self, served, asked):
        self.nodes, after = [], None
        while True:
            self.found = served.data(QUERY, {**asked, "after": after})["coverage"]
            page = self.found["cells"]
            for edge in page["edges"]:
                self.nodes.append(edge["node"] | {"behind": self.behind(served, asked, after, edge["node"])})
                after = edge["cursor"]
            if not page["pageInfo"]["hasNextPage"]:
                break
        self.rows = [keyed(one["keys"]) | measured(one["measures"]) for one in self.nodes]
        self.totals = measured(self.found["totals"])

    def behind(self, served, asked, after, node):
        """Every page of the credentials of the cell that stands after that cursor."""
        found, own = [], node["credentials"]
        while True:
            found += [edge["node"] for edge in own["edges"]]
            if not own["pageInfo"]["hasNextPage"]:
                assert len(found) == own["totalCount"]
                return found
            more = {"first": 1, "after": after, "more": own["pageInfo"]["endCursor"]}
            (edge,) = served.data(QUERY, asked | more)["coverage"]["cells"]["edges"]
            own = edge["node"]["credentials"]


def written(served, ending, asked):
    filter_text = json.dumps(asked["filter"]) if "filter" in asked else None
    at = datetime.fromisoformat(asked["at"]) if "at" in asked else None
    return coverage(served, ending, asked["by"], filter_text, at, with_empty=asked.get("empty", True))


@pytest.fixture(scope="module", params=ASKED, ids=str)
def both(request, seed):
    """(what was asked, the API's answer, the sheets of the workbook)."""
    return request.param, Api(seed, request.param), sheets(written(seed, "xlsx", request.param))


def split(rows, by):
    """The rows without the totals, and the totals without their keys."""
    *cells, total = rows
    heads = [one for name in by for one in (name.lower(), f"{name.lower()}_label")]
    assert [total[one] for one in heads] == [None, "Total (distinct, not the sum of the rows)", *[None] * (len(heads) - 2)]
    assert list(total)[: len(heads)] == heads
    return cells, {name: cell for name, cell in total.items() if name not in heads}


def test_the_workbook_has_the_numbers_of_the_api(both):
    asked, api, found = both
    cells, totals = split(found["Coverage"], asked["by"])
    assert cells == api.rows
    assert totals == api.totals
    assert len(api.rows) > 1


def test_csv_has_the_same_numbers(both, seed):
    asked, api, _ = both
    cells, totals = split(csv_rows(written(seed, "csv", asked)), asked["by"])
    for row, expected in zip([*cells, totals], [*api.rows, api.totals], strict=True):
        assert row.keys() == expected.keys()
        for name, cell in row.items():
            number = isinstance(expected[name], int | float)
            assert (float(cell) if number else cell) == expected[name], name


def test_listings_are_the_credentials_behind_each_cell(both):
    asked, api, found = both
    heads = [f"{one.lower()}_label" for one in asked["by"]]
    listed = [
        (*(row[one] for one in heads), row["slug"], row["title"], row["provider"], row["id"]) for row in found["Listings"]
    ]
    expected = [
        (*(key["label"] for key in node["keys"]), one["slug"], one["title"], one["provider"]["name"], one["id"])
        for node in api.nodes
        for one in node["behind"]
    ]
    assert sorted(listed) == sorted(expected)
    assert len(listed) == sum(node["measures"]["credentials"] for node in api.nodes)


def test_awards_are_those_of_the_totals(both, seed):
    _, api, found = both
    query = """query ($id: ID!) { node(id: $id) { ... on FundingAward { slug funder { name } amount { amount currency }
      allocation purpose seatsFunded covers { credential { slug } } } } }"""
    assert sorted(one["slug"] for one in found["Awards"]) == sorted(one["slug"] for one in api.found["totals"]["awards"])
    for row in found["Awards"]:
        own = seed.data(query, {"id": row["id"]})["node"]
        assert (row["slug"], row["funder"]) == (own["slug"], own["funder"]["name"])
        assert (row["purpose"], row["allocation"]) == (own["purpose"], own["allocation"])
        assert (row["amount"], row["seats_funded"]) == (money(own["amount"]), own["seatsFunded"])
        assert row["credentials"] == ("; ".join(one["credential"]["slug"] for one in own["covers"]) or None)


def test_about_says_what_was_asked_of_which_state(both):
    asked, api, found = both
    assert list(found) == SHEETS
    about = {one["what"]: one["value"] for one in found["About"]}
    assert (about["what"], about["licence"], about["revision"]) == ("Coverage", LICENCE, api.found["revision"])
    assert about["at"] == api.found["at"]
    assert all(one in about["asked: by"] for one in asked["by"])
    assert any("Totals are distinct" in one["value"] for one in found["About"] if one["what"] == "note")
    assert {"source", "kind", "url", "records", "key"} == set(found["Sources"][0])
    assert max(one["records"] for one in found["Sources"]) > 0


def test_the_query_in_the_workbook_gives_its_numbers(seed):
    found = sheets(coverage(seed, "xlsx", ["REGION"]))
    query = next(one["value"] for one in found["About"] if one["what"] == "asked: query")
    answer = seed.data(query, {"by": ["REGION"], "includeEmpty": True})["coverage"]
    assert [keyed(edge["node"]["keys"]) | measured(edge["node"]["measures"]) for edge in answer["cells"]["edges"]] == found[
        "Coverage"
    ][:-1]


def test_the_filter_in_the_workbook_is_json(seed):
    for data in (
        coverage(seed, "xlsx", ["KIND"], '{"includeUnknown": false}'),
        export(seed, "xlsx", {"kinds": ["COURSE"]}).data,
    ):
        about = {one["what"]: one["value"] for one in sheets(data)["About"]}
        json.loads(about["asked: filter"])


def test_a_moment_of_the_past_has_the_listings_of_then(small):
    def publish(title, hours):
        things = [institution(), credential("a", title=title)]
        assert apply_records(small.database, things, SOURCE, lambda: NOW - timedelta(hours=hours)).revision

    publish("Then", 3)
    publish("Now", 1)
    small.index_all()
    asked = {"by": ["KIND"], "at": (NOW - timedelta(hours=2)).isoformat()}
    then, now = (sheets(written(small, "xlsx", one)) for one in (asked, {"by": ["KIND"]}))
    assert ([one["title"] for one in then["Listings"]], [one["title"] for one in now["Listings"]]) == (["Then"], ["Now"])
    about = {one["what"]: one["value"] for one in then["About"]}
    assert (about["at"], about["asked: at"]) == (asked["at"], asked["at"])
    assert then["Coverage"][0] == Api(small, asked).rows[0]


def test_numbers_of_an_index_that_is_behind_name_its_revision(small):
    def publish(*records):
        assert apply_records(small.database, list(records), SOURCE, lambda: NOW).revision

    publish(institution(), credential("a"))
    small.index_all()
    publish(credential("b"))
    found = sheets(coverage(small, "xlsx", ["KIND"]))
    about = {one["what"]: one["value"] for one in found["About"]}
    assert (found["Coverage"][-1]["credentials"], about["revision"]) == (1, 1)


def test_what_cannot_be_asked_is_refused(seed):
    for by in ([], ["KIND", "KIND"], ["KIND", "MODE", "REGION", "SECTOR"], ["NOTHING"]):
        with pytest.raises(ArgumentInvalid) as refused:
            coverage(seed, "csv", by)
        assert refused.value.details["argument"] == "by"
    with pytest.raises(LimitExceeded) as large:
        coverage(seed, "csv", ["SKILL", "OCCUPATION", "INSTITUTION"])
    assert large.value.code == "COVERAGE_TOO_LARGE"
