"""Made-up credentials for measuring; none of them is ever published for people."""

import json
from typing import Any

from catalog.model.record import Record, parse_record
from catalog.model.source import Source

SOURCE = Source.model_validate_json(json.dumps({"key": "bench", "name": "Bench", "kind": "DEMO"}))
INSTITUTIONS = 25
SKILLS = 400


def records(count: int, weeks: int = 6) -> list[Record]:
    """Institutions, then credentials with five skills and three offerings each, validated."""
    return [
        *(_parsed(_institution(number)) for number in range(INSTITUTIONS)),
        *(_parsed(_credential(n, weeks)) for n in range(count)),
    ]


def _parsed(value: dict[str, Any]) -> Record:
    parsed = parse_record(value)
    assert not isinstance(parsed, list), parsed
    return parsed


def _institution(number: int) -> dict[str, Any]:
    campus = {"ref": "main", "name": "Main campus", "city": f"City {number}", "timeZone": "America/Vancouver"}
    name = f"Institution {number}"
    return {
        "type": "institution",
        "ref": f"i{number}",
        "slug": f"i{number}",
        "name": name,
        "kind": "PUBLIC_COLLEGE",
        "campuses": [campus],
    }


def _credential(number: int, weeks: int) -> dict[str, Any]:
    provider = f"i{number % INSTITUTIONS}"
    return {
        "type": "credential",
        "ref": f"c{number}",
        "slug": f"{provider}/c{number}",
        "provider": provider,
        "title": {"en": f"Credential {number} in field {number % 97}", "fr": f"Titre {number}"},
        "summary": f"What a learner gains from credential {number}, in a sentence of ordinary length.",
        "kind": "MICRO_CREDENTIAL",
        "weeks": weeks,
        "statedHours": 30 + number % 90,
        "languages": ["en"],
        "skills": [{"label": f"skill {(number * 7 + step * 31) % SKILLS}"} for step in range(5)],
        "offerings": [_offering(provider, term, number) for term in ("fall", "winter", "spring")],
    }


def _offering(provider: str, term: str, number: int) -> dict[str, Any]:
    start = {"fall": "2026-09-08", "winter": "2027-01-11", "spring": "2027-05-03"}[term]
    return {
        "ref": f"{term}-2026",
        "label": term.capitalize(),
        "startsOn": start,
        "weeks": 6,
        "mode": "BLENDED",
        "attendance": ["EVENING"],
        "places": [{"role": "CLASS", "campus": f"{provider}#main"}],
        "registrationWindows": [{"opensAt": "2026-06-01", "closesAt": "2026-08-31"}],
        "seats": 20,
        "fees": [{"kind": "TUITION", "amount": f"{500 + number % 400}.00", "residency": "DOMESTIC"}],
    }
