"""The filter in SQL against what it means: the same rows on both databases, for generated credentials and filters."""

import random
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest

from catalog.db.transactions import read_snapshot
from catalog.model.attendance import attendance
from catalog.model.filter import ONLINE, CredentialFacts, CredentialFilter, Near, OfferingFacts, PlaceFacts, matches
from catalog.model.filter_sql import CredentialQuery, Moment, find_places
from catalog.model.listing import Slice, Wanted, count_credentials, list_credentials
from catalog.model.price import no_cost_to_learner, price_bounds
from catalog.model.status import status
from catalog.model.vocabulary import (
    Attendance,
    Audience,
    CredentialKind,
    CreditStatus,
    DeliveryMode,
    OfferingStatus,
    RecordType,
)
from catalog.publishing.apply import apply_records
from catalog.publishing.seats import record_seats
from tests.records import SOURCE, credential, institution, record

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
COUNT = 150
FILTERS = 400
CITIES = {
    "victoria": ("Victoria", "island", (48.4329, -123.3693), "Vancouver Island"),
    "nanaimo": ("Nanaimo", "island", (49.1663, -123.9401), None),
    "kelowna": ("Kelowna", "okanagan", (49.8831, -119.4857), "Mainland"),
    "burnaby": ("BURNABY", "mainland", None, "Mainland"),
    "nowhere": ("Nowhere", None, None, None),
}
MODES = [None, *DeliveryMode]
DAYS = [date(2026, 1, 1) + timedelta(days=37 * n) for n in range(20)]


def maybe(chance, value):
    return value() if chance.random() < 0.6 else None


def run(chance, number=None):
    """An offering with a number, `usual` without."""
    places = [{"campus": f"uni#{city}"} for city in chance.sample(list(CITIES), chance.choice([0, 0, 1, 1, 2]))]
    places += [{"community": chance.choice(["somewhere else", "Nanaimo"])}] if chance.random() < 0.15 else []
    start = chance.choice(DAYS)
    fee = {"kind": "TUITION", "amount": str(chance.choice([0, 100, 749.1, 2000])), "residency": "ALL"}
    cover = {"coveredFor": [{"audience": chance.choice(["ALL", "WOMEN"])}]} if chance.random() < 0.2 else {}
    stated = {
        "mode": chance.choice(MODES),
        "places": places,
        "attendance": [str(one) for one in chance.sample(list(Attendance), chance.choice([0, 1, 2]))],
        "languages": chance.choice([[], [], ["en"], ["fr-CA"], ["fr", "en"]]),
        "weeks": chance.choice([None, 2, 8, {"min": 4, "max": 6}, {"min": 3}, {"text": "some weeks"}]),
        "fees": [
            fee | cover,
            *chance.choice([[], [], [{"kind": "MATERIALS"}], [{"kind": "MANDATORY", "amount": "50", "per": "COURSE"}]]),
        ]
        if chance.random() < 0.7
        else [],
        "meetings": chance.choice(
            [[], [], [{"days": ["TUE"], "startTime": "18:00"}], [{"days": ["SAT"]}, {"days": ["MON"]}]]
        ),
        "intake": chance.choice([None, "CONTINUOUS", "SCHEDULED"]),
    }
    if number is None:
        return {key: value for key, value in stated.items() if value not in (None, [])}
    stated |= {
        "ref": f"o{number}",
        "startsOn": chance.choice(
            [
                None,
                str(start),
                {"earliest": str(start), "latest": str(start + timedelta(days=60)), "precision": "SEASON"},
                {"text": "later"},
                {"recurs": [9]},
            ]
        ),
        "run": chance.choice([None, None, None, "CANCELLED", "POSTPONED"]),
        "registrationWindows": [window(chance) for _ in range(chance.choice([0, 0, 1, 2]))],
        "waitlist": {"open": chance.random() < 0.5},
    }
    return {key: value for key, value in stated.items() if value not in (None, [])}


def window(chance):
    opens, closes = chance.choice(DAYS), chance.choice(DAYS)
    stated = {}
    if chance.random() < 0.7:
        stated["opensAt"] = str(min(opens, closes))
    if chance.random() < 0.7 or not stated:
        stated["closesAt"] = str(max(opens, closes))
    return stated


