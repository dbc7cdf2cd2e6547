"""The executor against graphql-core, on fixed and on generated queries."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.runtime import nasty
from tests.runtime.compare import assert_same, run_core, run_ours

FIXED = [
    "{ one { number text } }",
    "{ one { text } two { text number only } }",
    "{ things { __typename number text } }",
    "{ things { number ... on Leaf { odd } ... on Branch { only strictOdd } } }",
    "{ one { children { number ... on Leaf { children(count: 3) { number } } } } }",
    "{ one { maybe { text } } }",
    "{ one { children { text } } two { number } }",
    "{ one { grid notAList badInt colour lost { __typename } } }",
    "{ things { ... on Leaf { colour grid } ... on Branch { colour union { ... on Leaf { number } ... on Branch { only } __typename } } } }",
    "{ a: one { b: number ...F } c: one { ...F } } fragment F on Leaf { number text echo ...G } fragment G on Thing { number }",
    "{ one { number } one { text children { number } } one { children { ... on Leaf { odd } } } }",
    "{ nothing one { number } }",
    "{ wrongLength one { number broken } }",
    '{ one { echo(word: "x", number: 4, colour: RED, box: {tags: ["a"]}) } }',
    "{ __typename one { __typename } }",
    '{ one { number } __schema { queryType { name } } __type(name: "Leaf") { name fields { name } } two { number } }',
]


@pytest.mark.parametrize("query", FIXED)
def test_fixed_queries_answer_as_graphql_core_does(query):
    if "wrongLength" in query:
        assert run_ours(nasty.SCHEMA, query).errors[0].message == "Query.wrongLength answered 0 of 1 parents"
        return
    assert_same(nasty.SCHEMA, query)


VARIABLES = """query Q($on: Boolean! = true, $off: Boolean!, $word: String, $number: Int! = 5, $box: Box, $count: Int) {
  one @include(if: $on) { number @skip(if: $off) echo(word: $word, number: $number, box: $box)
    children(count: $count) @skip(if: $off) { number } ... @include(if: $off) { text } }
  two @skip(if: $on) { number } }"""


@pytest.mark.parametrize(
    "variables",
    [
        {"off": False},
        {"off": True},
        {"off": True, "on": False},
        {"off": False, "word": "x", "number": 7, "box": {"size": 3, "tags": ["t"]}, "count": 1},
        {"off": False, "word": None, "box": None},
        {"off": False, "count": None},
    ],
)
def test_variables_and_switches(variables):
    assert_same(nasty.SCHEMA, VARIABLES, variables)


def test_one_operation_serves_different_switches_in_turn():
    from graphql import parse

    from catalog.runtime.executor import Execution
    from catalog.runtime.operation import Document

    operation = Document(
        nasty.SCHEMA, parse("query($on: Boolean!) { one { number @include(if: $on) text } }")
    ).find_operation(None)
    for on in (True, False, True):
        data = Execution(operation, {"on": on}).run(None, lambda: None).data
        assert ("number" in data["one"]) is on


def test_the_right_operation_of_several():
    text = "query A { one { number } } query B { two { number } }"
    assert_same(nasty.SCHEMA, text, name="B")


def test_mutations_run_one_after_the_other():
    nasty.CALLS.clear()
    result = run_ours(
        nasty.SCHEMA,
        "mutation { a: increase { number } b: increase(by: 5) { number children { number } } c: increase { number } }",
    )
    assert [result.data[key]["number"] for key in "abc"] == [1, 6, 7]


def test_a_level_is_resolved_once_for_all_its_parents():
    seen = []

    def spy(parents, _context, count=2):
        seen.append(len(parents))
        return nasty.children(parents, None, count)

    original = nasty.LEAF.fields["children"].resolve
    branch = nasty.BRANCH.fields["children"].resolve
    for type_ in (nasty.LEAF, nasty.BRANCH):
        type_.fields["children"].resolve = type(original)(spy)
    try:
        run_ours(
            nasty.SCHEMA,
            "{ things { ... on Leaf { children { number } } } one { children(count: 50) { ... on Branch { children { number } } } } }",
        )
    finally:
        nasty.LEAF.fields["children"].resolve, nasty.BRANCH.fields["children"].resolve = original, branch
    assert sorted(seen) == [1, 2, 25]


scalars = st.sampled_from(
    ["number", "text", "odd", "strictOdd", "broken", "grid", "badInt", "colour", "echo", "__typename", "notAList"]
)


NAMES = ["children", "maybe", "union", "children(count: 1)"]


def _fields(depth):
    if depth == 0:
        return st.lists(scalars, min_size=1, max_size=3).map(" ".join)
    inner = _fields(depth - 1)
    # children and union are abstract: their fields stand in fragments on the concrete types
    nested = st.builds(
        lambda alias, name, leaf, branch: (
            f"{alias}{NAMES.index(name)}: {name} {{ __typename ... on Leaf {{ {leaf} }} ... on Branch {{ {branch} }} }}"
        ),
        st.sampled_from("abc").map(lambda letter: f"{letter}{depth}"),
        st.sampled_from(NAMES),
        inner,
        inner,
    )
    return st.tuples(st.lists(scalars, max_size=2).map(" ".join), nested).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(_fields(3), _fields(2))
def test_generated_queries_answer_as_graphql_core_does(one, things):
    text = f"{{ one {{ {one} }} things {{ ... on Leaf {{ {things} }} ... on Branch {{ {things} }} }} }}"
    assert_same(nasty.SCHEMA, text)


@pytest.mark.parametrize("field", ["strictOdd", "text"])
def test_null_climbs_to_the_nearest_place_that_may_be_null(field):
    result = assert_same(
        nasty.SCHEMA, f"{{ things {{ ... on Leaf {{ {field} }} ... on Branch {{ {field} }} }} two {{ number }} }}"
    )
    assert result.data["things"] is None
    assert result.data["two"] == {"number": 2}


def test_a_switch_that_is_null_is_an_error_as_in_graphql_core():
    for text in (
        "query($a: Boolean = true) { one @include(if: $a) { number } }",
        "query($a: Boolean = true) { two { number } one { number @skip(if: $a) } }",
    ):
        ours, core = run_ours(nasty.SCHEMA, text, {"a": None}), run_core(nasty.SCHEMA, text, {"a": None})
        assert ours.data == core.data
        assert [error.message for error in ours.errors] == [error.message for error in core.errors]


def test_introspection_beside_enum_variables():
    text = "query($c: Colour, $n: String!) { one { echo(colour: $c) } __type(name: $n) { name } }"
    assert_same(nasty.SCHEMA, text, {"c": "RED", "n": "Leaf"})
