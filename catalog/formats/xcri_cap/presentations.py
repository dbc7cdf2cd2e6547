"""A presentation as an offering."""

import re
from dataclasses import dataclass, field
from typing import Any

from catalog.formats.xcri_cap.costs import fees_of
from catalog.formats.xcri_cap.dates import date_of, span, windows
from catalog.formats.xcri_cap.engagement import NAMES, engagement
from catalog.formats.xcri_cap.lengths import length_of
from catalog.formats.xcri_cap.names import Names
from catalog.formats.xcri_cap.parts import Part, type_of
from catalog.formats.xcri_cap.references import PRESENTATION, Identity
from catalog.formats.xcri_cap.texts import joined, line, paragraph, words
from catalog.formats.xcri_cap.venues import places_of
from catalog.model.reading.delivery import Reading
from catalog.model.reading.numbers import read_number
from catalog.model.reading.unreadable import Unreadable
from catalog.model.reading.words import read_language

NOTE_LENGTH = 2_000
_ADDRESS = re.compile(r"https?://[^\s<>\"']{1,900}")
_IDENTIFIER_LENGTH = 200
_REQUIREMENTS = ("prerequisite", "entryRequirements", "entryProfile")


@dataclass(frozen=True, slots=True)
class Run:
    """`hours` and `requirements` belong to the course: an offering has no place for them."""

    offering: dict[str, Any]
    hours: dict[str, Any] | None = None
    weekly_hours: dict[str, Any] | None = None
    requirements: list[Any] = field(default_factory=list)


def run_of(reading: Reading, element: Any, names: Names, title: str | None, described: dict[str, str]) -> Run:
    """`title` and `described` are the course's: what only repeats them is left out."""
    part = Part(element, names, "presentation")
    identity = Identity(part.pop("identifier"))
    label = line(reading, "presentation/title", part.first("title", reading))
    length = length_of(reading, part.first("duration", reading))
    requirements = [one for name in _REQUIREMENTS for one in part.pop(name)]
    offering: dict[str, Any] = {
        "ref": identity.ref(PRESENTATION),
        "label": label if label != title else None,
        "identifiers": _addresses(identity),
        "startsOn": span(_date(reading, part, "start"), _date(reading, part, "startUntil")),
        "endsOn": span(_date(reading, part, "endFrom"), _date(reading, part, "end")),
        "weeks": length.weeks,
        "languages": _languages(reading, part.pop("languageOfInstruction")),
        "registrationWindows": windows(reading, part.first("applyFrom", reading), part.first("applyUntil", reading)),
        "applyUrl": address(reading, "presentation/applyTo", part.first("applyTo", reading)),
        "seats": _seats(reading, part.first("places", reading)),
        "fees": fees_of(reading, part.pop("cost")),
        "places": places_of(reading, part.pop("venue"), names),
        "note": _note(reading, part, described),
    }
    offering |= engagement(reading, [(name, one) for name in NAMES for one in part.pop(name)])
    for kind in identity.others:
        reading.drop(f"presentation/identifier ({kind})")
    part.drop_rest(reading)
    return Run(offering, length.hours, length.weekly_hours, requirements)


def address(reading: Reading, path: str, element: Any | None) -> str | None:
    """A web address. What else may stand there can be somebody's own address: it is never shown."""
    said = (element.get("href") or words(element)).strip() if element is not None else ""
    if said and not _ADDRESS.fullmatch(said):
        reading.warn("VALUE_UNREADABLE", f"{path} is no web address", path, hint="write it with https://")
        return None
    return said or None


def _addresses(identity: Identity) -> list[dict[str, str]]:
    found = [one for one in identity.plain if _ADDRESS.fullmatch(one) and len(one) <= _IDENTIFIER_LENGTH]
    return [{"scheme": "url", "value": one} for one in found[:20]]


def _date(reading: Reading, part: Part, name: str) -> dict[str, Any] | None:
    return date_of(reading, f"presentation/{name}", part.first(name, reading))


def _languages(reading: Reading, elements: list[Any]) -> list[str]:
    path = "presentation/languageOfInstruction"
    found = [reading.take(path, read_language, words(one)) for one in elements]
    return list(dict.fromkeys(one for one in found if one))


def _seats(reading: Reading, element: Any | None) -> int | None:
    return reading.take("presentation/places", _whole, words(element)) if element is not None else None


def _whole(text: str) -> int:
    number = read_number(text)
    if number != int(number):
        raise Unreadable(f"is no number of places: {text[:40]!r}")
    return int(number)


def _note(reading: Reading, part: Part, described: dict[str, str]) -> str | None:
    """What the presentation says of itself and the course does not."""
    plain: list[Any] = []
    for one in part.pop("description"):
        kind = type_of(one)
        if kind is None:
            plain.append(one)
        else:
            reading.drop(f"presentation/description ({kind})")
    said = next(iter(joined(reading, "presentation/description", plain).values()), None)
    if said is None or said in described.values():
        return None
    return paragraph(reading, "presentation/description", said, NOTE_LENGTH)
