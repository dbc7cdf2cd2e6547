"""`coverage(at)` gives what was counted then, whatever has changed since."""

import random
from datetime import timedelta

import pytest
from sqlalchemy import select

from catalog.db.engine import open_database
from catalog.model.bulk import table_of
from catalog.model.tables import OfferingRow, ThingRow
from catalog.publishing.apply import apply_records
from catalog.publishing.erase import erase
from catalog.publishing.seats import record_seats
from tests.conftest import NOW
from tests.records import SOURCE, credential, institution, record, source
from tests.served import serve

MEASURES = """credentials offerings openOfferings institutions seats seatsUnknown seatsLeft seatsLeftUnknown hours hoursUnknown
 price { min { amount } max { amount } } medianPrice { amount } priceUnknown fundedAmount { amount } awards { slug } awardsCount
 awardsUnknown amountPerSeat { amount } openingsPerYear priceStated hoursStated"""
COVERAGE = f"""query ($by: [CoverageDimension!]!, $at: DateTime, $filter: CredentialFilter) {{
  coverage(by: $by, at: $at, filter: $filter, includeEmpty: true) {{ totals {{ {MEASURES} }}
    cells {{ edges {{ node {{ keys {{ value label }} measures {{ {MEASURES} }} credentials {{ totalCount edges {{ node {{ slug title }} }} }} }} }} }} }} }}"""
ASKED = [
    {"by": [one]}
    for one in (
        "INSTITUTION", "INSTITUTION_KIND", "REGION", "DELIVERY_REGION", "CITY", "SECTOR", "SKILL", "KIND", "MODE", "FUNDER", "THEME",
        "FUNDING_PROGRAM", "FISCAL_YEAR", "PRICE_BAND", "LIFECYCLE",
    )
] + [
    {"by": ["REGION", "MODE"], "filter": {"regions": ["north"]}},
    {"by": ["KIND"], "filter": {"status": ["OPEN"]}},
    {"by": ["KIND"], "filter": {"pathway": "way", "includeUnknown": False}},
]  # fmt: skip


FIRST = ("region", "sector", "theme", "institution")
LISTINGS = source(key="test/listings", complete=True)


@pytest.fixture
def opened(url):
    database = open_database(url)
    yield database
    database.dispose()


def indexed(database, tmp_path, now):
    served = serve(database, tmp_path / "index", now)
    served.index_all()
    return served


def ask(served, at=None):
    moment = None if at is None else at.isoformat()
    found = []
    for asked in ASKED:
        answer = served.data(COVERAGE, asked | {"at": moment})["coverage"]
        found.append((asked, answer["totals"], sorted(map(str, (edge["node"] for edge in answer["cells"]["edges"])))))
    return found


def basics(chance):
    for code in ("north", "south"):
        yield record({"type": "region", "ref": code, "scheme": "bc", "code": code, "labels": code.title()})
    for kind, code in (("sector", "23"), ("sector", "54"), ("theme", "clean")):
        yield record({"type": kind, "ref": code, "scheme": "x", "code": code, "labels": f"{kind} {code}"})
    for one in ("uni", "college"):
        campus = {
            "ref": "main",
            "name": "Main",
            "city": chance.choice(["A", "B"]),
            "region": chance.choice(["north", "south"]),
        }
        kind = chance.choice(["PUBLIC_UNIVERSITY", "PUBLIC_COLLEGE", "NOT_STATED"])
        yield institution(one, region=chance.choice(["north", "south"]), kind=kind, campuses=[campus])


def listing(chance, number):
    offerings = [
        {
            "ref": f"run{run}",
            "startsOn": f"2026-{chance.choice(['02', '09', '12'])}-01",
            "endsOn": "2027-01-30",
            "mode": chance.choice(["IN_PERSON", "ONLINE"]),
            "places": [{"campus": f"{chance.choice(['uni', 'college'])}#main"}],
            "registrationWindows": [{"opensAt": "2026-01-01", "closesAt": "2026-12-31"}],
            **({"seats": chance.choice([10, 20])} if chance.random() < 0.7 else {}),
            "fees": [{"kind": "TUITION", "amount": str(chance.choice([100, 950])), "per": "TOTAL"}],
        }
        for run in range(chance.choice([0, 1, 2]))
    ]
    return credential(
        f"c{number}",
        provider=chance.choice(["uni", "college"]),
        kind=chance.choice(["MICRO_CREDENTIAL", "COURSE"]),
        sectors=chance.sample(["23", "54"], chance.choice([0, 1, 2])),
        themes=chance.choice([["clean"], []]),
        skills=[{"label": chance.choice(["Welding", "Listening"])}],
        totalHours=chance.choice([{"min": 20, "max": 20}, {"min": 5, "max": 40}]),
        lifecycle=chance.choice(["ACTIVE", "EXPIRING"]),
        countable=chance.random() < 0.9,
        offerings=offerings,
    )


def around(chance):
    covers = [f"uni/c{number}" for number in sorted(chance.sample(range(1, 6), 2))]
    yield record(
        {"type": "fundingAward", "ref": "award", "funder": "uni", "recipients": ["college"], "covers": covers, "purpose": "SEATS",
         "seatsFunded": 30, "amount": {"amount": str(chance.choice([900, 1200])), "currency": "CAD"}, "allocation": chance.choice(["EXACT", "SHARED_NOT_SPLIT"])}
    )  # fmt: skip
    yield record({"type": "fundingProgram", "ref": "grant", "owner": "uni", "name": "Grant", "designations": covers[:1]})
    yield record(
        {"type": "pathway", "ref": "way", "slug": "way", "title": "Way", "award": "uni/c0", "owner": "uni", "parts": [{"title": "All", "items": covers}]}
    )  # fmt: skip