def one_credential(chance, number):
    runs = chance.choice([0, 1, 2, 3])
    fields = {
        "kind": str(chance.choice(list(CredentialKind)[:4])),
        "skills": [{"label": f"skill {n}"} for n in chance.sample(range(4), chance.choice([0, 1, 2]))],
        "occupations": chance.sample(["10022", "72410"], chance.choice([0, 1])),
        "sectors": chance.sample(["23", "51_71"], chance.choice([0, 1])),
        "themes": chance.sample(["climate"], chance.choice([0, 1])),
        "audiences": [str(one) for one in chance.sample(list(Audience)[:4], chance.choice([0, 1, 2]))],
        "languages": chance.choice([[], ["en"], ["fr"]]),
        "credit": maybe(chance, lambda: {"status": str(chance.choice(list(CreditStatus)))}),
        "statedHours": chance.choice([None, 30, {"min": 10, "max": 90}, {"min": 5}, {"text": "many"}]),
        "totalHours": chance.choice([None, None, 60]),
        "weeks": chance.choice([None, 5]),
        "usual": maybe(chance, lambda: run(chance)),
        "offerings": [run(chance, n) for n in range(runs)],
        "confirmedOn": chance.choice([None, "2026-11-01", "2025-10-20", "2026-12-24", "2020-01-01"]),
        "catalogued": chance.choice([None, None, None, False]),
    }
    return credential(f"c{number:03}", **{key: value for key, value in fields.items() if value not in (None, [])})


def records(chance):
    for code in ("island", "okanagan", "mainland"):
        yield record({"type": "region", "ref": code, "scheme": "bc", "code": code, "labels": code})
    for kind, codes in (("occupation", ["10022", "72410"]), ("sector", ["23", "51_71"]), ("theme", ["climate"])):
        for code in codes:
            yield record({"type": kind, "ref": f"{kind}-{code}", "scheme": "x", "code": code, "labels": code})
    campuses = []
    for ref, (city, region, at, landmass) in CITIES.items():
        campus = {"ref": ref, "name": ref, "city": city} | ({"region": region} if region else {})
        campus |= {"landmass": landmass} if landmass else {}
        campuses.append(campus | ({"latitude": at[0], "longitude": at[1]} if at else {}))
    yield institution(campuses=campuses)
    yield from (one_credential(chance, number) for number in range(COUNT))


@pytest.fixture
def world(database):
    return publish_world(database)


def publish_world(database):
    """Published credentials, with what is known of each as the filter's meaning wants it."""
    chance = random.Random(20261123)
    made = list(records(chance))
    apply_records(database, made, SOURCE, lambda: NOW)
    with read_snapshot(database) as connection:
        from catalog.model.documents import load_documents
        from catalog.model.listing import list_things
        from catalog.model.viewer import Everything

        things = list_things(connection, RecordType.CREDENTIAL, Everything(), Slice(1000))
        documents = load_documents(connection, [one for one, _ in things], Everything())
        (uni, _), *_ = list_things(connection, RecordType.INSTITUTION, Everything(), Slice(10))
        campuses = {one["name"]: one["id"] for one in load_documents(connection, [uni], Everything())[uni]["campuses"]}
    seats = {}
    for document in documents.values():
        for offering in document["offerings"]:
            if chance.random() < 0.3:
                seats[offering["id"]] = chance.choice([0, 3])
                record_seats(database, offering["id"], seats[offering["id"]], SOURCE.key, NOW, lambda: NOW)
    by_slug = {document["slug"]: document for document in documents.values()}
    credentials = [one for one in made if one.type == "credential" and one.catalogued is not False]
    facts = {one.slug: facts_of(one, by_slug[one.slug], campuses, seats) for one in credentials}
    skills = sorted({skill for document in documents.values() for skill in document["skills"]})
    return SimpleNamespace(database=database, facts=facts, campuses=campuses, skills=skills, institution=uni, chance=chance)


def facts_of(one, document, campuses, seats):
    """From the record itself, not from any table."""
    hours = one.total_hours or one.instructional_hours or one.stated_hours
    offerings = [
        facts_of_run(run, one, campuses, status(run, one.confirmed_on, seats.get(shown["id"]), NOW))
        for run, shown in zip(one.offerings or (), document["offerings"], strict=True)
    ]
    return CredentialFacts(
        kind=one.kind,
        institutions=frozenset({document["provider"]}),
        skills=frozenset(document["skills"]),
        occupations=frozenset(one.occupations or ()),
        sectors=frozenset(one.sectors or ()),
        themes=frozenset(one.themes or ()),
        languages=frozenset(one.languages or ()),
        credit_status=one.credit.status if one.credit else None,
        audiences=frozenset(one.audiences or ()),
        hours=(hours.min, hours.max) if hours else None,
        offerings=tuple(offerings),
        usual=facts_of_run(one.usual, one, campuses, OfferingStatus.UNKNOWN) if one.usual else None,
    )


def facts_of_run(run, one, campuses, now):
    weeks = run.weeks or one.weeks
    starts = getattr(run, "starts_on", None)
    return OfferingFacts(
        places=places_of(run, campuses),
        mode=run.mode,
        attendance=frozenset(attendance(run)),
        languages=frozenset(run.languages or ()),
        price=price_bounds(run, one),
        weeks=(weeks.min, weeks.max) if weeks else None,
        starts=(starts.earliest, starts.latest) if starts else None,
        status=now,
        no_cost_to_learner=no_cost_to_learner(run),
    )


