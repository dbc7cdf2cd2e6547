"""Made-up records that coverage is counted of: regions, sectors, forecast openings, institutions, awards and credentials."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from catalog.model.record import Record, parse_record

REGIONS, SECTORS, OCCUPATIONS, INSTITUTIONS, SKILLS, AWARDS = 8, 20, 500, 25, 400, 400
MODES = ("IN_PERSON", "ONLINE_LIVE", "ONLINE_ANYTIME", "ONLINE", "BLENDED", "HYFLEX", "WORKPLACE", None)
STARTS = [date(2026, month, day) for month, day in ((2, 2), (9, 8), (11, 16), (12, 7))]
STARTS += [date(2027, month, day) for month, day in ((1, 11), (2, 22), (5, 3), (9, 7))]
RUNS = (0, 2, 2, 3, 3, 4, 4, 4, 4, 4)
"""Offerings of ten credentials: three each on average. The one without has `usual`."""
TOGETHER = 1_000
"""One credential in so many is only bought together with three others; none of these is ever cancelled."""


def sector(number: int) -> str:
    return str(11 + number)


def occupation(number: int) -> str:
    """The second digit is the TEER."""
    return f"{number % 10}{number // 10 % 6}{number:03}"


def parsed(value: dict[str, Any]) -> Record:
    found = parse_record(value)
    assert not isinstance(found, list), found
    return found


def surroundings(covered: int) -> Iterator[Record]:
    """Everything but credentials; awards pay for some of the first `covered` ones."""
    chance = Random(5)
    for code in ("british-columbia", *(f"r{number}" for number in range(REGIONS))):
        yield parsed({"type": "region", "ref": code, "scheme": "bench", "code": code, "labels": f"Region {code}"})
    for number in range(SECTORS):
        code = sector(number)
        yield parsed({"type": "sector", "ref": f"s{code}", "scheme": "naics", "code": code, "labels": f"Sector {code}"})
    for number in range(OCCUPATIONS):
        code = occupation(number)
        yield parsed({"type": "occupation", "ref": f"o{code}", "scheme": "noc", "code": code, "labels": f"Worker {code}"})
        yield _openings(f"d-o{code}", "british-columbia", chance, occupation=code)
    for region in range(REGIONS):
        for number in range(SECTORS):
            yield _openings(f"d-r{region}-{number}", f"r{region}", chance, sector=sector(number))
    yield from (parsed(_institution(number)) for number in range(INSTITUTIONS))
    yield from (parsed(_award(number, covered, chance)) for number in range(AWARDS))


def _openings(ref: str, region: str, chance: Random, **of: str) -> Record:
    value = {
        "type": "demand",
        "ref": ref,
        "regions": [region],
        "from": 2025,
        "to": 2035,
        "value": chance.randrange(100, 9_000),
    }
    return parsed(value | of)


def _institution(number: int) -> dict[str, Any]:
    campus = {"ref": "main", "name": "Main campus", "city": f"City {number}", "region": f"r{number % REGIONS}"}
    campus |= {"timeZone": "America/Vancouver"}
    own = {"type": "institution", "ref": f"i{number}", "slug": f"i{number}", "name": f"Institution {number}"}
    return own | {"kind": "PUBLIC_COLLEGE", "region": f"r{number % REGIONS}", "campuses": [campus]}


def _award(number: int, covered: int, chance: Random) -> dict[str, Any]:
    covers = [_slug(one) for one in sorted(chance.sample(range(covered), chance.randint(1, 8)))]
    own: dict[str, Any] = {
        "type": "fundingAward",
        "ref": f"a{number}",
        "funder": "i0",
        "recipients": ["i1"],
        "covers": covers,
    }
    own["allocation"] = chance.choice(["EXACT", "SHARED_NOT_SPLIT"])
    own["purpose"] = chance.choice(["SEATS", "DELIVERY", "DEVELOPMENT"])
    if chance.random() < 0.9:
        own["amount"] = {"amount": f"{chance.randrange(1_000, 90_000)}.00", "currency": "CAD"}
    if own["purpose"] != "DEVELOPMENT" and chance.random() < 0.7:
        own["seatsFunded"] = chance.randrange(5, 60)
    return own


def _slug(number: int) -> str:
    return f"i{number % INSTITUTIONS}/c{number}"


def credentials(first: int, count: int, seed: int) -> Iterator[Record]:
    """With another seed the same credentials say other things."""
    chance = Random(seed)
    for number in range(first, first + count):
        yield parsed(_credential(number, first, chance))


def _credential(number: int, first: int, chance: Random) -> dict[str, Any]:
    provider = number % INSTITUTIONS
    own: dict[str, Any] = {
        "type": "credential",
        "ref": f"c{number}",
        "slug": _slug(number),
        "provider": f"i{provider}",
        "title": f"Credential {number} in field {number % 97}",
        "summary": f"What a learner gains from credential {number}, in a sentence of ordinary length.",
        "kind": "MICRO_CREDENTIAL",
        "url": f"https://i{provider}.example/credentials/c{number}",
        "skills": [{"label": f"skill {one}"} for one in chance.sample(range(SKILLS), 5)],
        "sectors": [sector(one) for one in chance.sample(range(SECTORS), chance.choice([0, 1, 1, 1, 2]))],
        "occupations": [occupation(one) for one in chance.sample(range(OCCUPATIONS), chance.choice([0, 1, 1, 2]))],
        "languages": ["en"],
    }
    hours = chance.choice([None, {"min": 10, "max": 40}, *(12.5 * step for step in range(1, 9))])
    own |= {} if hours is None else {"totalHours": hours}
    if chance.random() < 0.1:
        own["partnerships"] = [{"role": "CO_PROVIDER", "institution": f"i{(provider + 1 + number % 7) % INSTITUTIONS}"}]
    if number % TOGETHER == 7:
        own |= {"components": [_slug(first + (number + 11 * step) % 900) for step in (1, 2, 3)], "registration": "TOGETHER"}
    runs = RUNS[number % len(RUNS)]
    if not runs:
        return own | {"usual": {"fees": [_fee(chance)], "mode": "BLENDED"}}
    return own | {"offerings": [_offering(run, number, chance) for run in range(runs)]}


def _fee(chance: Random) -> dict[str, str]:
    return {
        "kind": "TUITION",
        "amount": f"{chance.randrange(90, 3_000)}.{chance.choice(['00', '50'])}",
        "residency": "DOMESTIC",
    }


def _offering(run: int, number: int, chance: Random) -> dict[str, Any]:
    own: dict[str, Any] = {"ref": f"run{run}", "intake": "SCHEDULED", "weeks": 6}
    starts = chance.choice(STARTS)
    if chance.random() < 0.9:
        own |= {"startsOn": starts.isoformat(), "endsOn": (starts + timedelta(weeks=6)).isoformat()}
    if chance.random() < 0.7:
        opens, closes = starts - timedelta(days=90), starts - timedelta(days=chance.choice([3, 10]))
        own["registrationWindows"] = [{"opensAt": opens.isoformat(), "closesAt": closes.isoformat()}]
    mode = MODES[chance.randrange(len(MODES))]
    own |= {} if mode is None else {"mode": mode}
    if chance.random() < 0.6:
        own["seats"] = chance.randrange(8, 40)
    if chance.random() < 0.8:
        own["fees"] = [_fee(chance)]
    if number % 10 in range(1, 7) and chance.random() < 0.04:
        own["run"] = "CANCELLED"
    return own | {"places": [{"campus": f"i{number % INSTITUTIONS}#main"}], "attendance": ["EVENING"]}
