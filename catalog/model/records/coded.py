"""Things that somebody's scheme gives a code: skills, occupations, sectors, regions, themes."""

from typing import ClassVar, Literal, Self

from pydantic import model_validator

from catalog.model.records.record_fields import RecordFields
from catalog.model.shapes import Code, Line, Prose, Title


class CodedRecord(RecordFields):
    """Codes are text: leading zeros count."""

    REQUIRED: ClassVar = ("scheme", "code", "labels")

    scheme: Code | None = None
    code: Code | None = None
    labels: Title | None = None
    description: Prose | None = None

    @property
    def coded_slug(self) -> str | None:
        """What it goes by: its code; skills of several schemes also need the scheme."""
        return self.code.lower() if self.code else None

    @model_validator(mode="after")
    def goes_by_its_code(self) -> Self:
        if self.slug and self.coded_slug and self.slug != self.coded_slug:
            raise ValueError(f"goes by its code: leave slug out, or write {self.coded_slug}")
        return self


class SkillRecord(CodedRecord):
    type: Literal["skill"]

    @property
    def coded_slug(self) -> str | None:
        return f"{self.scheme}:{self.code}".lower() if self.scheme and self.code else None


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
