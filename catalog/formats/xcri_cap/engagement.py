"""How one takes part: studyMode, attendanceMode, attendancePattern and engagement, by their codes or in words."""

import re
from collections.abc import Iterable
from typing import Any

from catalog.formats.xcri_cap.texts import words
from catalog.model.reading.delivery import Reading
from catalog.model.reading.unreadable import Unreadable
from catalog.model.reading.words import read_attendance, read_mode

LOADS = {"FT": "FULL_TIME", "PT": "PART_TIME"}
MODES = {
    "CM": "IN_PERSON",
    "NC": "IN_PERSON",
    "DA": "BLENDED",
    "MM": "BLENDED",
    "DS": "ONLINE",
    "ON": "ONLINE",
    "WB": "WORKPLACE",
}
PATTERNS = {"DT": "DAYTIME", "EV": "EVENING", "TW": "EVENING", "DR": "DAY_BLOCK", "WE": "WEEKEND", "CS": "ANYTIME"}
SILENT = frozenset({"PF", "FL", "NK"})
"""Codes that say neither full time nor part time."""
_CODES = {
    "full time": "FT", "part time": "PT", "part of a full time programme": "PF", "flexible": "FL", "not known": "NK",
    "campus": "CM", "distance with attendance": "DA", "distance without attendance": "DS",
    "face to face non campus": "NC", "mixed mode": "MM", "online no attendance": "ON", "work based": "WB",
    "daytime": "DT", "standard days": "DT", "evening": "EV", "twilight": "TW", "day block release": "DR",
    "weekend": "WE", "customised": "CS",
}  # fmt: skip
_WORD = re.compile(r"[^a-z]+")
_LOADS = {"FULL_TIME": re.compile(r"full time"), "PART_TIME": re.compile(r"part time")}
_TWILIGHT = re.compile(r"\btwilight\b", re.IGNORECASE)
NAMES = ("studyMode", "attendanceMode", "attendancePattern", "engagement")


def engagement(reading: Reading, elements: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """studyLoad, mode and attendance of an offering. Of two that contradict each other the first holds."""
    found: dict[str, Any] = {}
    for name, element in elements:
        for field, value in _one(reading, name, element).items():
            if field == "attendance":
                found[field] = list(dict.fromkeys([*found.get(field, []), *value]))
            elif found.setdefault(field, value) != value:
                message = f"presentation/{name} contradicts what stands before it"
                reading.warn("VALUE_REPEATED", message, f"presentation/{name}", words(element))
    return found


def _one(reading: Reading, name: str, element: Any) -> dict[str, Any]:
    said = words(element)
    plain = _WORD.sub(" ", said.lower()).strip()
    stated = (element.get("identifier") or "").strip()
    code = stated if stated in (LOADS | MODES | PATTERNS) or stated in SILENT else _CODES.get(plain, "")
    if code in SILENT or not (said or stated):
        return {}
    if code in LOADS:
        return {"studyLoad": LOADS[code]}
    if code in MODES:
        return {"mode": MODES[code]}
    if code in PATTERNS:
        return {"attendance": [PATTERNS[code]]}
    found = _from_words(said, plain)
    if not found:
        message = f"presentation/{name} is no way of taking part that we know: {(said or stated)[:60]!r}"
        reading.warn("VALUE_UNREADABLE", message, f"presentation/{name}", said or stated, "use the codes of XCRI-CAP 1.2")
    return found


def _from_words(said: str, plain: str) -> dict[str, Any]:
    """What others write: a load, a mode, times of the week. Flexible study can mean any of them."""
    if "flexible" in plain:
        return {}
    loads = [load for load, pattern in _LOADS.items() if pattern.search(plain)]
    found: dict[str, Any] = {"studyLoad": loads[0]} if len(loads) == 1 else {}
    try:
        found["mode"] = read_mode(said)
    except Unreadable:
        found |= _times(said)
    return found


def _times(said: str) -> dict[str, Any]:
    try:
        return {"attendance": read_attendance(_TWILIGHT.sub("evening", said))}
    except Unreadable:
        return {}
