"""Forecast demand for labour: figures of an outlook, never vacancies."""

from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from catalog.model.records.record_fields import RecordFields
from catalog.model.shapes import Code, Note, Reference

Year = Annotated[int, Field(ge=1900, le=2199)]
Openings = Annotated[float, Field(ge=-1e9, le=1e9, strict=False)]


class DemandRecord(RecordFields):
    """Job openings expected `from` a year `to` another, in all these regions together.

    Without an occupation it is for all occupations, without a sector for all sectors. `value` is the sum over the years,
    `perYear` a yearly figure where the source itself gives one. Where several regions share one figure it is never split.
    """

    REQUIRED: ClassVar = ("regions", "from", "to", "value")

    type: Literal["demand"]
    occupation: Code | None = None
    sector: Code | None = None
    regions: Annotated[list[Reference], Field(min_length=1, max_length=20)] | None = None
    from_: Year | None = Field(None, alias="from")
    to: Year | None = None
    value: Openings | None = None
    per_year: Openings | None = None
    note: Note | None = None

    @model_validator(mode="after")
    def years_are_in_order(self) -> Self:
        if self.from_ is not None and self.to is not None and self.to < self.from_:
            raise ValueError(f"ends ({self.to}) before it begins ({self.from_})")
        return self
