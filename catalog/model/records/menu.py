"""Menus: what a learner composes a program from."""

from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from catalog.model.records.pick import Pick
from catalog.model.records.record_fields import DayWindow, Partnership, RecordFields
from catalog.model.records.uniqueness import distinct, unique_placed_refs
from catalog.model.shapes import Line, PartRef, Prose, Reference, Shape, Title


class MenuSection(Shape):
    """Items to choose from; without a `ref` a section is called by its place: 1, 2, 3."""

    ref: PartRef | None = None
    title: Line
    pick: Pick
    items: Annotated[list[Reference], Field(min_length=1, max_length=100)]

    @model_validator(mode="after")
    def can_be_chosen_from(self) -> Self:
        distinct("items", self.items)
        if self.pick.asks_more_than(len(self.items)):
            raise ValueError(f"asks for {self.pick.min:g} of {len(self.items)} items")
        return self


class MenuWindow(DayWindow):
    """When the menu may be chosen from."""


class MenuRecord(RecordFields):
    """Sections of credentials, also of several institutions."""

    REQUIRED: ClassVar = ("title", "owner", "sections")

    type: Literal["menu"]
    title: Title | None = None
    summary: Prose | None = None
    owner: Reference | None = None
    partnerships: Annotated[list[Partnership], Field(max_length=20)] | None = None
    sections: Annotated[list[MenuSection], Field(max_length=50)] | None = None
    award: Reference | None = None
    window: MenuWindow | None = None

    @model_validator(mode="after")
    def sections_are_distinct(self) -> Self:
        unique_placed_refs("sections", self.sections)
        return self
