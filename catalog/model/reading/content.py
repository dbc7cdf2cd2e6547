"""What kind of thing a file is, told by its bytes; its name and media type are not believed."""

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from catalog.errors import Issue
from catalog.model.reading.delivery import Told
from catalog.model.reading.encodings import BinaryContent, decode
from catalog.model.reading.json_text import JsonRefused, decode_json, parse_json

HEAD = 4_000
MOST_BEFORE_ROOT = 1_000
"""Comments and instructions; a file that has more never begins."""
_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_GZIP = b"\x1f\x8b"
_FIRST_SIGN = re.compile(rb"[^\xef\xbb\xbf\xff\xfe\x00 \t\r\n]")
"""Behind a byte order mark, in whatever encoding."""
_DECLARED = re.compile(rb"""(?:encoding|charset)\s*=\s*["']?([A-Za-z0-9._:-]{2,40})""")
_SPACE = re.compile(r"\s*")
_BEFORE_ROOT = (("<?", "?>"), ("<!--", "-->"))
_HTML_ROOT = re.compile(
    r"<(?:!doctype\s+html|(?:html|head|body|meta|script|style|noscript|main|article|section|header|nav|div|p|h[1-6]|ul|table)"
    r"(?:[\s/>]|\Z))",
    re.IGNORECASE,
)


class Kind(StrEnum):
    """Coarsely; which format it is, the formats say."""

    ZIP = "ZIP"
    JSON = "JSON"
    XML = "XML"
    HTML = "HTML"
    TEXT = "TEXT"


class ContentRefused(ValueError):
    """A file that no format can read; `issue` says why."""

    def __init__(self, issue: Issue) -> None:
        self.issue = issue
        super().__init__(str(issue))


@dataclass(frozen=True, slots=True)
class Content:
    """`text` is empty for a ZIP; `value` is what JSON holds."""

    data: bytes
    kind: Kind
    text: str = ""
    value: Any = None
    warnings: list[Issue] = field(default_factory=list)


def open_content(data: bytes, told: Told) -> Content:
    """Raises ContentRefused: FILE_EMPTY, FILE_TRUNCATED, JSON_INVALID, KEY_DUPLICATE, ENCODING_INVALID, FORMAT_UNKNOWN."""
    if data.startswith(_ZIP):
        return Content(data, Kind.ZIP)
    _refuse_binary(data)
    first = _FIRST_SIGN.search(data)
    if first is None:
        raise ContentRefused(Issue("FILE_EMPTY", "the file is empty"))
    if first[0] in b"{[":
        return _json(data)
    text, warnings = _text(data, told)
    if text.isspace() or not text:
        raise ContentRefused(Issue("FILE_EMPTY", "the file is empty"))
    start = _root(text)
    if not text.startswith("<", start):
        return Content(data, Kind.TEXT, text, warnings=warnings)
    kind = Kind.HTML if _HTML_ROOT.match(text, start) else Kind.XML
    return Content(data, kind, text, warnings=warnings)


def _root(text: str) -> int:
    """Where the text begins, behind spaces, comments and what XML says of itself."""
    at = _end_of_space(text, 0)
    for _ in range(MOST_BEFORE_ROOT):
        mark = next((one for one in _BEFORE_ROOT if text.startswith(one[0], at)), None)
        end = text.find(mark[1], at) if mark else -1
        if mark is None or end < 0:
            break
        at = _end_of_space(text, end + len(mark[1]))
    return at


def _end_of_space(text: str, start: int) -> int:
    found = _SPACE.match(text, start)
    return found.end() if found else start


def _json(data: bytes) -> Content:
    try:
        found = decode_json(data)
        return Content(data, Kind.JSON, found.text, parse_json(found.text), found.warnings)
    except JsonRefused as error:
        raise ContentRefused(error.issue) from None


def _refuse_binary(data: bytes) -> None:
    for start, message, hint in (
        (
            _OLD_OFFICE,
            "the file is an old Excel workbook (.xls), or one locked with a password",
            "save it as .xlsx, without a password",
        ),
        (_GZIP, "the file is compressed with gzip", "send it unpacked"),
        (_EMPTY_ZIP, "the file is an empty ZIP archive", None),
        (b"%PDF", "the file is a PDF", "`catalog template` writes a workbook to fill in"),
    ):
        if data.startswith(start):
            raise ContentRefused(Issue("FORMAT_UNKNOWN", message, hint=hint))


def _text(data: bytes, told: Told) -> tuple[str, list[Issue]]:
    first = _FIRST_SIGN.search(data)
    declared = _DECLARED.search(data, 0, HEAD) if first and first[0] == b"<" else None
    try:
        found = decode(data, declared[1].decode() if declared else told.charset)
    except BinaryContent:
        message = "the file is neither text nor a workbook"
        raise ContentRefused(Issue("FORMAT_UNKNOWN", message, hint="docs/FORMATS.md names what is taken")) from None
    return found.text, found.warnings
