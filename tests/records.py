"""Small records for tests."""

from typing import Any

from catalog.model.record import Record, parse_record
from catalog.model.source import Source

SOURCE = Source.model_validate_json('{"key": "test/uni", "name": "Test University feed", "kind": "PROVIDER"}')
NEWS = Source.model_validate_json('{"key": "test/news", "name": "Test News", "kind": "NEWS"}')


def source(**changes: Any) -> Source:
    return SOURCE.model_copy(update=changes)


def record(value: dict[str, Any]) -> Record:
    parsed = parse_record(value)
    assert not isinstance(parsed, list), parsed
    return parsed


def institution(ref: str = "uni", **fields: Any) -> Record:
    return record(
        {
            "type": "institution",
            "ref": ref,
            "name": f"Institution {ref}",
            "kind": "PUBLIC_UNIVERSITY",
            "slug": ref,
            **fields,
        }
    )


def credential(ref: str = "course", **fields: Any) -> Record:
    basics = {"provider": "uni", "title": f"Credential {ref}", "kind": "MICRO_CREDENTIAL", "slug": f"uni/{ref}"}
    return record({"type": "credential", "ref": ref, **basics, **fields})
