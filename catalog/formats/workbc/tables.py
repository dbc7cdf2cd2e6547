"""The tables of the outlook as they lie in the folder `migration/load` of bcgov/workbc-ssot: CSV without header rows."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path

from catalog.errors import Issue

NOT_AVAILABLE = "N/A"
MOST_ROWS = 100_000
WHOLE_NUMBER = re.compile(r"-?[0-9]{1,9}")


@dataclass(slots=True)
class Tables:
    """Reads tables of a folder, and collects what is wrong with them by file, row and column."""

    folder: Path
    largest_bytes: int
    issues: list[Issue] = field(default_factory=list)

    def rows(self, name: str, columns: int) -> Iterator[tuple[int, list[str]]]:
        """(number, cells) of the rows that have `columns` cells."""
        path = self.folder / name
        if not path.is_file():
            self.issues.append(Issue("FILE_MISSING", f"there is no {name} in {self.folder.name}", name))
            return
        if path.stat().st_size > self.largest_bytes:
            message = f"{name} is larger than {self.largest_bytes} bytes"
            self.issues.append(Issue("FILE_TOO_LARGE", message, name, hint="CATALOG_INGEST_BYTES sets the limit"))
            return
        try:
            text = path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError as error:
            self.issues.append(Issue("ENCODING_INVALID", f"is not UTF-8: byte {error.start} cannot be read", name))
            return
        yield from self._split(name, text, columns)

    def _split(self, name: str, text: str, columns: int) -> Iterator[tuple[int, list[str]]]:
        try:
            for number, cells in enumerate(csv.reader(StringIO(text, newline=""), strict=True), start=1):
                if len(cells) != columns:
                    message = f"has {len(cells)} columns; {columns} are expected"
                    self.issues.append(Issue("COLUMNS_UNEXPECTED", message, name, number))
                elif number > MOST_ROWS:
                    self.issues.append(Issue("TOO_MANY", f"has more than {MOST_ROWS} rows", name, number))
                    return
                else:
                    yield number, [cell.strip() for cell in cells]
        except csv.Error as error:
            self.issues.append(Issue("CSV_INVALID", f"cannot be read: {error}", name))

    def number(self, name: str, row: int, column: str, cell: str) -> int | None:
        """None where the table says that a figure is not available; that is never zero."""
        if cell in (NOT_AVAILABLE, ""):
            return None
        if not WHOLE_NUMBER.fullmatch(cell):
            self.refuse(name, row, column, cell, f"must be a whole number or {NOT_AVAILABLE}")
            return None
        return int(cell)

    def code(self, name: str, row: int, cell: str) -> str | None:
        """A NOC code as text; some files write a # before it to keep its zeros."""
        code = cell.removeprefix("#")
        if len(code) == 5 and code.isascii() and code.isdigit():  # noqa: PLR2004 - unit groups of NOC 2021 have five digits
            return code
        self.refuse(name, row, "noc", cell, "must be a NOC 2021 code of five digits")
        return None

    def refuse(self, name: str, row: int, column: str, cell: str, message: str) -> None:
        self.issues.append(Issue("VALUE_INVALID", f"{column} {message}", name, row, column, cell[:80]))
