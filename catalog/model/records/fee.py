"""Fees of an offering, exactly as far as the source says."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from catalog.model.shapes import Day, Line, Money, Reference, Shape, Share
from catalog.model.vocabulary import Audience, FeeDue, FeeKind, FeePer, Residency, Tax


class ValidFor(Shape):
    text: Line | None = None
    from_: Day | None = Field(None, alias="from")
    to: Day | None = None


class Cover(Shape):
    """Who does not pay this fee (an audience or ALL), paid by whom, which share of it (absent: all of it)."""

    audience: Audience | Literal["ALL"]
    by: Reference | None = None
    share: Share | None = None
    text: Line | None = None


class Fee(Shape):
    """FREE is a fee of amount 0; a deposit is part of tuition and never added twice. Without `per` it is a total."""

    kind: FeeKind
    amount: Money | None = None
    amount_max: Money | None = None
    per: FeePer | None = None
    residency: Residency | None = None
    optional: bool | None = None
    pay_to: Line | None = None
    due: FeeDue | None = None
    due_on: Day | None = None
    refundable_until: Day | None = None
    tax: Tax | None = None
    valid_for: ValidFor | None = None
    covered_for: Annotated[list[Cover], Field(max_length=20)] | None = None
    text: Line | None = None

    @model_validator(mode="after")
    def most_is_not_less(self) -> Self:
        if self.amount and self.amount_max and self.amount_max.value() < self.amount.value():
            raise ValueError(f"has an amountMax ({self.amount_max.amount}) below its amount ({self.amount.amount})")
        return self
