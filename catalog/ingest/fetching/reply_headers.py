"""What the head of an answer says."""

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

Headers = Sequence[tuple[str, str]]
"""Names in small letters."""

_MEDIA_TYPE = re.compile(r"[a-z0-9!#$&^_.+-]{1,60}/[a-z0-9!#$&^_.+-]{1,80}")
_CHARSET = re.compile(r"""charset\s*=\s*["']?([A-Za-z0-9._:-]{1,40})""", re.IGNORECASE)
LONGEST_WAIT_SECONDS = 7 * 86_400.0
LONGEST_VALIDATOR = 400


def first(headers: Headers, name: str) -> str | None:
    return next((value for one, value in headers if one == name), None)


def every(headers: Headers, name: str) -> tuple[str, ...]:
    return tuple(value for one, value in headers if one == name)


def media_type(headers: Headers) -> str | None:
    """Such as `application/json`; None where none is stated."""
    plain = (first(headers, "content-type") or "").partition(";")[0].strip().lower()
    return plain if _MEDIA_TYPE.fullmatch(plain) else None


def charset(headers: Headers) -> str | None:
    """In small letters, as stated; nobody has checked that it exists."""
    found = _CHARSET.search((first(headers, "content-type") or "").partition(";")[2][:400])
    return found[1].lower() if found else None


def validator(headers: Headers, name: str) -> str | None:
    """An ETag or Last-Modified that can be sent back as it is."""
    value = first(headers, name) or ""
    return value if value and value.isascii() and value.isprintable() and len(value) <= LONGEST_VALIDATOR else None


def content_length(headers: Headers) -> int | None:
    text = first(headers, "content-length") or ""
    return int(text) if re.fullmatch(r"[0-9]{1,18}", text) else None


def retry_after_seconds(headers: Headers, now: Callable[[], datetime]) -> float | None:
    """How long the server asks to be left alone, from now on; at most a week."""
    text = (first(headers, "retry-after") or "").strip()
    if re.fullmatch(r"[0-9]{1,9}", text):
        return min(float(text), LONGEST_WAIT_SECONDS)
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return min(max((moment - now()).total_seconds(), 0.0), LONGEST_WAIT_SECONDS)
