"""Search as the API shows it: pages that never repeat, facets with labels, marks, offerings, what is refused."""

import base64
import threading

import orjson
import pytest

from catalog.db.engine import open_database
from catalog.http.messages import Question
from catalog.model.viewer import Anonymous
from catalog.publishing.apply import apply_records
from catalog.schema.relations.searching import pages
from catalog.search.sync import follow
from catalog.search.tantivy.writer import TantivyWriter
from tests.conftest import NOW
from tests.records import SOURCE, credential, institution, record

PAGE = """query($q: String, $f: CredentialFilter, $s: SearchSort = RELEVANCE, $n: Int, $a: String, $l: Int, $b: String) {
  search(query: $q, filter: $f, sort: $s, first: $n, after: $a, last: $l, before: $b) {
    totalCount widened pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { cursor score node { slug } } } }"""
SORTS = ["RELEVANCE", "START_ASC", "PRICE_ASC", "PRICE_DESC", "HOURS_ASC", "TITLE_ASC", "NEWEST"]


@pytest.fixture
def database(sqlite_url):
    """What is searched here is the index; `seeded` asks both kinds of database."""
    opened = open_database(sqlite_url)
    yield opened
    opened.dispose()


def publish(served, *records):
    apply_records(served.database, list(records), SOURCE, lambda: NOW)
    while follow(served.database, TantivyWriter(served.index), lambda: NOW):
        pass


def run(number):
    return {
        "ref": "r",
        "startsOn": f"2027-0{1 + number % 6}-01",
        "fees": [{"kind": "TUITION", "amount": str(100 + number % 7), "residency": "ALL"}],
    }


def listing(number, **more):
    return credential(
        f"c{number:03}", title=f"Welding step {number % 11}", statedHours=10 + number % 9, offerings=[run(number)], **more
    )


@pytest.fixture
def shop(served):
    publish(served, institution(), *(listing(number) for number in range(60)))
    return served


