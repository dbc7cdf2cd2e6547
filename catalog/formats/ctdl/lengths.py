"""Weeks and hours as DurationProfile, both ways.

Weeks are a span (exactDuration, or minimumDuration and maximumDuration); hours are effort (timeRequired), and only where
they are a range they take the two bounds too. Which hours they are stands in the English description.
"""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from catalog.formats.ctdl.mapping import HOURS, UNKNOWN_LANGUAGE
from catalog.formats.ctdl.nodes import stated
from catalog.formats.ctdl.reading import Refused, language_map, some_text

_WEEKS = re.compile(r"P([0-9]+(?:\.[0-9]+)?)W")
_DAYS = re.compile(r"P([0-9]+)D")
_HOURS = re.compile(r"PT([0-9]+(?:\.[0-9]+)?)H")
_HOURS_AND_MINUTES = re.compile(r"PT(?:([0-9]+)H)?([0-9]+)M")
_KINDS = {label: name for name, label in HOURS.items()}
DAYS_IN_A_WEEK = 7
MINUTES_IN_AN_HOUR = 60


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


def read_length(node: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """(field, range) of one DurationProfile. Raises Refused for spans that are no number of weeks or hours."""
    told = language_map(node.get("ceterms:description"))
    label = _KINDS.get(told.get("en", ""))
    if label:
        del told["en"]
    exact = node.get("ceterms:exactDuration") or node.get("ceterms:timeRequired")
    bounds = [exact, exact] if exact else [node.get("ceterms:minimumDuration"), node.get("ceterms:maximumDuration")]
    read = [None if one is None else _number(one) for one in bounds]
    units = {unit for one in read if one for unit in (one[1],)}
    if len(units) > 1:
        raise Refused(f"mixes {' and '.join(sorted(units))}")
    unit = units.pop() if units else "hours" if label else "weeks"
    least, most = (one[0] if one else None for one in read)
    bounds_read = stated({"min": least, "max": most, "text": some_text(told)})
    if not bounds_read:
        raise Refused("states no span")
    return ("weeks" if unit == "weeks" else label or "statedHours"), bounds_read


def _number(value: Any) -> tuple[float, str]:
    text = value if isinstance(value, str) else ""
    if found := _WEEKS.fullmatch(text):
        return float(found[1]), "weeks"
    if found := _HOURS.fullmatch(text):
        return float(found[1]), "hours"
    if (found := _DAYS.fullmatch(text)) and int(found[1]) % DAYS_IN_A_WEEK == 0:
        return float(int(found[1]) // DAYS_IN_A_WEEK), "weeks"
    if found := _HOURS_AND_MINUTES.fullmatch(text):
        return int(found[1] or 0) + int(found[2]) / MINUTES_IN_AN_HOUR, "hours"
    raise Refused(f"{text[:40]!r} is no number of weeks or hours")
