"""Made-up index entries for measuring search: words by Zipf's law in topics, three offerings each; never published."""

import random
from collections.abc import Iterator
from typing import Any

from catalog.model.vocabulary import DeliveryMode
from catalog.search.collecting.deliveries import EMPTY
from catalog.search.entry import Delivery, Entry, hash_of

TOPICS, TOPIC_WORDS, COMMON_WORDS = 97, 30, 20_000
CAMPUSES, REGIONS, INSTITUTIONS, SKILLS = 60, 8, 25, 400
KINDS = ("MICRO_CREDENTIAL", "COURSE", "CERTIFICATE", "DIPLOMA", "SHORT_PROGRAM")
DAY = 86_400_000_000
NOW = 1_790_000_000_000_000  # microseconds: September 2026
SYLLABLES = [consonant + vowel for consonant in "bdfgklmnprtvz" for vowel in "aou"]


def word(number: int) -> str:
    """Made of syllables and ending in k, so that no stemmer changes it."""
    parts = []
    for _ in range(4):
        number, at = divmod(number, len(SYLLABLES))
        parts.append(SYLLABLES[at])
    return "".join(parts) + "k"


def campus_region(campus: str) -> str:
    return f"region-{int(campus.removeprefix('campus-')) % REGIONS}"


def topic_words(topic: int) -> list[str]:
    return [word(COMMON_WORDS + topic * TOPIC_WORDS + place) for place in range(TOPIC_WORDS)]


def entries(count: int) -> Iterator[Entry]:
    chance = random.Random(20261125)
    common = [word(number) for number in range(COMMON_WORDS)]
    weights = [1 / (rank + 2) for rank in range(COMMON_WORDS)]
    cumulated = []
    total = 0.0
    for one in weights:
        total += one
        cumulated.append(total)
    for number in range(count):
        own = topic_words(number % TOPICS)
        text = chance.choices(common, cum_weights=cumulated, k=45) + chance.choices(own, k=15)
        chance.shuffle(text)
        yield _entry(number, chance, own, " ".join(text))


def _entry(number: int, chance: random.Random, own: list[str], body: str) -> Entry:
    identity = f"{number:08x}-0000-4000-8000-000000000000"
    title = " ".join(chance.choices(own, k=4))
    skills = chance.sample(range(SKILLS), 5)
    institution = f"institution-{number % INSTITUTIONS}"
    texts = {
        "title": [title],
        "provider": [f"institution {word(50_000 + number % INSTITUTIONS)}"],
        "partners": [],
        "skills": [word(60_000 + one) for one in skills],
        "topics": [],
        "composition": [],
        "body": [body],
    }
    facts: dict[str, Any] = {
        "id": identity, "kind": KINDS[number % 5 if number % 3 else 0], "credit_status": ("CREDIT", "NON_CREDIT", None)[number % 3],
        "hours_min": float(10 + number % 200), "hours_max": float(10 + number % 200), "title": title, "titles": [title],
        "updated_at": NOW - number * 1_000_000, "completeness": (number % 10) / 10, "is_funded": number % 7 == 0,
        "institutions": [institution], "skills": [f"skill-{one}" for one in skills], "occupations": [f"{number % 100:05}"],
        "sectors": [str(11 + number % 20)], "own_sectors": [str(11 + number % 20)], "themes": [], "audiences": [],
        "menus": [], "pathways": [], "names": [institution],
    }  # fmt: skip
    deliveries = [_delivery(number, run, chance) for run in range(3)]
    facts["hash"] = hash_of([facts, texts])
    return Entry(identity, texts, (), deliveries, facts, [institution, *facts["skills"]])


def _delivery(number: int, run: int, chance: random.Random) -> Delivery:
    campus = f"campus-{chance.randrange(CAMPUSES)}"
    price = chance.choice([None, 25_000, 49_900, 74_900, 125_000, 310_000])
    start = NOW + chance.randrange(-300, 300) * DAY
    facts = EMPTY | {
        "id": f"{number:08x}-{run:04x}-4000-8000-000000000000", "is_delivery": True, "is_offering": True,
        "mode": str(chance.choice(list(DeliveryMode))), "attendance": 1 << chance.randrange(5),
        "price_min": float("nan") if price is None else float(price), "price_max": float("nan") if price is None else float(price),
        "weeks_min": 6.0, "weeks_max": 6.0, "starts_earliest": float(739_000 + run * 90), "starts_latest": float(739_000 + run * 90),
        "started_at": start, "future_until": start - DAY, "ended_at": start + 42 * DAY, "languages": ["en"],
        "places": [campus], "place_kinds": [1], "window_opens": [start - 90 * DAY], "window_closes": [start - 10 * DAY],
    }  # fmt: skip
    return Delivery(facts, [word(70_000 + int(campus.removeprefix("campus-")))])
