"""The template's flat part as CSV: one row for each run of a credential, or one for a credential without any."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import groupby, islice

from catalog.formats.template.cell import Cell, says, unguarded
from catalog.formats.template.columns import FEES, FLAT, FLAT_PREFIX, FLAT_PRICES, SHEETS
from catalog.formats.template.csv_rows import CsvRefused, csv_rows, delimiter_of
from catalog.formats.template.group import Group, GroupReader
from catalog.formats.template.grouping import EXAMPLE, fail_lost_zero, lost_zeros, skip_example
from catalog.formats.template.runs import RunHeads, RunsReader
from catalog.formats.template.sheet import Head, Heads, Row, Sheet, find_head, name_of, read_sheet
from catalog.formats.template.values import UNCHANGED, read_code
from catalog.model.reading.delivery import Delivery, Full, Reading, Told

FORMAT = "template"
HEAD_LENGTH = 20_000
MOST_RUNS = 10_000
"""Rows of one credential, which are held together; a file that has more is not read on."""
_COLUMNS = {one.name: one for one in FLAT}
_PRICES = {one.name for one in FLAT_PRICES}
_RESIDENCY = {"tuition": "DOMESTIC", "tuition_international": "INTERNATIONAL"}


def is_flat(text: str) -> bool:
    """Whether its first line names `ref` and another column of ours."""
    head = text[:HEAD_LENGTH].lstrip().partition("\n")[0]
    names = {name_of(one.strip().strip('"')) for one in head.split(delimiter_of(head))}
    return "ref" in names and sum(find_head(_COLUMNS, name) is not None for name in names) > 1


def read_flat(text: str, told: Told) -> Delivery:
    """Rows of one credential stand together; what they say of it is said once, or alike."""
    reading = Reading(FORMAT, told)
    reading.delivery.form = "csv"
    try:
        with suppress(Full):  # the last issue says so
            _read(reading, text)
    except CsvRefused as error:
        reading.delivery.issues.append(error.issue)
    return reading.end()


def _read(reading: Reading, text: str) -> None:
    lines = csv_rows(text)
    head = next((row for _, row in lines if any(row)), [])
    rows = ((f"line {line}", _as_long(reading, head, row, line)) for line, row in lines if any(row))
    sheet = read_sheet(reading, "the table", FLAT, head, rows)
    parts = _Parts(sheet.heads)
    if "ref" not in sheet.heads:
        with reading.of_file():
            reading.fail("COLUMN_MISSING", "the table needs the column ref", "ref")
        return
    reader = GroupReader(reading, parts.own, RunsReader(reading, parts.of_runs))
    seen: dict[str, int] = {}
    for ref, group in groupby(_with_refs(reading, sheet), key=lambda pair: pair[0]):
        rows_of = [row for _, row in islice(group, MOST_RUNS + 1)]
        if ref.lower().startswith(EXAMPLE):
            skip_example(reading, ref, rows_of[0].place)
            continue
        reading.begin(rows_of[0].place, rows_of)
        if len(rows_of) > MOST_RUNS:
            reading.fail("ROWS_TOO_MANY", f"more than {MOST_RUNS} rows are of one credential", "ref", ref)
            return
        if ref in seen:
            hint = "put the rows of one credential below each other"
            reading.fail("REF_DUPLICATE", f"the ref {ref!r} stood further up already", "ref", ref, hint)
            continue
        seen[ref] = reading.row
        reader.read(parts.group(reading, ref, rows_of))
    for ref, length in lost_zeros(seen).items():
        reading.row = seen[ref]
        fail_lost_zero(reading, ref, length)


def _as_long(reading: Reading, head: Sequence[str], row: Sequence[str], line: int) -> Sequence[Cell]:
    length = len(head)
    if len(row) <= length or not any(row[length:]):
        return [unguarded(cell) if cell.startswith("'") else cell for cell in row]
    place, names = f"line {line}", [name_of(one) for one in head]
    reading.begin(place, [Row(place, {name: cell for name, cell in zip(names, row, strict=False) if cell})])
    hint = "write cells that hold the separator in quotation marks"
    reading.fail("ROW_RAGGED", f"the row has {len(row)} cells below {length} names", "", row[length], hint)
    return []


def _with_refs(reading: Reading, sheet: Sheet) -> Iterator[tuple[str, Row]]:
    for row in sheet.rows:
        ref = read_code(reading, row, sheet.heads["ref"])
        if ref is not None:
            yield ref, row


class _Parts:
    """Which columns of the flat table speak of the credential, which of a run, and which of its price."""

    def __init__(self, heads: Heads) -> None:
        of_runs = {name: head for name, head in heads.items() if name.startswith(FLAT_PREFIX)}
        self.own = {name: head for name, head in heads.items() if name not in of_runs and name not in _PRICES}
        self._prices = [name for name in _RESIDENCY if name in heads]
        offerings = {
            name.removeprefix(FLAT_PREFIX): Head(name.removeprefix(FLAT_PREFIX), head.column, head.language)
            for name, head in of_runs.items()
        }
        fees = {one.name: Head(one.name, one) for one in SHEETS[FEES]} if self._prices else None
        prices = frozenset(f"fees.{_RESIDENCY[name]}" for name in self._prices)
        self.of_runs = RunHeads(offerings or None, fees, prices=prices)

    def group(self, reading: Reading, ref: str, rows: Sequence[Row]) -> Group:
        """The rows as if they had come from several sheets."""
        group = Group(ref, Row(rows[0].place, _only(rows[0].cells, self.own)))
        for row in rows[1:]:
            self._compare(reading, rows[0], row)
        for row in rows:
            own = {name.removeprefix(FLAT_PREFIX): cell for name, cell in row.cells.items() if name.startswith(FLAT_PREFIX)}
            if own:
                group.offerings.append(Row(row.place, own))
            run = own.get("ref", row.place if own else None)
            group.fees += [_fee(row, name, run) for name in self._prices if name in row.cells]
        return group

    def _compare(self, reading: Reading, first: Row, row: Row) -> None:
        """What a later row says of the credential must be what the first one says."""
        for name, cell in row.cells.items():
            if name in self.own and name != "ref" and first.cells.get(name) != cell:
                message = f"{name} differs from the first row of this credential"
                reading.fail("ROWS_DIFFER", message, name, cell, "say it once, in the first row", place=row.place)


def _fee(row: Row, name: str, run: Cell) -> Row:
    """A price as a row of fees; `run` None: of every run."""
    fee: dict[str, Cell] = {"kind": "TUITION", "amount": row.cells[name], "residency": _RESIDENCY[name]}
    if says(row.cells[name], UNCHANGED):
        fee["kind"] = UNCHANGED
    return Row(row.place, fee if run is None else {**fee, "offering": run})


def _only(cells: Mapping[str, Cell], heads: Heads) -> dict[str, Cell]:
    return {name: cell for name, cell in cells.items() if name in heads}
