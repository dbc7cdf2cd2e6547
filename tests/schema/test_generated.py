"""Generated queries on the real schema; `make bench` runs thousands more."""

from tests.conftest import NOW
from tests.schema.generated import check


def test_generated_queries_on_the_real_schema_answer_as_graphql_core_does(seeded):
    errors = check(seeded.database, seeded.index, NOW, 120)
    assert 10 < errors < 110  # some ask what is not available yet, or with a page that is refused
