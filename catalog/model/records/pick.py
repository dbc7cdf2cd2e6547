"""How many items of a part or section are to be taken."""

from typing import Self

from pydantic import model_validator

from catalog.model.shapes import Number, Shape, check_bounds
from catalog.model.vocabulary import PickUnit


class Pick(Shape):
    """At least `min` and at most `max`, counted in `unit`."""

    unit: PickUnit
    min: Number | None = None
    max: Number | None = None

    @model_validator(mode="after")
    def ordered(self) -> Self:
        if self.min is None and self.max is None:
            raise ValueError("states neither min nor max")
        check_bounds(self.min, self.max)
        if self.unit is PickUnit.COUNT and any(one is not None and one % 1 for one in (self.min, self.max)):
            raise ValueError("counts whole things")
        return self

    def asks_more_than(self, items: int) -> bool:
        """Whether so many items can never be enough."""
        return self.unit is PickUnit.COUNT and (self.min or 0) > items
