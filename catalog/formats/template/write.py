"""Records as rows of the template, so that what is stated can be edited and sent again.

A cell is written only where reading it gives the same value; else it says UNCHANGED, and the field stays as it is.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from catalog.formats.template.bounds import write_bounds
from catalog.formats.template.cell import Cell
from catalog.formats.template.cells import read_cell
from catalog.formats.template.column import Cells, Column
from catalog.formats.template.columns import (
    CREDENTIAL_COLUMNS,
    CREDENTIALS,
    FEE_COLUMNS,
    FEES,
    MEETING_COLUMNS,
    MEETINGS,
    NONE,
    OFFERING_COLUMNS,
    OFFERINGS,
    USUAL,
)
from catalog.formats.template.dates import write_partial
from catalog.formats.template.values import UNCHANGED
from catalog.model.reading.delivery import Told
from catalog.model.reading.unreadable import Unreadable

Rows: TypeAlias = dict[str, list[dict[str, Cell]]]
_DEFAULTS = {"basis": "STATED", "precision": "UNKNOWN", "currency": "CAD"}


def write_rows(records: Iterable[Mapping[str, Any]], language: str) -> Rows:
    """The rows of each sheet; records are credentials as their source states them, other types are left out."""
    told = Told(language=language)
    rows: Rows = {CREDENTIALS: [], OFFERINGS: [], FEES: [], MEETINGS: []}
    for record in records:
        if record["type"] != "credential":
            continue
        ref = record.get("ref") or record["slug"]
        rows[CREDENTIALS].append({"ref": ref, **_cells(CREDENTIAL_COLUMNS[1:], record, told)})
        for offering in ({"ref": USUAL, **record.get("usual", {})}, *record.get("offerings", [])):
            if len(offering) > 1:
                _write_offering(rows, ref, offering, told)
    return rows


def _write_offering(rows: Rows, credential: str, offering: Mapping[str, Any], told: Told) -> None:
    flat = {**offering, "registrationWindows": _only_window(offering.get("registrationWindows", []))}
    own = _cells(OFFERING_COLUMNS, flat, told)
    rows[OFFERINGS].append({"credential": credential, "ref": offering["ref"], **own})
    where = {"credential": credential, "offering": offering["ref"]}
    rows[FEES] += _parts(FEE_COLUMNS, [_flat_fee(one) for one in offering.get("fees", [])], where, told)
    rows[MEETINGS] += _parts(MEETING_COLUMNS, offering.get("meetings", []), where, told)


def _only_window(windows: Sequence[Mapping[str, Any]]) -> Any:
    """The window that holds for everybody, where there is no other."""
    if not windows:
        return None
    return windows[0] if len(windows) == 1 and "audience" not in windows[0] else {"opensAt": windows, "closesAt": windows}


def _flat_fee(fee: Mapping[str, Any]) -> dict[str, Any]:
    """Amounts apart from their currency; a fee in two currencies has no row."""
    amounts = {name: fee[name] for name in ("amount", "amountMax") if name in fee}
    currencies = {one["currency"] for one in amounts.values()}
    flat = {**fee, **{name: one["amount"] for name, one in amounts.items()}}
    return {**flat, "currency": currencies.pop()} if len(currencies) == 1 else flat


def _parts(columns: Sequence[Column], parts: Sequence[Any], where: dict[str, Cell], told: Told) -> list[dict[str, Cell]]:
    """A row for each, or one that says UNCHANGED where a row cannot hold all of any of them."""
    rows = [_cells(columns, part, told) for part in parts]
    names = {column.path for column in columns}
    if any(UNCHANGED in row.values() for row in rows) or any(set(part) - names for part in parts):
        return [{**where, "kind": UNCHANGED}]
    return [{**where, **row} for row in rows]


def _cells(columns: Sequence[Column], record: Mapping[str, Any], told: Told) -> dict[str, Cell]:
    found: dict[str, Cell] = {}
    for column in columns:
        if column.is_text:
            for language, text in (record.get(column.path) or {}).items():
                name = column.name if language == told.language else f"{column.name}_{language}"
                found[name] = _cell(column, text, told)
            continue
        name, _, part = column.path.partition(".")
        value = record.get(name)
        value = value.get(part) if part and isinstance(value, Mapping) else value
        if column.cells is Cells.RULES:
            found |= _requirements(column, record, told)
        elif value is not None and value != []:
            found[column.name] = _cell(column, value, told)
    return found


def _requirements(column: Column, record: Mapping[str, Any], told: Told) -> dict[str, Cell]:
    """What must be held before, where a cell says all that is said of it: that nothing is, or that these are listed."""
    stated, value = record.get("requirementsStated"), record.get("requirements")
    if not (stated or value):
        return {}
    if stated == "LISTED" and value:
        return {column.name: _cell(column, value, told)}
    return {column.name: NONE if stated == "NONE" else UNCHANGED}


def _cell(column: Column, value: Any, told: Told) -> Cell:
    try:
        cell = _WRITE.get(column.cells, _plain)(value)
        read = read_cell(column, cell, told)
        if column.cells is Cells.SKILLS:
            read = [_in_language(skill, told.language) for skill in read]
    except (Unreadable, KeyError, TypeError, AttributeError):
        return UNCHANGED
    return cell if _bare(read) == _bare(value) else UNCHANGED


def _in_language(skill: dict[str, Any], language: str) -> dict[str, Any]:
    return {**skill, "label": {language: skill["label"]}} if "label" in skill else skill


def _bare(value: Any) -> Any:
    """Without what is so unless something else is said."""
    if isinstance(value, Mapping):
        return {key: _bare(one) for key, one in value.items() if one != _DEFAULTS.get(key)}
    return [_bare(one) for one in value] if isinstance(value, list) else value


def _plain(value: Any) -> Cell:
    if not isinstance(value, str | int | float):
        raise TypeError
    return value


def _list(value: Sequence[str]) -> str:
    return "; ".join(value)


def _yes_no(value: bool) -> str:  # noqa: FBT001 - a value of a record
    return "YES" if value else "NO"


def _rules(value: Sequence[Mapping[str, Any]]) -> str:
    rules = [one["rule"] for one in value if set(one) == {"kind", "rule"}]
    if len(rules) < len(value):
        raise KeyError
    return _list([one.get("holds") or one["text"] for one in rules])


def _skills(value: Sequence[Mapping[str, Any]]) -> str:
    return _list([_skill(one) for one in value])


def _skill(value: Mapping[str, Any]) -> str:
    label = value.get("label", {})
    text = next(iter(label.values()), "")
    if "scheme" not in value:
        return text
    return f"{value['scheme']}:{value['code']}" + (f" = {text}" if text else "")


def _places(value: Sequence[Mapping[str, Any]]) -> str:
    return _list([one.get("campus") or one["community"] for one in value])


_WRITE: dict[Cells, Callable[[Any], Cell]] = {
    Cells.CODES: _list,
    Cells.LINES: _list,
    Cells.WORDS: _list,
    Cells.YES_NO: _yes_no,
    Cells.DATE: write_partial,
    Cells.BOUNDS: write_bounds,
    Cells.RULES: _rules,
    Cells.SKILLS: _skills,
    Cells.PLACES: _places,
}
