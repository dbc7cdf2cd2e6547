"""The Record: the one neutral shape for everything that comes in. What a source does not state is absent."""

from typing import Annotated, Any, TypeAlias

import orjson
from pydantic import Field, TypeAdapter, ValidationError

from catalog.errors import Issue
from catalog.model.record_issues import to_issue
from catalog.model.records.coded import OccupationRecord, RegionRecord, SectorRecord, SkillRecord, ThemeRecord
from catalog.model.records.credential import CredentialRecord
from catalog.model.records.funding_award import FundingAwardRecord
from catalog.model.records.institution import InstitutionRecord

RECORD_FORMAT = "record/1"
MOST_ISSUES_PER_RECORD = 20

Record: TypeAlias = (
    InstitutionRecord
    | CredentialRecord
    | SkillRecord
    | OccupationRecord
    | SectorRecord
    | RegionRecord
    | ThemeRecord
    | FundingAwardRecord
)
_ADAPTER: TypeAdapter[Record] = TypeAdapter(Annotated[Record, Field(discriminator="type")])


def parse_record(value: Any, row: int | None = None) -> Record | list[Issue]:
    """The record, or everything that is wrong with it, each issue with its path and field."""
    try:
        record = _ADAPTER.validate_json(orjson.dumps(value))
    except ValidationError as error:
        return [to_issue(detail, row) for detail in error.errors(include_url=False)[:MOST_ISSUES_PER_RECORD]]
    except (orjson.JSONEncodeError, RecursionError) as error:
        return [Issue("RECORD_INVALID", f"cannot be written as JSON: {error}", row=row)]
    if record.ref is None and record.slug is None:
        return [Issue("REF_MISSING", "the record has neither ref nor slug", row=row, hint="give it the publisher's own id")]
    return record


def content(record: Record) -> dict[str, Any]:
    """What the source states, as JSON values, without confirmedOn: the content that is hashed, kept and merged."""
    return record.model_dump(mode="json", by_alias=True, exclude_none=True, exclude={"confirmed_on"})


def missing_fields(record: Record) -> list[str]:
    """The required fields, as written in JSON, that a merged record still lacks."""
    stated = record.model_dump(by_alias=True, exclude_none=True, include=set(type(record).REQUIRED))
    return [name for name in type(record).REQUIRED if name not in stated]


def record_json_schema() -> dict[str, Any]:
    return _ADAPTER.json_schema(by_alias=True)
