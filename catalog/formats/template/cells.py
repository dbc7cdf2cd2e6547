"""Cells to values of the Record. What a spreadsheet has damaged is refused, not published."""

import re
from collections.abc import Callable
from typing import Any

from catalog.formats.template.bounds import read_bounds
from catalog.formats.template.cell import Cell, text_of
from catalog.formats.template.column import Cells, Column
from catalog.formats.template.columns import FREE, NONE
from catalog.formats.template.damage import refuse_dated, refuse_formula, refuse_lost_digits, refuse_lost_letters
from catalog.formats.template.dates import read_partial
from catalog.model.reading.days import read_day, read_moment
from catalog.model.reading.delivery import Told
from catalog.model.reading.numbers import read_number, refuse_decimal_comma
from catalog.model.reading.occupations import read_noc
from catalog.model.reading.unreadable import Unreadable
from catalog.model.shapes import REFERENCE

_AMOUNT = re.compile(r"\$?\s?(\d{1,3}(?:,\d{3})+|\d{1,9})(\.\d{1,2})?")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::00)?\s*([ap])?\.?m?\.?", re.IGNORECASE)
_SCHEMED = re.compile(r"([a-z0-9][a-z0-9.-]*):(\S+)")
_CIP_LOST = re.compile(r"\d(?:\.\d{1,4})?|\d\d\.(?:\d|\d{3})")
_YES_NO = {"YES": True, "TRUE": True, "NO": False, "FALSE": False}
"""TRUE and FALSE are what spreadsheets write."""
HALF_A_DAY, LAST_HOUR = 12, 23


def read_cell(column: Column, cell: Cell, told: Told) -> Any:
    """The value of a cell that is not blank. Raises Unreadable with a code that says what is wrong."""
    refuse_formula(cell)
    return _READ[column.cells](column, cell, told)


def _code(column: Column, cell: Cell, _told: Told) -> str:
    refuse_dated(cell, "a code")
    refuse_lost_digits(cell)
    text = text_of(cell)
    if column.path == "cip" and _CIP_LOST.fullmatch(text):
        hint = "write it as 01.0101, and format the column as text"
        raise Unreadable(f"lost zeros: {text[:40]!r}", "LEADING_ZERO_LOST", hint)
    return read_noc(text) if column.path == "occupations" else text


def _codes(column: Column, cell: Cell, told: Told) -> list[str]:
    if isinstance(cell, str):
        return [_code(column, one.strip(), told) for one in re.split(r"[;,]", cell) if one.strip()]
    return [_code(column, cell, told)]


def _line(_column: Column, cell: Cell, _told: Told) -> str:
    text = text_of(cell)
    refuse_lost_letters(text)
    return text


def _lines(column: Column, cell: Cell, told: Told) -> list[str]:
    return [_line(column, one.strip(), told) for one in text_of(cell).split(";") if one.strip()]


def _word(column: Column, cell: Cell, _told: Told) -> str:
    word = re.sub(r"[\s-]+", "_", text_of(cell).upper())
    if word not in column.words:
        hint = f"one of {', '.join(column.words)}"
        raise Unreadable(f"is none of its words: {text_of(cell)[:40]!r}", "VALUE_NOT_ALLOWED", hint)
    return word


def _words(column: Column, cell: Cell, told: Told) -> list[str]:
    return [_word(column, one.strip(), told) for one in re.split(r"[;,]", text_of(cell)) if one.strip()]


def _yes_no(_column: Column, cell: Cell, _told: Told) -> bool:
    word = text_of(cell).upper()
    if word not in _YES_NO:
        raise Unreadable(f"is neither YES nor NO: {text_of(cell)[:40]!r}", "VALUE_NOT_ALLOWED")
    return _YES_NO[word]


def _day(_column: Column, cell: Cell, told: Told) -> str:
    return read_day(text_of(cell), told.time_zone).isoformat()


def _date(_column: Column, cell: Cell, told: Told) -> dict[str, Any]:
    return read_partial(text_of(cell), told.time_zone)


def _moment(_column: Column, cell: Cell, told: Told) -> str:
    return read_moment(text_of(cell), told.time_zone)


def _time(_column: Column, cell: Cell, _told: Told) -> str:
    text = text_of(cell)
    found = _CLOCK.fullmatch(text)
    hour = int(found[1]) if found else LAST_HOUR + 1
    if found and found[3]:
        hour = hour % HALF_A_DAY + (HALF_A_DAY if found[3].lower() == "p" else 0)
    if found is None or hour > LAST_HOUR:
        raise Unreadable(f"is no time of day: {text[:40]!r}", hint="write 18:30")
    return f"{hour:02}:{found[2]}"


def _number(_column: Column, cell: Cell, _told: Told) -> float:
    return read_number(text_of(cell))


def _count(_column: Column, cell: Cell, _told: Told) -> int:
    number = read_number(text_of(cell))
    if not number.is_integer():
        raise Unreadable(f"is no whole number: {number:g}")
    return int(number)


def _bounds(_column: Column, cell: Cell, _told: Told) -> Any:
    refuse_dated(cell, "a range")
    return read_bounds(text_of(cell))


def _amount(_column: Column, cell: Cell, _told: Told) -> str:
    text = text_of(cell)
    if text.upper() == FREE:
        return "0"
    refuse_decimal_comma(text)
    found = _AMOUNT.fullmatch(f"{cell:.2f}" if isinstance(cell, float) else text)
    if found is None:
        raise Unreadable(f"is no amount: {text[:40]!r}", hint=f"write 749.00, or {FREE}")
    return found[1].replace(",", "") + (found[2] or "")


def _rules(column: Column, cell: Cell, told: Told) -> list[dict[str, Any]]:
    """An empty list for NONE."""
    if text_of(cell).upper() == NONE:
        return []
    return [_rule(one) for one in _lines(column, cell, told)]


def _rule(text: str) -> dict[str, Any]:
    if "/" in text and REFERENCE.fullmatch(text):
        return {"kind": "PREREQUISITE", "rule": {"holds": text}}
    return {"kind": "PREREQUISITE", "rule": {"text": text}}


def _skills(column: Column, cell: Cell, told: Told) -> list[dict[str, Any]]:
    return [_skill(one) for one in _lines(column, cell, told)]


def _skill(text: str) -> dict[str, Any]:
    name, _, label = text.partition(" = ")
    found = _SCHEMED.fullmatch(name)
    if found is None:
        return {"label": text}
    return {"scheme": found[1], "code": found[2], **({"label": label.strip()} if label.strip() else {})}


def _places(column: Column, cell: Cell, told: Told) -> list[dict[str, str]]:
    return [{"role": "CLASS", _place(one): one} for one in _lines(column, cell, told)]


def _place(text: str) -> str:
    return "campus" if "#" in text and REFERENCE.fullmatch(text) else "community"


_READ: dict[Cells, Callable[[Column, Cell, Told], Any]] = {
    Cells.CODE: _code,
    Cells.CODES: _codes,
    Cells.LINE: _line,
    Cells.LINES: _lines,
    Cells.PROSE: _line,
    Cells.WORD: _word,
    Cells.WORDS: _words,
    Cells.YES_NO: _yes_no,
    Cells.DAY: _day,
    Cells.DATE: _date,
    Cells.MOMENT: _moment,
    Cells.TIME: _time,
    Cells.NUMBER: _number,
    Cells.COUNT: _count,
    Cells.BOUNDS: _bounds,
    Cells.AMOUNT: _amount,
    Cells.ADDRESS: _code,
    Cells.RULES: _rules,
    Cells.SKILLS: _skills,
    Cells.PLACES: _places,
}
