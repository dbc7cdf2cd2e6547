"""Reads an ingest file of our own format, strictly: what it cannot take it names."""

import json
import math
from dataclasses import dataclass
from typing import Any, NoReturn

from pydantic import ValidationError

from catalog.errors import Issue
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


class _Refused(ValueError):
    def __init__(self, issue: Issue) -> None:
        self.issue = issue
        super().__init__(str(issue))


def read_ingest_file(data: bytes) -> IngestFile:
    """Never raises: whatever is wrong is an issue."""
    if (issue := _foreign(data)) is not None:
        return IngestFile(None, [], [issue])
    try:
        value = json.loads(
            data.decode("utf-8-sig"), object_pairs_hook=_distinct, parse_constant=_not_a_number, parse_float=_finite
        )
    except _Refused as error:
        return IngestFile(None, [], [error.issue])
    except UnicodeDecodeError as error:
        message = f"the file is not UTF-8: byte {error.start} cannot be read"
        return IngestFile(None, [], [Issue("ENCODING_INVALID", message, hint="save it as UTF-8")])
    except json.JSONDecodeError as error:
        message = f"the file is not JSON: {error.msg} in line {error.lineno}, column {error.colno}"
        return IngestFile(None, [], [Issue("JSON_INVALID", message)])
    except RecursionError:
        return IngestFile(None, [], [Issue("JSON_INVALID", "the file is nested too deeply")])
    except ValueError as error:  # a number with more digits than Python reads
        return IngestFile(None, [], [Issue("JSON_INVALID", f"the file is not JSON: {error}")])
    return _read_envelope(value)


def _foreign(data: bytes) -> Issue | None:
    """What people send by mistake, named as what it is."""
    hint = "an ingest file is JSON: the README shows one"
    if not data.strip():
        return Issue("JSON_INVALID", "the file is empty", hint=hint)
    if data.startswith(b"PK"):
        return Issue("FORMAT_UNKNOWN", "the file is an Excel workbook or another ZIP archive", hint=hint)
    first = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if first not in b"{[" and b"," in data.partition(b"\n")[0]:
        return Issue("FORMAT_UNKNOWN", "the file looks like CSV", hint=hint)
    return None


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Two values for one key: parsers would silently keep the last."""
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _Refused(Issue("KEY_DUPLICATE", f"the key {key[:80]!r} stands twice in one object", field=key[:80]))
        found[key] = value
    return found


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        _not_a_number(text[:40])
    return number


def _not_a_number(name: str) -> NoReturn:
    raise _Refused(Issue("JSON_INVALID", f"{name} is not a JSON number"))


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
