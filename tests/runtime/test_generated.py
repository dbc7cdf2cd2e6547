"""Generated queries on the hand-made nasty schema; `make bench` runs thousands more."""

from tests.runtime import nasty
from tests.runtime.compare import assert_same
from tests.runtime.generating import valid_queries

VALUES = {
    "count": ["0", "1", "3", "$few", "null"],
    "word": ['"x"', "null"],
    "number": ["4", "-1"],
    "box": ['{tags: ["a"]}', "{size: 2}", "{}"],
}


def test_generated_queries_on_the_nasty_schema_answer_as_graphql_core_does():
    errors = nulls = 0
    for text, variables in valid_queries(600, nasty.SCHEMA, VALUES, avoid=frozenset({"Query.wrongLength"})):
        result = assert_same(nasty.SCHEMA, text, variables)
        errors += bool(result.errors)
        nulls += result.data is None
    assert errors > 200  # the schema is nasty indeed
    assert nulls > 10
