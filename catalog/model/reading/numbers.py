"""Numbers as people write them in English; what a decimal comma may have done is refused, not guessed."""

import re

from catalog.model.reading.lines import one_line
from catalog.model.reading.unreadable import Unreadable

NUMBER = r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?"
"""As a pattern: 1200, 1,200 and 12.5."""
DECIMAL_COMMA = re.compile(r"(?<![0-9,.])[0-9]+,(?:[0-9]{1,2}|[0-9]{4,})(?![0-9,])")
MOST_DIGITS = 20
"""What is written with more is no number of anything."""
_ONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = (
    "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_WORDS = {word: number for number, word in enumerate(_ONES + _TEENS, start=1)}
for _ten, _word in enumerate(_TENS, start=2):
    _WORDS[_word] = _ten * 10
    _WORDS |= {f"{_word}-{one}": _ten * 10 + number for number, one in enumerate(_ONES, start=1)}
WORDS = "|".join(sorted(_WORDS, key=len, reverse=True))
"""As a pattern: one to ninety-nine, the longer words first."""
_ALL = re.compile(rf"(?:{NUMBER})")


def read_number(text: str) -> float:
    """The number that the whole text is. Raises Unreadable, with DECIMAL_COMMA for 7,5."""
    plain = one_line(text, "a number").lower()
    if plain in _WORDS:
        return float(_WORDS[plain])
    if _ALL.fullmatch(plain) and len(plain) <= MOST_DIGITS:
        return float(plain.replace(",", ""))
    refuse_decimal_comma(plain)
    raise Unreadable(f"is no number: {plain[:40]!r}")


def refuse_decimal_comma(text: str) -> None:
    """Raises Unreadable (DECIMAL_COMMA) where a comma stands where English has a point."""
    found = DECIMAL_COMMA.search(text)
    if found:
        hint = "write numbers with a point, such as 7.5"
        raise Unreadable(f"has a decimal comma: {found[0][:40]!r}", "DECIMAL_COMMA", hint)
