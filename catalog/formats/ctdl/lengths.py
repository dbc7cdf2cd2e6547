"""Weeks and hours as DurationProfile, both ways.

Weeks are a span (exactDuration, or minimumDuration and maximumDuration); hours are effort (timeRequired), and only where
they are a range they take the two bounds too. Which hours they are stands in the English description. Others' days,
months and years become weeks as far as the calendar makes them so.
"""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from catalog.formats.ctdl.mapping import HOURS, UNKNOWN_LANGUAGE
from catalog.formats.ctdl.nodes import stated
from catalog.formats.ctdl.reading import Refused, english_text, language_map, some_text
from catalog.model.reading.lengths import read_length as read_words
from catalog.model.reading.unreadable import Unreadable
from catalog.model.shapes import LINE_LENGTH

_WEEKS = re.compile(r"P([0-9]+(?:\.[0-9]+)?)W")
_HOURS = re.compile(r"PT([0-9]+(?:\.[0-9]+)?)H")
_KINDS = {label: name for name, label in HOURS.items()}


def write_lengths(document: Mapping[str, Any]) -> list[dict[str, Any]]:
    profiles = [write_weeks(document["weeks"]), *(_hours(label, document[name]) for name, label in HOURS.items())]
    return [one for one in profiles if one]


def write_weeks(bounds: Mapping[str, Any] | None) -> dict[str, Any] | None:
    return _profile(bounds, "exactDuration", "P{}W", {}) if bounds else None


def _hours(label: str, bounds: Mapping[str, Any] | None) -> dict[str, Any] | None:
    return _profile(bounds, "timeRequired", "PT{}H", {"en": label}) if bounds else None


def _profile(bounds: Mapping[str, Any], exact: str, form: str, label: dict[str, str]) -> dict[str, Any]:
    least, most = (None if one is None else form.format(_digits(one)) for one in (bounds["min"], bounds["max"]))
    span = {exact: least} if least == most else {"minimumDuration": least, "maximumDuration": most}
    told = label | ({UNKNOWN_LANGUAGE: bounds["text"]} if bounds["text"] else {})
    named = {f"ceterms:{name}": value for name, value in span.items()}
    return stated({"@type": "ceterms:DurationProfile", **named, "ceterms:description": told})


def _digits(number: float) -> str:
    return format(Decimal(repr(number)).normalize(), "f")


Refuse = Callable[[Refused], None]


def read_length(node: Mapping[str, Any], refuse: Refuse) -> tuple[str, dict[str, Any]]:
    """(field, range) of one DurationProfile. Raises Refused for one that says nothing.

    Of a span that cannot be read the words are kept, and `refuse` is told why.
    """
    told = language_map(node.get("ceterms:description"))
    label = _KINDS.get(english_text(told))
    if label:
        told = {key: text for key, text in told.items() if key != "en"}
    text = (some_text(told) or "")[:LINE_LENGTH]
    exact = node.get("ceterms:exactDuration") or node.get("ceterms:timeRequired")
    spans = [exact, exact] if exact else [node.get("ceterms:minimumDuration"), node.get("ceterms:maximumDuration")]
    try:
        unit, bounds = _bounds(*(None if one is None else _span(one) for one in spans))
    except Unreadable as error:
        refuse(Refused(str(error), error.code, error.hint))
        unit, bounds = None, {"text": "; ".join(str(one)[:40] for one in dict.fromkeys(spans) if one)}
    if text or bounds.get("text"):
        bounds["text"] = "; ".join(dict.fromkeys(one for one in (text, bounds.get("text")) if one))[:LINE_LENGTH]
    if not bounds:
        raise Refused("states no span")
    is_hours = unit == "hours" or (unit is None and label is not None)
    return (label or "statedHours" if is_hours else "weeks"), bounds


def _bounds(
    least: tuple[str, dict[str, Any]] | None, most: tuple[str, dict[str, Any]] | None
) -> tuple[str | None, dict[str, Any]]:
    """The unit, and the range from the least of one span to the most of the other."""
    units = list(dict.fromkeys(one[0] for one in (least, most) if one))
    if len(units) > 1:
        raise Unreadable(f"mixes {' and '.join(units)}")
    low, high = (one[1] if one else {} for one in (least, most))
    texts = dict.fromkeys(one["text"] for one in (low, high) if "text" in one)
    found = {
        "min": low.get("min"),
        "max": high.get("max"),
        "text": " to ".join(texts),
        "basis": low.get("basis") or high.get("basis"),
    }
    if found["min"] is not None and found["max"] is not None and found["min"] > found["max"]:
        raise Unreadable(f"goes from {found['min']:g} down to {found['max']:g}")
    return (units[0] if units else None), stated(found)


def _span(value: Any) -> tuple[str, dict[str, Any]]:
    """(unit, range) of ISO 8601 text; raises Unreadable."""
    text = value if isinstance(value, str) else ""
    if found := _WEEKS.fullmatch(text):
        return "weeks", {"min": float(found[1]), "max": float(found[1])}
    if found := _HOURS.fullmatch(text):
        return "hours", {"min": float(found[1]), "max": float(found[1])}
    if not text.strip().upper().startswith("P"):
        raise Unreadable(f"is no ISO 8601 duration: {str(value)[:40]!r}")
    length = read_words(text)
    if length.hours:
        return "hours", dict(length.hours)
    return "weeks", dict(length.weeks or {})
