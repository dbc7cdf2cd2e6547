"""What a course asks of those who want to take it, in the words of the source."""

from collections.abc import Iterable
from typing import Any

from catalog.formats.xcri_cap.texts import paragraph, words
from catalog.model.reading.delivery import Reading
from catalog.model.rule import TEXT_LENGTH

MOST = 20


def requirements_of(reading: Reading, elements: Iterable[Any]) -> list[dict[str, Any]]:
    """Each is a rule that only a person can decide."""
    found: dict[str, None] = {}
    for element in elements:
        text = paragraph(reading, "prerequisite", words(element), TEXT_LENGTH)
        if text:
            found[text] = None
    for _ in list(found)[MOST:]:
        reading.drop(f"prerequisite (more than {MOST})")
    return [{"kind": "PREREQUISITE", "rule": {"text": one}, "original": one} for one in list(found)[:MOST]]
