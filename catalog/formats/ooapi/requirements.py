"""admissionRequirements and qualificationRequirements, in the words of the source."""

from typing import Any

from catalog.formats.ooapi.properties import Properties
from catalog.formats.ooapi.texts import one_text
from catalog.model.reading.delivery import Reading
from catalog.model.rule import TEXT_LENGTH


def requirements(reading: Reading, own: Properties) -> list[dict[str, Any]]:
    """Each is a rule that only a person can decide."""
    found: list[dict[str, Any]] = []
    for name, kind in (
        ("admissionRequirements", {"kind": "ADMISSION"}),
        ("qualificationRequirements", {"kind": "PREREQUISITE", "at": "COMPLETION"}),
    ):
        said = one_text(reading, name, own.pop(name), TEXT_LENGTH)
        if said:
            found.append({**kind, "rule": {"text": said}, "original": said})
    return found
