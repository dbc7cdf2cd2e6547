"""Coverage, exports and comparisons from the shell."""

import csv
import json
import shutil
from zipfile import ZipFile

import openpyxl
import pytest

from tests.commands import run
from tests.processes import environment


@pytest.fixture(scope="module")
def folder(sqlite_seed, tmp_path_factory):
    """A seeded catalogue with its index."""
    folder = tmp_path_factory.mktemp("shell")
    shutil.copy(sqlite_seed, folder / "catalog.db")
    run(["reindex"], environment(f"sqlite:///{folder / 'catalog.db'}", folder), folder)
    return folder


@pytest.fixture
def shell(folder):
    env = environment(f"sqlite:///{folder / 'catalog.db'}", folder)
    return lambda *command, code=0: run(list(command), env, folder, expect=code)


def test_a_table_on_the_terminal(shell):
    shown = shell("coverage", "--by", "region").stdout
    assert "Cariboo" in shown
    assert "Unknown" in shown
    assert "Total (distinct)" in shown
    assert "not vacancies" in shown
    assert "…" not in shown, "numbers are never cut"


def test_files_by_their_ending(shell, folder):
    assert "rows written to" in shell("coverage", "--by", "REGION", "--by", "SECTOR", "-o", "matrix.xlsx").stdout
    assert openpyxl.load_workbook(folder / "matrix.xlsx").sheetnames == [
        "Coverage",
        "Listings",
        "Awards",
        "Sources",
        "About",
    ]
    filter_ = json.dumps({"regions": ["cariboo"], "includeUnknown": False})
    shell("export", "credentials", "-o", "some.csv", "--filter", filter_)
    with (folder / "some.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["provider_slug"] for row in rows} == {"cnc", "unbc"}
    shell("export", "bundle", "open.zip")
    assert "datapackage.json" in ZipFile(folder / "open.zip").namelist()


def test_standard_output_holds_nothing_but_data(shell):
    done = shell("export", "credentials")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(lines) == 206
    assert done.stderr.startswith("206 credentials")


def test_what_is_asked_wrongly_leaves_no_file(shell, folder):
    bad = shell("export", "credentials", "-o", "bad.json", "--filter", '{"colour": "red"}', code=2)
    assert "ARGUMENT_INVALID" in bad.stderr
    assert "colour" in bad.stderr
    assert "Traceback" not in bad.stderr
    assert not [path.name for path in folder.iterdir() if "bad.json" in path.name]
    assert "one to three dimensions" in shell("coverage", code=2).stderr
    assert ".csv or .xlsx" in shell("coverage", "--by", "region", "-o", "x.pdf", code=2).stderr


def test_beside_a_published_table(shell, folder):
    (folder / "published.csv").write_text("region,credentials\nCariboo,7\n")
    done = shell("coverage", "--compare", "published.csv", code=1)
    assert "row 2: Cariboo: credentials: published 7, catalogue 6" in done.stdout
    (folder / "same.csv").write_text("title,institution\nDigital Marketing Bootcamp,Alacrity Canada\n")
    filter_ = '{"institutions": ["alacrity-canada"], "includeUnknown": false}'
    assert "0 differences" in shell("coverage", "--compare", "same.csv", "--filter", filter_).stdout
    (folder / "wrong.csv").write_text("region,credentials\nCariboo,many\n")
    assert "NUMBER_INVALID" in shell("coverage", "--compare", "wrong.csv", code=1).stderr
