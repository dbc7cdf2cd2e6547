import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.model.render.rule import render_rule, rule_of
from catalog.model.rule import AllOf, Condition, Holds, TextRule, references, to_json, walk
from catalog.model.rule_parsing import RuleInvalid, parse_rule
from catalog.model.rule_text import render_text
from catalog.model.vocabulary import ConditionKind

refs = st.sampled_from(["uvic/a", "bcit/b", "nic/c"])
leaves = st.one_of(
    st.builds(lambda r: {"holds": r}, refs),
    st.builds(lambda r: {"holds": r, "within": "P2Y", "minGrade": "B+"}, refs),
    st.just({"skill": "local:seo", "level": "2"}),
    st.just({"text": "permission of the department"}),
    st.just({"credits": 4.5, "unit": "UVIC_UNIT", "from": ["uvic/a", "uvic/b"]}),
    st.just({"hours": 120, "from": ["uvic/a"]}),
    st.just({"condition": "AGE", "minimum": 19}),
    st.just({"condition": "CITIZENSHIP", "any": ["CITIZEN", "PERMANENT_RESIDENT"]}),
    st.just({"condition": "EXPERIENCE", "years": 2, "text": "in forestry"}),
)
rules = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(lambda items: {"all": items}, st.lists(inner, min_size=1, max_size=3)),
        st.builds(lambda items: {"any": items}, st.lists(inner, min_size=1, max_size=3)),
        st.builds(lambda items: {"atLeast": 1, "of": items}, st.lists(inner, min_size=1, max_size=3)),
    ),
    max_leaves=8,
).filter(lambda value: _depth(value) <= 6)


def _depth(value):
    children = value.get("all") or (value.get("any") if "condition" not in value else None) or value.get("of") or []
    return 1 + max((_depth(child) for child in children), default=0)


@given(rules)
def test_a_rule_written_as_json_parses_back(value):
    rule = parse_rule(value)
    assert to_json(rule) == value
    assert parse_rule(to_json(rule)) == rule


class EveryTarget(dict):
    def __missing__(self, key):
        return key[1]


@given(rules)
def test_a_rendered_rule_stands_for_the_same_rule(value):
    rule = parse_rule(value)
    assert rule_of(render_rule(rule, EveryTarget())) == rule
    assert render_text(rule, str, "en")
    assert render_text(rule, str, "fr")


@pytest.mark.parametrize(
    ("value", "path"),
    [
        ("text", ""),
        ({}, ""),
        ({"all": []}, ".all"),
        ({"any": [{"holds": "a/b"}, {"holds": "No"}]}, ".any[1].holds"),
        ({"holds": "a/b", "x": 1}, ""),
        ({"all": [], "any": []}, ""),
        ({"atLeast": 3, "of": [{"text": "x"}]}, ".atLeast"),
        ({"atLeast": True, "of": [{"text": "x"}]}, ".atLeast"),
        ({"credits": -1, "unit": "CREDIT", "from": ["a/b"]}, ".credits"),
        ({"credits": 1, "unit": "POINTS", "from": ["a/b"]}, ".unit"),
        ({"credits": float("nan"), "unit": "CREDIT", "from": ["a/b"]}, ".credits"),
        ({"holds": "a/b", "within": "2 years"}, ".within"),
        ({"skill": "seo"}, ".skill"),
        ({"text": ""}, ".text"),
        ({"condition": "AGE", "years": 3}, ""),
        ({"condition": "MOOD"}, ".condition"),
        ({"not": {"holds": "a/b"}}, ""),
    ],
)
def test_what_is_wrong_with_a_rule_is_named_with_its_path(value, path):
    with pytest.raises(RuleInvalid) as refused:
        parse_rule(value)
    assert refused.value.path == path


def test_depth_and_size_are_capped():
    deep = {"text": "x"}
    for _ in range(6):
        deep = {"all": [deep]}
    with pytest.raises(RuleInvalid, match="deeper than 6"):
        parse_rule(deep)
    with pytest.raises(RuleInvalid, match="more than 200"):
        parse_rule({"any": [{"text": "x"}] * 200})


def test_rules_read_well():
    rule = parse_rule({"all": [{"any": [{"holds": "a/b"}, {"text": "a ticket"}]}, {"condition": "AGE", "minimum": 19}]})
    names = {"a/b": "Welding"}
    assert render_text(rule, lambda ref: names[ref]) == "(Welding or a ticket) and age 19 or over"
    assert render_text(rule, lambda ref: names[ref], "fr-CA") == "(Welding ou a ticket) et 19 ans ou plus"


def test_references_and_nodes_carry_their_paths():
    rule = AllOf((Holds("a/b"), TextRule("x"), Condition(ConditionKind.AGE)))
    assert list(references(rule)) == [(".all[0].holds", "credential", "a/b")]
    assert [path for path, _ in walk(rule)] == ["", ".all[0]", ".all[1]", ".all[2]"]
