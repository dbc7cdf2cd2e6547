"""Numbers and ranges of hours and weeks as cells hold them: 40, 30-40, 30+, up to 40, and words behind a |."""

import re
from typing import Any

from catalog.model.reading.numbers import NUMBER, read_number, refuse_decimal_comma
from catalog.model.reading.unreadable import Unreadable

_RANGE = re.compile(rf"({NUMBER})\s*(?:-|\u2013|to)\s*({NUMBER})")
_LEAST = re.compile(rf"({NUMBER})\s*\+|at least ({NUMBER})")
_MOST = re.compile(rf"up to ({NUMBER})")
WORDS = " | "


def read_bounds(text: str) -> dict[str, Any]:
    """A range as a Record has it. Raises Unreadable for a decimal comma, and for a range that goes down."""
    number, _, words = text.partition(WORDS)
    refuse_decimal_comma(number)
    found = _bounds(number.strip())
    if found is None:
        return {"text": text}
    least, most = found.get("min"), found.get("max")
    if least is not None and most is not None and least > most:
        raise Unreadable(f"goes from {least:g} down to {most:g}")
    return {**found, "text": words.strip()} if words.strip() else found


def _bounds(text: str) -> dict[str, float] | None:
    if found := _RANGE.fullmatch(text):
        return {"min": read_number(found[1]), "max": read_number(found[2])}
    if found := _LEAST.fullmatch(text):
        return {"min": read_number(found[1] or found[2])}
    if found := _MOST.fullmatch(text):
        return {"max": read_number(found[1])}
    try:
        number = read_number(text)
    except Unreadable:
        return None
    return {"min": number, "max": number}


def write_bounds(value: dict[str, Any]) -> str | float:
    """What `read_bounds` reads as the same range."""
    least, most, words = value.get("min"), value.get("max"), value.get("text")
    if least is None and most is None:
        return str(words)
    if least == most and not words:
        return float(least or 0)
    if least == most:
        shown = f"{least:g}"
    elif least is None:
        shown = f"up to {most:g}"
    else:
        shown = f"{least:g}+" if most is None else f"{least:g}-{most:g}"
    return f"{shown}{WORDS}{words}" if words else shown
