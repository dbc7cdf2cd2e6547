"""Which things a file holds, whatever they are packed in: single objects, arrays, pages, and bundles of any of these."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

ORGANIZATION, PROGRAM, COURSE, OFFERING, SESSION = "organization", "program", "course", "offering", "academicSession"
PEOPLE, OTHER = "person", "other"
_IDS = {
    "offeringId": OFFERING, "courseOfferingId": OFFERING, "programOfferingId": OFFERING, "academicSessionId": SESSION,
    "personId": PEOPLE, "associationId": PEOPLE, "componentId": OTHER, "educationSpecificationId": OTHER, "groupId": OTHER,
    "buildingId": OTHER, "roomId": OTHER, "newsFeedId": OTHER, "newsItemId": OTHER,
    "programId": PROGRAM, "courseId": COURSE, "organizationId": ORGANIZATION,
}  # fmt: skip
"""What a thing is, by the property that holds its id; the first that it has decides."""
_TYPES = {
    "offeringType": OFFERING, "academicSessionType": SESSION, "programType": PROGRAM, "organizationType": ORGANIZATION,
    "componentType": OTHER, "educationSpecificationType": OTHER,
}  # fmt: skip
_BUNDLES = {
    "organizations": ORGANIZATION, "programs": PROGRAM, "courses": COURSE, "offerings": OFFERING,
    "courseOfferings": OFFERING, "programOfferings": OFFERING, "academicSessions": SESSION, "academic-sessions": SESSION,
    "persons": PEOPLE, "associations": PEOPLE, "components": OTHER, "componentOfferings": OTHER,
    "educationSpecifications": OTHER, "education-specifications": OTHER, "groups": OTHER, "buildings": OTHER,
    "rooms": OTHER, "newsFeeds": OTHER, "newsItems": OTHER,
}  # fmt: skip
_OF_COURSES = frozenset({"studyLoad", "learningOutcomes", "qualificationRequirements", "ects"})
DEEPEST = 4
"""A bundle of lists of pages of items."""


@dataclass(frozen=True, slots=True)
class Thing:
    """`place` is a JSON path; `is_more` says that a page ends here and names another after it."""

    kind: str | None
    value: Any
    place: str
    is_more: bool = False


def kind_of(value: Any) -> str | None:
    """What an object is; None for one that no property of ours betrays."""
    if not isinstance(value, Mapping):
        return None
    for names in (_IDS, _TYPES):
        found = next((kind for name, kind in names.items() if name in value), None)
        if found:
            return found
    return COURSE if "name" in value and not _OF_COURSES.isdisjoint(value) else None


def is_named(value: Any) -> bool:
    """Whether an object says itself that it is one of ours; linked data has names of its own."""
    if not isinstance(value, Mapping) or "@context" in value:
        return False
    return not value.keys().isdisjoint(_IDS) or not value.keys().isdisjoint(_TYPES) or "primaryCode" in value


def is_bundle(value: Mapping[str, Any]) -> bool:
    """Whether an object is nothing itself and holds collections."""
    return kind_of(value) is None and any(isinstance(value.get(name), list | Mapping) for name in _BUNDLES)


def page_of(value: Mapping[str, Any]) -> list[Any] | None:
    """The items of a page; version 4 has pages that embed them."""
    embedded = value.get("_embedded")
    items = value.get("items", embedded.get("items") if isinstance(embedded, Mapping) else None)
    return items if isinstance(items, list) and kind_of(value) is None else None


def things(value: Any, place: str = "$", kind: str | None = None, depth: int = 0) -> Iterator[Thing]:
    """Every thing in its order. `kind` is what the collection around it is called after."""
    if isinstance(value, list):
        yield from _of_list(value, place, kind, depth)
    elif isinstance(value, Mapping) and (items := page_of(value)) is not None and depth < DEEPEST:
        yield from things(items, f"{place}.items", kind, depth + 1)
        if value.get("hasNextPage") is True:
            yield Thing(None, value, place, is_more=True)
    elif isinstance(value, Mapping) and depth < DEEPEST and is_bundle(value):
        for name, one in value.items():
            if name in _BUNDLES:
                yield from things(one, f"{place}.{name}", _BUNDLES[name], depth + 1)
            elif isinstance(one, list | Mapping) and one:
                yield Thing(OTHER, {}, f"{place}.{name}")
    else:
        yield Thing(kind_of(value) or kind, value, place)


def _of_list(value: list[Any], place: str, kind: str | None, depth: int) -> Iterator[Thing]:
    """Of several pages only the last can lack another one."""
    for index, one in enumerate(value):
        if depth >= DEEPEST:
            yield Thing(kind_of(one) or kind, one, f"{place}[{index}]")
            continue
        for thing in things(one, f"{place}[{index}]", kind, depth + 1):
            if not thing.is_more or index == len(value) - 1:
                yield thing
