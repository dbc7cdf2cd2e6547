"""Reads the Open Education API: programs and courses become credentials, their offerings offerings."""

from collections.abc import Mapping
from contextlib import suppress
from itertools import islice
from typing import Any

from catalog.formats.ooapi.feed import Feed
from catalog.formats.ooapi.things import is_bundle, is_named, kind_of, page_of, things
from catalog.model.reading.content import Content, Kind
from catalog.model.reading.delivery import Delivery, Full, Reading, Told, refused

FORMAT = "ooapi"
MOST_LOOKED_AT = 20
_TITLE = "open education api"


def recognises(content: Content) -> bool:
    """By the names of ids and types; also the specification itself, so that it is named as such."""
    if content.kind is not Kind.JSON:
        return False
    value = content.value
    if _is_specification(value):
        return _TITLE in str(value["info"].get("title", "")).lower() if isinstance(value.get("info"), Mapping) else False
    return any(is_named(thing.value) for thing in islice(things(value), MOST_LOOKED_AT))


def read(content: Content, told: Told) -> Delivery:
    """Never raises: whatever is wrong is an issue."""
    value = content.value
    if _is_specification(value):
        return refused(FORMAT, "NOT_A_FEED", "the file is the specification of an API: it says how courses are written")
    if not _is_answer(value):
        hint = "send organizations, programs, courses and offerings as the API answers them"
        return refused(FORMAT, "FORMAT_UNKNOWN", "the file is no answer of the Open Education API", hint)
    reading = Reading(FORMAT, told)
    with suppress(Full):
        _read(reading, value)
    return reading.end()


def _read(reading: Reading, value: Any) -> None:
    try:
        Feed(reading).read(value)
    except RecursionError:
        reading.fail("JSON_INVALID", "the file is nested too deeply")


def _is_specification(value: Any) -> bool:
    return isinstance(value, Mapping) and ("openapi" in value or "swagger" in value) and "paths" in value


def _is_answer(value: Any) -> bool:
    if isinstance(value, list):
        return True
    return isinstance(value, Mapping) and (kind_of(value) is not None or page_of(value) is not None or is_bundle(value))
