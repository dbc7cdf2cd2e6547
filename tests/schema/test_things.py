"""Pathways, menus, money for learners, recognition, equivalence, demand and codes, from record to answer."""

import pytest

from catalog.model.viewer import Everything
from catalog.publishing.apply import apply_records
from catalog.publishing.check import check
from tests.conftest import NOW
from tests.records import SOURCE, credential, institution, record

REGION = {"type": "region", "scheme": "bc"}
PATHWAY = {
    "type": "pathway", "ref": "way", "slug": "uni/way", "title": {"en": "Way", "fr": "Chemin"}, "owner": "uni", "award": "uni/whole",
    "parts": [
        {"ref": "core", "title": "Core", "order": "FIXED", "within": "P2Y", "items": ["uni/a", "uni/b"]},
        {"pick": {"unit": "COUNT", "min": 1}, "items": ["uni/c"], "unlisted": "two more courses", "mayShare": False},
        {"rule": {"any": [{"holds": "uni/d"}, {"text": "a ticket"}]}},
    ],
    "limits": [{"kind": "PRIOR_LEARNING", "unit": "FRACTION", "max": 0.5, "except": ["uni/b"], "text": "up to half"}],
    "validFrom": "2026-01-01",
}  # fmt: skip
OTHERS = [
    {
        "type": "menu", "ref": "menu", "slug": "uni/menu", "title": "Menu", "owner": "uni", "illustration": True,
        "partnerships": [{"role": "FUNDER", "institution": "uni"}], "window": {"opensOn": "2026-01-01"},
        "sections": [{"title": "Choose one", "pick": {"unit": "COUNT", "min": 1, "max": 1}, "items": ["uni/a", "uni/b"]}],
    },
    {
        "type": "fundingProgram", "ref": "grant", "slug": "grant", "name": "Grant", "owner": "uni", "decision": "FIRST_COME",
        "cap": {"amount": "3500", "per": "LIFETIME"}, "rule": {"condition": "AGE", "minimum": 19}, "covers": ["TUITION"],
        "designations": ["uni/a"], "windows": [{"opensOn": "2026-01-01", "status": "OPEN", "asOf": "2026-01-02"}],
        "approvalFirst": [{"benefit": "EI"}], "excludes": [{"cost": "LIVING"}, {"program": "grant", "text": "not twice"}],
    },
    {"type": "equivalence", "ref": "same", "members": ["uni/a", "uni/b"], "basis": "SHARED_CURRICULUM"},
    {"type": "equivalence", "ref": "maybe", "members": ["uni/a", "uni/c"], "basis": "PROPOSED"},
    {
        "type": "recognition", "ref": "rec", "from": "uni/a", "to": "uni/whole", "institution": "uni", "kind": "BLOCK",
        "credit": {"value": 33, "unit": "CREDIT"}, "guaranteed": True, "rule": {"condition": "GRADE_AVERAGE", "minimum": 2},
    },
    {"type": "demand", "ref": "all", "regions": ["north", "coast"], "from": 2025, "to": 2035, "value": 13700},
    {"type": "demand", "ref": "one", "regions": ["coast"], "occupation": "10022", "from": 2025, "to": 2035, "value": 0, "perYear": 12.5},
    {"type": "demand", "ref": "sector", "regions": ["coast"], "sector": "23", "from": 2025, "to": 2035, "value": -3200},
]  # fmt: skip


def records():
    yield record(REGION | {"ref": "north", "code": "north", "labels": "North"})
    yield record(REGION | {"ref": "coast", "code": "coast", "labels": "Coast"})
    yield record(
        {
            "type": "occupation",
            "ref": "o",
            "scheme": "noc-2021",
            "code": "10022",
            "labels": {"en": "Managers", "fr": "Directeurs"},
        }
    )
    yield record({"type": "sector", "ref": "s", "scheme": "naics", "code": "23", "labels": "Construction"})
    yield record({"type": "theme", "ref": "t", "scheme": "wave", "code": "climate", "labels": "Climate"})
    yield institution()
    yield from (credential(ref) for ref in "abcd")
    yield credential("whole", catalogued=False, kind="DEGREE", themes=["climate"], sectors=["23"], components=["uni/a"])
    yield record(PATHWAY)
    yield from (record(one) for one in OTHERS)


@pytest.fixture
def shop(served):
    apply_records(served.database, list(records()), SOURCE, lambda: NOW)
    return served


