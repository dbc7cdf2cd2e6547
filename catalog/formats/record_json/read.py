"""Reads an ingest file of our own format, strictly: what it cannot take it names."""

import json
from contextlib import suppress
from dataclasses import replace
from typing import Any

from pydantic import ValidationError

from catalog.errors import Issue
from catalog.model.reading.content import Content, Kind
from catalog.model.reading.delivery import Delivery, Full, Reading, Told, refused
from catalog.model.record import RECORD_FORMAT
from catalog.model.record_issues import to_issue
from catalog.model.source import Source

FORMAT = RECORD_FORMAT
KEYS = ("format", "source", "records")
REJECTED = "rejected"
"""What a file of rejected records says of each; nobody need take it out before sending the file again."""


def recognises(content: Content) -> bool:
    """Also where only the rest of the envelope shows whose file it is."""
    value = content.value
    return (
        content.kind is Kind.JSON and isinstance(value, dict) and ("records" in value or _says(value).startswith("record/"))
    )


def read(content: Content, told: Told) -> Delivery:
    """Never raises: whatever is wrong is an issue. Nothing of a file with errors may be published as it stands."""
    value = content.value
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        hint = f'begin it with {{"format": "{FORMAT}", "source": {{...}}, "records": [...]}}'
        return refused(FORMAT, "FORMAT_UNKNOWN", f"the file is no {FORMAT} file", hint, path="format")
    source, issues = _read_source(value.get("source"))
    reading = Reading(FORMAT, replace(told, language=source.language) if source else told, source)
    reading.delivery.is_exact = True
    reading.delivery.issues += issues
    for key in value:
        if key not in KEYS:
            reading.fail("FIELD_UNKNOWN", f"{key[:80]} is not a field of an ingest file", key[:80])
    listed = value.get("records")
    if not isinstance(listed, list):
        reading.fail("FIELD_MISSING", "records must be a list", "records")
        return reading.delivery
    with suppress(Full):  # the last issue says so
        for number, one in enumerate(listed, start=1):
            reading.begin(f"record {number}", one)
            reading.delivery.is_mended |= isinstance(one, dict) and REJECTED in one
            reading.keep_exactly(
                {key: field for key, field in one.items() if key != REJECTED} if isinstance(one, dict) else one
            )
    return reading.delivery


def write_rejected(delivery: Delivery, messages: dict[int, list[str]]) -> bytes:
    """The rejected records as a file of the same format, each with what is wrong with it."""
    source = delivery.source.model_dump(mode="json", by_alias=True, exclude_none=True) if delivery.source else None
    records = [
        {**item, REJECTED: messages[row]}
        for row, item in delivery.items.items()
        if row in messages and isinstance(item, dict)
    ]
    return json.dumps({"format": FORMAT, "source": source, "records": records}, ensure_ascii=False, indent=1).encode()


def _says(value: dict[str, Any]) -> str:
    return str(value.get("format"))[:20]


def _read_source(value: Any) -> tuple[Source | None, list[Issue]]:
    try:
        return Source.model_validate_json(json.dumps(value)), []
    except ValidationError as error:
        details = ({**detail, "loc": ("source", "source", *detail["loc"])} for detail in error.errors(include_url=False))
        return None, [to_issue(detail, None) for detail in details]
