"""Made-up credentials for measuring; none of them is ever published for people."""

import json
from typing import Any

from catalog.model.record import Record, parse_record
from catalog.model.source import Source

SOURCE = Source.model_validate_json(json.dumps({"key": "bench", "name": "Bench", "kind": "DEMO"}))
INSTITUTIONS = 25
SKILLS = 400
TERMS = {
    "fall": ("2026-09-08", "2026-10-19"),
    "winter": ("2027-01-11", "2027-02-22"),
    "spring": ("2027-05-03", "2027-06-14"),
}
AUDIENCES = ("EMPLOYED", "UNEMPLOYED", "NEWCOMER", "WOMEN", "YOUTH")


def records(count: int, weeks: int = 6, start: int = 0) -> list[Record]:
    """Institutions, then credentials numbered from `start` with five skills and three offerings each, validated."""
    return [
        *(_parsed(_institution(number)) for number in range(INSTITUTIONS)),
        *(_parsed(_credential(number, weeks)) for number in range(start, start + count)),
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
        "url": f"https://i{number}.example/",
        "campuses": [campus],
    }


def _credential(number: int, weeks: int) -> dict[str, Any]:
    provider = f"i{number % INSTITUTIONS}"
    return {
        "type": "credential",
        "ref": f"c{number}",
        "slug": f"{provider}/c{number}",
        "provider": provider,
        "identifiers": [{"scheme": "bench", "value": f"B-{number:06}"}],
        "title": {"en": f"Credential {number} in field {number % 97}", "fr": f"Titre {number}"},
        "summary": f"What a learner gains from credential {number}, in a sentence of ordinary length.",
        "kind": "MICRO_CREDENTIAL",
        "url": f"https://{provider}.example/credentials/c{number}",
        "weeks": weeks,
        "statedHours": 30 + number % 90,
        "credit": {"value": 0.5 * (1 + number % 6), "unit": "CREDIT", "status": "CREDIT"},
        "audiences": [AUDIENCES[number % 5], AUDIENCES[(number + 1) % 5]],
        "assessed": "YES",
        "records": ["BADGE"],
        "languages": ["en"],
        "skills": [{"label": f"skill {(number * 7 + step * 31) % SKILLS}"} for step in range(5)],
        "offerings": [_offering(provider, term, number) for term in TERMS],
    }


def _offering(provider: str, term: str, number: int) -> dict[str, Any]:
    starts, ends = TERMS[term]
    return {
        "ref": f"{term}-2026",
        "label": term.capitalize(),
        "intake": "SCHEDULED",
        "startsOn": starts,
        "endsOn": ends,
        "weeks": 6,
        "mode": "BLENDED",
        "attendance": ["EVENING"],
        "places": [{"role": "CLASS", "campus": f"{provider}#main"}],
        "registrationWindows": [{"opensAt": "2026-06-01", "closesAt": "2026-08-31"}],
        "seats": 20,
        "fees": [{"kind": "TUITION", "amount": f"{500 + number % 400}.00", "residency": "DOMESTIC"}],
    }
