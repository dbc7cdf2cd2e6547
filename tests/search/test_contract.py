"""What is found, on both engines alike: words, ways of typing them, and ONE offering for all that is asked of one."""

import pytest

from catalog.publishing.apply import apply_records
from tests.records import SOURCE, credential, institution, record
from tests.search.conftest import ENGINES

REGIONS = [
    record({"type": "region", "ref": code, "scheme": "bc", "code": code, "labels": {"en": label, "fr": french}})
    for code, label, french in (
        ("island", "Vancouver Island and Coast", "Île de Vancouver et la côte"),
        ("okanagan", "Thompson-Okanagan", "Thompson-Okanagan"),
    )
]
CODES = [
    record(
        {"type": "occupation", "ref": "o1", "scheme": "noc-2021", "code": "72410", "labels": {"en": "Automotive service technicians", "fr": "Mécaniciens de véhicules automobiles"}}
    ),
    record({"type": "sector", "ref": "s1", "scheme": "naics", "code": "23", "labels": {"en": "Construction"}}),
    record({"type": "theme", "ref": "t1", "scheme": "x", "code": "oceans", "labels": {"en": "Blue economy"}}),
]  # fmt: skip
SCHOOLS = [
    institution(
        name="University of the Strait",
        shortName="UStrait",
        region="island",
        campuses=[
            {"ref": "vic", "name": "Harbour campus", "city": "Victoria", "region": "island"},
            {"ref": "nan", "name": "Hill campus", "city": "Nanaimo", "region": "island"},
            {"ref": "kel", "name": "Lake campus", "city": "Kelowna", "region": "okanagan"},
        ],
    ),
    institution("partner", name="Salish Digital Alliance", shortName="SDA", kind="NON_PROFIT"),
]


def offering(ref, city, *attendance, **more):
    return {"ref": ref, "places": [{"campus": f"uni#{city}"}], "attendance": list(attendance), **more}


LISTINGS = [
    credential(
        "mixed",
        title="Digital marketing foundations",
        offerings=[offering("a", "vic", "EVENING"), offering("b", "nan", "DAYTIME")],
    ),
    credential("evening", title="Digital marketing after hours", offerings=[offering("e", "nan", "EVENING")]),
    credential("seo", title="Search engine optimization", summary="Be found on the web."),
    credential("ev", title="EV maintenance", occupations=["72410"], sectors=["23"], themes=["oceans"]),
    credential("lang", title="SENĆOŦEN for beginners", description="Also spoken: Tŝilhqot’in and W̱SÁNEĆ place names."),
    credential("french", title={"en": "Forest stewardship", "fr": "Aménagement des forêts boréales"}),
    credential("weld", title="Welding basics", skills=[{"label": "oxy-fuel cutting"}], partnerships=[{"role": "FUNDER", "institution": "partner"}]),
    credential("acc", title="Accounting for non-accountants", description="Ledgers <b>and</b> balance sheets & budgets."),
    credential("award", title="Certificate of completion", kind="CERTIFICATE"),
]  # fmt: skip
COMPOSED = [
    record({"type": "pathway", "ref": "p", "slug": "uni/p", "title": "Lighthouse keeper pathway", "owner": "uni", "award": "uni/award", "parts": [{"title": "All", "items": ["uni/weld"]}]}),
    record({"type": "menu", "ref": "m", "slug": "uni/m", "title": "Harbour tasting menu", "owner": "uni", "award": "uni/award", "sections": [{"title": "One", "pick": {"unit": "COUNT", "min": 1}, "items": ["uni/acc"]}]}),
]  # fmt: skip

EVERYTHING = [*REGIONS, *CODES, *SCHOOLS, *LISTINGS, *COMPOSED]


@pytest.fixture(scope="module", params=ENGINES)
def world(request, opened_engine):
    """Only read from."""
    with opened_engine(request) as indexed:
        apply_records(indexed.database, EVERYTHING, SOURCE, indexed.clock)
        indexed.settle()
        yield indexed


