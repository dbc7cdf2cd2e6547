"""The cells of one row as a part of a Record, and which fields the row speaks of."""

from typing import Any

from catalog.formats.template.cell import Cell, says
from catalog.formats.template.cells import read_cell
from catalog.formats.template.sheet import Head, Heads, Row
from catalog.model.reading.delivery import Reading
from catalog.model.reading.unreadable import Unreadable

UNCHANGED = "UNCHANGED"
"""The word for a cell whose field stays as it was."""


def covered_path(head: Head, language: str) -> str:
    """The path of the field that a column speaks of; of texts the language."""
    if head.column.is_text:
        return f"{head.column.path}.{head.language or language}"
    return head.column.path


def is_deleted(reading: Reading, row: Row, heads: Heads) -> bool:
    """Whether the row says that its thing is no longer offered."""
    if "delete" not in row.cells or "delete" not in heads:
        return False
    return bool(_read(reading, row, heads["delete"], row.cells["delete"]))


def read_row(reading: Reading, row: Row, heads: Heads) -> tuple[dict[str, Any], frozenset[str]]:
    """(values by field, the paths that the row leaves as they were). What cannot be read is an error of the row."""
    found: dict[str, Any] = {}
    kept: set[str] = set()
    for name, cell in row.cells.items():
        head = heads[name]
        if not head.column.path:
            continue
        path = covered_path(head, reading.told.language)
        if says(cell, UNCHANGED):
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
        name = head.name if head.language else head.column.name
        reading.fail(error.code, f"{name} {error}", name, cell, error.hint, place=row.place)
        return None


def read_code(reading: Reading, row: Row, head: Head, *, is_item: bool = True) -> str | None:
    """The code in a cell; None where it is blank or damaged: then an item of its own says so, if it can be one."""
    cell = row.cells.get(head.name)
    code, message, hint = "REF_MISSING", f"the row has no {head.name}", None
    if cell is not None:
        try:
            return str(read_cell(head.column, cell, reading.told))
        except Unreadable as error:
            code, message, hint = error.code, f"{head.name} {error}", error.hint
    if is_item:
        reading.begin(row.place, row)
    reading.fail(code, message, head.name, cell, hint, row.place)
    return None


def _put(found: dict[str, Any], path: str, value: Any) -> None:
    name, _, part = path.partition(".")
    if part:
        found.setdefault(name, {})[part] = value
    else:
        found[name] = value
