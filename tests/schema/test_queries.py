"""Questions to the API, on both databases."""

import pytest

from catalog.publishing.apply import apply_records
from tests.conftest import NOW
from tests.records import SOURCE, credential, institution


def clock():
    return NOW


def publish(served, *records):
    apply_records(served.database, records, SOURCE, clock)


def many(count):
    return [
        institution(),
        *(credential(f"c{number:03}", skills=[{"label": f"skill {number % 3}"}]) for number in range(count)),
    ]


def walk(served, query, field, page):
    """Follows endCursor to the end; every node once."""
    seen, after = [], None
    for _ in range(100):
        connection = served.data(query, {"after": after, "first": page})[field]
        seen += [edge["node"]["slug"] for edge in connection["edges"]]
        if not connection["pageInfo"]["hasNextPage"]:
            return seen, connection["totalCount"]
        after = connection["pageInfo"]["endCursor"]
    raise AssertionError("the list does not end")


LIST = """query($first: Int, $after: String) { credentials(first: $first, after: $after) {
  totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { cursor node { slug } } } }"""


@pytest.mark.parametrize("page", [1, 7, 25, 100])
def test_paging_sees_every_row_once(served, page):
    publish(served, *many(25))
    seen, total = walk(served, LIST, "credentials", page)
    assert seen == [f"uni/c{number:03}" for number in range(25)]
    assert total == 25


def test_paging_sees_every_row_once_while_rows_are_published(served):
    publish(served, *many(10))
    first = served.data(LIST, {"first": 5})["credentials"]
    publish(served, credential("a-new"), credential("c0045"), credential("z-new"))
    rest = served.data(LIST, {"first": 100, "after": first["pageInfo"]["endCursor"]})["credentials"]
    slugs = [edge["node"]["slug"] for edge in first["edges"] + rest["edges"]]
    assert len(slugs) == len(set(slugs))
    assert {f"uni/c{number:03}" for number in range(10)} <= set(slugs)


def test_paging_backwards(served):
    publish(served, *many(7))
    query = "query($before: String) { credentials(last: 3, before: $before) { pageInfo { hasPreviousPage startCursor } edges { node { slug } } } }"
    page = served.data(query)["credentials"]
    assert [edge["node"]["slug"][-1] for edge in page["edges"]] == ["4", "5", "6"]
    page = served.data(query, {"before": page["pageInfo"]["startCursor"]})["credentials"]
    assert [edge["node"]["slug"][-1] for edge in page["edges"]] == ["1", "2", "3"]
    assert page["pageInfo"]["hasPreviousPage"] is True


@pytest.mark.parametrize(
    "arguments",
    [
        "first: -1",
        "first: 101",
        "last: 101",
        "first: 1, last: 1",
        'after: "x"',
        'after: "e30"',
        'after: "ü"',
        f'after: "{"A" * 2000}"',
    ],
)
def test_a_bad_page_is_said_to_be_bad(served, arguments):
    assert served.codes(f"{{ credentials({arguments}) {{ totalCount }} }}") == ["PAGE_INVALID"]
    assert served.codes(f"{{ institutions({arguments}) {{ totalCount }} }}") == ["PAGE_INVALID"]


def test_a_cursor_of_another_list_or_epoch_is_refused(served):
    from catalog.schema.paging import write_cursor

    epoch = served.data("{ catalog { epoch } }")["catalog"]["epoch"]
    other = write_cursor(epoch, [1, 2, 3])
    assert served.codes(f'{{ credentials(after: "{other}") {{ totalCount }} }}') == ["PAGE_INVALID"]
    old = write_cursor("0" * 16, ["uni/a"])
    assert served.codes(f'{{ credentials(after: "{old}") {{ totalCount }} }}') == ["CURSOR_EXPIRED"]
    assert served.codes(f'{{ changes(after: "{old}") {{ epoch }} }}') == ["CURSOR_EXPIRED"]


def test_nested_lists_are_paged_for_each_parent(served):
    publish(
        served,
        *many(5),
        institution("two"),
        credential("x", provider="two", slug="two/x", partnerships=[{"role": "CO_PROVIDER", "institution": "uni"}]),
    )
    found = served.data(
        "{ institutions { edges { node { slug credentials(first: 2) { totalCount pageInfo { hasNextPage } edges { node { slug } } } } } } }"
    )
    by_slug = {edge["node"]["slug"]: edge["node"]["credentials"] for edge in found["institutions"]["edges"]}
    assert by_slug["uni"]["totalCount"] == 6
    assert by_slug["uni"]["pageInfo"]["hasNextPage"] is True
    assert [edge["node"]["slug"] for edge in by_slug["uni"]["edges"]] == ["two/x", "uni/c000"]
    assert [edge["node"]["slug"] for edge in by_slug["two"]["edges"]] == ["two/x"]


