"""`catalog demand import`: the whole outlook, its traps, and what is said of a folder that is none."""

import shutil

import pytest

from catalog.formats.workbc.read import read_outlook
from catalog.ingest.demand import import_demand
from catalog.publishing.check import check
from tests.conftest import NOW
from tests.seed.facts import WORKBC, read_table

LARGEST = 64_000_000


@pytest.fixture
def tables(tmp_path):
    """A copy that a test may spoil."""
    read_table("nocs.csv")
    folder = tmp_path / "load"
    shutil.copytree(WORKBC, folder)
    folder.chmod(0o755)
    for path in folder.iterdir():
        path.chmod(0o644)
    return folder


def test_the_whole_outlook(seeded):
    read_table("nocs.csv")
    report = import_demand(WORKBC, seeded.database, lambda: NOW, largest_bytes=LARGEST)
    assert report.issues == ()
    assert set(report.applied.kinds) == {"CREATED"}, "what the seed carries of it is the same, and stays as it is"
    query = '{ demand(occupations: ["10022"], regions: ["%s"], first: 100) { edges { node { value regions { code } sector { code } } } } }'
    island = seeded.data(query % "vancouver-island-coast")["demand"]["edges"]
    row = next(row for row in read_table("career_regional.csv") if row[0] == "#10022")
    assert [edge["node"]["value"] for edge in island] == [float(row[28])]
    shared = seeded.data(query % "nechako")["demand"]["edges"]
    assert [edge["node"] for edge in shared] == [
        {"value": float(row[16]), "regions": [{"code": "nechako"}, {"code": "north-coast"}], "sector": None}
    ]
    assert seeded.data("{ occupations { totalCount } }")["occupations"]["totalCount"] == 512
    silent = next(row for row in read_table("career_regional.csv") if row[8] == "N/A")
    code = silent[0].removeprefix("#")
    kootenay = seeded.data(f'{{ demand(occupations: ["{code}"], regions: ["kootenay"]) {{ totalCount }} }}')["demand"]
    assert kootenay["totalCount"] == 0, "not available is no zero"
    again = import_demand(WORKBC, seeded.database, lambda: NOW, largest_bytes=LARGEST)
    assert again.applied.revision is None
    with seeded.database.read.connect() as connection:
        assert check(connection) == []


def test_wholesale_and_retail_have_their_own_codes(tables):
    sectors = {one.ref: one.code for one in read_outlook(tables, LARGEST).records if one.type == "sector"}
    assert (sectors["wholesale_trade"], sectors["retail_trade"], sectors["manufacturing"]) == ("41", "44-45", "31-33")
    assert sectors["finance_insurance_real_estate"] == "52_53"
    assert len(sectors) == 18


@pytest.mark.parametrize(
    ("name", "old", "new", "code", "row", "field"),
    [
        ("career_regional.csv", "#00010,Legislators,60", "#0010,Legislators,60", "VALUE_INVALID", 1, "noc"),
        ("lmo_report_2025_job_openings_regions.csv", "188600", "many", "VALUE_INVALID", 1, "openings"),
        ("openings_industry.csv", "Utilities", "Spaceflight", "VALUE_INVALID", None, "industry"),
        (
            "industries.csv",
            "construction,Construction,Goods,23",
            "construction,Construction,Goods",
            "COLUMNS_UNEXPECTED",
            4,
            None,
        ),
        ("nocs.csv", 'senior management occupations"', 'senior management occupations"x', "CSV_INVALID", None, None),
    ],
)
def test_what_is_wrong_is_named_by_file_row_and_column(tables, database, name, old, new, code, row, field):
    path = tables / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    report = import_demand(tables, database, lambda: NOW, largest_bytes=LARGEST)
    assert report.applied is None
    first = report.issues[0]
    assert (first.code, first.path, first.field) == (code, name, field)
    assert row is None or first.row == row


def test_a_folder_without_its_tables_is_refused(tmp_path, database):
    report = import_demand(tmp_path, database, lambda: NOW, largest_bytes=LARGEST)
    assert {issue.code for issue in report.issues} == {"FILE_MISSING"}
    assert len(report.issues) == 7
    assert "industries.csv" in str(report.issues[0])


def test_half_an_outlook_is_refused(tables, database):
    text = (tables / "career_regional.csv").read_text(encoding="utf-8").splitlines()
    (tables / "career_regional.csv").write_text("\n".join(text[:100]), encoding="utf-8")
    report = import_demand(tables, database, lambda: NOW, largest_bytes=LARGEST)
    assert [issue.code for issue in report.issues] == ["COUNT_UNEXPECTED"]


def test_a_table_that_is_too_large_is_not_read(tables, database):
    report = import_demand(tables, database, lambda: NOW, largest_bytes=10_000)
    assert "FILE_TOO_LARGE" in {issue.code for issue in report.issues}
