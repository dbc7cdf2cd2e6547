"""Reads an ingest file of our own format, strictly: what it cannot take it names."""

import json
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from catalog.errors import Issue
from catalog.model.reading.json_text import JsonRefused, parse_json
from catalog.model.record import RECORD_FORMAT, Record, parse_record
from catalog.model.record_issues import to_issue
from catalog.model.source import Source

KEYS = ("format", "source", "records")
MOST_ISSUES = 200


@dataclass(frozen=True, slots=True)
class IngestFile:
    """What a file holds. With issues of severity ERROR nothing of it may be published."""

    source: Source | None
    records: list[Record]
    issues: list[Issue]


def read_ingest_file(data: bytes) -> IngestFile:
    """Never raises: whatever is wrong is an issue."""
    if (issue := _foreign(data)) is not None:
        return IngestFile(None, [], [issue])
    try:
        value = parse_json(data)
    except JsonRefused as error:
        return IngestFile(None, [], [error.issue])
    return _read_envelope(value)


def _foreign(data: bytes) -> Issue | None:
    """What people send by mistake, named as what it is."""
    hint = "an ingest file is JSON: the README shows one"
    if not data.strip():
        return Issue("FILE_EMPTY", "the file is empty", hint=hint)
    if data.startswith(b"PK"):
        return Issue("FORMAT_UNKNOWN", "the file is an Excel workbook or another ZIP archive", hint=hint)
    first = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if first not in b"{[" and b"," in data.partition(b"\n")[0]:
        return Issue("FORMAT_UNKNOWN", "the file looks like CSV", hint=hint)
    return None


def _read_envelope(value: Any) -> IngestFile:
    if not isinstance(value, dict) or value.get("format") != RECORD_FORMAT:
        hint = f'begin it with {{"format": "{RECORD_FORMAT}", "source": {{...}}, "records": [...]}}'
        return IngestFile(None, [], [Issue("FORMAT_UNKNOWN", f"the file is no {RECORD_FORMAT} file", "format", hint=hint)])
    issues = [
        Issue("FIELD_UNKNOWN", f"{key[:80]} is not a field of an ingest file", key[:80], field=key[:80])
        for key in value
        if key not in KEYS
    ]
    source = _read_source(value.get("source"), issues)
    records: list[Record] = []
    listed = value.get("records")
    if not isinstance(listed, list):
        issues.append(Issue("FIELD_MISSING", "records must be a list", "records", field="records"))
        listed = []
    for row, one in enumerate(listed, start=1):
        parsed = parse_record(one, row, source.language if source else "en")
        if isinstance(parsed, list):
            issues += parsed
        else:
            records.append(parsed)
        if len(issues) >= MOST_ISSUES:
            issues.append(Issue("TOO_MANY_ISSUES", f"reading stopped at record {row}, after {MOST_ISSUES} issues"))
            break
    return IngestFile(source, records, issues)


def _read_source(value: Any, issues: list[Issue]) -> Source | None:
    try:
        return Source.model_validate_json(json.dumps(value))
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            located = {**detail, "loc": ("source", "source", *detail["loc"])}
            issues.append(to_issue(located, None))
        return None