def places_of(run, campuses):
    if not run.places:
        online = run.mode in {DeliveryMode.ONLINE, DeliveryMode.ONLINE_LIVE, DeliveryMode.ONLINE_ANYTIME}
        return (PlaceFacts(ONLINE, ONLINE, ONLINE),) if online else ()
    found = []
    for place in run.places:
        if place.campus is None:
            found.append(PlaceFacts(community=place.community))
            continue
        ref = place.campus.partition("#")[2]
        city, region, at, landmass = CITIES[ref]
        found.append(PlaceFacts(campuses[ref], city, region, at, landmass))
    return tuple(found)


def bounds(chance, values):
    least, greatest = sorted(chance.sample(values, 2))
    return chance.choice([(least, greatest), (least, None), (None, greatest), (None, None)])


def a_filter(world):
    chance = world.chance
    some = {
        "kinds": lambda: frozenset(chance.sample(list(CredentialKind)[:4], 2)),
        "institutions": lambda: frozenset({world.institution}),
        "regions": lambda: frozenset(chance.sample(["island", "OKANAGAN", "mainland", ONLINE, "unknown"], 2)),
        "cities": lambda: frozenset(chance.sample(["victoria", "Nanaimo", "Burnaby", ONLINE], 2)),
        "campuses": lambda: frozenset(chance.sample([*world.campuses.values(), ONLINE], 2)),
        "modes": lambda: frozenset(chance.sample(list(DeliveryMode), 3)),
        "attendance": lambda: frozenset(chance.sample(list(Attendance), 2)),
        "skills": lambda: frozenset(chance.sample(world.skills, 2)),
        "occupations": lambda: frozenset(chance.sample(["10022", "72410", "99999"], 1)),
        "sectors": lambda: frozenset({chance.choice(["23", "51_71", "71"])}),
        "themes": lambda: frozenset({"climate"}),
        "languages": lambda: frozenset(chance.sample(["en", "fr", "fr-CA", "FR"], 1)),
        "credit_status": lambda: frozenset(chance.sample(list(CreditStatus), 2)),
        "audiences": lambda: frozenset(chance.sample(list(Audience)[:4], 2)),
        "price": lambda: bounds(chance, [Decimal(0), Decimal("749.10"), Decimal("749.105"), Decimal(3000)]),
        "hours": lambda: bounds(chance, [0.0, 10.0, 30.0, 61.5]),
        "weeks": lambda: bounds(chance, [1.0, 3.0, 5.0, 8.0]),
        "starts_after": lambda: chance.choice(DAYS),
        "starts_before": lambda: chance.choice(DAYS),
        "status": lambda: frozenset(chance.sample(list(OfferingStatus), 2)),
        "no_cost_to_learner": lambda: chance.choice([True, False]),
        "near": lambda: Near(
            48.4,
            -123.4,
            chance.choice([5.0, 100.0, 700.0]),
            include_online=chance.choice([True, False]),
            landmass=chance.choice(["vancouver island", "Elsewhere"]),
        ),
    }
    names = chance.sample(list(some), chance.choice([1, 1, 2, 3, 4]))
    return CredentialFilter(**{name: some[name]() for name in names}, include_unknown=chance.choice([True, False]))


def lowered(wanted):
    """Codes of regions are compared without regard to capitals, which the meaning leaves to its caller."""
    from dataclasses import replace

    if wanted.regions is None:
        return wanted
    return replace(wanted, regions=frozenset(one if one == ONLINE else one.lower() for one in wanted.regions))


def test_tables_answer_what_the_filter_means(world):
    used, kept = set(), 0
    with read_snapshot(world.database) as connection:
        for _ in range(FILTERS):
            wanted = a_filter(world)
            query = Wanted(CredentialQuery(wanted, Moment(NOW, 400), find_places(connection, wanted)))
            found = [slug for _, slug in list_credentials(connection, query, Slice(1000))]
            right = sorted(slug for slug, facts in world.facts.items() if matches(lowered(wanted), facts))
            assert found == right, wanted
            assert count_credentials(connection, [query]) == [len(right)]
            used |= {name for name in CredentialFilter.__slots__ if getattr(wanted, name) is not None}
            kept += 0 < len(right) < len(world.facts)
    assert used >= set(CredentialFilter.__slots__) - {"eligible_now", "menu", "pathway"}
    assert kept > FILTERS / 3  # most filters tell credentials apart


def test_generated_offerings_have_every_status(world):
    present = {run.status for facts in world.facts.values() for run in facts.offerings}
    assert present == set(OfferingStatus)
