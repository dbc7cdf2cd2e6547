"""The template with a sheet for each part: as a workbook, and the same as JSON."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from difflib import get_close_matches
from itertools import count
from typing import Any

from pydantic import ValidationError

from catalog.formats.template.cell import Cell, Nested
from catalog.formats.template.columns import CREDENTIALS, FEES, LISTS, MEETINGS, OFFERINGS, READ_ME, SHEETS
from catalog.formats.template.grouping import read_groups
from catalog.formats.template.sheet import Sheet, read_sheet
from catalog.formats.template.workbook import WorkbookRefused, open_sheets
from catalog.model.reading.delivery import Delivery, Full, Reading, Told, refused
from catalog.model.source import Source

FORMAT = "template"
JSON_FORMAT = "template/1"
READ = (CREDENTIALS, OFFERINGS, FEES, MEETINGS)
_KEYS = ("format", "source", *READ)
_OURS = {name.lower(): name for name in (*READ, LISTS, READ_ME)}


def read_workbook(data: bytes, told: Told) -> Delivery:
    """Sheets that are not the template's are named and left aside."""
    reading = Reading(FORMAT, told)
    reading.delivery.form = "xlsx"
    try:
        opened = {_OURS.get(name.strip().lower(), name): rows for name, rows in open_sheets(data).items()}
        if not any(name in opened for name in READ):
            found = ", ".join(list(opened)[:5])
            hint = "`catalog template` writes a workbook with our sheets"
            return refused(FORMAT, "SHEETS_UNKNOWN", f"none of its sheets is one of ours: {found[:200]}", hint)
        for name in opened:
            if name not in (*READ, LISTS, READ_ME):
                near = get_close_matches(name, READ, 1)
                message = f"the sheet {name[:60]!r} is not one of ours and was left aside"
                reading.warn("SHEET_UNKNOWN", message, hint=f"did you mean {near[0]}?" if near else None)
        sheets = {name: sheet for name in READ if name in opened and (sheet := _sheet(reading, name, opened[name]))}
        read_groups(reading, sheets)
    except WorkbookRefused as error:
        return Delivery(FORMAT, issues=[error.issue])
    except Full:
        pass  # the last issue says so
    return reading.end()


def _sheet(reading: Reading, name: str, rows: Iterator[Sequence[Cell]]) -> Sheet | None:
    """None for a sheet in which nothing stands, not even names of columns."""
    numbered = zip(count(1), rows, strict=False)
    head = next((row for _, row in numbered if any(cell not in (None, "") for cell in row)), None)
    if head is None:
        return None
    return read_sheet(reading, name, SHEETS[name], head, ((f"{name} row {number}", row) for number, row in numbered))


def is_json_template(value: Any) -> bool:
    return isinstance(value, Mapping) and value.get("format") == JSON_FORMAT


def read_json(value: Mapping[str, Any], told: Told) -> Delivery:
    """A list of rows for each sheet, each {column: cell}: null is a blank cell, a key that no row has a missing column."""
    source, problem = _source(value.get("source"))
    if problem:
        return refused(FORMAT, "VALUE_INVALID", problem, path="source")
    reading = Reading(FORMAT, told, source)
    reading.delivery.form = "json"
    for key in value:
        if key not in _KEYS:
            reading.fail("FIELD_UNKNOWN", f"{str(key)[:60]} is none of {', '.join(_KEYS)}", str(key)[:60])
    with suppress(Full):  # the last issue says so
        sheets = {name: _json_sheet(reading, name, value[name]) for name in READ if name in value}
        read_groups(reading, {name: sheet for name, sheet in sheets.items() if sheet})
    return reading.end()


def _source(value: Any) -> tuple[Source | None, str | None]:
    if value is None:
        return None, None
    try:
        return Source.model_validate(value, strict=False), None
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        return None, f"source {'.'.join(map(str, first['loc']))}: {first['msg']}"[:200]


def _json_sheet(reading: Reading, name: str, listed: Any) -> Sheet | None:
    if not isinstance(listed, list) or not all(isinstance(row, Mapping) for row in listed):
        reading.fail("VALUE_INVALID", f"{name} must be a list of objects, one for each row", name)
        return None
    if not listed:
        return None  # as a sheet in which nothing stands
    names = list(dict.fromkeys(key for row in listed for key in row))
    rows = ((f"{name}[{index}]", [_json_cell(row.get(key)) for key in names]) for index, row in enumerate(listed))
    return read_sheet(reading, name, SHEETS[name], names, rows)


def _json_cell(value: Any) -> Cell:
    """Lists and objects are no cells; what is wrong with them is said when they are read."""
    return value if isinstance(value, str | int | float | bool) or value is None else Nested(repr(value)[:80])
