"""The lines of a text one after another, so that no table is ever held twice, and no row without a bound."""

import re

LONGEST_ROW = 4_000_000
"""Characters, with all the lines that a quoted cell may span."""
_BREAK = re.compile(r"\r\n?|\n")
SAID = re.compile(r"[^,;\t|\s]")
"""Anything but delimiters and space."""


class RowTooLong(Exception):
    """A row that does not end; most likely a quote that is never closed."""


class Lines:
    """What csv.reader reads from. `number` is that of the last line given, from 1; `ended` is whether there are no more."""

    def __init__(self, text: str, start: int = 0) -> None:
        self._text = text
        self._at = self._row = start
        self.number = _breaks(text, 0, start)
        self.ended = False

    def __iter__(self) -> "Lines":
        return self

    def __next__(self) -> str:
        """Raises RowTooLong where the row that began with begin_row() passes its bound."""
        start, bound = self._at, self._row + LONGEST_ROW
        if start >= len(self._text):
            self.ended = True
            raise StopIteration
        found = _BREAK.search(self._text, start, bound)
        if found is None and len(self._text) > bound:
            raise RowTooLong
        self._at = found.end() if found else len(self._text)
        self.number += 1
        return self._text[start : self._at]

    def begin_row(self) -> None:
        self._row = self._at

    def skip_blank(self) -> bool:
        """Goes to the line of the next thing that is said; whether there is one."""
        found = SAID.search(self._text, self._at)
        target = line_start(self._text, found.start(), self._at) if found else len(self._text)
        self.number += _breaks(self._text, self._at, target)
        self._at = target
        return found is not None


def line_start(text: str, position: int, least: int = 0) -> int:
    """Where the line of a position begins."""
    return max(text.rfind("\n", least, position), text.rfind("\r", least, position), least - 1) + 1


def _breaks(text: str, start: int, end: int) -> int:
    return text.count("\n", start, end) or text.count("\r", start, end)
