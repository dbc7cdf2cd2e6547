"""Reads lists of courses and programs, each object by what it is."""

import json
from contextlib import suppress
from typing import Any

from catalog.formats.open_edx.courses import read_course, read_run_list
from catalog.formats.open_edx.dated_lists import read_professional, read_search_result
from catalog.formats.open_edx.feed import Feed
from catalog.formats.open_edx.fields import Fields
from catalog.formats.open_edx.keys import course_of
from catalog.formats.open_edx.plain_lists import read_bootcamp, read_executive
from catalog.formats.open_edx.platforms import read_platform_course, read_platform_program, readable_ids
from catalog.formats.open_edx.programs import read_program
from catalog.formats.open_edx.shapes import Item, Shape, find_items, is_known
from catalog.model.reading.content import Content, Kind
from catalog.model.reading.delivery import Delivery, Full, Told

FORMAT = "open-edx"
_PLAIN = {
    Shape.COURSE: read_course,
    Shape.PROGRAM: read_program,
    Shape.OLD_PROGRAM: read_program,
    Shape.PLATFORM_COURSE: read_platform_course,
    Shape.BOOTCAMP: read_bootcamp,
    Shape.EXECUTIVE: read_executive,
    Shape.PROFESSIONAL: read_professional,
    Shape.SEARCH_RESULT: read_search_result,
}
_REFUSED = {
    Shape.PRICES: "the object holds prices of a shop without the course that they are for",
    Shape.RERUN: "the object asks for a new run of a course, and is no listing",
}


def recognises(content: Content) -> bool:
    """By the properties of the first objects."""
    return content.kind is Kind.JSON and is_known(content.value)


def read(content: Content, told: Told) -> Delivery:
    """Never raises: whatever is wrong is an issue."""
    reading = Feed(FORMAT, told)
    with suppress(Full):  # it has said so
        items = find_items(content.value)
        ids = readable_ids([item.nodes[0] for item in items])
        known: dict[str, str] = {}
        for item in items:
            _read_item(reading, item, ids, known)
    return reading.end()


def _read_item(reading: Feed, item: Item, ids: dict[Any, str], known: dict[str, str]) -> None:
    reading.begin(item.place, item.nodes[0] if len(item.nodes) == 1 else item.nodes)
    if item.shape is None or item.shape in _REFUSED:
        unknown = "the object is no course, run or program that we know"
        reading.fail("TYPE_UNKNOWN", _REFUSED[item.shape] if item.shape else unknown)
        return
    value = _value(reading, item, ids)
    if value is None:
        return
    if not value["ref"]:
        reading.fail("REF_MISSING", "the object has no key or id")
        return
    if value["provider"] is None:
        message = "nothing names the institution that offers this"
        reading.warn_once("FIELD_MISSING", message, "provider", "say for which institution the file is sent")
    seen = json.dumps(value, sort_keys=True)
    ref = value["ref"]
    if ref not in known:
        known[ref] = seen
        reading.keep(value)
    elif known[ref] != seen:
        reading.fail("REF_DUPLICATE", f"an earlier object has the id {ref!r} too, and says something else", "ref", ref)


def _value(reading: Feed, item: Item, ids: dict[Any, str]) -> dict[str, Any] | None:
    if item.shape in (Shape.RUN, Shape.LMS_RUN):
        runs = [Fields(reading, node) for node in item.nodes]
        return read_run_list(runs, course_of(item.nodes[0]) or runs[0].text("key", "id", "course_id") or "")
    node = Fields(reading, item.nodes[0])
    if item.shape is Shape.PLATFORM_PROGRAM:
        return read_platform_program(node, ids)
    assert item.shape is not None
    return _PLAIN[item.shape](node)
