"""Public money for learners."""

from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from catalog.model.records.record_fields import DayWindow, RecordFields
from catalog.model.records.rule_field import RuleField
from catalog.model.shapes import Code, Day, Line, Money, Note, Reference, Shape, Share, Title
from catalog.model.vocabulary import CapPeriod, FundedCost, FundingDecision, PaysTo, WindowStatus


class Cap(Shape):
    """The most that one learner receives."""

    amount: Money
    per: CapPeriod | None = None


class FundingWindow(DayWindow):
    """When applications are taken; `asOf` is the day on which the source said so."""

    status: WindowStatus | None = None
    as_of: Day | None = None


class LearnerContribution(Shape):
    """What the learner pays all the same."""

    amount: Money | None = None
    share: Share | None = None
    text: Line | None = None


class ApprovalFirst(Shape):
    """A benefit whose holders need somebody's approval before they apply."""

    benefit: Code
    authority: Line | None = None


class Exclusion(Shape):
    """What the program does not pay, or another program that it is not paid beside."""

    cost: FundedCost | None = None
    program: Reference | None = None
    text: Note | None = None

    @model_validator(mode="after")
    def excludes_something(self) -> Self:
        if self.cost is None and self.program is None and self.text is None:
            raise ValueError("states neither cost, program nor text")
        return self


class FundingProgramRecord(RecordFields):
    """`rule` says who may have it, `covers` what it pays, `designations` where it may be spent."""

    REQUIRED: ClassVar = ("name", "owner")

    type: Literal["fundingProgram"]
    name: Title | None = None
    owner: Reference | None = None
    rule: RuleField | None = None
    cap: Cap | None = None
    windows: Annotated[list[FundingWindow], Field(max_length=50)] | None = None
    designations: Annotated[list[Reference], Field(max_length=2_000)] | None = None
    decision: FundingDecision | None = None
    covers: Annotated[list[FundedCost], Field(max_length=20)] | None = None
    pays_to: PaysTo | None = None
    taxable: bool | None = None
    learner_contribution: LearnerContribution | None = None
    approval_first: Annotated[list[ApprovalFirst], Field(max_length=20)] | None = None
    excludes: Annotated[list[Exclusion], Field(max_length=50)] | None = None
    note: Note | None = None
