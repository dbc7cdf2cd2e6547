"""Amounts of time inside a sentence: "6 to 8 weeks", "up to 40 hours", "about 3 hours of study per week"."""

import re
from dataclasses import dataclass, replace
from fractions import Fraction

from catalog.model.reading.month_spans import DAYS_IN_A_WEEK, MONTHS_IN_A_YEAR, weeks_of_months
from catalog.model.reading.numbers import NUMBER, WORDS, read_number

_AMOUNT = rf"(?:(?:{NUMBER})|(?:{WORDS})\b)"
_UNIT = r"(?P<unit>hours?|hrs?|h|minutes?|mins?|days?|weeks?|wks?|months?|mos?|years?|yrs?)\b\.?"  # a bare m can be both
_MOST = r"up to|at most|no more than|not more than|maximum(?: of)?|max\.?(?: of)?|less than|under|fewer than|within"
_LEAST = r"at least|no less than|minimum(?: of)?|min\.?(?: of)?|more than|as little as|from|\Aover"
_PHRASE = re.compile(
    rf"(?:\b(?:(?P<most_first>{_MOST})|(?P<least_first>{_LEAST})|(?P<between>between)) ?)?"
    rf"(?<![\w.,/:$+'-])(?:(?P<times>[0-9]{{1,3}}) ?[x\u00d7] ?)?"
    rf"(?P<low>{_AMOUNT})(?: ?(?P<to>-|\u2013|\u2014|to|or|and) ?(?P<high>{_AMOUNT}))?"
    rf"(?P<plus> ?\+)?[ -]?(?:(?:instructional|contact|class|classroom|consecutive|study) )?{_UNIT}"
    r"(?P<sessions> (?:sessions|classes|lessons|workshops)\b)?"
    r"(?P<weekly>(?: of (?:study|work|class|instruction|coursework|homework))?"
    r"(?: ?/ ?| per | a | each | every )(?:week|wk)\b\.?| weekly\b)?"
    r"(?: (?:(?P<most_last>at most|maximum|max\b\.?|or less|or fewer)|(?P<least_last>at least|minimum|or more)))?"
)
_BOUNDS = ("most_first", "least_first", "between", "plus", "most_last", "least_last")
_LOOSE = ("less than", "under", "fewer than", "more than", "over")
_HOURS_AND_MINUTES = re.compile(
    r"\b([0-9]{1,4}) ?(?:h|hrs?|hours?)(?![a-z])\.?,? ?(?:and )?([0-9]{1,2}) ?(?:m|mins?|minutes?)\b\.?"
)
_MIXED = re.compile(r"(?<![\w./,])([0-9]{1,3})(?:[ -]([13])/([24])(?![\w/])| ?([\u00bc\u00bd\u00be]))")
_FRACTION = re.compile(r"(?<![\w./,])([\u00bc\u00bd\u00be])")
_VALUE_OF = {"\u00bc": Fraction(1, 4), "\u00bd": Fraction(1, 2), "\u00be": Fraction(3, 4)}
_THOUSANDS_POINT = re.compile(r"(?<![0-9.])[1-9][0-9]{0,2}\.[0-9]{3}(?![0-9])")
MINUTES_IN_AN_HOUR = 60
LEAST_HOURS_A_DAY, LEAST_HOURS_A_WEEK = 3, 2
"""Of work that fills days and weeks: fewer are hardly the whole of it."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """`least` and `most` are hours, hours a week, or weeks, as `name` says; None where the words leave them open.

    What the calendar made of days, months and years is derived; "less than" is loose, since a range has its bounds inside.
    `least_hours` is the least work that so many days or weeks would hold.
    """

    name: str
    span: tuple[int, int]
    least: float | None
    most: float | None
    is_derived: bool = False
    is_loose: bool = False
    least_hours: float = 0

    def either(self, other: "Phrase") -> "Phrase":
        """From the lower to the higher of two."""
        lows, highs = (self.least, other.least), (self.most, other.most)
        least = None if None in lows else min(one for one in lows if one is not None)
        most = None if None in highs else max(one for one in highs if one is not None)
        return replace(self, least=least, most=most, is_derived=self.is_derived or other.is_derived)

    def up_to(self, other: "Phrase") -> "Phrase":
        """From this one to the other, in the order in which they stand."""
        return replace(self, most=other.most, is_derived=self.is_derived or other.is_derived)


def plain_numbers(text: str) -> str:
    """1\u00bd and "1 1/2" become 1.5, "1 h 30 min" 1.5 hours; 1.200, which may mean 1,200, becomes no number at all."""
    text = _THOUSANDS_POINT.sub("?", text)
    text = _MIXED.sub(_mixed_number, text)
    text = _FRACTION.sub(lambda one: f"{float(_VALUE_OF[one[1]])}", text)
    return _HOURS_AND_MINUTES.sub(lambda one: f"{int(one[1]) + int(one[2]) / MINUTES_IN_AN_HOUR:.15g} hours", text)


def _mixed_number(found: re.Match[str]) -> str:
    part = _VALUE_OF[found[4]] if found[4] else Fraction(int(found[2]), int(found[3]))
    return f"{float(int(found[1]) + part)}"


def find_phrases(text: str) -> list[Phrase]:
    """Every amount of the text (lower case, single spaces) that says one thing. Raises Unreadable."""
    return [_phrase(found) for found in _PHRASE.finditer(text) if _is_plain(found)]


def _is_plain(found: re.Match[str]) -> bool:
    """Not "up to 6 to 8 weeks", "6 and 8 weeks", "5 days a week", "2 x 3 weeks" or "3-hour sessions"."""
    bounds = [one for one in _BOUNDS if found[one]]
    is_from = found["least_first"] == "from"
    if len(bounds) > 1 or (bounds and found["high"] and not (is_from or found["between"])):
        return False
    if (found["to"] == "and") != bool(found["between"]):
        return False
    is_work = found["unit"].startswith(("h", "min"))
    if found["sessions"] and not found["times"]:
        return False
    if found["times"]:
        return is_work and not (found["high"] or found["weekly"] or bounds)
    return is_work or not found["weekly"]


def _phrase(found: re.Match[str]) -> Phrase:
    low = read_number(found["low"]) * int(found["times"] or 1)
    high = read_number(found["high"]) if found["high"] else low
    least = None if found["most_first"] or found["most_last"] else low
    is_open = found["plus"] or found["least_last"] or (found["least_first"] and not found["high"])
    most = None if is_open else high
    is_loose = bool(found["times"]) or (found["most_first"] or found["least_first"]) in _LOOSE
    unit = found["unit"]
    if unit.startswith(("h", "min")):
        parts = MINUTES_IN_AN_HOUR if unit.startswith("min") else 1
        name = "weekly hours" if found["weekly"] else "hours"
        return Phrase(name, found.span(), _over(least, parts), _over(most, parts), bool(found["times"]), is_loose)
    if unit.startswith("w"):
        return Phrase("weeks", found.span(), least, most, is_loose=is_loose, least_hours=low * LEAST_HOURS_A_WEEK)
    if unit.startswith("d"):
        week = DAYS_IN_A_WEEK
        return Phrase("weeks", found.span(), _over(least, week), _over(most, week), True, is_loose, low * LEAST_HOURS_A_DAY)
    months = MONTHS_IN_A_YEAR if unit.startswith("y") else 1
    shortest = weeks_of_months(least * months)[0] if least is not None else None
    longest = weeks_of_months(most * months)[1] if most is not None else None
    work = weeks_of_months(low * months)[0] * LEAST_HOURS_A_WEEK
    return Phrase("weeks", found.span(), shortest, longest, True, is_loose, work)


def _over(number: float | None, parts: int) -> float | None:
    return None if number is None else number / parts
