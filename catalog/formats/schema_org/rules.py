"""Which published rules for courses a schema.org node fails.

Sources, read in stored copies:
- Google course list, https://developers.google.com/search/docs/appearance/structured-data/course (of 2026-09-08): `name` and
  `description` are required, `provider` must be valid, names carry no price or discount. A list needs at least three courses
  and an ItemList, which is the page's business and not a node's.
- Google course info, https://developers.google.com/search/docs/appearance/structured-data/course-info: adds `offers` with a
  `category`, and `hasCourseInstance` with a `courseMode` and either `courseWorkload` or `courseSchedule`. Google took the
  page and the feature down in September 2025 (https://developers.google.com/search/updates); other readers still ask for it.
- Bioschemas Course and CourseInstance, https://bioschemas.org/profiles/Course/1.0-RELEASE and
  https://bioschemas.org/profiles/CourseInstance/1.0-RELEASE: the properties of marginality Minimum and their cardinality.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

Node = Mapping[str, Any]

COURSE_LIST, COURSE_INFO, BIOSCHEMAS = "google-course-list", "google-course-info", "bioschemas"
CONFORMS_TO = "http://purl.org/dc/terms/conformsTo"
COURSE_PROFILE = "https://bioschemas.org/profiles/Course/1.0-RELEASE"
INSTANCE_PROFILE = "https://bioschemas.org/profiles/CourseInstance/1.0-RELEASE"
COURSE_MODES = frozenset({"Online", "Onsite", "Blended"})
OFFER_CATEGORIES = frozenset({"Free", "Partially Free", "Subscription", "Paid"})
REPEAT_FREQUENCIES = frozenset({"Daily", "Weekly", "Monthly", "Yearly"})
ISO_DURATION = re.compile(
    r"P(?=[0-9T])([0-9.]+Y)?([0-9.]+M)?([0-9.]+W)?([0-9.]+D)?(T(?=[0-9])([0-9.]+H)?([0-9.]+M)?([0-9.]+S)?)?"
)
_SELLING = re.compile(r"[$€£]\s?[0-9]|[0-9]\s?% off", re.IGNORECASE)


def problems(jsonld: Node) -> list[str]:
    """Every rule that the node of a listing fails, as `profile: sentence`; empty for one that meets all of them."""
    found = [f"{COURSE_LIST}: {one}" for one in course_list_problems(jsonld)]
    found += [f"{COURSE_INFO}: {one}" for one in course_info_problems(jsonld)]
    found += [f"{BIOSCHEMAS}: {one}" for one in bioschemas_problems(jsonld)]
    claims = _conforms(jsonld, COURSE_PROFILE) and all(_conforms(one, INSTANCE_PROFILE) for one in instances(jsonld))
    return found if claims else [*found, f"{BIOSCHEMAS}: conformsTo does not name the profile"]


def course_list_problems(node: Node) -> Iterator[str]:
    if node.get("@type") != "Course":
        yield "@type is not Course"
    for name in ("name", "description"):
        if not _is_text(node.get(name)):
            yield f"{name} is missing"
    if _SELLING.search(str(node.get("name", ""))):
        yield "name carries a price or a discount"
    if not any(_is_text(one.get("name")) for one in nodes(node.get("provider"))):
        yield "provider has no name"


def course_info_problems(node: Node) -> Iterator[str]:
    yield from course_list_problems(node)
    offers = nodes(node.get("offers"))
    if not offers:
        yield "offers is missing"
    for offer in offers:
        if offer.get("category") not in OFFER_CATEGORIES:
            yield "offers.category is none of those allowed"
        if "price" in offer and "priceCurrency" not in offer:
            yield "offers.priceCurrency is missing"
    if not instances(node):
        yield "hasCourseInstance is missing"
    for instance in instances(node):
        yield from _instance_problems(instance)


def _instance_problems(instance: Node) -> Iterator[str]:
    if instance.get("courseMode") not in COURSE_MODES:
        yield "hasCourseInstance.courseMode is none of those allowed"
    workload, schedule = instance.get("courseWorkload"), instance.get("courseSchedule")
    if workload is None and schedule is None:
        yield "hasCourseInstance has neither courseWorkload nor courseSchedule"
    if workload is not None and not _is_duration(workload):
        yield "hasCourseInstance.courseWorkload is no ISO 8601 duration"
    for one in nodes(schedule):
        if one.get("repeatFrequency") not in REPEAT_FREQUENCIES or not isinstance(one.get("repeatCount"), int):
            yield "hasCourseInstance.courseSchedule needs repeatCount and repeatFrequency"
        if "duration" in one and not _is_duration(one["duration"]):
            yield "hasCourseInstance.courseSchedule.duration is no ISO 8601 duration"


def bioschemas_problems(node: Node) -> Iterator[str]:
    """Without `conformsTo`, which a node may carry only when it passes the rest."""
    if node.get("@type") != "Course":
        yield "@type is not Course"
    if not _is_text(node.get("@id")):
        yield "@id is missing"
    for name in ("name", "description", "keywords"):
        if not _is_text(node.get(name)):
            yield f"{name} is missing, or is more than one text"
    for instance in instances(node):
        yield from instance_minimum_problems(instance)


def instance_minimum_problems(instance: Node) -> Iterator[str]:
    if not _is_text(instance.get("@id")):
        yield "hasCourseInstance.@id is missing"
    if not instance.get("courseMode"):
        yield "hasCourseInstance.courseMode is missing"
    if not isinstance(instance.get("location"), Mapping | str):
        yield "hasCourseInstance.location is missing, or is more than one"


def instances(node: Node) -> list[Node]:
    return nodes(node.get("hasCourseInstance"))


def nodes(value: Any) -> list[Node]:
    """The objects in a value that may be one or a list."""
    return [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, Mapping)]


def _conforms(node: Node, profile: str) -> bool:
    return any(one.get("@id") == profile for one in nodes(node.get(CONFORMS_TO)))


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_duration(value: Any) -> bool:
    return isinstance(value, str) and ISO_DURATION.fullmatch(value) is not None
