"""Random queries on the real schema, over the seeded catalogue."""

from datetime import datetime

from catalog.db.transactions import read_snapshot
from catalog.model.documents import Library
from catalog.model.state import read_state
from catalog.model.viewer import Anonymous
from catalog.schema.build import build_schema
from catalog.schema.context import RequestContext
from catalog.search.finder import Finder
from catalog.search.tantivy.engine import TantivyEngine
from tests.runtime.compare import assert_same
from tests.runtime.generating import valid_queries
from tests.served import SYNONYMS

AVOID = frozenset({"Query.nodes", "Query.node"})  # asked in fixed queries, with ids that exist


def values(ids):
    return {
        "first": ["0", "1", "2", "3", "$few"],
        "last": ["1", "2", "-1"],
        "language": ['"fr"', '"en"', '"fr-CA"', "null"],
        "slug": [
            '"uvic"', '"royal-roads"', '"alacrity-canada/digital-marketing-bootcamp"', '"nowhere"',
            '"bcit/essentials-of-net-zero-and-passive-house-construction"', '"bc-ece-registry/ece-assistant"',
        ],
        "id": [f'"{one}"' for one in ids],
        "query": ['"digital"', '"early childhood"', '""'],
        "prefix": ['"dig"'],
        "after": ['"nonsense"'],
        "before": ["null"],
        "filter": [
            "{}", "{status: [UPCOMING, UNKNOWN]}", '{cities: ["Victoria"]}', "{includeUnknown: false, kinds: [MICRO_CREDENTIAL]}",
            '{regions: ["nowhere"]}', "{hours: {min: 10}}", "{creditStatus: [CREDIT]}", '{institutions: ["uvic"]}',
        ],
        "occupations": ['["21222"]', '["all"]'],
        "sectors": ["null"],
        "regions": ["null"],
        "at": ["null"],
    }  # fmt: skip


def check(database, index, now: datetime, count: int):
    """How many of `count` generated queries had errors; all were answered as graphql-core answers them."""
    schema, engine, library = build_schema(), Finder(TantivyEngine(index), SYNONYMS), Library(8_000_000)
    with read_snapshot(database) as connection:
        state = read_state(connection)

        def context():
            return RequestContext(connection, state, now, Anonymous(), engine, library)

        ids = [row[0] for row in connection.exec_driver_sql("SELECT id FROM document ORDER BY id LIMIT 40")]
        errors = 0
        for text, variables in valid_queries(count, schema, values(ids), avoid=AVOID):
            errors += bool(assert_same(schema, text, variables, context).errors)
    return errors
