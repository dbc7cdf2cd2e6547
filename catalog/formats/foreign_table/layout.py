"""How a table is laid out: what stands between its cells, and which of its first rows names the columns."""

from dataclasses import dataclass
from itertools import islice

from catalog.formats.foreign_table.lines import SAID, Lines, line_start
from catalog.formats.foreign_table.rows import Row, read_rows
from catalog.formats.foreign_table.synonyms import NAMES, plain

DELIMITERS = (",", ";", "\t", "|")
HEAD = 64_000
"""Characters from the first thing said on; the header is looked for in them."""
MOST_ABOVE = 20
"""Rows that may stand above the header: titles, dates, remarks."""


@dataclass(frozen=True, slots=True)
class Layout:
    """`known` is how many columns are called by a known name; `above` how many rows stand before the header."""

    delimiter: str
    header: Row
    above: int
    known: int


def find_layout(text: str) -> Layout | None:
    """The likeliest one; None for text that says nothing, or is no table by any delimiter."""
    said = SAID.search(text)
    if said is None:
        return None
    start = line_start(text, said.start())
    found = [one for delimiter in DELIMITERS if (one := _layout(text[: start + HEAD], start, delimiter))]
    return max(found, key=lambda one: one[1])[0] if found else None


def _layout(head: str, start: int, delimiter: str) -> tuple[Layout, tuple[int, int, int]] | None:
    """With its score: known names, then rows as wide as the header, then columns."""
    rows = [one for one in islice(read_rows(Lines(head, start), delimiter), MOST_ABOVE * 2) if isinstance(one, Row)]
    wide = [index for index, one in enumerate(rows[:MOST_ABOVE]) if len(one.cells) > 1]
    if not wide:
        return None
    at = max(wide, key=lambda index: (known_names(rows[index].cells), -index))
    header = rows[at]
    alike = sum(1 for one in rows[at + 1 :] if len(one.cells) == len(header.cells))
    known = known_names(header.cells)
    return Layout(delimiter, header, at, known), (known, alike, len(header.cells))


def known_names(cells: list[str]) -> int:
    """How many different known names stand in a row."""
    return len({name for cell in cells if (name := plain(cell)) in NAMES})
