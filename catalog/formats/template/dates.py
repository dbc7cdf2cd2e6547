"""Partial dates as cells hold them: as people write them, or exactly, as 2026-09-01..2026-12-31 SEASON | Fall 2026."""

import re
from calendar import month_name
from typing import Any

from catalog.model.reading.days import read_date
from catalog.model.reading.unreadable import Unreadable
from catalog.model.vocabulary import DatePrecision

WORDS = " | "
_EXACT = re.compile(r"(\d{4}-\d{2}-\d{2})?\.\.(\d{4}-\d{2}-\d{2})?(?: ([A-Z]+))?")


def read_partial(text: str, time_zone: str | None) -> dict[str, Any]:
    """A partial date as a Record has it. Raises Unreadable."""
    date, _, words = text.partition(WORDS)
    found = _EXACT.fullmatch(date.strip())
    if found is None:
        read = read_date(date, time_zone)
        return {**read, "text": words.strip()} if words.strip() else read
    precision = found[3] or "RANGE"
    if precision not in DatePrecision.__members__:
        raise Unreadable(f"has no precision that we know: {precision[:40]!r}", hint=", ".join(DatePrecision))
    parts = {"earliest": found[1], "latest": found[2], "precision": precision, "text": words.strip()}
    return {name: value for name, value in parts.items() if value}


def write_partial(value: dict[str, Any]) -> str:
    """What `read_partial` reads as the same date."""
    for simple in (value.get("earliest"), value.get("text"), _months(value)):
        if simple and _is_read_as(simple, value):
            return str(simple)
    words = WORDS + value["text"] if value.get("text") else ""
    if value.get("recurs"):
        return f"{_months(value)}{words}"
    return f"{value.get('earliest', '')}..{value.get('latest', '')} {value.get('precision', 'UNKNOWN')}{words}"


def _months(value: dict[str, Any]) -> str:
    return ", ".join(month_name[one] for one in value.get("recurs", []))


def _is_read_as(text: str, value: dict[str, Any]) -> bool:
    try:
        return {"precision": "UNKNOWN", **read_partial(text, None)} == {"precision": "UNKNOWN", **value}
    except Unreadable:
        return False
