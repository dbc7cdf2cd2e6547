"""A published table beside the catalogue: what differs, and what may be the reason.

Two kinds of table are read. A *table of counts* has a column for each dimension (`region`, `sector`) and for each measure
(`credentials`, `offerings`, `institutions`, `seats`). A *list* has the columns `title` and `institution`, a row for each
listing.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from catalog.coverage.dimensions import CoverageDimension
from catalog.coverage.oversupply import telling_words
from catalog.errors import Issue, RecordsRejected
from catalog.search.text.folding import words_of

MEASURES = ("credentials", "offerings", "institutions", "seats")
TITLE, INSTITUTION = "title", "institution"
MOST_ROWS = 20_000
MOST_BYTES = 10_000_000
ALIKE = 85
"""Of 100, from which titles are taken for the same under another name (rapidfuzz, with words in order or sorted)."""


@dataclass(frozen=True, slots=True)
class PublishedTable:
    """`rows` with the number of each in the file, its head counting as the first."""

    dimensions: tuple[CoverageDimension, ...]
    measures: tuple[str, ...]
    rows: tuple[tuple[int, Mapping[str, str]], ...]

    @property
    def is_list(self) -> bool:
        return not self.measures


@dataclass(frozen=True, slots=True)
class Listing:
    """One of ours. `names` are those of whoever provides it."""

    slug: str
    title: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """`row` of the published table, None: it is only in ours. `reasons` are what is known, not a judgement."""

    row: int | None
    what: str
    published: str | None
    ours: str | None
    reasons: tuple[str, ...] = field(default_factory=tuple)


def read_published(data: bytes) -> PublishedTable:
    """Raises RecordsRejected with everything that is wrong, by row."""
    if len(data) > MOST_BYTES:
        raise RecordsRejected([Issue("FILE_TOO_LARGE", f"the table has {len(data)} bytes; at most {MOST_BYTES} are read")])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"the table is not UTF-8: byte {error.start} cannot be read"
        raise RecordsRejected([Issue("ENCODING_INVALID", message, hint="save it as CSV UTF-8")]) from error
    try:
        reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
        heads = [(one or "").strip().lower() for one in reader.fieldnames or ()]
        reader.fieldnames = heads
        rows = [(reader.line_num, _clean(row)) for row in reader]
    except csv.Error as error:
        raise RecordsRejected([Issue("CSV_INVALID", f"the table is no CSV: {error}")]) from error
    dimensions = tuple(CoverageDimension(one.upper()) for one in heads if one.upper() in CoverageDimension.__members__)
    measures = tuple(one for one in heads if one in MEASURES)
    if TITLE in heads and INSTITUTION in heads:
        dimensions, measures = (), ()
    elif not (dimensions and measures):
        message = "the table has no columns that can be compared"
        hint = f"a dimension such as region, and a measure ({', '.join(MEASURES)}); or title and institution"
        raise RecordsRejected([Issue("COLUMNS_UNKNOWN", message, hint=hint)])
    issues = [*_wrong_numbers(rows, measures), *_too_many(rows)]
    if issues:
        raise RecordsRejected(issues)
    return PublishedTable(dimensions, measures, tuple(rows))


def _clean(row: Mapping[str | None, object]) -> dict[str, str]:
    return {name: value.strip() for name, value in row.items() if isinstance(name, str) and isinstance(value, str)}


def _wrong_numbers(rows: Iterable[tuple[int, Mapping[str, str]]], measures: Sequence[str]) -> list[Issue]:
    return [
        Issue("NUMBER_INVALID", f"{name} is no count", name, number, name, row[name][:50])
        for number, row in rows
        for name in measures
        if row.get(name) and not row[name].isdecimal()
    ]


def _too_many(rows: Sequence[object]) -> list[Issue]:
    message = f"the table has {len(rows)} rows; at most {MOST_ROWS} are compared"
    return [Issue("FILE_TOO_LARGE", message)] if len(rows) > MOST_ROWS else []


@dataclass(frozen=True, slots=True)
class OurCell:
    """`names` of its values as they may be published: value and label of each dimension; counts by measure."""

    names: tuple[tuple[str, ...], ...]
    counts: Mapping[str, int | None]
    reasons: tuple[str, ...] = ()


def compare_counts(table: PublishedTable, cells: Sequence[OurCell], general: Sequence[str] = ()) -> list[Difference]:
    """`general` reasons hold for every cell."""
    by_name: dict[tuple[str, ...], OurCell] = {}
    for own in cells:
        for names in _combinations(own.names):
            by_name.setdefault(names, own)
    found, met = [], set()
    for number, row in table.rows:
        named = tuple(_folded(row.get(one.lower(), "")) for one in table.dimensions)
        what = ", ".join(row.get(one.lower(), "") for one in table.dimensions)
        cell = by_name.get(named)
        met.add(id(cell))
        for name in table.measures:
            if not (stated := row.get(name)):
                continue
            ours = cell.counts.get(name) if cell else 0
            if ours != int(stated):
                reasons = cell.reasons if cell else ("the catalogue has nothing under this name",)
                found.append(_counted(number, what, name, stated, ours, (*reasons, *general)))
    for own in cells:
        if id(own) not in met and any(own.counts.get(name) for name in table.measures):
            what = ", ".join(names[-1] for names in own.names)
            found += [
                _counted(None, what, name, None, own.counts.get(name), ("the table has no such row",))
                for name in table.measures
            ]
    return found


def _counted(
    row: int | None, what: str, name: str, stated: str | None, ours: int | None, reasons: tuple[str, ...]
) -> Difference:
    return Difference(row, f"{what}: {name}", stated, "not known" if ours is None else str(ours), reasons)


def _combinations(names: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = [()]
    for own in names:
        found = [(*one, _folded(name)) for one in found for name in own]
    return found


def _folded(text: str) -> str:
    return " ".join(words_of(text))


def compare_list(table: PublishedTable, listings: Sequence[Listing], left_out: Mapping[str, str]) -> list[Difference]:
    """`left_out` holds titles of what the catalogue has and does not count, with the reason."""
    ours = {(_title(one.title), name): one for one in listings for name in map(_folded, one.names)}
    met: dict[str, int] = {}
    found = []
    for number, row in table.rows:
        title, institution = row.get(TITLE, ""), row.get(INSTITUTION, "")
        what = f"{title} ({institution})"
        one = ours.get((_title(title), _folded(institution)))
        if one is None:
            found.append(Difference(number, what, "listed", None, _why_missing(title, institution, listings, left_out)))
        elif one.slug in met:
            reason = f"the same listing as row {met[one.slug]}: the catalogue counts it once"
            found.append(Difference(number, what, "listed", "counted once", (reason,)))
        else:
            met[one.slug] = number
    for one in listings:
        if one.slug not in met:
            what = f"{one.title} ({one.names[0] if one.names else 'provider not known'})"
            found.append(Difference(None, what, None, one.slug, ("the table has no such row",)))
    return found


def _why_missing(title: str, institution: str, listings: Sequence[Listing], left_out: Mapping[str, str]) -> tuple[str, ...]:
    reasons = []
    elsewhere = [one for one in listings if _title(one.title) == _title(title)]
    if elsewhere:
        reasons.append(f"the catalogue has it from {', '.join(one.names[0] for one in elsewhere if one.names)}")
    of_theirs = [one for one in listings if _folded(institution) in map(_folded, one.names)]
    alike = max(of_theirs, key=lambda one: _likeness(one.title, title), default=None)
    if not elsewhere and alike and _likeness(alike.title, title) >= ALIKE:
        reasons.append(f"the catalogue may have it as {alike.title!r} ({alike.slug})")
    reasons += [why for known, why in left_out.items() if _title(known) == _title(title)]
    if not of_theirs:
        reasons.append("the catalogue counts nothing of this institution here")
    return tuple(reasons) or ("the catalogue has no such listing here",)


def _title(text: str) -> object:
    folded = _folded(text)
    return telling_words(folded) or folded


def _likeness(one: str, other: str) -> float:
    return max(fuzz.token_sort_ratio(_folded(one), _folded(other)), fuzz.ratio(_folded(one), _folded(other)))
