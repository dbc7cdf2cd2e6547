"""mlo:qualification and mlo:credit of a course."""

from collections.abc import Iterable
from typing import Any

from catalog.formats.xcri_cap.names import Names
from catalog.formats.xcri_cap.parts import Part
from catalog.formats.xcri_cap.texts import line
from catalog.model.reading.delivery import Reading
from catalog.model.reading.numbers import read_number
from catalog.model.shapes import LINE_LENGTH

KINDS = {
    "certificate": "CERTIFICATE", "diploma": "DIPLOMA", "degree": "DEGREE", "bachelor's degree": "DEGREE",
    "bachelors degree": "DEGREE", "master's degree": "DEGREE", "masters degree": "DEGREE", "doctorate": "DEGREE",
    "graduate certificate": "GRADUATE_CERTIFICATE", "postgraduate certificate": "GRADUATE_CERTIFICATE",
    "associate degree": "ASSOCIATE_DEGREE", "apprenticeship": "APPRENTICESHIP",
    "micro-credential": "MICRO_CREDENTIAL", "microcredential": "MICRO_CREDENTIAL", "micro credential": "MICRO_CREDENTIAL",
}  # fmt: skip
"""Whole words only: MA is a master's degree to some, and a modern apprenticeship to others."""


def award(reading: Reading, elements: Iterable[Any], names: Names) -> dict[str, Any]:
    """`kind` and `providerTerm`. A course whose qualification has another name is still a course."""
    terms: list[str] = []
    kinds: list[str] = []
    for element in elements:
        part = Part(element, names, "qualification")
        said = [line(reading, f"qualification/{name}", one) for name in ("title", "type", "abbr") for one in part.pop(name)]
        part.drop_rest(reading)
        terms += [one for one in said if one][:1]
        kinds += [KINDS[one.lower()] for one in said if one and one.lower() in KINDS][:1]
    for _ in terms[1:]:
        reading.drop("qualification/title (more than one)")
    kind = kinds[0] if len(set(kinds)) == 1 and len(terms) == 1 else "COURSE"
    return {"kind": kind, "providerTerm": terms[0] if terms else None}


def credit(reading: Reading, elements: Iterable[Any], names: Names) -> dict[str, Any] | None:
    """What schemes such as CATS and ECTS count is a unit of their own."""
    said: list[str] = []
    values: list[float] = []
    for element in elements:
        part = Part(element, names, "credit")
        scheme, level, value = (
            line(reading, f"credit/{name}", part.first(name, reading)) for name in ("scheme", "level", "value")
        )
        part.drop_rest(reading)
        number = reading.take("credit/value", read_number, value)
        values += [number] if number is not None else []
        words = [value, scheme, f"level {level}" if level else None]
        said += [" ".join(one for one in words if one)] if any(words) else []
    if not said:
        return None
    value_of_all = values[0] if len(values) == len(said) == 1 else None
    return {"value": value_of_all, "unit": "LOCAL", "per": "CREDENTIAL", "text": "; ".join(said)[:LINE_LENGTH]}
