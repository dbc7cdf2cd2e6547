"""How many statements a question costs: exact, and the same however many rows there are."""

import pytest
from graphql import GraphQLObjectType, TypeInfo, TypeInfoVisitor, Visitor, parse, visit

from catalog.publishing.apply import apply_records
from catalog.runtime.batch import Batch
from catalog.schema.build import build_schema
from tests.conftest import NOW
from tests.records import SOURCE, credential, institution

AWARD = {
    "type": "fundingAward", "ref": "award", "funder": "uni0", "recipients": ["uni1"], "covers": ["uni/c0#fall"],
}  # fmt: skip
PRICES = {
    # question: statements
    "{ catalog { revision epoch updatedAt } }": 1,
    "{ catalog { nextBoundaryAt } }": 3,
    "{ catalog { revision credentials offerings institutions pathways menus } }": 6,
    '{ credential(slug: "uni/c0") { slug version updatedAt kind } }': 3,
    '{ credential(id: "ID") { slug } }': 2,
    '{ institution(slug: "uni0") { name campuses { name } } }': 3,
    '{ fundingAward(slug: "award") { funder { name } recipients { name } covers { credential { slug } offering { ref } } } }': 6,
    "{ fundingAwards { totalCount edges { node { slug } } } }": 4,
    '{ node(id: "ID") { id } }': 2,
    '{ nodes(ids: ["ID", "00000000-0000-0000-0000-000000000000"]) { id } }': 3,
    "{ credentials { edges { cursor } } }": 2,
    "{ credentials { totalCount } }": 3,
    "{ credentials { edges { node { slug title } } } }": 3,
    "{ credentials { edges { node { slug provider { name } } } } }": 4,
    "{ credentials { edges { node { skills { label } occupations { code } sectors { name } } } } }": 4,
    "{ credentials { edges { node { offerings(when: ALL) { ref credential { slug } } } } } }": 3,
    "{ credentials { edges { node { status price { min { amount } } lastKnownPrice { min { amount } } offerings { status seatsLeft } } } } }": 5,
    "{ credentials { edges { node { offerings(when: ALL) { seatsLeft } } } } }": 4,
    "{ credentials { edges { node { offerings(when: ALL) { campus { name region { name } } } usual { campus { name } } } } } }": 7,
    "{ credentials { edges { node { partnerships { role amount { amount } institution { name } } } } } }": 6,
    "{ credentials { edges { node { offerings(when: ALL) { partnerships { role institution { name } } } } } } }": 6,
    "{ credentials { edges { node { requirements { text nodes { id rule { text } } rule { text ... on Holds { credential { title } } } } } } } }": 4,
    "{ credentials { edges { node { provenance { field source value } } } } }": 8,
    "{ credentials { edges { node { history { totalCount edges { node { version source } } } } } } }": 5,
    "{ institutions { edges { node { slug region { name } } } } }": 4,
    "{ institutions { totalCount edges { node { credentials(first: 2) { totalCount edges { node { slug } } } } } } }": 7,
    "{ changes { edges { node { slug } } } }": 2,
    '{ pathway(slug: "way0") { title award { slug } owner { slug } parts { items { slug } rule { text } } limits { except { slug } } } }': 6,
    "{ pathways { totalCount edges { node { slug award { slug } parts { items { slug } rule { text } } } } } }": 5,
    '{ menu(slug: "menu0") { owner { slug } partners { institution { slug } } sections { items { slug } } } }': 6,
    "{ menus { totalCount edges { node { slug sections { items { slug } } } } } }": 5,
    '{ fundingProgram(slug: "grant0") { owner { slug } rule { text } designations { totalCount edges { node { slug } } } } }': 8,
    "{ fundingPrograms { totalCount edges { node { slug designations { totalCount edges { node { slug } } } } } } }": 7,
    "{ recognitions { totalCount edges { node { from { slug } to { slug } institution { slug } } } } }": 6,
    "{ equivalences { totalCount edges { node { members { slug } } } } }": 5,
    "{ demand { totalCount edges { node { value regions { code } occupation { code } sector { code } } } } }": 5,
    "{ skills { totalCount edges { node { label } } } }": 4,
    "{ occupations { totalCount edges { node { title } } } }": 4,
    "{ sectors { totalCount edges { node { name } } } }": 4,
    "{ regions { totalCount edges { node { name } } } }": 4,
    "{ themes { totalCount edges { node { name } } } }": 4,
    "{ credentials { edges { node { pathways { totalCount edges { node { slug award { slug } } } } } } } }": 6,
    "{ credentials { edges { node { stacksInto { totalCount edges { node { slug } } } equivalents { totalCount } } } } }": 7,
    "{ credentials { edges { node { recognitions { edges { node { kind } } } fundingPrograms { edges { node { slug } } } } } } }": 7,
    "{ credentials { edges { node { classified statusText components { slug } } } } }": 7,
    '{ credentials(filter: {cities: ["V"], status: [UPCOMING]}) { totalCount edges { node { slug } } } }': 5,
    "{ credentials { edges { node { summary description themes { code } supersedes { slug } fundingAwards { slug } } } } }": 6,
    "{ credentials { edges { node { pathwaysTo { totalCount edges { node { slug summary } } } recognised { edges { node { kind rule { text } } } } } } } }": 8,
    "{ credentials { edges { node { requirements { rule { ...R ... on AllOf { rules { ...R ... on HasSkill { skill { label } } ... on CreditSum { credentials { slug } } } } ... on AnyOf { rules { ...R } } } } } } } } fragment R on Rule { text }": 4,
    "{ credentials { edges { node { offerings(when: ALL) { fees { covers { by { slug } } } seatPools { sponsor { slug } } places { campus { name } } } } } } }": 5,
    "{ institutions { edges { node { recognitions { totalCount edges { node { kind } } } } } } }": 6,
    "{ menus { edges { node { title summary award { slug } } } } }": 3,
    "{ demand { edges { node { measure } } } }": 3,
    "{ fundingPrograms { edges { node { name excludes { program { slug } } windows { status } } } } }": 3,
    '{ search(query: "credential") { totalCount edges { node { slug provider { name } } } } }': 3,
    '{ search(query: "credential", facets: [KIND, INSTITUTION, SKILL, OCCUPATION, SECTOR, REGION, CITY, STATUS]) { didYouMean facets { field values { label count } } edges { distanceKm highlights { fragments } matchingOfferings { ref } node { slug } } } }': 6,
    '{ suggest(prefix: "cred") { text } }': 2,
    'query ($p: ProfileInput!) { eligibility(credentials: ["ID"], profile: $p) { outcome stepsAway complete nodes { id } missing { credentials { slug } cost { amount } } } }': 7,
    "query ($p: ProfileInput!) { credentials { edges { node { eligibility(profile: $p) { outcome complete stepsAway missing { cost { amount } } } } } } }": 8,
    "query ($p: ProfileInput!) { credentials { edges { node { netPrice(profile: $p) { toPay { amount } } offerings(when: ALL) { netPrice(profile: $p) { list { amount } } } } } } }": 12,
    "{ credentials { edges { node { unlocks { totalCount edges { node { slug } } } } } } }": 3,
    "query ($h: [HeldInput!]!) { unlocks(held: $h) { totalCount edges { node { slug } together { slug } } } }": 3,
    "query ($n: ProfileInput!) { pathways { edges { node { progress(profile: $n) { fraction parts { choices { slug } } } } } } }": 4,
    "{ pathways { edges { node { envelope { cost { min { amount } } bottleneck { slug } } transfers { to { slug } items { credential { slug } } } } } } }": 9,
    'query ($p: ProfileInput!) { menus { edges { node { check(picks: ["ID"], profile: $p) { valid netTotal { amount } violations { code } } } } } }': 11,
    '{ impact(credential: "ID") { slug } }': 6,
    "{ coverage(by: [REGION]) { revision totals { credentials awards { slug } openingsSharedBy { code } } } }": 5,
    "{ coverage(by: [REGION, KIND]) { cells { edges { node { measures { awards { slug } openingsSharedBy { code } } credentials { totalCount edges { node { slug } } } } } } } }": 8,
    '{ coverage(by: [KIND], at: "2020-01-01T00:00:00Z") { totals { credentials } } }': 25,
    '{ trend(by: [KIND], from: "2026-01-01T00:00:00Z", to: "2026-03-01T00:00:00Z") { at totals { credentials } } }': 73,
    "{ gaps(by: REGION) { totalCount edges { node { offered { seats awards { slug } openingsSharedBy { code } } regions { code } nearest { slug } nearestThrough nearestKm nearestOnline unmetAskers } } } }": 10,
    "{ oversupply { totalCount edges { node { credentials { totalCount edges { node { slug } } } } } } }": 8,
    "{ unmetDemand { totalCount edges { node { topic } } } }": 2,
    'query ($p: ProfileInput!) { plan(goal: {credential: "ID"}, profile: $p) { status plans { transfers { kept } steps { because } } } }': 15,
}
VARIABLES = {
    "p": {"held": [{"credential": "uni/c1"}], "age": 30, "fundingUsed": []},
    "h": [{"credential": "uni/c1"}],
    "n": {"held": []},
}
PUBLISHED = {
    "credentials": 10, "institutions": 10, "skills": 9, "occupations": 9, "sectors": 9, "regions": 9, "themes": 9, "pathways": 10, "menus": 10, "fundingPrograms": 10, "fundingAwards": 10, "recognitions": 10, "equivalences": 10, "demand": 10,
}  # fmt: skip
"""Lists of everything published, with what provenance and history of all their things cost."""
ABOUT = "{ %s { edges { node { provenance { field source value } history { totalCount edges { node { version source } } } } } } }"
PRICES |= {ABOUT % name: count for name, count in PUBLISHED.items()}


