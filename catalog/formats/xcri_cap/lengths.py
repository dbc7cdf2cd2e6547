"""mlo:duration: an ISO 8601 interval, words, or both."""

from typing import Any

from catalog.formats.xcri_cap.texts import words
from catalog.model.reading.delivery import Reading
from catalog.model.reading.lengths import Length, read_length
from catalog.model.shapes import LINE_LENGTH


def length_of(reading: Reading, element: Any | None) -> Length:
    """The interval is taken, with the words as the text of its weeks; without one that can be read, the words."""
    if element is None:
        return Length()
    said = " ".join(words(element).split())
    stated = element.get("interval", "").strip()
    found = reading.take("presentation/duration@interval", read_length, stated)
    if found is None:
        read = reading.take("presentation/duration", read_length, said)
        text = said or stated
        return read or (Length(weeks={"text": text[:LINE_LENGTH]}) if text else Length())
    if found.weeks is None or not said or said == stated:
        return found
    return Length(found.hours, found.weekly_hours, found.weeks | {"text": said[:LINE_LENGTH]})


def of_all(ranges: list[dict[str, Any]]) -> dict[str, Any] | None:
    """What holds for the course: the one range that all runs state, else from the least to the greatest, which we derive."""
    if not ranges:
        return None
    if all(one == ranges[0] for one in ranges):
        return ranges[0]
    least = [one["min"] for one in ranges if "min" in one]
    most = [one["max"] for one in ranges if "max" in one]
    bounds = {
        "min": min(least) if len(least) == len(ranges) else None,
        "max": max(most) if len(most) == len(ranges) else None,
    }
    return bounds | {"basis": "DERIVED"} if any(one is not None for one in bounds.values()) else None
