"""The cells of one row as a part of a Record, and which fields the row speaks of."""

from collections.abc import Mapping
from typing import Any

from catalog.formats.template.cell import Cell
from catalog.formats.template.cells import read_cell
from catalog.formats.template.sheet import Head, Row
from catalog.model.reading.delivery import Reading
from catalog.model.reading.unreadable import Unreadable

UNCHANGED = "UNCHANGED"
"""The word for a cell whose field stays as it was."""


def covered_path(head: Head, language: str) -> str:
    """The path of the field that a column speaks of; of texts the language."""
    if head.column.is_text:
        return f"{head.column.path}.{head.language or language}"
    return head.column.path


def read_row(reading: Reading, row: Row, heads: Mapping[str, Head], language: str) -> tuple[dict[str, Any], frozenset[str]]:
    """(values by field, the paths that the row leaves as they were). What cannot be read is an error of the row."""
    found: dict[str, Any] = {}
    kept: set[str] = set()
    for name, cell in row.cells.items():
        head = heads[name]
        if not head.column.path:
            continue
        path = covered_path(head, language)
        if cell == UNCHANGED:
            kept.add(path)
            continue
        value = _read(reading, row, head, cell)
        if value is not None:
            _put(found, path, value)
    return found, frozenset(kept)


def _read(reading: Reading, row: Row, head: Head, cell: Cell) -> Any:
    try:
        return read_cell(head.column, cell, reading.told)
    except Unreadable as error:
        reading.fail(error.code, f"{head.name} {error}", head.name, cell, error.hint, place=row.place)
        return None


def read_code(reading: Reading, row: Row, head: Head) -> str | None:
    """The code in a cell; None where it is blank, or damaged: then an item of its own says so."""
    if head.name not in row.cells:
        return None
    try:
        code = read_cell(head.column, row.cells[head.name], reading.told)
    except Unreadable as error:
        reading.begin(row.place, row)
        reading.fail(error.code, f"{head.name} {error}", head.name, row.cells[head.name], error.hint)
        return None
    return str(code)


def _put(found: dict[str, Any], path: str, value: Any) -> None:
    name, _, part = path.partition(".")
    if part:
        found.setdefault(name, {})[part] = value
    else:
        found[name] = value
