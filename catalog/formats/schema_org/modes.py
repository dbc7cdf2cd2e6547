"""How and when a course is taught: words of `courseMode`, which mix the way of teaching, its hours and the load of study."""

import re
from typing import Any

from catalog.formats.schema_org.nodes import Node, text_of
from catalog.formats.schema_org.scope import Scope
from catalog.model.reading.unreadable import Unreadable
from catalog.model.reading.words import read_attendance, read_mode

_LOADS = {"fulltime": "FULL_TIME", "parttime": "PART_TIME"}
_PACE = {"synchronous": "ONLINE_LIVE", "asynchronous": "ONLINE_ANYTIME"}
"""What it makes of a course that is said to be online; of others it says nothing."""
_EVENTS = {
    "OfflineEventAttendanceMode": "IN_PERSON",
    "OnlineEventAttendanceMode": "ONLINE",
    "MixedEventAttendanceMode": "BLENDED",
}
PROPERTIES = ("courseMode", "educationalProgramMode")


def read_modes(node: Node, scope: Scope) -> dict[str, Any]:
    """mode, studyLoad and attendance. A mode only where every word is understood and they agree."""
    words = [word for name in PROPERTIES for one in node.take(name) for word in _words(node, one, scope)]
    attended = [one for value in node.take("timeOfDay") for one in scope.parse("timeOfDay", read_attendance, value) or ()]
    found: dict[str, Any] = {"attendance": list(dict.fromkeys(attended))}
    paces, modes, strange = set(), set(), False
    for word in words:
        plain = re.sub(r"[^a-z]", "", word.lower())
        if plain in _LOADS:
            found["studyLoad"] = _LOADS[plain] if found.get("studyLoad", _LOADS[plain]) == _LOADS[plain] else None
        elif plain in _PACE:
            paces.add(_PACE[plain])
        elif mode := _mode(word, found, scope):
            modes.add(mode)
        else:
            strange = strange or mode is None
    events = [_EVENTS.get(str(text_of(one)).rpartition("/")[2]) for one in node.take("eventAttendanceMode")]
    modes |= {one for one in events if one and not words}
    if len(modes) > 1:
        scope.reading.warn(
            "VALUE_UNREADABLE", f"courseMode says several things: {', '.join(words)[:80]}", "mode", ", ".join(words)
        )
    elif modes and not strange:
        mode = modes.pop()
        found["mode"] = paces.pop() if mode == "ONLINE" and len(paces) == 1 else mode
    return found


def _words(node: Node, value: Any, scope: Scope) -> list[str]:
    stated = scope.label(value, node.names)
    text = text_of(stated)
    if text is None:
        scope.refuse("mode", value)
        return []
    parts = re.split("[,;|]", text.rpartition("/")[2] if "://" in text else text)
    return [one.strip() for one in parts if one.strip()]


def _mode(word: str, found: dict[str, Any], scope: Scope) -> str | None:
    """The mode; an empty text for a word that says when one attends; None, with a warning, for any other."""
    try:
        return read_mode(word)
    except Unreadable as error:
        try:
            found["attendance"] = list(dict.fromkeys([*found["attendance"], *read_attendance(word)]))
        except Unreadable:
            scope.reading.warn(error.code, f"courseMode {error}", "mode", word, error.hint)
            return None
        return ""
