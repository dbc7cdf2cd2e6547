"""Finding whom to compare: the same pairs as comparing everybody, in a fraction of the time."""

import random
import time
from itertools import combinations

from catalog.ingest.likeness.pool import MOST_BY_WORD, Pool
from catalog.ingest.likeness.scoring import find_likeness
from tests.ingest.likenesses import listing

WORDS = (
    "wildfire carbon forest digital marketing welding childhood mental health indigenous language data rural climate soil "
    "mining aviation tourism hospitality robotics textile theatre fisheries geology nutrition policing plumbing dental drone "
    "analytics design policy management monitoring safety leadership operations installation mapping planning auditing "
    "modelling restoration repair storytelling negotiation logistics accounting security evaluation coaching procurement"
)
SUBJECTS, FIELDS = WORDS.split()[:29], WORDS.split()[29:]
LEVELS = ("", "Introduction to ", "Advanced ", "Fundamentals of ")
ENDS = ("", " Level 1", " Level 2", " Certificate", " micro-credential", " 2026", " for Nurses", " (online)")


def made(count, subjects=100, seed=1):
    """Listings of 25 institutions; many have a subject and most words in common."""
    draw = random.Random(seed)
    topics = [f"topic{letter}{number}" for letter in "abc" for number in range(max(2, count // 100))]
    found = {}
    for number in range(count):
        title = f"{draw.choice(LEVELS)}{draw.choice(topics)} {draw.choice(SUBJECTS[:subjects])} {draw.choice(FIELDS)}{draw.choice(ENDS)}"
        hours = draw.choice((20, 30, 40, 60))
        stated = {"skills": [f"s{draw.randrange(400)}" for _ in range(5)], "hours": {"statedHours": (hours, hours)}}
        found[f"c{number:05}"] = listing(f"c{number:05}", title, at=[f"i{number % 25}"], **stated)
    return found


def pooled(listings):
    pool = Pool()
    pool.update((), listings)
    return pool


def found_in(pool):
    return {frozenset((one, other)): score for one in pool.listings for other, score in pool.find_alike(one).items()}


def test_it_finds_what_comparing_everybody_finds():
    listings = made(300, subjects=1)
    everybody = {
        frozenset((one, other)): likeness
        for one, other in combinations(sorted(listings), 2)
        if (likeness := find_likeness(listings[one], listings[other]))
    }
    assert len(everybody) > 3
    assert found_in(pooled(listings)) == everybody


def test_ten_thousand_are_compared_in_seconds_and_one_in_milliseconds():
    listings = made(10_000)
    begun = time.perf_counter()
    pool = pooled(listings)
    found = found_in(pool)
    together = time.perf_counter() - begun
    changed = list(listings)[:200]
    begun = time.perf_counter()
    for one in changed:
        pool.update([one], {one: listings[one]})
        pool.find_alike(one)
    each = (time.perf_counter() - begun) / len(changed)
    assert len(found) > 30
    assert (together < 60, each < 0.05) == (True, True), (together, each)  # 2 s and 0.2 ms of one idle core


def test_a_thousand_of_one_title_are_no_million_of_proposals():
    same = {f"c{number}": listing(f"c{number}", "Occupational First Aid") for number in range(MOST_BY_WORD + 1)}
    assert pooled(same).find_alike("c1") == {}


def test_a_rare_word_beside_one_that_everybody_has_is_enough():
    many = {f"c{number}": listing(f"c{number}", f"Safety topic{number}x") for number in range(MOST_BY_WORD + 1)}
    pool = pooled(many | {"a": listing("a", "Scaffold Safety"), "b": listing("b", "Scaffold safety (online)")})
    assert pool.find_alike("a").keys() == {"b"}


def test_what_changed_is_found_as_it_is_now_and_what_is_gone_no_longer():
    titles = {"a": "Forest Health Management", "b": "Forest health management (online)", "c": "Carbon Accounting Basics"}
    pool = pooled({one: listing(one, title) for one, title in titles.items()})
    assert pool.find_alike("a").keys() == {"b"}
    pool.update(["c"], {"c": listing("c", "Forest Health Management")})
    assert pool.find_alike("a").keys() == {"b", "c"}
    pool.update(["b"], {})
    assert (pool.find_alike("a").keys(), pool.find_alike("b")) == ({"c"}, {})
    pool.update(["a", "c"], {})
    assert (pool.listings, pool._by_word, pool._by_skill) == ({}, {}, {})


def test_titles_in_capitals_are_found_by_the_skills_they_share():
    skills = ["high voltage", "batteries"]
    one, other = listing("a", "EV Safety", skills=skills), listing("b", "Electric Vehicle Safety", skills=skills)
    assert pooled({"a": one, "b": other}).find_alike("a").keys() == {"b"}
