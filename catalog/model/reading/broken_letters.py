"""Letters that were lost or broken before a file was sent: they are reported, and nothing is repaired."""

import re
from functools import lru_cache

from catalog.errors import Issue, Severity

REPLACEMENT = "\ufffd"
_WINDOWS = {number: bytes([number]).decode("cp1252", "ignore") or chr(number) for number in range(0x80, 0x100)}
"""What Windows-1252 makes of each byte that is no ASCII; five it leaves to control characters."""
_BYTE_OF = {letter: number for number, letter in _WINDOWS.items()}
_LEADS = (*range(0xC2, 0xC7), 0xC9, 0xCA, 0xCB, 0xCC, 0xCE, 0xE1, 0xE2, 0xF0)
"""First bytes of the letters of Europe and of British Columbia's languages, of typographic signs and of emoji."""
_LEAD = "".join(_WINDOWS[number] for number in _LEADS)
_TRAIL = re.escape("".join(_WINDOWS[number] for number in range(0x80, 0xC0)))
MOJIBAKE = re.compile(f"[{_LEAD}][{_TRAIL}]{{1,3}}")
_SENTENCE_MARKS = frozenset("\u2018\u2019\u201a\u201c\u201d\u201e\u2013\u2014\u2026\u2022")
_MARKS_IN_FRENCH = _SENTENCE_MARKS | frozenset("\u00a0\u00ab\u00bb\u00ae\u00b0")
"""Behind a capital letter they are common: CAF\u00c9\u2019s is whole."""
_WESTERN = frozenset("\u00c2\u00c3")
"""Letters that few words end with, and what the letters of Western Europe are broken into most."""
AROUND = 20
HINT = "write the file anew from where its letters are whole, as UTF-8"


def broken_letters(text: str) -> list[Issue]:
    """At most one warning: LOSSY_ENCODING before MOJIBAKE."""
    issue = lossy(text) or mojibake(text)
    return [issue] if issue else []


def mojibake(text: str) -> Issue | None:
    """A warning where UTF-8 was once read as Windows-1252 and written again, as in `Fran\u00c3\u00a7ais`."""
    found = next((one for one in MOJIBAKE.finditer(text) if _was_utf8(one[0])), None)
    if found is None:
        return None
    words = text[max(found.start() - AROUND, 0) : found.end() + AROUND].replace("\n", " ")
    return warning("MOJIBAKE", f"letters were broken before the file was sent, as in {words!r}", words, HINT)


def lossy(text: str) -> Issue | None:
    """A warning where letters are lost for good: something wrote the sign for an unknown letter."""
    at = text.find(REPLACEMENT)
    if at < 0:
        return None
    words = text[max(at - AROUND, 0) : at + AROUND].replace("\n", " ")
    return warning("LOSSY_ENCODING", f"letters are lost: the file holds U+FFFD, as in {words!r}", words, HINT)


def warning(code: str, message: str, value: str | None = None, hint: str | None = None) -> Issue:
    return Issue(code, message, value=value, hint=hint, severity=Severity.WARNING)


@lru_cache(maxsize=10_000)
def _was_utf8(run: str) -> bool:
    """Whether the letters begin with what Windows-1252 makes of the bytes of one other letter."""
    letters = bytes(_BYTE_OF[one] for one in run).decode("utf-8", "ignore")
    if not letters:
        return False
    is_pair = letters[0].encode() == bytes(_BYTE_OF[one] for one in run[:2])
    return not (is_pair and run[1] in (_SENTENCE_MARKS if run[0] in _WESTERN else _MARKS_IN_FRENCH))
