"""Lengths of time in words. A number counts only where every word beside it is one that changes nothing."""

import re
from typing import Any

from catalog.model.reading.length_phrases import Phrase, find_phrases, plain_numbers
from catalog.model.reading.numbers import refuse_decimal_comma
from catalog.model.reading.ranges import derived_range, stated_range

_NEUTRAL_WORDS = (
    "about approx approximately around roughly circa ca nearly almost total totally duration length the of in for to and is"
    " over complete completion delivered offered taught spread long course program programme class classroom training study"
    " instruction learning coursework workshop seminar webinar bootcamp session full part time online person self paced"
)
_NEUTRAL = frozenset(_NEUTRAL_WORDS.split())
"""Words that leave an amount as it is; "each", "per", "x" and "plus" do not."""
_FIRST = frozenset(("a", "an"))
"""Harmless before an amount; behind it they count by something."""
_RANGES = (["to"], ["-"], ["\u2013"], ["\u2014"])
_OR = "or"
_MARKS = frozenset(",.;:()[]&~*|-\u2013\u2014")
_HEDGE = "~"
_IN_ALL = frozenset(("over", "total", "in", "spread"))
_HYPHEN_INSIDE = re.compile(r"(?<=[a-z])-(?=[a-z])")
_TOKEN = re.compile(r"[^\W\d_]+|\d+|[^\w\s]|_")


def find_lengths(text: str) -> dict[str, dict[str, Any]]:
    """Ranges for "hours", "weekly hours" and "weeks"; empty where anything was not understood. Raises Unreadable."""
    refuse_decimal_comma(text)
    plain = plain_numbers(text.lower())
    phrases = find_phrases(plain)
    if not phrases:
        return {}
    edges = [0, *(edge for one in phrases for edge in one.span), len(plain)]
    gaps = [_words(plain[start:end]) for start, end in zip(edges[::2], edges[1::2], strict=True)]
    words = {token for gap in (gaps[0][1:] if _FIRST.issuperset(gaps[0][:1]) else gaps[0], *gaps[1:]) for token in gap}
    found = _joined(phrases, gaps[1:])
    if found is None or not words <= _NEUTRAL | _MARKS | {_OR} or not (words & _IN_ALL or _is_enough_work(found)):
        return {}
    has_words = bool(words - _MARKS) or _HEDGE in words
    return {name: _range(one, text, has_words=has_words) for name, one in found.items()}


def _words(text: str) -> list[str]:
    return _TOKEN.findall(_HYPHEN_INSIDE.sub(" ", text))


def _joined(phrases: list[Phrase], gaps: list[list[str]]) -> dict[str, Phrase] | None:
    """One phrase for each name; None where two of one name are no range, and for a choice such as "6 weeks or 40 hours".

    They are one where nothing but "to" or a dash stands between them, and where "or" stands before the second.
    """
    first, *others = phrases
    found, last = {first.name: first}, first.name
    for phrase, gap in zip(others, gaps, strict=False):
        before = found.get(phrase.name)
        if before is None and _OR not in gap:
            found[phrase.name] = phrase
        elif before and last == phrase.name and gap[-1:] == [_OR]:
            found[phrase.name] = before.either(phrase)
        elif before and last == phrase.name and gap in _RANGES:
            found[phrase.name] = before.up_to(phrase)
        else:
            return None
        last = phrase.name
    return found


def _is_enough_work(found: dict[str, Phrase]) -> bool:
    """Not "10 weeks, 3 hours": what so few hours are counted by was left unsaid."""
    hours, time = found.get("hours"), found.get("weeks")
    if hours is None or time is None:
        return True
    most = hours.most if hours.most is not None else hours.least
    return most is not None and most >= time.least_hours


def _range(phrase: Phrase, text: str, *, has_words: bool) -> dict[str, Any]:
    if phrase.is_derived:
        return derived_range(phrase.least, phrase.most, text)
    found = stated_range(phrase.least, phrase.most)
    return found | {"text": text} if has_words or phrase.is_loose else found