def strict(world, text, **more):
    """What holds every word, without what follows where that is little."""
    return world.refs(text, widened=False, **more)


def test_evening_and_nanaimo_hold_for_the_same_offering(world):
    found = world.find("evening nanaimo")
    assert found.slugs[0] == "uni/evening"
    assert len(found.offerings["uni/evening"]) == 1
    assert found.widened  # one result holds both words; what holds one of them follows
    from catalog.model.vocabulary import Attendance

    narrowed = world.find("marketing", cities=frozenset({"Nanaimo"}), attendance=frozenset({Attendance.EVENING}))
    assert narrowed.slugs == ["uni/evening"]
    only_victoria = world.find("marketing", cities=frozenset({"Victoria"}), include_unknown=False)
    assert only_victoria.slugs == ["uni/mixed"]
    assert len(only_victoria.offerings["uni/mixed"]) == 1


def test_the_learners_first_query(world):
    found = world.find("digtal marketing evening nanaimo")
    assert found.slugs[0] == "uni/evening"


@pytest.mark.parametrize(
    ("text", "refs"),
    [
        ("markating", {"mixed", "evening"}),  # one edit in nine letters
        ("weldnig", {"weld"}),  # two neighbours changed places
        ("acounttng", {"acc"}),  # two edits in nine letters
        ("basisc", {"weld"}),
        ("webb", set()),  # four letters: none
        ("wbe", set()),
        ("mrkatig", set()),  # seven letters, two edits
    ],
)
def test_typing_errors(world, text, refs):
    assert set(world.refs(text)) == refs


@pytest.mark.parametrize(
    ("text", "refs"),
    [
        ("market", {"mixed", "evening"}),
        ("digital mark", {"mixed", "evening"}),
        ("accoun", {"acc"}),
        ("weldi basics", set()),  # only the last word may be unfinished
        ("accou ", set()),  # a space says that it is finished
        ("accounts", {"acc"}),
        ("forests", {"french"}),
        ("forestière", set()),
        ("boréal", {"french"}),
        ("forêt", {"french"}),
        ("amenagements", {"french"}),
    ],
)
def test_beginnings_and_endings(world, text, refs):
    assert set(strict(world, text)) == refs


@pytest.mark.parametrize("text", ["SENCOTEN", "senćoŧen", "tsilhqotin", "Tŝilhqot'in", "tŝilhqot’in", "wsanec"])
def test_every_way_of_typing_a_name_finds_it(world, text):
    assert strict(world, text) == ["lang"]


@pytest.mark.parametrize(
    ("text", "ref"),
    [("SEO", "seo"), ("search engine optimization", "seo"), ("electric vehicle", "ev"), ("electric vehicles", "ev"), ("electric car", "ev")],
)  # fmt: skip
def test_synonyms_hold_both_ways(world, text, ref):
    assert strict(world, text) == [ref]


@pytest.mark.parametrize(
    ("text", "refs"),
    [
        ("ustrait", {one.ref for one in LISTINGS}),  # short code of the provider
        ("Salish Digital", {"weld", "mixed", "evening"}),  # a partner; then what holds one of the words
        ("sda", {"weld"}),
        ("oxy-fuel", {"weld"}),
        ("automotive technician", {"ev"}),  # a job title
        ("mécanicien", {"ev"}),
        ("construction", {"ev"}),
        ("blue economy", {"ev"}),
        ("kelowna", {"seo", "ev", "lang", "french", "weld", "acc", "award"}),  # those that do not say where: the provider's towns
        ("okanagan", {"seo", "ev", "lang", "french", "weld", "acc", "award"}),
        ("lighthouse", {"weld", "award"}),
        ("tasting menu", {"acc"}),
        ("place names", {"lang"}),
    ],
)  # fmt: skip
def test_fields_that_are_searched(world, text, refs):
    assert set(world.refs(text)) == refs