def test_a_pathway_with_its_parts(shop):
    found = shop.data(
        """{ pathway(slug: "uni/way") { slug title fr: title(language: "fr") owner { slug } award { slug kind } validFrom validTo version
          parts { title order within mayShare pick { unit min max } items { slug } unlisted rule { __typename text } }
          limits { kind unit min max except { slug } text } provenance { field chosen } } }"""
    )["pathway"]
    assert (found["title"], found["fr"], found["award"]["slug"], found["version"]) == ("Way", "Chemin", "uni/whole", 1)
    core, choice, ticket = found["parts"]
    assert core == {
        "title": "Core", "order": "FIXED", "within": "P2Y", "mayShare": None, "pick": None,
        "items": [{"slug": "uni/a"}, {"slug": "uni/b"}], "unlisted": None, "rule": None,
    }  # fmt: skip
    assert (choice["pick"], choice["unlisted"], choice["mayShare"]) == (
        {"unit": "COUNT", "min": 1.0, "max": None},
        "two more courses",
        False,
    )
    assert ticket["rule"] == {"__typename": "AnyOf", "text": "Credential d or a ticket"}
    assert found["limits"] == [
        {
            "kind": "PRIOR_LEARNING",
            "unit": "FRACTION",
            "min": None,
            "max": 0.5,
            "except": [{"slug": "uni/b"}],
            "text": "up to half",
        }
    ]
    assert "parts" in {one["field"] for one in found["provenance"]}


def test_what_a_credential_belongs_to(shop):
    query = """{ credential(slug: "uni/%s") { pathways { totalCount edges { node { slug } } } pathwaysTo { totalCount }
      stacksInto { totalCount edges { node { slug } } } equivalents { totalCount edges { node { slug } } }
      recognitions { totalCount edges { node { kind guaranteed institution { slug } from { slug } to { slug } credit { value unit } rule { text } } } }
      fundingPrograms { edges { node { slug } } } } }"""
    a = shop.data(query % "a")["credential"]
    assert a["pathways"] == {"totalCount": 1, "edges": [{"node": {"slug": "uni/way"}}]}
    assert a["stacksInto"] == {"totalCount": 1, "edges": [{"node": {"slug": "uni/whole"}}]}
    assert a["equivalents"] == {"totalCount": 1, "edges": [{"node": {"slug": "uni/b"}}]}, (
        "what is only proposed counts nowhere"
    )
    assert a["recognitions"]["edges"][0]["node"] == {
        "kind": "BLOCK", "guaranteed": True, "institution": {"slug": "uni"}, "from": {"slug": "uni/a"}, "to": {"slug": "uni/whole"},
        "credit": {"value": 33.0, "unit": "CREDIT"}, "rule": {"text": "grade average of at least 2"},
    }  # fmt: skip
    assert a["fundingPrograms"]["edges"] == [{"node": {"slug": "grant"}}]
    d = shop.data(query % "d")["credential"]
    assert d["pathways"]["totalCount"] == 1, "named by a rule of a part"
    whole = shop.data(
        '{ credential(slug: "uni/whole") { pathwaysTo { edges { node { slug } } } themes { code } components { slug } } }'
    )
    assert whole["credential"] == {
        "pathwaysTo": {"edges": [{"node": {"slug": "uni/way"}}]},
        "themes": [{"code": "climate"}],
        "components": [{"slug": "uni/a"}],
    }


def test_a_menu_and_a_grant(shop):
    found = shop.data(
        """{ menu(slug: "uni/menu") { title illustration owner { slug } partners { role institution { slug } } award { slug } window { opensOn }
          sections { title pick { unit min max } items { slug } } }
        fundingProgram(slug: "grant") { name cap { amount } capPer decision rule { text } covers designations { totalCount edges { node { slug } } }
          windows { opensOn status asOf } approvalFirst { benefit } excludes { cost program { slug } text } } }"""
    )
    assert found["menu"] == {
        "title": "Menu", "illustration": True, "owner": {"slug": "uni"}, "partners": [{"role": "FUNDER", "institution": {"slug": "uni"}}],
        "award": None, "window": {"opensOn": "2026-01-01"},
        "sections": [
            {"title": "Choose one", "pick": {"unit": "COUNT", "min": 1.0, "max": 1.0}, "items": [{"slug": "uni/a"}, {"slug": "uni/b"}]}
        ],
    }  # fmt: skip
    grant = found["fundingProgram"]
    assert (grant["cap"], grant["capPer"], grant["decision"]) == ({"amount": "3500"}, "LIFETIME", "FIRST_COME")
    assert grant["rule"] == {"text": "age 19 or over"}
    assert grant["designations"] == {"totalCount": 1, "edges": [{"node": {"slug": "uni/a"}}]}
    assert grant["excludes"] == [
        {"cost": "LIVING", "program": None, "text": None},
        {"cost": None, "program": {"slug": "grant"}, "text": "not twice"},
    ]


