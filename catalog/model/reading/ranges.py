"""Ranges of hours and weeks as a Record has them; what a source says is kept apart from what the calendar adds."""

from typing import Any

from catalog.model.reading.unreadable import Unreadable

LONGEST = 1e6
"""Hours or weeks: more is a slip."""


def stated_range(least: float | None, most: float | None) -> dict[str, Any]:
    """{min, max} as far as they are known. Raises Unreadable for a range that goes down, says zero, or is far too long."""
    bounds = [one for one in (least, most) if one is not None]
    if any(one > LONGEST for one in bounds):
        raise Unreadable("is longer than any course")
    if bounds and not any(bounds):
        raise Unreadable("says no time at all")
    if least is not None and most is not None and least > most:
        raise Unreadable(f"goes from {least:g} down to {most:g}")
    return {name: one for name, one in (("min", least), ("max", most)) if one is not None}


def derived_range(least: float | None, most: float | None, text: str) -> dict[str, Any]:
    """The same of what the calendar made of `text`, to the hundredth."""
    exact = {name: round(one, 2) for name, one in stated_range(least, most).items()}
    return exact | {"text": text, "basis": "DERIVED"}
