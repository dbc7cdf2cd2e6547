"""Whether what a learner holds, or will hold, meets what a rule asks for."""

import re
from datetime import date

from catalog.model.durations import later
from catalog.model.rule import Holds
from catalog.pathways.course import Course
from catalog.pathways.evaluation.moments import Span
from catalog.pathways.evaluation.outcomes import MET, NOT_MET, UNKNOWN, Value, all_of
from catalog.pathways.profile import Held

PERCENT = re.compile(r"^([0-9]{1,3}(?:\.[0-9]+)?) ?%?$")
LETTERS = ("F", "E", "D-", "D", "D+", "C-", "C", "C+", "B-", "B", "B+", "A-", "A", "A+")


def holding_meets(rule: Holds, held: Held, course: Course | None, span: Span) -> Value:
    """`course` is the credential held: how long it stays valid is its own."""
    done = _is_completed(held, span)
    if done == NOT_MET:
        return NOT_MET
    values = [done]
    completed = held.completed_on or held.expected_on
    if course and course.valid_for:
        values.append(_is_recent(completed, course.valid_for, span))
    if rule.within:
        values.append(_is_recent(completed, rule.within, span))
    if rule.min_grade:
        values.append(grade_meets(held.grade, rule.min_grade))
    return all_of(values)


def _is_completed(held: Held, span: Span) -> Value:
    """What is in progress is held from its expected day on; a plan that is overdue is no achievement."""
    if held.completed_on is None and held.expected_on is None:
        return MET
    if held.completed_on is not None:
        return _has_come(held.completed_on, span)
    assert held.expected_on is not None
    come = _has_come(held.expected_on, span)
    return UNKNOWN if come == MET and not span.is_known else come


def _has_come(day: date, span: Span) -> Value:
    if day <= span.earliest:
        return MET
    return UNKNOWN if day <= span.latest or not span.is_known else NOT_MET


def _is_recent(completed: date | None, within: str, span: Span) -> Value:
    if completed is None:
        return UNKNOWN
    until = later(completed, within)
    return MET if until >= span.latest else UNKNOWN if until >= span.earliest else NOT_MET


def grade_meets(grade: str | None, minimum: str) -> Value:
    """Percent is compared with percent, and letter with letter."""
    if grade is None:
        return UNKNOWN
    for read in (_percent, _letter):
        have, need = read(grade), read(minimum)
        if have is not None and need is not None:
            return MET if have >= need else NOT_MET
    return UNKNOWN


def _percent(grade: str) -> float | None:
    found = PERCENT.fullmatch(grade.strip())
    return float(found[1]) if found and float(found[1]) <= 100 else None  # noqa: PLR2004 - per cent


def _letter(grade: str) -> float | None:
    letter = grade.strip().upper().replace("\N{MINUS SIGN}", "-")
    return float(LETTERS.index(letter)) if letter in LETTERS else None
