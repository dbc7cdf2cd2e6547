"""Filters, facets and sorts over columns against what they mean, for generated credentials, on both engines."""

import random
from collections import Counter
from dataclasses import replace
from math import isnan
from zoneinfo import ZoneInfo

import pytest

from catalog.db.transactions import read_snapshot
from catalog.model.distance import distance_km
from catalog.model.filter import ONLINE, matches
from catalog.model.places import load_campuses
from catalog.model.status import CURRENT
from catalog.model.vocabulary import CreditStatus, OfferingStatus
from catalog.search.narrowing.bands import HOUR_BANDS, PRICE_BANDS
from catalog.search.narrowing.facets import OWN_FILTER, CampusPlace, FacetContext, FacetField, count
from tests.model.test_filter_sql import CITIES, NOW, a_filter, lowered, publish_world
from tests.search.conftest import ENGINES

FILTERS = {"tantivy": 200, "meilisearch": 40}


@pytest.fixture(scope="module", params=ENGINES)
def both(request, opened_engine):
    """The generated catalogue behind an engine, with what is known of each credential."""
    with opened_engine(request, now=NOW) as indexed:
        world = publish_world(indexed.database)
        indexed.settle()
        world.chance = random.Random(5)
        yield indexed, world, FILTERS[request.param]


def asked(wanted):
    return {name: getattr(wanted, name) for name in wanted.__slots__}


def test_columns_answer_what_the_filter_means(both):
    indexed, world, count_of_filters = both
    kept = 0
    for _ in range(count_of_filters):
        wanted = a_filter(world)
        found = sorted(indexed.find("", **asked(wanted)).slugs)
        right = sorted(slug for slug, facts in world.facts.items() if matches(lowered(wanted), facts))
        assert found == right, wanted
        kept += 0 < len(right) < len(world.facts)
    assert kept > count_of_filters / 3


def runs_of(facts):
    return facts.offerings or ((facts.usual,) if facts.usual else ())


def pieces(facts):
    """The credential once for each of its deliveries, each alone."""
    runs = facts.offerings
    if runs:
        return [replace(facts, offerings=(run,), usual=None) for run in runs]
    return [facts]


def place_values(piece, value):
    runs = runs_of(piece)
    places = runs[0].places if runs else ()
    return {value(place) for place in places} or {None}


def one_run(piece):
    runs = runs_of(piece)
    return runs[0] if runs else None


def band(bands, bounds):
    if bounds is None or bounds[0] is None:
        return None
    for one in bands:
        low, high = float(one.least), float("inf") if one.greatest is None else float(one.greatest)
        known = float("inf") if bounds[1] is None else float(bounds[1])
        if low <= float(bounds[0]) and known <= high:
            return one.value
    return None


def only(values):
    """What choosing it alone keeps: an offering of two times of day is neither's."""
    return set(values) if len(values) <= 1 else {"several"}


def city_of(place):
    named = {city.casefold(): city for city, *_ in CITIES.values()}
    return place.city or named.get((place.community or "").casefold())


VALUES = {
    FacetField.KIND: lambda piece: {str(piece.kind)},
    FacetField.INSTITUTION: lambda piece: set(piece.institutions) or {None},
    FacetField.SKILL: lambda piece: set(piece.skills) or {None},
    FacetField.OCCUPATION: lambda piece: set(piece.occupations) or {None},
    FacetField.CREDIT_STATUS: lambda piece: {None if piece.credit_status in (None, CreditStatus.NOT_STATED) else str(piece.credit_status)},
    FacetField.CITY: lambda piece: place_values(piece, city_of),
    FacetField.MODE: lambda piece: {str(one_run(piece).mode) if one_run(piece) and one_run(piece).mode else None},
    FacetField.ATTENDANCE: lambda piece: only({str(one) for one in one_run(piece).attendance}) or {None} if one_run(piece) else {None},
    FacetField.LANGUAGE: lambda piece: {one.split("-")[0].lower() for one in (one_run(piece).languages or piece.languages)} or {None} if one_run(piece) else {None},
    FacetField.PRICE: lambda piece: {band(PRICE_BANDS, one_run(piece).price) if one_run(piece) else None},
    FacetField.HOURS: lambda piece: {band(HOUR_BANDS, piece.hours)},
    FacetField.STATUS: lambda piece: {str(one_run(piece).status) if piece.offerings and one_run(piece).status is not OfferingStatus.UNKNOWN else None},
}  # fmt: skip


