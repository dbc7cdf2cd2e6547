"""CredentialFilter as a client sends it; that the tables answer what it means is held in tests/model/test_filter_sql.py."""

import pytest

from catalog.http.messages import Question
from catalog.model.viewer import Anonymous
from catalog.publishing.apply import apply_records
from tests.conftest import NOW
from tests.records import SOURCE, credential, institution, record

QUERY = "query($f: CredentialFilter) { credentials(filter: $f) { totalCount edges { node { slug } } } }"
VICTORIA = {"latitude": 48.4284, "longitude": -123.3656}


@pytest.fixture
def shop(served):
    """The evening run is in Victoria, the run in Nanaimo is by day: no ONE offering is in Nanaimo in the evening."""
    campuses = [
        {
            "ref": "victoria",
            "name": "V",
            "city": "Victoria",
            "region": "island",
            "latitude": 48.4329,
            "longitude": -123.3693,
        },
        {"ref": "nanaimo", "name": "N", "city": "Nanaimo", "region": "island", "latitude": 49.1663, "longitude": -123.9401},
    ]
    split = [
        {"ref": "evening", "attendance": ["EVENING"], "places": [{"campus": "uni#victoria"}], "mode": "IN_PERSON"},
        {"ref": "day", "attendance": ["DAYTIME"], "places": [{"campus": "uni#nanaimo"}], "mode": "IN_PERSON"},
    ]
    whole = [{"ref": "both", "attendance": ["EVENING"], "places": [{"campus": "uni#nanaimo"}], "mode": "IN_PERSON"}]
    records = [
        record({"type": "region", "ref": "island", "scheme": "bc", "code": "island", "labels": "Island"}),
        institution(campuses=campuses),
        institution("two"),
        credential("split", offerings=split),
        credential("whole", offerings=whole, provider="two", slug="two/whole"),
        credential("online", usual={"mode": "ONLINE_ANYTIME", "languages": ["fr-CA"]}),
        credential("silent"),
    ]
    apply_records(served.database, records, SOURCE, lambda: NOW)
    return served


def slugs(shop, **conditions):
    found = shop.data(QUERY, {"f": conditions})["credentials"]
    assert found["totalCount"] == len(found["edges"])
    return [edge["node"]["slug"] for edge in found["edges"]]


def test_all_offering_conditions_hold_for_one_offering(shop):
    assert slugs(shop, cities=["Nanaimo"], attendance=["EVENING"], includeUnknown=False) == ["two/whole"]
    assert slugs(shop, cities=["nanaimo"], includeUnknown=False) == ["two/whole", "uni/split"]
    assert slugs(shop, attendance=["EVENING"], includeUnknown=False) == ["two/whole", "uni/split"]


def test_also_in_the_list_of_an_institution(shop):
    query = "query($f: CredentialFilter) { institutions { edges { node { slug credentials(filter: $f) { totalCount edges { node { slug } } } } } } }"
    wanted = {"cities": ["Nanaimo"], "attendance": ["EVENING"], "includeUnknown": False}
    found = {
        edge["node"]["slug"]: edge["node"]["credentials"]
        for edge in shop.data(query, {"f": wanted})["institutions"]["edges"]
    }
    assert found["two"] == {"totalCount": 1, "edges": [{"node": {"slug": "two/whole"}}]}
    assert found["uni"] == {"totalCount": 0, "edges": []}


def test_unknown_rows_are_kept_unless_refused(shop):
    assert slugs(shop, cities=["Nanaimo"], attendance=["EVENING"]) == ["two/whole", "uni/silent"]
    assert slugs(shop, regions=["ONLINE"], includeUnknown=False) == ["uni/online"]
    assert slugs(shop, regions=["island"], includeUnknown=False) == ["two/whole", "uni/split"]


def test_who_asks_for_a_language_gets_its_variants(shop):
    assert slugs(shop, languages=["fr"], includeUnknown=False) == ["uni/online"]
    assert slugs(shop, languages=["en"], includeUnknown=False) == []


