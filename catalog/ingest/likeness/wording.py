"""Reasons in words."""

from typing import Any

from catalog.ingest.likeness.reason import Reason, ReasonCode

UNITS = {
    "totalHours": "hours in all",
    "instructionalHours": "hours of instruction",
    "statedHours": "hours",
    "weeks": "weeks",
}


def in_words(reason: Reason) -> str:
    """Of the two in the order of their pair: `6 of 6 and 7 skills`."""
    figures = reason.figures
    match reason.code:
        case ReasonCode.TITLE_ALIKE:
            return "the same words in both titles" if figures["likeness"] == 1 else f"titles {figures['likeness']:.2f} alike"
        case ReasonCode.SKILLS_SHARED | ReasonCode.SKILLS_NONE_SHARED:
            return _in_common(figures, "skills")
        case ReasonCode.OCCUPATIONS_SHARED | ReasonCode.OCCUPATIONS_NONE_SHARED:
            return _in_common(figures, "occupations")
        case ReasonCode.HOURS_SAME | ReasonCode.WEEKS_SAME | ReasonCode.HOURS_DIFFER | ReasonCode.WEEKS_DIFFER:
            return _length(figures)
        case ReasonCode.KIND_SAME:
            return f"both {_plain(figures['kind'])}"
        case ReasonCode.KIND_DIFFERS:
            return f"{_plain(figures['one'])} and {_plain(figures['other'])}"
        case ReasonCode.CREDIT_SAME | ReasonCode.CREDIT_DIFFERS:
            return _credit(figures)
        case ReasonCode.SUMMARY_ALIKE | ReasonCode.SUMMARY_DIFFERS:
            return f"summaries {figures['likeness']:.2f} alike"


def _in_common(figures: dict[str, Any], what: str) -> str:
    one, other = figures["one"], figures["other"]
    if not figures["shared"]:
        return f"no {what} in common of {one} and {other}"
    of = f"{one}" if one == other else f"{one} and {other}"
    return f"{figures['shared']} of {of} {what} in common"


def _length(figures: dict[str, Any]) -> str:
    unit = UNITS[figures["of"]]
    if figures["one"] == figures["other"]:
        return f"{_span(figures['one'])} {unit} each"
    return f"{_span(figures['one'])} and {_span(figures['other'])} {unit}"


def _span(span: list[float]) -> str:
    least, most = span
    return f"{least:g}" if least == most else f"{least:g} to {most:g}"


def _credit(figures: dict[str, Any]) -> str:
    if "unit" not in figures:
        return f"{_plain(figures['one'])} and {_plain(figures['other'])}"
    return f"{figures['one']:g} and {figures['other']:g} {_plain(figures['unit'])}"


def _plain(code: str) -> str:
    return code.lower().replace("_", " ")