def read_all(served, between=lambda: None, size=7, **variables):
    seen, after = [], None
    for _ in range(60):
        page = served.data(PAGE, {"n": size, "a": after, **variables})["search"]
        seen += [edge["node"]["slug"] for edge in page["edges"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            return seen
        between()
    raise AssertionError("the pages never end")


@pytest.mark.parametrize("sort", SORTS)
def test_pages_hold_every_result_once(shop, sort):
    seen = read_all(shop, q="welding", s=sort)
    assert len(seen) == len(set(seen)) == 60


@pytest.mark.parametrize("sort", SORTS)
def test_pages_read_from_the_back_are_the_same(shop, sort):
    forward = read_all(shop, q="welding", s=sort)
    back, before = [], None
    while True:
        page = shop.data(PAGE, {"q": "welding", "s": sort, "l": 9, "b": before})["search"]
        back = [edge["node"]["slug"] for edge in page["edges"]] + back
        before = page["pageInfo"]["startCursor"]
        if not page["pageInfo"]["hasPreviousPage"]:
            break
    assert back == forward


@pytest.mark.parametrize("sort", SORTS[1:])
def test_sorted_by_a_field_every_row_comes_once_while_others_write(shop, sort):
    made = iter(range(100, 200))

    def write():
        publish(shop, listing(next(made)), listing(next(made)))

    seen = read_all(shop, between=write, q="welding", s=sort)
    assert len(seen) == len(set(seen))
    assert {f"uni/c{number:03}" for number in range(60)} <= set(seen)


def test_by_relevance_no_row_comes_twice_while_others_write(shop):
    made = iter(range(100, 200))

    def write():
        number = next(made)
        publish(
            shop,
            credential(f"x{number}", title="Welding welding"),
            credential(f"c{number - 95:03}", title="Welding and welding step"),
        )

    seen = read_all(shop, between=write, q="welding")
    assert len(seen) == len(set(seen)) == 60


def test_by_relevance_no_row_comes_twice_in_another_process_either(shop):
    """Nothing is kept there: what the chain has shown is left out of what there is now."""
    made = iter(range(100, 200))

    def write():
        number = next(made)
        shop.service.search._kept.clear()
        publish(
            shop,
            credential(f"x{number}", title="Welding welding"),
            credential(f"c{number - 95:03}", title="Welding and welding step"),
        )

    seen = read_all(shop, between=write, q="welding")
    assert len(seen) == len(set(seen))
    assert {f"uni/c{number:03}" for number in range(60)} <= set(seen)


def test_backwards_such_a_chain_is_ended_rather_than_repeated(shop):
    page = shop.data(PAGE, {"q": "welding", "l": 9})["search"]
    shop.service.search._kept.clear()
    publish(shop, listing(99))
    answer = shop.ask(PAGE, {"q": "welding", "l": 9, "b": page["pageInfo"]["startCursor"]})
    assert answer["errors"][0]["extensions"]["code"] == "CURSOR_EXPIRED"


def forged(shop, **changes):
    """A cursor with something else in it."""
    cursor = shop.data(PAGE, {"q": "welding", "n": 2})["search"]["pageInfo"]["endCursor"]
    key = orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    names = ["epoch", "digest", "as_of", "state", "widened", "number", "value", "id", "seen"]
    for name, value in changes.items():
        key[names.index(name)] = value
    return base64.urlsafe_b64encode(orjson.dumps(key)).decode().rstrip("=")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"number": -1}, "PAGE_INVALID"),
        ({"number": 0}, "PAGE_INVALID"),
        ({"number": 2.5}, "PAGE_INVALID"),
        ({"as_of": "253402300799000000"}, "CURSOR_EXPIRED"),
        ({"as_of": "0"}, "CURSOR_EXPIRED"),
        ({"as_of": "9" * 30}, "PAGE_INVALID"),
        ({"as_of": "x"}, "PAGE_INVALID"),
        ({"seen": "!!"}, "PAGE_INVALID"),
        ({"seen": "AAAA" * 100}, None),
        ({"digest": "00"}, "PAGE_INVALID"),
        ({"value": "a title"}, "PAGE_INVALID"),
        ({"state": "another"}, None),
    ],
)
def test_a_forged_cursor_is_refused_or_does_no_harm(shop, changes, code):
    answer = shop.ask(PAGE, {"q": "welding", "a": forged(shop, **changes)})
    assert [one["extensions"]["code"] for one in answer.get("errors", ())] == ([code] if code else [])


def test_cursors_do_not_say_where_somebody_is(varied):
    near = {"near": {"latitude": 48.4312345, "longitude": -123.3712345, "km": 10}}
    page = varied.data(PAGE, {"q": "film", "f": near, "s": "DISTANCE_ASC", "n": 1})["search"]
    cursor = page["pageInfo"]["endCursor"]
    key = orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    other = {"near": {"latitude": 48.5, "longitude": -123.5, "km": 10}}
    moved = varied.data(PAGE, {"q": "film", "f": other, "s": "DISTANCE_ASC", "n": 1})["search"]["pageInfo"]["endCursor"]
    assert key[1:2] + key[6:8] == orjson.loads(base64.urlsafe_b64decode(moved + "=" * (-len(moved) % 4)))[1:2] + key[6:8]
    assert not any(isinstance(one, float) for one in key)
    rest = varied.data(PAGE, {"q": "film", "f": near, "s": "DISTANCE_ASC", "n": 1, "a": cursor})["search"]
    assert [edge["node"]["slug"] for edge in page["edges"] + rest["edges"]] == ["uni/a", "uni/b"]


def test_a_second_page_is_kept_like_the_first(shop):
    after = shop.data(PAGE, {"q": "welding", "n": 5})["search"]["pageInfo"]["endCursor"]
    answer = shop.service.answer(Question(PAGE, variables={"q": "welding", "n": 5, "a": after}), Anonymous())
    assert answer.validity.index == shop.service.search.state()