@pytest.mark.parametrize(
    ("arguments", "values"),
    [
        ("", [13700, 0, -3200]),
        ('occupations: ["10022"]', [0]),
        ('occupations: ["all"]', [13700, -3200]),
        ('occupations: ["all"], sectors: ["all"]', [13700]),
        ('sectors: ["23"]', [-3200]),
        ('regions: ["NORTH"]', [13700]),
        ('regions: ["nowhere"]', []),
    ],
)
def test_demand_is_found_by_its_codes(shop, arguments, values):
    arguments = f"({arguments})" if arguments else ""
    found = shop.data(f"{{ demand{arguments} {{ totalCount edges {{ node {{ value }} }} }} }}")["demand"]
    assert sorted(edge["node"]["value"] for edge in found["edges"]) == sorted(values)
    assert found["totalCount"] == len(values)


def test_regions_share_one_figure(shop):
    query = '{ demand(regions: ["north"]) { edges { node { from to value perYear measure occupation { code } sector { code } regions { code } } } } }'
    assert shop.data(query)["demand"]["edges"][0]["node"] == {
        "from": 2025, "to": 2035, "value": 13700.0, "perYear": None, "measure": "forecast openings, not vacancies",
        "occupation": None, "sector": None, "regions": [{"code": "north"}, {"code": "coast"}],
    }  # fmt: skip


LISTS = {
    "pathways": 1, "menus": 1, "fundingPrograms": 1, "recognitions": 1, "equivalences": 2, "skills": 0, "occupations": 1,
    "sectors": 1, "regions": 2, "themes": 1, "demand": 3, "institutions": 1,
}  # fmt: skip