def test_phrases_and_exclusions(world):
    assert strict(world, '"digital marketing"') == strict(world, "digital marketing")
    assert world.find('"marketing digital"').total == 0
    assert strict(world, "marketing -hours") == ["mixed"]
    assert strict(world, 'marketing -"after hours"') == ["mixed"]
    everything = {one.ref for one in LISTINGS}
    assert set(world.refs("-marketing")) == everything - {"mixed", "evening"}
    assert set(world.refs("")) == everything
    assert world.find("?!").total == world.find("-").total == len(everything)  # nothing is asked yet
    assert set(strict(world, "marketing -houurs")) == {"mixed", "evening"}  # what is left out is taken as typed


def test_words_that_nearly_everything_is_called_only_help(world):
    assert strict(world, "welding course") == ["weld"]
    assert strict(world, "how can I learn welding?") == ["weld"]
    assert strict(world, "certificate") == ["award"]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("maketeng", "marketing"),
        ("weldngs bascs", "welding basics"),
        ("digitalmarketing", "digital marketing"),
        ("maketeng -hours", "marketing -hours"),
        ("qqqqqqqqq", None),
        ("", None),
    ],
)
def test_did_you_mean(world, text, meant):
    assert world.finder.correct(world.find(text).results.query) == meant


def test_titles_and_providers_called_exactly_so_come_first(world):
    assert world.refs("welding basics")[0] == "weld"
    assert world.refs("accounting")[0] == "acc"
    assert world.refs("digital marketing foundations")[0] == "mixed"


def test_suggestions_mix_kinds_and_lead_to_something(world):
    shown = world.finder.suggest("ma", 8)
    assert {(one.kind, one.text) for one in shown} >= {
        ("CREDENTIAL", "EV maintenance"),
        ("CREDENTIAL", "Digital marketing foundations"),
    }
    assert [(one.kind, one.text) for one in world.finder.suggest("oxy", 8)] == [("SKILL", "oxy-fuel cutting")]
    assert [(one.kind, one.text) for one in world.finder.suggest("automotive serv", 8)] == [
        ("OCCUPATION", "Automotive service technicians")
    ]
    assert ("INSTITUTION", "Salish Digital Alliance (SDA)") in [
        (one.kind, one.text) for one in world.finder.suggest("sali", 8)
    ]
    assert [one.text for one in world.finder.suggest("sencot", 8)] == ["SENĆOŦEN for beginners"]
    assert world.finder.suggest("", 8) == []
    assert world.finder.suggest("zzz", 8) == []


def test_a_skill_that_nobody_teaches_any_more_is_not_suggested(indexed):
    apply_records(indexed.database, EVERYTHING, SOURCE, indexed.clock)
    indexed.settle()
    assert [one.text for one in indexed.finder.suggest("oxy", 8)] == ["oxy-fuel cutting"]
    apply_records(indexed.database, [credential("weld", title="Welding basics")], SOURCE, indexed.clock)
    indexed.settle()
    assert indexed.finder.suggest("oxy", 8) == []


def test_current_before_past_and_complete_before_thin(indexed):
    run = {"ref": "r", "startsOn": "2027-02-01", "endsOn": "2027-03-01", "mode": "ONLINE"}
    past = run | {"startsOn": "2020-02-01", "endsOn": "2020-03-01"}
    listings = [
        credential("past", title="Beekeeping", offerings=[past]),
        credential("coming", title="Beekeeping", offerings=[run]),
        credential("thin", title="Beekeeping"),
        credential("full", title="Beekeeping", summary="Bees.", statedHours=20, skills=[{"label": "bees"}], languages=["en"], offerings=[run | {"fees": [{"kind": "TUITION", "amount": "100", "residency": "ALL"}]}]),
    ]  # fmt: skip
    apply_records(indexed.database, [institution(), *listings], SOURCE, indexed.clock)
    indexed.settle()
    assert indexed.refs("beekeeping")[:2] == ["full", "coming"]
    assert set(indexed.refs("beekeeping")[2:]) == {"past", "thin"}
