"""Cells are read as what they are: texts never as formulas, numbers as numbers, and every file opens."""

import csv
import io

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

from catalog.errors import LimitExceeded
from catalog.export.tables import CUT, MOST_CHARACTERS, Table, write_csv, write_workbook
from catalog.publishing.apply import apply_records
from tests.conftest import NOW
from tests.export.asking import csv_rows, export
from tests.records import SOURCE, credential, institution

BEGINNINGS = ["=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20"]
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
FORMULA = "HYPERLINK(A1)"
INJECTED = '<r><t>x</t></r></is></c><c r="B2"><f>1+1</f></c><c r="C2" t="inlineStr"><is><r><t>y</t></r>'
RICH = ["<r>not closed &</r>", "<r><t>Half of it</t></r>", INJECTED]
"""What the library of workbooks takes for markup of its own."""


def csv_cells(*cells):
    file = io.BytesIO()
    assert write_csv(file, Table("T", ["head"] * len(cells), [cells])) == 1
    data = file.getvalue()
    assert data.startswith(b'\xef\xbb\xbf"head"')
    assert data.endswith(b"\r\n")
    _, row = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True)
    return row


def workbook_cells(*cells):
    file = io.BytesIO()
    write_workbook(file, [Table("T", ["head"] * len(cells), [cells])])
    return cells_of(file.getvalue(), "T")


def cells_of(data, name):
    """Below the head."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    return [cell for row in book[name].iter_rows(min_row=2) for cell in row]


@pytest.mark.parametrize("beginning", BEGINNINGS, ids=ascii)
def test_a_text_that_would_begin_a_formula(beginning):
    text = beginning + FORMULA
    assert csv_cells(text, "a", f"a{text}") == [f"'{text}", "a", f"a{text}"]
    (cell,) = workbook_cells(text)
    assert (cell.data_type, unescape(cell.value)) == ("s", text)


@pytest.mark.parametrize("text", ['a "b" c', "a,b;c\td", "a\r\nb\nc\rd", '","=1+1', " =1+1", "'=1+1", "{=1+1}"])
def test_a_text_with_quotes_separators_and_lines_is_one_cell(text):
    assert csv_cells("x", text, "y") == ["x", text, "y"]
    assert [unescape(cell.value) for cell in workbook_cells("x", text, "y")] == ["x", text, "y"]


@settings(max_examples=40, deadline=None)
@given(st.lists(TEXTS, min_size=2, max_size=20))
def test_any_text_is_read_back(texts):
    for text, cell in zip(texts, csv_cells(*texts), strict=True):
        assert cell == (f"'{text}" if text[:1] in {*BEGINNINGS} else text)
    for text, cell in zip(texts, workbook_cells(*texts), strict=True):
        assert unescape(cell.value or "") == text
        assert cell.data_type != "f"


@pytest.mark.parametrize("text", ["a\x00b", "a\x0bb", "\x1f", "a\ufffeb\uffff", "\x7f\x85", "_x0041_", "a\U0001f600"])
def test_what_xml_does_not_allow_does_not_break_the_workbook(text):
    (cell,) = workbook_cells(text)
    assert (cell.data_type, unescape(cell.value)) == ("s", text)


def test_numbers_stay_numbers_and_nothing_stays_nothing():
    assert csv_cells(-5, 12.5, None, 0) == ["-5", "12.5", "", "0"]
    found = workbook_cells(-5, 12.5, None, 0, "-5")
    assert [cell.value for cell in found] == [-5, 12.5, None, 0, "-5"]
    assert [cell.data_type for cell in found] == ["n", "n", "n", "n", "s"]


def test_a_long_text_is_cut_with_a_mark_in_workbooks_only():
    fits, long = "x" * MOST_CHARACTERS, "y" * (MOST_CHARACTERS + 1)
    assert csv_cells(fits, long) == [fits, long]
    whole, cut = (cell.value for cell in workbook_cells(fits, long))
    assert whole == fits
    assert len(cut) == MOST_CHARACTERS
    assert cut == long[: MOST_CHARACTERS - len(CUT)] + CUT


def test_a_long_text_of_wide_characters_is_cut_with_the_mark_too():
    (cell,) = workbook_cells("\U0001f600" * 20_000)
    assert cell.value.endswith(CUT)


@pytest.mark.parametrize("text", RICH)
def test_a_text_that_looks_like_the_markup_of_workbooks(text):
    (cell,) = workbook_cells(text)
    assert (cell.data_type, text in cell.value) == ("s", True)


def test_a_sheet_that_would_be_too_long_is_refused(monkeypatch):
    monkeypatch.setattr("catalog.export.tables.MOST_ROWS", 3)
    write_workbook(io.BytesIO(), [Table("T", ["a"], [["x"]] * 3)])
    with pytest.raises(LimitExceeded) as refused:
        write_workbook(io.BytesIO(), [Table("T", ["a"], [["x"]] * 4)])
    assert refused.value.code == "EXPORT_TOO_LARGE"


def publish(served, title, name="Uni", **offering):
    things = [institution(name=name), credential("a", title=title, offerings=[{"ref": "fall", **offering}])]
    assert apply_records(served.database, things, SOURCE, lambda: NOW).revision


@pytest.mark.parametrize("beginning", [one for one in BEGINNINGS if not one.isspace()], ids=ascii)
def test_what_providers_publish(small, beginning):
    """From the record to the cell: title, name of the provider, label of an offering."""
    text = beginning + FORMULA
    publish(small, text, text, label=text, seats=12)
    (row,) = csv_rows(export(small, "csv").data)
    assert (row["title"], row["provider"], row["offering_label"]) == (f"'{text}",) * 3
    assert row["seats"] == "12"
    cells = cells_of(export(small, "xlsx").data, "Credentials")
    assert [cell.value for cell in cells].count(text) == 3
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    assert 12 in [cell.value for cell in cells]


def test_a_published_title_puts_no_formula_into_a_workbook(small):
    publish(small, INJECTED.replace("B2", "ZZ2").replace("C2", "ZZ3"))
    assert not [cell.coordinate for cell in cells_of(export(small, "xlsx").data, "Credentials") if cell.data_type == "f"]
