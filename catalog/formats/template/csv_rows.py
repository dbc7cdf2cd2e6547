"""The rows of a CSV, one at a time, without a second copy of the text."""

import csv
import re
from collections.abc import Iterator, Sequence

from catalog.errors import Issue

DELIMITERS = ",;\t|"
LONGEST_CELL = 131_072
"""Characters; the csv module's own limit is one for the whole process, which others may have moved."""
LONGEST_ROW = 1_000_000
"""Characters, with all the lines that its cells span."""
MOST_BLANK = 10_000
"""Rows in a row with nothing in them; then the next thing that is said is looked for, however far away."""
_SAID = re.compile(rf"[^\s{re.escape(DELIMITERS)}]")


class CsvRefused(ValueError):
    """`issue` says why."""

    def __init__(self, issue: Issue) -> None:
        self.issue = issue
        super().__init__(str(issue))


def delimiter_of(text: str) -> str:
    """What stands between the names in the first line that holds anything."""
    found = _SAID.search(text)
    start = text.rfind("\n", 0, found.start()) + 1 if found else 0
    end = text.find("\n", start, start + LONGEST_ROW)
    first = text[start : end if end >= 0 else start + LONGEST_ROW]
    return max(DELIMITERS, key=lambda one: (first.count(one), one == ","))


def csv_rows(text: str) -> Iterator[tuple[int, Sequence[str]]]:
    """(line in which it ends, cells). Raises CsvRefused: QUOTE_UNCLOSED, CELL_TOO_LARGE, ROW_TOO_LONG."""
    lines = _Lines(text)
    reader = csv.reader(lines, delimiter=delimiter_of(text), strict=True)
    blank = 0
    while True:
        begins = lines.begin_row()
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise CsvRefused(_issue(str(error), begins)) from None
        except _RowTooLong:
            message = f"the row has more than {LONGEST_ROW} characters"
            hint = "close every cell that begins with a quotation mark"
            raise CsvRefused(Issue("ROW_TOO_LONG", message, place=f"line {begins}", hint=hint)) from None
        if any(len(one) > LONGEST_CELL for one in row):
            raise CsvRefused(_issue("field larger", begins))
        blank = 0 if any(one and not one.isspace() for one in row) else blank + 1
        if blank >= MOST_BLANK:
            blank = 0
            lines.skip_blank()
            continue
        yield lines.number, row


def _issue(message: str, line: int) -> Issue:
    place = f"line {line}"
    if "field larger" in message:
        return Issue("CELL_TOO_LARGE", f"a cell holds more than {LONGEST_CELL} characters", place=place)
    hint = "write a quotation mark inside a cell twice"
    return Issue(
        "QUOTE_UNCLOSED", "a quotation mark is opened and not closed, or stands inside a cell", place=place, hint=hint
    )


class _RowTooLong(Exception):
    """A row that does not end within its bound."""


class _Lines:
    """What csv.reader reads from; `number` is that of the last line given, from 1."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = self._row = 0
        self.number = 0

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        start, bound = self._at, self._row + LONGEST_ROW
        if start >= len(self._text):
            raise StopIteration
        self._at = self._text.find("\n", start, bound) + 1 or min(bound, len(self._text))
        if self._at == bound:
            raise _RowTooLong
        self.number += 1
        return self._text[start : self._at]

    def begin_row(self) -> int:
        """Its first line."""
        self._row = self._at
        return self.number + 1

    def skip_blank(self) -> None:
        """Goes to the line of the next thing that is said, or to the end."""
        found = _SAID.search(self._text, self._at)
        target = self._text.rfind("\n", self._at, found.start()) + 1 if found else len(self._text)
        target = max(target, self._at)
        self.number += self._text.count("\n", self._at, target)
        self._at = target
