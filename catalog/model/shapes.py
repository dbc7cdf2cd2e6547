"""The shapes that records share: text, money, range, partial date, reference."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Annotated, Any, ClassVar, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    StringConstraints,
    ValidationInfo,
    WithJsonSchema,
    model_validator,
)
from pydantic.alias_generators import to_camel
from pydantic.json_schema import JsonSchemaValue

from catalog.model.cleaning import clean_line, clean_text
from catalog.model.vocabulary import Basis, DatePrecision

LINE_LENGTH = 300
PARAGRAPH_LENGTH = 20_000
FIRST_YEAR, LAST_YEAR = 1900, 2199
LANGUAGE = r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"  # BCP 47 as far as a catalogue needs it; three letters are ISO 639-3
LOCAL = r"[a-z0-9][a-z0-9._-]*"
REFERENCE = re.compile(rf"^{LOCAL}(/{LOCAL})?(#[A-Za-z0-9][A-Za-z0-9._-]*)?$")

ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Shape(BaseModel):
    """Strict and closed: an unknown field is an error, never ignored."""

    model_config = ConfigDict(
        strict=True,
        extra="forbid",
        frozen=True,
        alias_generator=to_camel,
        validate_by_alias=True,
        validate_by_name=False,
    )


@cache
def field_names() -> frozenset[str]:
    """The names of all fields of all records and their parts, as written in JSON."""

    def names(shape: type[Shape]) -> set[str]:
        own = {field.alias or name for name, field in shape.model_fields.items()}
        return own.union(*(names(one) for one in shape.__subclasses__()))

    return frozenset(names(Shape))


def _language_map(clean: Callable[[str], str], limit: int) -> Callable[[Any, ValidationInfo], Any]:
    def parse(value: Any, info: ValidationInfo) -> Any:
        language = (info.context or {}).get("language", "en")
        texts = {language: value} if isinstance(value, str) else value
        if not isinstance(texts, dict) or not texts:
            raise ValueError('must be text or a map of language to text, such as {"en": "..."}')
        return {_language(key): _text(text, clean, limit) for key, text in texts.items()}

    return parse


def _language(key: Any) -> str:
    if not isinstance(key, str) or not re.fullmatch(LANGUAGE, key):
        raise ValueError(f"{key!r} is not a BCP 47 language tag such as en or fr-CA")
    return key


def _text(value: Any, clean: Callable[[str], str], limit: int) -> str:
    if not isinstance(value, str):
        raise ValueError("must be text")  # noqa: TRY004 - pydantic collects ValueError
    if len(value) > limit:
        raise ValueError(f"has {len(value)} characters; at most {limit} are allowed")
    cleaned = clean(value)
    if not cleaned:
        raise ValueError("is empty; leave it out instead")
    return cleaned


def _amount(value: Any) -> Any:
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,2})?", value):
        raise ValueError('must be decimal text without signs, such as "1200.00"; free is "0"')
    return value


def _web_address(value: Any) -> Any:
    if not isinstance(value, str) or not value.startswith(("http://", "https://")):
        raise ValueError("must be a web address that begins with https:// or http://")
    return value


_TEXT_SCHEMA = WithJsonSchema(
    {
        "anyOf": [{"type": "string"}, {"type": "object", "additionalProperties": {"type": "string"}}],
        "description": "text in the source's language, or a map of language to text",
    }
)
Title = Annotated[dict[str, str], BeforeValidator(_language_map(clean_line, LINE_LENGTH)), _TEXT_SCHEMA]
Prose = Annotated[dict[str, str], BeforeValidator(_language_map(clean_text, PARAGRAPH_LENGTH)), _TEXT_SCHEMA]
Line = Annotated[str, BeforeValidator(lambda value: _text(value, clean_line, LINE_LENGTH))]
Note = Annotated[str, BeforeValidator(lambda value: _text(value, clean_text, 2_000))]
LanguageTag = Annotated[str, StringConstraints(pattern=LANGUAGE)]
Url = Annotated[
    str, BeforeValidator(_web_address), StringConstraints(pattern=r"^https?://[^\s<>\"'\x00-\x1f\x7f]+$", max_length=1_000)
]
Amount = Annotated[str, BeforeValidator(_amount), StringConstraints(pattern=r"^[0-9]{1,9}(\.[0-9]{1,2})?$")]
Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
LocalRef = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._:/-]*$", max_length=200)]
PartRef = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=100)]
Slug = Annotated[str, StringConstraints(pattern=rf"^{LOCAL}([:/]{LOCAL})?$", max_length=200)]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=80)]
Duration = Annotated[str, StringConstraints(pattern=r"^P[0-9]+[YMWD]$")]
Count = Annotated[int, Field(ge=0, le=1_000_000)]
Share = Annotated[float, Field(ge=0, le=1, strict=False)]
Number = Annotated[float, Field(ge=0, le=1e7, strict=False)]


def _iso_date(value: Any) -> Any:
    if isinstance(value, str):
        if not ISO_DAY.fullmatch(value):
            raise ValueError("is not a date written YYYY-MM-DD")
        day = date.fromisoformat(value)
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ValueError(f"is outside the years {FIRST_YEAR} to {LAST_YEAR}")
        return day
    return value


Day = Annotated[date, BeforeValidator(_iso_date)]


class ShortShape(Shape):
    """A shape that may also be written as one plain value."""

    PLAIN: ClassVar[dict[str, str]] = {"type": "string"}

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: Any, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"anyOf": [handler(core_schema), cls.PLAIN]}


class Money(ShortShape):
    """An amount as decimal text, so that 749.10 stays 749.10, and an ISO 4217 currency."""

    amount: Amount
    currency: Currency = "CAD"

    @model_validator(mode="before")
    @classmethod
    def from_text(cls, value: Any) -> Any:
        return {"amount": value} if isinstance(value, str | int | float) else value

    def value(self) -> Decimal:
        return Decimal(self.amount)


def check_bounds(least: float | None, greatest: float | None) -> None:
    """Raises ValueError where `min` is above `max`."""
    if least is not None and greatest is not None and least > greatest:
        raise ValueError(f"min {least} is greater than max {greatest}")


class Range(ShortShape):
    """A number or a range of hours or weeks; `basis` says whether the source states it or we derived it."""

    PLAIN: ClassVar = {"type": "number"}

    min: Number | None = None
    max: Number | None = None
    text: Line | None = None
    basis: Basis = Field(Basis.STATED, strict=False)

    @model_validator(mode="before")
    @classmethod
    def from_number(cls, value: Any) -> Any:
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        return {"min": value, "max": value} if is_number else value

    @model_validator(mode="after")
    def ordered(self) -> Self:
        if self.min is None and self.max is None and self.text is None:
            raise ValueError("states neither min, max nor text")
        check_bounds(self.min, self.max)
        return self


class PartialDate(ShortShape):
    """A date as exactly as the source gives it; days are inclusive and in the offering's own time zone."""

    earliest: Day | None = None
    latest: Day | None = None
    precision: DatePrecision = Field(DatePrecision.UNKNOWN, strict=False)
    text: Line | None = None
    recurs: Annotated[list[Annotated[int, Field(ge=1, le=12)]], Field(max_length=12)] | None = None

    @model_validator(mode="before")
    @classmethod
    def from_day(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        if not ISO_DAY.fullmatch(value):
            raise ValueError(
                'must be a day written YYYY-MM-DD, or {"earliest", "latest", "precision", "text"} for what is less exact'
            )
        return {"earliest": value, "latest": value, "precision": "DAY"}

    @model_validator(mode="after")
    def consistent(self) -> Self:
        if self.earliest and self.latest and self.earliest > self.latest:
            raise ValueError(f"earliest {self.earliest} is after latest {self.latest}")
        if self.precision is DatePrecision.DAY and (self.earliest is None or self.earliest != self.latest):
            raise ValueError("precision DAY needs earliest and latest to be the same day")
        if self.recurs and (self.earliest or self.latest):
            raise ValueError("recurs is for months without a year: leave earliest and latest out")
        if not (self.earliest or self.latest or self.text or self.recurs):
            raise ValueError("states neither earliest, latest, text nor recurs")
        return self


class Identifier(Shape):
    """Somebody's identifier for a thing, such as {"scheme": "ctid", "value": "ce-..."}."""

    scheme: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9._-]{0,49}$")]
    value: Annotated[str, StringConstraints(pattern=r"^[^\x00-\x1f\x7f<>]+$", max_length=200)]


def _reference(value: Any) -> Any:
    if isinstance(value, str) and not REFERENCE.fullmatch(value):
        raise ValueError(f"{value[:60]!r} is not a reference: write institution/local, or institution/local#offering")
    return value


Reference = Annotated[str | Identifier, AfterValidator(_reference)]