def test_too_far_down_for_another_process_is_said(shop, monkeypatch):
    monkeypatch.setattr(pages, "MOST_SEEN", 5)
    first = shop.data(PAGE, {"q": "welding", "n": 9})["search"]
    shop.service.search._kept.clear()
    again = shop.data(PAGE, {"q": "welding", "n": 9, "a": first["pageInfo"]["endCursor"]})["search"]
    assert len(again["edges"]) == 9  # the index stands where it stood
    publish(shop, listing(99))
    shop.service.search._kept.clear()
    answer = shop.ask(PAGE, {"q": "welding", "n": 9, "a": first["pageInfo"]["endCursor"]})
    assert answer["errors"][0]["extensions"]["code"] == "CURSOR_EXPIRED"


def test_relevance_has_a_window_and_fields_have_none(shop, monkeypatch):
    monkeypatch.setattr(pages, "WINDOW", 20)
    first = shop.data(PAGE, {"q": "welding", "n": 20})["search"]
    assert first["totalCount"] == 60
    assert first["pageInfo"]["hasNextPage"]
    answer = shop.ask(PAGE, {"q": "welding", "a": first["pageInfo"]["endCursor"]})
    assert answer["errors"][0]["extensions"]["code"] == "PAGE_TOO_DEEP"
    assert "`credentials`" in answer["errors"][0]["message"]
    assert len(read_all(shop, q="welding", s="TITLE_ASC")) == 60


@pytest.mark.parametrize(
    ("variables", "code"),
    [
        ({"a": "nonsense"}, "PAGE_INVALID"),
        ({"n": -1}, "PAGE_INVALID"),
        ({"n": 101}, "PAGE_INVALID"),
        ({"n": 1, "l": 1}, "PAGE_INVALID"),
        ({"s": "DISTANCE_ASC"}, "ARGUMENT_INVALID"),
        ({"f": {"eligibleNow": True}}, "PROFILE_REQUIRED"),
        ({"f": {"price": {"min": "5", "max": "1"}}}, "ARGUMENT_INVALID"),
    ],
)
def test_what_makes_no_sense_is_refused(shop, variables, code):
    assert shop.codes(PAGE, variables) == [code]


def test_a_cursor_belongs_to_one_search(shop):
    cursor = shop.data(PAGE, {"q": "welding", "n": 2})["search"]["pageInfo"]["endCursor"]
    for other in ({"q": "step"}, {"q": "welding", "s": "TITLE_ASC"}, {"q": "welding", "f": {"kinds": ["COURSE"]}}):
        assert shop.codes(PAGE, {**other, "a": cursor}) == ["PAGE_INVALID"]
    assert shop.codes("query($a: String) { credentials(after: $a) { totalCount } }", {"a": cursor}) == ["PAGE_INVALID"]
    same = {"f": {"kinds": ["COURSE", "MICRO_CREDENTIAL"]}, "q": "welding"}
    narrowed = shop.data(PAGE, {**same, "n": 2})["search"]["pageInfo"]["endCursor"]
    turned = {"f": {"kinds": ["MICRO_CREDENTIAL", "COURSE"]}, "q": "welding", "a": narrowed}
    assert len(shop.data(PAGE, turned)["search"]["edges"]) == 20


FACETS = """query($q: String, $f: CredentialFilter) { search(query: $q, filter: $f,
  facets: [KIND, INSTITUTION, REGION, CITY, MODE, ATTENDANCE, SKILL, OCCUPATION, SECTOR, LANGUAGE, CREDIT_STATUS, PRICE, HOURS, FUNDED, STATUS]) {
  totalCount facets { field approximate values { value label count selected } } } }"""
PLACE = {"places": [{"campus": "uni#main"}]}


