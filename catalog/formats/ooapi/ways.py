"""Codes for how something is taught, when, and how much of it there is."""

from typing import Any

from catalog.formats.ooapi.texts import as_list, plain
from catalog.model.reading.delivery import Reading
from catalog.model.reading.lengths import Length, read_length
from catalog.model.reading.unreadable import Unreadable
from catalog.model.reading.words import read_language, read_mode
from catalog.model.shapes import LINE_LENGTH

_MODES = {
    "distance-learning": "ONLINE",
    "on campus": "IN_PERSON",
    "online": "ONLINE",
    "hybrid": "BLENDED",
    "situated": "IN_PERSON",
}
_LOADS = {"full-time": "FULL_TIME", "part-time": "PART_TIME"}
_CREDITS = {"ects": "ECTS", "sp": "study points"}
_HOURS = {"hour": "totalHours", "sbu": "totalHours", "contacttime": "instructionalHours"}
"""SBU are hours of study, taught or not."""
MOST = 1e6


def mode(reading: Reading, path: str, value: Any) -> str | None:
    """The one way of teaching. Where several are named, the source does not say whether as a choice or as a mixture."""
    said = [one for one in (plain(reading, path, item) for item in as_list(value)) if one]
    found = [reading.take(path, _mode, one) for one in said]
    modes = list(dict.fromkeys(one for one in found if one))
    if len(modes) > 1:
        text = ", ".join(said)
        reading.warn("VALUE_UNREADABLE", f"{path} names several ways of teaching: {text[:60]!r}", path, text)
        return None
    return modes[0] if modes else None


def _mode(text: str) -> str:
    return _MODES.get(text.lower()) or read_mode(text)


def study(reading: Reading, path: str, value: Any) -> dict[str, Any]:
    """StudyLoad or attendance of a modeOfStudy."""
    said = plain(reading, path, value)
    if said is None:
        return {}
    if said.lower() == "self-paced":
        return {"attendance": ["ANYTIME"]}
    return {"studyLoad": reading.take(path, _load, said)}


def _load(text: str) -> str:
    if text.lower() not in _LOADS:
        raise Unreadable(f"is neither full-time nor part-time: {text[:40]!r}")
    return _LOADS[text.lower()]


def languages(reading: Reading, path: str, value: Any) -> list[str]:
    found = [reading.take(path, read_language, plain(reading, path, one)) for one in as_list(value)]
    return list(dict.fromkeys(one for one in found if one))


def length(reading: Reading, path: str, value: Any) -> Length:
    """What cannot be read stays a text of the weeks."""
    said = plain(reading, path, value)
    if said is None:
        return Length()
    return reading.take(path, read_length, said) or Length(weeks={"text": said[:LINE_LENGTH]})


def load(reading: Reading, path: str, value: Any) -> dict[str, Any]:
    """Credit or hours of a studyLoad; version 4 has `ects` as a plain number."""
    found: dict[str, Any] = {}
    for one in as_list(value):
        stated = one if isinstance(one, dict) else {"studyLoadUnit": "ects", "value": one}
        unit = plain(reading, f"{path}.studyLoadUnit", stated.get("studyLoadUnit")) or ""
        amount = stated.get("value")
        if isinstance(amount, bool) or not isinstance(amount, int | float) or not 0 <= amount < MOST:
            reading.warn("VALUE_UNREADABLE", f"{path} has no number", path)
        elif unit in _HOURS:
            found.setdefault(_HOURS[unit], {"min": amount, "max": amount})
        else:
            text = f"{amount:g} {_CREDITS.get(unit, unit)}".strip()
            credit = {"value": amount, "unit": "LOCAL", "per": "CREDENTIAL", "text": text[:LINE_LENGTH]}
            found.setdefault("credit", credit)
    return found
