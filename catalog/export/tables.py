"""Tables as CSV and as workbooks, whose cells no program takes for a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import IO, TypeAlias

import xlsxwriter

from catalog.errors import LimitExceeded

Cell: TypeAlias = str | int | float | None
BEGINS_FORMULA = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
"""With which spreadsheets begin a formula, also in the wide forms of East Asian scripts (OWASP, CSV injection)."""
MOST_ROWS = 1_048_575
"""Of a sheet, below its head."""
MOST_CHARACTERS = 32_767
"""Of a cell of a workbook."""
CUT = " [cut: the JSON export has the whole]"
CSV_BOM = "\ufeff"
"""Spreadsheets take a CSV file without it for the encoding of the machine."""


@dataclass(frozen=True, slots=True)
class Table:
    """`rows` are read once, in order; each has a cell for each column."""

    name: str
    columns: Sequence[str]
    rows: Iterable[Sequence[Cell]]


def safe(cell: Cell) -> Cell:
    """A text that would begin a formula gets an apostrophe in front; numbers stay numbers."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(BEGINS_FORMULA) else cell


def write_csv(file: IO[bytes], table: Table, *, bom: bool = True) -> int:
    """How many rows. UTF-8; what is not known is an empty cell."""
    text = io.TextIOWrapper(file, "utf-8", newline="", write_through=True)
    try:
        text.write(CSV_BOM if bom else "")
        writer = csv.writer(text, lineterminator="\r\n", quoting=csv.QUOTE_NONNUMERIC)  # some split at semicolons, too
        writer.writerow(table.columns)
        count = 0
        for row in table.rows:
            writer.writerow([safe(one) for one in row])
            count += 1
        return count
    finally:
        text.detach()


def write_workbook(file: IO[bytes], tables: Iterable[Table]) -> None:
    """One sheet after the other, row by row: memory does not grow with them.

    Raises LimitExceeded (EXPORT_TOO_LARGE) for more rows than a sheet has.
    """
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(file, options)
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    try:
        for table in tables:
            sheet = book.add_worksheet(table.name)
            sheet.freeze_panes(1, 0)
            sheet.set_column(0, max(len(table.columns) - 1, 0), 18)
            for place, name in enumerate(table.columns):
                sheet.write_string(0, place, name, head)
            for number, row in enumerate(table.rows, start=1):
                if number > MOST_ROWS:
                    message = f"a sheet has at most {MOST_ROWS} rows: narrow the filter, or take CSV or NDJSON"
                    raise LimitExceeded(message, code="EXPORT_TOO_LARGE")
                for place, cell in enumerate(row):
                    _write(sheet, number, place, cell)
    finally:
        book.close()


def _fitting(text: str) -> str:
    """Cells hold so many UTF-16 units. A text in `<r>` would be written as it stands, as if it were the file's own."""
    units = text.encode("utf-16-le", "surrogatepass")
    if len(units) > 2 * MOST_CHARACTERS:
        kept = units[: 2 * (MOST_CHARACTERS - len(CUT))]
        text = kept.decode("utf-16-le", "ignore") + CUT
    return f"{text} " if text.startswith("<r>") and text.endswith("</r>") else text


def _write(sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, cell: Cell) -> None:
    if isinstance(cell, str):
        sheet.write_string(row, column, _fitting(cell))
    elif cell is not None:
        sheet.write_number(row, column, cell)