def test_the_conditions_that_tables_answer(served):
    publish(served, *many(4), credential("none"), credential("k", kind="COURSE", credit={"status": "CREDIT"}))
    skill = served.data('{ credential(slug: "uni/c000") { skills { id } } }')["credential"]["skills"][0]["id"]

    def slugs(**filter_):
        found = served.data(
            "query($f: CredentialFilter) { credentials(filter: $f) { edges { node { slug } } totalCount } }", {"f": filter_}
        )
        assert found["credentials"]["totalCount"] == len(found["credentials"]["edges"])
        return [edge["node"]["slug"] for edge in found["credentials"]["edges"]]

    assert slugs(kinds=["COURSE"]) == ["uni/k"]
    assert slugs(skills=[skill]) == ["uni/c000", "uni/c003", "uni/k", "uni/none"]
    assert slugs(skills=[skill], includeUnknown=False) == ["uni/c000", "uni/c003"]
    assert slugs(creditStatus=["CREDIT"], includeUnknown=False) == ["uni/k"]
    assert slugs(institutions=["nobody"]) == []


def test_a_condition_that_cannot_be_answered_is_never_ignored(served):
    answer = served.ask("{ credentials(filter: {eligibleNow: true}) { totalCount } catalog { revision } }")
    assert [error["extensions"]["code"] for error in answer["errors"]] == ["PROFILE_REQUIRED"]
    assert answer["data"] == {"credentials": None, "catalog": {"revision": 0}}


LATER = {"credential": 'credential(slug: "uni/none", at: "2026-01-01T00:00:00Z") { slug }'}


@pytest.mark.parametrize("field", LATER)
def test_what_comes_later_says_so_and_removes_no_neighbour(served, field):
    answer = served.ask(f"{{ {LATER[field]} catalog {{ menus pathways }} }}")
    assert [error["extensions"]["code"] for error in answer["errors"]] == ["NOT_AVAILABLE"]
    assert answer["data"] == {field: None, "catalog": {"menus": 0, "pathways": 0}}


def test_nodes_keep_their_order_and_say_null_for_what_is_not_there(seeded):
    found = seeded.data(
        '{ credential(slug: "alacrity-canada/digital-marketing-bootcamp") { id provider { id region { id } } skills { id } offerings(when: ALL) { id } } }'
    )["credential"]
    ids = [
        found["offerings"][1]["id"],
        "nothing",
        found["id"],
        found["provider"]["region"]["id"],
        found["skills"][0]["id"],
        found["provider"]["id"],
    ]
    nodes = seeded.data(
        "query($ids: [ID!]!) { nodes(ids: $ids) { __typename id ... on Offering { ref credential { slug } } } }",
        {"ids": ids},
    )["nodes"]
    assert [node and node["__typename"] for node in nodes] == [
        "Offering",
        None,
        "Credential",
        "Region",
        "Skill",
        "Institution",
    ]
    assert nodes[0]["ref"] == "summer-2020"
    assert nodes[0]["credential"]["slug"] == "alacrity-canada/digital-marketing-bootcamp"
    assert seeded.data("query($id: ID!) { node(id: $id) { id } }", {"id": ids[0]})["node"]["id"] == ids[0]
    assert seeded.data('{ node(id: "\\u0000\'; DROP TABLE thing") { id } }') == {"node": None}
    assert seeded.codes("query($ids: [ID!]!) { nodes(ids: $ids) { id } }", {"ids": ["x"] * 101}) == ["PAGE_INVALID"]


def test_slug_or_id_but_not_both(seeded):
    assert seeded.codes("{ credential { id } }") == ["ARGUMENT_INVALID"]
    assert seeded.codes('{ institution(slug: "uvic", id: "x") { id } }') == ["ARGUMENT_INVALID"]
    assert seeded.data('{ institution(slug: "UVIC") { slug } credential(id: "x") { id } }') == {
        "institution": {"slug": "uvic"},
        "credential": None,
    }


def test_old_slugs_still_lead_to_the_thing(served):
    publish(served, institution(), credential("a"))
    publish(served, credential("a", slug="uni/new"))
    assert served.data('{ credential(slug: "uni/a") { slug version } }')["credential"] == {"slug": "uni/new", "version": 2}


