"""Institutions and their campuses."""

from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from catalog.model.records.record_fields import RecordFields
from catalog.model.records.uniqueness import unique_refs
from catalog.model.shapes import Day, Line, PartRef, Reference, Shape, Title, Url
from catalog.model.vocabulary import InstitutionKind
from catalog.model.zones import ZoneName


class Campus(Shape):
    """A place of an institution. Coordinates come from a named gazetteer or stay out."""

    ref: PartRef
    name: Line | None = None
    city: Line | None = None
    regional_district: Line | None = None
    region: Reference | None = None
    latitude: Annotated[float, Field(ge=-90, le=90)] | None = None
    longitude: Annotated[float, Field(ge=-180, le=180)] | None = None
    time_zone: ZoneName | None = None
    landmass: Line | None = None
    note: Line | None = None
    """What speaks against it: a city that no source confirms."""


class Regulation(Shape):
    scheme: Line
    certificate: Line | None = None
    status: Line | None = None
    valid_until: Day | None = None
    checked_on: Day | None = None
    source: Url | None = None


class InstitutionRecord(RecordFields):
    """A provider, partner, funder or community."""

    REQUIRED: ClassVar = ("name", "kind")

    type: Literal["institution"]
    name: Title | None = None
    short_name: Line | None = None
    kind: InstitutionKind | None = None
    region: Reference | None = None
    campuses: Annotated[list[Campus], Field(max_length=100)] | None = None
    regulation: Regulation | None = None

    @model_validator(mode="after")
    def campuses_are_distinct(self) -> Self:
        unique_refs("campuses", self.campuses)
        return self
