"""CTDL pathways: what is published comes back, and others' components and conditions become parts or say why not."""

import json
from itertools import pairwise

import pytest

from catalog.formats.ctdl.mapping import CONTEXT
from catalog.formats.ctdl.read import read, recognises
from catalog.formats.ctdl.write_pathway import write_pathway
from catalog.model.identity import thing_id
from catalog.model.links import links
from catalog.model.reading.content import open_content
from catalog.model.reading.delivery import Told
from catalog.model.record import content
from catalog.model.render import Context, render
from catalog.model.vocabulary import RecordType
from tests.formats.ctdl_terms import PATHWAY_TERMS
from tests.records import record
from tests.served import ROOT

PATHWAYS = [
    one for one in json.loads((ROOT / "seed" / "80-pathways.json").read_text())["records"] if one["type"] == "pathway"
]
CARRIED = ("title", "summary", "url", "owner", "award", "slug", "validFrom", "validTo")
CTID = "ce-00000000-0000-4000-8000-{:012d}"
REGISTRY = "https://credentialengineregistry.org/resources/"


def read_nodes(nodes, told=None):
    data = json.dumps({"@context": CONTEXT, "@graph": nodes}).encode()
    return read(open_content(data, told or Told()), told or Told())


# What we publish.


def target_of(link):
    """The id and Document of something that a pathway names."""
    identity = thing_id("test", link.target_type, link.slug)
    basics = {"type": link.target_type.value, "ref": "it", "slug": link.slug}
    if link.target_type is RecordType.CREDENTIAL:
        kind = "COURSE" if len(link.slug) % 2 else "CERTIFICATE"
        made = record(basics | {"title": f"The {link.slug}", "kind": kind, "provider": "uni"})
        return identity, render(made, Context(identity, link.slug, {one.key: identity for one in links(made)}))
    made = record(basics | {"name": link.slug.title(), "kind": "PUBLIC_COLLEGE"})
    return identity, render(made, Context(identity, link.slug, {}))


def published(value):
    """(the record as JSON, its Document, the Documents around it)."""
    made = record(value)
    named = {one.key: target_of(one) for one in links(made)}
    identity = thing_id("test", RecordType.PATHWAY, value["ref"])
    document = render(made, Context(identity, value["slug"], {key: one for key, (one, _) in named.items()}))
    return content(made), document, dict(named.values())


def sorted_rule(rule):
    """The members of a group in an order of their own: words and credentials come back before groups."""
    for name in ("all", "any", "of"):
        if name in rule:
            members = sorted(map(sorted_rule, rule[name]), key=lambda one: json.dumps(one, sort_keys=True))
            return rule | {name: members}
    return rule


def carried(value):
    """What CTDL carries of a pathway, said without the code that carries it: all but the refs of its parts."""
    found = {name: value[name] for name in CARRIED if name in value}
    found["parts"] = [{key: one for key, one in part.items() if key != "ref"} for part in value["parts"]]
    found["parts"] = [one | ({"rule": sorted_rule(one["rule"])} if "rule" in one else {}) for one in found["parts"]]
    return found | ({"limits": value["limits"]} if "limits" in value else {})


@pytest.mark.parametrize("value", PATHWAYS, ids=lambda one: one["ref"])
def test_every_pathway_of_the_seed_comes_back_as_it_was_published(value):
    stated, document, around = published(value)
    delivery = read_nodes(write_pathway(document, around))
    assert [str(one) for one in delivery.issues] == []
    (found,) = (content(one) for one in delivery.records if one.type == "pathway")
    assert carried(found) == carried(stated)


@pytest.mark.parametrize("value", PATHWAYS[::5], ids=lambda one: one["ref"])
def test_only_published_terms_are_written(value):
    _, document, around = published(value)
    waiting = [*write_pathway(document, around)]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            known = PATHWAY_TERMS.get(one.get("@type", ""))
            assert known is None or set(one) - {"@id", "@type", "ceasn:hasPart", "ceasn:isPartOf"} <= known
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one


