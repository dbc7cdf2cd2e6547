"""JSON, strictly: no key twice, no NaN, nothing cut off, nothing too deep."""

import json
import math
from collections.abc import Iterable
from typing import Any, NoReturn

from catalog.errors import Issue
from catalog.model.reading.encodings import BinaryContent, decode


class JsonRefused(ValueError):
    """Text that is no JSON as we take it; `issue` says why."""

    def __init__(self, issue: Issue) -> None:
        self.issue = issue
        super().__init__(str(issue))


def parse_json(data: bytes | str) -> Any:
    """The value. JSON is UTF-8, with or without a byte order mark, or UTF-16 with one. Raises JsonRefused."""
    text = _text(data) if isinstance(data, bytes) else data
    if not text.strip():
        raise JsonRefused(Issue("FILE_EMPTY", "the file is empty"))
    try:
        return json.loads(text, object_pairs_hook=_distinct, parse_constant=_not_a_number, parse_float=_finite)
    except json.JSONDecodeError as error:
        if error.pos >= len(text.rstrip()) or "Unterminated string" in error.msg:
            message = f"the file ends in the middle: {error.msg} in line {error.lineno}, column {error.colno}"
            raise JsonRefused(Issue("FILE_TRUNCATED", message, hint="send it again, whole")) from None
        message = f"the file is not JSON: {error.msg} in line {error.lineno}, column {error.colno}"
        raise JsonRefused(Issue("JSON_INVALID", message)) from None
    except RecursionError:
        raise JsonRefused(Issue("JSON_INVALID", "the file is nested too deeply")) from None
    except JsonRefused:
        raise
    except ValueError as error:  # a number with more digits than Python reads
        raise JsonRefused(Issue("JSON_INVALID", f"the file is not JSON: {error}")) from None


def _text(data: bytes) -> str:
    try:
        found = decode(data, guess=False)
    except (UnicodeDecodeError, BinaryContent) as error:
        place = f": byte {error.start} cannot be read" if isinstance(error, UnicodeDecodeError) else ""
        raise JsonRefused(Issue("ENCODING_INVALID", f"the file is not UTF-8{place}", hint="save it as UTF-8")) from None
    return found.text


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Two values for one key: parsers would silently keep the last."""
    found = dict(pairs)
    if len(found) < len(pairs):
        key = _first_twice(name for name, _ in pairs)[:80]
        raise JsonRefused(Issue("KEY_DUPLICATE", f"the key {key!r} stands twice in one object", field=key))
    return found


def _first_twice(names: Iterable[str]) -> str:
    seen: set[str] = set()
    return next(name for name in names if name in seen or seen.add(name))  # type: ignore[func-returns-value]


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        _not_a_number(text[:40])
    return number


def _not_a_number(name: str) -> NoReturn:
    raise JsonRefused(Issue("JSON_INVALID", f"{name} is not a JSON number"))
