"""Credentials: what a learner can earn."""

from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, ValidationInfo, model_validator

from catalog.model.records.offering import Offering, Usual
from catalog.model.records.record_fields import Partnership, RecordFields
from catalog.model.records.rule_field import RuleField
from catalog.model.records.size import bounded_parts
from catalog.model.records.uniqueness import unique_refs
from catalog.model.rule import MOST_NODES, walk
from catalog.model.shapes import (
    Code,
    Day,
    Duration,
    LanguageTag,
    Line,
    Money,
    Note,
    Number,
    Prose,
    Range,
    Reference,
    Shape,
    Title,
    Url,
)
from catalog.model.vocabulary import (
    Audience,
    ComponentRegistration,
    CredentialKind,
    CreditBasis,
    CreditStatus,
    CreditUnit,
    EarnBy,
    Lifecycle,
    RecordOfLearning,
    RequirementKind,
    RequirementMoment,
    RequirementsStated,
    Restriction,
    Stated,
)

MOST_OFFERING_PARTS = 1_000  # fees of all offerings, and so for meetings, places and every other list


class Credit(Shape):
    value: Number | None = None
    unit: CreditUnit | None = None
    per: CreditBasis | None = None
    status: CreditStatus | None = None
    text: Line | None = None


class SkillMention(Shape):
    """A skill by code, or by label alone: then its scheme is `local` and its code the slug of the label."""

    scheme: Code | None = None
    code: Code | None = None
    label: Title | None = None
    level: Line | None = None

    @model_validator(mode="after")
    def named(self) -> Self:
        if self.label is None and not (self.scheme and self.code):
            raise ValueError("needs a label, or a scheme and a code")
        return self


class Restricted(Shape):
    kind: Restriction
    text: Note | None = None


class QualityAssurance(Shape):
    body: Line | None = None
    approved_on: Day | None = None
    review_by: Day | None = None


class PriorLearning(Shape):
    available: bool | None = None
    methods: Annotated[list[Line], Field(max_length=10)] | None = None
    fee: Money | None = None


class Requirement(Shape):
    kind: RequirementKind
    rule: RuleField
    at: RequirementMoment | None = None
    original: Note | None = None


class CredentialRecord(RecordFields):
    """One institution's own listing of something that can be earned."""

    REQUIRED: ClassVar = ("provider", "title", "kind")
    REFERRABLE: ClassVar = True

    type: Literal["credential"]
    provider: Reference | None = None
    title: Title | None = None
    summary: Prose | None = None
    description: Prose | None = None
    kind: CredentialKind | None = None
    provider_term: Line | None = None
    records: Annotated[list[RecordOfLearning], Field(max_length=4)] | None = None
    badge: Stated | None = None
    lifecycle: Lifecycle | None = None
    languages: Annotated[list[LanguageTag], Field(max_length=10)] | None = None
    stated_hours: Range | None = None
    instructional_hours: Range | None = None
    independent_hours: Range | None = None
    placement_hours: Range | None = None
    total_hours: Range | None = None
    weekly_hours: Range | None = None
    weeks: Range | None = None
    credit: Credit | None = None
    skills: Annotated[list[SkillMention], Field(max_length=50)] | None = None
    occupations: Annotated[list[Code], Field(max_length=20)] | None = None
    sectors: Annotated[list[Code], Field(max_length=20)] | None = None
    sector_text: Line | None = None
    cip: Code | None = None
    themes: Annotated[list[Code], Field(max_length=20)] | None = None
    audiences: Annotated[list[Audience], Field(max_length=16)] | None = None
    audience_text: Note | None = None
    restriction: Restricted | None = None
    assessed: Stated | None = None
    assessment_methods: Annotated[list[Line], Field(max_length=20)] | None = None
    qa: QualityAssurance | None = None
    plar: PriorLearning | None = None
    requirements_stated: RequirementsStated | None = None
    requirements: Annotated[list[Requirement], Field(max_length=20)] | None = None
    partnerships: Annotated[list[Partnership], Field(max_length=20)] | None = None
    components: Annotated[list[Reference], Field(max_length=100)] | None = None
    registration: ComponentRegistration | None = None
    earn_by: Annotated[list[EarnBy], Field(max_length=4)] | None = None
    catalogued: bool | None = None
    valid_for: Duration | None = None
    supersedes: Reference | None = None
    register_url: Url | None = None
    usual: Usual | None = None
    offerings: Annotated[list[Offering], Field(max_length=200)] | None = None

    @model_validator(mode="after")
    def offerings_are_distinct(self) -> Self:
        unique_refs("offerings", self.offerings)
        return self

    @model_validator(mode="after")
    def offerings_are_bounded(self) -> Self:
        bounded_parts("offerings", self.offerings, MOST_OFFERING_PARTS)
        return self

    @model_validator(mode="after")
    def requirements_are_bounded(self) -> Self:
        nodes = sum(1 for one in self.requirements or () for _ in walk(one.rule))
        if nodes > MOST_NODES:
            raise ValueError(f"requirements have {nodes} nodes in all their rules; at most {MOST_NODES} are taken")
        return self

    @model_validator(mode="after")
    def none_required_means_none_listed(self, info: ValidationInfo) -> Self:
        if (
            not (info.context or {}).get("merged")
            and self.requirements_stated is RequirementsStated.NONE
            and self.requirements
        ):
            raise ValueError("states requirementsStated NONE and lists requirements")
        return self
