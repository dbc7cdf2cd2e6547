"""Opens a workbook that somebody sent: held to limits before anything of it is unpacked, then row by row."""

import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from io import BytesIO

from openpyxl.utils.exceptions import InvalidFileException

from catalog.errors import Issue
from catalog.formats.template.cell import Cell, Formula
from catalog.formats.template.sheet_source import MOST_ROWS, SheetTooLarge, open_book
from catalog.model.reading.unreadable import Unreadable

MOST_PARTS = 2_000
MOST_BYTES = 400_000_000
"""Of a workbook, unpacked."""
MOST_STRINGS = 60_000_000
"""Of its table of texts, which is held in memory."""
MOST_TEXTS = 2_000_000
"""Elements of it: each text has two."""
_TEXT = re.compile(rb"<(?:[\w.-]+:)?(?:si|t|r)\b")
MOST_OF_OTHERS = 20_000_000
"""Of its styles and whatever else is read at once."""
_TYPES = "[Content_Types].xml"
MOST_RATIO = 250
"""Between unpacked and packed, of a part that is large."""
LARGE = 5_000_000
MOST_COLUMNS = 300
HEAD_BYTES = 64_000
_BEFORE_ROOT = re.compile(rb"(?:[\xef\xbb\xbf\xff\xfe]+|\s+|<\?.*?\?>|<!--.*?-->)*", re.DOTALL)
"""What may stand before the first element, if there is no document type."""


_BROKEN = (
    *(ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, OSError, RuntimeError, TypeError, ValueError),
    *(SyntaxError, zipfile.BadZipFile, zlib.error),
)
"""What openpyxl raises for a workbook that is not as it should be; a ParseError is a SyntaxError."""


class WorkbookRefused(ValueError):
    """`issue` says why."""

    def __init__(self, issue: Issue) -> None:
        self.issue = issue
        super().__init__(str(issue))


def is_workbook(data: bytes) -> bool:
    """Whether a ZIP archive says of itself that it is a workbook."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return any(name.startswith("xl/") for name in archive.namelist()[:MOST_PARTS])
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False


def open_sheets(data: bytes) -> dict[str, Iterator[Sequence[Cell]]]:
    """The rows of each sheet by its name, read once and in order. Raises WorkbookRefused."""
    _hold_to_limits(data)
    try:
        book = open_book(data)
        sheets = {sheet.title: sheet for sheet in book.worksheets}
    except (*_BROKEN, InvalidFileException) as error:
        message = f"the workbook cannot be opened: {type(error).__name__}"
        hint = "open it in a spreadsheet program and save it again as .xlsx"
        raise WorkbookRefused(Issue("WORKBOOK_INVALID", message, hint=hint)) from None
    return {name: _rows(sheet) for name, sheet in sheets.items()}


def _rows(sheet: object) -> Iterator[Sequence[Cell]]:
    try:
        for number, row in enumerate(sheet.iter_rows()):  # type: ignore[attr-defined]
            if number >= MOST_ROWS:
                raise _too_large(f"a sheet has more than {MOST_ROWS} rows")
            yield [_cell(one) for one in row[:MOST_COLUMNS]]
    except SheetTooLarge as error:
        raise _too_large(str(error)) from None
    except (Unreadable, WorkbookRefused):
        raise
    except _BROKEN as error:
        message = f"the workbook breaks off: {type(error).__name__}"
        raise WorkbookRefused(Issue("WORKBOOK_INVALID", message, hint="save it again as .xlsx")) from None


def _cell(cell: object) -> Cell:
    kind = getattr(cell, "data_type", "n")
    value = getattr(cell, "value", None)
    if kind in ("f", "e") and value is not None:
        return Formula(value)
    return value


def _hold_to_limits(data: bytes) -> None:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS:
                raise _too_large(f"it has {len(parts)} parts")
            if sum(part.file_size for part in parts) > MOST_BYTES:
                raise _too_large("unpacked it is larger than any table")
            texts = _tables_of_texts(archive)
            for part in parts:
                _look_at(archive, part, is_texts=part.filename in texts)
    except WorkbookRefused:
        raise
    except _BROKEN as error:
        encrypted = isinstance(error, RuntimeError) and "encrypted" in str(error)
        message = "the workbook is locked with a password" if encrypted else "the workbook is broken or cut off"
        code = "WORKBOOK_INVALID" if encrypted else "FILE_TRUNCATED"
        raise WorkbookRefused(Issue(code, message, hint="save it again as .xlsx, without a password")) from None


def _tables_of_texts(archive: zipfile.ZipFile) -> set[str]:
    """Names of the parts that the workbook says are its texts, whatever they are called."""
    with archive.open(_TYPES) as file:
        overrides = re.findall(rb"<Override\b[^>]*>", file.read(LARGE))
    named = [re.search(rb"PartName\s*=\s*[\"']/?([^\"']*)", one) for one in overrides if b"sharedStrings" in one]
    return {one[1].decode("utf-8", "replace") for one in named if one}


def _look_at(archive: zipfile.ZipFile, part: zipfile.ZipInfo, *, is_texts: bool) -> None:
    if part.file_size > LARGE and part.file_size > MOST_RATIO * max(part.compress_size, 1):
        raise _too_large(f"{part.filename[:60]} is packed {part.file_size // max(part.compress_size, 1)} times")
    if is_texts and (part.file_size > MOST_STRINGS or _has_too_many_texts(archive, part)):
        raise _too_large("its texts are larger than any table's, or more")
    is_sheet = part.filename.startswith("xl/worksheets/")
    if part.filename.endswith((".xml", ".rels")) and not (is_texts or is_sheet) and part.file_size > MOST_OF_OTHERS:
        raise _too_large(f"{part.filename[:60]} is larger than any workbook's")
    if part.filename.endswith((".xml", ".rels")):
        with archive.open(part) as file:
            head = file.read(HEAD_BYTES).replace(b"\0", b"")  # UTF-16 as if it were ASCII
        begins = _BEFORE_ROOT.match(head)
        end = begins.end() if begins else 0
        if head.startswith(b"<!", end) or (end == len(head) and end):
            message = f"{part.filename[:60]} declares a document type, which no workbook needs"
            raise WorkbookRefused(Issue("XML_DTD_FORBIDDEN", message))


def _has_too_many_texts(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    count = 0
    with archive.open(part) as file:
        while piece := file.read(LARGE):
            count += len(_TEXT.findall(piece))
    return count > MOST_TEXTS


def _too_large(message: str) -> WorkbookRefused:
    return WorkbookRefused(Issue("FILE_TOO_LARGE", f"the workbook is refused: {message}"))
