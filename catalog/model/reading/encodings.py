"""Bytes to text: a byte order mark, what is declared, UTF-8, and at last Windows-1252; broken letters are reported."""

import codecs
import re
from dataclasses import dataclass, field

from catalog.errors import Issue
from catalog.model.reading.broken_letters import REPLACEMENT, broken_letters, lossy, mojibake, warning

__all__ = ["REPLACEMENT", "BinaryContent", "Decoded", "decode", "lossy", "mojibake"]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LATIN = frozenset({"iso8859-1", "ascii", "latin-1"})
"""Declared so, it is Windows-1252 in practice, as the WHATWG's standard of encodings has it."""
_TAKEN = re.compile(
    r"utf-(?:8|16|32)(?:-[lb]e)?|cp(?:125[0-8]|437|850|874|932|949)|iso8859-\d{1,2}|ascii|koi8-[rtu]|mac-roman"
    r"|shift_jis|euc_jp|euc_kr|gb2312|gbk|gb18030|big5"
)
"""Encodings of text. Python knows others, which unpack archives, take seconds, or run what they read."""
_NAME = re.compile(r"[A-Za-z0-9._:-]{2,40}")
_NO_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1a]")
HEAD = 4_096


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
    if _NO_TEXT.search(data, 0, HEAD):
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
    found = _checked(data.decode("cp1252", "replace"), "cp1252")
    if named in _LATIN or named == "cp1252":
        return found
    guessed = warning("ENCODING_GUESSED", "the file is not UTF-8; it was read as Windows-1252", hint="save it as UTF-8")
    return Decoded(found.text, found.encoding, [guessed, *found.warnings])


def _known(declared: str | None) -> str | None:
    """Python's name for an encoding; None for one that we do not take, and for what is no name."""
    name = (declared or "").strip()
    if not _NAME.fullmatch(name):
        return None
    try:
        known = codecs.lookup(name).name
    except LookupError:
        return None
    return known if _TAKEN.fullmatch(known) else None


def _checked(text: str, encoding: str) -> Decoded:
    return Decoded(text, encoding, broken_letters(text))