def test_what_the_seed_does_not_use_comes_back_too():
    value = {
        "type": "pathway",
        "ref": "p",
        "slug": "uni/p",
        "title": {"en": "Way", "fr": "Voie"},
        "url": "https://uni.example/way",
        "award": "uni/award",
        "owner": "uni",
        "validFrom": "2026-01-01",
        "validTo": "2027-12-31",
        "parts": [
            {
                "title": "Hours",
                "pick": {"unit": "HOURS", "min": 10.5, "max": 40},
                "items": ["uni/a", "uni/b"],
                "mayShare": False,
            },
            {"pick": {"unit": "COUNT", "max": 1}, "items": ["uni/a", "uni/b"], "within": "P18M", "order": "FIXED"},
            {"rule": {"atLeast": 2, "of": [{"holds": "uni/a"}, {"holds": "uni/b"}, {"text": "something else"}]}},
        ],
        "limits": [
            {"kind": "NEW", "min": 1, "max": 2},
            {"kind": "TRANSFER", "unit": "COUNT", "max": 3, "except": ["uni/a"]},
        ],
    }
    stated, document, around = published(value)
    delivery = read_nodes(write_pathway(document, around))
    assert [str(one) for one in delivery.issues] == []
    (found,) = (content(one) for one in delivery.records if one.type == "pathway")
    assert carried(found) == carried(stated)


def test_rules_that_no_component_can_stand_for_come_back_as_words():
    rule = {
        "all": [
            {"holds": "uni/a", "minGrade": "B"},
            {"atLeast": 2, "of": [{"text": "x"}, {"any": [{"text": "y"}, {"text": "z"}]}, {"text": "w"}]},
        ]
    }
    value = {
        "type": "pathway",
        "ref": "p",
        "slug": "uni/p",
        "title": "Way",
        "award": "uni/c",
        "owner": "uni",
        "parts": [{"rule": rule}],
    }
    _, document, around = published(value)
    (found,) = (content(one) for one in read_nodes(write_pathway(document, around)).records if one.type == "pathway")
    grade, choice = found["parts"][0]["rule"]["all"]
    assert "B" in grade["text"]
    assert "The uni/a" in grade["text"]
    assert choice == {"atLeast": 2, "of": [{"text": "x"}, {"text": "w"}, {"any": [{"text": "y"}, {"text": "z"}]}]}


def test_what_is_not_around_is_a_component_that_nobody_can_satisfy():
    value = {
        "type": "pathway",
        "ref": "p",
        "slug": "uni/p",
        "title": "Way",
        "award": "uni/c",
        "owner": "uni",
        "parts": [{"items": ["uni/a"]}],
    }
    _, document, _ = published(value)
    delivery = read_nodes(write_pathway(document, {}))
    (found,) = (content(one) for one in delivery.records)
    assert found["parts"] == [{"unlisted": "…"}]
    assert "award" not in found
    assert [one.code for one in delivery.issues] == ["FIELD_MISSING"]


# What others write.


def ctid(number):
    return CTID.format(number)


def component(number, cls="Credential", **more):
    node = {"@id": REGISTRY + ctid(number), "@type": f"ceterms:{cls}Component", "ceterms:ctid": ctid(number)}
    return node | {"ceterms:name": {"en": f"Part {number}"}} | {f"ceterms:{name}": value for name, value in more.items()}


def condition(*numbers, **more):
    targets = [REGISTRY + ctid(one) for one in numbers]
    return {"@type": "ceterms:ComponentCondition", "ceterms:targetComponent": targets} | {
        f"ceterms:{name}": value for name, value in more.items()
    }


def linked(number, cls="Credential", **more):
    return component(number, cls, **{"proxyFor": REGISTRY + ctid(number + 900)} | more)


def held(number):
    return {"scheme": "ctid", "value": ctid(number + 900)}


