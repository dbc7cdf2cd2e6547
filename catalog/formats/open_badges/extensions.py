"""What Dutch issuers say besides, in the terms of their extension educredentials, where a Record has a place for it."""

from typing import Any

from catalog.formats.open_badges.values import Node, read_amount, several
from catalog.model.reading.delivery import Reading
from catalog.model.reading.markup import read_title
from catalog.model.reading.unreadable import Unreadable
from catalog.model.reading.words import read_mode

PROGRAM_SCHEME = "education-program-identifier"
TAKEN = frozenset({"ECTS", "SBU", "assessmentType", "participationType", "educationProgramIdentifier"})


def read_extensions(reading: Reading, node: Node) -> dict[str, Any]:
    """Fields of a credential: ECTS are credits of their own unit, SBU hours of study of which it is not said which."""
    points = reading.take("ECTS", read_amount, node.get("ECTS"))
    hours = reading.take("SBU", read_amount, node.get("SBU"))
    mode = reading.take("participationType", _mode, node.get("participationType"))
    methods = [reading.take("assessmentType", _line, one) for one in several(node.get("assessmentType"))[:20]]
    return {
        "credit": None if points is None else {"value": points, "per": "CREDENTIAL", "text": f"{points:g} ECTS"},
        "statedHours": None if hours is None else {"min": hours, "max": hours, "text": f"{hours:g} SBU"},
        "usual": None if mode is None else {"mode": mode},
        "assessmentMethods": [one for one in methods if one],
    }


def program_identifier(node: Node) -> dict[str, str] | None:
    value = node.get("educationProgramIdentifier")
    is_plain = isinstance(value, int | str) and not isinstance(value, bool) and str(value).isalnum()
    return {"scheme": PROGRAM_SCHEME, "value": str(value)[:200]} if is_plain else None


def _mode(value: Any) -> str:
    return read_mode(_line(value))


def _line(value: Any) -> str:
    if not isinstance(value, str):
        raise Unreadable("is no text")
    return read_title(value)[0]
