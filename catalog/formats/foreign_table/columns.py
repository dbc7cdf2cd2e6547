"""Which column is taken for what. Every guess is said, so that a person can see it in the report."""

import re
from collections import Counter
from dataclasses import dataclass

from catalog.formats.foreign_table.synonyms import NAMES, NO_LISTINGS, plain
from catalog.model.reading.delivery import Reading

TEMPLATE = "`catalog template` writes a table whose columns are known"
MOST_NAMED, LONGEST_NAME = 40, 40
PRICES = frozenset({"tuition", "price", "mandatory", "materials", "equipment", "application", "exam", "otherFee"})
_PERSONAL = re.compile(r"@|\d{6}")
"""What may stand in the first row of a table without a header, and in no message."""


@dataclass(frozen=True, slots=True)
class Columns:
    """`headers` as the file has them; `of` gives the index of each field that was found."""

    headers: list[str]
    of: dict[str, int]

    def name(self, field: str) -> str:
        return self.headers[self.of[field]]


def map_columns(reading: Reading, cells: list[str]) -> Columns | None:
    """None, with an issue that says why, where the table cannot be taken for listings."""
    headers = [cell.strip()[:80] or f"column {index + 1}" for index, cell in enumerate(cells)]
    names = [plain(cell) for cell in cells]
    for name in names:
        if name in NO_LISTINGS:
            reading.fail("TYPE_UNKNOWN", f"the rows are {NO_LISTINGS[name]}, not listings: there is a column {name!r}")
            return None
    columns = Columns(headers, _choose(reading, headers, names))
    if "title" not in columns.of or not columns.of.keys() & {"id", "code", "url"}:
        _refuse(reading, columns)
        return None
    for field, index in columns.of.items():
        unit = f", its plain numbers for {reading.told.currency}" if field in PRICES else ""
        reading.warn("COLUMN_GUESSED", f"column {headers[index]!r} was taken for {field}{unit}", headers[index])
    return columns


def _choose(reading: Reading, headers: list[str], names: list[str]) -> dict[str, int]:
    twice = {name for name, count in Counter(names).items() if count > 1 and name}
    for name in sorted(twice):
        shown = headers[names.index(name)]
        message = f"{names.count(name)} columns are called {shown!r}; none of them is taken"
        reading.warn("COLUMN_DUPLICATE", message, shown, hint="give each column a name of its own")
    wanted: dict[str, list[tuple[int, int]]] = {}
    for index, name in enumerate(names):
        for field, rank in NAMES.get(name, ()) if name not in twice else ():
            wanted.setdefault(field, []).append((rank, index))
    _part_fees(wanted)
    for field, found in wanted.items():
        (_, taken), *others = sorted(found)
        for _, index in others:
            message = f"column {headers[index]!r} could be {field} too; {headers[taken]!r} was taken"
            reading.warn("COLUMN_AMBIGUOUS", message, headers[index])
    return {field: min(found)[1] for field, found in wanted.items()}


def _part_fees(wanted: dict[str, list[tuple[int, int]]]) -> None:
    """`fees` beside a tuition are what comes on top of it; a total beside its parts would count them twice."""
    if "tuition" in wanted:
        wanted.pop("price", None)
    else:
        wanted.pop("mandatory", None)


def _refuse(reading: Reading, columns: Columns) -> None:
    needed = "title" if "title" not in columns.of else "id"
    names = [one[:LONGEST_NAME] for one in columns.headers[:MOST_NAMED] if not _PERSONAL.search(one)]
    message = f"no column is known to be the {needed} of a listing; the columns are: {', '.join(names)}"
    reading.fail("COLUMNS_UNKNOWN", message, hint=TEMPLATE)