@pytest.fixture
def varied(served):
    region = record({"type": "region", "ref": "r", "scheme": "bc", "code": "island", "labels": "Vancouver Island and Coast"})
    occupation = record(
        {"type": "occupation", "ref": "o", "scheme": "noc-2021", "code": "72410", "labels": {"en": "Automotive technicians"}}
    )
    sector = record({"type": "sector", "ref": "s", "scheme": "naics", "code": "51_71", "labels": "Culture"})
    school = institution(
        name="Strait",
        campuses=[
            {"ref": "main", "name": "Main", "city": "Victoria", "region": "island", "latitude": 48.43, "longitude": -123.37}
        ],
    )
    fee = {"fees": [{"kind": "TUITION", "amount": "300", "residency": "ALL"}]}
    first = credential("a", title="Film & sets", summary="Film film film.", skills=[{"label": "grip work"}], occupations=["72410"], sectors=["51_71"], credit={"status": "CREDIT"}, statedHours=30, languages=["fr-CA"],
        offerings=[{"ref": "day", "attendance": ["DAYTIME"], "startsOn": "2027-02-01", **PLACE, **fee}, {"ref": "night", "mode": "ONLINE", "attendance": ["EVENING"]}])  # fmt: skip
    second = credential("b", title="Film finance", kind="COURSE")
    publish(served, region, occupation, sector, school, first, second)
    return served


def values(answer, field):
    (facet,) = [one for one in answer["search"]["facets"] if one["field"] == field]
    assert facet["approximate"] is False
    return [(one["value"], one["label"], one["count"], one["selected"]) for one in facet["values"]]


def test_facets_have_values_for_filters_and_labels_for_people(varied):
    found = varied.data(FACETS, {"q": "film"})
    slug = varied.data('{ institution(slug: "uni") { id } skills { edges { node { id } } } }')
    unknown = (None, "Unknown", 1, False)
    assert values(found, "KIND") == [("COURSE", "Course", 1, False), ("MICRO_CREDENTIAL", "Micro credential", 1, False)]
    assert values(found, "INSTITUTION") == [(slug["institution"]["id"], "Strait", 2, False)]
    assert values(found, "REGION") == [
        ("ONLINE", "Online", 1, False),
        ("island", "Vancouver Island and Coast", 1, False),
        unknown,
    ]
    assert values(found, "CITY") == [("ONLINE", "Online", 1, False), ("Victoria", "Victoria", 1, False), unknown]
    assert values(found, "MODE") == [("ONLINE", "Online", 1, False), (None, "Unknown", 2, False)]
    assert values(found, "ATTENDANCE") == [("DAYTIME", "Daytime", 1, False), ("EVENING", "Evening", 1, False), unknown]
    assert values(found, "SKILL") == [(slug["skills"]["edges"][0]["node"]["id"], "grip work", 1, False), unknown]
    assert values(found, "OCCUPATION") == [("72410", "Automotive technicians", 1, False), unknown]
    assert values(found, "SECTOR") == [("51_71", "Culture", 1, False), unknown]
    assert values(found, "LANGUAGE") == [("fr", "French", 1, False), unknown]
    assert values(found, "CREDIT_STATUS") == [("CREDIT", "Credit", 1, False), unknown]
    assert values(found, "PRICE") == [("250-499.99", "$250 to $499.99", 1, False), (None, "Unknown", 2, False)]
    assert values(found, "HOURS") == [("20-39.99", "20 to under 40 hours", 1, False), unknown]
    assert values(found, "FUNDED") == [(None, "Unknown", 2, False)]
    assert values(found, "STATUS") == [("UPCOMING", "Upcoming", 1, False), (None, "Unknown", 2, False)]


def test_a_facet_leaves_out_its_own_choice_and_shows_it(varied):
    found = varied.data(FACETS, {"q": "film", "f": {"kinds": ["COURSE"], "price": {"min": "250", "max": "499.99"}}})
    assert found["search"]["totalCount"] == 1  # what does not state a price may cost that much
    nothing = varied.data(FACETS, {"q": "film", "f": {"kinds": ["DIPLOMA"]}})
    assert ("DIPLOMA", "Diploma", 0, True) in values(nothing, "KIND")  # what was chosen can be taken back
    assert values(found, "KIND") == [("COURSE", "Course", 1, True), ("MICRO_CREDENTIAL", "Micro credential", 1, False)]
    assert values(found, "PRICE") == [(None, "Unknown", 1, False)]
    known = varied.data(FACETS, {"f": {"price": {"min": "250", "max": "499.99"}, "includeUnknown": False}})
    assert values(known, "PRICE") == [("250-499.99", "$250 to $499.99", 1, True), (None, "Unknown", 2, False)]


