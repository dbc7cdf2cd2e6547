"""The Friday question: what do we fund for clean-energy trades on the Island, seats and cost, versus need?

Worked out by hand from the seed, on 23 November 2026. Theme `cleanbc-and-climate` (the wave theme of February 2021,
seed/96-classification.json); "on the Island": providers whose region is vancouver-island-coast.

Listings of the theme by providers on the Island, all countable ones (ten; camosun-college/clean-energy-and-efficient-building
is a heading over others, `countable: false`, and is left out):

    camosun-college/electric-vehicle-maintenance-training  NOC 72410  offering fall-2021, seats not stated
    camosun-college/passive-house-design                   no NOC     no offering
    camosun-college/passive-house-trades-skills            no NOC     no offering
    camosun-college/photovoltaic-design                    no NOC     no offering
    camosun-college/photovoltaic-installation              no NOC     no offering
    royal-roads/climate-action-practitioner-foundation     no NOC     offering 28-march, seats not stated
    royal-roads/graduate-certificate-in-science-and-policy-of-climate-change  no NOC  offering 2021-01, seats not stated
    royal-roads/infrastructure-and-climate-resilience-planning                no NOC  no offering
    uvic/climate-action-planning                           no NOC     no offering
    uvic/transformative-climate-action                     no NOC     no offering

Money (seed/95-money.json): rru-climate-2021, $177,000, EXACT, for climate-action-practitioner-foundation alone: whole in its
cell. go-electric-ev-maintenance-2021, $440,000, SHARED_NOT_SPLIT between three colleges in three regions: no part of it is the
Island's, so it stands in a row of its own. bcit-ev-curriculum, $325,000, is BCIT's alone, on the mainland.

Seats: no listing of the Island states any, so there is no sum; three offerings are unknown. Cost to learners: none states a
price. Amount per seat: rru-climate-2021 developed a program and bought no seats, so there is none.

Need: the forecasts in the seed give no figure for NOC 72410, by region or for the province: unknown, not zero.
"""

import io
from pathlib import Path

import openpyxl
import pytest

from catalog.schema.exports import Ending, Exporter
from tests.coverage.exporting import context_of

ROOT = Path(__file__).parents[2]
ISLAND = "vancouver-island-coast"
EV = "camosun-college/electric-vehicle-maintenance-training"
OTHERS = [
    "camosun-college/passive-house-design",
    "camosun-college/passive-house-trades-skills",
    "camosun-college/photovoltaic-design",
    "camosun-college/photovoltaic-installation",
    "royal-roads/climate-action-practitioner-foundation",
    "royal-roads/graduate-certificate-in-science-and-policy-of-climate-change",
    "royal-roads/infrastructure-and-climate-resilience-planning",
    "uvic/climate-action-planning",
    "uvic/transformative-climate-action",
]
EXPECTED = {
    (ISLAND, "72410"): {
        "credentials": 1, "offerings": 1, "institutions": 1, "seats": None, "seatsUnknown": 1, "priceUnknown": 1, "price": None,
        "fundedAmount": None, "amountPerSeat": None, "openingsPerYear": None,
    },
    (ISLAND, None): {
        "credentials": 9, "offerings": 2, "institutions": 3, "seats": None, "seatsUnknown": 2, "priceUnknown": 9, "price": None,
        "fundedAmount": {"amount": "177000.00"}, "amountPerSeat": None, "openingsPerYear": None,
    },
    ("SHARED_NOT_SPLIT", "72410"): {
        "credentials": 0, "offerings": 0, "institutions": 0, "seats": None, "seatsUnknown": 0, "priceUnknown": 0, "price": None,
        "fundedAmount": {"amount": "440000.00"}, "amountPerSeat": None, "openingsPerYear": None,
    },
}  # fmt: skip


def documented_query():
    """As docs/COVERAGE.md has it."""
    text = (ROOT / "docs" / "COVERAGE.md").read_text(encoding="utf-8")
    return text.partition("```graphql friday\n")[2].partition("```")[0]


@pytest.fixture
def answer(seeded):
    return seeded.data(documented_query())


def cells(answer):
    nodes = [edge["node"] for edge in answer["coverage"]["cells"]["edges"]]
    return {tuple(key["value"] for key in one["keys"]): one for one in nodes}


def test_every_number_of_the_island(answer):
    found = cells(answer)
    assert {key for key in found if key[0] in (ISLAND, "SHARED_NOT_SPLIT")} == set(EXPECTED)
    for key, expected in EXPECTED.items():
        measures = found[key]["measures"]
        assert {name: measures[name] for name in expected} == expected, key


def test_each_number_is_traced_to_listings_and_awards(answer):
    found = cells(answer)

    def slugs(key):
        return sorted(edge["node"]["slug"] for edge in found[key]["credentials"]["edges"])

    assert slugs((ISLAND, "72410")) == [EV]
    assert slugs((ISLAND, None)) == OTHERS
    assert slugs(("SHARED_NOT_SPLIT", "72410")) == []
    assert [one["slug"] for one in found[ISLAND, None]["measures"]["awards"]] == ["rru-climate-2021"]
    assert [one["slug"] for one in found["SHARED_NOT_SPLIT", "72410"]["measures"]["awards"]] == [
        "go-electric-ev-maintenance-2021"
    ]


def test_totals_hold_each_award_once(answer):
    """177,000 + 440,000 + 325,000: BCIT's own, too, since the totals are over the whole province."""
    totals = answer["coverage"]["totals"]
    assert totals["fundedAmount"] == {"amount": "942000.00"}
    assert totals["amountPerSeat"] is None


def test_need_is_unknown_where_nobody_publishes_it(answer):
    assert answer["gaps"]["note"].startswith("Forecast openings, not vacancies.")
    assert "72410" not in [edge["node"]["key"]["value"] for edge in answer["gaps"]["edges"]]


def test_the_export_has_the_same_numbers_and_their_listings(seeded):
    file = io.BytesIO()
    with context_of(seeded) as context:
        filter_ = '{"themes": ["cleanbc-and-climate"], "includeUnknown": false}'
        exporter = Exporter(seeded.service.store.schema)
        exporter.coverage(context, Ending.XLSX, file, ["REGION", "OCCUPATION"], filter_, with_empty=False)
    book = openpyxl.load_workbook(file)
    head, *rows = book["Coverage"].iter_rows(values_only=True)
    exported = {(row[0], row[2]): dict(zip(head, row, strict=True)) for row in rows}
    for key, expected in EXPECTED.items():
        row = exported[key]
        amount = expected["fundedAmount"]
        assert row["funded_amount"] == (None if amount is None else float(amount["amount"]))
        assert (row["credentials"], row["offerings"]) == (expected["credentials"], expected["offerings"])
        assert (row["seats"], row["seats_unknown"]) == (expected["seats"], expected["seatsUnknown"])
        assert row["forecast_openings_per_year_not_vacancies"] is None
    listed = [row for row in book["Listings"].iter_rows(values_only=True) if row[0] == "Vancouver Island/Coast"]
    assert sorted(row[2] for row in listed) == sorted([EV, *OTHERS])
    awards = {row[0]: row for row in book["Awards"].iter_rows(min_row=2, values_only=True)}
    assert awards["go-electric-ev-maintenance-2021"][2:5] == (440000, "CAD", "SHARED_NOT_SPLIT")
    sources = [row[0] for row in book["Sources"].iter_rows(min_row=2, values_only=True)]
    assert "Funding of learners and providers, gathered by the catalogue" in sources
    about = dict(row[:2] for row in book["About"].iter_rows(min_row=2, values_only=True))
    assert "coverage(by: $by" in about["asked: query"]
