"""What spreadsheets make of cells behind one's back: it is refused, since nobody can tell what stood there."""

import re
from datetime import date, time

from catalog.formats.template.cell import Cell, Formula, Nested, text_of
from catalog.model.reading.unreadable import Unreadable

_MONTH = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
_DATED = re.compile(rf"\d{{1,2}}-(?:{_MONTH})|(?:{_MONTH})-\d{{2}}|\d{{4}}-\d{{2}}-\d{{2}}[ T]00:00:00")
"""As Excel shows what it took for a date; fall-2026 and sep-26, which people write, are no such."""
_EXPONENT = re.compile(r"\d(?:\.\d+)?E\+\d+", re.IGNORECASE)
_FORMULA = re.compile(r"=.+|#(?:REF!|N/A|VALUE!|NAME\?|DIV/0!|NULL!|NUM!)", re.DOTALL)
_LETTER_LOST = re.compile(r"[^\W\d_]\?+[^\W\d_]|(?<![^\s(\"'])\?[^\W\d_]{2}|\ufffd")
_ADDRESS = re.compile(r"://|\bwww\.|=")
AROUND = 12
MOST_DIGITS = 10**15
"""From here on a spreadsheet keeps no longer every digit of a number."""
_AGAIN = "format the column as text, and write it again"


def refuse_formula(cell: Cell) -> None:
    """Raises Unreadable for a cell that shows something other than it holds."""
    if type(cell) is str and not cell.lstrip().startswith(("=", "#")):
        return  # as nearly every cell
    if isinstance(cell, Nested):
        hint = "a cell holds one value; write several in one text with ; between them"
        raise Unreadable(f"is a list or an object: {cell[:40]!r}", "VALUE_INVALID", hint)
    if isinstance(cell, Formula) or (isinstance(cell, str) and _FORMULA.fullmatch(cell.strip())):
        hint = "copy the column and paste it as values"
        raise Unreadable(f"holds a formula or an error: {str(cell)[:40]!r}", "CELL_FORMULA", hint)


def refuse_dated(cell: Cell, meaning: str) -> None:
    """Raises Unreadable (CODE_BECAME_DATE) where a spreadsheet made a date of what was none."""
    text = text_of(cell)
    if isinstance(cell, date | time) or ("-" in text and _DATED.fullmatch(text)):
        raise Unreadable(f"was {meaning} and became a date: {text[:40]!r}", "CODE_BECAME_DATE", _AGAIN)


def refuse_lost_digits(cell: Cell) -> None:
    """Raises Unreadable (CODE_BECAME_NUMBER) where a code was kept as a number that has fewer digits than it had."""
    text = text_of(cell)
    fraction = isinstance(cell, float) and not cell.is_integer()
    huge = isinstance(cell, int | float) and abs(cell) >= MOST_DIGITS
    if fraction or huge or ("+" in text and _EXPONENT.fullmatch(text)):
        raise Unreadable(f"was a code and may have lost digits: {text[:40]!r}", "CODE_BECAME_NUMBER", _AGAIN)


def refuse_lost_letters(text: str) -> None:
    """Raises Unreadable (LOSSY_ENCODING) for a question mark where a letter was; those of addresses are none."""
    if "?" not in text and "\ufffd" not in text:
        return
    for found in _LETTER_LOST.finditer(text):
        if found[0] != "\ufffd" and _ADDRESS.search(_word_around(text, found.start())):
            continue
        around = text[max(found.start() - AROUND, 0) : found.end() + AROUND]
        hint = "save it as Excel workbook or as `CSV UTF-8`; plain CSV replaces letters that it does not know"
        raise Unreadable(f"lost letters, as in {around!r}", "LOSSY_ENCODING", hint)


def _word_around(text: str, at: int) -> str:
    before, after = text[:at].split(), text[at:].split()
    return (before[-1] if before and not text[at - 1].isspace() else "") + after[0]
