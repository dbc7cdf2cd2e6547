"""A program or course as a credential."""

from collections.abc import Mapping
from typing import Any

from catalog.formats.ooapi.awards import of_program
from catalog.formats.ooapi.prices import fees
from catalog.formats.ooapi.properties import Properties
from catalog.formats.ooapi.references import identifiers
from catalog.formats.ooapi.requirements import requirements
from catalog.formats.ooapi.texts import as_list, one_line, texts, together
from catalog.formats.ooapi.things import PROGRAM
from catalog.formats.ooapi.ways import languages, length, load, mode, study
from catalog.model.reading.delivery import Reading
from catalog.model.reading.markup import read_title

ID_OF = {"program": "programId", "course": "courseId"}


def record_of(reading: Reading, kind: str, value: Mapping[str, Any], ref: str, provider: str | None) -> dict[str, Any]:
    """The credential in JSON form, without its offerings."""
    own = Properties(value)
    time = length(reading, "duration", own.pop("duration"))
    record: dict[str, Any] = {
        "type": "credential",
        "ref": ref,
        "provider": provider,
        "title": texts(reading, "name", own.pop("name"), read_title),
        "description": together(reading, "description", [own.pop("description"), *_outcomes(own.pop("learningOutcomes"))]),
        "url": own.address(reading, "link"),
        "identifiers": identifiers(reading, value, ref, provider, value.get(ID_OF[kind])),
        "languages": languages(reading, "teachingLanguage", own.pop("teachingLanguage", "mainLanguage")),
        "weeks": time.weeks,
        "statedHours": time.hours,
        "weeklyHours": time.weekly_hours,
        "requirements": requirements(reading, own),
        "assessmentMethods": [one_line(reading, "assessment", own.pop("assessment"))],
        "usual": {
            "mode": mode(reading, "modeOfDelivery", own.pop("modeOfDelivery")),
            "fees": fees(reading, "priceInformation", own.pop("priceInformation", "price")),
            **study(reading, "modeOfStudy", own.pop("modeOfStudy")),
        },
    }
    record |= load(reading, "studyLoad", own.pop("studyLoad", "ects"))
    record |= of_program(reading, own) if kind == PROGRAM else {"kind": "COURSE"}
    own.skip(ID_OF[kind], "primaryCode", "otherCodes", "organization", "offerings")
    own.drop_rest(reading, kind)
    return record


def _outcomes(value: Any) -> list[Any]:
    """Version 5 has a list of texts by language, and some send one such text."""
    found = as_list(value)
    return found if any(isinstance(one, list) for one in found) else [found]
