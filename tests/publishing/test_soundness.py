"""Publishing refuses what could never be met, and what would leave others without a component."""

import pytest

from catalog.db.transactions import read_snapshot
from catalog.errors import RecordsRejected
from catalog.model.documents import find_ids_by_slug
from catalog.model.vocabulary import RecordType
from catalog.publishing.apply import apply_records
from catalog.publishing.check import check
from catalog.publishing.erase import erase
from tests.records import NEWS, SOURCE, credential, institution, record, source

OTHER = source(key="test/other", name="Another provider")
FULL = source(complete=True)


@pytest.fixture(params=["sqlite"])
def url(request):
    """What is refused does not depend on the kind of database."""
    return request.getfixturevalue("sqlite_url")


def asks(rule, kind="PREREQUISITE"):
    return {"requirementsStated": "LISTED", "requirements": [{"kind": kind, "rule": rule}]}


def holds(*slugs):
    return {"all": [{"holds": one} for one in slugs]} if len(slugs) > 1 else {"holds": slugs[0]}


def rejected(database, clock, records, own=SOURCE, **more):
    with pytest.raises(RecordsRejected) as error:
        apply_records(database, [institution(), *records], own, clock, **more)
    return error.value.issues


def accepted(database, clock, records, own=SOURCE, **more):
    return apply_records(database, [institution(), *records], own, clock, **more)


def test_a_circle_is_refused_and_named(database, clock):
    ring = [
        credential("a", **asks(holds("uni/b"))),
        credential("b", **asks(holds("uni/c"))),
        credential("c", **asks(holds("uni/a"))),
    ]
    issues = rejected(database, clock, ring)
    assert {one.code for one in issues} == {"PREREQUISITE_CIRCLE"}
    assert issues[0].message == "go round in a circle: uni/a needs uni/b needs uni/c needs uni/a"
    assert [one.ref for one in issues] == ["uni/a", "uni/b", "uni/c"]


def test_a_circle_through_what_is_published_is_refused(database, clock):
    accepted(database, clock, [credential("a", **asks(holds("uni/b"))), credential("b")])
    assert [one.code for one in rejected(database, clock, [credential("b", **asks(holds("uni/a")))])] == [
        "PREREQUISITE_CIRCLE"
    ]
    assert [one.code for one in rejected(database, clock, [credential("b", **asks(holds("uni/b")))])] == [
        "PREREQUISITE_CIRCLE"
    ]


@pytest.mark.parametrize(
    "rule",
    [
        {"any": [{"holds": "uni/a"}, {"holds": "uni/c"}]},
        {"any": [{"holds": "uni/a"}, {"text": "permission"}]},
        {"atLeast": 1, "of": [{"holds": "uni/a"}, {"condition": "AGE", "minimum": 19}]},
    ],
)
def test_another_way_is_no_circle(database, clock, rule):
    accepted(database, clock, [credential("a", **asks(holds("uni/b"))), credential("b", **asks(rule)), credential("c")])


def test_an_equivalent_is_a_way_out(database, clock):
    ring = [credential("a", **asks(holds("uni/b"))), credential("b", **asks(holds("uni/a"))), credential("c")]
    same = record({"type": "equivalence", "ref": "e", "members": ["uni/a", "uni/c"], "basis": "REVIEWED"})
    accepted(database, clock, [*ring[2:], credential("a"), same])
    accepted(database, clock, ring)


@pytest.mark.parametrize("kind", ["COREQUISITE", "RECOMMENDED", "ADVANCED_STANDING"])
def test_what_is_taken_together_is_no_circle(database, clock, kind):
    accepted(database, clock, [credential("a", **asks(holds("uni/b"), kind)), credential("b", **asks(holds("uni/a"), kind))])


def test_a_sum_beyond_reach_is_refused(database, clock):
    three = {"credit": {"value": 3, "unit": "CREDIT"}}
    rule = {"credits": 7, "unit": "CREDIT", "from": ["uni/a", "uni/b"]}
    issues = rejected(database, clock, [credential("a", **three), credential("b", **three), credential("c", **asks(rule))])
    assert [(one.code, one.path, one.ref) for one in issues] == [("RULE_UNSATISFIABLE", "requirements[0].rule", "uni/c")]
    # what nobody counts may be enough
    accepted(database, clock, [credential("a", **three), credential("b"), credential("c", **asks(rule))])


