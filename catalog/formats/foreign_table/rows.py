"""The rows of a table, one at a time, with those that are broken named as what they are."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass

from catalog.formats.foreign_table.lines import LONGEST_ROW, Lines, RowTooLong

MOST_BLANK = 10_000
"""Rows in a row with nothing in them; then the next thing that is said is looked for, however far away."""
_QUOTES = "double every quote inside a quoted cell, and close every cell that begins with a quote"


@dataclass(frozen=True, slots=True)
class Row:
    """`line` is where it begins, from 1."""

    line: int
    cells: list[str]


@dataclass(frozen=True, slots=True)
class Broken:
    """Lines that are no row; what stood in them is not read."""

    place: str
    code: str
    message: str
    hint: str | None = None


def read_rows(lines: Lines, delimiter: str) -> Iterator[Row | Broken]:
    """Every row that says something. Blank rows are passed over; its memory is that of one row."""
    # One number of the process: it is only ever raised, since lowering it would cut what another thread is reading.
    csv.field_size_limit(max(csv.field_size_limit(), LONGEST_ROW))
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    blank = 0
    while True:
        lines.begin_row()
        first = lines.number + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield _misquoted(first, lines)
            continue
        except RowTooLong:
            yield _endless(first, lines.number)
            return
        if "".join(cells).strip():
            blank = 0
            yield Row(first, cells)
            continue
        blank += 1
        if blank >= MOST_BLANK:
            blank = 0
            if not lines.skip_blank():
                return


def _misquoted(first: int, lines: Lines) -> Broken:
    if lines.ended:
        message = f"a quote is opened in the row that begins in line {first}, and the file ends without closing it"
    else:
        message = "a quote stands where its cell should end: one that is not doubled, or one before it was not closed"
    return Broken(_span(first, lines.number), "QUOTE_UNCLOSED", message, _QUOTES)


def _endless(first: int, last: int) -> Broken:
    if last > first:
        message = f"a quote is opened in the row that begins in line {first}, and not closed within {LONGEST_ROW} characters"
        return Broken(_span(first, last), "QUOTE_UNCLOSED", f"{message}; reading stopped there", _QUOTES)
    message = f"the line has more than {LONGEST_ROW} characters; reading stopped there"
    return Broken(f"line {first}", "ROW_TOO_LONG", message)


def _span(first: int, last: int) -> str:
    return f"line {first}" if last <= first else f"lines {first} to {last}"
