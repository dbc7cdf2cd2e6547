"""Limits of documents: each with its code, fragments written out, at its very edge."""

import pytest
from graphql import get_introspection_query, parse

from catalog.errors import LimitExceeded
from catalog.runtime.limits import DocumentLimits
from catalog.runtime.operation import Document, Invalid, read_document
from catalog.runtime.shape import check_shape
from tests.runtime import nasty

NESTED = "fragment A on Leaf { children { ...B } } fragment B on Thing { number ... on Leaf { children { number } } }"
CASES = {
    # limit: (code, a document that has exactly as many, how many)
    "characters": ("DOCUMENT_TOO_LARGE", "{ one { number } }", 18),
    "tokens": ("DOCUMENT_TOO_LONG", "{ one { number } }", 6),
    "depth": ("DOCUMENT_TOO_DEEP", "{ one { ...A } } " + NESTED, 4),
    "fields": ("DOCUMENT_TOO_WIDE", "{ one { ...A ...A } } " + NESTED, 13),
    "aliases": ("TOO_MANY_ALIASES", "{ a: one { ...F ...F } } fragment F on Leaf { x: number y: text }", 5),
    "directives": (
        "TOO_MANY_DIRECTIVES",
        "query Q { one @skip(if: false) { ...F @include(if: true) ... @skip(if: true) { text } } } fragment F on Leaf { text @skip(if: true) }",
        4,
    ),
    "root_fields": ("TOO_MANY_ROOT_FIELDS", "{ ...R a: one { number } } fragment R on Query { one { number } two { number } one { text } }", 3),
    "introspection_depth": ("INTROSPECTION_TOO_DEEP", "{ __schema { types { ...T } } } fragment T on __Type { ofType { name } }", 4),
    "introspection_fields": ("INTROSPECTION_TOO_WIDE", "{ __schema { types { name kind } } two { number } }", 3),
    "operations": ("TOO_MANY_OPERATIONS", "query A { one { number } } query B { two { number } }", 2),
    "introspection_aliases": ("INTROSPECTION_TOO_WIDE", "{ a: __schema { types { b: name ...T } } } fragment T on __Type { c: kind }", 3),
    "repeats": ("DOCUMENT_TOO_REPETITIVE", "{ one { number number ...F } one { number } } fragment F on Leaf { number }", 7),
}  # fmt: skip


@pytest.mark.parametrize("limit", CASES)
def test_each_limit_lets_through_exactly_as_many_as_it_says(limit):
    code, text, found = CASES[limit]
    roomy = dict.fromkeys(CASES, 10000)
    assert isinstance(read_document(nasty.SCHEMA, text, DocumentLimits(**{**roomy, limit: found})), Document)
    with pytest.raises(LimitExceeded) as refused:
        read_document(nasty.SCHEMA, text, DocumentLimits(**{**roomy, limit: found - 1}))
    assert refused.value.code == code


def test_a_mesh_of_fragments_is_measured_without_being_written_out():
    """Each fragment spreads the next one twice: 2 to the 80 fields."""
    links = " ".join(f"fragment F{n} on Leaf {{ ...F{n + 1} ...F{n + 1} }}" for n in range(80))
    with pytest.raises(LimitExceeded) as refused:
        check_shape(parse(f"{{ one {{ ...F0 }} }} {links} fragment F80 on Leaf {{ number }}"), DocumentLimits())
    assert refused.value.code == "DOCUMENT_TOO_WIDE"


def test_the_first_unknown_fragment_is_named_and_no_more():
    found = read_document(nasty.SCHEMA, "{ one { ...A ...B } ...C }", DocumentLimits())
    assert [one.message for one in found.errors] == ["Unknown fragment 'A'."]


def test_a_long_chain_of_fragments_needs_no_recursion():
    links = " ".join(f"fragment F{n} on Leaf {{ ...F{n + 1} }}" for n in range(1_500))
    check_shape(parse(f"{{ one {{ ...F0 }} }} {links} fragment F1500 on Leaf {{ number }}"), DocumentLimits())


def test_fragments_that_spread_themselves_are_named():
    for text in (
        "{ one { ...A } } fragment A on Leaf { ...A }",
        "{ one { ...A } } fragment A on Leaf { ...B } fragment B on Leaf { children { ...A } }",
    ):
        found = read_document(nasty.SCHEMA, text, DocumentLimits())
        assert isinstance(found, Invalid)
        assert "within itself" in found.errors[0].message


def test_what_is_never_used_counts_too():
    unused = "fragment U on Leaf { " + "number " * 30 + "}"
    with pytest.raises(LimitExceeded) as refused:
        check_shape(parse("{ one { number } } " + unused), DocumentLimits(repeats=400))
    assert refused.value.code == "DOCUMENT_TOO_REPETITIVE"


def test_tools_may_ask_for_the_whole_schema():
    text = get_introspection_query(
        descriptions=True, specified_by_url=True, directive_is_repeatable=True, schema_description=True, input_value_deprecation=True
    )  # fmt: skip
    assert isinstance(read_document(nasty.SCHEMA, text, DocumentLimits()), Document)


def test_few_errors_say_what_may_have_been_meant_and_many_do_not():
    few = read_document(nasty.SCHEMA, "{ onn }", DocumentLimits())
    assert few.errors[0].message == "Cannot query field 'onn' on type 'Query'. Did you mean 'one'?"
    many = read_document(nasty.SCHEMA, "{ onn tvo thigns nothin }", DocumentLimits())
    assert many.errors[0].message == "Cannot query field 'onn' on type 'Query'."
