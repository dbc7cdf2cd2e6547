"""Bytes to text: a byte order mark, what is declared, UTF-8, and at last Windows-1252; broken letters are reported."""

import codecs
import re
from dataclasses import dataclass, field

from catalog.errors import Issue, Severity

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LATIN = frozenset({"iso8859-1", "ascii", "latin-1"})
"""Declared so, it is Windows-1252 in practice, as the WHATWG's standard of encodings has it."""
_NO_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1a]")
_LEAD = "\u00c2\u00c3\u00c4\u00c5\u00c9\u00ca\u00cb\u00e1\u00e2"
_TRAIL = (
    "\u0080-\u00bf\u20ac\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u017d"
    "\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u017e\u0178"
)
MOJIBAKE = re.compile(f"[{_LEAD}][{_TRAIL}]{{1,2}}")
REPLACEMENT = "\ufffd"
MOST_SHOWN = 5


class BinaryContent(ValueError):
    """The bytes are no text at all."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """`encoding` is the one that was used; `warnings` say what a person should look at."""

    text: str
    encoding: str
    warnings: list[Issue] = field(default_factory=list)


def decode(data: bytes, declared: str | None = None, *, guess: bool = True) -> Decoded:
    """The text of a file. `declared` is what the file or its sender says of itself.

    Raises BinaryContent, and without `guess` UnicodeDecodeError for what is neither marked nor UTF-8.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _checked(data[len(mark) :].decode(encoding, "replace" if guess else "strict"), encoding)
    if _NO_TEXT.search(data, 0, 4096):
        raise BinaryContent("the file is no text")
    named = _known(declared)
    if named and named != "utf-8" and named not in _LATIN:
        try:
            return _checked(data.decode(named), named)
        except UnicodeDecodeError:
            pass  # what it says of itself is wrong: read it as if it said nothing
    try:
        return _checked(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        if not guess:
            raise
    text = data.decode("cp1252", "replace")
    if named in _LATIN or named == "cp1252":
        return _checked(text, "cp1252")
    message = "the file is not UTF-8; it was read as Windows-1252"
    guessed = Issue("ENCODING_GUESSED", message, hint="save it as UTF-8", severity=Severity.WARNING)
    found = _checked(text, "cp1252")
    return Decoded(text, "cp1252", [guessed, *found.warnings])


def _known(declared: str | None) -> str | None:
    try:
        return codecs.lookup(declared.strip()).name if declared else None
    except LookupError:
        return None


def _checked(text: str, encoding: str) -> Decoded:
    issue = lossy(text) or mojibake(text)
    return Decoded(text, encoding, [issue] if issue else [])


def mojibake(text: str) -> Issue | None:
    """A warning where UTF-8 was once read as Windows-1252 and written again, as in `FranÃ§ais`. Nothing is repaired."""
    found: list[str] = []
    for one in MOJIBAKE.finditer(text):
        if _was_utf8(one[0]):
            found.append(text[max(one.start() - 12, 0) : one.end() + 8].replace("\n", " "))
            if len(found) == MOST_SHOWN:
                break
    if not found:
        return None
    message = f"letters were broken before the file was sent, as in {found[0]!r}"
    hint = "write the file anew from where its letters are whole, as UTF-8"
    return Issue("MOJIBAKE", message, value=found[0][:80], hint=hint, severity=Severity.WARNING)


def _was_utf8(run: str) -> bool:
    """Whether the letters are what Windows-1252 makes of the bytes of one other letter."""
    for length in (3, 2):
        try:
            raw = b"".join(
                one.encode("cp1252") if ord(one) > 0x9F or ord(one) < 0x80 else one.encode("latin-1") for one in run[:length]
            )
            if len(raw.decode("utf-8")) == 1:
                return True
        except (UnicodeEncodeError, UnicodeDecodeError):
            continue
    return False


def lossy(text: str) -> Issue | None:
    """A warning where letters are lost for good: something wrote the sign for an unknown letter."""
    at = text.find(REPLACEMENT)
    if at < 0:
        return None
    words = text[max(at - 20, 0) : at + 20].replace("\n", " ")
    message = f"letters are lost: the file holds U+FFFD, as in {words!r}"
    hint = "write the file anew from where its letters are whole, as UTF-8"
    return Issue("LOSSY_ENCODING", message, value=words[:80], hint=hint, severity=Severity.WARNING)