def way(*components, **more):
    """The parts and issues of a pathway whose destination is the component 1."""
    own = {"@id": REGISTRY + ctid(500), "@type": "ceterms:Pathway", "ceterms:ctid": ctid(500), "ceterms:name": {"en": "Way"}}
    own |= {"ceterms:hasDestinationComponent": [REGISTRY + ctid(1)]} | more
    delivery = read_nodes([own, *components], Told(provider="uni"))
    found = {one.ref: content(one) for one in delivery.records}
    return found, [(one.code, one.field) for one in delivery.issues]


def parts_of(*components):
    found, issues = way(*components)
    return found[ctid(500)].get("parts"), issues


def test_a_pathway_has_its_award_owner_and_items():
    found, issues = way(linked(1, hasCondition=[condition(2, 3)]), linked(2), linked(3, "Course"))
    assert found == {
        ctid(500): {
            "type": "pathway",
            "ref": ctid(500),
            "identifiers": [{"scheme": "ctid", "value": ctid(500)}],
            "title": {"en": "Way"},
            "owner": "uni",
            "award": held(1),
            "parts": [{"items": [held(2), held(3)]}],
        }
    }
    assert issues == []


@pytest.mark.parametrize("link", ["proxyFor", "sourceData", "sourceItem", "proxyForList"])
def test_the_links_of_all_versions_are_known(link):
    own = component(2, **{link: "https://badges.example/2"})
    parts, _ = parts_of(linked(1, hasCondition=[condition(2)]), own)
    assert parts == [{"items": [{"scheme": "url", "value": "https://badges.example/2"}]}]


def test_so_many_out_of_several_is_a_pick():
    parts, issues = parts_of(
        linked(1, hasCondition=[condition(2, 3, requiredNumber=1, name={"en": "Choose"})]), linked(2), linked(3)
    )
    assert parts == [{"title": "Choose", "pick": {"unit": "COUNT", "min": 1}, "items": [held(2), held(3)]}]
    assert issues == []


def test_one_of_several_may_be_said_by_an_operator():
    parts, _ = parts_of(linked(1, hasCondition=[condition(2, 3, logicalOperator="logic:Or")]), linked(2), linked(3))
    assert parts == [{"pick": {"unit": "COUNT", "min": 1}, "items": [held(2), held(3)]}]


def test_components_without_a_credential_are_named_as_unlisted():
    components = [linked(2), component(3), component(4, "Job", proxyFor=REGISTRY + ctid(904)), component(5, "Competency")]
    parts, _ = parts_of(linked(1, hasCondition=[condition(2, 3, 4, 5)]), *components)
    assert parts == [{"items": [held(2)], "unlisted": "Part 3; Part 4; Part 5"}]


def test_groups_that_are_all_asked_for_become_parts():
    groups = [
        component(2, "Selection", hasCondition=[condition(4, 5, requiredNumber=1)]),
        component(3, "Basic", hasCondition=[condition(6)]),
    ]
    parts, issues = parts_of(
        linked(1, hasCondition=[condition(2, 3, requiredNumber=2)]), *groups, linked(4), linked(5), linked(6)
    )
    assert parts == [
        {"title": "Part 2", "pick": {"unit": "COUNT", "min": 1}, "items": [held(4), held(5)]},
        {"title": "Part 3", "items": [held(6)]},
    ]
    assert issues == []


def test_a_choice_among_groups_is_a_rule():
    groups = [
        component(2, "Selection", hasCondition=[condition(4, 5)]),
        component(3, hasCondition=[condition(6, 7, requiredNumber=1)]),
    ]
    parts, _ = parts_of(
        linked(1, hasCondition=[condition(2, 3, requiredNumber=1)]), *groups, linked(4), linked(5), linked(6), component(7)
    )
    assert parts == [
        {
            "rule": {
                "any": [
                    {"all": [{"holds": held(4)}, {"holds": held(5)}]},
                    {"any": [{"holds": held(6)}, {"text": "Part 7"}]},
                ]
            }
        }
    ]