def records(count):
    region = {"type": "region", "ref": "island", "scheme": "bc", "code": "island", "labels": "Island"}
    from tests.records import record

    yield record(region)
    for kind in ("occupation", "sector", "theme"):
        yield record({"type": kind, "ref": kind, "scheme": "x", "code": "1", "labels": kind})
    for number in range(count):
        yield institution(
            f"uni{number}", region="island", campuses=[{"ref": "main", "name": "Main", "city": "V", "region": "island"}]
        )
    for number in range(count):
        yield credential(
            f"c{number}",
            provider=f"uni{number}",
            skills=[{"label": f"skill {number}"}, {"label": "shared"}],
            partnerships=[{"role": "PARTNER", "institution": f"uni{(number + 1) % count}"}],
            themes=["1"],
            supersedes=f"uni/c{(number + 1) % count}" if number == 0 else None,
            usual={"mode": "ONLINE", "places": [{"campus": f"uni{number}#main"}]},
            requirements=[
                {"kind": "PREREQUISITE", "rule": {"any": [{"holds": f"uni/c{(number + 1) % count}"}, {"text": "x"}]}},
                {
                    "kind": "ADMISSION",
                    "rule": {
                        "all": [
                            {"skill": "local:shared"},
                            {"condition": "AGE", "minimum": 16},
                            *(
                                [{"credits": 3, "unit": "CREDIT", "from": [f"uni/c{number + 1}"]}]
                                if number + 1 < count
                                else []
                            ),
                            {"atLeast": 1, "of": [{"text": "y"}, {"text": "z"}]},
                        ]
                    },
                },
            ],
            offerings=[
                {
                    "ref": "fall",
                    "startsOn": "2027-01-11",
                    "places": [{"campus": f"uni{number}#main"}],
                    "fees": [
                        {
                            "kind": "TUITION",
                            "amount": "5",
                            "coveredFor": [{"audience": "ALL", "by": f"uni{(number + 1) % count}"}],
                        }
                    ],
                    "seatPools": [{"for": "PUBLIC", "sponsor": f"uni{(number + 1) % count}", "seats": 3}],
                }
            ],
        )
    yield record(AWARD)
    for number in range(count):
        yield from (record(one) for one in compositions(number, count))


