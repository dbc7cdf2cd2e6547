"""Text that comes with HTML in it, as feeds carry it: held to a size first, then cleaned, then shortened."""

import re

from catalog.model.cleaning import clean_text
from catalog.model.shapes import LINE_LENGTH, PARAGRAPH_LENGTH

MOST_MARKUP = 200_000
"""Characters that are looked at; what comes behind is cut."""
_HIDDEN = re.compile(
    r"<(script|style|template|noscript)\b[^>]{0,2000}>.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)", re.IGNORECASE | re.DOTALL
)
_BREAK = re.compile(r"<\s*(?:br\s*/?|/\s*(?:p|div|li|ul|ol|h[1-6]|tr|table|section))\s*>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,2000}>")


def read_markup(text: str) -> tuple[str, bool]:
    """Plain text of at most 20,000 characters, and whether anything was cut. Its time grows with its length only."""
    cut = len(text) > MOST_MARKUP
    plain = _HIDDEN.sub(" ", text[:MOST_MARKUP])
    plain = clean_text(_TAG.sub("", _BREAK.sub("\n", plain))[: PARAGRAPH_LENGTH * 2])
    return (plain, cut) if len(plain) <= PARAGRAPH_LENGTH else (_shortened(plain, PARAGRAPH_LENGTH), True)


def read_title(text: str) -> tuple[str, bool]:
    """The same on one line, of at most 300 characters."""
    plain, cut = read_markup(text)
    line = " ".join(plain.split())
    return (line, cut) if len(line) <= LINE_LENGTH else (_shortened(line, LINE_LENGTH), True)


def _shortened(text: str, length: int) -> str:
    """Cut between words, with an ellipsis."""
    return text[: length - 1].rsplit(" ", 1)[0].rstrip(" ,;.") + "\u2026"
