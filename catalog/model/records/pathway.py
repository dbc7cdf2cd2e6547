"""Pathways: how credentials stack into a larger award."""

from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from catalog.model.records.pick import Pick
from catalog.model.records.record_fields import RecordFields
from catalog.model.records.rule_field import RuleField
from catalog.model.records.uniqueness import distinct, in_order, unique_placed_refs
from catalog.model.shapes import (
    Day,
    Duration,
    Line,
    Note,
    Number,
    PartRef,
    Prose,
    Reference,
    Shape,
    Title,
    check_bounds,
)
from catalog.model.vocabulary import LimitKind, LimitUnit, PartOrder


class PathwayPart(Shape):
    """What must be done; `unlisted` names what the source leaves unnamed, so that nobody takes the list for whole.

    Without a `ref` a part is called by its place: 1, 2, 3.
    """

    ref: PartRef | None = None
    title: Line | None = None
    order: PartOrder | None = None
    pick: Pick | None = None
    within: Duration | None = None
    may_share: bool | None = None
    items: Annotated[list[Reference], Field(max_length=100)] | None = None
    unlisted: Note | None = None
    rule: RuleField | None = None

    @model_validator(mode="after")
    def asks_for_something(self) -> Self:
        if not self.items and self.unlisted is None and self.rule is None:
            raise ValueError("states neither items, unlisted nor a rule")
        distinct("items", self.items)
        is_whole = self.unlisted is None and self.rule is None
        if is_whole and self.pick and self.pick.asks_more_than(len(self.items or ())):
            raise ValueError(f"asks for {self.pick.min:g} of {len(self.items or ())} items")
        return self


class PathwayLimit(Shape):
    """How much of the award must be new or earned here, or may come from prior learning or transfer."""

    kind: LimitKind
    unit: LimitUnit | None = None
    min: Number | None = None
    max: Number | None = None
    except_: list[Reference] | None = Field(None, alias="except", max_length=100)
    text: Note | None = None

    @model_validator(mode="after")
    def limits_something(self) -> Self:
        if self.min is None and self.max is None and self.text is None:
            raise ValueError("states neither min, max nor text")
        if self.unit is LimitUnit.FRACTION and max(self.min or 0, self.max or 0) > 1:
            raise ValueError("a fraction is a share from 0 to 1")
        check_bounds(self.min, self.max)
        return self


class PathwayRecord(RecordFields):
    """Parts, their order and choice, on the way to `award`."""

    REQUIRED: ClassVar = ("title", "award", "owner", "parts")

    type: Literal["pathway"]
    title: Title | None = None
    summary: Prose | None = None
    award: Reference | None = None
    owner: Reference | None = None
    parts: Annotated[list[PathwayPart], Field(max_length=50)] | None = None
    limits: Annotated[list[PathwayLimit], Field(max_length=20)] | None = None
    valid_from: Day | None = None
    valid_to: Day | None = None

    @model_validator(mode="after")
    def parts_are_distinct(self) -> Self:
        unique_placed_refs("parts", self.parts)
        return self

    @model_validator(mode="after")
    def leads_somewhere_else(self) -> Self:
        in_order(self.valid_from, self.valid_to, "validFrom and validTo")
        for index, part in enumerate(self.parts or ()):
            if self.award is not None and self.award in (part.items or ()):
                raise ValueError(f"parts[{index}].items has the award itself")
        return self
