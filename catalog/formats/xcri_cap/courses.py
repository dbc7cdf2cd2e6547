"""A course as a credential, with its presentations as offerings."""

from typing import Any

from catalog.formats.xcri_cap.awards import award, credit
from catalog.formats.xcri_cap.lengths import of_all
from catalog.formats.xcri_cap.names import Names
from catalog.formats.xcri_cap.parts import Part, type_of
from catalog.formats.xcri_cap.presentations import Run, address, run_of
from catalog.formats.xcri_cap.references import COURSE, Identity
from catalog.formats.xcri_cap.requirements import requirements_of
from catalog.formats.xcri_cap.texts import joined, line, texts
from catalog.model.reading.delivery import Reading
from catalog.model.reading.markup import read_markup, read_title

DELETED = "3"
STATUSES = frozenset({"1", "2", DELETED})
_ABOUT_CONTENT = frozenset(
    {None, "aim", "topic", "structure", "specialFeature", "teachingStrategy", "learningOutcome", "careerOutcome", "leadsTo"}
)
"""Types of descriptions that say what the course is; others are about policies, money and support."""
_ASSESSMENT, _PREREQUISITES = "assessmentStrategy", "prerequisites"
MOST_ASSESSMENTS = 20


class Course:
    """`identity` and `status` can be asked before the rest is read."""

    def __init__(self, element: Any, names: Names, status: str | None = None) -> None:
        self.part = Part(element, names, "course")
        self.names = names
        self.identity = Identity(self.part.pop("identifier"))
        self.ref = self.identity.ref(COURSE)
        self.status = element.get("recstatus") or status


def record_of(reading: Reading, course: Course, provider: str | None) -> dict[str, Any]:
    """The credential in JSON form."""
    part, names = course.part, course.names
    title = texts(reading, "course/title", part.pop("title"), read_title)
    about, assessed, asked = _descriptions(reading, part)
    about += [*part.pop("objective"), *part.pop("learningOutcome")]
    description = joined(reading, "course/description", about)
    shown = next(iter(title.values()), None)
    runs = _runs(reading, part.pop("presentation"), names, shown, description)
    asked += [*part.pop("prerequisite"), *(one for run in runs for one in run.requirements)]
    apply_url = _apply_url(reading, part)
    record: dict[str, Any] = {
        "type": "credential",
        "ref": course.ref,
        "provider": provider,
        "title": title,
        "summary": texts(reading, "course/abstract", part.pop("abstract"), read_markup),
        "description": description,
        "url": address(reading, "course/url", part.first("url", reading)),
        "identifiers": course.identity.identifiers(course.ref, provider),
        "credit": credit(reading, part.pop("credit"), names),
        "assessmentMethods": _assessments(reading, [*assessed, *part.pop("assessment")]),
        "requirements": requirements_of(reading, asked),
        "statedHours": of_all([run.hours for run in runs if run.hours]),
        "weeklyHours": of_all([run.weekly_hours for run in runs if run.weekly_hours]),
        "usual": {"applyUrl": apply_url},
        "offerings": [run.offering for run in runs],
    }
    record |= award(reading, part.pop("qualification"), names)
    for kind in course.identity.others:
        reading.drop(f"course/identifier ({kind})")
    part.drop_rest(reading)
    return record


def _descriptions(reading: Reading, part: Part) -> tuple[list[Any], list[Any], list[Any]]:
    """Descriptions of the content, of assessment, and of what is required first."""
    about, assessed, asked = [], [], []
    for element in part.pop("description"):
        kind = type_of(element)
        if kind in _ABOUT_CONTENT:
            about.append(element)
        elif kind == _ASSESSMENT:
            assessed.append(element)
        elif kind == _PREREQUISITES:
            asked.append(element)
        else:
            reading.drop(f"course/description ({kind})")
    return about, assessed, asked


def _runs(reading: Reading, elements: list[Any], names: Names, title: str | None, described: dict[str, str]) -> list[Run]:
    runs: list[Run] = []
    for element in elements:
        if element.get("recstatus") == DELETED:
            message = "a presentation that is marked as deleted is no longer stated"
            reading.warn("OFFERING_DELETED", message, "presentation@recstatus", element.get("recstatus"))
            continue
        runs.append(run_of(reading, element, names, title, described))
    return runs


def _apply_url(reading: Reading, part: Part) -> str | None:
    """Of all runs; the words of an application procedure have no place."""
    found = part.pop("applicationProcedure")
    for one in found:
        if not one.get("href"):
            reading.drop("course/applicationProcedure")
    linked = [one for one in found if one.get("href")]
    return address(reading, "course/applicationProcedure", linked[0]) if linked else None


def _assessments(reading: Reading, elements: list[Any]) -> list[str]:
    found = [line(reading, "course/assessment", one) for one in elements]
    return list(dict.fromkeys(one for one in found if one))[:MOST_ASSESSMENTS]