def test_a_credential_on_the_way_that_has_conditions_is_a_pathway_of_its_own():
    found, _ = way(
        linked(1, hasCondition=[condition(2)]),
        linked(2, hasCondition=[condition(3, 4, requiredNumber=1)]),
        linked(3),
        linked(4),
    )
    assert found[ctid(500)]["parts"] == [{"items": [held(2)]}]
    assert found[ctid(2)] == {
        "type": "pathway",
        "ref": ctid(2),
        "identifiers": [{"scheme": "ctid", "value": ctid(2)}],
        "title": {"en": "Part 2"},
        "owner": "uni",
        "award": held(2),
        "parts": [{"pick": {"unit": "COUNT", "min": 1}, "items": [held(3), held(4)]}],
    }


def test_prerequisites_in_a_chain_are_an_order():
    second = linked(3, prerequisite=[REGISTRY + ctid(2)])
    third = linked(4, prerequisite=[REGISTRY + ctid(3)])
    parts, _ = parts_of(linked(1, hasCondition=[condition(4, 3, 2)]), linked(2), second, third)
    assert parts == [{"order": "FIXED", "items": [held(2), held(3), held(4)]}]


def constraint(left, comparator, right, **more):
    own = {
        "@type": "ceterms:Constraint",
        "ceterms:leftSource": left,
        "ceterms:comparator": comparator,
        "ceterms:rightSource": right,
    }
    return own | more


def test_credits_are_a_pick_and_other_constraints_stay_asked_for():
    grades = [
        constraint(["ceterms:creditValue"], "compare:EQ", ["10"]),
        constraint([REGISTRY + ctid(77)], "compare:GT", ["Grade C"]),
        constraint(
            ["ceterms:financialAssistanceType"],
            "compare:EQ",
            ["financialAid:A", "financialAid:B"],
            **{"ceterms:rightAction": "array:AnyOf"},
        ),
    ]
    named = {"@id": REGISTRY + ctid(77), "@type": "skos:Concept", "skos:prefLabel": {"en": "Student grade"}}
    parts, issues = parts_of(
        linked(1, hasCondition=[condition(2, hasConstraint=grades, logicalOperator="logic:And")]), linked(2), named
    )
    assert parts == [
        {
            "pick": {"unit": "CREDITS", "min": 10, "max": 10},
            "items": [held(2)],
            "rule": {"all": [{"text": "Student grade gt Grade C"}, {"text": "financialAssistanceType eq anyof A, B"}]},
        }
    ]
    assert issues == [("TYPE_UNKNOWN", "@type")]


def test_constraints_of_which_one_is_enough_are_one_sentence():
    either = [constraint(["ceterms:creditValue"], "compare:GTEQ", ["10"]), constraint(["a"], "compare:EQ", ["b"])]
    parts, _ = parts_of(linked(1, hasCondition=[condition(2, hasConstraint=either, logicalOperator="logic:Or")]), linked(2))
    assert parts == [
        {"pick": {"unit": "COUNT", "min": 1}, "items": [held(2)], "rule": {"text": "creditValue gteq 10 or a eq b"}},
    ]


def test_more_than_is_named_may_be_asked_for():
    parts, _ = parts_of(linked(1, hasCondition=[condition(2, requiredNumber=3)]), linked(2))
    assert parts == [{"pick": {"unit": "COUNT", "min": 3}, "items": [held(2)], "unlisted": "3 are asked for, 1 are named"}]


def test_children_without_a_condition_do_not_say_how_many():
    own = linked(1) | {"ceasn:hasChild": [REGISTRY + ctid(2)]}
    parts, _ = parts_of(own, linked(2))
    assert parts == [{"items": [held(2)], "unlisted": "the source does not say how many of these are asked for"}]


