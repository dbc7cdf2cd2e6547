"""The same as on the seed, over generated records that have what the seed lacks: funders of offerings, lifecycles, edges of years."""

import random
import shutil
import sqlite3
from contextlib import closing

import pytest

from catalog.db.engine import open_database
from catalog.publishing.apply import apply_records
from tests.conftest import NOW
from tests.coverage.plain_sql import DIMENSIONS, Plain
from tests.coverage.test_pairs import PAIRS, check_counts, open_offerings
from tests.coverage.test_pairs import test_behind_every_number_are_exactly_its_credentials as check_credentials
from tests.model.test_filter_sql import records as others
from tests.records import SOURCE, credential, institution, record
from tests.served import serve

PROVIDERS = ["uni", "two", "three"]
STARTS = [
    "2026-03-31", "2026-04-01", "2026-08-31", "2026-09-01",
    {"earliest": "2026-03-01", "latest": "2026-04-02", "precision": "RANGE"},
    {"earliest": "2026-12-01", "latest": "2027-01-20", "precision": "RANGE"},
]  # fmt: skip
HOURS = [None, 9.5, 10, 20, 300, 1000, {"min": 300}, {"min": 10, "max": 19}, {"min": 10, "max": 20}]


def records(chance):
    yield from others(chance)
    yield record({"type": "occupation", "ref": "occupation-75101", "scheme": "x", "code": "75101", "labels": "o"})
    yield institution("two", kind="NOT_STATED", region="island")
    yield institution("three", kind="COMPANY", region="okanagan", visibility="UNLISTED")
    yield from (listing(chance, number) for number in range(60))
    yield from (award(chance, number) for number in range(12))
    designations = [f"x/{number:03}" for number in range(10)]
    yield record({"type": "fundingProgram", "ref": "p", "name": "P", "owner": "two", "designations": designations})


def listing(chance, number):
    fields = {
        "kind": chance.choice(["MICRO_CREDENTIAL", "COURSE"]),
        "skills": [{"label": f"skill {chance.randrange(4)}"}],
        "sectors": chance.sample(["23", "51_71"], chance.choice([0, 1])),
        "provider": chance.choice(PROVIDERS),
        "slug": f"x/{number:03}",
        "lifecycle": chance.choice(["ACTIVE", "EXPIRING", "DISCONTINUED", "UNKNOWN", None]),
        "countable": chance.choice([None, None, None, False]),
        "illustration": chance.choice([None, None, None, True]),
        "occupations": chance.sample(["10022", "72410", "75101"], chance.choice([0, 1, 2])),
        "partnerships": [partner(chance) for _ in range(chance.choice([0, 1, 2]))],
        "offerings": [run(chance, ref) for ref in range(chance.choice([0, 0, 1, 3]))],
        "totalHours": chance.choice(HOURS),
    }
    return credential(f"x{number}", **{name: value for name, value in fields.items() if value not in (None, [])})


def partner(chance):
    return {"role": chance.choice(["FUNDER", "CO_PROVIDER", "PARTNER"]), "institution": chance.choice(PROVIDERS)}


def run(chance, ref):
    amount = chance.choice(["0", "249.99", "250", "499.99", "500", "5000", "4999.99"])
    funder = [{"role": "FUNDER", "institution": "three"}] if chance.random() < 0.3 else []
    return {
        "ref": f"o{ref}",
        "startsOn": chance.choice(STARTS),
        "fees": [{"kind": "TUITION", "amount": amount, "residency": "ALL"}],
        "languages": chance.choice([["fr-CA", "en"], ["iu"], ["en-CA"], []]),
        "partnerships": funder,
    }


def award(chance, number):
    covers = [f"x/{chance.randrange(60):03}" for _ in range(3)]
    fields = {
        "funder": chance.choice(PROVIDERS),
        "recipients": ["uni"],
        "amount": {"amount": "1000", "currency": "CAD"},
        "purpose": "SEATS",
        "allocation": chance.choice(["EXACT", "SHARED_NOT_SPLIT"]),
        "visibility": chance.choice(["PUBLIC", "BY_REFERRAL"]),
        "covers": covers,
    }
    return record({"type": "fundingAward", "ref": f"a{number}", **fields})


@pytest.fixture(scope="module")
def made(sqlite_template, tmp_path_factory):
    path = shutil.copy(sqlite_template, tmp_path_factory.mktemp("generated") / "catalog.db")
    database = open_database(f"sqlite:///{path}")
    apply_records(database, list(records(random.Random(7))), SOURCE, lambda: NOW)
    served = serve(database, path.parent / "index", NOW)
    served.index_all()
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        plain = Plain(connection)
        plain.prepare(open_offerings(served))
        yield served, plain
    database.dispose()


@pytest.mark.parametrize("by", [*((one,) for one in DIMENSIONS), *PAIRS[::7]], ids="-".join)
def test_counts(made, by):
    check_counts(*made, by)


@pytest.mark.parametrize("by", [*((one,) for one in DIMENSIONS), *PAIRS[::31]], ids="-".join)
def test_credentials(made, by):
    check_credentials(*made, by)
