"""The rows of a CSV, one at a time, without a second copy of the text."""

import csv
from collections.abc import Iterator, Sequence

from catalog.errors import Issue

DELIMITERS = ",;\t|"


class CsvRefused(ValueError):
    """`issue` says why."""

    def __init__(self, issue: Issue) -> None:
        self.issue = issue
        super().__init__(str(issue))


def delimiter_of(text: str) -> str:
    """What stands between the names in the first line that holds anything."""
    first = next((line for line in _lines(text) if line.strip()), "")
    return max(DELIMITERS, key=lambda one: (first.count(one), one == ","))


def csv_rows(text: str) -> Iterator[tuple[int, Sequence[str]]]:
    """(line in which it ends, cells). Raises CsvRefused: QUOTE_UNCLOSED, CELL_TOO_LARGE."""
    reader = csv.reader(_lines(text), delimiter=delimiter_of(text), strict=True)
    begins = 1
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise CsvRefused(_issue(str(error), begins)) from None
        yield reader.line_num, row
        begins = reader.line_num + 1


def _issue(message: str, line: int) -> Issue:
    place = f"line {line}"
    if "field larger" in message:
        return Issue("CELL_TOO_LARGE", f"a cell holds more than {csv.field_size_limit()} characters", place=place)
    hint = "write a quotation mark inside a cell twice"
    return Issue(
        "QUOTE_UNCLOSED", "a quotation mark is opened and not closed, or stands inside a cell", place=place, hint=hint
    )


def _lines(text: str) -> Iterator[str]:
    start, end = 0, len(text)
    while start < end:
        stop = text.find("\n", start) + 1 or end
        yield text[start:stop]
        start = stop