def test_restricted_and_unlisted_things(served):
    publish(
        served,
        institution(),
        credential("secret", visibility="BY_REFERRAL"),
        credential("quiet", visibility="UNLISTED"),
        credential("open"),
    )
    served.index_all()
    found = served.data(
        '{ a: credential(slug: "uni/secret") { slug } b: credential(slug: "uni/quiet") { slug } credentials { totalCount edges { node { slug } } } catalog { credentials } }'
    )
    assert found["a"] is None
    assert found["b"] == {"slug": "uni/quiet"}
    assert found["credentials"] == {"totalCount": 1, "edges": [{"node": {"slug": "uni/open"}}]}
    assert found["catalog"]["credentials"] == 1
    assert served.data('{ search(query: "credential") { totalCount } }')["search"]["totalCount"] == 1
    announced = [edge["node"]["slug"] for edge in served.data("{ changes { edges { node { slug } } } }")["changes"]["edges"]]
    assert sorted(announced) == ["uni", "uni/open"]


def test_outside_qualifications_are_never_listed_but_can_be_required(served):
    publish(
        served,
        institution(),
        credential("red-seal", catalogued=False),
        credential("ev", requirements=[{"kind": "PREREQUISITE", "rule": {"holds": "uni/red-seal"}}]),
    )
    found = served.data(
        '{ credentials { totalCount } credential(slug: "uni/ev") { requirements { text nodes { id parentId outcome rule { __typename } } } } }'
    )
    assert found["credentials"]["totalCount"] == 1
    assert found["credential"]["requirements"] == [
        {
            "text": "Credential red-seal",
            "nodes": [{"id": 0, "parentId": None, "outcome": None, "rule": {"__typename": "Holds"}}],
        }
    ]


def test_languages_fall_back(served):
    publish(
        served, institution(), credential("a", title={"en": "Trees", "fr": "Arbres"}), credential("b", title={"fr": "Eau"})
    )
    query = '{ a: credential(slug: "uni/a") { title fr: title(language: "fr-CA") de: title(language: "de") } b: credential(slug: "uni/b") { title(language: "en") summary } }'
    assert served.data(query) == {
        "a": {"title": "Trees", "fr": "Arbres", "de": "Trees"},
        "b": {"title": "Eau", "summary": None},
    }


def test_changes_can_be_followed_without_a_gap(served):
    query = "query($after: String) { changes(first: 2, after: $after) { epoch pageInfo { hasNextPage endCursor } edges { cursor node { kind slug revision version changedFields } } } }"
    publish(served, institution(), credential("a"))
    publish(served, credential("a", weeks=3))
    seen, after = [], None
    for _ in range(4):
        page = served.data(query, {"after": after})["changes"]
        seen += [(edge["node"]["kind"], edge["node"]["slug"], edge["node"]["revision"]) for edge in page["edges"]]
        after = page["pageInfo"]["endCursor"]
    assert sorted(seen[:2]) == [("CREATED", "uni", 1), ("CREATED", "uni/a", 1)]
    assert seen[2:] == [("UPDATED", "uni/a", 2)]
    publish(served, credential("a", weeks=4))
    assert [edge["node"]["changedFields"] for edge in served.data(query, {"after": after})["changes"]["edges"]] == [
        ["weeks"]
    ]


def test_history_is_newest_first_and_paged(served):
    publish(served, institution(), credential("a"))
    for weeks in (3, 4, 5):
        publish(served, credential("a", weeks=weeks))
    query = 'query($after: String) { credential(slug: "uni/a") { version history(first: 3, after: $after) { totalCount pageInfo { hasNextPage endCursor } edges { node { version revision source changedFields } } } } }'
    page = served.data(query)["credential"]["history"]
    assert page["totalCount"] == 4
    assert [edge["node"]["version"] for edge in page["edges"]] == [4, 3, 2]
    rest = served.data(query, {"after": page["pageInfo"]["endCursor"]})["credential"]["history"]
    assert [(edge["node"]["version"], edge["node"]["revision"]) for edge in rest["edges"]] == [(1, 1)]


def test_seats_to_zero_are_live_and_make_no_version(served):
    from catalog.publishing.seats import record_seats

    publish(served, institution(), credential("a", offerings=[{"ref": "x", "startsOn": "2027-01-11", "seats": 20}]))
    query = '{ credential(slug: "uni/a") { version status offerings { id status seatsLeft } } catalog { revision } }'
    before = served.data(query)["credential"]
    assert (before["status"], before["offerings"][0]["seatsLeft"]) == ("UPCOMING", None)
    for left in (3, 0):
        record_seats(served.database, before["offerings"][0]["id"], left, "test/uni", NOW, clock)
    after = served.data(query)
    assert (after["credential"]["status"], after["credential"]["offerings"][0]["seatsLeft"]) == ("FULL", 0)
    assert after["credential"]["version"] == 1
    assert after["catalog"]["revision"] == 3
    assert served.data("{ changes { edges { node { kind } } } }")["changes"]["edges"][-1] == {"node": {"kind": "LIVE"}}


