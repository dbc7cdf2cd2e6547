"""How long something takes: work (hours) apart from time that passes (weeks), and never one turned into the other.

ISO 8601: PT40H is 40 hours of work, P6W six weeks. In words: "6 weeks", "40 hours over 12 weeks", "3 hours per week",
"9 months (approx)". Days, months and years are weeks only as far as the calendar makes them so, and then DERIVED.
"""

import re
from dataclasses import dataclass
from typing import Any

from catalog.model.reading.length_words import find_lengths
from catalog.model.reading.lines import one_line
from catalog.model.reading.month_spans import DAYS_IN_A_WEEK, MONTHS_IN_A_YEAR, weeks_of_months
from catalog.model.reading.ranges import derived_range, stated_range
from catalog.model.reading.unreadable import Unreadable

_NUMBER = r"([0-9]{1,9}(?:[.,][0-9]{1,9})?)"
_ISO = re.compile(
    rf"P(?:{_NUMBER}Y)?(?:{_NUMBER}M)?(?:{_NUMBER}W)?(?:{_NUMBER}D)?"
    rf"(?:T(?:{_NUMBER}H)?(?:{_NUMBER}M)?(?:{_NUMBER}S)?)?"
)
_MEANT_AS_ISO = re.compile(r"[+-]?P(?:T?[0-9].*|T?)")
_HOURS_ONLY = re.compile(r"\b(?:hours?|hrs?|minutes?|mins?)\b", re.IGNORECASE)
_TIME_PASSES = re.compile(r"\b(?:days?|weeks?|months?|years?|terms?|semesters?|weekly|daily)\b", re.IGNORECASE)
MINUTES_IN_AN_HOUR, SECONDS_IN_AN_HOUR = 60, 3_600


@dataclass(frozen=True, slots=True)
class Length:
    """Ranges as a Record has them ({min, max, text, basis}); what was not said is None."""

    hours: dict[str, Any] | None = None
    weekly_hours: dict[str, Any] | None = None
    weeks: dict[str, Any] | None = None


def read_length(text: str) -> Length:
    """What is understood to the last word, such as "6 to 8 weeks, about 3 hours a week".

    Other words come back as a range that only has a text: of hours where they speak of nothing else, else of weeks, as
    "Variable" and "self-paced" do. Raises Unreadable for a broken ISO 8601 duration, one that mixes work and time,
    a range that goes down, DECIMAL_COMMA, and text that is empty or too long.
    """
    plain = one_line(text, "a length of time")
    if iso := _ISO.fullmatch(plain.upper()):
        return _from_iso(plain, iso)
    if _MEANT_AS_ISO.fullmatch(plain):
        raise Unreadable(f"is no ISO 8601 duration: {plain[:40]!r}", hint="write six weeks as P6W, 40 hours as PT40H")
    found = find_lengths(plain)
    if found:
        return Length(found.get("hours"), found.get("weekly hours"), found.get("weeks"))
    if _HOURS_ONLY.search(plain) and not _TIME_PASSES.search(plain):
        return Length(hours={"text": plain})
    return Length(weeks={"text": plain})


def _from_iso(text: str, found: re.Match[str]) -> Length:
    """A comma stands for a point in ISO 8601, and for nothing else."""
    numbers = (float((one or "0").replace(",", ".")) for one in found.groups())
    years, months, weeks, days, hours, minutes, seconds = numbers
    work = hours + minutes / MINUTES_IN_AN_HOUR + seconds / SECONDS_IN_AN_HOUR
    if work and (years or months or weeks or days):
        raise Unreadable(f"mixes time that passes with hours of work: {text[:40]!r}")
    if work:
        return Length(hours=stated_range(work, work))
    if weeks and not (years or months or days):
        return Length(weeks=stated_range(weeks, weeks))
    least, most = weeks_of_months(years * MONTHS_IN_A_YEAR + months)
    rest = weeks + days / DAYS_IN_A_WEEK
    return Length(weeks=derived_range(least + rest, most + rest, text))
