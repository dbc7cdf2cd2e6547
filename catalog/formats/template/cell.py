"""What stands in a cell, and how somebody reads it."""

from datetime import date, datetime, time
from typing import TypeAlias

Cell: TypeAlias = "str | int | float | bool | date | time | None"
YES, NO = "YES", "NO"
MOST_OF_A_WORD = 20


class Formula(str):
    """A cell that holds a formula, or the error that one gave: what it shows is known only to who wrote it."""

    __slots__ = ()


class Nested(str):
    """A list or an object of JSON, where one value was expected."""

    __slots__ = ()


def text_of(cell: Cell) -> str:
    """A cell as somebody reads it; blank is empty."""
    if isinstance(cell, str):
        return cell.strip()
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return YES if cell else NO
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat()
    if isinstance(cell, time):
        return cell.isoformat("seconds" if cell.second else "minutes")
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def says(cell: Cell, word: str) -> bool:
    """Whether a cell is one of the template's own words, however it is written."""
    return isinstance(cell, str) and len(cell) < MOST_OF_A_WORD and cell.strip().upper() == word


_BEGINS_FORMULA = tuple("=+-@\t\r\uff1d\uff0b\uff0d\uff20")


def guarded(cell: Cell) -> Cell:
    """A text of a CSV that a spreadsheet would take for a formula gets an apostrophe in front."""
    return f"'{cell}" if isinstance(cell, str) and cell.lstrip("'").startswith(_BEGINS_FORMULA) else cell


def unguarded(text: str) -> str:
    """The text as it was: one apostrophe goes where it only stood before a formula."""
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(_BEGINS_FORMULA) else text
