"""Cells to values of the Record. What a spreadsheet has damaged is refused, not published."""

import re
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any, TypeAlias

from catalog.formats.template.bounds import read_bounds
from catalog.formats.template.column import Cells, Column
from catalog.formats.template.columns import FREE, NONE, YES
from catalog.formats.template.dates import read_partial
from catalog.model.reading.days import read_day, read_moment
from catalog.model.reading.delivery import Told
from catalog.model.reading.numbers import read_number, refuse_decimal_comma
from catalog.model.reading.occupations import read_noc
from catalog.model.reading.unreadable import Unreadable
from catalog.model.shapes import REFERENCE

Cell: TypeAlias = "str | int | float | bool | date | time | None"

_MONTH = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_DATED = re.compile(rf"\d{{1,2}}-(?:{_MONTH})|(?:{_MONTH})-\d{{2}}|\d{{4}}-\d{{2}}-\d{{2}}[ T]00:00:00", re.IGNORECASE)
_LETTER_LOST = re.compile(r"[^\W\d_]\?[^\W\d_]|\ufffd")
_EXPONENT = re.compile(r"\d(?:\.\d+)?E\+\d+", re.IGNORECASE)
_AMOUNT = re.compile(r"\$?\s?(\d{1,3}(?:,\d{3})+|\d{1,9})(\.\d{1,2})?")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::00)?\s*([ap])?\.?m?\.?", re.IGNORECASE)
_SCHEMED = re.compile(r"([a-z0-9][a-z0-9.-]*):(\S+)")
HALF_A_DAY, LAST_HOUR = 12, 23


def text_of(cell: Cell) -> str:
    """A cell as somebody reads it; blank is empty."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return YES if cell else "NO"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat()
    return cell.isoformat() if isinstance(cell, date | time) else str(cell).strip()


class Formula(str):
    """A cell that holds a formula, or the error that one gave: what it shows is known only to who wrote it."""

    __slots__ = ()


def read_cell(column: Column, cell: Cell, told: Told) -> Any:
    """The value of a cell that is not blank. Raises Unreadable with a code that says what is wrong."""
    if isinstance(cell, Formula):
        hint = "copy the column and paste it as values"
        raise Unreadable(f"holds a formula or an error: {cell[:40]!r}", "CELL_FORMULA", hint)
    return _READ[column.cells](column, cell, told)


def _code(column: Column, cell: Cell, _told: Told) -> str:
    text = text_of(cell)
    if isinstance(cell, date) or _DATED.fullmatch(text):
        hint = "format the column as text, and write the code again"
        raise Unreadable(f"was a code and became a date: {text[:40]!r}", "CODE_BECAME_DATE", hint)
    if _EXPONENT.fullmatch(text):
        hint = "format the column as text, and write the code again"
        raise Unreadable(f"was a code and lost digits: {text[:40]!r}", "CODE_BECAME_NUMBER", hint)
    return read_noc(text) if column.path == "occupations" else text


def _codes(column: Column, cell: Cell, told: Told) -> list[str]:
    if isinstance(cell, str):
        return [_code(column, one.strip(), told) for one in re.split(r"[;,]", cell) if one.strip()]
    return [_code(column, cell, told)]


def _line(_column: Column, cell: Cell, _told: Told) -> str:
    text = text_of(cell)
    lost = _LETTER_LOST.search(text)
    if lost:
        around = text[max(lost.start() - 12, 0) : lost.end() + 12]
        hint = "save it as Excel workbook or as `CSV UTF-8`; plain CSV replaces letters that it does not know"
        raise Unreadable(f"lost letters, as in {around!r}", "LOSSY_ENCODING", hint)
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
    if word not in (YES, "NO"):
        raise Unreadable(f"is neither YES nor NO: {word[:40]!r}", "VALUE_NOT_ALLOWED")
    return word == YES


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
    return [{_place(one): one} for one in _lines(column, cell, told)]


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
