"""Who says something: the declaration that every ingest file begins with."""

from typing import Annotated

from pydantic import Field, StringConstraints

from catalog.model.shapes import LanguageTag, Line, Shape, Url
from catalog.model.vocabulary import SourceKind
from catalog.model.zones import ZoneName

DEFAULT_PRECEDENCE: dict[SourceKind, int] = {
    SourceKind.PROVIDER: 500,
    SourceKind.PARTNER: 400,
    SourceKind.GOVERNMENT: 300,
    SourceKind.NEWS: 200,
    SourceKind.MIRROR: 100,
    SourceKind.CATALOGUE: 50,
    SourceKind.DEMO: 10,
}
"""Who is believed where two disagree, unless a source declares its own precedence: nobody knows better than the provider."""


CLASSIFICATION = "catalogue/classification"
"""The source of our own classification: never shown as the provider's words."""


class Expected(Shape):
    """How many records a full delivery has."""

    min: Annotated[int, Field(ge=0)] | None = None
    max: Annotated[int, Field(ge=0)] | None = None

    def fits(self, count: int) -> bool:
        return (self.min or 0) <= count and (self.max is None or count <= self.max)


class Source(Shape):
    """`complete`: a full delivery, so that what is absent is withdrawn."""

    key: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9._/-]*$", max_length=100)]
    name: Line
    kind: SourceKind
    owner: Line | None = None
    url: Url | None = None
    precedence: Annotated[int, Field(ge=0, le=1_000)] | None = None
    complete: bool = False
    expected: Expected | None = None
    default_time_zone: ZoneName | None = None
    language: LanguageTag = "en"

    @property
    def rank(self) -> int:
        return DEFAULT_PRECEDENCE[self.kind] if self.precedence is None else self.precedence
