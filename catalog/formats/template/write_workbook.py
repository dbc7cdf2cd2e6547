"""The template as a workbook: help on every column, lists to choose from, codes as text, and an example."""

from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from typing import Any, TypeAlias

import xlsxwriter

from catalog.formats.template.cell import Cell, text_of
from catalog.formats.template.column import Cells, Column
from catalog.formats.template.columns import LISTS, READ_ME, REJECTED, SHEETS
from catalog.formats.template.instructions import INSTRUCTIONS

_AS_TEXT = frozenset(Cells) - {Cells.NUMBER, Cells.COUNT}
"""Columns whose cells are text, so that no program makes dates or numbers of them: 6-8 weeks are no day of June."""
_WIDTH, _WIDE = 18, 60
Formats: TypeAlias = Mapping[str, Any]
Lists: TypeAlias = Mapping[tuple[str, ...], str]
MOST_CHOICES = 1_000
"""Rows that offer the words of a list."""


def write_workbook(
    rows: Mapping[str, Sequence[Mapping[str, Cell]]], heads: Mapping[str, Sequence[str]] | None = None
) -> bytes:
    """One sheet for each part, also where it has no rows. `heads`: only those sheets and columns, without instructions."""
    file = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties({"title": "Micro-credential template"})
        formats = {
            "head": book.add_format({"bold": True, "bg_color": "#DCE6F1", "bottom": 1, "valign": "top"}),
            "text": book.add_format({"num_format": "@"}),
            "wide": book.add_format({"text_wrap": True, "valign": "top"}),
        }
        if heads is None:
            _write_lines(book.add_worksheet(READ_ME), INSTRUCTIONS, formats)
        lists = _lists()
        for name, columns in SHEETS.items():
            if heads is not None and name not in heads:
                continue
            own = rows.get(name, [])
            written = columns_of(columns, own, None if heads is None else heads[name])
            _write_sheet(book.add_worksheet(name), written, own, formats, lists)
        _write_lists(book.add_worksheet(LISTS), lists, formats)
    return file.getvalue()


def columns_of(
    columns: Sequence[Column], rows: Iterable[Mapping[str, Cell]], names: Sequence[str] | None = None
) -> list[Column]:
    """The columns of a sheet, with those of further languages and of what is wrong where rows have them.

    With `names` only those, in their order, also where no row has them: a column that is there speaks of every row.
    """
    used = {name for row in rows for name in row} | set(names or ())
    found: list[Column] = []
    for column in columns:
        found.append(column)
        if column.is_text:
            languages = sorted(name for name in used if name.startswith(f"{column.name}_") and name not in SHEET_NAMES)
            found += [Column(name, column.path, column.cells, column.help) for name in languages]
    by_name = {column.name: column for column in found}
    kept = found if names is None else [by_name[name] for name in names if name in by_name]
    return [*kept, *([Column(REJECTED, "", Cells.LINE, "why the row was not taken")] if REJECTED in used else [])]


SHEET_NAMES = frozenset(column.name for columns in SHEETS.values() for column in columns)


def _write_sheet(
    sheet: Any, columns: Sequence[Column], rows: Iterable[Mapping[str, Cell]], formats: Formats, lists: Lists
) -> None:
    sheet.freeze_panes(1, 1)
    for place, column in enumerate(columns):
        sheet.set_column(place, place, _WIDTH, formats["text"] if column.cells in _AS_TEXT else None)
        sheet.write_string(0, place, column.name, formats["head"])
        sheet.write_comment(0, place, f"{column.help}\n({column.cells})", {"x_scale": 2})
        if column.cells is Cells.WORD:
            letter = _letter(list(lists).index(column.words))
            source = f"={LISTS}!${letter}$2:${letter}${len(column.words) + 1}"
            options = {"validate": "list", "source": source, "error_type": "warning"}
            sheet.data_validation(1, place, MOST_CHOICES, place, options)
    for number, row in enumerate(rows, start=1):
        for place, column in enumerate(columns):
            _write(sheet, number, place, row.get(column.name), formats["text"] if column.cells in _AS_TEXT else None)


def _write(sheet: Any, row: int, place: int, cell: Cell, form: Any) -> None:
    if cell is None:
        return
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        sheet.write_number(row, place, cell, form)
    else:
        sheet.write_string(row, place, text_of(cell), form)


def _lists() -> Lists:
    """Each list of words once, with the names of the columns that take it."""
    found: dict[tuple[str, ...], list[str]] = {}
    for sheet, columns in SHEETS.items():
        for column in columns:
            if column.words:
                found.setdefault(column.words, []).append(f"{sheet}: {column.name}")
    return {own: ", ".join(names) for own, names in found.items()}


def _write_lists(sheet: Any, lists: Lists, formats: Formats) -> None:
    sheet.freeze_panes(1, 0)
    for place, (own, name) in enumerate(lists.items()):
        sheet.set_column(place, place, _WIDTH)
        sheet.write_string(0, place, name, formats["head"])
        for number, word in enumerate(own, start=1):
            sheet.write_string(number, place, word)


def _write_lines(sheet: Any, lines: Sequence[tuple[str, str]], formats: Formats) -> None:
    sheet.set_column(0, 0, _WIDTH + 6)
    sheet.set_column(1, 1, _WIDE * 2, formats["wide"])
    for number, (head, text) in enumerate(lines):
        sheet.write_string(number, 0, head, formats["head"])
        sheet.write_string(number, 1, text, formats["wide"])


def _letter(place: int) -> str:
    return str(xlsxwriter.utility.xl_col_to_name(place))
