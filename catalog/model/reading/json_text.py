"""JSON, strictly: no key twice, no NaN, nothing cut off, nothing too deep."""

import json
import math
import re
from collections.abc import Iterable
from typing import Any, NoReturn

from catalog.errors import Issue
from catalog.model.reading.broken_letters import REPLACEMENT, broken_letters, lossy
from catalog.model.reading.encodings import BinaryContent, Decoded, decode

MOST_VALUES = 4_000_000
"""Of one file, all of which are held at once; a record has fifty."""
MOST_LOOKED_AT = 2_000_000
"""Characters in which broken letters are looked for among those that are written as escapes."""
_CUT_OFF = re.compile(r"(?:t(?:ru?)?|f(?:a(?:ls?)?)?|n(?:ul?)?|[-.eE][-+]?)?\s*\Z")
"""What a literal or a number looks like that the end of the file cuts off."""
_CUT_ESCAPE = re.compile(r"[^\"]{0,6}\Z")
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
_FIRST_HALF, _SECOND_HALF = r"\\u[dD][89abAB][0-9a-fA-F]{2}", r"\\u[dD][c-fC-F][0-9a-fA-F]{2}"
_HALF_LETTER = re.compile(f"{_FIRST_HALF}(?!{_SECOND_HALF})|(?<!{_FIRST_HALF}){_SECOND_HALF}")
_LETTER = re.compile(r"\\u((?!00[0-7]|[dD][89a-fA-F])[0-9a-fA-F]{4})")


class JsonRefused(ValueError):
    """Text that is no JSON as we take it; `issue` says why."""

    def __init__(self, issue: Issue) -> None:
        self.issue = issue
        super().__init__(str(issue))


def parse_json(data: bytes | str) -> Any:
    """The value. JSON is UTF-8, with or without a byte order mark, or UTF-16 with one. Raises JsonRefused."""
    text = decode_json(data).text if isinstance(data, bytes) else _whole_letters(data)
    if not text or text.isspace():
        raise JsonRefused(Issue("FILE_EMPTY", "the file is empty"))
    if text.count(",") + text.count("[") + text.count("{") > MOST_VALUES:
        raise JsonRefused(Issue("FILE_TOO_LARGE", f"the file holds more than {MOST_VALUES} values", hint="send it in parts"))
    try:
        return json.loads(text, object_pairs_hook=_distinct, parse_constant=_not_a_number, parse_float=_finite)
    except json.JSONDecodeError as error:
        place = f"{error.msg} in line {error.lineno}, column {error.colno}"
        if _is_cut_off(error, text):
            message = f"the file ends in the middle: {place}"
            raise JsonRefused(Issue("FILE_TRUNCATED", message, hint="send it again, whole")) from None
        raise JsonRefused(Issue("JSON_INVALID", f"the file is not JSON: {place}")) from None
    except RecursionError:
        raise JsonRefused(Issue("JSON_INVALID", "the file is nested too deeply")) from None
    except JsonRefused:
        raise
    except ValueError as error:  # a number with more digits than Python reads
        raise JsonRefused(Issue("JSON_INVALID", f"the file is not JSON: {error}")) from None


def _is_cut_off(error: json.JSONDecodeError, text: str) -> bool:
    if "escape" in error.msg:
        return _CUT_ESCAPE.match(text, error.pos) is not None
    return "Unterminated string" in error.msg or _CUT_OFF.match(text, error.pos) is not None


def decode_json(data: bytes) -> Decoded:
    """The text, with warnings for letters that are lost or broken, as they are or escaped. Raises JsonRefused."""
    try:
        found = decode(data, guess=False)
    except (UnicodeDecodeError, BinaryContent) as error:
        place = f": byte {error.start} cannot be read" if isinstance(error, UnicodeDecodeError) else ""
        raise JsonRefused(Issue("ENCODING_INVALID", f"the file is not UTF-8{place}", hint="save it as UTF-8")) from None
    if "\\u" not in found.text:
        return found
    text = _whole_letters(found.text)
    start = max(text.find("\\u"), 0)
    seen = _LETTER.sub(lambda one: chr(int(one[1], 16)), text[start : start + MOST_LOOKED_AT])
    lost = lossy(text)
    return Decoded(text, found.encoding, found.warnings or ([lost] if lost else broken_letters(seen)))


def _whole_letters(text: str) -> str:
    """Half a letter, as a text has it that was cut inside one, becomes the sign for a lost letter: nothing could keep it."""
    if not _SURROGATE.search(text):
        return text
    return _HALF_LETTER.sub(REPLACEMENT, text.replace("\\\\", "\\u005c"))  # so that every backslash left begins an escape


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Two values for one key: parsers would silently keep the last."""
    found = dict(pairs)
    if len(found) < len(pairs):
        key = _first_twice(name for name, _ in pairs)[:80]
        raise JsonRefused(Issue("KEY_DUPLICATE", f"the key {key!r} stands twice in one object", field=key))
    return found


def _first_twice(names: Iterable[str]) -> str:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            return name
        seen.add(name)
    raise AssertionError("no name stands twice")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        _not_a_number(text[:40])
    return number


def _not_a_number(name: str) -> NoReturn:
    raise JsonRefused(Issue("JSON_INVALID", f"{name} is not a JSON number"))
