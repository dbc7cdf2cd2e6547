"""The Record: the one neutral shape for everything that comes in. What a source does not state is absent."""

from dataclasses import replace
from typing import Annotated, Any, Literal, TypeAlias, get_args

import orjson
from pydantic import Field, TypeAdapter, ValidationError

from catalog.errors import Issue
from catalog.model.record_issues import to_issue
from catalog.model.records.coded import OccupationRecord, RegionRecord, SectorRecord, SkillRecord, ThemeRecord
from catalog.model.records.credential import CredentialRecord
from catalog.model.records.demand import DemandRecord
from catalog.model.records.funding_award import FundingAwardRecord
from catalog.model.records.funding_program import FundingProgramRecord
from catalog.model.records.institution import InstitutionRecord
from catalog.model.records.menu import MenuRecord
from catalog.model.records.pathway import PathwayRecord
from catalog.model.records.recognition import EquivalenceRecord, RecognitionRecord
from catalog.model.shapes import Shape
from catalog.model.source import Source

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
    | PathwayRecord
    | MenuRecord
    | FundingProgramRecord
    | EquivalenceRecord
    | RecognitionRecord
    | DemandRecord
)
_ADAPTER: TypeAdapter[Record] = TypeAdapter(Annotated[Record, Field(discriminator="type")])


def parse_record(value: Any, row: int | None = None, language: str = "en", *, merged: bool = False) -> Record | list[Issue]:
    """The record, or everything that is wrong with it, each issue with its path and field.

    `language` is that of the source: what plain texts are written in. A merged record may contradict itself, since its
    fields come from sources that disagree; a stated one may not.
    """
    try:
        record = _ADAPTER.validate_json(orjson.dumps(value), context={"language": language, "merged": merged})
    except ValidationError as error:
        name = value.get("ref") or value.get("slug") if isinstance(value, dict) else None
        ref = name[:80] if isinstance(name, str) else None
        details = error.errors(include_url=False)[:MOST_ISSUES_PER_RECORD]
        return [replace(to_issue(detail, row), ref=ref) for detail in details]
    except (orjson.JSONEncodeError, RecursionError) as error:
        return [Issue("RECORD_INVALID", f"cannot be written as JSON: {error}", row=row)]
    if record.ref is None and record.slug is None:
        return [Issue("REF_MISSING", "the record has neither ref nor slug", row=row, hint="give it the publisher's own id")]
    return record


def content(record: Record) -> dict[str, Any]:
    """What the source states, as JSON values: the content that is hashed, kept and merged.

    confirmedOn is no content, and an empty list or map states nothing.
    """
    stated = record.model_dump(mode="json", by_alias=True, exclude_none=True, exclude={"confirmed_on"})
    text = orjson.dumps(stated)
    if b"[]" not in text and b"{}" not in text:
        return stated  # most records: nothing in them is empty
    return {name: _without_empty(value) for name, value in stated.items() if value not in ([], {})}


def _without_empty(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_empty(item) for key, item in value.items() if item not in ([], {})}
    return [_without_empty(item) for item in value] if isinstance(value, list) else value


def missing_fields(record: Record) -> list[str]:
    """The paths, as written in JSON, of the required fields that a merged record still lacks."""
    missing = [name for name in type(record).REQUIRED if _is_absent(record, name)]
    for campus in (record.campuses or ()) if isinstance(record, InstitutionRecord) else ():
        missing += [f"campuses[{campus.ref}].{name}" for name in ("name", "city") if not getattr(campus, name)]
    return missing


def _is_absent(record: Record, name: str) -> bool:
    """`name` as written in JSON; a number of 0 is stated."""
    value = getattr(record, f"{name}_" if name == "from" else name)
    return value is None or value in ({}, [])


class IngestFile(Shape):
    """What publishers send: who says it, and what."""

    format: Literal["record/1"]
    source: Source
    records: list[Annotated[Record, Field(discriminator="type")]]


def ingest_json_schema() -> dict[str, Any]:
    """JSON Schema of an ingest file, as it may be written; rules and references are checked further when it is read.

    A statement about a known thing needs only its type and ref or slug; `x-needed-to-publish` names what some source must
    state before a new thing is published.
    """
    schema = IngestFile.model_json_schema(by_alias=True)
    for shape in get_args(Record):
        schema["$defs"][shape.__name__]["x-needed-to-publish"] = list(shape.REQUIRED)
    return schema