def compositions(number, count):
    mine, next_one = f"uni/c{number}", f"uni/c{(number + 1) % count}"
    yield {
        "type": "pathway", "ref": f"way{number}", "slug": f"way{number}", "title": "W", "owner": f"uni{number}", "award": mine,
        "parts": [{"items": [next_one]}, {"rule": {"holds": next_one}}], "limits": [{"kind": "NEW", "max": 1, "except": [next_one]}],
    }  # fmt: skip
    yield {
        "type": "menu", "ref": f"menu{number}", "slug": f"menu{number}", "title": "M", "owner": f"uni{number}",
        "partnerships": [{"role": "PARTNER", "institution": f"uni{(number + 1) % count}"}],
        "sections": [{"title": "S", "pick": {"unit": "COUNT", "min": 1}, "items": [mine, next_one]}],
    }  # fmt: skip
    yield {
        "type": "fundingProgram", "ref": f"grant{number}", "name": "G", "owner": f"uni{number}", "designations": [mine, next_one],
        "rule": {"holds": mine}, "excludes": [{"program": f"grant{(number + 1) % count}"}],
        "windows": [{"opensOn": "2026-01-01", "closesOn": "2027-01-01", "status": "OPEN", "asOf": "2026-11-01"}],
    }  # fmt: skip
    yield {
        "type": "recognition",
        "ref": f"r{number}",
        "from": mine,
        "to": next_one,
        "institution": f"uni{number}",
        "rule": {"text": "x"},
    }
    yield {"type": "equivalence", "ref": f"e{number}", "members": [mine, next_one], "basis": "REVIEWED"}
    yield {"type": "demand", "ref": f"d{number}", "regions": ["island"], "from": 2025, "to": 2035, "value": number}


