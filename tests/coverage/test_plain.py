"""Every measure of generated records equals plain sums over what the API shows of each credential."""

import random
import shutil
from collections import defaultdict
from decimal import Decimal
from statistics import median

import pytest

from catalog.db.engine import open_database
from catalog.publishing.apply import apply_records
from catalog.publishing.seats import record_seats
from tests.conftest import NOW
from tests.coverage.test_generated import listing
from tests.coverage.test_generated import records as generated
from tests.coverage.test_measures import ASKED, Counted
from tests.records import SOURCE
from tests.served import serve

SHOWN = """query ($after: String) { credentials(first: 50, after: $after) { pageInfo { hasNextPage endCursor } edges { node {
  slug kind illustration institutions: provider { id } partnerships { role institution { id } }
  totalHours { min max } instructionalHours { min max } statedHours { min max } usual { mode price { amount currency } }
  offerings(when: ALL) { id mode seats seatsLeft status price { amount currency } } } } } }"""
ALL_BEHIND = ASKED.replace("credentials { edges", "credentials(first: 100) { edges")
MEASURES = (
    "credentials", "offerings", "openOfferings", "institutions", "seats", "seatsUnknown", "seatsLeft", "seatsLeftUnknown",
    "hours", "hoursUnknown", "price", "medianPrice", "priceUnknown", "priceStated", "hoursStated",
)  # fmt: skip


@pytest.fixture(scope="module", params=[11, 12])
def made(request, sqlite_template, tmp_path_factory):
    path = shutil.copy(sqlite_template, tmp_path_factory.mktemp("plain") / "catalog.db")
    database = open_database(f"sqlite:///{path}")
    chance = random.Random(request.param)
    countable = [listing(chance, number) for number in range(60, 120)]
    apply_records(database, list(generated(random.Random(request.param))), SOURCE, lambda: NOW)
    apply_records(database, countable, SOURCE, lambda: NOW)
    served = serve(database, path.parent / "index", NOW)
    for offering in chance.sample([own["id"] for one in shown(served) for own in one["offerings"]], 30):
        record_seats(database, offering, chance.randrange(9), "test", NOW, lambda: NOW)
    served.index_all()
    yield served
    database.dispose()


def shown(served):
    """What is counted, as the API shows it."""
    found, after = [], None
    while True:
        page = served.data(SHOWN, {"after": after})["credentials"]
        found += [edge["node"] for edge in page["edges"]]
        if not page["pageInfo"]["hasNextPage"]:
            return found
        after = page["pageInfo"]["endCursor"]


def plain(credentials):
    """Cells by kind and mode: rows of (credential, offering, or None for `usual` and for nothing)."""
    cells = defaultdict(list)
    for one in credentials:
        runs = one["offerings"] or [one["usual"] or {}]
        for own in runs:
            cells[one["kind"], own.get("mode")].append((one, own))
    return {key: sums(rows) for key, rows in cells.items()}


def sums(rows):
    credentials = {one["slug"]: one for one, _ in rows}
    offerings = [own for _, own in rows if "id" in own]
    hours = [stated_hours(one) for one in credentials.values()]
    priced = {one["slug"] for one, own in rows if amount(own) is not None}
    prices = [amount(own) for _, own in rows if amount(own) is not None]
    count = len(credentials)
    return {
        "credentials": count,
        "offerings": len(offerings),
        "openOfferings": sum(own["status"] == "OPEN" for own in offerings),
        "institutions": len({who for one in credentials.values() for who in providers(one)}),
        **known("seats", [own["seats"] for own in offerings if own["status"] != "CANCELLED"]),
        **known("seatsLeft", [own["seatsLeft"] for own in offerings if own["status"] != "CANCELLED"]),
        **known("hours", hours),
        "price": {"min": {"amount": money(min(prices))}, "max": {"amount": money(max(prices))}} if prices else None,
        "medianPrice": {"amount": money(median(prices))} if prices else None,
        "priceUnknown": count - len(priced),
        "priceStated": round(len(priced) / count, 4),
        "hoursStated": round(sum(one is not None for one in hours) / count, 4),
    }


def known(name, values):
    stated = [one for one in values if one is not None]
    return {name: sum(stated) if stated else None, f"{name}Unknown": len(values) - len(stated)}


def stated_hours(one):
    """RECORD.md: totalHours, else instructionalHours, else statedHours; only one number is a number."""
    stated = one["totalHours"] or one["instructionalHours"] or one["statedHours"]
    return stated["min"] if stated and stated["min"] == stated["max"] else None


def amount(own):
    price = own.get("price")
    return Decimal(price["amount"]) if price and price["currency"] == "CAD" else None


def providers(one):
    return {one["institutions"]["id"]} | {
        own["institution"]["id"] for own in one["partnerships"] if own["role"] == "CO_PROVIDER" and own["institution"]
    }


def money(value):
    return str(Decimal(value).quantize(Decimal("0.01")))


def test_every_measure(made):
    listed = {one["slug"]: one for one in shown(made)}
    counted = Counted(made.data(ALL_BEHIND, {"by": ["KIND", "MODE"], "first": 100})["coverage"])
    behind = {edge["node"]["slug"] for one in counted.nodes for edge in one["credentials"]["edges"]}
    assert 100 < len(behind) < len(listed), "some are not to be counted"
    expected = plain([listed[slug] for slug in sorted(behind)])
    found = {
        key: {name: one[name] for name in MEASURES} for key, one in counted.cells.items() if "SHARED_NOT_SPLIT" not in key
    }
    assert len(found) > 10
    assert found == expected
    everything = sums(
        [(one, own) for slug in behind for one in [listed[slug]] for own in one["offerings"] or [one["usual"] or {}]]
    )
    assert {name: counted.totals[name] for name in MEASURES} == everything