def test_prices(served):
    def run(ref, amount, start):
        return {"ref": ref, "startsOn": start, "fees": [{"kind": "TUITION", "amount": amount}]}

    offerings = [
        run("a", "300.00", "2027-01-01"),
        run("b", "200.00", "2027-02-01"),
        run("old", "100.00", "2020-01-01"),
        run("older", "90.00", "2019-01-01"),
    ]
    publish(
        served,
        institution(),
        credential("a", offerings=offerings),
        credential("b", usual={"fees": [{"kind": "TUITION", "amount": "50.00"}]}),
        credential("c"),
    )
    query = "{ %s { price { min { amount } max { amount } } lastKnownPrice { min { amount } } } }"
    prices = {slug: served.data(query % f'credential(slug: "uni/{slug}")')["credential"] for slug in "abc"}
    assert prices["a"] == {
        "price": {"min": {"amount": "200.00"}, "max": {"amount": "300.00"}},
        "lastKnownPrice": {"min": {"amount": "100.00"}},
    }
    assert prices["b"]["price"]["max"] == {"amount": "50.00"}
    assert prices["c"] == {"price": None, "lastKnownPrice": None}


def test_search_finds_pages_and_says_how_far_its_index_is(seeded):
    query = "query($q: String, $after: String) { search(query: $q, first: 2, after: $after) { totalCount indexRevision pageInfo { hasNextPage endCursor } edges { score node { slug } } } }"
    found = seeded.data(query, {"q": "digital MARKETING bootcamp"})["search"]
    assert [edge["node"]["slug"] for edge in found["edges"]] == [
        "alacrity-canada/digital-marketing-bootcamp",
        "ufv/digital-marketing-skills",
    ]
    assert found["indexRevision"] == seeded.data("{ catalog { revision } }")["catalog"]["revision"]
    seen, after = [], None
    for _ in range(50):
        page = seeded.data(query, {"q": "course", "after": after})["search"]
        seen += [edge["node"]["slug"] for edge in page["edges"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert len(seen) == len(set(seen)) == page["totalCount"] > 4
    assert seeded.data(query, {"q": "zzzznothing"})["search"]["totalCount"] == 0
    assert seeded.data(query, {"q": "South Island Prosperity"})["search"]["totalCount"] == 1


def test_without_an_index_search_alone_is_away(served):
    publish(served, institution(), credential("a"))
    answer = served.ask('{ search(query: "x") { totalCount } catalog { credentials } }')
    assert answer["errors"][0]["extensions"]["code"] == "SEARCH_UNAVAILABLE"
    assert answer["data"] == {"search": None, "catalog": {"credentials": 1}}


def test_a_hidden_prerequisite_is_still_asked_for_but_not_named(served):
    publish(
        served,
        institution(),
        credential("hidden", visibility="BY_REFERRAL", title="Secret title"),
        credential(
            "open", requirements=[{"kind": "PREREQUISITE", "rule": {"any": [{"holds": "uni/hidden"}, {"text": "a ticket"}]}}]
        ),
    )
    query = '{ credential(slug: "uni/open") { requirements { text rule { __typename ... on AnyOf { rules { __typename text } } } } provenance { field value } } }'
    answer = served.data(query)["credential"]
    assert answer["requirements"][0]["text"] == "something that cannot be shown here; ask the provider or a ticket"
    assert "hidden" not in str(answer)
    assert "Secret" not in str(answer)


def test_a_withdrawn_prerequisite_removes_no_neighbour(served):
    from tests.records import NEWS, source

    full = source(complete=True)
    apply_records(served.database, [institution(), credential("a"), credential("b")], full, clock)
    apply_records(
        served.database, [credential("c", requirements=[{"kind": "PREREQUISITE", "rule": {"holds": "uni/a"}}])], NEWS, clock
    )
    apply_records(served.database, [institution(), credential("b")], full, clock, may_break=True)
    found = served.data(
        "{ credentials { edges { node { slug requirements { rule { ... on Holds { credential { slug } } } text } } } } }"
    )
    assert [edge["node"]["slug"] for edge in found["credentials"]["edges"]] == ["uni/b", "uni/c"]
