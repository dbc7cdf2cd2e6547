"""How long something takes: work (hours) apart from time that passes (weeks), and never one turned into the other.

ISO 8601: PT40H is 40 hours of work, P6W six weeks. In words: "6 weeks", "40 hours over 12 weeks", "3 hours per week",
"9 months (approx)". Days, months and years are weeks only as far as the calendar makes them so, and then DERIVED.
"""

import re
from dataclasses import dataclass
from typing import Any

from catalog.model.reading.numbers import NUMBER, WORDS, read_number, refuse_decimal_comma
from catalog.model.reading.unreadable import Unreadable
from catalog.model.shapes import LINE_LENGTH

_ISO = re.compile(
    r"P(?:(\d+(?:\.\d+)?)Y)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)W)?(?:(\d+(?:\.\d+)?)D)?"
    r"(?:T(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:\d+(?:\.\d+)?S)?)?"
)
_UNIT = r"hours?|hrs?|h|minutes?|mins?|days?|weeks?|wks?|months?|mos?|years?|yrs?"
_AMOUNT = rf"(?:{NUMBER}|\b(?:{WORDS})\b)"
_PHRASE = re.compile(
    rf"(?P<bound>up to|at most|maximum(?: of)?|max\.?|at least|minimum(?: of)?|min\.?|over)?\s*"
    rf"(?P<least>{_AMOUNT})(?:\s*(?:-|\u2013|\u2014|to|or)\s*(?P<most>{_AMOUNT}))?\s*(?P<plus>\+)?\s*-?\s*(?P<unit>{_UNIT})\b\.?"
    rf"(?P<per>\s*(?:/|per|a|each|every)\s*(?:week|wk)\b|\s+weekly\b)?",
    re.IGNORECASE,
)
_MOST, _LEAST = ("up to", "at most", "max"), ("at least", "min", "over")
MINUTES_IN_AN_HOUR, DAYS_IN_A_WEEK, MONTHS_IN_A_YEAR = 60, 7, 12
_MONTH_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
LONGEST = 1e6


@dataclass(frozen=True, slots=True)
class Length:
    """Ranges as a Record has them ({min, max, text, basis}); what was not said is None."""

    hours: dict[str, Any] | None = None
    weekly_hours: dict[str, Any] | None = None
    weeks: dict[str, Any] | None = None


def read_length(text: str) -> Length:
    """Raises Unreadable for an ISO 8601 duration that mixes work and time, and for text that is too long.

    Words without a number, such as "Variable" or "self-paced", come back as weeks that only have a text.
    """
    plain = " ".join(text.split())
    if not plain:
        raise Unreadable("is empty")
    if len(plain) > LINE_LENGTH:
        raise Unreadable(f"has {len(plain)} characters where a length of time was expected")
    iso = _ISO.fullmatch(plain.upper()) if plain[:1] in "Pp" and any(one.isdigit() for one in plain) else None
    return _from_iso(plain, iso) if iso else _from_words(plain)


def _from_iso(text: str, found: re.Match[str]) -> Length:
    years, months, weeks, days, hours, minutes = (float(one or 0) for one in found.groups())
    work = hours + minutes / MINUTES_IN_AN_HOUR
    if work and (years or months or weeks or days):
        raise Unreadable(f"mixes time that passes with hours of work: {text[:40]!r}")
    if work:
        return Length(hours=_range(work, work))
    if not (years or months or weeks or days):
        raise Unreadable(f"says no time at all: {text[:40]!r}")
    if weeks and not (years or months or days):
        return Length(weeks=_range(weeks, weeks))
    least, most = _months_in_weeks(years * MONTHS_IN_A_YEAR + months)
    rest = weeks + days / DAYS_IN_A_WEEK
    return Length(weeks=_derived(least + rest, most + rest, text))


def _from_words(text: str) -> Length:
    refuse_decimal_comma(text)
    found: dict[str, dict[str, Any]] = {}
    for one in _PHRASE.finditer(text):
        name, value = _phrase(one)
        if name in found:
            raise Unreadable(f"says {name} twice: {text[:60]!r}")
        found[name] = value
    if not found:
        return Length(weeks={"text": text})
    rest = _PHRASE.sub(" ", text)
    if re.search(r"\d", rest):
        return Length(weeks={"text": text})  # there is a number that we did not understand
    if re.search(r"[A-Za-z]{2}", rest):
        found = {name: value | {"text": text} for name, value in found.items()}
    return Length(found.get("hours"), found.get("weekly hours"), found.get("weeks"))


def _phrase(one: re.Match[str]) -> tuple[str, dict[str, Any]]:
    unit = one["unit"].lower()
    least = read_number(one["least"])
    most = read_number(one["most"]) if one["most"] else least
    bound = (one["bound"] or "").lower()
    open_above = one["plus"] is not None or (bound.startswith(_LEAST) and not (bound == "over" and unit[0] != "h"))
    low, high = (None if bound.startswith(_MOST) else least), (None if open_above else most)
    if one["per"] and unit.startswith("h"):
        return "weekly hours", _range(low, high)
    if unit.startswith("h"):
        return "hours", _range(low, high)
    if unit.startswith(("minute", "min")):
        return "hours", _range(low and low / MINUTES_IN_AN_HOUR, high and high / MINUTES_IN_AN_HOUR)
    if unit.startswith("w"):
        return "weeks", _range(low, high)
    if unit.startswith("d"):
        return "weeks", _derived(low and low / DAYS_IN_A_WEEK, high and high / DAYS_IN_A_WEEK, one[0].strip())
    factor = MONTHS_IN_A_YEAR if unit.startswith("y") else 1
    shortest = _months_in_weeks(low * factor)[0] if low is not None else None
    longest = _months_in_weeks(high * factor)[1] if high is not None else None
    return "weeks", _derived(shortest, longest, one[0].strip())


def _months_in_weeks(months: float) -> tuple[float, float]:
    """The fewest and the most weeks that so many months in a row can have."""
    whole = int(months)
    spans = [sum(_MONTH_DAYS[(first + index) % 12] for index in range(whole % 12)) for first in range(12)]
    years = whole // MONTHS_IN_A_YEAR * 365
    leap = -(-whole // 48)
    part = (months - whole) * 30
    least, most = min(spans) + years + (leap - 1 if leap else 0) * (whole >= 48) + part, max(spans) + years + leap + part  # noqa: PLR2004 - four years
    return round(least / DAYS_IN_A_WEEK, 2), round(most / DAYS_IN_A_WEEK, 2)


def _range(least: float | None, most: float | None) -> dict[str, Any]:
    if most is not None and most > LONGEST:
        raise Unreadable("is longer than any course")
    if least is not None and most is not None and least > most:
        raise Unreadable(f"goes from {least:g} down to {most:g}")
    bounds = {"min": least, "max": most}
    return {name: value for name, value in bounds.items() if value is not None}


def _derived(least: float | None, most: float | None, text: str) -> dict[str, Any]:
    exact = {name: round(value, 2) for name, value in _range(least, most).items()}
    return exact | {"text": text, "basis": "DERIVED"}
