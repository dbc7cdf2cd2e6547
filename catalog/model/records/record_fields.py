"""What every record carries, and the parts that several types share."""

from typing import Annotated, ClassVar, Self

from pydantic import Field, StringConstraints, model_validator

from catalog.model.records.uniqueness import in_order
from catalog.model.shapes import Day, Identifier, Line, LocalRef, Note, Reference, Shape, Slug, Url
from catalog.model.vocabulary import PartnershipRole, RecordType, Reuse, SourceQuality, Visibility

SOURCE_PATH = r"^\*$|^[a-zA-Z]+(\[[A-Za-z0-9._-]+\])?(\.[A-Za-z0-9-]+)*$"
MOST_SOURCED_PATHS = 500


class FieldSource(Shape):
    """Where a value was read, when the source stated it, the words it rests on, and what speaks against it.

    `asOf` is for a year or a month (`2021`, `2021-02`) where no day is known.
    """

    url: Url | None = None
    stated_on: Day | None = None
    as_of: Annotated[str, StringConstraints(pattern=r"^[12][0-9]{3}(-[01][0-9])?$")] | None = None
    words: Note | None = None
    basis: Line | None = None
    quality: SourceQuality | None = None


class DayWindow(Shape):
    """From one day to another, as far as the source says."""

    opens_on: Day | None = None
    closes_on: Day | None = None

    @model_validator(mode="after")
    def opens_before_it_closes(self) -> Self:
        in_order(self.opens_on, self.closes_on, "opensOn and closesOn")
        return self


class Stewardship(Shape):
    """Who governs community knowledge, under which consent."""

    community: Line | None = None
    authority: Line | None = None
    consent_on: Day | None = None
    review_on: Day | None = None
    contact: Line | None = None
    protocol_url: Url | None = None
    labels: Annotated[list[Line], Field(max_length=20)] | None = None


class Partnership(Shape):
    """Somebody's role beside the provider; `text` where the partner is named only in words."""

    role: PartnershipRole
    institution: Reference | None = None
    text: Line | None = None
    note: Note | None = None


class RecordFields(Shape):
    """The fields of every record. All are optional: a statement may speak of one field of a known thing."""

    REQUIRED: ClassVar[tuple[str, ...]] = ()
    """Names (as written in JSON) that the merged record needs to be published."""

    ref: LocalRef | None = None
    slug: Slug | None = None
    identifiers: Annotated[list[Identifier], Field(max_length=20)] | None = None
    url: Url | None = None
    sources: (
        Annotated[
            dict[
                Annotated[str, StringConstraints(pattern=SOURCE_PATH, max_length=200)],
                Annotated[list[FieldSource], Field(min_length=1, max_length=10)],
            ],
            Field(max_length=MOST_SOURCED_PATHS),
        ]
        | None
    ) = None
    confirmed_on: Day | None = None
    visibility: Visibility | None = None
    reuse: Reuse | None = None
    countable: bool | None = None
    illustration: bool | None = None
    stewardship: Stewardship | None = None

    REFERRABLE: ClassVar[bool] = False
    """Whether such a thing can need a referral; what others are shown through cannot."""

    @model_validator(mode="after")
    def referral_only_where_it_hides_nothing_else(self) -> Self:
        if self.visibility is Visibility.BY_REFERRAL and not self.REFERRABLE:
            raise ValueError("visibility BY_REFERRAL is for credentials and awards: others are shown through this")
        return self

    @property
    def kind_of_thing(self) -> RecordType:
        return RecordType(self.type)  # type: ignore[attr-defined] # every record type declares its literal `type`