def test_facets_count_distinct_credentials_without_their_own_condition(both):
    indexed, world, count_of_filters = both
    with read_snapshot(indexed.database) as connection:
        context = FacetContext({one: CampusPlace(own.region, own.city) for one, own in load_campuses(connection).items()})
    for _ in range(count_of_filters // 3):
        wanted = a_filter(world)
        found = indexed.find("", **asked(wanted)).results.found.facets(list(VALUES), context)
        for field, values_of in VALUES.items():
            others = replace(lowered(wanted), **({OWN_FILTER[field]: None} if field in OWN_FILTER else {}))
            right = Counter()
            for facts in world.facts.values():
                kept = [piece for piece in pieces(facts) if matches(others, piece)]
                right.update({value for piece in kept for value in values_of(piece)})
            unknown = right.pop(None, 0)
            right.pop("several", None)
            assert (dict(found[field].values), found[field].unknown) == (dict(right), unknown), (field, wanted)


def test_regions_are_counted_by_campus_and_online_is_one(both):
    indexed, world, _ = both
    with read_snapshot(indexed.database) as connection:
        campuses = load_campuses(connection)
    context = FacetContext({one: CampusPlace(own.region, own.city) for one, own in campuses.items()})
    counted = indexed.find("").results.found.facets([FacetField.REGION], context)[FacetField.REGION]
    online = [
        facts
        for facts in world.facts.values()
        if any(place.region == ONLINE for run in runs_of(facts) for place in run.places)
    ]
    assert counted.values[ONLINE] == len(online) > 5
    island = {CITIES["victoria"][0], CITIES["nanaimo"][0]}
    there = [
        facts
        for facts in world.facts.values()
        if any(place.city in island for run in runs_of(facts) for place in run.places)
    ]
    (region,) = {own.region for own in campuses.values() if own.city in island}
    assert counted.values[region] == len(there) > 5


def price_of(facts):
    runs = [run for run in facts.offerings if run.status in CURRENT] if facts.offerings else runs_of(facts)
    return [run.price for run in runs if run.price is not None]


def test_sorts(both):
    indexed, world, _ = both
    facts = world.facts
    everything = indexed.find("")
    ids = dict(zip(everything.slugs, everything.ids, strict=True))

    def right(value):
        return sorted(facts, key=lambda slug: (value(facts[slug]), ids[slug]))

    last = float("inf")
    lowest = right(lambda one: min((float(low) for low, _ in price_of(one) if low is not None), default=last))
    assert indexed.find("", sort="PRICE_ASC").slugs == lowest
    highest = right(lambda one: min((-float(high) for _, high in price_of(one) if high is not None), default=last))
    assert indexed.find("", sort="PRICE_DESC").slugs == highest
    assert indexed.find("", sort="HOURS_ASC").slugs == right(
        lambda one: one.hours[0] if one.hours and one.hours[0] is not None else last
    )
    today = (NOW.astimezone(ZoneInfo("America/Vancouver"))).date()

    def start(one):
        days = [run.starts[0] for run in one.offerings if run.starts and run.starts[0]]
        coming = [day.toordinal() for day in days if day >= today]
        return min(coming, default=min((10_000_000 - day.toordinal() for day in days), default=last))

    assert indexed.find("", sort="START_ASC").slugs == right(start)
    titled = sorted(facts, key=lambda slug: (f"credential {slug.partition('/')[2]}", ids[slug]))
    assert indexed.find("", sort="TITLE_ASC").slugs == titled


def test_distances_are_those_of_the_nearest_campus_taught_at(both):
    from catalog.model.filter import Near

    indexed, world, _ = both
    near = Near(48.43, -123.37, 400.0, include_online=True)
    found = indexed.find("", sort="DISTANCE_ASC", near=near, include_unknown=False)
    right = {}
    for slug in found.slugs:
        places = [place for run in runs_of(world.facts[slug]) for place in run.places]
        here = [
            place for place in places if place.coordinates and place.landmass != "Mainland"
        ]  # the learner's is the island
        known = [distance_km((48.43, -123.37), place.coordinates) for place in here]
        right[slug] = min((one for one in known if one <= 400), default=None)
    shown = {slug: None if isnan(value) else value for slug, value in found.distances.items()}
    near_ones = {slug: one for slug, one in right.items() if one is not None}
    assert {slug: shown[slug] for slug in near_ones} == pytest.approx(near_ones)
    assert len(near_ones) > 10
    order = [shown[slug] for slug in found.slugs]
    known = [one for one in order if one is not None]
    assert known == sorted(known)
    assert order[len(known) :] == [None] * (len(order) - len(known))  # online: no distance, last
    assert len(known) < len(order)


def test_what_lies_across_water_is_not_promised_to_be_near(both):
    from catalog.model.filter import Near

    indexed, world, _ = both
    near = Near(48.43, -123.37, 30.0, include_online=False, landmass="Mainland")
    promised = set(indexed.find("", near=near, include_unknown=False).slugs)
    possible = set(indexed.find("", near=near).slugs)
    in_victoria = {
        slug
        for slug, facts in world.facts.items()
        if any(place.city == "Victoria" for run in runs_of(facts) for place in run.places)
    }
    assert promised == set()
    assert possible >= in_victoria
    for landmass in ("Vancouver Island", None):  # unsaid, it is that of the nearest campus
        here = replace(near, landmass=landmass)
        assert set(indexed.find("", near=here, include_unknown=False).slugs) == in_victoria


def test_a_facet_of_nothing_is_empty(both):
    indexed, _, _ = both
    found = indexed.find("nothingatallhasthis")
    assert found.total == 0
    counted = count(found.results.found.results, FacetField.KIND, FacetContext())
    assert (dict(counted.values), counted.unknown) == ({}, 0)
