"""What earlier learning is worth elsewhere: recognition of one credential by an institution, and equivalence of several."""

from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from catalog.model.records.credential import Credit
from catalog.model.records.record_fields import RecordFields
from catalog.model.records.rule_field import RuleField
from catalog.model.records.uniqueness import distinct, in_order
from catalog.model.shapes import Day, Line, Note, Reference
from catalog.model.vocabulary import EquivalenceBasis, RecognitionKind


class RecognitionRecord(RecordFields):
    """`institution` gives `kind` (and `credit`) towards `to` to whoever holds `from` and meets `rule`.

    `guaranteed` is false where each case is decided by itself; absent where the source does not say.
    """

    REQUIRED: ClassVar = ("from", "to")

    type: Literal["recognition"]
    from_: Reference | None = Field(None, alias="from")
    to: Reference | None = None
    institution: Reference | None = None
    credit: Credit | None = None
    kind: RecognitionKind | None = None
    rule: RuleField | None = None
    guaranteed: bool | None = None
    effective_from: Day | None = None
    effective_to: Day | None = None
    note: Note | None = None

    @model_validator(mode="after")
    def in_force_for_a_time(self) -> Self:
        in_order(self.effective_from, self.effective_to, "effectiveFrom and effectiveTo")
        return self

    @model_validator(mode="after")
    def gives_something_else(self) -> Self:
        if self.from_ is not None and self.from_ == self.to:
            raise ValueError("recognises a credential as itself")
        if self.credit and self.credit.value and self.kind in (RecognitionKind.WAIVER, RecognitionKind.NONE):
            raise ValueError(f"{self.kind} gives no credit")
        return self


class EquivalenceRecord(RecordFields):
    """Credentials that count as the same; only SHARED_CURRICULUM and REVIEWED count in rules, plans and numbers."""

    REQUIRED: ClassVar = ("members", "basis")

    type: Literal["equivalence"]
    members: Annotated[list[Reference], Field(min_length=2, max_length=100)] | None = None
    basis: EquivalenceBasis | None = None
    reviewed_by: Line | None = None
    on: Day | None = None
    note: Note | None = None

    @model_validator(mode="after")
    def members_are_distinct(self) -> Self:
        distinct("members", self.members)
        return self
