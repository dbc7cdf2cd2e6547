"""Temporal elements: words, with a machine's date in `dtf`."""

from typing import Any

from catalog.formats.xcri_cap.texts import words
from catalog.model.reading.days import read_date, read_moment
from catalog.model.reading.delivery import Reading
from catalog.model.shapes import LINE_LENGTH


def date_of(reading: Reading, path: str, element: Any | None) -> dict[str, Any] | None:
    """A partial date: that of `dtf`, with the words beside it as its text, else that of the words."""
    if element is None:
        return None
    said = " ".join(words(element).split())
    stated = reading.take(f"{path}@dtf", read_date, element.get("dtf"), reading.told.time_zone)
    if stated is None:
        found = reading.take(path, read_date, said, reading.told.time_zone)
        return found or ({"text": said[:LINE_LENGTH]} if said else None)
    is_same = not said or said == element.get("dtf", "").strip()
    return stated if is_same else stated | {"text": said[:LINE_LENGTH]}


def span(first: dict[str, Any] | None, last: dict[str, Any] | None) -> dict[str, Any] | None:
    """Any day from the first to the last, as `start` and `startUntil` of version 1.1 say."""
    if first is None or last is None:
        return first or last
    told = "; ".join(one["text"] for one in (first, last) if one.get("text"))
    return {"earliest": first.get("earliest"), "latest": last.get("latest"), "precision": "RANGE", "text": told or None}


def windows(reading: Reading, opens: Any | None, closes: Any | None) -> list[dict[str, Any]]:
    """One registration window; a bound that is no day is left out with a warning."""
    bounds = {
        "opensAt": _bound(reading, "presentation/applyFrom", opens),
        "closesAt": _bound(reading, "presentation/applyUntil", closes),
    }
    return [bounds] if any(bounds.values()) else []


def _bound(reading: Reading, path: str, element: Any | None) -> str | None:
    if element is None:
        return None
    return reading.take(path, read_moment, element.get("dtf") or words(element), reading.told.time_zone)
