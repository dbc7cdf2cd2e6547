"""Things that somebody's scheme gives a code: skills, occupations, sectors, regions, themes."""

from typing import ClassVar, Literal

from catalog.model.records.record_fields import RecordFields
from catalog.model.shapes import Code, Line, Prose, Title


class CodedRecord(RecordFields):
    """Codes are text: leading zeros count."""

    REQUIRED: ClassVar = ("scheme", "code", "labels")

    scheme: Code | None = None
    code: Code | None = None
    labels: Title | None = None
    description: Prose | None = None


class SkillRecord(CodedRecord):
    type: Literal["skill"]


class OccupationRecord(CodedRecord):
    """NOC 2021 unit groups; the second digit of the code is its TEER."""

    type: Literal["occupation"]


class SectorRecord(CodedRecord):
    type: Literal["sector"]


class RegionRecord(CodedRecord):
    type: Literal["region"]
    note: Line | None = None


class ThemeRecord(CodedRecord):
    type: Literal["theme"]
