"""Numbers as people write them in English; what a decimal comma may have done is refused, not guessed."""

import re

from catalog.model.reading.unreadable import Unreadable

NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
"""As a pattern: 1200, 1,200 and 12.5."""
DECIMAL_COMMA = re.compile(r"(?<![\d,.])\d+,(?:\d{1,2}|\d{4,})(?![\d,])")
_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "fifteen": 15, "sixteen": 16, "eighteen": 18, "twenty": 20,
}  # fmt: skip
WORDS = "|".join(_WORDS)
_ALL = re.compile(rf"(?:{NUMBER})")


def read_number(text: str) -> float:
    """The number that the whole text is. Raises Unreadable, with DECIMAL_COMMA for 7,5."""
    plain = text.strip().lower()
    if plain in _WORDS:
        return float(_WORDS[plain])
    if _ALL.fullmatch(plain) and len(plain) < 20:  # noqa: PLR2004 - longer ones are no number of anything
        return float(plain.replace(",", ""))
    refuse_decimal_comma(plain)
    raise Unreadable(f"is no number: {text[:40]!r}")


def refuse_decimal_comma(text: str) -> None:
    """Raises Unreadable (DECIMAL_COMMA) where a comma stands where English has a point."""
    found = DECIMAL_COMMA.search(text)
    if found:
        hint = "write numbers with a point, such as 7.5"
        raise Unreadable(f"has a decimal comma: {found[0]!r}", "DECIMAL_COMMA", hint)