@pytest.fixture(params=[2, 15])
def filled(served, request):
    apply_records(served.database, list(records(request.param)), SOURCE, lambda: NOW)
    served.index_all()
    served.data('{ credential(slug: "uni/c0") { unlocks { totalCount } } }')  # the graph is read once for each state
    return served


def test_statement_counts_are_exact_and_do_not_grow_with_rows(filled):
    known = filled.data('{ credential(slug: "uni/c0") { id } }')["credential"]["id"]
    found = {}
    for question in PRICES:
        filled.service.library.forget()
        with filled.statements() as sent:
            filled.data(question.replace('"ID"', f'"{known}"'), VARIABLES)
        found[question] = len(sent)
    assert {question: (count, PRICES[question]) for question, count in found.items() if count != PRICES[question]} == {}


def test_every_root_field_is_priced():
    priced = " ".join(PRICES)
    assert {name for name in build_schema().query_type.fields if f" {name}" not in priced.replace("(", " (")} == set()


def test_every_relation_is_priced():
    """By itself or through the rule that it is a kind of: a text is asked of the interface."""
    schema = build_schema()
    asked = set().union(*(_fields(schema, question) for question in PRICES))
    if "Rule.text" in asked:
        asked |= {f"{one.name}.text" for one in schema.get_possible_types(schema.type_map["Rule"])}
    relations = {
        f"{type_.name}.{name}"
        for type_ in schema.type_map.values()
        if isinstance(type_, GraphQLObjectType) and type_ is not schema.query_type
        for name, field in type_.fields.items()
        if isinstance(field.resolve, Batch) and not getattr(field.resolve.many, "comes_later", False)
    }
    assert relations - asked == set()


def _fields(schema, question):
    found, info = set(), TypeInfo(schema)

    class Collector(Visitor):
        def enter_field(self, node, *_):
            found.add(f"{info.get_parent_type().name}.{node.name.value}")

    visit(parse(question), TypeInfoVisitor(info, Collector()))
    return found
