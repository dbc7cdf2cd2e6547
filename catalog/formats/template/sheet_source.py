"""Opens a workbook so that no sheet of it can hold more in memory than one row does."""

import re
import warnings
from io import BytesIO
from typing import Any, Self

from openpyxl.reader.excel import ExcelReader
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

MOST_ROWS = 1_048_576
"""Of a sheet, in every program that writes them."""
LONGEST_ROW = 3_000_000
"""Bytes of XML from one row to the next."""
_ROW = re.compile(rb"<(?:[\w.-]+:)?row\b")


class SheetTooLarge(ValueError):
    """It has more rows, or more in one of them, than any sheet."""


def open_book(data: bytes) -> Any:
    """The workbook, of which nothing but names, texts and styles has been read. Raises what openpyxl raises."""
    # What openpyxl only warns of is no concern of whoever runs this; what it cannot read becomes an issue.
    warnings.filterwarnings("ignore", category=UserWarning, module=r"openpyxl\.")
    reader = _Reader(BytesIO(data), read_only=True, data_only=False, keep_links=False)
    reader.read()
    return reader.wb


class _Reader(ExcelReader):  # type: ignore[misc] # openpyxl has no types
    def read_worksheets(self) -> None:
        for sheet, relation in self.parser.find_sheets():
            if relation.target in self.valid_files and "chartsheet" not in relation.Type:
                self.wb._sheets.append(_Sheet(self.wb, sheet.name, relation.target, self.shared_strings))  # noqa: SLF001


class _Sheet(ReadOnlyWorksheet):  # type: ignore[misc]
    def _get_size(self) -> None:
        """What a workbook says of its size is not believed, and not looked for either: it may be missing."""

    def _get_source(self) -> "_Source":
        return _Source(super()._get_source())


class _Source:
    """The XML of a sheet. Raises SheetTooLarge before a parser has held too much of it."""

    def __init__(self, file: Any) -> None:
        self._file = file
        self._rows = 0
        self._since = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._file.close()

    def read(self, size: int = -1) -> bytes:
        piece: bytes = self._file.read(size)
        begun = _ROW.findall(piece)
        self._rows += len(begun)
        self._since = 0 if begun else self._since + len(piece)
        if self._rows > MOST_ROWS:
            raise SheetTooLarge(f"a sheet has more than {MOST_ROWS} rows")
        if self._since > LONGEST_ROW:
            raise SheetTooLarge(f"a row has more than {LONGEST_ROW} bytes")
        return piece