def test_every_facet_value_finds_as_many_as_it_counts(seeded):
    takes = {"KIND": "kinds", "INSTITUTION": "institutions", "REGION": "regions", "CITY": "cities", "MODE": "modes", "ATTENDANCE": "attendance", "SKILL": "skills", "OCCUPATION": "occupations", "SECTOR": "sectors", "LANGUAGE": "languages", "CREDIT_STATUS": "creditStatus", "STATUS": "status"}  # fmt: skip
    question = "query($f: CredentialFilter) { search(filter: $f) { totalCount } }"
    found = seeded.data(FACETS, {})
    tried = 0
    for facet in found["search"]["facets"]:
        for value in facet["values"][:4]:
            if (
                value["value"] is None or facet["field"] == "ATTENDANCE"
            ):  # every meeting must fit; a value counts those that name it
                continue
            if facet["field"] in takes:
                wanted = {takes[facet["field"]]: [value["value"]]}
            elif facet["field"] in {"PRICE", "HOURS"}:
                least, _, most = value["value"].partition("-")
                number = (
                    (lambda text: text or None)
                    if facet["field"] == "PRICE"
                    else (lambda text: float(text) if text else None)
                )
                wanted = {facet["field"].lower(): {"min": number(least), "max": number(most)}}
            else:
                continue
            total = seeded.data(question, {"f": {**wanted, "includeUnknown": False}})["search"]["totalCount"]
            assert total == value["count"], (facet["field"], value)
            tried += 1
    assert tried > 30


def test_lists_and_search_agree_on_the_same_filter(seeded):
    question = "query($f: CredentialFilter) { search(filter: $f) { totalCount } credentials(filter: $f) { totalCount } }"
    for wanted in (
        {"regions": ["vancouver-island-coast"]},
        {"status": ["ENDED"], "includeUnknown": False},
        {"hours": {"max": 40}},
        {"sectors": ["23"], "includeUnknown": False},
        {"menu": "bc-ece-registry/ece-assistant"},
        {"pathway": "bcit/essentials-of-net-zero-and-passive-house-construction"},
        {"near": {"latitude": 48.43, "longitude": -123.36, "km": 60}, "includeUnknown": False},
    ):
        found = seeded.data(question, {"f": wanted})
        assert found["search"] == found["credentials"], wanted


def test_marks_offerings_and_distances(varied):
    question = """query($f: CredentialFilter) { search(query: "film", filter: $f) { edges { distanceKm
      highlights { field fragments } matchingOfferings { ref } node { slug } } } }"""
    found = {edge["node"]["slug"]: edge for edge in varied.data(question)["search"]["edges"]}
    assert found["uni/a"]["highlights"] == [
        {"field": "title", "fragments": ["<mark>Film</mark> &amp; sets"]},
        {"field": "summary", "fragments": ["<mark>Film</mark> <mark>film</mark> <mark>film</mark>."]},
    ]
    assert [one["ref"] for one in found["uni/a"]["matchingOfferings"]] == ["day", "night"]
    assert found["uni/b"]["matchingOfferings"] == []
    assert found["uni/a"]["distanceKm"] is None
    near = {"near": {"latitude": 48.43, "longitude": -123.37, "km": 10, "includeOnline": False}, "includeUnknown": False}
    (edge,) = varied.data(question, {"f": near})["search"]["edges"]
    assert (edge["node"]["slug"], edge["distanceKm"], [one["ref"] for one in edge["matchingOfferings"]]) == (
        "uni/a",
        0.0,
        ["day"],
    )
    (evening,) = varied.data(question, {"f": {"attendance": ["EVENING"], "includeUnknown": False}})["search"]["edges"]
    assert [one["ref"] for one in evening["matchingOfferings"]] == ["night"]