@pytest.mark.parametrize(
    ("km", "online", "expected"),
    [
        (10, False, ["uni/split"]),
        (10, True, ["uni/online", "uni/split"]),
        (150, False, ["two/whole", "uni/split"]),
        (1, False, ["uni/split"]),
    ],
)
def test_near_measures_to_campuses(shop, km, online, expected):
    near = VICTORIA | {"km": km, "includeOnline": online}
    assert slugs(shop, near=near, includeUnknown=False) == expected


@pytest.mark.parametrize(
    ("conditions", "argument"),
    [
        ({"price": {"min": "10", "max": "5"}}, "filter.price"),
        ({"hours": {"min": 10, "max": 5}}, "filter.hours"),
        ({"startsAfter": "2027-02-01", "startsBefore": "2027-01-01"}, "filter.startsBefore"),
        ({"near": {"latitude": 91, "longitude": 0, "km": 1}}, "filter.near"),
        ({"near": {"latitude": 0, "longitude": 0, "km": 0}}, "filter.near"),
        ({"near": {"latitude": 0, "longitude": 0, "km": 1e300}}, "filter.near"),
        ({"cities": ["x"] * 201}, "filter.cities"),
    ],
)
def test_what_makes_no_sense_is_named(shop, conditions, argument):
    answer = shop.ask(QUERY, {"f": conditions})
    assert [(one["extensions"]["code"], one["extensions"]["argument"]) for one in answer["errors"]] == [
        ("ARGUMENT_INVALID", argument)
    ]
    assert answer["data"] == {"credentials": None}


@pytest.mark.parametrize(
    "conditions",
    [
        {"institutions": ["'; DROP TABLE credential"]},
        {"cities": ["%"]},
        {"price": {"min": "999999999999999", "max": None}},
        {"weeks": {"min": 1e308}},
        {"menu": "nothing"},
        {"cities": ["\u0000"]},
        {"languages": ["\u0000"]},
    ],
)
def test_odd_values_find_nothing_and_break_nothing(shop, conditions):
    assert slugs(shop, **conditions, includeUnknown=False) == []


def test_an_empty_list_of_wanted_values_wants_none_of_them(shop):
    assert slugs(shop, cities=[], includeUnknown=False) == []
    assert slugs(shop, kinds=[]) == []


def test_coordinates_are_sent_as_a_variable_and_never_in_an_address(shop):
    literal = "{ credentials(filter: {near: {latitude: 48, longitude: -123, km: 5}}) { totalCount } }"
    assert shop.codes(literal) == ["PROFILE_MUST_BE_VARIABLE"]
    named = "query($n: NearInput) { credentials(filter: {near: $n}) { totalCount } }"
    near = VICTORIA | {"km": 5}
    assert shop.data(named, {"n": near})["credentials"]["totalCount"] == 3
    for query, variables in ((named, {"n": near}), (QUERY, {"f": {"near": near}})):
        answer = shop.service.answer(Question(query, variables=variables, read_only=True), Anonymous())
        assert answer.status == 400
        assert b"PROFILE_NEEDS_POST" in answer.body
    by_get = Question(named, variables={}, read_only=True)
    assert b"errors" not in shop.service.answer(by_get, Anonymous()).body


def test_a_wish_for_a_menu_or_a_pathway(shop):
    made = [
        record(
            {
                "type": "menu", "ref": "m", "title": "Menu", "owner": "uni",
                "sections": [{"title": "One", "pick": {"unit": "COUNT", "min": 1}, "items": ["uni/split"]}],
            }
        ),
        record(
            {
                "type": "pathway", "ref": "p", "title": "Way", "owner": "uni", "award": "uni/online",
                "parts": [{"items": ["two/whole"]}, {"rule": {"holds": "uni/silent"}}],
            }
        ),
    ]  # fmt: skip
    apply_records(shop.database, made, SOURCE, lambda: NOW)
    ids = shop.data('{ menu(slug: "uni/menu") { id } pathway(slug: "uni/way") { id } }')
    assert slugs(shop, menu=ids["menu"]["id"]) == slugs(shop, menu="uni/menu") == ["uni/split"]
    assert slugs(shop, pathway=ids["pathway"]["id"]) == ["two/whole", "uni/silent"]


