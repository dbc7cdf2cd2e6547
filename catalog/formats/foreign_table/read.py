"""Reads a table whose columns are not ours, row by row: what each column was taken for is said, the rest is named."""

import hashlib
import json
from contextlib import suppress

from catalog.formats.foreign_table.columns import TEMPLATE, Columns, map_columns
from catalog.formats.foreign_table.layout import DELIMITERS, HEAD, Layout, find_layout
from catalog.formats.foreign_table.lines import Lines
from catalog.formats.foreign_table.listing import Listing
from catalog.formats.foreign_table.rejected import REJECTED, write_rejected
from catalog.formats.foreign_table.rows import Broken, Row, read_rows
from catalog.formats.foreign_table.synonyms import plain
from catalog.model.reading.content import Content, Kind
from catalog.model.reading.delivery import Delivery, Full, Reading, Told
from catalog.model.vocabulary import RecordType

FORMAT = "table"

__all__ = ["FORMAT", "read", "recognises", "write_rejected"]


def recognises(content: Content) -> bool:
    """Any text with a delimiter in its first lines: ask every other format of text first."""
    return content.kind is Kind.TEXT and any(one in content.text[:HEAD] for one in DELIMITERS)


def read(content: Content, told: Told) -> Delivery:
    """Never raises: whatever is wrong is an issue."""
    reading = Reading(FORMAT, told)
    with suppress(Full):  # it has said so
        _read_table(reading, content.text)
    return reading.end()


def _read_table(reading: Reading, text: str) -> None:
    layout = find_layout(text)
    if layout is None:
        reading.fail("ROWS_EMPTY", "no row of the file has two cells with anything in them", hint=TEMPLATE)
        return
    reading.delivery.is_mended = REJECTED in layout.header.cells
    columns = map_columns(reading, layout.header.cells)
    if columns is None:
        return
    if layout.above:
        reading.warn("ROWS_SKIPPED", f"{layout.above} rows above the header (line {layout.header.line}) are not taken")
    rows = _Rows(reading, columns, layout, _kind(reading, columns))
    for one in read_rows(Lines(text), layout.delimiter):
        rows.take(one)
    if not rows.seen:
        reading.fail("ROWS_EMPTY", "below the names of the columns there is no row with anything in it")


def _kind(reading: Reading, columns: Columns) -> str | None:
    """COURSE where the column of the title, id or code says course; otherwise only what a column of kinds says."""
    if "provider" not in columns.of and reading.told.provider is None:
        message = "no column names the institution that offers these"
        reading.warn("FIELD_MISSING", message, "provider", hint="say for which institution the file is sent")
    if "kind" in columns.of:
        return None
    for field in ("title", "id", "code"):
        if field in columns.of and plain(columns.name(field)).startswith(("course", "titreducours", "nomducours")):
            name = columns.name(field)
            reading.warn("COLUMN_GUESSED", f"since there is a column {name!r}, every row was taken for a COURSE", name)
            return "COURSE"
    message = "no column says what kind of thing the rows are, and none was assumed"
    hint = "add a column `kind`, such as MICRO_CREDENTIAL, COURSE or CERTIFICATE"
    reading.warn("FIELD_MISSING", message, "kind", hint=hint)
    return None


class _Rows:
    """Takes the rows behind the header."""

    def __init__(self, reading: Reading, columns: Columns, layout: Layout, kind: str | None) -> None:
        self._reading = reading
        self._columns = columns
        self._header = layout.header
        self._kind = kind
        taken = set(columns.of.values())
        self._dropped = [(index, name) for index, name in enumerate(columns.headers) if index not in taken]
        self._known: dict[str, bytes] = {}
        self.seen = 0

    def take(self, one: Row | Broken) -> None:
        if isinstance(one, Broken):
            self.seen += 1
            self._reading.begin(one.place)
            self._reading.fail(one.code, one.message, hint=one.hint)
        elif one.line > self._header.line:
            self._take_row(one)

    def _take_row(self, row: Row) -> None:
        self.seen += 1
        number = self._reading.begin(f"line {row.line}")
        if row.cells == self._header.cells:
            self._reading.warn("ROWS_SKIPPED", "the names of the columns stand here once more; the row is not taken")
            return
        is_taken = self._read_row(row)
        if self._reading.told.keeps_items or not is_taken:
            self._reading.delivery.items[number] = dict(zip(self._columns.headers, row.cells, strict=False))

    def _read_row(self, row: Row) -> bool:
        width = len(self._columns.headers)
        if len(row.cells) < width or any(cell.strip() for cell in row.cells[width:]):
            message = f"the row has {len(row.cells)} cells where the header has {width}"
            self._reading.fail("ROW_RAGGED", message, hint="a cell with a delimiter or a line break in it needs quotes")
            return False
        for index, name in self._dropped:
            if row.cells[index].strip():
                self._reading.drop(name)
        return self._keep(Listing(self._reading, self._columns, row.cells, self._kind))

    def _keep(self, listing: Listing) -> bool:
        ref = listing.ref()
        if ref is None:
            self._reading.fail("REF_MISSING", "the row has no id", hint="fill in the column that was taken for id")
            return False
        if listing.is_deleted():
            self._reading.gone(RecordType.CREDENTIAL, ref)
            return True
        value = listing.value(ref)
        seen = hashlib.blake2b(json.dumps(value, sort_keys=True).encode("utf-8", "replace"), digest_size=16).digest()
        if ref not in self._known:
            self._known[ref] = seen
            return self._reading.keep(value)
        if self._known[ref] == seen:
            return True
        self._reading.fail("REF_DUPLICATE", f"an earlier row has the id {ref!r} too, and says something else")
        return False
