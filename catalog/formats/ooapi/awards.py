"""What kind of credential a program or course is, by the codes of the source only."""

from typing import Any

from catalog.formats.ooapi.properties import Properties
from catalog.formats.ooapi.texts import plain
from catalog.model.reading.delivery import Reading
from catalog.model.shapes import LINE_LENGTH

_QUALIFICATIONS = {
    "ad": "ASSOCIATE_DEGREE", "ba": "DEGREE", "bsc": "DEGREE", "llb": "DEGREE", "ma": "DEGREE", "msc": "DEGREE",
    "llm": "DEGREE", "phd": "DEGREE",
}  # fmt: skip
"""The abbreviations that the specification lists, in which MA is a Master of Arts."""
_MICRO = frozenset({"microcredential", "micro-credential", "micro credential"})
_NO_QUALIFICATION = frozenset({"none"})
WHOLE = "program"


def of_program(reading: Reading, own: Properties) -> dict[str, Any]:
    """`kind` and `providerTerm`. A minor or a track earns no degree of its own, whatever its program does."""
    awarded = plain(reading, "qualificationAwarded", own.pop("qualificationAwarded"))
    kind = plain(reading, "programType", own.pop("programType", "type"))
    if kind is not None and kind.lower() in _MICRO:
        return {"kind": "MICRO_CREDENTIAL"}
    if kind is not None and kind != WHOLE:
        if awarded is not None and awarded.lower() not in _NO_QUALIFICATION:
            reading.drop("program.qualificationAwarded (of a part of a program)")
        return {"kind": "OTHER", "providerTerm": kind[:LINE_LENGTH]}
    if awarded is None or awarded.lower() in _NO_QUALIFICATION:
        return {"kind": "OTHER"}
    if awarded.lower() in _QUALIFICATIONS:
        return {"kind": _QUALIFICATIONS[awarded.lower()], "providerTerm": awarded}
    message = f"qualificationAwarded is none that we know: {awarded[:40]!r}"
    reading.warn("VALUE_UNREADABLE", message, "qualificationAwarded", awarded)
    return {"kind": "OTHER", "providerTerm": awarded[:LINE_LENGTH]}