@pytest.mark.parametrize(
    ("conditions", "argument"),
    [
        ({"regions": ["Vancouver Island/Coast"]}, "filter.regions"),
        ({"occupations": ["99999"]}, "filter.occupations"),
        ({"themes": ["\u0000"]}, "filter.themes"),
    ],
)
def test_a_code_that_nobody_knows_is_no_answer(shop, conditions, argument):
    (error,) = shop.ask(QUERY, {"f": conditions})["errors"]
    assert (error["extensions"]["code"], error["extensions"]["argument"]) == ("ARGUMENT_INVALID", argument)


def test_slugs_lead_to_ids(shop):
    assert slugs(shop, institutions=["two"]) == ["two/whole"]
    assert slugs(shop, institutions=["TWO", "nobody"]) == ["two/whole"]


def test_known_fees_bound_a_price_that_is_not_known(shop):
    fees = [{"kind": "TUITION", "amount": "13090"}, {"kind": "MATERIALS", "text": "books extra"}]
    apply_records(shop.database, [credential("dear", usual={"fees": fees})], SOURCE, lambda: NOW)
    found = shop.data('{ credential(slug: "uni/dear") { price { min { amount } } usual { price { amount } } } }')[
        "credential"
    ]
    assert found == {"price": None, "usual": {"price": None}}, "the price itself stays unknown"
    assert "uni/dear" not in slugs(shop, price={"max": "100"})
    assert "uni/dear" in slugs(shop, price={"min": "13000"}, includeUnknown=False)


def test_attendance_follows_from_required_meetings(shop):
    meetings = [{"days": ["TUE", "THU"], "startTime": "18:30"}, {"days": ["SAT"], "required": False}]
    apply_records(shop.database, [credential("met", usual={"meetings": meetings})], SOURCE, lambda: NOW)
    assert slugs(shop, attendance=["EVENING"], includeUnknown=False) == ["two/whole", "uni/met", "uni/split"]
    assert shop.data('{ credential(slug: "uni/met") { usual { attendance } } }')["credential"]["usual"]["attendance"] == [
        "EVENING"
    ]


def test_a_place_without_a_campus_can_be_found_by_its_name(shop):
    apply_records(
        shop.database, [credential("far", usual={"places": [{"community": "Fort St. John"}]})], SOURCE, lambda: NOW
    )
    assert slugs(shop, cities=["fort st. john"], includeUnknown=False) == ["uni/far"]
    found = shop.data('{ credential(slug: "uni/far") { usual { places { community campus { name } } } } }')["credential"]
    assert found["usual"]["places"] == [{"community": "Fort St. John", "campus": None}]


def test_private_arguments_have_no_way_around(shop):
    near = "{latitude: 48, longitude: -123, km: 5}"
    default = f"query($n: NearInput = {near}) {{ credentials(filter: {{near: $n}}) {{ totalCount }} }}"
    assert shop.codes(default) == ["PROFILE_MUST_BE_VARIABLE"]
    two = f"query A {{ catalog {{ revision }} }} query B {{ credentials(filter: {{near: {near}}}) {{ totalCount }} }}"
    for name in "AB":
        answer = shop.service.answer(Question(two, operation_name=name), Anonymous())
        assert b"PROFILE_MUST_BE_VARIABLE" in answer.body, "the document is kept, whichever operation is asked for"


def test_harmless_documents_are_not_refused(shop):
    named = Question("query($near: ID!) { node(id: $near) { id } }", variables={"near": "x"}, read_only=True)
    assert b"errors" not in shop.service.answer(named, Anonymous()).body
    other = "query A { ...F } fragment F on Query { __typename } query B($n: NearInput) { ...G } fragment G on Query { credentials(filter: {near: $n}) { totalCount } }"
    asked = Question(other, operation_name="A", variables={"n": VICTORIA | {"km": 1}}, read_only=True)
    assert b"errors" not in shop.service.answer(asked, Anonymous()).body
