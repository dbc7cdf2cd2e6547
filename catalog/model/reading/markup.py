"""Text that comes with HTML in it, as feeds carry it: held to a size first, then cleaned, then shortened."""

import re
import unicodedata

from catalog.model.cleaning import clean_text
from catalog.model.reading.encodings import REPLACEMENT
from catalog.model.reading.lines import LONE_SURROGATE
from catalog.model.shapes import LINE_LENGTH, PARAGRAPH_LENGTH

MOST_MARKUP = 200_000
"""Characters that are looked at; what comes behind is cut."""
_HIDDEN = re.compile(
    r"<(script|style|template|noscript)\b[^<>]{0,2000}>.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)", re.IGNORECASE | re.DOTALL
)
_BREAK = re.compile(r"<\s*(?:br\s*/?|/\s*(?:p|div|li|ul|ol|h[1-6]|tr|table|section))\s*>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,2000}>")
MOST_PASSES = 3
"""A tag may stand inside another; deeper than that it is an attack, not a text."""
LONGEST_WORD = 100


def read_markup(text: str) -> tuple[str, bool]:
    """Plain text of at most 20,000 characters, and whether anything was cut. Its time grows with its length only."""
    plain = _without_tags(LONE_SURROGATE.sub(REPLACEMENT, text[:MOST_MARKUP]))
    is_cut = len(text) > MOST_MARKUP or len(plain) > PARAGRAPH_LENGTH * 2
    cleaned = clean_text(plain[: PARAGRAPH_LENGTH * 2])
    return (cleaned, is_cut) if len(cleaned) <= PARAGRAPH_LENGTH else (_shortened(cleaned, PARAGRAPH_LENGTH), True)


def read_title(text: str) -> tuple[str, bool]:
    """The same on one line, of at most 300 characters."""
    plain, is_cut = read_markup(text)
    line = " ".join(plain.split())
    return (line, is_cut) if len(line) <= LINE_LENGTH else (_shortened(line, LINE_LENGTH), True)


def _without_tags(text: str) -> str:
    plain = _BREAK.sub("\n", _HIDDEN.sub(" ", text))
    for _ in range(MOST_PASSES):
        plain, count = _TAG.subn("", plain)
        if not count:
            return plain
    return plain.replace("<", "") if _TAG.search(plain) else plain


def _shortened(text: str, length: int) -> str:
    """Cut between words, never between a letter and its marks, with an ellipsis."""
    end = length - 1
    while end > 0 and unicodedata.combining(text[end]):
        end -= 1
    space = max(text.rfind(" ", 0, end), text.rfind("\n", 0, end))
    if space > 0 and end - space <= LONGEST_WORD:
        end = space
    return text[:end].rstrip(" \n,;.") + "\u2026"
