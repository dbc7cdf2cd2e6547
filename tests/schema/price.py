"""Writes docs/QUERIES.md: what the queries of a front-end cost. `python -m tests.schema.price` after every change of them."""

import json
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from graphql import get_introspection_query

from catalog.db.engine import open_database
from catalog.db.migrate import migrate
from catalog.model.state import ensure_state
from catalog.schema.paging import DEFAULT_SIZE
from catalog.settings import Settings
from tests.served import ROOT, serve

PAGE = ROOT / "docs" / "QUERIES.md"
FOLDER = ROOT / "tests" / "schema" / "frontend"
HEAD = """# Queries and their cost
What thirty-one queries of a front-end cost, and how to make one cheaper. This page is written by `python -m tests.schema.price`, and a test
holds it to the answers. Each query stands in [tests/schema/frontend](../tests/schema/frontend) with an example of its variables.

Cost is how many values an operation can return at most: one for each field of each object and one for each item of each list. It follows
from the document and its variables alone: a connection counts as long as the page asked for (`first` or `last`, else {page}), another
list as long as it may ever be (200 offerings of a credential, 5,000 entries of `provenance`), whatever the catalogue holds. Every answer says it in
`extensions.cost.estimated`; what costs more than `CATALOG_COST`, by default {limit:,}, is refused with COST_TOO_HIGH before anything is read.
A query becomes cheaper, in this order, by a smaller `first`; without lists that have no pages inside lists that have them (`provenance`, `meetings`,
`fees`, `items` of parts and sections: ask for them on the page of one thing); and with `nodes` of a requirement, which is the whole rule
in one list, instead of `rules` within `rules`.

| query | who asks it | cost |
|---|---|---|
"""


@dataclass(frozen=True, slots=True)
class Query:
    """An operation as a front-end sends it."""

    name: str
    asked_by: str
    text: str
    variables: dict[str, Any]


def frontend_queries() -> list[Query]:
    return [_read(path) for path in sorted(FOLDER.glob("*.graphql"))]


def _read(path: Path) -> Query:
    text = path.read_text(encoding="utf-8")
    variables = path.with_name(f"{path.stem}.variables.json")
    return Query(
        path.stem,
        text.partition("\n")[0].removeprefix("# "),
        text,
        json.loads(variables.read_text(encoding="utf-8")) if variables.exists() else {},
    )


def introspection() -> Query:
    """All that graphql-core can ask of a schema."""
    text = get_introspection_query(
        descriptions=True,
        specified_by_url=True,
        directive_is_repeatable=True,
        schema_description=True,
        input_value_deprecation=True,
        experimental_directive_deprecation=True,
        input_object_one_of=True,
    )
    return Query("introspection", "Tools: everything about the schema, as graphql-core asks it", text, {})


def describe() -> str:
    """The cost does not depend on what the catalogue holds, so an empty one is asked."""
    with tempfile.TemporaryDirectory() as folder:
        database = open_database(f"sqlite:///{folder}/empty.db")
        migrate(database, prepare=ensure_state)
        served = serve(database, Path(folder) / "index", datetime(2026, 11, 23, tzinfo=UTC))
        queries = [*frontend_queries(), introspection()]
        rows = [_row(query, served.ask(query.text, query.variables)["extensions"]["cost"]["estimated"]) for query in queries]
        database.dispose()
    fields = Settings.model_fields
    return HEAD.format(page=DEFAULT_SIZE, limit=fields["cost"].default) + "\n".join(rows) + "\n"


def _row(query: Query, cost: int) -> str:
    name = query.name if query.name == "introspection" else f"[{query.name}](../tests/schema/frontend/{query.name}.graphql)"
    return f"| {name} | {query.asked_by} | {cost:,} |"


if __name__ == "__main__":
    PAGE.write_text(describe(), encoding="utf-8")