@pytest.mark.parametrize("field", LISTS)
def test_every_root_list_is_a_connection(shop, field):
    query = f"query($a: String) {{ {field}(first: 1, after: $a) {{ totalCount pageInfo {{ hasNextPage endCursor }} edges {{ cursor node {{ id version }} }} }} }}"
    seen, after = [], None
    while True:
        page = shop.data(query, {"a": after})[field]
        seen += [edge["node"]["id"] for edge in page["edges"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert len(seen) == len(set(seen)) == page["totalCount"] == LISTS[field]
    nodes = shop.data("query($ids: [ID!]!) { nodes(ids: $ids) { id } }", {"ids": seen})["nodes"]
    assert [node["id"] for node in nodes] == seen


WAYS = """{ pathway(slug: "uni/way") { slug } pathways { totalCount edges { node { slug } } } catalog { pathways }
  credential(slug: "uni/a") { pathways { totalCount edges { node { slug } } } stacksInto { totalCount } recognitions { totalCount } }
  recognitions { totalCount } equivalences { totalCount } changes(first: 100) { edges { node { type slug } } } }"""


def hide(shop, *refs, **fields):
    apply_records(shop.database, [credential(ref, visibility="BY_REFERRAL", **fields) for ref in refs], SOURCE, lambda: NOW)


def test_a_pathway_is_shown_with_its_award_or_not_at_all(shop):
    way = shop.data('{ pathway(slug: "uni/way") { id } }')["pathway"]["id"]
    hide(shop, "whole", kind="DEGREE")
    found = shop.data(WAYS)
    assert found["pathway"] is None
    assert found["pathways"] == found["credential"]["pathways"] == {"totalCount": 0, "edges": []}
    assert found["credential"]["stacksInto"]["totalCount"] == found["catalog"]["pathways"] == 0
    assert found["recognitions"]["totalCount"] == found["credential"]["recognitions"]["totalCount"] == 0
    said = {(edge["node"]["type"], edge["node"]["slug"]) for edge in found["changes"]["edges"]}
    assert {("pathway", "uni/way"), ("recognition", "rec")} <= said, "followers are told that it went"
    wanted = "query($f: CredentialFilter) { credentials(filter: $f) { totalCount } }"
    assert shop.data(wanted, {"f": {"pathway": way}})["credentials"]["totalCount"] == 0
    assert shop.data('{ pathway(slug: "uni/way") { slug } }', viewer=Everything())["pathway"] == {"slug": "uni/way"}
    with shop.database.read.connect() as connection:
        assert check(connection) == []
    apply_records(shop.database, [credential("whole", kind="DEGREE")], SOURCE, lambda: NOW)
    assert shop.data(WAYS)["pathway"] == {"slug": "uni/way"}


def test_a_pathway_with_a_hidden_award_is_never_announced(served):
    one = {"type": "pathway", "ref": "p", "title": "P", "owner": "uni", "award": "uni/secret", "parts": [{"unlisted": "x"}]}
    records = [institution(), credential("secret", visibility="BY_REFERRAL"), record(one)]
    apply_records(served.database, records, SOURCE, lambda: NOW)
    said = [edge["node"]["type"] for edge in served.data("{ changes { edges { node { type } } } }")["changes"]["edges"]]
    assert said == ["institution"]


def test_nothing_is_more_visible_than_what_it_is_about(shop):
    quiet = credential("whole", kind="DEGREE", visibility="UNLISTED")
    apply_records(shop.database, [quiet, record(PATHWAY | {"title": "New"})], SOURCE, lambda: NOW)
    found = shop.data(
        '{ pathways { totalCount } pathway(slug: "uni/way") { slug }'
        " changes(first: 100) { edges { node { slug changedFields } } } }"
    )
    assert found["pathways"]["totalCount"] == 0
    assert found["pathway"] == {"slug": "uni/way"}, "it can still be read by who knows it"
    _, then = [edge["node"] for edge in found["changes"]["edges"] if edge["node"]["slug"] == "uni/way"]
    assert then["changedFields"] == ["title", "visibility"]


def test_what_goes_with_an_erased_credential(shop):
    from catalog.publishing.erase import erase

    erase(shop.database, shop.data('{ credential(slug: "uni/b") { id } }')["credential"]["id"], lambda: NOW)
    found = shop.data(WAYS)
    assert found["equivalences"]["totalCount"] == 1, "one member is no equivalence"
    assert found["pathway"] == {"slug": "uni/way"}, "it lost an item, not its award"
    erase(shop.database, shop.data('{ credential(slug: "uni/whole") { id } }')["credential"]["id"], lambda: NOW)
    found = shop.data(WAYS)
    assert (found["pathway"], found["recognitions"]["totalCount"]) == (None, 0)
    assert "uni/way" not in str(found["changes"]), "its name may be that of what was erased"
    with shop.database.read.connect() as connection:
        assert check(connection) == []


def test_an_unlisted_pathway_or_equivalence_shows_nothing_of_itself(shop):
    quiet = [record(PATHWAY | {"visibility": "UNLISTED"}), record(OTHERS[2] | {"visibility": "UNLISTED"})]
    quiet += [record({"type": "recognition", "ref": "rec", "from": "uni/a", "to": "uni/whole", "visibility": "UNLISTED"})]
    apply_records(shop.database, quiet, SOURCE, lambda: NOW)
    query = '{ credential(slug: "uni/a") { pathways { totalCount } stacksInto { totalCount } equivalents { totalCount } } }'
    counts = shop.data(query)["credential"]
    assert {one["totalCount"] for one in counts.values()} == {0}


def test_provenance_names_nothing_hidden(shop):
    hide(shop, "a", "d")
    query = "{ pathways { edges { node { provenance { field value } } } } menus { edges { node { provenance { field value } } } } }"
    text = str(shop.data(query))
    assert "uni/a" not in text
    assert "uni/d" not in text
    sums = {"type": "fundingProgram", "ref": "sum", "name": "S", "owner": "uni"}
    rule = {"credits": 3, "unit": "CREDIT", "from": ["uni/a", "uni/b"]}
    apply_records(shop.database, [record(sums | {"rule": rule})], SOURCE, lambda: NOW)
    found = shop.data('{ fundingProgram(slug: "sum") { rule { __typename text } provenance { field value } } }')[
        "fundingProgram"
    ]
    assert found["rule"] == {"__typename": "TextRule", "text": "something that cannot be shown here; ask the provider"}
    assert "uni/a" not in str(found)


def test_somebody_elses_withdrawal_stops_no_feed_and_removes_no_neighbour(served):
    from tests.records import NEWS, source

    full = source(complete=True)
    own = [institution(), institution("partner"), credential("a"), credential("b")]
    apply_records(served.database, own, full, lambda: NOW)
    theirs = {
        "type": "menu", "ref": "m", "slug": "uni/m", "title": "M", "owner": "uni",
        "partnerships": [{"role": "PARTNER", "institution": "partner"}],
        "sections": [{"title": "S", "pick": {"unit": "COUNT", "min": 1}, "items": ["uni/a", "uni/b"]}],
    }  # fmt: skip
    apply_records(served.database, [record(theirs)], NEWS, lambda: NOW)
    apply_records(served.database, [institution(), credential("b")], full, lambda: NOW)
    found = served.data(
        "{ menus { edges { node { partners { role institution { slug } } sections { items { slug } } } } } }"
    )
    assert found["menus"]["edges"][0]["node"] == {
        "partners": [{"role": "PARTNER", "institution": None}],
        "sections": [{"items": [{"slug": "uni/b"}]}],
    }
    applied = apply_records(served.database, [record(theirs | {"title": "New"})], NEWS, lambda: NOW)
    assert applied.kinds == {"UPDATED": 1}
    assert {(one.code, str(one.severity)) for one in applied.warnings} == {("REFERENCE_UNKNOWN", "WARNING")}


def test_a_window_that_has_closed_reads_closed(served):
    one = {"type": "fundingProgram", "ref": "g", "name": "G", "owner": "uni"}
    windows = [
        {"closesOn": "2026-02-01", "status": "OPEN"},
        {"closesOn": "2027-02-01", "status": "OPEN"},
        {"status": "WAITLIST"},
    ]
    apply_records(served.database, [institution(), record(one | {"windows": windows})], SOURCE, lambda: NOW)
    found = served.data('{ fundingProgram(slug: "g") { windows { status } } }')["fundingProgram"]["windows"]
    assert [one["status"] for one in found] == ["CLOSED", "OPEN", "WAITLIST"]


def test_lists_of_one_credential_take_a_filter(shop):
    query = 'query($f: CredentialFilter) { credential(slug: "uni/a") { stacksInto(filter: $f) { totalCount edges { node { slug } } } } }'
    for kinds, count in ((["DEGREE"], 1), (["COURSE"], 0)):
        assert shop.data(query, {"f": {"kinds": kinds}})["credential"]["stacksInto"]["totalCount"] == count


def test_recognition_is_found_from_both_ends_and_from_who_gives_it(shop):
    found = shop.data(
        '{ credential(slug: "uni/whole") { recognised { totalCount } recognitions { totalCount } } institution(slug: "uni") { recognitions { totalCount } } }'
    )
    assert found == {
        "credential": {"recognised": {"totalCount": 1}, "recognitions": {"totalCount": 0}},
        "institution": {"recognitions": {"totalCount": 1}},
    }


@pytest.mark.parametrize(
    ("change", "code", "path"),
    [
        ({"parts": [{"items": ["uni/nothing"]}]}, "REFERENCE_UNKNOWN", "parts[0].items[0]"),
        ({"parts": [{"ref": "x", "rule": {"holds": "uni/nothing"}}]}, "REFERENCE_UNKNOWN", "parts[x].rule.holds"),
        ({"award": "uni/nothing"}, "REFERENCE_UNKNOWN", "award"),
        ({"owner": "nobody"}, "REFERENCE_UNKNOWN", "owner"),
        ({"limits": [{"kind": "NEW", "text": "x", "except": ["uni/no"]}]}, "REFERENCE_UNKNOWN", "limits[0].except[0]"),
    ],
)
def test_a_pathway_that_leads_nowhere_is_refused_with_its_path(shop, change, code, path):
    from catalog.errors import RecordsRejected

    with pytest.raises(RecordsRejected) as refused:
        apply_records(shop.database, [record(PATHWAY | change)], SOURCE, lambda: NOW)
    assert [(issue.code, issue.path) for issue in refused.value.issues] == [(code, path)]


def test_all_of_it_follows_from_its_records(shop):
    with shop.database.read.connect() as connection:
        assert check(connection) == []
    apply_records(shop.database, [institution(), *(credential(ref) for ref in "ab")], SOURCE, lambda: NOW)
    found = shop.data("{ catalog { pathways menus } }")["catalog"]
    assert found == {"pathways": 1, "menus": 1}