@pytest.mark.parametrize("url", ["sqlite", "postgresql"], indirect=True)
@pytest.mark.parametrize("seed", [1])
def test_every_past_state_is_counted_as_it_was_counted_then(opened, tmp_path, seed):
    chance = random.Random(seed)
    states = []
    moments = [NOW + timedelta(hours=number) for number in range(7)]
    listed = {number: listing(chance, number) for number in range(6)}
    for step, now in enumerate(moments):
        things = [*basics(chance)] if step in (0, 3) else []
        if step:
            for number in chance.sample(range(6), 2):
                listed[number] = listing(chance, number)
        if step in (0, 1, 4):
            things += around(chance)
        withdrawn = chance.sample(range(1, 6), 1) if step == 5 else []
        shown = [one for number, one in listed.items() if number not in withdrawn]
        first, last = ([one for one in things if one.type in FIRST], [one for one in things if one.type not in FIRST])
        apply_records(opened, first, SOURCE, lambda at=now: at)
        apply_records(opened, shown, LISTINGS, lambda at=now: at, may_break=True)
        apply_records(opened, last, SOURCE, lambda at=now: at)
        if step in (2, 4):
            seat(opened, step, now)
        states.append(ask(indexed(opened, tmp_path, now + timedelta(minutes=1))))
    later = indexed(opened, tmp_path, moments[-1] + timedelta(days=1))
    for now, then in zip(moments, states, strict=True):
        asked = ask(later, now + timedelta(minutes=1))
        for before, again in zip(then, asked, strict=True):
            assert again == before, now


def seat(database, left, now):
    """Of the first offering there is."""
    with database.read.connect() as connection:
        offering = connection.scalars(select(table_of(OfferingRow).c.id).order_by(table_of(OfferingRow).c.id)).first()
    if offering:
        record_seats(database, offering, left, "test", now, lambda: now)


BEHIND = "query ($at: DateTime) { coverage(by: [INSTITUTION], at: $at) { totals { credentials openOfferings } cells { edges { node { keys { label } credentials { totalCount edges { node { slug title } } } } } } } }"


def counted(database, tmp_path, now, at):
    served = serve(database, tmp_path / "index", now)
    served.index_all()
    answer = served.data(BEHIND, {"at": at.isoformat()})["coverage"]
    nodes = [edge["node"] for edge in answer["cells"]["edges"]]
    behind = [own["node"]["slug"] for one in nodes for own in one["credentials"]["edges"]]
    return (
        answer["totals"],
        sum(one["credentials"]["totalCount"] for one in nodes),
        behind,
        {one["keys"][0]["label"] for one in nodes},
    )


@pytest.mark.parametrize("url", ["sqlite", "postgresql"], indirect=True)
@pytest.mark.parametrize("taken_back", ["BY_REFERRAL", "withdrawn", "erased"])
def test_what_was_taken_back_since_is_counted_and_not_shown(opened, tmp_path, taken_back):
    listings = [credential("a", title="Kept"), credential("b", title="Governed text")]
    apply_records(opened, [institution("uni"), *listings], LISTINGS, lambda: NOW)
    later = NOW + timedelta(hours=2)
    if taken_back == "BY_REFERRAL":
        apply_records(
            opened,
            [institution("uni"), listings[0], credential("b", title="Governed text", visibility=taken_back)],
            LISTINGS,
            lambda: later,
        )
    else:
        apply_records(opened, [institution("uni"), listings[0]], LISTINGS, lambda: later, may_break=True)
    if taken_back == "erased":
        with opened.read.connect() as connection:
            thing = connection.scalars(select(table_of(ThingRow).c.id).where(table_of(ThingRow).c.slug == "uni/b")).one()
        erase(opened, thing, lambda: later)
    totals, number, behind, _ = counted(opened, tmp_path, later + timedelta(hours=1), NOW + timedelta(hours=1))
    assert behind == ["uni/a"]
    assert totals["credentials"] == number == (1 if taken_back == "erased" else 2), "what is erased never was"


def test_an_institution_that_was_taken_back_is_not_named(opened, tmp_path):
    records = [institution("uni"), institution("college", name="Quiet College"), credential("a", provider="college")]
    apply_records(opened, records, LISTINGS, lambda: NOW)
    later = NOW + timedelta(hours=2)
    apply_records(opened, [institution("uni"), credential("a", provider="uni")], LISTINGS, lambda: later, may_break=True)
    *_, labels = counted(opened, tmp_path, later + timedelta(hours=1), NOW + timedelta(hours=1))
    assert labels == {"Institution uni", "Not listed"}


@pytest.mark.parametrize("url", ["sqlite", "postgresql"], indirect=True)
def test_a_confirmation_that_came_later_does_not_close_what_was_open(opened, tmp_path):
    def listing_of(day):
        offering = {"ref": "any", "intake": "CONTINUOUS"}
        return [institution("uni"), credential("a", confirmedOn=day.isoformat(), offerings=[offering])]

    apply_records(opened, listing_of(NOW.date()), SOURCE, lambda: NOW)
    later = NOW + timedelta(days=70)
    apply_records(opened, listing_of(later.date()), SOURCE, lambda: later)
    totals, *_ = counted(opened, tmp_path, later + timedelta(hours=1), NOW + timedelta(hours=1))
    assert totals == {"credentials": 1, "openOfferings": 1}
