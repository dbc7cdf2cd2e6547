"""Public money given to providers."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field, StringConstraints

from catalog.model.records.record_fields import RecordFields
from catalog.model.shapes import Count, Money, Note, Reference
from catalog.model.vocabulary import Allocation, AwardPurpose

FiscalYear = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-[0-9]{2}$")]


class FundingAwardRecord(RecordFields):
    """One award, counted once however many share it; `fiscalYears` are April to March, written 2020-21."""

    REQUIRED: ClassVar = ("funder", "recipients")
    REFERRABLE: ClassVar = True

    type: Literal["fundingAward"]
    funder: Reference | None = None
    recipients: Annotated[list[Reference], Field(min_length=1, max_length=50)] | None = None
    amount: Money | None = None
    fiscal_years: Annotated[list[FiscalYear], Field(max_length=10)] | None = None
    purpose: AwardPurpose | None = None
    covers: Annotated[list[Reference], Field(max_length=100)] | None = None
    seats_funded: Count | None = None
    learners_planned: Count | None = None
    allocation: Allocation | None = None
    note: Note | None = None