def pathway(ref, *parts, award="uni/award", **more):
    return record(
        {
            "type": "pathway",
            "ref": ref,
            "title": ref,
            "award": award,
            "owner": "uni",
            "slug": f"uni/{ref}",
            "parts": list(parts),
            **more,
        }
    )


LISTED = [credential("a"), credential("b"), credential("award")]


@pytest.mark.parametrize(
    ("part", "is_broken"),
    [
        ({"items": ["uni/a", "uni/b"]}, True),
        ({"items": ["uni/a", "uni/b"], "pick": {"unit": "COUNT", "min": 1}}, False),
        ({"items": ["uni/a", "uni/b"], "pick": {"unit": "COUNT", "min": 2}}, True),
        ({"items": ["uni/a"], "pick": {"unit": "COUNT", "max": 1}}, False),
        ({"items": ["uni/a"], "unlisted": "other courses"}, False),
        ({"rule": {"any": [{"holds": "uni/a"}, {"holds": "uni/b"}]}}, False),
        ({"rule": {"all": [{"holds": "uni/a"}, {"holds": "uni/b"}]}}, True),
    ],
)
def test_another_publishers_pathway_is_not_left_without_a_component(database, clock, part, is_broken):
    accepted(database, clock, LISTED, FULL)
    apply_records(database, [pathway("p", part)], OTHER, clock)
    without = [LISTED[1], LISTED[2]]
    if not is_broken:
        accepted(database, clock, without, FULL)
        return
    issues = rejected(database, clock, without, FULL)
    lost = [one for one in issues if one.code == "COMPONENT_LOST"]
    assert len(lost) == 1
    assert "uni/a cannot go: pathway uni/p would be left without it in parts[1]" in lost[0].message
    assert accepted(database, clock, without, FULL, may_break=True).revision
    with read_snapshot(database) as connection:
        assert check(connection) == []


def test_a_menu_and_a_requirement_are_not_left_without_it_either(database, clock):
    accepted(database, clock, LISTED, FULL)
    sections = [{"title": "Core", "pick": {"unit": "COUNT", "min": 1}, "items": ["uni/a"]}]
    menu = record({"type": "menu", "ref": "m", "title": "Menu", "owner": "uni", "slug": "uni/m", "sections": sections})
    apply_records(database, [menu, credential("x", slug="uni/x", **asks(holds("uni/a")))], OTHER, clock)
    messages = [one.message for one in rejected(database, clock, LISTED[1:], FULL) if one.code == "COMPONENT_LOST"]
    assert [one.rpartition(" in ")[2] for one in messages] == ["sections[1].items", "requirements[0].rule"]


def test_a_program_that_loses_a_component_is_told(database, clock):
    """Its plain list of components is shorter: that keeps nobody from withdrawing, and is said."""
    accepted(database, clock, LISTED, FULL)
    apply_records(database, [credential("bundle", slug="uni/bundle", components=["uni/a", "uni/b"])], OTHER, clock)
    warnings = accepted(database, clock, LISTED[1:], FULL).warnings
    (lost,) = [one for one in warnings if one.code == "COMPONENT_LOST"]
    assert lost.message == "uni/a goes: credential uni/bundle would be left without it in components"


def test_what_a_community_governs_can_always_be_taken_back(database, clock):
    governed = credential("a", stewardship={"community": "A Nation", "contact": "office"})
    accepted(database, clock, [governed, *LISTED[1:]], FULL)
    apply_records(database, [pathway("p", {"items": ["uni/a"]})], NEWS, clock)
    applied = accepted(database, clock, LISTED[1:], FULL)
    assert {one.code for one in applied.warnings} == {"STILL_REFERENCED", "COMPONENT_LOST"}


def test_erasing_asks_nobody(database, clock):
    accepted(database, clock, LISTED, FULL)
    apply_records(database, [pathway("p", {"items": ["uni/a"]})], OTHER, clock)
    with read_snapshot(database) as connection:
        (thing,) = find_ids_by_slug(connection, RecordType.CREDENTIAL, ["uni/a"]).values()
    assert erase(database, thing, clock)


def test_requirements_hold_so_many_nodes_together():
    from catalog.model.record import parse_record

    long = [{"kind": "PREREQUISITE", "rule": {"all": [{"holds": "uni/a"}] * 150}}] * 2
    basics = {"type": "credential", "ref": "x", "provider": "uni", "title": "X", "kind": "COURSE"}
    (issue,) = parse_record(basics | {"requirements": long})
    assert "302 nodes" in issue.message
