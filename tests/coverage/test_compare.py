"""A published table beside the catalogue: what differs, and what may be the reason."""

import pytest

from catalog.coverage.compare import (
    Difference,
    Listing,
    OurCell,
    compare_counts,
    compare_list,
    read_published,
)
from catalog.errors import RecordsRejected
from catalog.schema.comparing import compare
from catalog.schema.exports import Exporter
from tests.coverage.exporting import context_of


def published(text):
    return read_published(text.encode())


CELLS = [
    OurCell((("north", "The North"),), {"credentials": 3, "offerings": 5, "seats": None}, ("counted here: a, b, c",)),
    OurCell((("south", "The South"),), {"credentials": 2, "offerings": 0, "seats": 10}),
    OurCell((("Unknown", "Unknown"),), {"credentials": 0, "offerings": 0, "seats": None}),
]


def test_codes_and_names_are_both_understood():
    assert compare_counts(published("region,credentials\nNORTH,3\nthe south,2\n"), CELLS) == []


def test_each_differing_count_is_named_with_its_row_and_reasons():
    table = published("Region,credentials,offerings\nnorth,4,5\nsouth,2,1\n")
    assert compare_counts(table, CELLS, ["1 credential of unknown region may belong here"]) == [
        Difference(2, "north: credentials", "4", "3", ("counted here: a, b, c", "1 credential of unknown region may belong here")),
        Difference(3, "south: offerings", "1", "0", ("1 credential of unknown region may belong here",)),
    ]  # fmt: skip


def test_what_only_one_of_both_has():
    found = compare_counts(published("region,credentials\nwest,7\nsouth,2\n"), CELLS)
    assert [(one.row, one.what, one.published, one.ours) for one in found] == [
        (2, "west: credentials", "7", "0"),
        (None, "The North: credentials", None, "3"),
    ]


def test_a_sum_that_nobody_states_is_not_known_and_not_zero():
    (one,) = compare_counts(published("region,seats\nnorth,40\nsouth,10\n"), CELLS)
    assert (one.published, one.ours) == ("40", "not known")


def test_cells_that_the_table_leaves_empty_are_not_compared():
    assert compare_counts(published("region,credentials,seats\nnorth,3,\nsouth,,10\n"), CELLS) == []


LISTINGS = [
    Listing("uni/welding", "Introduction to Arc Welding", ("University", "Uni", "uni")),
    Listing("college/welding", "Arc Welding", ("College",)),
    Listing("uni/bees", "Bee Keeping for Hobbyists", ("University", "uni")),
]


def test_listings_are_met_by_title_and_any_name_of_the_institution():
    text = "title,institution\nArc welding micro-credential,UNI\nArc Welding,College\nBee keeping for hobbyists,university\n"
    assert compare_list(published(text), LISTINGS, {}) == []


def test_why_a_listing_is_not_there():
    text = """title,institution
Arc Welding,Elsewhere
Beekeeping for Hobbyists,Uni
Bees,Uni
Arc Welding,College
ARC WELDING,College
Heading,Uni
"""
    found = compare_list(published(text), LISTINGS, {"Heading": "not to be counted"})
    assert [(one.row, one.reasons) for one in found] == [
        (2, ("the catalogue has it from University, College", "the catalogue counts nothing of this institution here")),
        (3, ("the catalogue may have it as 'Bee Keeping for Hobbyists' (uni/bees)",)),
        (4, ("the catalogue has no such listing here",)),
        (6, ("the same listing as row 5: the catalogue counts it once",)),
        (7, ("not to be counted",)),
        (None, ("the table has no such row",)),
        (None, ("the table has no such row",)),
    ]
    assert [one.ours for one in found if one.row is None] == ["uni/welding", "uni/bees"]


@pytest.mark.parametrize(
    ("data", "code", "row"),
    [
        (b"", "COLUMNS_UNKNOWN", None),
        (b"colour,credentials\nred,1\n", "COLUMNS_UNKNOWN", None),
        (b"region,colour\nnorth,red\n", "COLUMNS_UNKNOWN", None),
        (b"region,credentials\nnorth,1.5\n", "NUMBER_INVALID", 2),
        (b"region,credentials\nnorth,3\nsouth,many\n", "NUMBER_INVALID", 3),
        (b"region,credentials\nnorth,-1\n", "NUMBER_INVALID", 2),
        (b'region,credentials\n"north,3\n', "CSV_INVALID", None),
        (b"region,credentials\n\xff\xfe,3\n", "ENCODING_INVALID", None),
        (b"x" * 10_000_001, "FILE_TOO_LARGE", None),
        (b"region,credentials\n" + b"north,1\n" * 20_001, "FILE_TOO_LARGE", None),
    ],
)
def test_a_table_that_cannot_be_read_is_refused(data, code, row):
    with pytest.raises(RecordsRejected) as refused:
        read_published(data)
    assert [(issue.code, issue.row) for issue in refused.value.issues] == [(code, row)]


@pytest.fixture
def compared(seeded):
    def ask(text, filter_=None):
        with context_of(seeded) as context:
            return compare(context, Exporter(seeded.service.store.schema), published(text), filter_, None)

    return ask


def test_the_seed_beside_a_table_of_its_own_numbers(compared, seeded):
    query = "{ coverage(by: [REGION], includeEmpty: false) { cells { edges { node { keys { value label } measures { credentials offerings } } } } } }"
    nodes = [edge["node"] for edge in seeded.data(query)["coverage"]["cells"]["edges"]]
    rows = [
        f"{one['keys'][0]['value'] or 'Unknown'},{one['measures']['credentials']},{one['measures']['offerings']}"
        for one in nodes
        if one["measures"]["credentials"]
    ]
    text = "\n".join(["region,credentials,offerings", *rows])
    assert compared(text) == []
    changed = text.replace("cariboo,6,3", "cariboo,7,3")
    assert changed != text
    (one,) = compared(changed)
    assert (one.what, one.published, one.ours) == ("cariboo: credentials", "7", "6")
    assert any("credentials of unknown region may belong here" in reason for reason in one.reasons)
    assert any("cnc/" in reason for reason in one.reasons)


def test_a_list_of_one_institution(compared):
    filter_ = '{"institutions": ["alacrity-canada"], "includeUnknown": false}'
    assert compared("title,institution\nDigital Marketing Bootcamp,Alacrity Canada\n", filter_) == []
    found = compared("title,institution\nDigital Marketing Bootcamp,Alacrity\n", filter_)
    assert [one.row for one in found] == [2, None]