def test_a_pathway_without_a_destination_says_what_is_missing():
    own = {
        "@id": REGISTRY + ctid(500),
        "@type": "ceterms:Pathway",
        "ceterms:name": {"en": "Way"},
        "ceasn:hasPart": [REGISTRY + ctid(2)],
    }
    delivery = read_nodes([own, linked(2)])
    (found,) = map(content, delivery.records)
    assert "award" not in found
    assert found["parts"] == [{"items": [held(2)], "unlisted": "the source does not say how many of these are asked for"}]
    assert [(one.code, one.field) for one in delivery.issues] == [("FIELD_MISSING", "ceterms:hasDestinationComponent")]


def test_the_award_is_not_on_the_way_to_itself():
    parts, issues = parts_of(linked(1, hasCondition=[condition(1, 2)]), linked(2))
    assert parts == [{"items": [held(2)]}]
    assert issues == [("VALUE_INVALID", "ceterms:targetComponent")]


def test_groups_in_a_circle_end():
    circle = [component(2, hasCondition=[condition(3)]), component(3, hasCondition=[condition(2)])]
    parts, issues = parts_of(linked(1, hasCondition=[condition(2)]), *circle)
    assert [one["unlisted"] for one in parts] == ["what Part 2 asks for; see the source"]
    assert issues == [("VALUE_INVALID", "ceterms:hasCondition")]


def test_groups_shared_by_groups_do_not_multiply():
    layers = [[10 * layer + place for place in range(9)] for layer in range(1, 9)]
    groups = [component(one, hasCondition=[condition(*below)]) for above, below in pairwise(layers) for one in above]
    parts, issues = parts_of(linked(1, hasCondition=[condition(*layers[0])]), *groups)
    assert len(parts) <= 50
    assert {code for code, _ in issues} == {"VALUE_INVALID", "TOO_MANY"}


@pytest.mark.parametrize("number", ["x", -1, True, [2], 10**9])
def test_a_number_that_is_none_is_told(number):
    parts, issues = parts_of(linked(1, hasCondition=[condition(2, requiredNumber=number)]), linked(2))
    assert parts == [{"items": [held(2)]}]
    assert issues == [("VALUE_UNREADABLE", "ceterms:hasCondition")]


@pytest.mark.parametrize("junk", [7, "x", [[]], {"@id": 3}, [None], {"ceterms:targetComponent": {"@id": "_:x"}}])
@pytest.mark.parametrize("name", ["hasCondition", "proxyFor", "name", "prerequisite"])
def test_junk_in_a_component_never_raises(name, junk):
    found, _ = way(linked(1, **{"hasCondition": [condition(2, 3)]} | {name: junk}), linked(2, **{name: junk}), linked(3))
    assert ctid(500) in found


def test_bare_terms_are_read_by_their_context():
    nodes = [
        {"@type": "Pathway", "@id": REGISTRY + ctid(500), "name": "Way", "hasDestinationComponent": REGISTRY + ctid(1)},
        {
            "@type": "CredentialComponent",
            "@id": REGISTRY + ctid(1),
            "proxyFor": REGISTRY + ctid(901),
            "hasCondition": {"@type": "ComponentCondition", "requiredNumber": 1, "targetComponent": [REGISTRY + ctid(2)]},
        },
        {
            "@type": "https://purl.org/ctdl/terms/BasicComponent",
            "@id": REGISTRY + ctid(2),
            "https://purl.org/ctdl/terms/name": {"fr": "Un"},
        },
    ]
    (found,) = map(content, read_nodes(nodes).records)
    assert (found["title"], found["award"]) == ({"en": "Way"}, held(1))
    assert found["parts"] == [{"pick": {"unit": "COUNT", "min": 1}, "unlisted": "Un"}]


def test_a_badge_pathway_of_others_is_not_ours():
    assert not recognises(open_content(b'{"elementId": "1", "name": "x", "children": [{"elementId": "2"}]}', Told()))
