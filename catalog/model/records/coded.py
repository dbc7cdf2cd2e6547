"""Things that somebody's scheme gives a code: skills, occupations, sectors, regions, themes."""

from typing import Annotated, ClassVar, Literal

from pydantic import StringConstraints

from catalog.model.records.record_fields import RecordFields
from catalog.model.shapes import Line, Prose, Title

CodeText = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=80)]


class CodedRecord(RecordFields):
    """Codes are text: leading zeros count."""

    REQUIRED: ClassVar = ("scheme", "code", "labels")

    scheme: CodeText | None = None
    code: CodeText | None = None
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
