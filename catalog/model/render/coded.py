"""Documents of skills, occupations, sectors, regions and themes."""

from typing import Any

from catalog.model.records.coded import CodedRecord
from catalog.model.render.context import Context

TEER_DIGIT = 1  # NOC 2021: the second digit of a unit group's code is its TEER category


def render_coded(record: CodedRecord, context: Context) -> dict[str, Any]:
    type_name = record.kind_of_thing.value.capitalize()
    document: dict[str, Any] = {
        "__typename": type_name,
        "id": context.id,
        "slug": context.slug,
        "scheme": record.scheme,
        "code": record.code,
    }
    label = {"Skill": "label", "Occupation": "title"}.get(type_name, "name")
    document[label] = record.labels or {}
    document["description"] = record.description
    if type_name == "Occupation":
        document["teer"] = _teer(record.code or "")
    return document


def _teer(code: str) -> int | None:
    return int(code[TEER_DIGIT]) if len(code) > TEER_DIGIT and code.isdecimal() else None
