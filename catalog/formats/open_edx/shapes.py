"""What an object is, told by the properties that it has; and where in a file the objects stand."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from catalog.formats.open_edx.keys import course_of


class Shape(StrEnum):
    """The lists that are read; PRICES and RERUN are recognised and refused."""

    LMS_RUN = "LMS_RUN"
    OLD_PROGRAM = "OLD_PROGRAM"
    RUN = "RUN"
    COURSE = "COURSE"
    PROGRAM = "PROGRAM"
    PLATFORM_COURSE = "PLATFORM_COURSE"
    PLATFORM_PROGRAM = "PLATFORM_PROGRAM"
    PROFESSIONAL = "PROFESSIONAL"
    BOOTCAMP = "BOOTCAMP"
    EXECUTIVE = "EXECUTIVE"
    SEARCH_RESULT = "SEARCH_RESULT"
    PRICES = "PRICES"
    RERUN = "RERUN"


_SIGNS: tuple[tuple[Shape, str, str], ...] = (
    (Shape.LMS_RUN, "name org number", "id course_id"),
    (Shape.OLD_PROGRAM, "uuid name category", "course_codes organizations"),
    (Shape.RUN, "key title pacing_type", "start seats status course"),
    (Shape.COURSE, "key title", "course_runs owners canonical_course_run_key course_run_statuses"),
    (Shape.PLATFORM_COURSE, "readable_id title courseruns", "id"),
    (Shape.PLATFORM_PROGRAM, "readable_id title", "req_tree courses"),
    (Shape.PROFESSIONAL, "uuid title", "run__readable_id learning_format"),
    (Shape.PROGRAM, "uuid title", "authoring_organizations price_ranges marketing_slug"),
    (Shape.BOOTCAMP, "course_id title", "prices platform"),
    (Shape.EXECUTIVE, "Course_Id Title", "URL Description"),
    (Shape.SEARCH_RESULT, "nid title", "field_course_or_program"),
    (Shape.PRICES, "id products", "products"),
    (Shape.RERUN, "last_active_run_key", "last_active_run_key"),
)
"""All of the first properties, and one of the second."""
_LISTS = ("results", "courses", "programs", "course_runs", "documents")
_ENVELOPES = ("data", "searchAPISearch")
LOOKED_AT, DEEPEST = 5, 3


@dataclass(frozen=True, slots=True)
class Item:
    """What one record is made of: one object, or all the runs of a course where the file lists runs."""

    place: str
    shape: Shape | None
    nodes: list[Any]


def shape_of(node: Any) -> Shape | None:
    if not isinstance(node, Mapping) or any(name in node for name in ("@context", "@type", "@graph")):
        return None
    for shape, needed, one_of in _SIGNS:
        if all(name in node for name in needed.split()) and any(name in node for name in one_of.split()):
            return shape
    return None


def is_known(value: Any) -> bool:
    """Whether the file begins with something that is recognised."""
    for index, (_, node) in enumerate(_nodes(value)):
        if shape_of(node):
            return True
        if index >= LOOKED_AT:
            return False
    return False


def find_items(value: Any) -> list[Item]:
    """In the order of the file; runs stand where the first run of their course stood."""
    found: list[Item] = []
    courses: dict[str, list[Any]] = {}
    for place, node in _nodes(value):
        shape = shape_of(node)
        course = course_of(node) if shape in (Shape.RUN, Shape.LMS_RUN) else None
        if course is not None and course in courses:
            courses[course].append(node)
            continue
        nodes = [node]
        if course is not None:
            courses[course] = nodes
        found.append(Item(place, shape, nodes))
    return found


def _nodes(value: Any, place: str = "$", depth: int = 0) -> Iterator[tuple[str, Any]]:
    """Of a list, a page of results, several lists in one object, or a single object."""
    if isinstance(value, list):
        for index, one in enumerate(value):
            yield f"{place}[{index}]", one
        return
    if not isinstance(value, Mapping) or shape_of(value):
        yield place, value
        return
    for name in _ENVELOPES:
        if isinstance(value.get(name), Mapping) and depth < DEEPEST:
            yield from _nodes(value[name], f"{place}.{name}", depth + 1)
            return
    lists = [name for name in _LISTS if isinstance(value.get(name), list)]
    for name in lists:
        yield from _nodes(value[name], f"{place}.{name}")
    if not lists:
        yield place, value
