"""A sheet as it was sent: which columns it has, and its rows as they come."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TypeAlias

from catalog.formats.template.cell import Cell, text_of
from catalog.formats.template.column import Column
from catalog.formats.template.columns import REJECTED
from catalog.model.reading.delivery import Reading
from catalog.model.shapes import LANGUAGE

_TAG = re.compile(LANGUAGE)


@dataclass(frozen=True, slots=True)
class Head:
    """One column that a sheet has; `language` is that of a column such as title_fr."""

    name: str
    column: Column
    language: str | None = None


Heads: TypeAlias = Mapping[str, Head]
"""The columns of a sheet by their names."""


@dataclass(frozen=True, slots=True)
class Row:
    """`place` is where a person finds it; `cells` are by the name of the column, without blank ones."""

    place: str
    cells: Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class Sheet:
    """`rows` are read once."""

    name: str
    heads: Heads
    rows: Iterable[Row]


def read_sheet(
    reading: Reading, name: str, known: Sequence[Column], names: Sequence[Cell], rows: Iterable[tuple[str, Sequence[Cell]]]
) -> Sheet:
    """Its columns, found by their names; each name that is unknown or stands twice is an error."""
    written = [name_of(one) for one in names]
    heads = _heads(reading, name, {one.name: one for one in known}, written)
    mended = [REJECTED] if REJECTED in written else []
    reading.delivery.heads[name] = [*(head.name for head in heads.values()), *mended]
    return Sheet(name, {head.name: head for head in heads.values()}, _filled(heads, rows))


def name_of(cell: Cell) -> str:
    """The name of a column, however somebody wrote it: `Total hours *` is total_hours."""
    return re.sub(r"[\s-]+", "_", text_of(cell).rstrip("* ").lower()) if not _is_language(text_of(cell)) else text_of(cell)


def _is_language(text: str) -> bool:
    """A name such as title_fr-CA keeps its hyphen."""
    return bool(re.fullmatch(r"[a-z_]+_[a-z]{2,3}-[A-Za-z0-9]{2,8}", text))


def _heads(reading: Reading, sheet: str, known: Mapping[str, Column], names: Sequence[str]) -> dict[int, Head]:
    found: dict[int, Head] = {}
    for index, name in enumerate(names):
        if not name or name == REJECTED:
            continue
        head = find_head(known, name)
        if head is None:
            near = get_close_matches(name, list(known), 1)
            hint = f"did you mean {near[0]}?" if near else "`catalog template` writes all columns; take out what is your own"
            reading.fail("COLUMN_UNKNOWN", f"{sheet} has no column {name[:60]!r}", name[:60], hint=hint)
        elif any(one.name == name for one in found.values()):
            reading.fail("COLUMN_DUPLICATE", f"{sheet} has the column {name!r} twice", name)
        else:
            found[index] = head
    return found


def find_head(known: Mapping[str, Column], name: str) -> Head | None:
    """The column of this name, which may be one of another language."""
    if name in known:
        return Head(name, known[name])
    start, _, language = name.rpartition("_")
    column = known.get(start)
    return Head(name, column, language) if column and column.is_text and _TAG.match(language) else None


def _filled(heads: Mapping[int, Head], rows: Iterable[tuple[str, Sequence[Cell]]]) -> Iterator[Row]:
    """Rows in which anything stands."""
    wanted = [(index, head.name) for index, head in heads.items()]
    for place, cells in rows:
        found = {name: cells[index] for index, name in wanted if index < len(cells) and cells[index] not in (None, "")}
        found = {name: one for name, one in found.items() if not isinstance(one, str) or not one.isspace()}
        if found:
            yield Row(place, found)