def test_did_you_mean_only_what_finds_something(varied):
    question = "query($q: String, $f: CredentialFilter) { search(query: $q, filter: $f) { totalCount didYouMean } }"
    assert varied.data(question, {"q": "flim"})["search"] == {"totalCount": 0, "didYouMean": "film"}
    assert varied.data(question, {"q": "flim", "f": {"kinds": ["DIPLOMA"]}})["search"] == {
        "totalCount": 0,
        "didYouMean": None,
    }
    assert varied.data(question, {"q": "film"})["search"] == {"totalCount": 2, "didYouMean": None}


def test_suggestions(varied):
    assert varied.data('{ suggest(prefix: "fil") { text kind id } }')["suggest"][0]["kind"] == "CREDENTIAL"
    assert [one["text"] for one in varied.data('{ suggest(prefix: "film f") { text } }')["suggest"]] == ["Film finance"]
    assert varied.data('{ suggest(prefix: "film", first: 1) { text } }')["suggest"] != []
    assert varied.data('{ suggest(prefix: "") { text } }')["suggest"] == []
    assert varied.codes('{ suggest(prefix: "a", first: 101) { text } }') == ["PAGE_INVALID"]


def test_hits_that_are_gone_from_the_snapshot_are_dropped(shop):
    """The index is behind: what was withdrawn since is not shown, and the rest is."""
    apply_records(shop.database, [listing(3, visibility="UNLISTED")], SOURCE, lambda: NOW)
    page = shop.data(PAGE, {"q": "welding", "n": 100})["search"]
    assert page["totalCount"] == 60
    assert len(page["edges"]) == 59


def test_a_facet_that_needs_a_profile_says_so(varied):
    assert varied.codes("{ search(facets: [KIND, ELIGIBLE_NOW]) { totalCount facets { field } } }") == ["PROFILE_REQUIRED"]


def test_what_is_in_no_list_is_not_found_by_its_words(varied):
    hidden = record({"type": "menu", "ref": "m", "slug": "uni/m", "title": "Quibblethorn xylograph", "owner": "uni", "award": "uni/a", "visibility": "UNLISTED", "sections": [{"title": "One", "pick": {"unit": "COUNT", "min": 1}, "items": ["uni/b"]}]})  # fmt: skip
    publish(varied, hidden)
    found = varied.data(
        '{ a: search(query: "quibblethorn") { totalCount } b: search(query: "xylographquibblethorn") { didYouMean } }'
    )
    assert found == {"a": {"totalCount": 0}, "b": {"didYouMean": None}}


def test_values_of_a_filter_are_short(varied):
    long = {"f": {"sectors": ["x" * 201]}}
    assert varied.codes(PAGE, long) == ["ARGUMENT_INVALID"]


def test_searches_count_for_what_they_take(varied):
    answer = varied.ask("{ search(facets: [KIND, CITY]) { totalCount } }")
    assert answer["extensions"]["cost"]["estimated"] > 100_000
    many = " ".join(f"s{n}: search {{ totalCount }}" for n in range(12))
    assert varied.codes(f"{{ {many} }}") == ["COST_TOO_HIGH"]


def test_many_threads_read_while_one_writes(shop):
    failures, stop = [], threading.Event()

    def read():
        while not stop.is_set():
            answer = shop.ask(PAGE, {"q": "welding", "n": 50})
            if "errors" in answer or answer["data"]["search"]["totalCount"] < 60:
                failures.append(answer)

    threads = [threading.Thread(target=read) for _ in range(3)]
    for thread in threads:
        thread.start()
    for number in range(12):
        publish(shop, listing(number, summary=f"Change {number}"))
    stop.set()
    for thread in threads:
        thread.join()
    assert failures == []
